"""Sparse item-to-item weights: the one form that every component is brought into.

`ItemWeights` is (items, items), row = item in a history, column = item that is scored: scores = history @ weights.
Each component gives its columns block by block, so that items x items never exists in full.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

BLOCK_CELLS = 8_000_000
GROUP = 128
"""Columns that are looked at together where there are many."""
Dense = NDArray[np.float32]


def blocks(targets: int, items: int) -> Iterator[slice]:
    """Slices of targets whose dense rows stay within `BLOCK_CELLS`."""
    step = max(1, BLOCK_CELLS // max(items, 1))
    for start in range(0, targets, step):
        yield slice(start, min(targets, start + step))


def keep_largest(
    target_rows: Dense, keep: int, *, by_size: bool = False
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where the largest `keep` nonzero values of each row are; of equal ones the first.

    Args:
        target_rows: (targets, sources).
        by_size: compare without the sign; otherwise only positive values count.
    Returns:
        rows and columns of the values, both (kept in all,), sorted by row.
    """
    compared = np.abs(target_rows) if by_size else target_rows
    width = compared.shape[1]
    if keep >= width:
        rows, columns = np.nonzero(compared > 0)
        return rows, columns
    if width > 4 * keep * GROUP:
        rows, columns = _among_groups(compared, keep)
    else:
        # A threshold by partition is many times faster than argpartition, and rows with ties are put right below.
        least = np.maximum(np.partition(compared, width - keep, axis=1)[:, width - keep], 0)
        rows, columns = np.nonzero((compared >= least[:, None]) & (compared > 0))
    return _first(rows, columns, compared[rows, columns], keep)


def _among_groups(compared: Dense, keep: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The largest `keep` positive values of each row, and a few more, in order of rows, then columns.

    At least `keep` values reach the `keep`-th largest of the groups' largest, so only groups that reach it are opened:
    one quick pass over everything in place of a partition.
    """
    width = compared.shape[1]
    largest = np.maximum.reduceat(compared, np.arange(0, width, GROUP), axis=1)
    least = np.partition(largest, largest.shape[1] - keep, axis=1)[:, largest.shape[1] - keep]
    rows, groups = np.nonzero((largest >= least[:, None]) & (largest > 0))
    columns = groups[:, None] * GROUP + np.arange(GROUP)
    values = compared[rows[:, None], np.minimum(columns, width - 1)]
    pairs, places = np.nonzero((values >= least[rows, None]) & (values > 0) & (columns < width))
    return rows[pairs], columns[pairs, places]


def _first(
    rows: NDArray[np.int64], columns: NDArray[np.int64], values: Dense, keep: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Cut sorted rows that hold more than `keep` to their largest values, in stable order."""
    counts = np.bincount(rows)
    if len(counts) == 0 or counts.max() <= keep:
        return rows, columns
    order = np.lexsort((-values, rows))
    place = np.arange(len(rows)) - np.repeat(np.cumsum(counts) - counts, counts)
    kept = np.sort(order[place < keep])
    return rows[kept], columns[kept]


def build(
    items: int,
    keep: int,
    target_rows: Callable[[slice], Dense],
    check: Callable[[], None],
    *,
    by_size: bool = False,
    only: NDArray[np.int64] | None = None,
) -> csr_matrix:
    """Weights from a function that gives dense rows per target; zeros and the diagonal are left out.

    Args:
        target_rows: slice of targets (of `only`, where given) -> (targets, items), a fresh array.
        only: the targets that are asked for, at least one; otherwise all.
        check: asked between blocks; may raise `Cancelled`.
    Returns:
        float32, (items, items): row = source, column = target.
    """
    from scipy.sparse import csr_matrix

    all_targets, all_sources, all_values = [], [], []
    asked = np.arange(items) if only is None else only
    for part in blocks(len(asked), items):
        check()
        own = asked[part]
        rows = target_rows(part)
        rows[np.arange(len(rows)), own] = 0
        targets, sources = keep_largest(rows, keep, by_size=by_size)
        all_targets.append(own[targets])
        all_sources.append(sources)
        all_values.append(rows[targets, sources])
    pairs = (np.concatenate(all_sources), np.concatenate(all_targets))
    return csr_matrix((np.concatenate(all_values), pairs), shape=(items, items), dtype=np.float32)


def fewer(weights: csr_matrix, keep: int) -> csr_matrix:
    """The largest `keep` values of each column, of weights that hold more."""
    from scipy.sparse import csc_matrix, csr_matrix

    columns = csc_matrix(weights)
    all_kept, all_targets = [], []
    for part in _parts(columns.indptr):
        own = slice(int(columns.indptr[part.start]), int(columns.indptr[part.stop]))
        targets = np.repeat(np.arange(part.stop - part.start), np.diff(columns.indptr[part.start : part.stop + 1]))
        kept_targets, kept = _first(targets, np.arange(len(targets)), columns.data[own], keep)
        all_targets.append(kept_targets + part.start)
        all_kept.append(kept + own.start)
    kept = np.concatenate(all_kept)
    pairs = (columns.indices[kept], np.concatenate(all_targets))
    return csr_matrix((columns.data[kept], pairs), shape=weights.shape, dtype=np.float32)


def _parts(starts: NDArray[np.int32]) -> Iterator[slice]:
    """Columns in runs of up to `BLOCK_CELLS` entries, or one column; `starts` as a sparse matrix has them."""
    begin, last = 0, len(starts) - 1
    while begin < last:
        end = int(np.searchsorted(starts, starts[begin] + BLOCK_CELLS, side="right")) - 1
        yield slice(begin, end := min(max(end, begin + 1), last))
        begin = end
