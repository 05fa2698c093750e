"""How much each label's texts weigh, so that small labels are not drowned by large ones.

A label's hundredth text says less that is new than its second: its texts count as (1 - b^n) / (1 - b) of them,
and each label's weight is the inverse of that. b = 0 leaves every text alike, b towards 1 makes every label alike.
Source: Cui et al. 2019, "Class-Balanced Loss Based on Effective Number of Samples", equations 2 and 3.

Measured (tests/quality/augment.py: BANKING77 with 38 labels cut to five texts beside 39 of sixty, heads, mean of 3
seeds, all labels equally frequent in the test): accuracy on the small labels 51.0 % without weights, 71.7 % with
b = 0.99, 73.4 % with 0.999, which is what weighing every label alike gives; on the large labels 94.5, 93.7 and 93.7 %;
macro F1 0.712, 0.823 and 0.832. Where small labels are as rare in use as in the data, plain accuracy loses by it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

OVERLAP = 0.999  # b; the paper tries 0.9 to 0.9999


def balanced_weights(
    truth: NDArray[np.int64] | Sequence[int], labels: int | Sequence[str], *, overlap: float = OVERLAP
) -> NDArray[np.float32]:
    """The weight of each label's texts.

    Args:
        truth: (texts,) label numbers; those outside 0..labels - 1 are not counted.
        labels: the labels, or how many there are.
        overlap: b, 0 up to but not 1.
    Returns:
        float32 (labels,), scaled so that the weights of all texts have a mean of 1. A label without texts weighs as
        one with a single text.
    Raises:
        ValueError: b is not in 0..1, or there is no label.
    """
    count = labels if isinstance(labels, int) else len(labels)
    if not 0 <= overlap < 1:
        raise ValueError(f"overlap must be at least 0 and below 1, not {overlap}")
    if count < 1:
        raise ValueError("there are no labels")
    given = np.asarray(truth, dtype=np.int64)
    given = given[(given >= 0) & (given < count)]
    sizes = np.bincount(given, minlength=count).astype(np.float64)
    effective = (1.0 - overlap ** np.maximum(sizes, 1)) / (1.0 - overlap)
    weights = 1.0 / effective
    total = float((weights * sizes).sum())
    if total > 0:
        weights *= sizes.sum() / total
    return weights.astype(np.float32)
