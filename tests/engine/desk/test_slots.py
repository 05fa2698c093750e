"""What is found in a customer's words: order numbers, sums, days; and patterns that may not run for ever."""

from __future__ import annotations

import time

import pytest

from engine.api import Slot
from engine.serve.desk import patterns
from engine.serve.desk.reading import day_of, number_of
from engine.serve.desk.slots import find_slots

ORDER, AMOUNT, DATE = Slot("o", kind="order_number"), Slot("a", kind="amount"), Slot("d", kind="date")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("cancel order 12345 please", "12345"), ("my order number is AB-12345", "AB-12345"), ("order #77", "77"),
        ("订单号是987654", "987654"), ("where is 113542617735902?", "113542617735902"), ("my ref: XK4711", "XK4711"),
        ("I paid 12000 euros", ""), ("call me on +44 20 7946 0958", ""), ("on 2026-03-12", ""), ("I have 3 cats", ""),
        ("in order to see 5 of them", ""), ("$12,345", ""),
    ],
)  # fmt: skip
def test_order_numbers(hear, text: str, value: str) -> None:
    assert find_slots((ORDER,), hear(text)).get("o", "") == value


@pytest.mark.parametrize(
    ("text", "value", "number"),
    [
        ("a refund of 700 dollars", "700 dollars", 700), ("I paid $1,200.50 for it", "$1,200.50", 1200.5),
        ("退款五百元", "五百元", 500), ("退款1200元", "1200元", 1200), ("refund me 89.99", "89.99", 89.99),
        ("EUR 45", "EUR 45", 45), ("2k dollars", "2k dollars", 2000), ("3万元", "3万元", 30_000),
    ],
)  # fmt: skip
def test_amounts_and_their_numbers(hear, text: str, value: str, number: float) -> None:
    assert find_slots((AMOUNT,), hear(text)) == {"a": value}
    assert number_of(value) == number


@pytest.mark.parametrize("text", ["order 12345", "in 3 days", "my phone is +1 212 555 0100", "version 2.0"])
def test_other_numbers_are_no_amounts(hear, text: str) -> None:
    assert find_slots((AMOUNT,), hear(text)) == {}


def test_a_sum_and_a_number_of_an_order_in_one_message(hear) -> None:
    found = find_slots((ORDER, AMOUNT), hear("I want 700 dollars back for order 4711-22"))
    assert found == {"o": "4711-22", "a": "700 dollars"}


def test_a_bare_reply_fills_what_was_asked_for(hear) -> None:
    assert find_slots((ORDER, AMOUNT), hear("4711"), asked="o") == {"o": "4711"}
    assert find_slots((ORDER, AMOUNT), hear("900"), asked="a") == {"a": "900"}
    assert find_slots((Slot("n", kind="name"),), hear("it's Ann Lee."), asked="n") == {"n": "Ann Lee"}


def test_pattern_comes_before_entity_and_entity_before_kind(hear) -> None:
    slot = Slot("o", pattern=r"\b(ZZ\d{3})\b", entity="order", kind="order_number")
    heard = hear("order 12345 and ZZ999", entities={"order": ("E1",)})
    assert find_slots((slot,), heard) == {"o": "ZZ999"}
    assert find_slots((slot,), hear("order 12345", entities={"order": ("E1",)})) == {"o": "E1"}
    assert find_slots((slot,), hear("order 12345")) == {"o": "12345"}


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-03-12", "2026-03-12"), ("12 March", "2026-03-12"), ("March 12th, 2027", "2027-03-12"),
        ("3月12日", "2026-03-12"), ("2025年1月2日", "2025-01-02"), ("tomorrow", "2026-03-11"), ("后天", "2026-03-12"),
        ("25/12/2026", "2026-12-25"), ("3/4/2026", None), ("2026-02-30", None), ("soon", None),
        ("today - 30 days", "2026-02-08"),
    ],
)  # fmt: skip
def test_days(text: str, day: str | None) -> None:
    assert day_of(text, "2026-03-10") == day


@pytest.mark.parametrize("text", ["a lot", "AB12", "12 of 30", ""])
def test_what_is_no_single_number(text: str) -> None:
    assert number_of(text) is None


@pytest.mark.parametrize(
    "pattern",
    [r"(a+)+$", r"(a|aa)+$", r"(\w+\s?)*$", r"a*a*a*$", "a?" * 25 + "a" * 25, r"(x{1,30}){1,30}", r"(a)\1", "(", ".*",
     r"(?:a{2,}b?){3,}", "x" * 300],
)  # fmt: skip
def test_patterns_that_could_run_for_ever_or_fit_everything_are_refused(pattern: str) -> None:
    assert patterns.fault_of(pattern)


@pytest.mark.parametrize(
    "pattern",
    [r"\d{5,12}", r"\b[A-Z]{2}-?\d{4,10}\b", r"(?:AB|CD)\d+", r"order\s+(\w+)", r"(\d{3}-){2}\d{4}", r"[(]?\d+"],
)
def test_usual_patterns_are_taken_and_end_soon(pattern: str) -> None:
    assert patterns.fault_of(pattern) == ""
    for text in ("a" * 4000, "1" * 4000, "A1-" * 1500, " " * 4000):
        began = time.monotonic()
        patterns.search(pattern, text)
        assert time.monotonic() - began < 2
