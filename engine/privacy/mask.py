"""Puts a mark in place of personal data: "[email]" for an e-mail address. What a mark stands for is nowhere kept."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

from engine.privacy.customer import find_customer

SLOTS = "slots"
LEAST_CHARACTERS = 2
"""A shorter value is not searched for in other texts: "7" is in many of them."""


def masked(text: str, kinds: Collection[str], values: Iterable[str] = ()) -> str:
    """The text with the asked-for kinds of personal data replaced by their names in brackets.

    Args:
        kinds: see `find_customer`; "slots" stands for `values`.
        values: of slots; each is replaced wherever it stands, longest first, when "slots" is asked for.
    """
    for one in reversed(find_customer(text, kinds)):
        text = f"{text[: one.start]}[{one.kind}]{text[one.end :]}"
    return unnamed(text, dict.fromkeys(values, "[masked]")) if SLOTS in kinds else text


def personal_values(text: str, kinds: Collection[str]) -> dict[str, str]:
    """Each piece of personal data of these kinds in a text, and the mark for it."""
    return {text[one.start : one.end]: f"[{one.kind}]" for one in find_customer(text, kinds)}


def unnamed(text: str, marks: Mapping[str, str]) -> str:
    """A text that repeats personal data from elsewhere, with the marks in its place, longest values first."""
    for value in sorted(marks, key=lambda one: (-len(one), one)):
        if len(value) >= LEAST_CHARACTERS:
            whole = re.compile(rf"(?<![A-Za-z0-9]){re.escape(value)}(?![A-Za-z0-9])")
            text = whole.sub(marks[value].replace("\\", r"\\"), text)
    return text
