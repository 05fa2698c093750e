"""The desk's table of rules, evaluated without running anything: a slot, an operator from a short list, a value."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any, Literal

from engine.api import Rule
from engine.serve.desk.reading import day_of, number_of

Verdict = Literal["yes", "no", "unknown", "unclear"]
"""Of a rule: applies, does not, lacks its slot, or has a value that cannot be compared."""
_ORDER: dict[str, Callable[[Any, Any], bool]] = {
    ">": operator.gt, ">=": operator.ge, "<": operator.lt, "<=": operator.le, "=": operator.eq, "!=": operator.ne,
}  # fmt: skip
ORDERING = (">", ">=", "<", "<=")


def verdict(rule: Rule, slots: dict[str, str], today: str) -> Verdict:
    """Whether a rule applies to what is known."""
    held = slots.get(rule.slot, "").strip()
    if rule.operator == "present":
        return "yes" if held else "no"
    if rule.operator == "missing":
        return "no" if held else "yes"
    if not held:
        return "unknown"
    if rule.operator == "contains":
        return "yes" if rule.value.casefold() in held.casefold() else "no"
    pair = _comparable(held, rule.value, today)
    if pair is None:
        if rule.operator in ORDERING:
            return "unclear"
        pair = (held.casefold(), rule.value.strip().casefold())
    return "yes" if _ORDER[rule.operator](*pair) else "no"


def _comparable(held: str, value: str, today: str) -> tuple[Any, Any] | None:
    """Both as days or both as numbers; None where they are neither."""
    wanted_day = day_of(value, today)
    if wanted_day is not None:
        held_day = day_of(held, today)
        return (held_day, wanted_day) if held_day is not None else None
    wanted, found = number_of(value), number_of(held)
    return (found, wanted) if wanted is not None and found is not None else None


def sentence(rule: Rule) -> str:
    """A rule in one line, as the desk reads it in the table."""
    where = f"{rule.intent}: " if rule.intent else ""
    what = f"{rule.slot} {rule.operator}" + (f" {rule.value}" if rule.operator not in ("present", "missing") else "")
    return f"{where}{what} → {rule.then}"
