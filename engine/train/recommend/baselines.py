"""The recommenders that ours must beat, each tuned on the training data alone: popularity, item-kNN, EASE as published.

They learn from the bare fact of an event, as they are usually run.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from engine.train.recommend.blend import Setting, learning_matrix
from engine.train.recommend.ease import Ease, plan
from engine.train.recommend.holdout import lists_for
from engine.train.recommend.item_knn import item_knn
from engine.train.recommend.popularity import popularity

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

NAMES = ("popularity", "item_knn", "ease")


class BaselineSetting(Struct, frozen=True):
    """`ease_ridge` and `ease_penalty` as in ease.py; neighbours are cosine with `knn_shrink`."""

    ease_ridge: float = 4.0
    ease_penalty: float = 0.0
    knn_keep: int = 20
    knn_shrink: float = 0.0


def baseline_lists(
    user_items: csr_matrix,
    people: NDArray[np.int64],
    setting: BaselineSetting,
    memory_mb: float,
    check: Callable[[], None],
) -> dict[str, list[NDArray[np.int64]]]:
    """Lists of every baseline for the same people, fitted on `user_items`."""
    ones = learning_matrix(user_items, Setting(strengths=False))
    counts = popularity(ones)
    found = {}
    found["popularity"] = lists_for(people, ones, counts, lambda batch: np.tile(counts, (len(batch), 1)), check)
    neighbours = item_knn(ones, check, keep=setting.knn_keep, shrink=setting.knn_shrink)
    found["item_knn"] = lists_for(
        people, ones, counts, lambda batch: (ones[batch] @ neighbours).toarray().astype(np.float32), check
    )
    ease = Ease(ones, plan(ones, memory_mb), damping=0.0, ridge=setting.ease_ridge, penalty=setting.ease_penalty)
    found["ease"] = lists_for(people, ones, counts, ease.scores, check)
    return found
