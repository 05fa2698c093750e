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

COARSE = 13
"""Times as many rows as are looked at in the end are taken by counting signs."""

Rows = NDArray[np.int64]
_SIGNS_OF_BYTES = np.unpackbits(np.arange(256, dtype=np.uint8)[:, None], axis=1).astype(np.float32) * 2 - 1
"""float32 (256, 8): 1 for a set bit and -1 for none, the highest bit first."""


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

    def nearest(self, query: NDArray[np.float32], count: int, allowed: NDArray[np.bool_] | None = None) -> Rows:
        """The rows whose signatures are most like a vector.

        The vector's own signature finds `COARSE` times as many rows; of these, each sign counts as much as the vector
        is large there, which tells far more than counting signs.

        Args:
            query: float32 (d,), of length one.
            count: how many rows to return.
            allowed: bool (n,); other rows are left out.
        Returns:
            Row numbers, int64, in ascending order.
        """
        rows = self._like(query, COARSE * count, allowed)
        if len(rows) <= count:
            return rows
        bits = np.stack([word[rows] for word in self.words], axis=1).view(np.uint8)
        padded = np.zeros(8 * bits.shape[1], dtype=np.float32)
        padded[: len(query)] = query
        weights = padded.reshape(-1, 8) @ _SIGNS_OF_BYTES.T  # (bytes, 256): what each value of a byte adds
        told = np.zeros(len(rows), dtype=np.float32)
        for place, values in enumerate(weights):
            told += values[bits[:, place]]
        return np.sort(rows[np.argpartition(-told, count - 1)[:count]])

    def _like(self, query: NDArray[np.float32], count: int, allowed: NDArray[np.bool_] | None) -> Rows:
        """The rows that share the most bits with a vector's signature, with all that tie with the last of them."""
        n, most = len(self), 64 * len(self.words)
        bits = np.packbits(query > 0)
        asked = np.pad(bits, (0, 8 * len(self.words) - len(bits))).view(np.uint64)
        differ = np.empty(n, dtype=np.uint16)
        for start in range(0, n, SIGNATURE_BLOCK):
            part = slice(start, start + SIGNATURE_BLOCK)
            total = np.bitwise_count(self.words[0][part] ^ asked[0]).astype(np.uint16)
            for word, mine in zip(self.words[1:], asked[1:], strict=True):
                total += np.bitwise_count(word[part] ^ mine)
            differ[part] = total
        if allowed is not None:
            differ[~allowed] = most + 1
        tally = np.cumsum(np.bincount(differ, minlength=most + 2)[: most + 1])
        limit = int(np.searchsorted(tally, count))
        return np.flatnonzero(differ <= min(limit, most))


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
