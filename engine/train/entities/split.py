"""Which marked texts are taught, which say when to stop, and which the report is about; no text is in two parts, nor is
one that is nearly the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.dataset.near_groups import group_near

SHARE = 0.1  # of the texts, for each of the two parts that are not taught
MOST_BLOCK, BLOCKS = (
    20,
    100,
)  # rows that stay together, at most; blocks that there are at least, if there are as many texts
TAUGHT, STOP, REPORT = range(3)
LARGEST_SHARE = 0.02  # of the texts, kept together because they are nearly the same
FEW_TEXTS = 400  # with fewer, larger shares are held out: a report on ten texts says nothing
FEW_SHARE = 0.15


class Parts(NamedTuple):
    """Row numbers, ascending. `report` is empty where another data set is reported on."""

    taught: NDArray[np.int64]
    stop: NDArray[np.int64]
    report: NDArray[np.int64]


def split(texts: Sequence[str], marked: Sequence[bool], *, report: bool, seed: int = 0) -> Parts:
    """Spread texts over the parts by seed, in short blocks of rows that follow each other.

    Neighbouring rows are often sentences of one document and name the same things; apart, they would make the report
    look better than the reader is.

    Args:
        marked: whether a text has an entity.
        report: whether a part for the report is wanted.
    """
    rng = np.random.default_rng(seed)
    groups = group_near(texts, np.zeros(len(texts), dtype=np.int64), largest_share=LARGEST_SHARE)
    _, first = np.unique(groups, return_index=True)  # a text's part is that of its first row
    count = len(first)
    size = max(1, min(MOST_BLOCK, count // BLOCKS))
    has_entity = np.asarray(marked, dtype=bool)[first]
    blocks = [np.arange(begin, min(begin + size, count)) for begin in range(0, count, size)]
    order = rng.permutation(len(blocks))
    # Blocks with entities come first, so that even of a few texts each part gets some.
    order = order[np.argsort([not has_entity[blocks[number]].any() for number in order], kind="stable")]
    with_entities = int(sum(has_entity[block].any() for block in blocks))
    share = FEW_SHARE if count < FEW_TEXTS else SHARE
    part_of = np.zeros(count, dtype=np.int64)
    for begin, end in ((0, with_entities), (with_entities, len(order))):
        held = max(1, round(share * (end - begin))) if end - begin >= 3 else 0
        for place, number in enumerate(order[begin:end]):
            if place < held:
                part_of[blocks[number]] = STOP
            elif report and place < 2 * held:
                part_of[blocks[number]] = REPORT
    part = part_of[groups]
    return Parts(*(np.flatnonzero(part == number) for number in (TAUGHT, STOP, REPORT)))
