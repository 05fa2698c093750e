"""When two sources contradict each other, and when they only look like it."""

from __future__ import annotations

import pytest

from engine.serve.chat.contradict import days, differ, measures


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("You may return shoes within 30 days of delivery.", "Shoes can be returned within 14 days.", "number"),
        ("Express delivery costs 9 euros.", "Express delivery costs €12.", "number"),
        ("Refunds take five working days.", "A refund takes 10 business days.", "number"),
        ("The sale ends on 12 March.", "The sale ends on March 15.", "date"),
        ("The shop opens at 9 am.", "Our shop opens at 10:00.", "date"),
        ("Sale items can be returned.", "Sale items cannot be returned.", "negation"),
        ("退货期限为30天。", "退货期限是14天。", "number"),
        ("特价商品可以退货。", "特价商品不可以退货。", "negation"),
    ],
)
def test_contradictions(one: str, other: str, kind: str) -> None:
    assert differ(one, other) == kind
    assert differ(other, one) == kind


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Return shoes within 30 days.", "Shoes can be returned for thirty days."),
        ("Express delivery costs 9 euros.", "Express delivery takes 2 days."),
        ("Standard delivery takes 5 days.", "Express delivery takes 1 day."),
        ("The shop opens at 9 am.", "The shop opens at 9:00 and closes at 18:00."),
        ("Adult tickets cost 12 euros.", "Child tickets cost 6 euros."),
        ("Wash the shirt at 30 degrees.", "The warranty lasts 2 years."),
        ("You may return shoes within 30 days.", "You may not enter the building with shoes that are dirty or wet."),
        ("", "Shoes can be returned within 14 days."),
    ],
)
def test_what_is_no_contradiction(one: str, other: str) -> None:
    assert differ(one, other) is None


def test_a_passage_that_names_both_values_contradicts_nobody() -> None:
    one, other = "Return shoes within 30 days.", "Return shoes within 14 days."
    around = "Members return shoes within 30 days. Everybody else: return shoes within 14 days."
    assert differ(one, other) == "number"
    assert differ(one, other, one, around) is None


def test_numbers_with_units_and_days() -> None:
    assert measures("$1,200 or 30 days, within 2 weeks") == {"$": {"1200"}, "day": {"30"}, "week": {"2"}}
    assert days("from 9 am to 6 pm on 3 May") == {"clock": {"9:00", "18:00"}, "day": {"5-3"}}
