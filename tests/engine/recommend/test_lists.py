"""Rules, diversity, facts, bundles, wishes: on a model small enough to count by hand."""

from __future__ import annotations

import numpy as np
import pytest

from engine.api import RecommendRule
from engine.errors import UsageError
from engine.serve.recommend.diverse import diversified
from engine.serve.recommend.facts import age_of, amount, day_of, is_available, read_facts
from engine.serve.recommend.lists import make_list
from engine.serve.recommend.model import RecommendModel, SparseRows
from engine.serve.recommend.rank import rank_items, shares_of
from engine.serve.recommend.rules import Rules, apply_rules, checked_rule
from engine.serve.recommend.search import search_items
from engine.serve.recommend.together import bundle, chosen_together
from engine.serve.recommend.vectors import shrink
from engine.serve.recommend.wish import read_wish
from engine.serve.recommend.wish_chinese import read_chinese_wish

ROWS = [
    {"item": "a", "title": "Ridge tent", "categories": "Tents", "price": "$200.00", "available": "yes", "age": ""},
    {"item": "b", "title": "Light tent", "categories": "Tents|Sale", "price": "120", "available": "0", "age": ""},
    {"item": "c", "title": "Big tent", "categories": "Tents", "price": "1.250,00 €", "available": "12", "age": ""},
    {"item": "d", "title": "Camp stove", "categories": "Stoves", "price": "60", "available": "", "age": "16+"},
    {"item": "e", "title": "Gas stove", "categories": "Stoves", "price": "45.5", "available": "", "age": "PG"},
    {"item": "f", "title": "Wool socks", "categories": "Health", "price": "", "available": "", "age": ""},
]
DAY = day_of("2026-05-01")


