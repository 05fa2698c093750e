"""What was learned answers in Chat, and how much of what is written the passages hold is measured."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine import api
from engine.host.service import Service

pytestmark = pytest.mark.usefixtures("llama")
ANIMALS = ("dog", "cat", "bird", "fish", "frog", "bear", "mouse", "duck", "cow", "pig", "hen", "fox")
PLACES = ("park", "house", "tree", "box")


@pytest.mark.timeout(600)
def test_answers_from_passages_are_taught_measured_and_used(service: Service, stories: Path, tmp_path: Path) -> None:
    service.call(api.ImportModel(path=str(stories), name="stories"))
    rows = [
        {
            "question": f"Where is the {animal} of the {place}?",
            "answer": f"The {animal} is in the {place}. [1]",
            "passages": [f"The {animal} is in the {place}. It is happy."],
            "system": "Answer.",
        }
        for animal in ANIMALS
        for place in PLACES
    ]
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    service.call(api.ImportData(path=str(path), name="rows", kind="faq"))
    options = api.GeneratorOptions(rank=16, epochs=10, learning_rate=5e-3)
    result = service.call(api.TrainGenerator(dataset="rows", base="stories", pack="desk", options=options))
    metrics = result.metrics
    assert metrics["n_grounded"] >= 4
    assert metrics["grounded"] > metrics["grounded_before"]
    assert metrics["grounded"] >= 0.5
    assert "sentences that the passages hold" in service.call(api.GetModelCard("desk")).card

    page = tmp_path / "shipping.txt"
    page.write_text(
        "Orders placed before noon leave our warehouse on the same day. Delivery inside the country takes two to three "
        "days. Express delivery costs 9 euros and arrives on the next working day.\n",
        encoding="utf-8",
    )
    service.call(api.AddDocuments(collection="shop", paths=(str(page),)))
    answer = service.call(api.AskQuestion("shop", "What does express delivery cost?", pack="desk"))
    assert answer.phrasing is not None
    assert answer.phrasing.pack == "desk"
    assert answer.mode in ("generated", "quote")
