"""How good ranked lists are: NDCG, recall and coverage over a full ranking.

A list holds the best `k` of all items that the person has no training event with; nothing is sampled. Every held-out
item counts as relevant, with equal gain. Equal scores are ranked by popularity, then by place in the item list
(`top_unseen`), so that a result never depends on chance.
Source: Jarvelin and Kekalainen 2002 (NDCG, binary gain); Krichene and Rendle 2020 (why not to sample).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.api import RankingMetrics
from engine.train.recommend.neighbours import GROUP

K = 10


def ranking_metrics(
    lists: Sequence[NDArray[np.int64]], relevant: Sequence[NDArray[np.int64]], items: int, k: int = K
) -> RankingMetrics:
    """Mean over the people who have something held out.

    Args:
        lists: item positions per person, best first; those after the first `k` are ignored.
        relevant: held-out item positions per person, without repeats.
        items: how many items there are, for coverage.
    """
    discounts = 1 / np.log2(np.arange(2, k + 2))
    ndcg, recall, shown = [], [], set[int]()
    for ranked, wanted in zip(lists, relevant, strict=True):
        shown.update(ranked[:k].tolist())
        if len(wanted) == 0:
            continue
        hits = np.isin(ranked[:k], wanted)
        ndcg.append(float(discounts[: len(hits)] @ hits) / float(discounts[: len(wanted)].sum()))
        recall.append(float(hits.sum()) / len(wanted))
    mean = (float(np.mean(ndcg)), float(np.mean(recall))) if ndcg else (0.0, 0.0)
    return RankingMetrics(ndcg_10=mean[0], recall_10=mean[1], coverage=len(shown) / items if items else 0.0)


def tie_order(popularity: NDArray[np.float32]) -> NDArray[np.int64]:
    """(items,): the rank of each item by popularity, then by place; the smaller goes first among equal scores."""
    ranks = np.empty(len(popularity), np.int64)
    ranks[np.lexsort((np.arange(len(popularity)), -popularity))] = np.arange(len(popularity))
    return ranks


def _least_of_best(scores: NDArray[np.float32], count: int) -> np.float32:
    """The `count`-th largest; of many by a quick pass over groups first, whose largest bound it from below."""
    if len(scores) > 4 * count * GROUP:
        largest = np.maximum.reduceat(scores, np.arange(0, len(scores), GROUP))
        bound = np.partition(largest, len(largest) - count)[len(largest) - count]
        scores = scores[scores >= bound]
    return np.float32(np.partition(scores, len(scores) - count)[len(scores) - count])


def top_unseen(
    scores: NDArray[np.float32], seen: NDArray[np.int64], ties: NDArray[np.int64], k: int = K
) -> NDArray[np.int64]:
    """Positions of the best `k` unseen items, best first; fewer when fewer are unseen.

    Args:
        scores: (items,), finite; changed: what was seen becomes -inf.
        seen: positions that must not appear, without repeats.
        ties: from `tie_order`.
    """
    scores[seen] = -np.inf
    count = min(k, len(scores) - len(seen))
    if count <= 0:
        return np.empty(0, np.int64)
    least = _least_of_best(scores, count)
    better, equal = np.flatnonzero(scores > least), np.flatnonzero(scores == least)
    missing = count - len(better)
    if len(equal) > missing:
        equal = equal[np.argpartition(ties[equal], missing - 1)[:missing]]
    found = np.concatenate([better, equal])
    return found[np.lexsort((ties[found], -scores[found]))]
