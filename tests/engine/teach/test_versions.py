"""Versions listed, put to use, and compared on texts that neither was taught."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pytest

from engine import api
from engine.errors import DataUnusable, PackUnusable, UnknownName, UsageError
from engine.host.service import Service
from engine.store import packs
from engine.train.classify.champion import two_sided_chance
from engine.train.classify.files import HELD_OUT_FILE, digests, held_out_file


@pytest.fixture
def two(service: Service, messages: Any, put: Any) -> Service:
    """Version 1 knows three labels well; version 2 was taught with two of them mixed up, and is not in use."""
    rows = messages(150)
    put(rows, "good")
    mixed = {"refund": "delivery", "delivery": "refund"}
    put([(text, mixed.get(label, label)) for text, label in messages(90, seed=3)], "bad")
    service.call(api.TrainClassifier(dataset="good", pack="topics", method="head"))
    service.call(api.TrainClassifier(dataset="bad", pack="topics", method="head"))
    return service


def test_versions_are_listed_and_put_to_use(two: Service) -> None:
    found = two.call(api.ListVersions(pack="topics"))
    assert [(one.version, one.current, one.dataset) for one in found.versions] == [(2, False, "bad"), (1, True, "good")]
    assert found.task == "classify"
    newest = found.versions[0]
    assert newest.method == "head"
    assert newest.metrics["accuracy"] > 0.8
    assert newest.bytes > 1000
    assert newest.comparison["promote"] is False
    asked = api.Classify(texts=("please reimburse me",), pack="topics")
    assert two.call(asked).results[0].label == "refund"
    used = two.call(api.UseVersion(pack="topics", version=2))
    assert [one.version for one in used.versions if one.current] == [2]
    assert two.call(asked).results[0].label == "delivery"
    two.call(api.RollBackModel(name="topics"))
    assert two.call(asked).results[0].label == "refund"
    actions = [entry.action for entry in two.call(api.ListAudit(limit=20)).entries]
    assert actions.count("model version put to use") == 2
    with pytest.raises(UnknownName, match="version of topics"):
        two.call(api.UseVersion(pack="topics", version=9))
    with pytest.raises(UnknownName, match="model"):
        two.call(api.ListVersions(pack="absent"))
    with pytest.raises(PackUnusable, match="part of the program"):
        two.call(api.UseVersion(pack="encoder-en", version=1))


def test_on_new_texts_both_answer(two: Service, messages: Any, put: Any) -> None:
    rows = messages(60, seed=21)
    put(rows, "new")
    found = two.call(api.CompareVersions(pack="topics", first=1, second=2, dataset="new"))
    assert found.texts == len(rows)
    assert found.first_right == found.only_first + (found.second_right - found.only_second)
    assert found.first_right > found.second_right
    assert found.chance < 0.001
    assert set(found.per_label) == {"delivery", "password", "refund"}
    assert found.per_label["refund"][0] > 0.9 > found.per_label["refund"][1]
    assert len(found.examples) == 10
    truth = dict(rows)
    for one in found.examples:
        assert truth[one["text"]] == one["label"]
        assert one["first"] != one["second"]
    turned = two.call(api.CompareVersions(pack="topics", first=2, second=1, dataset="new"))
    assert (turned.first_right, turned.only_second) == (found.second_right, found.only_first)
    assert turned.chance == found.chance


def test_taught_texts_count_only_where_they_were_held_out(two: Service, messages: Any, put: Any) -> None:
    found = two.call(api.CompareVersions(pack="topics", first=1, second=2, dataset="good"))
    assert found.texts == 150
    report = two.call(api.GetModelCard(name="topics")).report
    assert found.first_right / 150 == pytest.approx(report["metrics"]["accuracy"])
    # A version that held out the first texts only, as one of much data does.
    stored = packs.load(two.context.store, "topics", 1)
    with np.load(io.BytesIO(stored.files[HELD_OUT_FILE])) as kept:
        held = {key: kept[key] for key in kept.files}
    files = stored.files | {
        HELD_OUT_FILE: held_out_file(held["taught"], held["held"][:100], held["truth"][:100], held["answers"][:100])
    }
    packs.save_version(two.context.store, "topics", "classify", files, stored.manifest, promote=False)
    assert two.call(api.CompareVersions(pack="topics", first=2, second=3, dataset="good")).texts == 100
    taught = set(held["taught"].tolist()) - set(held["held"][:100].tolist())
    rows = [(text, label) for text, label in messages(150) if int(digests([text])[0]) in taught]
    put(rows, "nothing left")
    with pytest.raises(DataUnusable, match="was taught to version 2 or 3"):
        two.call(api.CompareVersions(pack="topics", first=2, second=3, dataset="nothing left"))


def test_without_a_data_set_what_both_held_out(two: Service) -> None:
    found = two.call(api.CompareVersions(pack="topics", first=1, second=2))
    assert found.texts >= 200  # both data sets: held out by the one, unknown to the other
    assert found.examples
    two.call(api.DeleteDataset(name="good"))
    two.call(api.DeleteDataset(name="bad"))
    with pytest.raises(DataUnusable, match="nothing is left that both versions held out"):
        two.call(api.CompareVersions(pack="topics", first=1, second=2))


def test_records_alone_are_enough(service: Service, messages: Any, put: Any) -> None:
    put(messages(60), "same")
    for seed in (0, 1):
        service.call(api.TrainClassifier(dataset="same", pack="topics", method="head", seed=seed))
    service.call(api.DeleteDataset(name="same"))
    found = service.call(api.CompareVersions(pack="topics", first=1, second=2))
    assert (found.texts, found.examples) == (60, ())


def test_wrong_wishes_are_told(two: Service) -> None:
    with pytest.raises(UsageError, match="two different versions"):
        two.call(api.CompareVersions(pack="topics", first=1, second=1))
    with pytest.raises(UnknownName, match="version of topics"):
        two.call(api.CompareVersions(pack="topics", first=1, second=7))
    with pytest.raises(UnknownName, match="data set"):
        two.call(api.CompareVersions(pack="topics", first=1, second=2, dataset="absent"))
    for _ in range(2):
        packs.save_version(two.context.store, "shop", "recommend", {}, {}, promote=True)
    with pytest.raises(PackUnusable, match="recommend"):
        two.call(api.CompareVersions(pack="shop", first=1, second=2))


def test_a_champion_is_not_blamed_for_labels_that_came_later(service: Service, messages: Any, put: Any) -> None:
    rows = messages(90)
    put(rows, "first")
    put([*rows, *messages(90, labels=("invoice",))], "second")
    service.call(api.TrainClassifier(dataset="first", pack="topics", method="head"))
    more = service.call(api.TrainClassifier(dataset="second", pack="topics", method="head"))
    assert more.promoted
    comparison = service.call(api.ListVersions(pack="topics")).versions[0].comparison
    assert comparison["texts"] == 90
    assert comparison["champion_right"] > 80


def test_the_chance_is_the_exact_two_sided_sign_test() -> None:
    from scipy.stats import binomtest

    for one, other in ((0, 0), (3, 3), (0, 6), (12, 4), (40, 70)):
        expected = binomtest(one, one + other, 0.5).pvalue if one + other else 1.0
        assert two_sided_chance(one, other) == pytest.approx(expected)
        assert two_sided_chance(other, one) == pytest.approx(expected)
    assert np.isfinite(two_sided_chance(3000, 4000))
