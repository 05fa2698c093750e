"""Rank all unseen items for one person. A score is the sum over the history of what each item in it adds.

Equal scores are ranked by popularity, then by place in the item list. Without a history the order is popularity, and
the score is the share of people who chose the item.

Scores are added up row by row, and only the best of each stretch of the catalogue are compared, so that a million items
cost milliseconds. Items that nothing leads to, all of score 0, follow by popularity where the list has room for them.
"""

from __future__ import annotations

import time
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.serve.recommend.model import History, RecommendModel, SparseRows
from engine.serve.recommend.ranker import POOL, Ranker, lifted

Mask = NDArray[np.bool_]
BLOCK = 512


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
        return Ranking(best, (model.popularity[best] / np.float32(max(model.people, 1))), False)
    scores = score_items(model, history)
    scores[out] = -np.inf
    if allowed is not None:
        scores[~allowed] = -np.inf
    if model.ranker is not None:
        _look_again(model, model.ranker, history, scores)
    places = highest(scores, k)
    best = places[_best(scores[places], model.popularity[places], places, k)]
    if len(best) < k:
        # What nothing leads to stands at 0; what the history speaks against comes last.
        nothing = most_chosen(model, k - len(best), np.empty(0, np.int64), scores == 0)
        best = np.concatenate([best, nothing])
        down = np.flatnonzero((scores < 0) & (scores > -np.inf))
        last = _best(scores[down], model.popularity[down], down, k - len(best))
        best = np.concatenate([best, down[last]])
    return Ranking(best, scores[best], True)


def _look_again(model: RecommendModel, ranker: Ranker, history: History, scores: NDArray[np.float32]) -> None:
    """Put the best of the blend into the ranker's order, above all others; changes `scores`."""
    places = highest(scores, POOL)
    chosen = places[_best(scores[places], model.popularity[places], places, POOL)]
    if len(chosen) == 0:
        return
    parts = np.zeros((len(chosen), 3), np.float32)
    following = history.next_part() if model.next is not None and history.recent is not None else None
    for column, (table, part) in enumerate(((model.text, history), (model.next, following)), 1):
        if table is not None and part is not None:
            parts[:, column] = shares_of(table, part, chosen).sum(axis=1)
    # What is left of the score is behaviour, whose long rows need not be searched for it.
    parts[:, 0] = scores[chosen] - parts[:, 1:].sum(axis=1)
    month = time.localtime().tm_mon - 1
    new = ranker.scores(chosen, history.items[history.strengths > 0], parts, month)
    scores[chosen] = lifted(new, scores[chosen].min(keepdims=True))


def score_items(model: RecommendModel, history: History) -> NDArray[np.float32]:
    """(items,), what was seen included."""
    scores = np.zeros(len(model.item_ids), np.float32)
    for table in (model.behaviour, model.text):
        if table is not None:
            _add(scores, table, history)
    if model.next is not None and history.recent is not None:
        _add(scores, model.next, history.next_part())
    return scores


def shares_of(table: SparseRows, history: History, ranked: NDArray[np.int64]) -> NDArray[np.float32]:
    """float32, (ranked, items of the history): what each added to each. Rows are in ascending order, so that the ranked
    items are looked up in them; where the rows hold less than is asked for, they are looked up among the ranked."""
    shares = np.zeros((len(ranked), len(history.items)), np.float32)
    starts = table.starts[history.items]
    lengths = table.starts[history.items + 1] - starts
    total = int(lengths.sum())
    if 0 < total <= shares.size:
        order = np.argsort(ranked)
        columns = np.repeat(np.arange(len(lengths)), lengths)
        held = np.arange(total) + np.repeat(starts - (np.cumsum(lengths) - lengths), lengths)
        targets = table.targets[held]
        at = np.minimum(np.searchsorted(ranked, targets, sorter=order), len(ranked) - 1)
        hit = ranked[order[at]] == targets
        columns = columns[hit]
        shares[order[at[hit]], columns] = table.weights[held[hit]] * history.strengths[columns]
        return shares
    for column, (item, strength) in enumerate(zip(history.items.tolist(), history.strengths.tolist(), strict=True)):
        part = slice(table.starts[item], table.starts[item + 1])
        targets = table.targets[part]
        if strength and len(targets):
            at = np.minimum(np.searchsorted(targets, ranked), len(targets) - 1)
            hit = targets[at] == ranked
            shares[hit, column] = table.weights[part][at[hit]] * np.float32(strength)
    return shares


def highest(scores: NDArray[np.float32], k: int) -> NDArray[np.int64]:
    """Places of positive scores, among them the best `k` with all their ties; a few hundred instead of all.

    The k-th largest of the largest scores of blocks is at most the k-th largest score, so nothing below it counts.
    """
    least = np.float32(0)
    whole = len(scores) // BLOCK * BLOCK
    if 0 < k <= whole // BLOCK:
        tops = scores[:whole].reshape(-1, BLOCK).max(axis=1)
        least = max(least, np.partition(tops, len(tops) - k)[len(tops) - k])
    return np.flatnonzero((scores >= least) & (scores > 0)) if least > 0 else np.flatnonzero(scores > 0)


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


def _add(scores: NDArray[np.float32], table: SparseRows, history: History) -> None:
    """Add a part to the scores, row by row: a row names every target once."""
    for item, strength in zip(history.items.tolist(), history.strengths.tolist(), strict=True):
        if strength:
            part = slice(table.starts[item], table.starts[item + 1])
            scores[table.targets[part]] += table.weights[part] * np.float32(strength)
