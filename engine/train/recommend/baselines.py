"""The recommenders that ours must beat, each tuned on the training data alone: popularity (with decay in time
where that is better), item-kNN, EASE as published, iALS; and what comes next and neighbours by text, each alone, where
times and texts are known.

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
from engine.train.recommend.sequence import recent, transitions

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

NAMES = ("popularity", "item_knn", "ease", "ials", "sequence", "text")


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
    near: csr_matrix | None = None,
) -> dict[str, list[NDArray[np.int64]]]:
    """Lists of every baseline for the same people, fitted on `user_items`.

    Args:
        times: aligned with the entries, where the order of events is known; numbers that grow will do beside `trend`.
        trend: popularity as it fades, where the times themselves are not at hand.
        near: neighbours by text.
    """
    ones = learning_matrix(user_items, Setting(strengths=False))
    counts = popularity(ones)
    found = {}
    known = counts if trend is None else trend
    if trend is None and setting.half_life_days and times is not None:
        known = decayed(ones, times, setting.half_life_days)
    found["popularity"] = lists_for(people, ones, counts, lambda batch: np.tile(known, (len(batch), 1)), check, k)

    def by_table(rows: csr_matrix, table: csr_matrix) -> list[NDArray[np.int64]]:
        return lists_for(people, ones, counts, lambda batch: np.asarray((rows[batch] @ table).toarray()), check, k)

    found["item_knn"] = by_table(ones, item_knn(ones, check, keep=setting.knn_keep, shrink=setting.knn_shrink))
    ease = Ease(ones, plan(ones, memory_mb), damping=0.0, ridge=setting.ease_ridge, penalty=setting.ease_penalty)
    found["ease"] = lists_for(people, ones, counts, ease.scores, check, k)
    del ease
    factors = fit_factors(ones, setting.ials, check, seed=seed)
    found["ials"] = lists_for(people, ones, counts, factors.scores, check, k)
    if times is not None:
        usual = Setting()
        last = recent(ones, times, usual.next_last, usual.next_decay)
        found["sequence"] = by_table(last, transitions(ones, times, check))
    if near is not None:
        found["text"] = by_table(ones, near)
    return found
