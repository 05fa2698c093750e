"""Where characters of a page stand on paper, from the boxes of its lines."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from engine.language.terms import is_cjk
from engine.values import LineBox

Rectangle = tuple[float, float, float, float]

_NARROW = frozenset("iljtfrI.,;:!|'()[] ")
_WIDE = frozenset("mwMWOQGDNHUABCKRXV@%&—")


def rectangles_of(text: str, boxes: Sequence[LineBox], start: int, end: int) -> tuple[Rectangle, ...]:
    """Rectangles (left, top, right, bottom) of the characters `start` to `end`, one per printed line.

    A line that is covered in part is cut where its letters let expect the place, which is right to a letter or two;
    the rectangle is then made half a letter wider.
    """
    found: list[Rectangle] = []
    for box in boxes:
        first, last = max(start, box.start), min(end, box.end)
        if first >= last:
            continue
        if (first, last) == (box.start, box.end):
            found.append((box.left, box.top, box.right, box.bottom))
            continue
        widths = [0.0, *accumulate(map(_width, text[box.start : box.end]))]
        room = (box.right - box.left) / max(widths[-1], 1e-9)
        left = box.left + room * max(0.0, widths[first - box.start] - 0.5 * (first > box.start))
        right = box.left + room * min(widths[-1], widths[last - box.start] + 0.5 * (last < box.end))
        found.append((left, box.top, right, box.bottom))
    return tuple(tuple(round(side, 5) for side in one) for one in found)  # type: ignore[misc]


def _width(letter: str) -> float:
    """Of a letter beside others, in an ordinary font."""
    if is_cjk(letter):
        return 2.0
    return 0.55 if letter in _NARROW else 1.4 if letter in _WIDE else 1.0
