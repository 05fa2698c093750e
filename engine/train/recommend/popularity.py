"""How many people chose each item, and lately: the plainest recommender, a baseline, and the last resort for empty
histories."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix


def popularity(user_items: csr_matrix) -> NDArray[np.float32]:
    """float32, (items,): people with an entry for the item, whatever its strength."""
    return np.bincount(user_items.indices, minlength=user_items.shape[1]).astype(np.float32)


def decayed(user_items: csr_matrix, times: NDArray[np.float64], half_life_days: float) -> NDArray[np.float32]:
    """float32, (items,): people with an entry for the item, each counting half for every half-life that has gone by
    before the latest event of all; entries without a time count as the oldest one does.

    Args:
        times: float64, aligned with the entries of `user_items`, seconds since 1970, NaN where unknown.
    """
    if np.isnan(times).all():
        return popularity(user_items)
    filled = np.where(np.isnan(times), np.nanmin(times), times)
    weights = 0.5 ** ((filled.max() - filled) / (86_400 * half_life_days))
    return np.bincount(user_items.indices, weights=weights, minlength=user_items.shape[1]).astype(np.float32)
