"""Writes GGUF files, tensor by tensor or in pieces of one, so that no more than a piece is in memory.

Version 3, little-endian: magic, version, number of tensors, number of values, the values, the tensors' names, shapes,
kinds and places, then the weights, each tensor at a multiple of 32 bytes. Shapes are written innermost side first.
Source: docs/gguf.md of ggml-org/ggml. The reader for strangers' files is engine/runtimes/gguf/header.py.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from engine.runtimes.gguf import kinds

MAGIC, VERSION, ALIGNMENT = b"GGUF", 3, 32
F32, F16, Q8_0 = 0, 1, 8


class Typed:
    """A value whose kind cannot be told from Python's: an int as I32, say, or a list of such, or an empty list."""

    def __init__(self, kind: int, value: Any) -> None:
        self.kind, self.value = kind, value


class Planned(Struct, frozen=True):
    """A tensor to be written; `shape` has the rows first, `kind` is F32, F16, Q8_0 or another of kinds.py."""

    name: str
    shape: tuple[int, ...]
    kind: int

    @property
    def bytes(self) -> int:
        _, block, size = kinds.TENSOR_KINDS[self.kind]
        numbers = 1
        for length in self.shape:
            numbers *= length
        return numbers // block * size


def header_bytes(values: Mapping[str, Any], tensors: Sequence[Planned]) -> bytes:
    """Everything before the weights, filled up to the alignment.

    Args:
        values: bool, int (32 bits without sign), float (32 bits), str, lists of such, or `Typed`.
    """
    parts = [MAGIC, struct.pack("<IQQ", VERSION, len(tensors), len(values))]
    parts += [_string(name) + _value(value) for name, value in values.items()]
    place = 0
    for one in tensors:
        sides = tuple(reversed(one.shape))
        parts.append(_string(one.name) + struct.pack(f"<I{len(sides)}Q", len(sides), *sides))
        parts.append(struct.pack("<IQ", one.kind, place))
        place += _filled(one.bytes)
    head = b"".join(parts)
    return head + bytes(_filled(len(head)) - len(head))


def file_bytes(values: Mapping[str, Any], tensors: Sequence[Planned]) -> int:
    """How long the file will be."""
    return len(header_bytes(values, tensors)) + sum(_filled(one.bytes) for one in tensors)


class GgufWriter:
    """Writes a file under another name; it takes its place when the block ends, and is gone if that ends badly.

        with GgufWriter(path, values, planned) as writer:
            for piece in ...: writer.add(piece)

    Pieces are given in the order of `tensors`, each tensor in one or more of them.
    """

    def __init__(self, path: Path, values: Mapping[str, Any], tensors: Sequence[Planned]) -> None:
        self._path, self._new = path, path.with_name(path.name + ".new")
        self._tensors = list(tensors)
        self._at = self._written = 0  # the tensor being written, and how much of it is
        self._head = header_bytes(values, tensors)
        self._file: BinaryIO

    def __enter__(self) -> Self:
        self._file = self._new.open("wb")
        self._file.write(self._head)
        return self

    def add(self, piece: NDArray[Any]) -> None:
        """Write the next piece.

        Raises:
            ValueError: it is more than was planned.
            OSError.
        """
        content = np.ascontiguousarray(piece)
        self._written += content.nbytes
        if self._at >= len(self._tensors) or self._written > self._tensors[self._at].bytes:
            raise ValueError("more was given than the header says")
        self._file.write(content.data.cast("B"))
        one = self._tensors[self._at]
        if self._written == one.bytes:
            self._file.write(bytes(_filled(one.bytes) - one.bytes))
            self._at, self._written = self._at + 1, 0

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                if self._at != len(self._tensors):
                    raise ValueError(f"the tensor {self._tensors[self._at].name} was not given in full")
                self._file.flush()
                os.fsync(self._file.fileno())
        finally:
            self._file.close()
            if kind is not None or self._at != len(self._tensors):
                self._new.unlink(missing_ok=True)
        if kind is None:
            self._new.replace(self._path)


def write(path: Path, values: Mapping[str, Any], tensors: Mapping[str, tuple[int, NDArray[Any]]]) -> None:
    """Write a file whose weights are all in memory.

    Args:
        tensors: name to (kind, array): numbers of that kind, or packed bytes, uint8 (rows, bytes of a row).
    """
    planned = [Planned(name, _shape(kind, array), kind) for name, (kind, array) in tensors.items()]
    with GgufWriter(path, values, planned) as writer:
        for _, array in tensors.values():
            writer.add(array)


def _shape(kind: int, array: NDArray[Any]) -> tuple[int, ...]:
    _, block, size = kinds.TENSOR_KINDS[kind]
    if block == 1:
        return tuple(array.shape)
    return (*array.shape[:-1], array.shape[-1] // size * block)


def _filled(count: int) -> int:
    return -(-count // ALIGNMENT) * ALIGNMENT


def _string(text: str) -> bytes:
    encoded = text.encode("utf-8", "surrogateescape")  # as values.py reads what is no UTF-8
    return struct.pack("<Q", len(encoded)) + encoded


def _kind_of(value: Any) -> int:
    if isinstance(value, bool):
        return kinds.BOOL
    if isinstance(value, int):
        return kinds.U32
    if isinstance(value, float):
        return kinds.F32
    if isinstance(value, str):
        return kinds.STRING
    raise TypeError(f"GGUF values have no kind for {type(value).__name__}")


def _value(value: Any) -> bytes:
    kind = None
    if isinstance(value, Typed):
        kind, value = value.kind, value.value
    if isinstance(value, Sequence) and not isinstance(value, str):
        inner = kind if kind is not None else _kind_of(value[0])
        head = struct.pack("<IIQ", kinds.ARRAY, inner, len(value))
        if inner == kinds.STRING:
            return head + b"".join(map(_string, value))
        return head + struct.pack(f"<{len(value)}{kinds.VALUE_FORMATS[inner][1:]}", *value)
    kind = kind if kind is not None else _kind_of(value)
    body = _string(value) if kind == kinds.STRING else struct.pack(kinds.VALUE_FORMATS[kind], value)
    return struct.pack("<I", kind) + body
