"""Rank all unseen items for one person. A score is the sum over the history of what each item in it adds.

Equal scores are ranked by popularity, then by place in the item list. Without a history the order is popularity, and
the score is the share of people who chose the item.

Only items that the history leads to are looked at, so that the work goes by the history and not by the catalogue; the
rest, all of score 0, follow by popularity where the list has room for them.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.serve.recommend.model import History, RecommendModel, SparseRows

Mask = NDArray[np.bool_]


class Ranking(NamedTuple):
    """`items`: int64 positions, best first; `scores`: float32, comparable within this ranking alone.
    `personal`: False where popularity alone decided."""

    items: NDArray[np.int64]
    scores: NDArray[np.float32]
    personal: bool


def rank_items(
    model: RecommendModel,
    history: History,
    k: int,
    *,
    exclude: NDArray[np.int64] | None = None,
    allowed: Mask | None = None,
) -> Ranking:
    """The best `k` items that the history does not hold; fewer when fewer are left.

    Args:
        exclude: further positions that must not appear.
        allowed: (items,), which items may appear at all.
    """
    out = history.items if exclude is None else np.concatenate([history.items, exclude])
    if not bool((history.strengths > 0).any()):
        best = most_chosen(model, k, out, allowed)
        return Ranking(best, (model.popularity[best] / np.float32(max(len(model.user_ids), 1))), False)
    places, scores = touched(model, history)
    usable = ~np.isin(places, out)
    if allowed is not None:
        usable &= allowed[places]
    up = usable & (scores > 0)
    best = places[up][_best(scores[up], model.popularity[places[up]], places[up], k)]
    if len(best) < k:
        # What nothing leads to stands at 0; what the history speaks against comes last.
        nothing = most_chosen(model, k - len(best), np.concatenate([out, places[scores != 0]]), allowed)
        best = np.concatenate([best, nothing])
        down = usable & (scores < 0)
        last = _best(scores[down], model.popularity[places[down]], places[down], k - len(best))
        best = np.concatenate([best, places[down][last]])
    return Ranking(best, _at(places, scores, best), True)


def score_items(model: RecommendModel, history: History) -> NDArray[np.float32]:
    """(items,), what was seen included."""
    found = np.zeros(len(model.item_ids), np.float32)
    places, scores = touched(model, history)
    found[places] = scores
    return found


def touched(model: RecommendModel, history: History) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Places, ascending, that some weight leads to from the history, and their scores."""
    parts = [_entries(table, history) for table in (model.behaviour, model.text) if table is not None]
    if model.next is not None and history.recent is not None:
        parts.append(_entries(model.next, history.next_part()))
    targets = np.concatenate([found for found, _ in parts])
    weights = np.concatenate([found for _, found in parts])
    if len(targets) == 0:
        return np.empty(0, np.int64), np.empty(0, np.float32)
    if len(targets) * 4 > len(model.item_ids):
        sums = np.bincount(targets, weights=weights, minlength=len(model.item_ids))
        hit = np.zeros(len(model.item_ids), bool)
        hit[targets] = True
        places = np.flatnonzero(hit)
        return places, sums[places].astype(np.float32)
    order = np.argsort(targets, kind="stable")
    sorted_targets = targets[order]
    first = np.flatnonzero(np.concatenate([[True], sorted_targets[1:] != sorted_targets[:-1]]))
    sums = np.add.reduceat(weights[order].astype(np.float64), first)
    return sorted_targets[first].astype(np.int64), sums.astype(np.float32)


def most_chosen(
    model: RecommendModel, k: int, exclude: NDArray[np.int64], allowed: Mask | None = None
) -> NDArray[np.int64]:
    """The `k` items that most people chose, without some; fewer when fewer are left."""
    found: list[NDArray[np.int64]] = []
    missing, start, step = k, 0, max(1024, 4 * k + len(exclude))
    while missing > 0 and start < len(model.by_popularity):
        part = model.by_popularity[start : start + step]
        part = part[~np.isin(part, exclude)]
        if allowed is not None:
            part = part[allowed[part]]
        found.append(part[:missing])
        missing -= len(found[-1])
        start, step = start + step, step * 4
    return np.concatenate(found) if found else np.empty(0, np.int64)


def best_of(
    scores: NDArray[np.float32], popularity: NDArray[np.float32], candidates: NDArray[np.int64], k: int
) -> NDArray[np.int64]:
    """The best `k` of the candidates, ties by popularity, then by place."""
    return candidates[_best(scores[candidates], popularity[candidates], candidates, k)]


def _best(
    scores: NDArray[np.float32], popularity: NDArray[np.float32], places: NDArray[np.int64], k: int
) -> NDArray[np.int64]:
    """Where the best `k` of some places stand, ties by popularity, then by place."""
    if k <= 0 or len(places) == 0:
        return np.empty(0, np.int64)
    kept = np.arange(len(places))
    if k < len(places):
        least = np.partition(scores, len(scores) - k)[len(scores) - k]
        kept = np.flatnonzero(scores >= least)
    order = np.lexsort((places[kept], -popularity[kept], -scores[kept]))
    return kept[order[:k]]


def _at(places: NDArray[np.int64], scores: NDArray[np.float32], wanted: NDArray[np.int64]) -> NDArray[np.float32]:
    """Scores of the wanted places, 0 for what nothing leads to."""
    found = np.zeros(len(wanted), np.float32)
    if len(places):
        at = np.minimum(np.searchsorted(places, wanted), len(places) - 1)
        hit = places[at] == wanted
        found[hit] = scores[at[hit]]
    return found


def _entries(table: SparseRows, history: History) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    position, targets, weights = table.gather(history.items)
    return targets, weights * history.strengths[position]