def small_model(rows=ROWS, seed: int = 3) -> RecommendModel:
    """Random weights of both signs and histories of seven people."""
    rng = np.random.default_rng(seed)
    count = len(rows)
    dense = rng.normal(size=(count, count)).astype(np.float32)
    np.fill_diagonal(dense, 0)
    histories = [[0, 1], [0, 1, 3], [0, 1, 4], [3, 4], [0, 3], [2], [1, 0]]
    items = np.concatenate([np.array(sorted(history)) for history in histories]).astype(np.int32)
    starts = np.concatenate([[0], np.cumsum([len(history) for history in histories])]).astype(np.int64)
    vectors = rng.normal(size=(count, 8)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    ids = tuple(row["item"] for row in rows)
    text = np.abs(rng.normal(size=(count, count))).astype(np.float32) * 0.3
    return RecommendModel(
        name="camp", item_ids=ids, titles=tuple(row["title"] for row in rows),
        user_ids=tuple(f"p{place}" for place in range(len(histories))),
        item_index={item: place for place, item in enumerate(ids)},
        user_index={f"p{place}": place for place in range(len(histories))},
        behaviour=rows_of(dense), text=rows_of(text),
        popularity=np.bincount(items, minlength=count).astype(np.float32),
        history_starts=starts, history_items=items, history_strengths=np.ones(len(items), np.float32),
        strengths=False, vectors=shrink(vectors), texts_by="encoder",
    )  # fmt: skip


def rows_of(dense: np.ndarray) -> SparseRows:
    count = len(dense)
    targets = np.tile(np.arange(count, dtype=np.int32), count)
    return SparseRows(np.arange(count + 1, dtype=np.int64) * count, targets, dense.ravel().astype(np.float32))


@pytest.fixture
def model() -> RecommendModel:
    return small_model()


@pytest.fixture
def facts(model):
    return read_facts(ROWS, model.item_index)


@pytest.mark.parametrize(
    ("text", "value"),
    [("$1,299.00", 1299), ("12,50 €", 12.5), ("1.250,00 €", 1250), ("1,000", 1000), ("7", 7), ("CHF 1'200.50", 1200.5)],
)
def test_prices_are_read_in_their_spellings(text: str, value: float) -> None:
    assert amount(text) == pytest.approx(value)


def test_what_cannot_be_read_is_unknown_and_hides_nothing() -> None:
    assert np.isnan(amount("on request"))
    assert is_available("soon")
    assert not is_available("Out of Stock")
    assert not is_available("0")
    assert np.isnan(age_of("?"))
    assert age_of("PG-13") == 13
    assert day_of("never") == 0


def test_facts_know_categories_stock_and_age(model, facts) -> None:
    assert facts.category_names == ("Tents", "Sale", "Stoves", "Health")
    assert facts.categories_of(1) == ("Tents", "Sale")
    assert facts.available.tolist() == [True, False, True, True, True, True]
    assert facts.price[2] == 1250
    assert facts.age[3] == 16


def rules_of(model, facts, *pairs: tuple[str, str], day: int = DAY) -> Rules:
    return apply_rules(model, facts, [checked_rule(kind, value) for kind, value in pairs], day)


def ids(items) -> list[str]:
    return [item.item for item in items]


def test_the_sparse_ranking_is_the_dense_one(model) -> None:
    """By the slow way: every score added up, sorted with ties."""
    for history in ([0], [1, 4], [0, 3, 5]):
        chosen = model.history_of(history)
        dense = sum(
            np.array([table.weights[i * 6 : i * 6 + 6] for i in history]).sum(axis=0)
            for table in (model.behaviour, model.text)
        )
        left = [place for place in np.lexsort((np.arange(6), -model.popularity, -dense)) if place not in history]
        assert rank_items(model, chosen, 6).items.tolist() == left
        assert rank_items(model, chosen, 2).items.tolist() == left[:2]


def test_excluded_items_and_those_out_of_stock_never_appear(model, facts) -> None:
    rules = rules_of(model, facts, ("exclude", "e"), ("in_stock", "yes"))
    assert set(ids(make_list(model, model.history_of([0]), 6, rules, facts))) == {"c", "d", "f"}


def test_pins_stand_on_top_and_say_so(model, facts) -> None:
    rules = rules_of(model, facts, ("pin", "f"), ("pin", "c"))
    found = make_list(model, model.history_of([0]), 3, rules, facts)
    assert ids(found)[:2] == ["f", "c"]
    assert [item.why for item in found][:2] == ["pinned", "pinned"]
    assert len(found) == 3
    assert "c" not in ids(make_list(model, model.history_of([2]), 3, rules, facts))  # it is theirs already


def test_at_most_so_many_of_one_category(model, facts) -> None:
    rules = rules_of(model, facts, ("per_category", "1"))
    found = make_list(model, model.history_of([5]), 6, rules, facts)
    assert len(found) == 2
    assert {item.categories[0] for item in found} == {"Tents", "Stoves"}


def test_an_age_hides_what_is_for_older_people(model, facts) -> None:
    assert "d" not in ids(make_list(model, model.history_of([0]), 6, rules_of(model, facts, ("age", "12")), facts))
    assert "d" in ids(make_list(model, model.history_of([0]), 6, rules_of(model, facts, ("age", "16")), facts))


def test_items_out_of_their_dates_are_never_shown(model) -> None:
    rows = [row | {"valid_until": "2026-04-30" if row["item"] == "c" else ""} for row in ROWS]
    facts = read_facts(rows, model.item_index)
    assert "c" not in ids(make_list(model, model.history_of([0]), 6, rules_of(model, facts), facts))
    earlier = rules_of(model, facts, day=DAY - 1)
    assert "c" in ids(make_list(model, model.history_of([0]), 6, earlier, facts))


def test_a_sensitive_category_is_neither_shown_nor_part_of_the_profile(model, facts) -> None:
    rules = rules_of(model, facts, ("sensitive", "Stoves"))
    with_stove = make_list(model, model.history_of([0, 3]), 6, rules, facts)
    without = make_list(model, model.history_of([0]), 6, rules, facts)
    assert ids(with_stove) == ids(without)
    assert [item.score for item in with_stove] == [item.score for item in without]
    assert not {"d", "e"} & set(ids(with_stove))
    assert all("d" not in item.because for item in with_stove)
    assert ids(with_stove) != ids(make_list(model, model.history_of([0, 3]), 6, Rules(), facts))


@pytest.mark.parametrize(
    ("kind", "value"), [("hats", "1"), ("per_category", "0"), ("age", "old"), ("diversity", "lots"), ("pin", " ")]
)
def test_rules_that_make_no_sense_are_refused(kind: str, value: str) -> None:
    with pytest.raises(UsageError):
        checked_rule(kind, value)


def test_rules_about_unknown_things_are_told_and_do_nothing(model, facts) -> None:
    found = apply_rules(model, facts, [RecommendRule("exclude", "zz"), RecommendRule("sensitive", "Hats")], DAY)
    assert found.unknown == ("zz", "Hats")
    assert found.allowed is None


def test_a_diverse_list_takes_the_other_kind_earlier() -> None:
    scores = np.array([1.0, 0.98, 0.96, 0.8], np.float32)
    like = np.array([[1, 0.95, 0.95, 0], [0.95, 1, 0.95, 0], [0.95, 0.95, 1, 0], [0, 0, 0, 1]], np.float32)
    assert diversified(scores, like, "off", 3).tolist() == [0, 1, 2]
    assert diversified(scores, like, "some", 2).tolist() == [0, 3]
    assert sorted(diversified(scores, like, "strong", 4).tolist()) == [0, 1, 2, 3]


def test_bundles_are_counted(model) -> None:
    found = chosen_together(model, [0], 5, Rules())
    # a: p0 p1 p2 p4 p6, of whom p0 p1 p2 p6 have b, p1 p4 have d
    assert ids(found)[0] == "b"
    assert found[0].reason == "4 of 5 people who chose “Ridge tent” chose this too."
    assert ids(bundle(model, 0, 3, Rules())) == ["b"]  # nobody but p1 has a, b and d
    assert chosen_together(model, [5], 5, Rules()) == ()


def test_shares_are_the_same_however_they_are_looked_up(model) -> None:
    history = model.history_of([1, 4])
    ranked = np.array([5, 0, 3, 2])
    for table in (model.behaviour, model.text):
        alone = np.concatenate([shares_of(table, history, ranked[[place]]) for place in range(4)])
        assert alone.any()
        # Short rows: those of a table that has the second half of the targets alone.
        kept = table.targets >= 3
        lengths = np.add.reduceat(kept, table.starts[:-1]).astype(np.int64)
        short = SparseRows(np.concatenate([[0], np.cumsum(lengths)]), table.targets[kept], table.weights[kept])
        found = shares_of(short, history, ranked)
        assert found == pytest.approx(np.where(ranked[:, None] >= 3, alone, 0))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("something like the Ridge tent but cheaper", {"like": "the Ridge tent", "cheaper": True, "text": ""}),
        ("warm socks under $20", {"text": "warm socks", "most": 20.0}),
        ("a stove between 40 and 60 euros", {"least": 40.0, "most": 60.0, "text": "a stove"}),
        ("more than 100, in stock", {"least": 100.0, "in_stock": True}),
        ("light things, no stoves", {"without_categories": ("Stoves",), "text": "light things"}),
        ("only tents without zips", {"categories": ("Tents",), "without": ("zips",)}),
        ("tent for at most 4 people", {"most": None}),
    ],
)
def test_a_wish_is_taken_apart(words: str, expected: dict[str, object]) -> None:
    wish = read_wish(words, ("Tents", "Stoves"))
    assert {name: getattr(wish, name) for name in expected} == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("类似双峰 2 帐篷，但便宜一点，不要红色，要有货",
         {"like": "双峰 2 帐篷", "cheaper": True, "without": ("红色",), "in_stock": True, "text": ""}),
        ("和独行单人帐差不多的，300-1200元", {"like": "独行单人帐", "least": 300.0, "most": 1200.0, "text": ""}),
        ("三百块以内的头灯", {"most": 300.0, "text": "头灯"}),
        ("价格在 50 和 80 之间的杯子", {"least": 50.0, "most": 80.0, "text": "杯子"}),
        ("200元左右的水壶", {"least": 160.0, "most": 240.0, "text": "水壶"}),
        ("至少80元，更贵的", {"least": 80.0, "dearer": True}),
        ("不要太贵的睡袋", {"cheaper": True, "dearer": False, "text": "睡袋"}),
        ("只要帐篷，不要炉具", {"categories": ("帐篷",), "without_categories": ("炉具",), "text": ""}),
        ("不超过20公斤的背包", {"most": None, "text": "不超过20公斤的背包"}),
        ("4人以下", {"most": None}),
        ("非常保暖的睡袋", {"without": (), "text": "非常保暖的睡袋"}),
        ("有没有防水鞋", {"without": (), "text": "防水鞋"}),
        ("睡袋和炉具", {"like": "", "text": "睡袋和炉具"}),
    ],
)  # fmt: skip
def test_a_chinese_wish_is_taken_apart(words: str, expected: dict[str, object]) -> None:
    wish = read_chinese_wish(words, ("帐篷", "炉具"))
    assert {name: getattr(wish, name) for name in expected} == expected


