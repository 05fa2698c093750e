"""Item neighbours by text: what carries items that few or no people have chosen yet.

weight(i -> j) = max(cosine, 0) ** power for the nearest sources i of target j. Sources are items that somebody chose,
since only those stand in histories; items nobody chose get as sources the targets that are nearest to them, so that
a newcomer's history or a similar-items question about them leads somewhere.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.train.recommend.neighbours import Dense, build

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

POWER = 4.0


def text_neighbours(
    vectors: Dense, popularity: NDArray[np.float32], check: Callable[[], None], *, keep: int = 10
) -> csr_matrix:
    """Text weights.

    Args:
        vectors: float32, (items, dimension), rows of length one; a zero row is an item without text.
        popularity: (items,).
    Returns:
        float32, (items, items): row = source, column = target.
    """
    from scipy.sparse import csr_matrix

    items = len(vectors)
    chosen = popularity > 0

    def among_chosen(part: slice) -> Dense:
        near: Dense = np.power(np.maximum(vectors[part] @ vectors.T, 0), np.float32(POWER))
        near[:, ~chosen] = 0
        return near

    found = build(items, keep, among_chosen, check)
    if chosen.all():
        return found

    def from_cold(part: slice) -> Dense:
        near: Dense = np.power(np.maximum(vectors[part] @ vectors.T, 0), np.float32(POWER))
        near[chosen[part]] = 0
        return near

    return csr_matrix(found + build(items, keep, from_cold, check).T)


def cold_share(popularity: NDArray[np.float32]) -> NDArray[np.float32]:
    """1 for an item without behaviour, falling fast: 1/9 at two people, under 1 % from nine on; (items,)."""
    return (1 / (1 + popularity) ** 2).astype(np.float32)
