"""Area under the ROC curve: the chance that a text of one kind scores higher than a text of the other."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def area_under_curve(scores: NDArray[np.float32], positive: NDArray[np.bool_]) -> float | None:
    """Rank-based area; equal scores count half.

    Args:
        scores: float (n,), finite.
        positive: bool (n,).
    Returns:
        0..1, or None where all texts are of one kind.
    Source: Mann and Whitney 1947.
    """
    count, others = int(positive.sum()), int((~positive).sum())
    if count == 0 or others == 0:
        return None
    _, where, repeated = np.unique(scores, return_inverse=True, return_counts=True)
    last = np.cumsum(repeated)
    ranks = (last - (repeated - 1) / 2.0)[where]  # the mean rank of equal scores, from 1
    return float((ranks[positive].sum() - count * (count + 1) / 2) / (count * others))
