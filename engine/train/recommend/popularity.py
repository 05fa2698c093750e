"""How many people chose each item: the plainest recommender, a baseline, and the last resort for empty histories."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix


def popularity(user_items: csr_matrix) -> NDArray[np.float32]:
    """float32, (items,): people with an entry for the item, whatever its strength."""
    return np.bincount(user_items.indices, minlength=user_items.shape[1]).astype(np.float32)
