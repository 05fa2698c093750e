"""Groups of rows that a check keeps on one side: equal texts, and texts of one label that are nearly the same.

A text whose near twin was taught is answered from memory; kept together, the two are taught or asked, never one for the
other. Twins with different labels stay apart: knowing the one does not help with the other.

A group holds at most a tenth of its label's texts, so that texts made from one pattern do not all end up on one side;
what goes beyond that may still have a twin on the other side, and the lint tells how many texts have one.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.dataset.near import near_pairs
from engine.dataset.split import group_texts

LARGEST_SHARE = 0.1  # of a label's different texts in one group, though two always may
LEAST_TEXTS = 4  # different texts of a label; with fewer, twins are needed on both sides


def group_near(
    texts: Sequence[str], labels: NDArray[np.int64], *, largest_share: float = LARGEST_SHARE
) -> NDArray[np.int64]:
    """Group number per row, int64 (rows,), counted from 0 by first appearance.

    Args:
        labels: int64 (rows,), label numbers from 0.
        largest_share: of a label's different texts, what one group holds at most.
    """
    groups = group_texts(texts)
    count = int(groups.max()) + 1 if len(groups) else 0
    _, first = np.unique(groups, return_index=True)
    label_of = labels[first]
    different = np.bincount(label_of, minlength=1)
    most = np.where(different >= LEAST_TEXTS, np.maximum(2, (largest_share * different).astype(np.int64)), 1)
    leader, sizes = list(range(count)), [1] * count
    further: dict[int, int] = {}

    def lead(group: int) -> int:
        while leader[group] != group:
            leader[group] = leader[leader[group]]
            group = leader[group]
        return group

    for earlier, later in near_pairs(texts):
        one, other = sorted((lead(int(groups[earlier])), lead(int(groups[later]))))
        if one == other or label_of[one] != label_of[other]:
            continue
        room = most[label_of[one]] - sizes[other]
        target = one if sizes[one] <= room else lead(further.get(one, other))
        if target == other or sizes[target] > room:
            further[one] = other  # a full group: what is near it from now on joins this one
            continue
        leader[other] = target
        sizes[target] += sizes[other]
    numbers: dict[int, int] = {}
    joined = [numbers.setdefault(lead(group), len(numbers)) for group in range(count)]
    return np.asarray(joined, dtype=np.int64)[groups]
