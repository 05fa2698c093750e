"""Area under the ROC curve: the chance that a text of one kind scores higher than a text of the other."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def binary_auc(probabilities: NDArray[np.float32], truth: NDArray[np.int64]) -> float | None:
    """Area under the curve of a skill with two labels: how well it tells the second from the first.

    Args:
        probabilities: float32 (n, labels).
        truth: int64 (n,), numbers into the labels; texts with -1 are left out.
    Returns:
        None where there are more labels, or texts of one label alone.
    """
    if probabilities.shape[1] != 2:
        return None
    known = truth >= 0
    return area_under_curve(probabilities[known, 1], truth[known] == 1)


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
