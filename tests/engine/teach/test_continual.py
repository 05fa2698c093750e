"""Continual learning: new labels beside those known, what is kept for it, and that it never leaves the workspace."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest

from engine import api
from engine.errors import DataUnusable, PackUnusable
from engine.host.service import Service
from engine.host.teach.replay import REPLAY_FILE, forgetting, read_replay, replay_file, replayed
from engine.store import packs
from engine.train.classify.champion import Verdict

KEEP = api.TrainOptions(continual=True)


def teach(service: Service, dataset: str, options: api.TrainOptions = KEEP, **more: Any) -> api.ClassifierTrained:
    return service.call(api.TrainClassifier(dataset=dataset, pack="topics", method="head", options=options, **more))


def label_of(service: Service, text: str) -> str:
    return service.call(api.Classify(texts=(text,), pack="topics")).results[0].label


def test_a_replay_file_keeps_so_many_per_label() -> None:
    texts = [f"text {number}" for number in range(100)]
    labels = ["large"] * 90 + ["small"] * 10
    body = replay_file(texts, labels, per_label=20, seed=1)
    rows = read_replay("p", body)
    assert body == replay_file(texts, labels, per_label=20, seed=1)
    assert [label for _, label in rows].count("large") == 20
    assert [text for text, label in rows if label == "small"] == texts[90:]
    assert set(rows) <= set(zip(texts, labels, strict=True))
    for broken in (b"", body[:-3], b"nonsense"):
        with pytest.raises(PackUnusable, match=r"replay\.bin is damaged"):
            read_replay("p", broken)


def test_a_new_label_alone_is_learned_beside_the_old_ones(service: Service, messages: Any, put: Any) -> None:
    put(messages(120), "first")
    put(messages(40, labels=("invoice",)), "second")
    plain = teach(service, "first")
    assert (plain.forgetting, plain.notes) == ({}, ())
    assert REPLAY_FILE not in packs.current(service.context.store, "topics").files
    taught = teach(service, "second")
    assert taught.labels == ("delivery", "invoice", "password", "refund")
    assert taught.promoted
    assert taught.metrics["n_train"] == 160
    assert taught.forgetting["texts"] == 120
    assert taught.forgetting["before"] > 0.9
    assert taught.forgetting["lost"] == pytest.approx(taught.forgetting["before"] - taught.forgetting["after"])
    assert taught.forgetting["lost"] <= 0.02
    assert "120 texts that the version in use was taught" in taught.notes[0]
    assert label_of(service, "please reimburse me") == "refund"
    assert label_of(service, "where is my receipt") == "invoice"
    assert len(replayed(service.context, "topics")) == 160


def test_what_is_known_outlives_its_data_set(service: Service, messages: Any, put: Any) -> None:
    put(messages(60), "first")
    put(messages(20, labels=("invoice",)), "second")
    put(messages(30, labels=("password", "delivery"), seed=4), "third")
    teach(service, "first")
    teach(service, "second")
    service.call(api.DeleteDataset(name="first"))
    service.call(api.DeleteDataset(name="second"))
    taught = teach(service, "third")
    assert taught.labels == ("delivery", "invoice", "password", "refund")
    assert label_of(service, "send me the bill") == "invoice"


def test_labels_without_any_text_left_are_not_forgotten_in_silence(service: Service, messages: Any, put: Any) -> None:
    put(messages(60), "first")
    put(messages(40, labels=("invoice", "refund")), "second")
    teach(service, "first")
    service.call(api.DeleteDataset(name="first"))
    with pytest.raises(DataUnusable, match="knows 2 labels that it lacks"):
        teach(service, "second")
    # Without `continual` it is a person's choice; the version in use is then not replaced by what knows less.
    assert teach(service, "second", api.TrainOptions()).version == 2


def test_a_corrected_text_takes_its_new_label(service: Service, messages: Any, put: Any) -> None:
    rows = messages(60)
    put(rows, "first")
    teach(service, "first")
    text, old = rows[0]
    new = next(label for label in ("refund", "password") if label != old)
    put([(text.upper(), new), ("another text of it", new)], "second")
    teach(service, "second")
    known = replayed(service.context, "topics")
    assert (text.upper(), new) in known
    assert (text, old) not in known
    assert len(known) == 61


def test_kept_texts_are_not_exported(service: Service, messages: Any, put: Any, tmp_path: Path) -> None:
    put(messages(60), "first")
    put(messages(20, labels=("invoice",)), "second")
    teach(service, "first")
    teach(service, "second")
    assert REPLAY_FILE in packs.current(service.context.store, "topics").files
    path = tmp_path / "topics.casepack"
    service.call(api.ExportModel(name="topics", path=str(path)))
    with zipfile.ZipFile(path) as archive:
        assert "head.npz" in archive.namelist()
        assert REPLAY_FILE not in archive.namelist()
        assert all(b"courier never came" not in archive.read(name) for name in archive.namelist())
    service.call(api.ImportModel(path=str(path)))
    assert label_of(service, "where is my receipt") == "invoice"


def test_a_version_that_lacks_labels_is_not_promoted(service: Service, messages: Any, put: Any) -> None:
    put(messages(120), "first")
    put(messages(60, labels=("invoice", "refund"), seed=5), "second")
    teach(service, "first")
    worse = teach(service, "second", api.TrainOptions())
    assert (worse.version, worse.promoted) == (2, False)
    assert label_of(service, "forgot my password") == "password"


def test_forgetting_counts_from_the_comparison() -> None:
    assert forgetting(Verdict(True, 0, 0, 0, 1.0)) == {}
    found = forgetting(Verdict(True, 200, 190, 188, 0.5))
    assert found == {"before": 0.95, "after": 0.94, "lost": pytest.approx(0.01), "texts": 200.0}
