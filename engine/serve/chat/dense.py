"""Nearest vectors among int8 rows: exactly in a small collection, by signatures first in a large one.

A signature is one bit per dimension, its sign. How many bits two signatures share tells their angle roughly (Charikar
2002, "Similarity estimation techniques from rounding algorithms"): the best few hundred by signature hold nearly all of
the truly nearest, and only their vectors are looked at. A signature takes 48 bytes where the vector takes 384.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

BLOCK_ROWS = 8192
SIGNATURE_BLOCK = 65_536
"""Rows compared at once: the working arrays stay in the cache of a core."""

Rows = NDArray[np.int64]


class VectorTable:
    """Vectors as they are stored: `ids` int64 (n,), `data` int8 (n, d), `scales` float32 (n,)."""

    def __init__(self, ids: Rows, data: NDArray[np.int8], scales: NDArray[np.float32]) -> None:
        self.ids = ids
        self.data = data
        self.scales = scales

    @property
    def size_bytes(self) -> int:
        return int(self.ids.nbytes + self.data.nbytes + self.scales.nbytes)

    def blocks(self) -> Iterator[VectorTable]:
        for start in range(0, len(self.ids), BLOCK_ROWS):
            part = slice(start, start + BLOCK_ROWS)
            yield VectorTable(self.ids[part], self.data[part], self.scales[part])

    def cosines(self, rows: Rows, query: NDArray[np.float32]) -> NDArray[np.float32]:
        """Cosine of some rows to a unit vector, float32 (rows,); -1 for a row without a vector."""
        found = (self.data[rows].astype(np.float32) @ query) * self.scales[rows]
        return np.where(self.scales[rows] > 0, found, np.float32(-1.0)).astype(np.float32)


class Signatures:
    """Signatures of many rows; `words` are one uint64 (n,) per 64 dimensions: column by column they compare fastest."""

    def __init__(self, words: Sequence[NDArray[np.uint64]]) -> None:
        self.words = words

    def __len__(self) -> int:
        return len(self.words[0]) if self.words else 0

    def nearest(self, asked: NDArray[np.uint64], count: int, allowed: NDArray[np.bool_] | None = None) -> Rows:
        """The rows that share the most bits with a vector.

        Args:
            asked: the vector's signature, uint64 (words,).
            count: how many rows to return; all of those that tie with the last one, up to twice as many.
            allowed: bool (n,); other rows are left out.
        Returns:
            Row numbers, int64, in ascending order.
        """
        n, bits = len(self), 64 * len(self.words)
        differ = np.empty(n, dtype=np.uint16)
        for start in range(0, n, SIGNATURE_BLOCK):
            part = slice(start, start + SIGNATURE_BLOCK)
            total = np.bitwise_count(self.words[0][part] ^ asked[0]).astype(np.uint16)
            for word, mine in zip(self.words[1:], asked[1:], strict=True):
                total += np.bitwise_count(word[part] ^ mine)
            differ[part] = total
        if allowed is not None:
            differ[~allowed] = bits + 1
        tally = np.cumsum(np.bincount(differ, minlength=bits + 2)[: bits + 1])
        limit = int(np.searchsorted(tally, count))
        rows = np.flatnonzero(differ <= min(limit, bits))
        if len(rows) > 2 * count:  # half of a small or odd collection may tie
            rows = np.sort(rows[np.argsort(differ[rows], kind="stable")[: 2 * count]])
        return rows


def nearest(
    blocks: Iterable[VectorTable],
    query: NDArray[np.float32],
    count: int,
    allowed: NDArray[np.int64] | None = None,
) -> list[tuple[int, float]]:
    """The rows with the largest cosine to a unit vector, every row looked at.

    Args:
        blocks: tables of any size, read once and one at a time.
        query: float32 (d,), length 1.
        count: how many to return.
        allowed: ids to choose from, ascending; None for all.
    Returns:
        (id, cosine), best first; rows without a vector (scale 0) are left out.
    """
    best_ids = np.empty(0, dtype=np.int64)
    best = np.empty(0, dtype=np.float32)
    for table in blocks:
        for block in table.blocks():
            known = block.scales > 0
            if allowed is not None:
                known &= among(block.ids, allowed)
            scores = (block.data.astype(np.float32) @ query) * block.scales
            best_ids = np.concatenate([best_ids, block.ids[known]])
            best = np.concatenate([best, scores[known]])
            if len(best) > count:
                keep = np.argpartition(-best, count - 1)[:count]
                best_ids, best = best_ids[keep], best[keep]
    return ordered(best_ids, best)


def ordered(ids: NDArray[np.int64], cosines: NDArray[np.float32], count: int | None = None) -> list[tuple[int, float]]:
    """(id, cosine), best first, ties by id; -1 stands for a row without a vector, which is left out."""
    known = cosines > -1.0
    ids, cosines = ids[known], cosines[known]
    order = np.lexsort((ids, -cosines))[:count]
    return [(int(ids[i]), float(cosines[i])) for i in order]


def among(ids: NDArray[np.int64], allowed: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which of the ids are in `allowed`, which is ascending."""
    if not len(allowed):
        return np.zeros(len(ids), dtype=bool)
    places = np.minimum(np.searchsorted(allowed, ids), len(allowed) - 1)
    return np.asarray(allowed[places] == ids)
