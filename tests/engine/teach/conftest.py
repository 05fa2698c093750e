"""Small messages of three kinds, and a way to put them into data sets."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from engine import api
from engine.host.service import Service

WHAT = {
    "delivery": ["parcel has not arrived", "package is late", "delivery is missing", "courier never came"],
    "refund": ["want my money back", "refund has not been paid", "please reimburse me", "return it for a refund"],
    "password": ["forgot my password", "cannot sign in", "reset link does not work", "login is locked"],
    "invoice": ["send me the bill", "invoice has a wrong address", "where is my receipt", "tax number is missing"],
}
START = ["Hello,", "Hi there,", "Good morning,", "Please help:", "Sorry to bother you,"]
END = ["since Monday", "for order 4471", "after two weeks", "and nobody answers", "as promised"]

Rows = list[tuple[str, str]]
Put = Callable[..., str]
Messages = Callable[..., Rows]


@pytest.fixture
def messages() -> Messages:
    """Different texts, labels in turn."""

    def make(count: int, labels: Sequence[str] = ("delivery", "password", "refund"), seed: int = 0) -> Rows:
        chance = random.Random(seed)
        found: dict[str, str] = {}
        while len(found) < count:
            label = labels[len(found) % len(labels)]
            text = (
                f"{chance.choice(START)} {chance.choice(WHAT[label])} {chance.choice(END)} ({chance.randrange(1000)})"
            )
            found.setdefault(text, label)
        return list(found.items())

    return make


@pytest.fixture
def put(service: Service, tmp_path: Path) -> Put:
    """Import rows of (text, label), or texts alone, under a name."""

    def store(rows: Sequence[tuple[str, str]] | Sequence[str], name: str) -> str:
        path = tmp_path / f"{name}.csv"
        plain = isinstance(rows[0], str)
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["text"] if plain else ["text", "label"])
            writer.writerows([row] if isinstance(row, str) else row for row in rows)
        kind = "texts" if plain else "labelled"
        service.call(api.ImportData(path=str(path), name=name, kind=kind, replace=True))
        return name

    return store
