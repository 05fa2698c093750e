"""A search before a training: through the same request as a window's, for a head and for LoRA."""

from __future__ import annotations

import csv
import random
from pathlib import Path

import pytest

pytest.importorskip("torch")
pytest.importorskip("optuna")

from engine import api
from engine.host.service import Service

THINGS = {
    "parcel": ("parcel", "delivery", "courier", "package", "shipment"),
    "money": ("refund", "invoice", "payment", "charge", "bank"),
    "login": ("password", "account", "login", "code", "email"),
}
PHRASES = ("Where is my {}?", "There is a problem with the {}", "please help me with a {}", "my {} is wrong, again",
           "I have waited for the {} since {} o'clock", "what about the {} of number {}")  # fmt: skip


def import_messages(service: Service, folder: Path, count: int) -> None:
    chance = random.Random(4)
    table = folder / "messages.csv"
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("text", "label"))
        for number in range(count):
            label = chance.choice(sorted(THINGS))
            writer.writerow((chance.choice(PHRASES).format(chance.choice(THINGS[label]), number), label))
    service.call(api.ImportData(path=str(table), name="messages", kind="labelled"))


def test_head(service: Service, tmp_path: Path) -> None:
    import_messages(service, tmp_path, 150)
    trained = service.call(
        api.TrainClassifier(
            dataset="messages", pack="searched", method="head", options=api.TrainOptions(search_minutes=0.05)
        )
    )
    (note,) = [one for one in trained.notes if one.startswith("A search of")]
    assert "looseness" in note
    assert trained.metrics["accuracy"] > 0.8
    assert service.call(api.ListUnfinished()).trainings == ()


@pytest.mark.timeout(600)
def test_lora_keeps_what_the_person_chose(service: Service, tmp_path: Path) -> None:
    import_messages(service, tmp_path, 90)
    stages: set[str] = set()
    trained = service.call(
        api.TrainClassifier(
            dataset="messages",
            pack="searched",
            method="lora",
            device="cpu",
            options=api.TrainOptions(search_minutes=0.1, epochs=3),
        ),
        on_progress=lambda progress: stages.add(progress.stage),
    )
    (note,) = [one for one in trained.notes if one.startswith("A search of")]
    assert "epochs 3" in note
    assert "learning rate" in note
    assert trained.epochs <= 3
    assert "search trial" in stages
