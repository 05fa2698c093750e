"""Reads the header of a GGUF file that may come from a stranger, in pure Python.

Every count and length is compared with a bound and with what the file holds before anything is read or kept for it, so
that no file costs more than a second or some megabytes. Nothing of the weights is read. What the header means for a
generator is told by engine/runtimes/gguf/facts.py. Source: ggml's docs/gguf.md and src/gguf.cpp.
"""

from __future__ import annotations

import os
import stat
import struct
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct

from engine.errors import FileMissing, GgufUnusable
from engine.packs.manifest import printable
from engine.runtimes.gguf import kinds
from engine.runtimes.gguf.window import EndOfFile, TooMuch, Window

MAGIC = b"GGUF"
VERSIONS = (2, 3)
MOST_READ = 32 << 20  # the largest vocabularies in use take 15 MB
MOST_VALUES = 4096
MOST_TENSORS = 32_768
MOST_KEY = 256
MOST_NAME = 63  # of a tensor; ggml keeps 64 bytes with the closing zero
MOST_TEXT = 8 << 20
MOST_ELEMENTS = 4 << 20
MOST_TEXTS = 1_500_000  # in all lists together; each has to be passed one by one
MOST_KEPT = 4096
DIMENSIONS = 4
MOST_NUMBERS = 1 << 44

Scalar = int | float | bool | str


class ArrayPlace(Struct, frozen=True):
    """An array that was passed over: the kind and number of its elements, and the byte where they begin."""

    kind: int
    count: int
    start: int
    longest: int = 0


class Tensor(Struct, frozen=True):
    """`shape` has the fastest dimension first; `offset` counts from the start of the weights."""

    name: str
    shape: tuple[int, ...]
    kind: int
    offset: int
    bytes: int

    @property
    def numbers(self) -> int:
        count = 1
        for length in self.shape:
            count *= length
        return count


class Header(Struct, frozen=True):
    """`values` holds single values and texts, `arrays` where each array lies, `numbers` the short arrays of numbers."""

    path: str
    size: int
    version: int
    values: dict[str, Scalar]
    arrays: dict[str, ArrayPlace]
    numbers: dict[str, tuple[float, ...]]
    tensors: tuple[Tensor, ...]
    weights_start: int


def read_header(path: Path) -> Header:
    """Read and check a header.

    Raises:
        FileMissing.
        GgufUnusable: with the first thing that is wrong and the byte where it stands.
    """
    if not path.exists():
        raise FileMissing(path=str(path))
    if not path.is_file():
        raise GgufUnusable(path=str(path), reason="it is not a regular file.")
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        with os.fdopen(os.open(path, flags), "rb", buffering=0) as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise GgufUnusable(path=str(path), reason="it is not a regular file.")
            return _Reader(path, file, status.st_size).read()
    except OSError as error:
        raise GgufUnusable(path=str(path), reason=f"it cannot be read ({error.strerror}).") from error


