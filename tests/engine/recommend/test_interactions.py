from __future__ import annotations

import numpy as np
import pytest

from engine.train.recommend.interactions import LOWEST_RATING_STRENGTH, as_matrix, collect

ITEMS = {"a": 0, "b": 1, "c": 2}


def row(user: str, item: str, kind: str = "", value: str = "") -> dict[str, str]:
    return {"user": user, "item": item, "type": kind, "value": value}


def strengths(*rows: dict[str, str]) -> dict[tuple[str, int], float]:
    found = collect(rows, ITEMS)
    return {
        (found.users[who], int(what)): round(float(how), 4)
        for who, what, how in zip(found.user, found.item, found.strength, strict=True)
    }


def test_types_have_their_weights_and_unknown_ones_count_fully() -> None:
    assert strengths(row("u", "a", "view"), row("u", "b", "Purchase"), row("u", "c", "lent")) == {
        ("u", 0): 0.3, ("u", 1): 1.0, ("u", 2): 1.0,
    }  # fmt: skip


def test_repeats_add_up_to_one_at_most() -> None:
    assert strengths(row("u", "a", "view"), row("u", "a", "view")) == {("u", 0): 0.6}
    assert strengths(*[row("u", "a", "purchase")] * 3) == {("u", 0): 1.0}


def test_ratings_use_the_scale_of_the_data() -> None:
    found = strengths(row("u", "a", "rating", "1"), row("u", "b", "rating", "5"), row("v", "c", "", "3"))
    assert found[("u", 0)] == pytest.approx(LOWEST_RATING_STRENGTH)
    assert found[("u", 1)] == 1.0
    assert found[("v", 2)] == pytest.approx((1 + LOWEST_RATING_STRENGTH) / 2)


def test_a_rating_that_is_no_number_still_is_an_event() -> None:
    assert strengths(row("u", "a", "rating", "good"), row("u", "b", "rating", "nan")) == {("u", 0): 1.0, ("u", 1): 1.0}


def test_rejected_items_are_kept_as_seen_and_not_learned_from() -> None:
    found = collect([row("u", "a", "dislike"), row("u", "b", "purchase")], ITEMS)
    assert found.item.tolist() == [0, 1]
    matrix = as_matrix(found.user, found.item, found.strength, 1, 3)
    assert matrix.indices.tolist() == [1]


def test_what_is_left_out_is_counted_and_named() -> None:
    found = collect([row("u", "x"), row("u", "y"), row("u", ""), row("", "a"), row(" u ", " a ")], ITEMS)
    assert (found.events, found.missing, found.incomplete) == (1, 2, 2)
    assert found.users == ("u",)
    told = " ".join(found.warnings())
    assert "2 about items" in told
    assert "x, y" in told
    assert "2 without a user or an item" in told


def test_sorted_by_user_then_item() -> None:
    found = collect([row("u", "c"), row("v", "b"), row("u", "a")], ITEMS)
    assert list(zip(found.user.tolist(), found.item.tolist(), strict=True)) == [(0, 0), (0, 2), (1, 1)]
    assert found.strength.dtype == np.float32


def test_a_person_may_weigh_types_anew() -> None:
    rows = [row("u", "a", "view"), row("u", "b", "buy"), row("v", "a", "Shown")]
    found = collect(rows, ITEMS, weights={"VIEW": 0.05, "shown": 0.1, "buy": -1})
    assert {(found.users[u], int(i)): round(float(s), 3) for u, i, s in zip(
        found.user, found.item, found.strength, strict=True
    )} == {("u", 0): 0.05, ("u", 1): -1.0, ("v", 0): 0.1}  # fmt: skip
    assert found.types == {"view": (1, 0.05), "buy": (1, -1.0), "shown": (1, 0.1)}


def test_what_was_only_shown_is_neither_chosen_nor_seen() -> None:
    found = collect([row("u", "a", "shown"), row("v", "b", "view")], ITEMS)
    assert found.users == ("v",)
    assert found.item.tolist() == [1]


def test_rejections_take_back_what_was_liked() -> None:
    found = strengths(row("u", "a", "buy"), row("u", "a", "return"), row("u", "b", "buy"), row("u", "b", "skip"))
    assert found == {("u", 0): 0.0, ("u", 1): 0.7}


def test_the_weight_of_an_event_multiplies() -> None:
    rows = [row("u", "a", "view") | {"weight": "2"}, row("u", "b", "view") | {"weight": "0"}]
    assert strengths(*rows) == {("u", 0): 0.6}


def test_the_latest_time_of_each_pair_is_kept() -> None:
    times = ("2024-03-02T00:00:00", "2024-03-05T00:00:00", "")
    found = collect([row("u", "a", "view") | {"time": time} for time in times] + [row("u", "b")], ITEMS)
    assert found.times.astype("datetime64[s]").astype(str).tolist()[0] == "2024-03-05T00:00:00"
    assert np.isnan(found.times[1])


def test_stars_do_not_count_where_values_are_amounts() -> None:
    rows = [row("u", "a", value="12"), row("u", "b", value="1")]
    found = collect(rows, ITEMS, value_means="amount")
    assert found.strength.tolist() == [1.0, 1.0]
