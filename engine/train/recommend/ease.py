"""EASE: every item predicted from all others by ridge regression in closed form, with items damped by popularity.

With Y = X D, D = diag(popularity ** -damping), the weights are B = I - P / diag(P) with P = (Y'Y + lambda I)^-1, and an
item in a history counts D times its strength. `damping` 0 is EASE as published; a little damping keeps the best-known
items from explaining everything, which wins clearly on reading and shopping data. lambda is searched relative to
the mean diagonal of Y'Y, so that one grid fits all data; what was found on a part of the data is used on the whole
as it is, since more data need no larger one.

With fewer users than items the inverse is taken over users (Woodbury): P = (I - Y' (Y Y' + lambda I)^-1 Y) / lambda.
Then with M = (Y Y' + lambda I)^-1 Y:  B_ij = (Y'M)_ij / (1 - (Y'M)_jj)  for i != j. Otherwise it is taken over items.
`plan` keeps it within memory and time: where both sides are too many, the items with most support are solved exactly,
all with all. Every further item j is solved as a target with these as its sources, which needs no inverse of its own:
b_j = P g_j, g_j being the people that j shares with each of them; of the sources only those are kept that share most
of j's people (`TAIL_SOURCES`). What further items say of each other is left to neighbours and text.
Source: Steck 2019, "Embarrassingly Shallow Autoencoders for Sparse Data".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from engine.errors import MemoryShort
from engine.train.recommend.neighbours import Dense, build
from engine.train.recommend.popularity import popularity

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

DOUBLE_UP_TO = 4000
"""A side of at most so many is inverted in float64; above that float32, whose error the ridge term hides."""
LARGEST_SIDE = 12_000
LEAST_SIDE = 200
TAIL_SOURCES = 40
TAIL_SHARED = 400
"""Sources that a further item is solved with, and those that its shared people are counted with, both the nearest."""
STRIP = 512
TAIL_BLOCK = 2000


@dataclass(frozen=True)
class EasePlan:
    """`items`: positions that take part; `over_users`: which side is inverted; `need_mb`: forecast of peak memory."""

    items: NDArray[np.int64]
    over_users: bool
    need_mb: float


def plan(user_items: csr_matrix, memory_mb: float, largest: int | None = None) -> EasePlan:
    """Choose the side to invert and the items that take part.

    Args:
        largest: side that is inverted at most.
    Raises:
        MemoryShort: not even `LEAST_SIDE` items fit.
    """
    users, items = user_items.shape
    largest = min(LARGEST_SIDE, largest or LARGEST_SIDE)
    if users <= min(items, largest) and (need := _need_mb(users, items, over_users=True)) <= memory_mb:
        return EasePlan(np.arange(items), True, need)
    count = min(items, largest)
    while count > LEAST_SIDE and _need_mb(users, count, over_users=False) > memory_mb:
        count = max(LEAST_SIDE, count * 4 // 5)
    need = _need_mb(users, count, over_users=False)
    if need > memory_mb:
        raise MemoryShort(what="Learning recommendations", needed_mb=round(need), free_mb=round(memory_mb))
    support = popularity(user_items)
    chosen = np.sort(np.lexsort((np.arange(items), -support))[:count])
    return EasePlan(chosen, False, need)


def _need_mb(users: int, items: int, *, over_users: bool) -> float:
    side = users if over_users else items
    width = 8 if side <= DOUBLE_UP_TO else 4
    square = 2.0 * side * side * width  # one matrix, and what a block of weights or scores takes beside it
    return (square + (4.0 * users * items if over_users else 0.0)) / 2**20 + 150


class Ease:
    """A solved EASE over all items (those that take no part have empty rows and columns)."""

    def __init__(
        self, user_items: csr_matrix, chosen: EasePlan, *, damping: float, ridge: float, penalty: float = 0.0
    ) -> None:
        """Solve.

        Args:
            user_items: float32, (users, items), strengths.
            ridge: lambda as a multiple of the mean diagonal of Y'Y.
            penalty: lambda itself; 0 leaves it to `ridge`.
        """
        from scipy.sparse import csr_matrix, diags

        self._plan = chosen
        self._all_items = user_items.shape[1]
        self._user_items, self._damping = user_items, damping
        part = user_items[:, chosen.items] if len(chosen.items) < self._all_items else user_items
        self.damp = np.maximum(popularity(part), 1.0) ** np.float32(-damping)
        self._y = csr_matrix(part @ diags(self.damp), dtype=np.float32)
        diagonal = np.asarray(self._y.multiply(self._y).sum(axis=0)).ravel()
        relative = float(max(ridge * diagonal[diagonal > 0].mean(), 1e-6)) if diagonal.any() else 1.0
        self.penalty = penalty or relative
        if chosen.over_users:
            inverse = _inverse(self._y, self.penalty)
            # Y is sparse on the right: (users, users) @ (users, items).
            self._m: Dense = np.ascontiguousarray((self._y.T @ inverse).T, dtype=np.float32)
            entries = self._y.tocoo()
            own = self._m[entries.row, entries.col] * entries.data
            self._rest = np.maximum(1 - np.bincount(entries.col, weights=own, minlength=part.shape[1]), 1e-6)
        else:
            self._p: Dense = _inverse(self._y.T.tocsr(), self.penalty).astype(np.float32, copy=False)

    def scores(self, users: NDArray[np.int64]) -> Dense:
        """(users, items) for people of the training matrix, from the dense weights. What they have seen is left in,
        with scores that mean nothing."""
        y = self._y[users]
        if self._plan.over_users:
            # Y P = (Y - K (K + l)^-1 Y) / l = M; Y B = Y - Y P / diag(P), and diag(P) = rest / l.
            found: Dense = self._m[users] * np.asarray(-self.penalty / self._rest, np.float32)
        else:
            found = np.asarray(-(y @ self._p) / np.diag(self._p), np.float32)
        if len(self._plan.items) == self._all_items:
            return found.astype(np.float32, copy=False)
        wide = np.zeros((len(users), self._all_items), np.float32)
        wide[:, self._plan.items] = found
        return wide

    def weights(self, keep: int, check: Callable[[], None]) -> csr_matrix:
        """The `keep` largest weights by size of each target, times the damping of the source."""
        from scipy.sparse import csr_matrix

        def target_rows(part: slice) -> Dense:
            if self._plan.over_users:
                rows: Any = (self._y.T @ self._m[:, part]).T / self._rest[part, None]
            else:
                rows = -self._p[:, part].T / np.diag(self._p)[part, None]
            return np.ascontiguousarray(rows * self.damp, dtype=np.float32)

        count = len(self._plan.items)
        found = build(count, keep, target_rows, check, by_size=True)
        if count == self._all_items:
            return found
        entries, places = found.tocoo(), self._plan.items
        shape = (self._all_items, self._all_items)
        head = csr_matrix((entries.data, (places[entries.row], places[entries.col])), shape=shape, dtype=np.float32)
        return head if self._plan.over_users else (head + self._further(check)).tocsr()

    def _further(self, check: Callable[[], None]) -> csr_matrix:
        """Weights of the items that were not solved together, from those that were."""
        from scipy.sparse import csr_matrix

        places = self._plan.items
        tail = np.setdiff1d(np.arange(self._all_items), places)
        counts = popularity(self._user_items)
        known = tail[counts[tail] > 0]
        by_head, columns = self._y.T.tocsr(), self._user_items[:, known].tocsc()
        head_counts = np.maximum(np.asarray(by_head.multiply(by_head).sum(axis=1)).ravel(), 1e-6)
        # The matrix is symmetric, so its order in memory does not matter; `take` is several times faster than an index.
        flat, side = self._p.ravel(order="K"), len(self._p)
        sources, targets, values = [], [], []
        for start in range(0, len(known), TAIL_BLOCK):
            check()
            # (head, block): people shared, as EASE counts them.
            shared = (by_head @ columns[:, start : start + TAIL_BLOCK]).tocsc()
            for column in range(shared.shape[1]):
                own = slice(shared.indptr[column], shared.indptr[column + 1])
                rows, together = shared.indices[own], shared.data[own]
                if len(rows) > TAIL_SOURCES:
                    near = np.argsort(-together / np.sqrt(head_counts[rows]), kind="stable")[:TAIL_SHARED]
                    rows, together = rows[near], together[near]
                kept = rows[:TAIL_SOURCES]
                # Positive weights alone: below 0 there is mostly noise about so few people.
                weights = np.maximum(flat.take(kept[:, None].astype(np.int64) * side + rows, mode="clip") @ together, 0)
                sources.append(places[kept])
                targets.append(np.full(len(kept), known[start + column]))
                target_damp = np.float32(counts[known[start + column]] ** -self._damping)
                values.append(weights * self.damp[kept] * target_damp)
        shape = (self._all_items, self._all_items)
        if not sources:
            nothing: NDArray[np.int64] = np.empty(0, np.int64)
            return csr_matrix((np.empty(0, np.float32), (nothing, nothing)), shape=shape)
        pairs = (np.concatenate(sources), np.concatenate(targets))
        found = csr_matrix((np.concatenate(values), pairs), shape=shape, dtype=np.float32)
        found.eliminate_zeros()
        return found


def _inverse(rows: csr_matrix, penalty: float) -> NDArray[Any]:
    """(rows rows' + penalty I)^-1 by Cholesky, in the memory of one square matrix."""
    from scipy.linalg import lapack

    side = rows.shape[0]
    matrix: NDArray[Any] = np.empty((side, side), np.float64 if side <= DOUBLE_UP_TO else np.float32, order="F")
    columns = rows.T.tocsr()
    parts = [slice(start, min(side, start + STRIP)) for start in range(0, side, STRIP)]
    for part in parts:
        matrix[part] = (rows[part] @ columns).toarray()
    matrix[np.diag_indices(side)] += penalty
    functions: Any = lapack.get_lapack_funcs(("potrf", "potri"), (matrix,))
    factorise, invert = functions
    matrix, failed = factorise(matrix, lower=0, overwrite_a=1, clean=1)
    if failed:
        raise ArithmeticError(f"the ridge matrix is not positive definite (potrf says {failed})")
    matrix, failed = invert(matrix, lower=0, overwrite_c=1)
    if failed:
        raise ArithmeticError(f"the ridge matrix could not be inverted (potri says {failed})")
    for part in parts:  # only the upper triangle was computed
        matrix[part.stop :, part] = matrix[part, part.stop :].T
        corner = matrix[part, part]
        matrix[part, part] = np.triu(corner) + np.triu(corner, 1).T
    return matrix
