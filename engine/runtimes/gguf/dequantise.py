"""Weights of a GGUF file as 32-bit numbers, for teaching and merging. Source: ggml, ggml-quants.c, ggml-common.h."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from engine.runtimes.gguf.kinds import TENSOR_KINDS

Bytes = NDArray[np.uint8]
Floats = NDArray[np.float32]
KNOWN = ("F32", "F16", "BF16", "Q8_0", "Q4_0", "Q4_1", "Q5_0", "Q5_1", "Q4_K", "Q5_K", "Q6_K")
"""Kinds that can be turned back into numbers here."""


def dequantise(kind: int, packed: Bytes) -> Floats:
    """Numbers of packed bytes, float32 (numbers,).

    Args:
        kind: as a GGUF header numbers it.
        packed: uint8, whole blocks.
    Raises:
        KeyError: the kind is not among `KNOWN`.
    """
    name, _, size = TENSOR_KINDS[kind]
    if name == "F32":
        return packed.view("<f4").astype(np.float32)
    if name == "F16":
        return packed.view("<f2").astype(np.float32)
    if name == "BF16":
        return (packed.view("<u2").astype(np.uint32) << 16).view(np.float32)
    return _BLOCKS[name](packed.reshape(-1, size)).reshape(-1)


def _half(blocks: Bytes, at: int) -> Floats:
    """The 16-bit number at a place of each block, (blocks, 1)."""
    return np.ascontiguousarray(blocks[:, at : at + 2]).view("<f2").astype(np.float32)


def _nibbles(part: Bytes) -> Bytes:
    """Low halves of all bytes, then high ones."""
    return np.concatenate([part & 15, part >> 4], axis=1)


def _fifth_bits(blocks: Bytes, at: int) -> Bytes:
    """The 32 bits at a place of each block, as 0 or 16, (blocks, 32)."""
    bits = np.ascontiguousarray(blocks[:, at : at + 4]).view("<u4")
    return (((bits >> np.arange(32, dtype=np.uint32)) & 1) << 4).astype(np.uint8)


def _q8_0(blocks: Bytes) -> Floats:
    return _half(blocks, 0) * np.ascontiguousarray(blocks[:, 2:]).view(np.int8).astype(np.float32)


def _q4_0(blocks: Bytes) -> Floats:
    return _half(blocks, 0) * (_nibbles(blocks[:, 2:]).astype(np.float32) - 8)


def _q4_1(blocks: Bytes) -> Floats:
    return _half(blocks, 0) * _nibbles(blocks[:, 4:]).astype(np.float32) + _half(blocks, 2)


def _q5_0(blocks: Bytes) -> Floats:
    levels = _nibbles(blocks[:, 6:]) | _fifth_bits(blocks, 2)
    return _half(blocks, 0) * (levels.astype(np.float32) - 16)


def _q5_1(blocks: Bytes) -> Floats:
    levels = _nibbles(blocks[:, 8:]) | _fifth_bits(blocks, 4)
    return _half(blocks, 0) * levels.astype(np.float32) + _half(blocks, 2)


def _scales(packed: Bytes) -> tuple[Floats, Floats]:
    """Eight 6-bit scales and offsets out of 12 bytes, each (blocks, 8, 1)."""
    low, middle, high = packed[:, 0:4], packed[:, 4:8], packed[:, 8:12]
    scales = np.concatenate([low & 63, (high & 15) | ((low >> 6) << 4)], axis=1)
    offsets = np.concatenate([middle & 63, (high >> 4) | ((middle >> 6) << 4)], axis=1)
    return scales.astype(np.float32)[:, :, None], offsets.astype(np.float32)[:, :, None]


def _q4_k(blocks: Bytes) -> Floats:
    scales, offsets = _scales(blocks[:, 4:16])
    part = blocks[:, 16:].reshape(-1, 4, 32)
    levels = np.stack([part & 15, part >> 4], axis=2).reshape(-1, 8, 32)
    found: Floats = _half(blocks, 0)[:, :, None] * scales * levels - _half(blocks, 2)[:, :, None] * offsets
    return found


def _q5_k(blocks: Bytes) -> Floats:
    scales, offsets = _scales(blocks[:, 4:16])
    part = blocks[:, 48:].reshape(-1, 4, 32)
    levels = np.stack([part & 15, part >> 4], axis=2).reshape(-1, 8, 32)
    fifth = (blocks[:, None, 16:48] >> np.arange(8, dtype=np.uint8)[None, :, None]) & 1
    scaled: Floats = _half(blocks, 0)[:, :, None] * scales * (levels | (fifth << 4))
    return scaled - _half(blocks, 2)[:, :, None] * offsets


def _q6_k(blocks: Bytes) -> Floats:
    low = blocks[:, :128].reshape(-1, 2, 64)
    high = blocks[:, 128:192].reshape(-1, 2, 1, 32)
    four = np.stack([low[:, :, :32] & 15, low[:, :, 32:] & 15, low[:, :, :32] >> 4, low[:, :, 32:] >> 4], axis=2)
    two = (high >> np.array([0, 2, 4, 6], np.uint8)[None, None, :, None]) & 3
    levels = (four | (two << 4)).reshape(-1, 16, 16).astype(np.float32) - 32
    scales = np.ascontiguousarray(blocks[:, 192:208]).view(np.int8).astype(np.float32)[:, :, None]
    found: Floats = _half(blocks, 208)[:, :, None] * scales * levels
    return found


_BLOCKS: dict[str, Callable[[Bytes], Floats]] = {
    "Q8_0": _q8_0, "Q4_0": _q4_0, "Q4_1": _q4_1, "Q5_0": _q5_0, "Q5_1": _q5_1, "Q4_K": _q4_k, "Q5_K": _q5_k,
    "Q6_K": _q6_k,
}  # fmt: skip
