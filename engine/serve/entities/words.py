"""Text to words with exact character offsets, in any script.

Scripts that put no spaces between words, and Hangul, whose endings hang on the names, give one word per character.
Elsewhere a word is a run of letters and digits with their combining marks; every other sign is a word of its own.
Blank characters belong to no word.

Some data mark parts of such words ("EGFR" in "EGFR2"); then a finer split is chosen once and kept with the reader.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Literal

Fineness = Literal["words", "parts", "characters"]
FINENESS: tuple[Fineness, ...] = ("words", "parts", "characters")
ALIGNED_SHARE = 0.995  # of marked spans that have to begin and end with words

Bounds = list[tuple[int, int]]

# Han, kana, bopomofo, hangul, Thai, Lao, Tibetan, Burmese, Khmer and their extensions.
_UNSPACED = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3040-\u30ff\u3100-\u318f\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\u1100-\u11ff\uf900-\ufaff\uff66-\uff9f\U0001b000-\U0001b16f"
    "\U00020000-\U0003ffff\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\uaa60-\uaa7f\u1780-\u17ff"
)
_JOINED = "\u200c\u200d"  # joiners inside emoji and words of some scripts
_SKIN = "\U0001f3fb-\U0001f3ff"


@lru_cache(maxsize=1)
def _marks() -> str:
    """Combining marks as ranges of a regular expression's class; `\\w` leaves them out."""
    ranges: list[str] = []
    begin = -1
    # Marks end below U+1F000; the variation selectors of the last plane follow.
    for point in (*range(0x300, 0x1F000), sys.maxunicode):
        marked = unicodedata.category(chr(point))[0] == "M"
        if marked and begin < 0:
            begin = point
        elif not marked and begin >= 0:
            ranges.append(f"{chr(begin)}-{chr(point - 1)}")
            begin = -1
    return "".join(ranges) + "\U000e0100-\U000e01ef"


@lru_cache(maxsize=len(FINENESS))
def _pattern(fineness: Fineness) -> re.Pattern[str]:
    marks = _marks()
    tail = f"[{marks}]*"
    lone = rf"[{_UNSPACED}](?:[{marks}{_JOINED}])*"
    sign = rf"[^\s](?:[{marks}{_SKIN}]|\u200d[^\s\w])*"
    if fineness == "characters":
        run = rf"\w{tail}"
    elif fineness == "parts":
        digits = rf"(?:\d{tail})+"
        lower = rf"(?:[^\W\d_A-Z{_UNSPACED}]{tail})+"
        # A capital and the small letters after it, or capitals up to where such a word begins.
        run = rf"{digits}|[A-Z]+(?![a-z])|[A-Z]?{lower}|[A-Z]"
    else:
        run = rf"(?:[^\W_{_UNSPACED}][{marks}{_JOINED}]*)+"
    return re.compile(rf"{lone}|{run}|{sign}")


def split_words(text: str, fineness: Fineness = "words") -> Bounds:
    """Start and end of each word, in characters, in order and without overlap."""
    return [found.span() for found in _pattern(fineness).finditer(text)]


def covering(bounds: Sequence[tuple[int, int]], start: int, end: int) -> tuple[int, int]:
    """Numbers of the first word and after the last word that a span of characters touches.

    Args:
        bounds: from `split_words`.
    """
    first = bisect_right(bounds, start, key=lambda bound: bound[1])
    last = bisect_left(bounds, end, key=lambda bound: bound[0])
    return first, max(first, last)


def choose_fineness(samples: Iterable[tuple[str, Sequence[tuple[int, int]]]]) -> Fineness:
    """The coarsest split of words whose edges fit nearly all marked spans.

    Args:
        samples: texts with the (start, end) of their spans.
    """
    kept = [(text, spans) for text, spans in samples if spans]
    for fineness in FINENESS[:-1]:
        total = fitting = 0
        for text, spans in kept:
            bounds = split_words(text, fineness)
            starts, ends = {start for start, _ in bounds}, {end for _, end in bounds}
            total += len(spans)
            fitting += sum(start in starts and end in ends for start, end in spans)
        if fitting >= ALIGNED_SHARE * total:
            return fineness
    return FINENESS[-1]
