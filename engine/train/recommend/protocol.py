"""All that is told about lists: quality at several lengths, intervals, what they are like, and for whom they work.

Full ranking: a list holds the best of all items that the person has no training event with. Intervals come from
drawing the people again, `DRAWS` times, with the same draws for every model, so that differences are paired.
Source: Efron 1979 (bootstrap); Vargas and Castells 2011 (novelty, diversity); Abdollahpouri et al. 2019 (popularity).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from engine.api import Difference, RankingMetrics, SliceMetrics
from engine.train.recommend.metrics import K, ranking_metrics

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

DEPTH = 20
LENGTHS = (5, 20)
DRAWS = 1000
FEW_EVENTS = 5
"""An item with fewer training events than this is told as "rare"."""
HISTORIES = ((1, 9), (10, 29), (30, 99), (100, None))
LISTS_COMPARED = 2000

Lists = Sequence[NDArray[np.int64]]


class PerPerson(Struct, frozen=True):
    """float64, (people,), of those with something held out."""

    ndcg: NDArray[np.float64]
    recall: NDArray[np.float64]
    mrr: NDArray[np.float64]


def per_person(lists: Lists, relevant: Lists, k: int = K) -> PerPerson:
    """Numbers of each person; 0 where nothing is held out."""
    discounts = 1 / np.log2(np.arange(2, k + 2))
    ndcg, recall, mrr = np.zeros(len(lists)), np.zeros(len(lists)), np.zeros(len(lists))
    for place, (ranked, wanted) in enumerate(zip(lists, relevant, strict=True)):
        if len(wanted) == 0:
            continue
        hits = np.isin(ranked[:k], wanted)
        ndcg[place] = float(discounts[: len(hits)] @ hits) / float(discounts[: len(wanted)].sum())
        recall[place] = float(hits.sum()) / len(wanted)
        mrr[place] = 1 / (1 + int(np.argmax(hits))) if hits.any() else 0.0
    return PerPerson(ndcg, recall, mrr)


def interval(values: NDArray[np.float64], seed: int = 0) -> tuple[float, float]:
    """95 % of the mean, by drawing people again."""
    if len(values) == 0:
        return 0.0, 0.0
    rng = np.random.default_rng(seed)
    means = np.array([values[rng.integers(0, len(values), len(values))].mean() for _ in range(DRAWS)])
    low, high = np.quantile(means, (0.025, 0.975))
    return float(low), float(high)


def difference(ours: Lists, theirs: Lists, relevant: Lists) -> Difference:
    """ndcg@10 of one model minus another's, person by person."""
    counted = np.array([len(wanted) > 0 for wanted in relevant], bool)
    gained = (per_person(ours, relevant).ndcg - per_person(theirs, relevant).ndcg)[counted]
    low, high = interval(gained)
    return Difference(float(gained.mean()) if len(gained) else 0.0, low, high)


class Ground(Struct, frozen=True):
    """What lists are measured against, the same for every model.

    Attributes:
        user_items: the training events, (users, items).
        people: rows of it that the lists are for; `relevant`: held-out items of each.
        vectors: float32, (items, dimension), rows of length one or zero; None where items have no texts.
    """

    user_items: csr_matrix
    people: NDArray[np.int64]
    relevant: Lists
    vectors: NDArray[np.float32] | None = None


def described(lists: Lists, ground: Ground) -> RankingMetrics:
    """All numbers of one model's lists, best first, `DEPTH` long for the longer lengths."""
    items = ground.user_items.shape[1]
    relevant = ground.relevant
    plain = ranking_metrics(lists, relevant, items)
    counts = np.bincount(ground.user_items.indices, minlength=items).astype(np.float64)
    people = max(1, ground.user_items.shape[0])
    has = [place for place, wanted in enumerate(relevant) if len(wanted)]
    own = per_person(lists, relevant)
    shown = np.concatenate([ranked[:K] for ranked in lists]) if len(lists) else np.empty(0, np.int64)
    held = np.concatenate([relevant[place] for place in has]) if has else np.empty(0, np.int64)
    usual = float(counts[held].mean()) if len(held) else 0.0
    at = {}
    for length in LENGTHS:
        one = per_person(lists, relevant, length)
        at[f"ndcg@{length}"] = float(one.ndcg[has].mean()) if has else 0.0
        at[f"recall@{length}"] = float(one.recall[has].mean()) if has else 0.0
    return RankingMetrics(
        ndcg_10=plain.ndcg_10,
        recall_10=plain.recall_10,
        coverage=plain.coverage,
        mrr=float(own.mrr[has].mean()) if has else 0.0,
        novelty=float(-np.log2((counts[shown] + 1) / (people + 1)).mean()) if len(shown) else 0.0,
        diversity=_diversity(lists, ground),
        popularity_bias=float(counts[shown].mean()) / usual if len(shown) and usual else 0.0,
        interval=interval(own.ndcg[has]),
        at=at,
        slices=_slices(lists, ground, counts),
    )


def _diversity(lists: Lists, ground: Ground) -> float:
    """Mean of 1 - cosine over the pairs of up to `LISTS_COMPARED` lists."""
    step = max(1, len(lists) // LISTS_COMPARED)
    by_item = None
    norms = np.empty(0)
    if ground.vectors is None:
        by_item = ground.user_items.T.tocsr()
        norms = np.sqrt(np.maximum(np.asarray(by_item.multiply(by_item).sum(axis=1)).ravel(), 1e-12))
    found = []
    for ranked in lists[::step]:
        if len(top := ranked[:K]) < 2:
            continue
        if by_item is None:
            assert ground.vectors is not None
            cosines = ground.vectors[top] @ ground.vectors[top].T
        else:
            cosines = (by_item[top] @ by_item[top].T).toarray() / np.outer(norms[top], norms[top])
        found.append(1 - float(cosines[np.triu_indices(len(top), 1)].mean()))
    return float(np.mean(found)) if found else 0.0


def _slices(lists: Lists, ground: Ground, counts: NDArray[np.float64]) -> dict[str, SliceMetrics]:
    """By how much is known of a person, and by how well the held-out items are known."""
    lengths = np.diff(ground.user_items.indptr)[ground.people]
    found: dict[str, SliceMetrics] = {}
    for low, high in HISTORIES:
        rows = np.flatnonzero((lengths >= low) & (lengths <= (high or np.inf))).tolist()
        name = f"history {low}-{high}" if high else f"history {low}+"
        _add(found, name, [lists[row] for row in rows], [ground.relevant[row] for row in rows])
    # Items in order of how many chose them: the head is the few that got half of all events.
    order = np.argsort(-counts, kind="stable")
    half = np.searchsorted(np.cumsum(counts[order]), counts.sum() / 2) + 1
    head = np.zeros(len(counts), bool)
    head[order[:half]] = True
    for name, wanted in (
        ("new items", counts == 0),
        ("rare items", (counts > 0) & (counts < FEW_EVENTS)),
        ("best-known items", head),
        ("other items", ~head & (counts >= FEW_EVENTS)),
    ):
        _add(found, name, lists, [held[wanted[held]] for held in ground.relevant])
    return found


def _add(found: dict[str, SliceMetrics], name: str, lists: Lists, relevant: Lists) -> None:
    people = sum(len(wanted) > 0 for wanted in relevant)
    if people:
        plain = ranking_metrics(lists, relevant, 1)
        found[name] = SliceMetrics(people, plain.ndcg_10, plain.recall_10)
