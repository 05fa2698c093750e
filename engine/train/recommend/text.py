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
    new = np.flatnonzero(popularity <= 0)

    def among_known(part: slice) -> Dense:
        near: Dense = vectors[part] @ vectors.T
        near[:, new] = 0
        return near

    def from_new(part: slice) -> Dense:
        near: Dense = vectors[new[part]] @ vectors.T
        return near

    found = build(items, keep, among_known, check)
    if len(new):
        # Turned round: the targets nearest to an item that nobody chose have it as a source.
        found = csr_matrix(found + build(items, keep, from_new, check, only=new).T)
    # Only the nearest are raised to the power: it changes no order.
    found.data = np.power(found.data, np.float32(POWER))
    return found


def cold_share(popularity: NDArray[np.float32]) -> NDArray[np.float32]:
    """1 for an item without behaviour, falling fast: 1/9 at two people, under 1 % from nine on; (items,)."""
    return (1 / (1 + popularity) ** 2).astype(np.float32)
