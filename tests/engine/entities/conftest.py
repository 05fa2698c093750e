"""A small data set of marked sentences that letters and neighbours are enough to learn."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from engine import api
from engine.host.service import Service

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


@pytest.fixture(scope="module")
def write_sentences(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int, int], Path]:
    """Called with how many and a seed; gives a jsonl file."""
    folder = tmp_path_factory.mktemp("sentences")

    def write(count: int, seed: int) -> Path:
        path = folder / f"sentences-{count}-{seed}.jsonl"
        path.write_bytes(b"".join(msgspec.json.encode(row) + b"\n" for row in marked_sentences(count, seed)))
        return path

    return write


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """One engine for all tests of a module, since teaching takes seconds."""
    service = Service(tmp_path_factory.mktemp("engine") / "workspace")
    service.call(api.Unlock(passphrase="correct horse battery staple", create=True))
    yield service
    service.close()


@pytest.fixture(scope="module")
def taught(service: Service, write_sentences: Callable[[int, int], Path]) -> api.EntitiesTrained:
    """A reader called “names”, taught on the data set “sentences”."""
    service.call(api.ImportData(path=str(write_sentences(240, 0)), name="sentences", kind="entities"))
    return service.call(api.TrainEntities(dataset="sentences", pack="names", method="head"))
