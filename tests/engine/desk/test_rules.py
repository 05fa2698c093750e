"""The table of rules, and the check of a profile."""

from __future__ import annotations

import msgspec
import pytest

from engine.api import Profile, Rule, Slot, Template
from engine.serve.desk.check import faults
from engine.serve.desk.rules import verdict


@pytest.mark.parametrize(
    ("operator", "value", "held", "expected"),
    [
        (">", "500", "$500.01", "yes"), (">", "500", "500", "no"), (">=", "500", "五百元", "yes"), ("<", "10", "9",
        "yes"),
        (">", "500", "a lot", "unclear"), (">", "500", "", "unknown"), ("=", "gold", "Gold", "yes"),
        ("=", "AB12", "CD12", "no"), ("!=", "gold", "silver", "yes"), ("contains", "vip", "VIP customer", "yes"),
        ("present", "", "x", "yes"), ("present", "", "", "no"), ("missing", "", "", "yes"), ("missing", "", "x", "no"),
        ("<", "today - 30 days", "2026-01-01", "yes"), ("<", "today - 30 days", "2026-03-01", "no"),
        (">", "2026-01-31", "1 February 2026", "yes"), ("<=", "5", "__import__('os')", "unclear"),
    ],
)  # fmt: skip
def test_verdicts(operator: str, value: str, held: str, expected: str) -> None:
    assert verdict(Rule("s", operator, value), {"s": held} if held else {}, "2026-03-10") == expected


def test_a_sound_profile_has_no_faults(shop: Profile) -> None:
    assert faults(shop) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": " x"}, "name needs"), ({"collection": ""}, "names no collection"),
        ({"intent_threshold": 1.2}, "from 0 to 1"),
        ({"slots": (Slot("a b", kind="date"),)}, "letters, digits and _"),
        ({"slots": (Slot("a"),)}, "nothing can fill it"),
        ({"slots": (Slot("a", pattern="(x+)+"),)}, "very long"), ({"slots": (Slot("a", entity="E"),)}, "no reader"),
        ({"templates": (Template("i", "{nowhere}"),)}, "“nowhere”, which there is not"),
        ({"templates": (Template("i", " "),)}, "has no text"), ({"intent_pack": ""}, "no intent_pack"),
        ({"rules": (Rule("amount", ">", "much"),)}, "neither a number nor a day"),
        ({"rules": (Rule("nothing", "=", "1"),)}, "names the slot “nothing”"),
        ({"rules": (Rule("amount", "present", then="answer"),)}, "answers with no text"),
        ({"out_of_scope": ("get_refund",)}, "out of scope"),
    ],
)  # fmt: skip
def test_faults_are_named(shop: Profile, change: dict, said: str) -> None:
    assert any(said in fault for fault in faults(msgspec.structs.replace(shop, **change)))
