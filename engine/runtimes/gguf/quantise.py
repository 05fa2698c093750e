"""Q8_0: rows of numbers as blocks of 32 levels with one scale. Source: ggml's quantize_row_q8_0_ref."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

BLOCK = 32
"""Numbers of a block."""
BLOCK_BYTES = BLOCK + 2
"""One float16 scale, then a level of a byte for each number."""


def quantise(weight: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Q8_0 bytes, (rows, columns / 32 * 34), bit for bit as ggml's reference makes them (halves away from zero).

    A block whose scale is beyond float16, or with a number that is none, gets a scale that is no number
    (`scales_are_sound` tells).

    Raises:
        ValueError: the innermost side is no multiple of 32.
    """
    if weight.shape[-1] % BLOCK:
        raise ValueError(f"a side of {weight.shape[-1]} numbers does not fit into blocks of {BLOCK}")
    blocks = np.ascontiguousarray(weight, np.float32).reshape(-1, BLOCK)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        largest = np.maximum(blocks.max(axis=1, keepdims=True), -blocks.min(axis=1, keepdims=True))
        scale = np.abs(largest) / np.float32(127)  # of nothing but zeros, the largest may be -0
        inverse = np.where(scale > 0, np.float32(1) / scale, np.float32(0))
        exact = blocks * inverse
        whole = np.trunc(exact)
        exact -= whole  # what is behind the point: exact - whole has no error
        whole += np.copysign(np.abs(exact) >= np.float32(0.5), exact)
        packed = np.empty((len(blocks), BLOCK_BYTES), np.uint8)
        packed[:, :2] = scale.astype("<f2").view(np.uint8)
        packed[:, 2:] = whole.astype(np.int8).view(np.uint8)
    return packed.reshape(*weight.shape[:-1], -1)


def scales_are_sound(packed: NDArray[np.uint8]) -> bool:
    """Whether every block of Q8_0 bytes has a scale that is a number."""
    scales = np.ascontiguousarray(packed.reshape(-1, BLOCK_BYTES)[:, :2]).view("<f2")
    return bool(np.isfinite(scales).all())
