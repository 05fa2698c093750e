"""Item neighbours by shared people: cosine with shrinkage, an uneven split of the norms, and few neighbours.

weight(i -> j) = C_ij / (n_i^(1-a) n_j^a + shrink), with C_ij the people who chose both and n the people who chose one;
a = 0.5 is plain cosine. Each target keeps its `keep` nearest sources, and weights are raised to `power`.
Source: Deshpande and Karypis 2004; Aiolli 2013 for the uneven split.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

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
        together.sort_indices()
        for row, target in enumerate(range(part.start, part.stop)):
            own = slice(together.indptr[row], together.indptr[row + 1])
            near = together.indices[own]
            weight = together.data[own] / (target_norm[target] * source_norm[near] + np.float32(shrink))
            weight[near == target] = 0
            # Most pairs share nobody, so that only the pairs that do are compared.
            best = np.argsort(-weight, kind="stable")[:keep] if len(weight) > keep else np.arange(len(weight))
            sources.append(near[best])
            values.append(weight[best])
            targets.append(np.full(len(best), target))
    pairs = (np.concatenate(sources), np.concatenate(targets))
    found = csr_matrix((np.concatenate(values), pairs), shape=(items, items), dtype=np.float32)
    found.eliminate_zeros()
    return powered(found, power)


def powered(weights: csr_matrix, power: float) -> csr_matrix:
    found = weights.copy()
    found.data = np.power(found.data, np.float32(power))
    return found


def narrowed(weights: csr_matrix, keep: int, power: float) -> csr_matrix:
    """The weights that fewer neighbours and another power would have given, from wider ones of power 1."""
    return powered(fewer(weights, keep), power)
