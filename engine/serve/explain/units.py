"""Cut a text into the units that an explanation takes away: words, and pairs of characters where nothing marks words.

A text of more words than units has neighbouring words share a unit, so that the number of variants stays bounded.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from typing import NamedTuple

from engine.language.terms import is_cjk

MOST_UNITS = 64
_WORD = re.compile(r"\w+(?:['’.,@&/:+-]\w+)*%?|[^\w\s]+")
_LETTER = re.compile(r"\w")


class Unit(NamedTuple):
    """Characters `start` to `end` of the text."""

    start: int
    end: int


def cut_units(text: str, most: int = MOST_UNITS) -> list[Unit]:
    """Units of a text in order, at most `most`; they do not overlap, and a text without letters or digits has none.

    Signs alone ("!!", ":)") are units of their own; a text of nothing but signs is cut as well.
    """
    words = [unit for match in _WORD.finditer(text) for unit in _parts(match)]
    if len(words) <= most:
        return words
    edges = [round(number * len(words) / most) for number in range(most + 1)]
    return [Unit(words[begin].start, words[end - 1].end) for begin, end in itertools.pairwise(edges) if end > begin]


def _parts(match: re.Match[str]) -> list[Unit]:
    """A run of word characters: whole, or where it holds CJK, in pairs of its CJK characters."""
    run, begin = match.group(), match.start()
    if run.isascii() or not any(map(is_cjk, run)):
        return [Unit(begin, match.end())]
    units: list[Unit] = []
    at = 0
    while at < len(run):
        end = at + 1
        same = is_cjk(run[at])
        while end < len(run) and is_cjk(run[end]) == same and not (same and end - at == 2):
            end += 1
        if same or _LETTER.search(run[at:end]):
            units.append(Unit(begin + at, begin + end))
        at = end
    return units


def without(text: str, units: Iterable[Unit]) -> str:
    """The text without some units; the gap is one space where a word stood between spaces."""
    return _joined(text, [(unit.start, unit.end) for unit in sorted(units)])


def only(text: str, units: Iterable[Unit]) -> str:
    """The units alone, in order; neighbours keep what stands between them only if that is no space."""
    parts: list[str] = []
    before: Unit | None = None
    for unit in sorted(units):
        if before is not None:
            between = text[before.end : unit.start]
            parts.append("" if between == "" else " ")
        parts.append(text[unit.start : unit.end])
        before = unit
    return "".join(parts)


def _joined(text: str, holes: list[tuple[int, int]]) -> str:
    kept, at = [], 0
    for begin, end in holes:
        kept.append(text[at:begin])
        at = end
    kept.append(text[at:])
    return " ".join("".join(kept).split())
