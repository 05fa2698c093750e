"""Recommendation through the engine, as the window and the command line use it."""

from __future__ import annotations

import csv
import json
import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine import api
from engine.errors import (
    Cancelled,
    ColumnsUnknown,
    DataUnusable,
    FileMissing,
    FileUnusable,
    FolderNotWritable,
    PackUnusable,
    UnknownName,
    UsageError,
)
from engine.host.service import Service
from engine.jobs.control import JobControl
from engine.store import datasets, packs

PASSPHRASE = "correct horse battery staple"


def write_csv(path: Path, columns: list[str], rows: list[list[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(columns)
        out.writerows(rows)
    return path


def store_shop(service: Service, shop, items: str = "goods", events: str = "sales") -> None:
    datasets.add(service.context.store, items, "items", source="", mapping={}, batches=[shop.items])
    datasets.add(service.context.store, events, "events", source="", mapping={}, batches=[shop.events])


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory, shop_of_all) -> Iterator[Service]:
    service = Service(tmp_path_factory.mktemp("recommend") / "workspace")
    service.call(api.Unlock(passphrase=PASSPHRASE, create=True))
    store_shop(service, shop_of_all)
    service.call(api.FitRecommender(items="goods", events="sales", pack="taste"))
    yield service
    service.close()


def test_fit_reports_the_model_beside_every_baseline(engine: Service) -> None:
    stages: list[str] = []
    fitted = engine.call(
        api.FitRecommender(items="goods", events="sales", pack="other"), lambda progress: stages.append(progress.stage)
    )
    assert (fitted.users, fitted.items, fitted.events, fitted.version) == (60, 36, 360, 1)
    assert set(fitted.metrics) == {"model", "popularity", "item_knn", "ease", "ials", "text"}
    assert fitted.metrics["model"].ndcg_10 > fitted.metrics["popularity"].ndcg_10
    assert fitted.peak_mb > 10
    assert {"tune", "measure", "learn"} <= set(stages)
    report = packs.current(engine.context.store, "other").manifest["report"]
    assert report["version"] == 1
    assert report["users"] == 60


def test_a_second_fit_is_a_second_version_and_is_used(engine: Service) -> None:
    for expected in (1, 2):
        fitted = engine.call(api.FitRecommender(items="goods", events="sales", pack="twice", max_minutes=0.02))
        assert fitted.version == expected
    assert packs.current(engine.context.store, "twice").version == 2


def test_top_for_a_person_holds_unseen_items_with_reasons(engine: Service, shop_of_all) -> None:
    seen = {event["item"] for event in shop_of_all.events if event["user"] == "shopper-000"}
    found = engine.call(api.RecommendTop(pack="taste", user="shopper-000", k=6)).items
    assert len(found) == 6
    assert not seen & {item.item for item in found}
    assert sum(item.item.startswith("tea") for item in found) >= 5
    assert found[0].why == "behaviour"
    assert set(found[0].because) <= seen
    assert [item.score for item in found] == sorted((item.score for item in found), reverse=True)


def test_top_by_history_reports_what_it_does_not_know(engine: Service) -> None:
    found = engine.call(api.RecommendTop(pack="taste", history=("lamp-desk-0", "lamp-wall-1", "hat"), k=4))
    assert found.unknown == ("hat",)
    assert all(item.item.startswith("lamp") for item in found.items)


def test_top_without_history_is_what_most_people_chose(engine: Service) -> None:
    found = engine.call(api.RecommendTop(pack="taste", k=3)).items
    assert [item.why for item in found] == ["popular"] * 3


def test_who_has_seen_everything_gets_an_empty_list(engine: Service, shop_of_all) -> None:
    everything = tuple(item["item"] for item in shop_of_all.items)
    assert engine.call(api.RecommendTop(pack="taste", history=everything)).items == ()


@pytest.mark.parametrize(
    ("request_", "error", "told"),
    [
        (api.RecommendTop(pack="taste", user="nobody"), UnknownName, "nobody"),
        (api.RecommendTop(pack="taste", history=("hat", "coat")), UnknownName, "hat, coat"),
        (api.RecommendTop(pack="nothing", user="shopper-000"), UnknownName, "nothing"),
        (api.RecommendTop(pack="taste", user="shopper-000", history=("tea-mint-0",)), UsageError, "not both"),
        (api.RecommendTop(pack="taste", user="shopper-000", k=0), UsageError, "1 to"),
        (api.SimilarItems(pack="taste", item="hat"), UnknownName, "hat"),
        (api.ListPeople(pack="taste", what="pets"), UsageError, "pets"),
        (api.FitRecommender(items="no", events="sales", pack="p"), UnknownName, "no"),
        (api.FitRecommender(items="sales", events="sales", pack="p"), DataUnusable, "items is needed"),
        (api.FitRecommender(items="goods", events="goods", pack="p"), DataUnusable, "events is needed"),
        (api.FitRecommender(items="goods", events="sales", pack="p", max_minutes=0), UsageError, "more than 0"),
        (api.EvaluateRecommender(pack="taste", holdout="/no/such.csv"), FileMissing, "such.csv"),
    ],
)
def test_what_is_unknown_or_impossible_is_said(engine: Service, request_, error, told: str) -> None:
    with pytest.raises(error, match=told):
        engine.call(request_)


def test_events_without_any_known_item_are_refused(engine: Service, shop_of_all) -> None:
    foreign = [event | {"item": f"x-{event['item']}"} for event in shop_of_all.events[:20]]
    datasets.add(engine.context.store, "foreign", "events", source="", mapping={}, batches=[foreign])
    with pytest.raises(DataUnusable, match="none of its 20 events is about an item") as caught:
        engine.call(api.FitRecommender(items="goods", events="foreign", pack="p"))
    assert caught.value.exit_code == 4
    with pytest.raises(UnknownName):
        engine.call(api.RecommendTop(pack="p", k=1))


def test_events_for_missing_items_are_a_warning(engine: Service, shop_of_all) -> None:
    mixed = [*shop_of_all.events, {"user": "shopper-000", "item": "hat", "type": "", "value": ""}]
    datasets.add(engine.context.store, "mixed", "events", source="", mapping={}, batches=[mixed])
    fitted = engine.call(api.FitRecommender(items="goods", events="mixed", pack="mixed", max_minutes=0.02))
    assert any("1 about items" in warning and "hat" in warning for warning in fitted.warnings)
    assert fitted.events == 360


def test_a_pack_for_another_task_is_refused(engine: Service) -> None:
    packs.save_version(engine.context.store, "labels", "classify", {"x": b"1"}, {}, promote=True)
    with pytest.raises(PackUnusable, match="classify"):
        engine.call(api.RecommendTop(pack="labels", k=1))


def test_cancel_stores_nothing_and_is_quick(engine: Service) -> None:
    control = JobControl()

    def stop(progress) -> None:
        if progress.stage == "tune":
            control.cancel()
            stop.at = time.monotonic()

    control = JobControl(stop)
    with pytest.raises(Cancelled):
        engine.call(api.FitRecommender(items="goods", events="sales", pack="stopped"), control=control)
    assert time.monotonic() - stop.at < 2
    assert not any(one.name == "stopped" for one in packs.list_all(engine.context.store))


def test_similar_items_are_of_the_same_kind(engine: Service) -> None:
    found = engine.call(api.SimilarItems(pack="taste", item="boot-rain-1", k=5)).items
    assert len(found) == 5
    assert "boot-rain-1" not in {item.item for item in found}
    assert sum(item.item.startswith("boot") for item in found) >= 4
    assert all(item.because == ("boot-rain-1",) for item in found)


def test_people_and_items_are_listed(engine: Service) -> None:
    people = engine.call(api.ListPeople(pack="taste", query="00", limit=4)).entries
    assert [name for name, _ in people] == ["shopper-000", "shopper-001", "shopper-002", "shopper-003"]
    assert people[0][1].isdigit()
    items = engine.call(api.ListPeople(pack="taste", query="MINT", what="items")).entries
    assert [title for _, title in items] == ["mint tea 0", "mint tea 1", "mint tea 2"]


def test_a_file_of_people(engine: Service, tmp_path: Path) -> None:
    people = write_csv(tmp_path / "people.csv", ["user"], [["shopper-004"], ["nobody"], ["shopper-001"]])
    out = tmp_path / "lists.jsonl"
    done = engine.call(api.RecommendFile(pack="taste", input=str(people), output=str(out), k=3))
    lines = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [line["user"] for line in lines] == ["shopper-004", "shopper-001"]
    alone = engine.call(api.RecommendTop(pack="taste", user="shopper-004", k=3)).items
    assert [item["item"] for item in lines[0]["items"]] == [item.item for item in alone]
    assert all(item["reason"] for item in lines[0]["items"])
    assert (done.users, done.rejected_count) == (2, 1)
    assert (done.rejected[0].line, done.rejected[0].code) == (3, "unknown_user")
    assert [path.name for path in tmp_path.iterdir()] == ["lists.jsonl", "people.csv"] or len(
        list(tmp_path.iterdir())
    ) == 2


def test_a_file_of_strangers_writes_nothing(engine: Service, tmp_path: Path) -> None:
    people = write_csv(tmp_path / "people.csv", ["name"], [["nobody"]])
    with pytest.raises(FileUnusable, match="none of its people"):
        engine.call(api.RecommendFile(pack="taste", input=str(people), output=str(tmp_path / "out.jsonl")))
    assert [path.name for path in tmp_path.iterdir()] == ["people.csv"]


def test_a_file_without_a_column_of_people_is_refused(engine: Service, tmp_path: Path) -> None:
    table = write_csv(tmp_path / "t.csv", ["colour", "size"], [["red", "1"]])
    with pytest.raises(ColumnsUnknown, match="user"):
        engine.call(api.RecommendFile(pack="taste", input=str(table), output=str(tmp_path / "o.jsonl")))


def test_an_output_that_cannot_be_written_is_refused(engine: Service, tmp_path: Path) -> None:
    people = write_csv(tmp_path / "people.csv", ["user"], [["shopper-004"]])
    for output in (tmp_path, tmp_path / "none" / "o.jsonl"):
        with pytest.raises((FileUnusable, FolderNotWritable)):
            engine.call(api.RecommendFile(pack="taste", input=str(people), output=str(output)))


def test_evaluation_beside_the_baselines(engine: Service, shop_of_all, tmp_path: Path) -> None:
    rows = []
    for person in range(0, 60, 2):
        user = f"shopper-{person:03}"
        seen = {event["item"] for event in shop_of_all.events if event["user"] == user}
        topic = ("tea", "boot", "lamp")[person % 3]
        rows += [[user, item["item"]] for item in shop_of_all.items if item["item"].startswith(topic)][:12]
        rows = [row for row in rows if row[0] != user or row[1] not in seen]
    rows += [["nobody", "tea-mint-0"], ["shopper-000", "hat"]]
    path = write_csv(tmp_path / "holdout.csv", ["user", "item"], rows)
    found = engine.call(api.EvaluateRecommender(pack="taste", holdout=str(path), baselines=True))
    assert found.users == 30
    assert (found.skipped_users, found.skipped_items) == (1, 1)
    assert found.ndcg_10 > 0.8
    assert set(found.baselines) == {"popularity", "item_knn", "ease", "ials", "text"}
    assert found.baselines["popularity"].ndcg_10 < found.ndcg_10
    assert found.baselines["popularity"].ndcg_10 < found.baselines["text"].ndcg_10
    assert 0.5 < found.coverage <= 1
    plain = engine.call(api.EvaluateRecommender(pack="taste", holdout=str(path)))
    assert plain.baselines == {}
    assert plain.ndcg_10 == found.ndcg_10


def test_what_comes_next_is_measured_alone_where_the_order_is_known(engine: Service, tmp_path: Path) -> None:
    rng = random.Random(5)
    events, held = [], []
    for person in range(200):
        at = rng.randrange(30)
        for day in range(1, 8):
            at = rng.randrange(30) if rng.random() < 0.1 else (at + 1) % 30
            events.append({"user": f"w{person}", "item": f"s{at}", "type": "read", "time": f"2026-03-{day:02}"})
        held.append([f"w{person}", f"s{(at + 1) % 30}"])
    items = [{"item": f"s{place}", "title": f"step {place}"} for place in range(30)]
    for name, kind, rows in (("steps", "items", items), ("walks", "events", events)):
        datasets.add(engine.context.store, name, kind, source="", mapping={}, batches=[rows])
    fitted = engine.call(api.FitRecommender(items="steps", events="walks", pack="walk"))
    assert fitted.metrics["sequence"].ndcg_10 > 2 * fitted.metrics["popularity"].ndcg_10
    path = write_csv(tmp_path / "next.csv", ["user", "item"], held)
    found = engine.call(api.EvaluateRecommender(pack="walk", holdout=str(path), baselines=True)).baselines
    assert found["sequence"].ndcg_10 > 2 * found["popularity"].ndcg_10
    assert found["sequence"].ndcg_10 > 0.5


def test_training_events_in_a_holdout_do_not_count(engine: Service, shop_of_all, tmp_path: Path) -> None:
    seen = [[event["user"], event["item"]] for event in shop_of_all.events[:6]]
    path = write_csv(tmp_path / "seen.csv", ["user", "item"], seen)
    with pytest.raises(FileUnusable, match="taste has learned from every event in it"):
        engine.call(api.EvaluateRecommender(pack="taste", holdout=str(path)))
    path = write_csv(tmp_path / "strange.csv", ["user", "item"], [["nobody", "hat"]])
    with pytest.raises(FileUnusable, match="none of its people and items"):
        engine.call(api.EvaluateRecommender(pack="taste", holdout=str(path)))
