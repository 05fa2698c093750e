"""What comes next: weighted transitions between items that a person chose one after the other.

A step from i to j that lies `lag` choices apart counts 1 / lag, up to `WINDOW`; weight(i -> j) is the sum of the steps
over n_i^(1-a) n_j^a, as with the neighbours. Only the last few choices of a person take part in a score, the newest
with 1 and every one before with `decay` less.
Source: Rendle et al. 2010 (factorised Markov chains, here without the factors); Ludewig and Jannach 2018.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.serve.recommend.order import LONG_AGO, recent_weights
from engine.train.recommend.neighbours import fewer
from engine.train.recommend.popularity import popularity

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

WINDOW = 3
KEEP = 30
SPLIT = 0.5
ORDERED_SHARE = 0.5
_AT_ONCE = 4_000_000


def is_ordered(user_items: csr_matrix, times: NDArray[np.float64] | None) -> bool:
    """Whether at least half of the people with two or more items chose some at different, known times."""
    if times is None or len(times) == 0:
        return False
    people = np.repeat(np.arange(user_items.shape[0]), np.diff(user_items.indptr))
    known = ~np.isnan(times)
    low, high = np.full(user_items.shape[0], np.inf), np.full(user_items.shape[0], -np.inf)
    np.minimum.at(low, people[known], times[known])
    np.maximum.at(high, people[known], times[known])
    several = np.diff(user_items.indptr) >= 2
    return bool(several.any()) and float((high > low)[several].mean()) >= ORDERED_SHARE


def places_back(people: NDArray[np.int64] | NDArray[np.int32], times: NDArray[np.float64]) -> NDArray[np.uint16]:
    """(entries,): how many choices of the same person are newer; `LONG_AGO` where no time is known.

    Args:
        people: the person of each entry, sorted. times: seconds since 1970, NaN where unknown.
    """
    order = np.lexsort((np.arange(len(people)), -np.nan_to_num(times, nan=-np.inf), people))
    starts = np.flatnonzero(np.concatenate([[True], people[1:] != people[:-1]])) if len(people) else np.empty(0, int)
    first = np.repeat(starts, np.diff(np.append(starts, len(people))))
    back = np.empty(len(people), np.int64)
    back[order] = np.arange(len(people)) - first
    return np.where(np.isnan(times), LONG_AGO, np.minimum(back, LONG_AGO)).astype(np.uint16)


def recent(user_items: csr_matrix, times: NDArray[np.float64], last: int, decay: float) -> csr_matrix:
    """(users, items): decay ** places back for the `last` choices of each person, nothing for the others."""
    people = np.repeat(np.arange(user_items.shape[0]), np.diff(user_items.indptr))
    back = places_back(people, times)
    found = user_items.copy()
    found.data = recent_weights(back, last, decay)
    found.eliminate_zeros()
    return found


def transitions(
    user_items: csr_matrix, times: NDArray[np.float64], check: Callable[[], None], *, keep: int = KEEP
) -> csr_matrix:
    """float32, (items, items): row = what was chosen, column = what came after it."""
    from scipy.sparse import csr_matrix

    items = user_items.shape[1]
    people = np.repeat(np.arange(user_items.shape[0], dtype=np.int32), np.diff(user_items.indptr))
    timed = np.flatnonzero(~np.isnan(times))
    order = timed[np.lexsort((timed, times[timed], people[timed]))]
    who, what = people[order], user_items.indices[order]
    del people, timed, order
    found: csr_matrix | None = None
    for lag in range(1, WINDOW + 1):
        if len(who) <= lag:
            break
        same = np.flatnonzero(who[lag:] == who[:-lag])
        for start in range(0, len(same), _AT_ONCE):
            check()
            part = same[start : start + _AT_ONCE]
            pairs = (what[part], what[part + lag])
            steps = np.full(len(part), 1 / lag, np.float32)
            counted = csr_matrix((steps, pairs), shape=(items, items), dtype=np.float32)
            found = counted if found is None else (found + counted).tocsr()
    if found is None:
        nothing: NDArray[np.int64] = np.empty(0, np.int64)
        return csr_matrix((np.empty(0, np.float32), (nothing, nothing)), shape=(items, items))
    # In place: of very many events this table is the largest thing in memory.
    counts = np.maximum(popularity(user_items), 1.0)
    sources = np.repeat(np.arange(items, dtype=np.int32), np.diff(found.indptr))
    found.data[sources == found.indices] = 0
    norms = np.power(counts, 1 - SPLIT)[sources]
    del sources
    norms *= np.power(counts, SPLIT)[found.indices]
    found.data /= norms
    del norms
    found.eliminate_zeros()
    return fewer(found, keep)
