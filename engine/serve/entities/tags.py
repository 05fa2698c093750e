"""Entities as tags of words and back: B- begins an entity, I- goes on with it, O is outside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

OUTSIDE = 0
FORBIDDEN = -1e4  # added to the score of a step that no tagging can take


class Span(NamedTuple):
    """Words `first` to before `last`, and the number of the label."""

    first: int
    last: int
    label: int


def tag_count(labels: int) -> int:
    return 1 + 2 * labels


def begins(label: int) -> int:
    """The tag that begins an entity; the one after it goes on with it."""
    return 1 + 2 * label


def spans_of(tags: Sequence[int]) -> list[Span]:
    """Entities of a sequence of tags; a tag that goes on with nothing begins an entity."""
    spans: list[Span] = []
    open_label = first = -1
    for place, tag in enumerate([*tags, OUTSIDE]):
        label, goes_on = (tag - 1) // 2, tag > 0 and tag % 2 == 0
        if goes_on and label == open_label:
            continue
        if open_label >= 0:
            spans.append(Span(first, place, open_label))
        open_label, first = (label, place) if tag else (-1, -1)
    return spans


def tags_of(spans: Sequence[Span], words: int) -> NDArray[np.int64]:
    """Tags of words, int64 (words,)."""
    tags = np.zeros(words, dtype=np.int64)
    for span in spans:
        tags[span.first : span.last] = begins(span.label) + 1
        tags[span.first] = begins(span.label)
    return tags


def forbidden_steps(labels: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """What to add to the scores of steps and of first tags.

    Returns:
        float32 (tags, tags), from a tag (row) to the next, and float32 (tags,): 0 or `FORBIDDEN`.
    """
    count = tag_count(labels)
    steps = np.zeros((count, count), dtype=np.float32)
    starts = np.zeros(count, dtype=np.float32)
    for label in range(labels):
        begin = begins(label)
        steps[:, begin + 1] = FORBIDDEN
        steps[[begin, begin + 1], begin + 1] = 0
        starts[begin + 1] = FORBIDDEN
    return steps, starts
