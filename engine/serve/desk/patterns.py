"""Patterns that a desk writes for its slots: regular expressions that cannot run for ever.

Python's own engine goes back and forth; a repetition inside a repetition can take years on forty characters. So
patterns with that shape are refused, as are more than two open repetitions, and only the first part of a message is
searched. What is left takes at worst about a second.
"""

from __future__ import annotations

import re
from functools import lru_cache

MOST_CHARACTERS = 200
SEARCHED_CHARACTERS = 1000
MOST_OPEN = 2
MOST_BOUNDED = 40
"""More repetitions than these count as open ones."""
MOST_WAYS = 20_000
"""Ways in which bounded repetitions (a?, b{2,5}) can be dealt out: the product of their widths."""
_MANY = re.compile(r"[*+?]\??|\{\d*,?\d*\}\??")


def fault_of(pattern: str) -> str:
    """Why a pattern may not be used, "" if it may."""
    if len(pattern) > MOST_CHARACTERS:
        return f"the pattern has {len(pattern)} characters; the most is {MOST_CHARACTERS}"
    try:
        compiled = re.compile(pattern)
    except (re.error, RecursionError, OverflowError) as error:
        return f"the pattern is no regular expression ({error})"
    if compiled.match(""):
        return "the pattern fits the empty text, so it would find nothing everywhere"
    return _runaway(pattern)


def _runaway(pattern: str) -> str:
    """Walk over the pattern: a repeated group must hold neither a repetition nor a choice."""
    groups: list[bool] = []  # whether the open group holds something that can match in several ways
    several = False  # the same of the group that was closed last
    closed_at = -1
    opened, ways = 0, 1
    at = 0
    while at < len(pattern):
        char = pattern[at]
        if char == "\\":
            if pattern[at + 1 : at + 2].isdigit() and pattern[at + 1] != "0":
                return "the pattern refers back to a group, which can take very long"
            at += 2
            continue
        if char == "[":
            at = _class_end(pattern, at)
            continue
        if char == "(":
            groups.append(False)
            at += 2 if pattern[at + 1 : at + 2] == "?" else 0  # the mark of (?:…) repeats nothing
        elif char == ")" and groups:
            several = groups.pop()
            closed_at = at
            if groups:
                groups[-1] = groups[-1] or several
        elif char == "|" and groups:
            groups[-1] = True
        elif (found := _MANY.match(pattern, at)) and at > 0:
            least, most = _bounds(found[0])
            fixed = least == most
            if closed_at == at - 1 and several and most > 1 and not (fixed and most <= 3):
                return "the pattern repeats a group that holds a repetition or a choice, which can take very long"
            if most > MOST_BOUNDED:
                opened += 1
            ways *= min(most, MOST_BOUNDED) - least + 1 if least < MOST_BOUNDED else 1
            if groups and not fixed:
                groups[-1] = True
            at = found.end()
            continue
        at += 1
    if opened > MOST_OPEN:
        return f"the pattern has {opened} open repetitions (* or +); the most is {MOST_OPEN}"
    return "the pattern has too many optional parts, which can take very long" if ways > MOST_WAYS else ""


def _bounds(mark: str) -> tuple[int, int]:
    """Least and most repetitions of a mark such as "+", "?" or "{2,5}"."""
    simple = {"*": (0, MOST_BOUNDED + 1), "+": (1, MOST_BOUNDED + 1), "?": (0, 1)}
    if mark[0] in simple:
        return simple[mark[0]]
    least, comma, most = mark.strip("{}?").partition(",")
    if not comma:
        return int(least or 1), int(least or 1)
    return int(least or 0), int(most) if most else MOST_BOUNDED + 1


def _class_end(pattern: str, at: int) -> int:
    at += 2 if pattern[at + 1 : at + 2] in ("]", "^") else 1
    while at < len(pattern) and pattern[at] != "]":
        at += 2 if pattern[at] == "\\" else 1
    return at + 1


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def search(pattern: str, text: str) -> str:
    """The first find of a checked pattern: its first group, or all of it; "" where there is none."""
    found = _compiled(pattern).search(text[:SEARCHED_CHARACTERS])
    if found is None:
        return ""
    return (next((group for group in found.groups() if group), "") or found[0]).strip()