class _Reader:
    def __init__(self, path: Path, file: BinaryIO, size: int) -> None:
        self._path = str(path)
        self._window = Window(file, size, MOST_READ)
        self._values: dict[str, Scalar] = {}
        self._arrays: dict[str, ArrayPlace] = {}
        self._numbers: dict[str, tuple[float, ...]] = {}
        self._texts = 0

    def _bad(self, reason: str) -> GgufUnusable:
        return GgufUnusable(path=self._path, reason=reason)

    def read(self) -> Header:
        try:
            return self._read()
        except EndOfFile as error:
            raise self._bad(
                f"it is cut short: its header goes on after byte {error.at:,}, and the file has {self._window.size:,}."
            ) from error
        except TooMuch as error:
            raise self._bad(f"its header is longer than {MOST_READ >> 20} MB.") from error

    def _read(self) -> Header:
        window = self._window
        if window.size < 4 or window.take(4) != MAGIC:
            raise self._bad("it does not begin with “GGUF”, so it is no GGUF file.")
        version = window.u32()
        if version not in VERSIONS:
            swapped = int.from_bytes(version.to_bytes(4, "little"), "big")
            if swapped in VERSIONS:
                raise self._bad("it was written for machines with the other byte order.")
            raise self._bad(f"it has GGUF version {version}, and this program reads versions 2 and 3.")
        tensors, values = window.u64(), window.u64()
        if values > MOST_VALUES:
            raise self._bad(f"its header claims {values:,} values, and the most is {MOST_VALUES:,}.")
        if tensors > MOST_TENSORS:
            raise self._bad(f"its header claims {tensors:,} tensors, and the most is {MOST_TENSORS:,}.")
        for _ in range(values):
            self._read_value()
        return self._read_tensors(version, tensors)

    def _text(self, most: int, what: str) -> str:
        at = self._window.at
        length = self._window.u64()
        if length > most:
            raise self._bad(f"at byte {at:,}, {what} claims {length:,} bytes, and the most is {most:,}.")
        try:
            return self._window.take(length).decode("utf-8")
        except UnicodeDecodeError as error:
            raise self._bad(f"at byte {at:,}, {what} is no text.") from error

    def _read_value(self) -> None:
        at = self._window.at
        key = self._text(MOST_KEY, "the name of a value")
        if not key or key in self._values or key in self._arrays:
            what = f"“{printable(key)}” stands twice" if key else "a value has no name"
            raise self._bad(f"at byte {at:,}, {what} in its header.")
        kind = self._window.u32()
        if kind == kinds.ARRAY:
            self._read_array(key)
        elif kind == kinds.STRING:
            self._values[key] = self._text(MOST_TEXT, f"the value “{printable(key)}”")
        elif kind in kinds.VALUE_FORMATS:
            raw = self._window.take(kinds.VALUE_BYTES[kind])
            (self._values[key],) = struct.unpack(kinds.VALUE_FORMATS[kind], raw)
        else:
            raise self._bad(f"its value “{printable(key)}” is of the unknown kind {kind}.")

    def _read_array(self, key: str) -> None:
        window = self._window
        kind, count = window.u32(), window.u64()
        if count > MOST_ELEMENTS:
            raise self._bad(f"its list “{printable(key)}” claims {count:,} entries, and the most is {MOST_ELEMENTS:,}.")
        start = window.at
        if kind == kinds.STRING:
            self._texts += count
            if self._texts > MOST_TEXTS:
                raise self._bad(f"its lists claim more than {MOST_TEXTS:,} texts.")
            self._arrays[key] = ArrayPlace(kind, count, start, window.skip_strings(count))
        elif kind in kinds.VALUE_BYTES:
            size = count * kinds.VALUE_BYTES[kind]
            if count <= MOST_KEPT:
                raw = window.take(size)
                code = kinds.VALUE_FORMATS[kind][1:]
                self._numbers[key] = struct.unpack(f"<{count}{code}", raw)
            else:
                window.skip(size)
            self._arrays[key] = ArrayPlace(kind, count, start)
        else:
            raise self._bad(f"its list “{printable(key)}” holds entries of the unknown kind {kind}.")

    def _read_tensors(self, version: int, count: int) -> Header:
        window = self._window
        found: dict[str, Tensor] = {}
        for _ in range(count):
            one = self._read_tensor()
            if one.name in found:
                raise self._bad(f"its tensor “{printable(one.name)}” stands twice in its header.")
            found[one.name] = one
        alignment = self._alignment()
        start = -(-window.at // alignment) * alignment
        self._check_places(list(found.values()), start, alignment)
        return Header(
            path=self._path,
            size=window.size,
            version=version,
            values=self._values,
            arrays=self._arrays,
            numbers=self._numbers,
            tensors=tuple(found.values()),
            weights_start=start,
        )

    def _read_tensor(self) -> Tensor:
        window = self._window
        name = self._text(MOST_NAME, "the name of a tensor")
        shown = printable(name)
        dimensions = window.u32()
        if not 1 <= dimensions <= DIMENSIONS:
            raise self._bad(f"its tensor “{shown}” claims {dimensions:,} dimensions; a tensor has 1 to {DIMENSIONS}.")
        shape = struct.unpack(f"<{dimensions}Q", window.take(8 * dimensions))
        numbers = 1
        for length in shape:
            numbers *= length
            if not 1 <= length <= MOST_NUMBERS or numbers > MOST_NUMBERS:
                raise self._bad(f"its tensor “{shown}” claims an impossible shape.")
        kind, offset = window.u32(), window.u64()
        if kind not in kinds.TENSOR_KINDS:
            raise self._bad(f"its tensor “{shown}” is of the kind {kind}, which this program does not know.")
        _, block, size = kinds.TENSOR_KINDS[kind]
        if shape[0] % block:
            raise self._bad(f"its tensor “{shown}” has rows of {shape[0]:,} numbers, no multiple of {block}.")
        return Tensor(name, shape, kind, offset, numbers // block * size)

    def _alignment(self) -> int:
        alignment = self._values.get("general.alignment", 32)
        if type(alignment) is not int or not 1 <= alignment <= 1 << 16 or alignment & (alignment - 1):
            raise self._bad(f"its alignment is {alignment!r}, which is no power of two up to 65,536.")
        return alignment

    def _check_places(self, tensors: list[Tensor], start: int, alignment: int) -> None:
        """Each tensor lies within the file, on its alignment, and on no other tensor."""
        end, before = 0, ""
        for one in sorted(tensors, key=lambda tensor: tensor.offset):
            shown = printable(one.name)
            if one.offset % alignment:
                raise self._bad(f"its tensor “{shown}” begins at {one.offset:,}, no multiple of {alignment}.")
            if one.offset < end:
                raise self._bad(f"its tensors “{before}” and “{shown}” lie on each other.")
            end, before = one.offset + one.bytes, shown
            if start + end > self._window.size:
                raise self._bad(
                    f"it is cut short: its tensor “{shown}” ends at byte {start + end:,}, "
                    f"and the file has {self._window.size:,}."
                )
