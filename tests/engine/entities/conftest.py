"""A small data set of marked sentences that letters and neighbours are enough to learn."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

FIRST = ("Anna", "Boris", "Carla", "David", "Elena", "Farid", "Greta", "Hugo", "Ines", "Jonas", "Kira", "Luis")
LAST = ("Adler", "Brandt", "Costa", "Dubois", "Eriksen", "Fischer", "Garcia", "Hansen", "Ivanov", "Jansen")
TOWNS = ("Lisbon", "Oslo", "Vienna", "Porto", "Bergen", "Graz", "Turin", "Lyon", "Ghent", "Malmo", "Cork", "Basel")
SAID = (
    "{person} moved to {town} last year.",
    "The office in {town} is run by {person}.",
    "Please call {person} before noon.",
    "We visited {town} in spring, and it rained.",
    "Nothing of note happened today.",
    "{person} and {person2} met in {town}.",
    "Flights from {town} to {town2} are late again.",
)


def marked_sentences(count: int, seed: int = 0) -> list[dict[str, object]]:
    """Rows with text and spans (PERSON, TOWN)."""
    rng = random.Random(seed)
    rows: list[dict[str, object]] = []
    for _ in range(count):
        names = {
            "person": f"{rng.choice(FIRST)} {rng.choice(LAST)}", "person2": f"{rng.choice(FIRST)} {rng.choice(LAST)}",
            "town": rng.choice(TOWNS), "town2": rng.choice(TOWNS),
        }  # fmt: skip
        text, spans = "", []
        for part in rng.choice(SAID).replace("{", "\0{").replace("}", "}\0").split("\0"):
            if part[:1] == "{":
                value = names[part[1:-1]]
                label = "PERSON" if part.startswith("{person") else "TOWN"
                spans.append({"start": len(text), "end": len(text) + len(value), "label": label})
                text += value
            else:
                text += part
        rows.append({"text": f"{text} ({len(rows)})", "spans": spans})
    return rows


@pytest.fixture
def write_sentences(tmp_path: Path) -> Callable[[int, int], Path]:
    """Called with how many and a seed; gives a jsonl file."""

    def write(count: int, seed: int) -> Path:
        path = tmp_path / f"sentences-{count}-{seed}.jsonl"
        path.write_bytes(b"".join(msgspec.json.encode(row) + b"\n" for row in marked_sentences(count, seed)))
        return path

    return write


@pytest.fixture
def sentences(write_sentences: Callable[[int, int], Path]) -> Path:
    return write_sentences(240, 0)
