"""GGUF files of the pipeline: the engine's writer, and a small reader for files that it wrote."""

from __future__ import annotations

import struct
import sys
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from engine.runtimes.gguf import dequantise as kinds_back
from engine.runtimes.gguf.kinds import ARRAY, STRING, TENSOR_KINDS, VALUE_FORMATS
from engine.runtimes.gguf.kinds import I32 as INT32
from engine.runtimes.gguf.quantise import quantise
from engine.runtimes.gguf.writer import ALIGNMENT, F16, F32, MAGIC, Q8_0, VERSION, Typed, write

__all__ = ["ALIGNMENT", "F16", "F32", "INT32", "Q8_0", "STRING", "Typed", "dequantise", "quantise", "read", "write"]


def dequantise(packed: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Float32 weights of Q8_0 bytes, (rows, bytes of a row)."""
    return kinds_back.dequantise(Q8_0, packed.reshape(-1)).reshape(*packed.shape[:-1], -1)


def _read(file: BinaryIO, form: str) -> Any:
    return struct.unpack(form, file.read(struct.calcsize(form)))[0]


def _read_value(file: BinaryIO, kind: int) -> Any:
    if kind == STRING:
        return file.read(_read(file, "<Q")).decode()
    if kind == ARRAY:
        inner, count = _read(file, "<I"), _read(file, "<Q")
        return [_read_value(file, inner) for _ in range(count)]
    return _read(file, VALUE_FORMATS[kind])


def read(path: Path) -> tuple[dict[str, Any], dict[str, NDArray[np.float32]]]:
    """Metadata and tensors as float32. For files written here; others are read by the engine, which trusts nothing.

    Raises:
        ValueError: not such a file.
    """
    with path.open("rb") as file:
        if file.read(4) != MAGIC or _read(file, "<I") != VERSION:
            raise ValueError(f"{path} is not a GGUF file of version {VERSION}")
        tensor_count, entry_count = _read(file, "<Q"), _read(file, "<Q")
        metadata = {}
        for _ in range(entry_count):
            name = _read_value(file, STRING)
            metadata[name] = _read_value(file, _read(file, "<I"))
        listed = []
        for _ in range(tensor_count):
            name = _read_value(file, STRING)
            shape = [_read(file, "<Q") for _ in range(_read(file, "<I"))][::-1]
            listed.append((name, shape, _read(file, "<I"), _read(file, "<Q")))
        start = (file.tell() + ALIGNMENT - 1) // ALIGNMENT * ALIGNMENT
        tensors = {}
        for name, shape, kind, place in listed:
            if kind not in (F32, F16, Q8_0):
                raise ValueError(f"{path}: tensor {name} has the kind {kind}, which is not read here")
            _, block, size = TENSOR_KINDS[kind]
            file.seek(start + place)
            packed = np.frombuffer(file.read(int(np.prod(shape)) // block * size), np.uint8)
            tensors[name] = kinds_back.dequantise(kind, packed).reshape(shape)
    return metadata, tensors
