"""Item neighbours by shared people: cosine with shrinkage, an uneven split of the norms, and few neighbours.

weight(i -> j) = C_ij / (n_i^(1-a) n_j^a + shrink), with C_ij the people who chose both and n the people who chose one;
a = 0.5 is plain cosine. Each target keeps its `keep` nearest sources, and weights are raised to `power`.
Source: Deshpande and Karypis 2004; Aiolli 2013 for the uneven split.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.train.recommend.neighbours import blocks, fewer
from engine.train.recommend.popularity import popularity

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix


def item_knn(
    user_items: csr_matrix,
    check: Callable[[], None],
    *,
    keep: int = 20,
    split: float = 0.5,
    shrink: float = 0.0,
    power: float = 1.0,
) -> csr_matrix:
    """Neighbour weights.

    Args:
        user_items: (users, items); only the pattern counts, not the strengths.
        split: the target's share `a` of the norms, 0..1.
    Returns:
        float32, (items, items): row = source, column = target.
    """
    from scipy.sparse import csr_matrix

    chosen = csr_matrix(user_items, copy=True)
    chosen.data = np.ones_like(chosen.data)
    by_item = chosen.T.tocsr()
    items = chosen.shape[1]
    counts = np.maximum(popularity(user_items), 1.0)
    source_norm, target_norm = counts ** np.float32(1 - split), counts ** np.float32(split)
    targets, sources, values = [], [], []
    for part in blocks(items, items):
        check()
        together = (by_item[part] @ chosen).tocsr()
        of = np.repeat(np.arange(part.start, part.stop), np.diff(together.indptr))
        near = together.indices
        weights = together.data / (target_norm[of] * source_norm[near] + np.float32(shrink))
        weights[near == of] = 0
        # Most pairs share nobody, so that only the pairs that do are compared.
        for start, stop in itertools.pairwise(together.indptr):
            best = start + _largest(weights[start:stop], near[start:stop], keep)
            sources.append(near[best])
            values.append(weights[best])
            targets.append(of[best])
    pairs = (np.concatenate(sources), np.concatenate(targets))
    found = csr_matrix((np.concatenate(values), pairs), shape=(items, items), dtype=np.float32)
    found.eliminate_zeros()
    return powered(found, power)


def _largest(values: NDArray[np.float32], order: NDArray[np.int32], keep: int) -> NDArray[np.int64]:
    """Where the largest `keep` values are; of equal ones those that come first in `order`."""
    if len(values) <= keep:
        return np.arange(len(values))
    least = np.partition(values, len(values) - keep)[len(values) - keep]
    found = np.flatnonzero(values >= least)
    return found if len(found) == keep else found[np.lexsort((order[found], -values[found]))[:keep]]


def powered(weights: csr_matrix, power: float) -> csr_matrix:
    found = weights.copy()
    found.data = np.power(found.data, np.float32(power))
    return found


def narrowed(weights: csr_matrix, keep: int, power: float) -> csr_matrix:
    """The weights that fewer neighbours and another power would have given, from wider ones of power 1."""
    return powered(fewer(weights, keep), power)
