"""Rank all unseen items for one person. A score is the sum over the history of what each item in it adds.

Equal scores are ranked by popularity, then by place in the item list. Without a history the order is popularity, and
the score is the share of people who chose the item.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.serve.recommend.model import History, RecommendModel, SparseRows


class Ranking(NamedTuple):
    """`items`: int64 positions, best first; `scores`: float32, comparable within this ranking alone.
    `personal`: False where popularity alone decided."""

    items: NDArray[np.int64]
    scores: NDArray[np.float32]
    personal: bool


def rank_items(model: RecommendModel, history: History, k: int, *, exclude: NDArray[np.int64] | None = None) -> Ranking:
    """The best `k` items that the history does not hold; fewer when fewer are left.

    Args:
        exclude: further positions that must not appear.
    """
    personal = bool((history.strengths > 0).any())
    scores = score_items(model, history) if personal else model.popularity / np.float32(max(len(model.user_ids), 1))
    allowed = np.ones(len(scores), bool)
    allowed[history.items] = False
    if exclude is not None:
        allowed[exclude] = False
    candidates = np.flatnonzero(allowed)
    best = best_of(scores, model.popularity, candidates, k)
    return Ranking(best, scores[best].astype(np.float32), personal)


def score_items(model: RecommendModel, history: History) -> NDArray[np.float32]:
    """(items,), what was seen included."""
    scores = _part(model.behaviour, history, len(model.item_ids))
    if model.text is not None:
        scores = scores + _part(model.text, history, len(model.item_ids))
    return scores


def best_of(
    scores: NDArray[np.float32], popularity: NDArray[np.float32], candidates: NDArray[np.int64], k: int
) -> NDArray[np.int64]:
    """The best `k` of the candidates, ties by popularity, then by place."""
    if k <= 0 or len(candidates) == 0:
        return np.empty(0, np.int64)
    found = scores[candidates]
    if k < len(candidates):
        least = np.partition(found, len(found) - k)[len(found) - k]
        candidates = candidates[found >= least]
    order = np.lexsort((candidates, -popularity[candidates], -scores[candidates]))
    return candidates[order[:k]]


def _part(table: SparseRows, history: History, items: int) -> NDArray[np.float32]:
    position, targets, weights = table.gather(history.items)
    return np.bincount(targets, weights=weights * history.strengths[position], minlength=items).astype(np.float32)
