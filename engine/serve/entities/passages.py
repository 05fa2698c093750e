"""Long texts in passages like those that the reader was taught on.

A reader taught on single sentences is unsure of itself in the middle of a book: its words have other states there. So a
text longer than nearly all that were taught is cut into sentences, joined up to the usual length.
"""

from __future__ import annotations

from typing import NamedTuple

from engine.language.sentences import sentences
from engine.serve.entities.words import Bounds, covering


class Lengths(NamedTuple):
    """Words of the texts taught: `longest` has nearly all of them, `usual` is the middle one."""

    longest: int
    usual: int


def cut_passages(text: str, bounds: Bounds, lengths: Lengths) -> list[tuple[int, int]]:
    """Numbers of the first word and after the last word of each passage; together they hold every word once.

    Args:
        bounds: start and end in characters of the words.
    """
    if len(bounds) <= lengths.longest:
        return [(0, len(bounds))] if bounds else []
    passages: list[tuple[int, int]] = []
    first = last = 0
    for start, end in sentences(text):
        # A sentence may end within a word as this reader splits it ("No.1"): the word goes with its beginning.
        after = max(covering(bounds, start, end)[1], last)
        if last > first and after - first > lengths.usual:
            passages.append((first, last))
            first = last
        last = after
    if last < len(bounds):
        last = len(bounds)
    return [*passages, (first, last)] if last > first else passages
