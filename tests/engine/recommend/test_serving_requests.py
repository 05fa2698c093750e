"""Rules, wishes, what-if, bundles, everybody's lists and new items, through the engine."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from engine import api
from engine.errors import FileUnusable, UnknownName, UsageError
from engine.host.service import Service
from engine.store import datasets, packs

PASSPHRASE = "correct horse battery staple"


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory, shop_of_all) -> Iterator[Service]:
    service = Service(tmp_path_factory.mktemp("serving") / "workspace")
    service.call(api.Unlock(passphrase=PASSPHRASE, create=True))
    items = [
        item | {"category": item["item"].split("-")[0], "price": str(10 + place), "stock": "0" if place == 0 else "5"}
        for place, item in enumerate(shop_of_all.items)
    ]
    datasets.add(service.context.store, "goods", "items", source="", mapping={}, batches=[items])
    datasets.add(service.context.store, "sales", "events", source="", mapping={}, batches=[shop_of_all.events])
    service.call(api.FitRecommender(items="goods", events="sales", pack="taste", max_minutes=0.02))
    yield service
    service.close()


@pytest.fixture
def ruled(engine: Service) -> Iterator[Service]:
    yield engine
    for rule in engine.call(api.ListRules("taste")).rules:
        engine.call(api.RemoveRule("taste", rule.kind, rule.value))


def top(engine: Service, **wanted) -> api.RankedItems:
    return engine.call(api.RecommendTop("taste", **wanted))


def test_lists_tell_price_and_category(engine: Service) -> None:
    found = top(engine, user="shopper-000", k=3).items
    assert all(item.price is not None for item in found)
    assert found[0].categories == ("tea",)


def test_rules_are_kept_and_hold_everywhere(ruled: Service) -> None:
    first = top(ruled, user="shopper-000").items[0].item
    ruled.call(api.AddRule("taste", "exclude", first))
    ruled.call(api.AddRule("taste", "in-stock", "yes"))
    ruled.call(api.AddRule("taste", "per_category", "2"))
    shown = ruled.call(api.AddRule("taste", "per_category", "3"))
    assert [(rule.kind, rule.value) for rule in shown.rules] == [
        ("exclude", first), ("in_stock", "yes"), ("per_category", "3"),
    ]  # fmt: skip
    assert shown.hidden >= 1
    assert shown.categories == ("tea", "boot", "lamp")
    found = top(ruled, user="shopper-000", k=9).items
    assert first not in {item.item for item in found}
    assert [sum(item.categories[0] == name for item in found) for name in shown.categories] == [3, 3, 3]
    assert first not in {item.item for item in ruled.call(api.SimilarItems("taste", "tea-mint-0", 30)).items}


@pytest.mark.parametrize(
    ("kind", "value", "error"),
    [("exclude", "hat", UnknownName), ("sensitive", "hats", UnknownName), ("hats", "", UsageError)],
)
def test_a_rule_about_nothing_is_refused(engine: Service, kind: str, value: str, error) -> None:
    with pytest.raises(error):
        engine.call(api.AddRule("taste", kind, value))
    with pytest.raises(UnknownName, match="rule of taste"):
        engine.call(api.RemoveRule("taste", "pin", "hat"))


def test_rules_go_with_their_pack(engine: Service) -> None:
    engine.call(api.FitRecommender(items="goods", events="sales", pack="brief", max_minutes=0.01))
    engine.call(api.AddRule("brief", "pin", "tea-mint-0"))
    engine.call(api.RemoveModel("brief"))
    engine.call(api.FitRecommender(items="goods", events="sales", pack="brief", max_minutes=0.01))
    assert engine.call(api.ListRules("brief")).rules == ()


def test_a_changed_price_counts_without_learning(engine: Service, shop_of_all) -> None:
    wish = api.RecommendTop("taste", text="mint tea under 3", k=3)
    assert engine.call(wish).items == ()
    row = {"item": "tea-mint-1", "title": "mint tea 1", "text": "A mint tea.", "category": "tea", "price": "2"}
    with datasets.Writer(engine.context.store, "goods", "items", source="", append=True) as writer:
        from engine.dataset.chunks import pack

        writer.add_packed(1, pack(tuple(row), [list(row.values())]))
        writer.finish(columns=tuple(row), mapping={}, labels={}, label_total=0)
    assert [item.item for item in engine.call(wish).items] == ["tea-mint-1"]


def test_a_wish_finds_by_meaning_and_says_what_it_understood(engine: Service) -> None:
    found = top(engine, text="something like hiking boot 1 but cheaper, no lamps", k=5)
    assert found.understood[0] == "Like “hiking boot 1”."
    assert any(words.startswith("Cheaper than") for words in found.understood)
    assert "Without: lamp." in found.understood
    assert found.items[0].categories == ("boot",)
    for_anna = top(engine, user="shopper-000", text="a reading lamp", k=5).items
    assert for_anna[0].item.startswith("lamp-reading")


def test_what_if_an_event_had_not_been(engine: Service) -> None:
    whole = top(engine, user="shopper-000", k=36)
    assert {item for item, _ in whole.history} >= set(whole.items[0].because)
    gone = whole.items[0].because[0]
    less = top(engine, user="shopper-000", k=36, without=(gone,))
    assert gone not in {item for item, _ in less.history}
    assert gone in {item.item for item in less.items}  # it is no longer theirs
    before = whole.items[0].score
    after = next(item.score for item in less.items if item.item == whole.items[0].item)
    assert after < before
    with pytest.raises(UnknownName, match="hat"):
        top(engine, user="shopper-000", without=("hat",))


def test_bundles_name_counts(engine: Service, shop_of_all) -> None:
    chosen: dict[str, set[str]] = {}
    for event in shop_of_all.events:
        chosen.setdefault(event["item"], set()).add(event["user"])
    found = engine.call(api.TogetherItems("taste", ("tea-mint-0",), 5)).items
    for item in found:
        both = chosen["tea-mint-0"] & chosen[item.item]
        assert item.reason.startswith(f"{len(both)} of {len(chosen['tea-mint-0'])} people")
    assert engine.call(api.TogetherItems("taste", ("tea-mint-0",), 3, bundle=True)).items
    with pytest.raises(UsageError):
        engine.call(api.TogetherItems("taste", ()))


@pytest.mark.parametrize("name", ["all.jsonl", "all.csv"])
def test_everybody_gets_the_list_that_they_get_alone(ruled: Service, tmp_path: Path, name: str) -> None:
    ruled.call(api.AddRule("taste", "per_category", "2"))
    out = tmp_path / name
    done = ruled.call(api.RecommendFile("taste", "", str(out), 4))
    assert done.users == 60
    if name.endswith("jsonl"):
        lines = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
        lists = {line["user"]: [item["item"] for item in line["items"]] for line in lines}
    else:
        lists = {}
        for row in csv.DictReader(io.StringIO(out.read_text("utf-8"), newline="")):
            lists.setdefault(row["user"], []).append(row["item"])
            assert int(row["place"]) == len(lists[row["user"]])
    assert len(lists) == 60
    for user in ("shopper-000", "shopper-031"):
        assert lists[user] == [item.item for item in top(ruled, user=user, k=4).items]


def test_new_items_are_recommended_at_once(engine: Service, tmp_path: Path) -> None:
    engine.call(api.FitRecommender(items="goods", events="sales", pack="grows", max_minutes=0.02))
    before = packs.current(engine.context.store, "grows")
    path = tmp_path / "new.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(["item", "title", "text", "category", "price"])
        out.writerow(["tea-jasmine-0", "jasmine green tea", "A green tea with jasmine.", "tea", "9"])
        out.writerow(["boot-snow-0", "snow winter boot", "A winter boot for snow.", "boot", "99"])
        out.writerow(["tea-mint-0", "mint tea 0", "A mint tea.", "tea", "1"])
    done = engine.call(api.AddItems("grows", str(path)))
    assert (done.added, done.known, done.items, done.version) == (2, 1, 38, before.version)
    after = packs.current(engine.context.store, "grows")
    assert after.files["arrays.npz"] == before.files["arrays.npz"]  # nothing was learned anew
    tea_lover = engine.call(api.RecommendTop("grows", history=("tea-green-0", "tea-green-1"), k=38)).items
    places = [item.item for item in tea_lover]
    assert places.index("tea-jasmine-0") < places.index("boot-snow-0")
    assert tea_lover[places.index("tea-jasmine-0")].why == "text"
    like = engine.call(api.SimilarItems("grows", "boot-snow-0", 5)).items
    assert like[0].item.startswith("boot")
    found = engine.call(api.RecommendTop("grows", text="jasmine", k=1)).items
    assert found[0].item == "tea-jasmine-0"
    assert found[0].price == 9
    rows = list(datasets.read_rows(engine.context.store, "goods", "items"))
    assert sum(row["item"] == "tea-jasmine-0" for row in rows) == 1
    again = engine.call(api.AddItems("grows", str(path)))
    assert (again.added, again.known) == (0, 3)
    # a second round joins the first, and learning anew knows them all
    path.write_text("item,title,text\ntea-rose-0,rose black tea,A black tea with rose.\n", "utf-8")
    assert engine.call(api.AddItems("grows", str(path))).items == 39
    assert engine.call(api.SimilarItems("grows", "tea-rose-0", 3)).items[0].item.startswith("tea")
    fitted = engine.call(api.FitRecommender(items="goods", events="sales", pack="grows", max_minutes=0.02))
    assert fitted.items == 39


def test_an_empty_table_of_items_is_refused(engine: Service, tmp_path: Path) -> None:
    path = tmp_path / "none.csv"
    path.write_text("item,title\n,\n", "utf-8")
    with pytest.raises(FileUnusable):
        engine.call(api.AddItems("taste", str(path)))


def test_the_map_groups_what_is_alike_and_names_it(engine: Service) -> None:
    found = engine.call(api.MapItems("taste", 500))
    assert found.by == "text"
    assert len(found.points) >= 36
    assert all(-1 <= point.x <= 1 and -1 <= point.y <= 1 for point in found.points)
    assert sum(group.size for group in found.groups) == len(found.points)
    assert all(group.words for group in found.groups)
    topics = {topic: [point for point in found.points if point.item.startswith(topic)] for topic in ("tea", "lamp")}
    middle = {topic: np.mean([(p.x, p.y) for p in points], axis=0) for topic, points in topics.items()}
    own = np.mean([np.hypot(*(np.array((p.x, p.y)) - middle["tea"])) for p in topics["tea"]])
    other = np.mean([np.hypot(*(np.array((p.x, p.y)) - middle["lamp"])) for p in topics["tea"]])
    assert own < other
    with pytest.raises(UsageError):
        engine.call(api.MapItems("taste", 3))
