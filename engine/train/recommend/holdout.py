"""Splits for tuning and testing, and lists for them: seeded, per person, or whole items at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.train.recommend.metrics import K, tie_order, top_unseen
from engine.train.recommend.neighbours import Dense

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

SHARE = 0.2
BATCH_CELLS = 4_000_000


@dataclass(frozen=True)
class Split:
    """`train` keeps the shape of the whole; `relevant`: held-out item positions per person of `people`."""

    train: csr_matrix
    people: NDArray[np.int64]
    relevant: tuple[NDArray[np.int64], ...]
    times: NDArray[np.float64] | None = None
    """Aligned with the entries of `train`, where times are known."""
    months: NDArray[np.int8] | None = None
    """(users,): month 0 to 11 of each person's latest held-out event, -1 where unknown."""


def split_people(
    user_items: csr_matrix,
    rng: np.random.Generator,
    *,
    most_people: int,
    share: float = SHARE,
    times: NDArray[np.float64] | None = None,
) -> Split:
    """Hold out a share of each person's items (at least one of two or more); people with one keep it.

    Args:
        times: aligned with the entries; where given, each person's latest items are held out, otherwise any, by lot.
    """
    counts = np.diff(user_items.indptr)
    numbers = np.where(counts >= 2, np.maximum(1, np.round(share * counts)), 0).astype(np.int64)
    people = np.repeat(np.arange(len(counts)), counts)
    order = rng.random(user_items.nnz)
    if times is not None:
        # Of one time, by lot; what has no time counts as the oldest.
        ranks = np.empty(len(times), np.int64)
        ranks[np.lexsort((order, -np.nan_to_num(times, nan=-np.inf)))] = np.arange(len(times))
        order = ranks.astype(np.float64)
    sequence = np.lexsort((order, people))
    place = np.arange(user_items.nnz) - np.repeat(user_items.indptr[:-1].astype(np.int64), counts)
    held = np.zeros(user_items.nnz, bool)
    held[sequence] = place < np.repeat(numbers, counts)
    return _split(user_items, held, rng, most_people, times)


def split_items(
    user_items: csr_matrix,
    rng: np.random.Generator,
    *,
    most_people: int,
    share: float = 0.05,
    times: NDArray[np.float64] | None = None,
) -> Split:
    """Make a share of the items new: hold out all events of them, so that only their texts are known."""
    new = rng.random(user_items.shape[1]) < share
    return _split(user_items, new[user_items.indices], rng, most_people, times)


def _split(
    user_items: csr_matrix,
    held: NDArray[np.bool_],
    rng: np.random.Generator,
    most_people: int,
    times: NDArray[np.float64] | None,
) -> Split:
    train, test = user_items.copy(), user_items.copy()
    train.data, test.data = np.where(held, 0, train.data), np.where(held, test.data, 0)
    train.eliminate_zeros()
    test.eliminate_zeros()
    people = np.flatnonzero((np.diff(test.indptr) > 0) & (np.diff(train.indptr) > 0))
    if len(people) > most_people:
        people = np.sort(rng.choice(people, most_people, replace=False))
    relevant = tuple(test.indices[test.indptr[p] : test.indptr[p + 1]].astype(np.int64) for p in people)
    if times is None:
        return Split(train, people.astype(np.int64), relevant)
    return Split(train, people.astype(np.int64), relevant, times[~held], _months(test, times[held]))


def _months(test: csr_matrix, times: NDArray[np.float64]) -> NDArray[np.int8]:
    """Of the latest event of each row; `times` in seconds since 1970, aligned with the entries."""
    latest = np.full(test.shape[0], np.nan)
    np.fmax.at(latest, np.repeat(np.arange(test.shape[0]), np.diff(test.indptr)), times)
    return months_of(latest)


def months_of(times: NDArray[np.float64]) -> NDArray[np.int8]:
    """Months 0 to 11 of times in seconds since 1970 (UTC), -1 where there is none."""
    known = ~np.isnan(times)
    found = np.full(len(times), -1, np.int8)
    days = np.floor(times[known]).astype("int64").astype("datetime64[s]")
    found[known] = days.astype("datetime64[M]").astype(np.int64) % 12
    return found


def lists_for(
    people: NDArray[np.int64],
    user_items: csr_matrix,
    counts: NDArray[np.float32],
    scores: Callable[[NDArray[np.int64]], Dense],
    check: Callable[[], None],
    k: int = K,
) -> list[NDArray[np.int64]]:
    """The best `k` unseen items of each person.

    Args:
        people: rows of `user_items`, which also says what they have seen.
        scores: people -> (people, items), a fresh array.
    """
    lists: list[NDArray[np.int64]] = []
    ties = tie_order(counts)
    step = max(1, BATCH_CELLS // max(user_items.shape[1], 1))
    for start in range(0, len(people), step):
        check()
        batch = people[start : start + step]
        for person, row in zip(batch, scores(batch), strict=True):
            seen = user_items.indices[user_items.indptr[person] : user_items.indptr[person + 1]].astype(np.int64)
            lists.append(top_unseen(row, seen, ties, k))
    return lists
