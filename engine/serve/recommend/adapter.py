"""An adapter of the encoder for one shop or library: a low-rank correction of its vectors, learned from behaviour.

    adapted(x) = unit(x + (x D) U)

What people take together need not read alike; the correction moves the texts of such items nearer. The encoder itself
stays as it is, so an item that comes later is encoded as ever and corrected by two small products.
"""

from __future__ import annotations

import io
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

ADAPTER = "adapter.npz"
Dense = NDArray[np.float32]


class TextAdapter(NamedTuple):
    """`down`: float32, (dimension, rank); `up`: float32, (rank, dimension)."""

    down: Dense
    up: Dense

    def of(self, vectors: Dense) -> Dense:
        """Corrected vectors, (rows, dimension), of length one; a zero row stays zero."""
        moved = vectors + (vectors @ self.down) @ self.up
        length = np.linalg.norm(moved, axis=1, keepdims=True)
        return np.asarray(moved / np.where(length > 0, length, 1), np.float32)


def adapter_file(adapter: TextAdapter) -> bytes:
    """The file of a pack, 16-bit numbers."""
    out = io.BytesIO()
    np.savez(out, allow_pickle=False, down=adapter.down.astype(np.float16), up=adapter.up.astype(np.float16))
    return out.getvalue()


def read_adapter(raw: bytes, dimension: int) -> TextAdapter:
    """Open it; raises `ValueError` where it does not fit the vectors."""
    with np.load(io.BytesIO(raw), allow_pickle=False) as arrays:
        found = TextAdapter(np.asarray(arrays["down"], np.float32), np.asarray(arrays["up"], np.float32))
    if found.down.ndim != 2 or found.up.shape != found.down.shape[::-1] or len(found.down) != dimension:
        raise ValueError("the adapter does not fit the vectors")
    if not (np.isfinite(found.down).all() and np.isfinite(found.up).all()):
        raise ValueError("the adapter holds numbers that are none")
    return found
