"""Nearest vectors among int8 rows, in blocks, so that memory stays small whatever the collection's size."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

BLOCK_ROWS = 8192


class VectorTable:
    """All vectors of a collection: `ids` int64 (n,), `data` int8 (n, d), `scales` float32 (n,)."""

    def __init__(self, ids: NDArray[np.int64], data: NDArray[np.int8], scales: NDArray[np.float32]) -> None:
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


def nearest(blocks: Iterable[VectorTable], query: NDArray[np.float32], count: int) -> list[tuple[int, float]]:
    """The rows with the largest cosine to a unit vector.

    Args:
        blocks: tables of any size, read once and one at a time.
        query: float32 (d,), length 1.
        count: how many to return.
    Returns:
        (id, cosine), best first; rows without a vector (scale 0) are left out.
    """
    best_ids = np.empty(0, dtype=np.int64)
    best = np.empty(0, dtype=np.float32)
    for table in blocks:
        for block in table.blocks():
            scores = (block.data.astype(np.float32) @ query) * block.scales
            known = block.scales > 0
            best_ids = np.concatenate([best_ids, block.ids[known]])
            best = np.concatenate([best, scores[known]])
            if len(best) > count:
                keep = np.argpartition(-best, count - 1)[:count]
                best_ids, best = best_ids[keep], best[keep]
    order = np.lexsort((best_ids, -best))
    return [(int(best_ids[i]), float(best[i])) for i in order]