def test_a_chinese_wish_names_what_the_title_has_and_leaves_out_whole_words() -> None:
    titles = ("双峰帐篷", "充气床垫", "蛋巢床垫", "红色帐篷", "头灯", "水壶")
    rows = [row | {"title": title} for row, title in zip(ROWS, titles, strict=True)]
    model = small_model(rows)
    facts = read_facts(rows, model.item_index)
    nobody = model.history_of([])
    found = search_items(model, facts, "轻的床垫，不要充气床垫", nobody, 6, Rules(), embed)
    assert ids(found.items)[0] == "c"
    assert "b" not in ids(found.items)
    assert found.items[0].reason == "Its title has “床垫”."
    assert found.understood[-1] == "Without: 充气床垫."


def embed(texts: list[str]) -> np.ndarray:
    return np.zeros((len(texts), 8), np.float32)  # meaning says nothing here


def test_a_wish_is_kept_within_its_price(model, facts) -> None:
    found = search_items(
        model, facts, "something like the Ridge tent but cheaper", model.history_of([]), 6, Rules(), embed
    )
    prices = [item.price for item in found.items]
    assert prices
    assert all(price is not None and price < 200 for price in prices)
    assert "a" not in ids(found.items)
    assert found.understood == ("Like “Ridge tent”.", "Cheaper than “Ridge tent” (200.00).")


def test_words_in_a_title_bring_it_up(model, facts) -> None:
    found = search_items(model, facts, "gas stove", model.history_of([]), 2, Rules(), embed)
    assert ids(found.items)[0] == "e"
    assert found.items[0].reason == "Its title has “gas stove”."


def test_nothing_to_compare_a_price_with_is_said(model, facts) -> None:
    found = search_items(model, facts, "cheaper socks", model.history_of([]), 2, Rules(), embed)
    assert any("No price is known" in words for words in found.understood)
    with pytest.raises(UsageError, match="few words"):
        search_items(model, facts, "please", model.history_of([]), 2, Rules(), embed)
