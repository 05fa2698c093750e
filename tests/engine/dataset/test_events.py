"""Exports of shops as they come: what is no event goes, with its reason, and what is one stays."""

from __future__ import annotations

import numpy as np
import pytest

from engine.dataset.events import clean_events, read_events

DAY = "2024-03-{:02}T10:00:00".format


def row(user: str, item: str, kind: str = "", day: int = 0, value: str = "", **more: str) -> dict[str, str]:
    time = DAY(day) if day else ""
    return {"user": user, "item": item, "type": kind, "time": time, "value": value, **more}


def cleaned(*rows: dict[str, str], means: str = "") -> tuple[list[tuple[str, str, str]], dict[str, int]]:
    table, found = clean_events(read_events(rows), means)
    left = [
        (table.users[u], table.items[i], table.kinds[k])
        for u, i, k in zip(table.user, table.item, table.kind, strict=True)
    ]
    return left, {one.code: one.count for one in found}


def test_a_cancelled_purchase_goes_with_its_cancellation() -> None:
    left, why = cleaned(
        row("u", "a", day=1, value="6"), row("u", "b", day=1, value="2"), row("u", "a", day=2, value="-6"),
        means="amount",
    )  # fmt: skip
    assert left == [("u", "b", "")]
    assert why == {"undone": 1, "cancellations": 1}


def test_a_part_that_is_taken_back_leaves_the_purchase() -> None:
    left, why = cleaned(row("u", "a", day=1, value="6"), row("u", "a", day=2, value="-2"), means="amount")
    assert left == [("u", "a", "")]
    assert why == {"cancellations": 1}


def test_what_is_bought_again_after_a_cancellation_stays() -> None:
    rows = [row("u", "a", "buy", 3, "1"), row("u", "a", "buy", 1, "1"), row("u", "a", "cancel", 2)]
    left, why = cleaned(*rows)
    assert left == [("u", "a", "buy")]
    assert why == {"undone": 1, "cancellations": 1}
    table, _ = clean_events(read_events(rows))
    assert str(table.time.astype("datetime64[s]")[0]).startswith("2024-03-03")


def test_a_cancellation_of_nothing_is_told() -> None:
    left, why = cleaned(row("u", "a", day=1, value="-4"), row("v", "a", day=1, value="0"), means="amount")
    assert left == []
    assert why == {"cancels_nothing": 1, "zero_amount": 1}


def test_a_return_is_no_cancellation() -> None:
    left, why = cleaned(row("u", "a", "buy", 1, "1"), row("u", "a", "return", 5, "-1"))
    assert left == [("u", "a", "buy"), ("u", "a", "return")]
    assert why == {}


def test_the_status_of_an_order_counts() -> None:
    left, why = cleaned(row("u", "a", status="Cancelled"), row("u", "b", status="complete"), row("u", "c", status=""))
    assert [item for _, item, _ in left] == ["b", "c"]
    assert why == {"cancelled_orders": 1}


def test_lines_that_repeat_need_a_time_to_be_known_as_such() -> None:
    left, why = cleaned(
        row("u", "a", "view", 1), row("u", "a", "view", 1), row("u", "b", "view"), row("u", "b", "view")
    )
    assert left == [("u", "a", "view"), ("u", "b", "view"), ("u", "b", "view")]
    assert why == {"repeated_lines": 1}
    left, why = cleaned(row("u", "a", "buy", 1, "1"), row("u", "a", "buy", 1, "2"))
    assert len(left) == 2


@pytest.mark.parametrize(
    ("values", "means", "kept"),
    [
        (["5", "3", "0"], "rating", 3),
        (["5", "-3", "0"], "rating", 3),
        (["8", "-9", "10"], "", 3),  # jokes rated from -10 to 10
        (["800", "-9", "10"], "", 2),
        (["5", "3", "0"], "", 3),
    ],
)
def test_values_without_a_type_are_ratings_or_amounts(values: list[str], means: str, kept: int) -> None:
    rows = [row("u", f"i{place}", day=1, value=value) for place, value in enumerate(values)]
    assert len(cleaned(*rows, means=means)[0]) == kept


def test_times_that_cannot_be_right_are_emptied() -> None:
    rows = [
        {"user": "u", "item": "a", "time": "1900-01-01T00:00:00"}, {"user": "u", "item": "b", "time": "soon"},
        {"user": "u", "item": "c", "time": "2024-03-01T00:00:00"},
    ]  # fmt: skip
    table, found = clean_events(read_events(rows))
    assert np.isnan(table.time).tolist() == [True, True, False]
    assert [(one.code, one.count, one.examples) for one in found] == [("bad_time", 2, ("1900-01-01T00:00:00", "soon"))]


def test_rows_without_ids_and_unknown_items_are_counted_with_examples() -> None:
    rows = [row("", "a"), row("u", " "), row("u", "z"), row(" u ", " a ")]
    read = read_events(rows, {"a": 0})
    table, found = clean_events(read)
    assert (table.users, table.user.tolist()) == (("u",), [0])
    assert {one.code: (one.count, one.examples) for one in found} == {
        "incomplete": (2, ()), "unknown_item": (1, ("z",)),
    }  # fmt: skip


def test_examples_name_the_event_and_cover_personal_data() -> None:
    rows = [row("ann@example.com", "a", day=1, value="-2"), row("u", "b", day=1, value="1")]
    _, found = clean_events(read_events(rows), "amount")
    assert found[0].code == "cancels_nothing"
    assert "ann@" not in found[0].examples[0]
    assert "a · -2 · 2024-03-01T10:00:00" in found[0].examples[0]


def test_no_events_at_all() -> None:
    table, found = clean_events(read_events([]))
    assert len(table.user) == 0
    assert found == ()
