"""The recommenders that ours must beat, each tuned on the training data alone: popularity (with decay in time
where that is better), item-kNN, EASE as published, iALS.

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
from engine.train.recommend.ials import FactorSetting, fit_factors
from engine.train.recommend.item_knn import item_knn
from engine.train.recommend.metrics import K
from engine.train.recommend.popularity import decayed, popularity

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

NAMES = ("popularity", "item_knn", "ease", "ials")


class BaselineSetting(Struct, frozen=True):
    """`ease_ridge` and `ease_penalty` as in ease.py; neighbours are cosine with `knn_shrink`; popularity fades with
    `half_life_days` where that is more than 0."""

    ease_ridge: float = 4.0
    ease_penalty: float = 0.0
    knn_keep: int = 20
    knn_shrink: float = 0.0
    ials: FactorSetting = FactorSetting()
    half_life_days: float = 0.0


def baseline_lists(
    user_items: csr_matrix,
    people: NDArray[np.int64],
    setting: BaselineSetting,
    memory_mb: float,
    check: Callable[[], None],
    *,
    times: NDArray[np.float64] | None = None,
    seed: int = 0,
    k: int = K,
    trend: NDArray[np.float32] | None = None,
) -> dict[str, list[NDArray[np.int64]]]:
    """Lists of every baseline for the same people, fitted on `user_items`; `times` aligned with its entries;
    `trend`: popularity as it fades, where the times are not at hand."""
    ones = learning_matrix(user_items, Setting(strengths=False))
    counts = popularity(ones)
    found = {}
    known = counts if trend is None else trend
    if setting.half_life_days and times is not None:
        known = decayed(ones, times, setting.half_life_days)
    found["popularity"] = lists_for(people, ones, counts, lambda batch: np.tile(known, (len(batch), 1)), check, k)
    neighbours = item_knn(ones, check, keep=setting.knn_keep, shrink=setting.knn_shrink)
    found["item_knn"] = lists_for(
        people, ones, counts, lambda batch: (ones[batch] @ neighbours).toarray().astype(np.float32), check, k
    )
    ease = Ease(ones, plan(ones, memory_mb), damping=0.0, ridge=setting.ease_ridge, penalty=setting.ease_penalty)
    found["ease"] = lists_for(people, ones, counts, ease.scores, check, k)
    del ease
    factors = fit_factors(ones, setting.ials, check, seed=seed)
    found["ials"] = lists_for(people, ones, counts, factors.scores, check, k)
    return found
