"""A search before a training: through the same request as a window's, for a head and for LoRA."""

from __future__ import annotations

from pathlib import Path

import pytest
from messages import import_messages

pytest.importorskip("torch")
pytest.importorskip("optuna")

from engine import api
from engine.host.service import Service


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
