"""What texts of items mean, kept small: one signed byte per number, and a factor per item."""

from __future__ import annotations

import io
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

VECTORS = "vectors.npz"
BLOCK = 65_536


class ItemVectors(NamedTuple):
    """`bytes`: int8, (items, dimension); `scale`: float32, (items,), 0 for an item without text."""

    bytes: NDArray[np.int8]
    scale: NDArray[np.float32]

    def of(self, items: NDArray[np.int64]) -> NDArray[np.float32]:
        """float32, (items asked for, dimension), rows of length one or zero."""
        rows = self.bytes[items].astype(np.float32) * self.scale[items][:, None]
        length = np.linalg.norm(rows, axis=1, keepdims=True)
        return np.asarray(rows / np.where(length > 0, length, 1), np.float32)

    def cosines(self, query: NDArray[np.float32]) -> NDArray[np.float32]:
        """Of one or more directions with every item: (items,) or (items, queries).

        Args:
            query: float32, (dimension,) or (queries, dimension), rows of length one.
        """
        found = [
            (self.bytes[start : start + BLOCK].astype(np.float32) @ query.T)
            * (self.scale[start : start + BLOCK] if query.ndim == 1 else self.scale[start : start + BLOCK, None])
            for start in range(0, len(self.bytes), BLOCK)
        ]
        return np.concatenate(found).astype(np.float32) if found else np.empty(0, np.float32)

    def joined(self, other: ItemVectors) -> ItemVectors:
        return ItemVectors(np.concatenate([self.bytes, other.bytes]), np.concatenate([self.scale, other.scale]))


def shrink(vectors: NDArray[np.float32]) -> ItemVectors:
    """float32 rows of length one (or zero) as bytes."""
    largest = np.abs(vectors).max(axis=1, initial=0)
    scale = (largest / 127).astype(np.float32)
    whole = np.rint(vectors / np.where(scale > 0, scale, 1)[:, None]).astype(np.int8)
    return ItemVectors(whole, scale)


def vector_file(vectors: NDArray[np.float32]) -> bytes:
    """The file of a pack."""
    found = shrink(vectors)
    out = io.BytesIO()
    np.savez(out, allow_pickle=False, bytes=found.bytes, scale=found.scale)
    return out.getvalue()


def read_vectors(raw: bytes) -> ItemVectors:
    """Raises `ValueError`, `KeyError` and what else a damaged file brings."""
    with np.load(io.BytesIO(raw), allow_pickle=False) as arrays:
        found = ItemVectors(np.asarray(arrays["bytes"], np.int8), np.asarray(arrays["scale"], np.float32))
    if found.bytes.ndim != 2 or len(found.bytes) != len(found.scale):
        raise ValueError("the vectors do not fit")
    return found
