"""Unlabelled texts: only sure ones are learned, none is held out, and no more than a person labelled."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pytest

from engine import api
from engine.errors import DataUnusable, UnknownName
from engine.host.read.skills import open_pack
from engine.host.service import Service
from engine.host.teach.pseudo import pseudo_labelled
from engine.jobs.control import JobControl
from engine.store import packs
from engine.train.classify.files import HELD_OUT_FILE, digests


def teach(service: Service, dataset: str, unlabelled: str | None) -> api.ClassifierTrained:
    options = api.TrainOptions(unlabelled=unlabelled)
    return service.call(api.TrainClassifier(dataset=dataset, pack="topics", method="head", options=options))


def test_sure_texts_are_taught_and_never_held_out(service: Service, messages: Any, put: Any) -> None:
    rows, more = messages(180), [text for text, _ in messages(400, seed=8)]
    put(rows, "messages")
    put([*more, rows[0][0]], "inbox")
    taught = teach(service, "messages", "inbox")
    guessed = int(taught.metrics["n_guessed"])
    assert 0 < guessed <= 180
    assert (taught.metrics["n_train"], taught.metrics["n_valid"]) == (180, 180)
    assert f"{guessed:,} of " in taught.notes[0]
    assert "95% are right" in taught.notes[0]
    with np.load(io.BytesIO(packs.current(service.context.store, "topics").files[HELD_OUT_FILE])) as kept:
        held, known = set(kept["held"].tolist()), set(kept["taught"].tolist())
    assert held == set(digests([text for text, _ in rows]).tolist())
    assert len(known) == 180 + guessed


def test_no_label_gets_more_guesses_than_a_person_gave(service: Service, messages: Any, put: Any) -> None:
    put(messages(180), "messages")
    service.call(api.TrainClassifier(dataset="messages", pack="topics", method="head"))
    texts = [text for text, _ in messages(300, seed=8)]
    skill = open_pack(service.context, "topics").skill
    found = pseudo_labelled(
        service.context, skill, texts, JobControl(), labelled={"delivery": 5, "refund": 1}, precision=0.9
    )
    counts = [label for _, label, _ in found.rows]
    assert (counts.count("delivery"), counts.count("refund"), counts.count("password")) == (5, 1, 0)
    scores = [score for _, _, score in found.rows]
    assert scores == sorted(scores, reverse=True)
    assert min(scores) >= skill.promise(0.9).threshold


def test_without_a_promise_nothing_is_guessed(service: Service, messages: Any, put: Any) -> None:
    put(messages(18), "messages")
    put([text for text, _ in messages(50, seed=8)], "inbox")
    taught = teach(service, "messages", "inbox")
    assert "n_guessed" not in taught.metrics
    assert "cannot be promised" in taught.notes[0]


def test_only_texts_will_do(service: Service, messages: Any, put: Any) -> None:
    rows = messages(30)
    put(rows, "messages")
    put([text.upper() for text, _ in rows], "same")
    with pytest.raises(UnknownName, match="data set"):
        teach(service, "messages", "absent")
    with pytest.raises(DataUnusable, match="texts is needed"):
        teach(service, "messages", "messages")
    assert "no text that is not labelled already" in teach(service, "messages", "same").notes[0]
