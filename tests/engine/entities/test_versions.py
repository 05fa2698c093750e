"""Two versions of a reader compared on the same texts: F1 of each, and the sentences that they read differently."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from engine import api
from engine.cli.entry import run
from engine.cli.show import as_text
from engine.errors import DataUnusable, UnknownName, UsageError
from engine.host.service import Service
from engine.train.entities.measure import Answer, count, differ, loses

Write = Callable[[int, int], Path]


@pytest.fixture(scope="module")
def two(service: Service, write_sentences: Write, tmp_path_factory: pytest.TempPathFactory) -> Service:
    """Version 1 knows persons and towns; version 2 was taught that towns are persons, and is not in use."""
    service.call(api.ImportData(path=str(write_sentences(140, 0)), name="good", kind="entities"))
    mixed = tmp_path_factory.mktemp("mixed") / "bad.jsonl"
    rows = [json.loads(line) for line in write_sentences(80, 5).read_text(encoding="utf-8").splitlines()]
    for row in rows:
        row["text"] = f"{row['text']} Signed by nobody in particular."
        row["spans"] = [span | {"label": "PERSON"} for span in row["spans"]]
    mixed.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    service.call(api.ImportData(path=str(mixed), name="bad", kind="entities"))
    service.call(api.ImportData(path=str(write_sentences(60, 9)), name="new", kind="entities"))
    service.call(api.TrainEntities(dataset="good", pack="names", method="head"))
    second = service.call(api.TrainEntities(dataset="bad", pack="names", method="head"))
    assert (second.version, second.promoted) == (2, False)
    return service


def test_on_new_texts_both_answer(two: Service) -> None:
    found = two.call(api.CompareVersions(pack="names", first=1, second=2, dataset="new"))
    assert found.task == "entities"
    assert 55 <= found.texts <= 60  # a few texts are taught ones by chance
    assert found.first_right == found.only_first + (found.second_right - found.only_second)
    assert found.first_f1 is not None
    assert found.second_f1 is not None
    assert found.first_f1 > 0.9 > 0.75 > found.second_f1
    assert found.chance < 0.001
    assert found.f1_chance is not None
    assert found.f1_chance < 0.01
    assert found.per_label["TOWN"][0] > 0.9
    assert found.per_label["TOWN"][1] == 0.0
    assert found.examples
    one = found.examples[0]
    assert set(one) == {"text", "label", "first", "second"}
    assert one["first"] != one["second"]
    assert "TOWN: " in one["label"]
    turned = two.call(api.CompareVersions(pack="names", first=2, second=1, dataset="new"))
    assert (turned.first_right, turned.only_second) == (found.second_right, found.only_first)
    assert (turned.chance, turned.f1_chance) == (found.chance, found.f1_chance)
    alone = two.call(api.EvaluateEntities(pack="names", dataset="new"))
    assert alone.f1 == pytest.approx(found.first_f1, abs=0.02)


def test_without_a_data_set_what_neither_was_taught(two: Service) -> None:
    found = two.call(api.CompareVersions(pack="names", first=1, second=2))
    report = two.call(api.GetModelCard(name="names")).report
    assert found.texts >= report["metrics"]["n_valid"]
    assert found.texts < 140 + 80


def test_it_is_shown_on_the_command_line(
    two: Service, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = two.call(api.CompareVersions(pack="names", first=1, second=2, dataset="new"))
    shown = as_text(found)
    assert shown.startswith(f"F1 of version 1 {found.first_f1:.1%}, of version 2 {found.second_f1:.1%}")
    assert "TOWN" in shown

    def answer(_session: Any, request: api.CompareVersions) -> api.VersionsCompared:
        assert request == api.CompareVersions(pack="names", first=1, second=2, dataset="new")
        return found

    monkeypatch.setattr("engine.cli.session.Session.call", answer)
    assert run(["--json", "--quiet", "models", "compare", "names", "1", "2", "--dataset", "new"]) == 0
    assert json.loads(capsys.readouterr().out)["second_f1"] == pytest.approx(found.second_f1)


def test_wrong_wishes_are_told(two: Service, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="two different versions"):
        two.call(api.CompareVersions(pack="names", first=1, second=1))
    with pytest.raises(UnknownName, match="version of names"):
        two.call(api.CompareVersions(pack="names", first=1, second=7))
    with pytest.raises(UnknownName, match="data set"):
        two.call(api.CompareVersions(pack="names", first=1, second=2, dataset="absent"))
    path = tmp_path / "labelled.csv"
    path.write_text("text,label\na,b\nc,d\n", encoding="utf-8")
    two.call(api.ImportData(path=str(path), name="labelled", kind="labelled"))
    with pytest.raises(DataUnusable):
        two.call(api.CompareVersions(pack="names", first=1, second=2, dataset="labelled"))


def test_the_chance_does_not_mind_who_is_ahead() -> None:
    truth = [[Answer(0, 3, "A")] for _ in range(40)]
    good, bad = truth, [row if place % 2 else [] for place, row in enumerate(truth)]
    one, other = count(good, truth), count(bad, truth)
    assert differ(one, other) == differ(other, one) < 0.01
    assert differ(one, one) == 1.0
    assert loses(one, other) < 0.01 < 0.9 < loses(other, one)
