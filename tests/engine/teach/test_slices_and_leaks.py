"""Other columns of a data set in the report, and texts that are nearly taught left out of a check."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from engine import api
from engine.errors import DataUnusable
from engine.host.service import Service
from engine.host.teach.columns import Columns

COLUMNS = ("text", "label", "channel", "language", "ticket", "remark")


def put_table(service: Service, folder: Path, name: str, rows: list[tuple[str, str]], wrong_in: str = "") -> None:
    """Rows with a channel (one of three), a language, a number and a remark of their own; of the channel `wrong_in`
    every label is one that the text does not speak of."""
    other = {"delivery": "refund", "refund": "password", "password": "delivery"}
    path = folder / f"{name}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for number, (text, label) in enumerate(rows):
            channel = ("mail", "chat", "phone")[number // 3 % 3]
            shown = other[label] if channel == wrong_in else label
            remark = f"a person wrote this long remark, number {number % 3}, about what had happened before that"
            writer.writerow((text, shown, channel, "en" if number % 2 else "de", number, remark))
    service.call(api.ImportData(path=str(path), name=name, kind="labelled"))


def by_column(trained: api.ClassifierTrained, column: str) -> dict[str, api.SliceScore]:
    return {one.value: one for one in trained.slices if one.column == column}


def test_columns_are_told_on_held_out_texts(service: Service, messages: Any, tmp_path: Path) -> None:
    put_table(service, tmp_path, "table", messages(270), wrong_in="phone")
    trained = service.call(api.TrainClassifier(dataset="table", pack="topics", method="head"))
    channels = by_column(trained, "channel")
    assert {value: one.texts for value, one in channels.items()} == {"mail": 90, "chat": 90, "phone": 90}
    assert channels["phone"].accuracy < 0.3 < 0.8 < min(channels["mail"].accuracy, channels["chat"].accuracy)
    assert {"de", "en"} == set(by_column(trained, "language (column)"))
    assert {one.column for one in trained.slices} <= {"length", "language", "channel", "language (column)"}
    right = sum(one.accuracy * one.texts for one in channels.values())
    assert right / 270 == pytest.approx(trained.metrics["accuracy"])
    card = service.call(api.GetModelCard(name="topics")).card
    assert "channel" not in card
    again = service.call(api.TrainClassifier(dataset="table", pack="topics", method="head"))
    assert again.slices == trained.slices


def test_a_valid_set_brings_its_own_columns(service: Service, messages: Any, put: Any, tmp_path: Path) -> None:
    put(messages(150), "plain")
    put_table(service, tmp_path, "table", messages(300, seed=5), wrong_in="chat")
    trained = service.call(api.TrainClassifier(dataset="plain", pack="topics", method="head", valid_dataset="table"))
    channels = by_column(trained, "channel")
    assert channels["chat"].accuracy < 0.3
    assert channels["mail"].accuracy > 0.9
    assert sum(one.texts for one in channels.values()) == trained.metrics["n_valid"]


def test_texts_that_are_nearly_taught_are_not_asked(service: Service, messages: Any, put: Any) -> None:
    taught, fresh = messages(90), messages(60, labels=("delivery", "password", "refund"), seed=3)
    long = [(f"{text}, and the {number} neighbours of ours who live upstairs know nothing of it", label)
            for number, (text, label) in enumerate(taught)]  # fmt: skip
    put(long, "first")
    twins = [(f"{text}!", label) for text, label in long[:30]] + [(text.upper(), label) for text, label in long[30:40]]
    put([*twins, *fresh], "second")
    trained = service.call(api.TrainClassifier(dataset="first", pack="topics", method="head", valid_dataset="second"))
    found = {one.code: one for one in trained.lint}
    assert (found["leakage"].count, found["near_leakage"].count) == (10, 30)
    assert "left out of the check" in found["near_leakage"].message
    assert trained.metrics["n_valid"] == 60
    put([*twins[:8], *twins[30:]], "third")
    few = service.call(api.TrainClassifier(dataset="first", pack="topics", method="head", valid_dataset="third"))
    found = {one.code: one for one in few.lint}
    assert few.metrics["n_valid"] == 8
    assert "looks better than it is" in found["near_leakage"].message
    put(twins[30:], "fourth")
    with pytest.raises(DataUnusable, match="no labelled text that is not also taught"):
        service.call(api.TrainClassifier(dataset="first", pack="topics", method="head", valid_dataset="fourth"))


def test_columns_are_bounded() -> None:
    columns = Columns()
    for number in range(50):
        row = {"text": "t", "label": "l", "shop": "ab"[number % 2], "id": str(number), "always": "x", "note": "n" * 70}
        row |= {f"more{place}": "uv"[number % 2] for place in range(30)}
        if number >= 10:
            row["late"] = "yz"[number % 2]
        columns.look(row)
    found = columns.found()
    assert len(found) == 20
    assert not {"id", "always", "note", "text", "label"} & set(found)
    assert found["shop"] == ["a", "b"] * 25
    late = Columns()
    for number in range(4):
        late.look({"text": "t"} if number < 2 else {"late": "yz"[number % 2]})
    assert late.found() == {"late": ["", "", "y", "z"]}
