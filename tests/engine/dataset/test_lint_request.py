"""`LintDataset` on stored data: wrong labels, leaks, and findings that are kept."""

from __future__ import annotations

import csv
import random

import pytest

from engine import api
from engine.errors import DataUnusable, UnknownName


def store(service, folder, name, rows, kind="labelled"):
    path = folder / "rows.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("text", "label"), *rows])
    service.call(api.ImportData(path=str(path), name=name, kind=kind, replace=True))


def talk(subjects: list[str], count: int, seed: int) -> list[str]:
    chance = random.Random(seed)
    starts = [
        "please tell me about",
        "I have a question on",
        "who can help me with",
        "what is new about",
        "we talked of",
    ]
    return [
        f"{chance.choice(starts)} {chance.choice(subjects)} and {chance.choice(subjects)} {n}" for n in range(count)
    ]


FOOD = ["bread", "soup", "cheese", "apples", "rice", "fish", "salad", "butter"]
CARS = ["engines", "brakes", "tyres", "gears", "petrol", "headlights", "bumpers", "trucks"]


def test_wrong_labels_are_found_and_findings_kept(service, tmp_path, monkeypatch):
    rows = [(text, "food") for text in talk(FOOD, 60, 1)] + [(text, "cars") for text in talk(CARS, 60, 2)]
    slips = [("please tell me about bread and soup today", "cars"), ("I have a question on brakes and gears", "food")]
    store(service, tmp_path, "talk", [*rows, *slips])
    lint = service.call(api.LintDataset("talk"))
    finding = next(one for one in lint.findings if one.code == "label_noise")
    assert lint.ok
    assert finding.count == 2
    assert any(one.startswith("please tell me about bread and soup today: labelled cars, looks like food (")
               for one in finding.examples)  # fmt: skip
    assert not any(one.code == "label_noise" for one in service.call(api.LintDataset("talk", doubts=False)).findings)

    def never(*_args, **_more):
        raise AssertionError("findings of a stored version are looked for once")

    monkeypatch.setattr(service.context.workers, "run", never)
    assert service.call(api.LintDataset("talk")) == lint
    monkeypatch.undo()
    store(service, tmp_path, "talk", rows)
    assert not any(one.code == "label_noise" for one in service.call(api.LintDataset("talk")).findings)


def test_valid_set(service, tmp_path):
    rows = [(text, "food") for text in talk(FOOD, 8, 1)] + [(text, "cars") for text in talk(CARS, 8, 2)]
    store(service, tmp_path, "talk", rows)
    store(service, tmp_path, "check", [(rows[0][0].upper(), "food"), ("something else altogether", "cars")])
    findings = {one.code: one for one in service.call(api.LintDataset("talk", valid_dataset="check")).findings}
    assert findings["leakage"].count == 1
    assert "near_leakage" not in findings
    with pytest.raises(UnknownName):
        service.call(api.LintDataset("talk", valid_dataset="nowhere"))
    path = tmp_path / "faq.csv"
    path.write_text("question,answer\nwhen,now\nwhere,here\n")
    service.call(api.ImportData(path=str(path), name="faq", kind="faq"))
    with pytest.raises(DataUnusable):
        service.call(api.LintDataset("talk", valid_dataset="faq"))
