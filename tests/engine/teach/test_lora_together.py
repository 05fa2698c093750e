"""LoRA together with what a training may be given beside: replayed texts, guessed labels, a search; and how its
skill is measured on a data set."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("torch")

from engine import api
from engine.cli.entry import run
from engine.host.service import Service
from engine.host.teach.replay import replayed
from engine.store import packs
from engine.train.classify.files import HELD_OUT_FILE, digests

pytestmark = pytest.mark.timeout(900)


def teach(service: Service, dataset: str, **options: Any) -> api.ClassifierTrained:
    chosen = api.TrainOptions(**({"epochs": 2, "rank": 4} | options))
    request = api.TrainClassifier(dataset=dataset, pack="topics", method="lora", device="cpu", options=chosen)
    return service.call(request)


def record(service: Service) -> tuple[set[int], set[int]]:
    """Digests of the held-out and of all taught texts of the version in use."""
    with np.load(io.BytesIO(packs.current(service.context.store, "topics").files[HELD_OUT_FILE])) as kept:
        return set(kept["held"].tolist()), set(kept["taught"].tolist())


def label_of(service: Service, text: str) -> str:
    return service.call(api.Classify(texts=(text,), pack="topics")).results[0].label


def test_a_new_label_and_new_examples_beside_what_is_known(service: Service, messages: Any, put: Any) -> None:
    put(messages(150), "first")
    put([*messages(40, labels=("invoice",)), *messages(30, seed=7)], "second")
    teach(service, "first")
    grown = teach(service, "second", continual=True)
    assert (grown.method, grown.labels) == ("lora", ("delivery", "invoice", "password", "refund"))
    assert grown.metrics["n_train"] == 220
    assert any("150 texts that the version in use was taught" in note for note in grown.notes)
    assert grown.promoted
    assert grown.forgetting["texts"] >= 24  # what the first version held out, a fifth of its texts, is held out again
    assert grown.forgetting["lost"] <= 0.15
    assert label_of(service, "where is my receipt") == "invoice"
    assert label_of(service, "please reimburse me") == "refund"
    assert len(replayed(service.context, "topics")) == 220


def test_texts_with_guessed_labels(service: Service, messages: Any, put: Any) -> None:
    rows = messages(240)
    put(rows, "messages")
    put([text for text, _ in messages(200, seed=8)], "inbox")
    trained = teach(service, "messages", unlabelled="inbox")
    guessed = int(trained.metrics["n_guessed"])
    assert 0 < guessed <= 200
    assert trained.metrics["n_train"] == 240
    assert trained.metrics["accuracy"] > 0.8
    assert any(f"{guessed:,} of " in note for note in trained.notes)
    held, taught = record(service)
    assert held <= set(digests([text for text, _ in rows]).tolist())
    assert 240 + guessed <= len(taught) <= 240 + guessed + 2 * 3  # and two texts made of each label's name at most


def test_a_search_with_replayed_and_guessed_texts(service: Service, messages: Any, put: Any) -> None:
    pytest.importorskip("optuna")
    put(messages(200), "first")
    put(messages(60, labels=("invoice",)), "second")
    put([text for text, _ in messages(120, labels=("invoice", "refund"), seed=8)], "inbox")
    teach(service, "first")
    trained = teach(service, "second", continual=True, unlabelled="inbox", search_minutes=0.05)
    (note,) = [one for one in trained.notes if one.startswith("A search of")]
    assert "epochs 2" in note
    assert "rank 4" in note
    assert trained.metrics["n_train"] == 260
    assert trained.metrics["n_guessed"] > 0
    assert trained.forgetting
    assert label_of(service, "where is my receipt") == "invoice"
    assert service.call(api.ListUnfinished()).trainings == ()


def test_an_adapted_skill_is_measured_from_the_command_line(
    workspace: Path, messages: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CASEMATE_PASSPHRASE", "correct horse battery staple")

    def command(*words: str) -> Any:
        assert run(["--workspace", str(workspace), "--json", "--quiet", *words]) == 0
        return json.loads(capsys.readouterr().out)

    both = ("delivery", "password")
    for name, rows in (("taught", messages(90, labels=both)), ("fresh", messages(60, labels=both, seed=9))):
        path = tmp_path / f"{name}.jsonl"
        table = [{"text": text, "label": f" {label} " if name == "fresh" else label} for text, label in rows]
        path.write_text("\n".join(json.dumps(row) for row in table), encoding="utf-8")
        command("data", "import", str(path), "--name", name, "--kind", "labelled")
    trained = command("train", "classify", "--dataset", "taught", "--pack", "topics", "--method", "lora",
                      "--epochs", "3", "--rank", "4", "--device", "cpu")  # fmt: skip
    assert trained["metrics"]["auc"] > 0.9
    found = command("evaluate", "--pack", "topics", "--dataset", "fresh")
    assert found["n"] == 60
    assert found["accuracy"] > 0.9
    assert found["macro_f1"] > 0.9
    assert 0.9 < found["auc"] <= 1.0
    assert 0 <= found["ece"] < 0.5
    assert [one["label"] for one in found["per_label"]] == ["delivery", "password"]
    assert sum(map(sum, found["confusion"])) == 60
    assert found["risk_coverage"][-1]["coverage"] == 1.0
    assert found["unknown_labels"] == []
    assert found["taught"] <= 3
    again = command("evaluate", "--pack", "topics", "--dataset", "taught")
    assert again["taught"] == again["n"] == 90
