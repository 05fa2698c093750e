"""The weights of a folder: safetensors files, one or several, read row by row.

Every length and place in a header is compared with a bound and with the file before it is used. Source: the format's
description in huggingface/safetensors (README.md). Only the JSON of the header is parsed here; numbers are copied.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from types import TracebackType
from typing import Any, BinaryIO, Self

import msgspec
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from engine.packs.manifest import printable
from engine.runtimes.convert.folder import INDEX, PICKLED, Folder

MOST_HEADER = 16 << 20
MOST_TENSORS = 32_768
MOST_SHARDS = 1024
MOST_SIDES = 8
MOST_NUMBERS = 1 << 44
KINDS = {"F64": 8, "F32": 4, "F16": 2, "BF16": 2}
"""Kinds of numbers that are read, with their bytes."""
ENDING = ".safetensors"


class _Entry(Struct):
    dtype: str = ""
    shape: tuple[int, ...] = ()
    data_offsets: tuple[int, int] = (0, 0)


class Stored(Struct, frozen=True):
    """A tensor in a file; `shape` has the rows first, `start` is its first byte in the file."""

    name: str
    file: str
    dtype: str
    shape: tuple[int, ...]
    start: int

    @property
    def columns(self) -> int:
        return self.shape[-1] if len(self.shape) > 1 else 1


class Shards:
    """The tensors of a folder by name; files stay open until the block ends.

    Raises:
        GgufUnusable: there are no safetensors, or their headers are wrong.
    """

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self.tensors: dict[str, Stored] = {}
        self._open: dict[str, BinaryIO] = {}
        names, wanted = _files(folder)
        try:
            for name in names:
                for one in self._header(name):
                    if one.name in self.tensors:
                        raise folder.bad(f"its tensor “{printable(one.name)}” stands in two places.")
                    self.tensors[one.name] = one
            for tensor, name in wanted.items():
                if tensor not in self.tensors or self.tensors[tensor].file != name:
                    raise folder.bad(f"its {INDEX} says that {name} holds “{printable(tensor)}”; it does not.")
        except BaseException:
            self.close()
            raise

    def _header(self, name: str) -> Iterator[Stored]:
        file, size = self._folder.open(name)
        self._open[name] = file
        length = int.from_bytes(file.read(8), "little")
        if size < 8 or length > size - 8:
            raise self._folder.bad(f"its file {name} is cut short: its header claims {length:,} of {size:,} bytes.")
        if length > MOST_HEADER:
            raise self._folder.bad(f"its file {name} has a header of {length:,} bytes; the most is {MOST_HEADER:,}.")
        try:
            entries = msgspec.json.decode(file.read(length), type=dict[str, _Entry])
        except (msgspec.DecodeError, msgspec.ValidationError, UnicodeDecodeError, RecursionError) as error:
            said = printable(" ".join(str(error).split()), 200).rstrip(".")
            raise self._folder.bad(f"the header of its file {name} cannot be read ({said}).") from error
        entries.pop("__metadata__", None)
        if len(entries) > MOST_TENSORS:
            raise self._folder.bad(f"its file {name} has {len(entries):,} tensors; the most is {MOST_TENSORS:,}.")
        end = 0
        for tensor, entry in sorted(entries.items(), key=lambda item: item[1].data_offsets):
            self._check(name, tensor, entry, end, size - 8 - length)
            end = entry.data_offsets[1]
            yield Stored(tensor, name, entry.dtype, entry.shape, 8 + length + entry.data_offsets[0])

    def _check(self, name: str, tensor: str, entry: _Entry, end: int, size: int) -> None:
        shown = f"its tensor “{printable(tensor)}” in {name}"
        first, last = entry.data_offsets
        if first < 0 or last < first:
            raise self._folder.bad(f"{shown} begins at {first:,} and ends at {last:,}, which cannot be.")
        if last > size:
            raise self._folder.bad(f"{shown} ends at byte {last:,} of the weights, which have {size:,}.")
        if first < end:
            raise self._folder.bad(f"{shown} lies on another tensor.")
        if len(entry.shape) > MOST_SIDES or any(not 0 <= side <= MOST_NUMBERS for side in entry.shape):
            raise self._folder.bad(f"{shown} claims an impossible shape.")
        width = KINDS.get(entry.dtype)
        if width is not None and math.prod(entry.shape) * width != last - first:
            shape = " x ".join(map(str, entry.shape)) or "1"
            raise self._folder.bad(f"{shown} is {shape} numbers of {entry.dtype}, and has {last - first:,} bytes.")

    def rows(self, one: Stored, first: int, count: int) -> NDArray[np.float32]:
        """Rows of a tensor of one or two sides, float32 (rows, columns) or (rows,).

        Raises:
            GgufUnusable: the file ends before, or numbers of this kind are not read.
        """
        width = KINDS.get(one.dtype)
        if width is None:
            raise self._folder.bad(
                f"its tensor “{printable(one.name)}” has numbers of the kind {printable(one.dtype)}; "
                f"{', '.join(KINDS)} can be turned into a generator."
            )
        numbers = count * one.columns
        raw = np.empty(numbers * width, np.uint8)
        file, done = self._open[one.file], 0
        try:
            file.seek(one.start + first * one.columns * width)
            while done < len(raw):
                got = file.readinto(raw.data[done:])  # type: ignore[attr-defined]  # an unbuffered file has it
                if not got:
                    raise self._folder.bad(f"its file {one.file} ends within “{printable(one.name)}”.")
                done += got
        except OSError as error:
            raise self._folder.bad(f"its file {one.file} cannot be read ({error.strerror}).") from error
        shape = (count, one.columns) if len(one.shape) > 1 else (count,)
        return _floats(raw, one.dtype).reshape(shape)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        for file in self._open.values():
            file.close()


def _floats(raw: NDArray[np.uint8], dtype: str) -> NDArray[np.float32]:
    if dtype == "BF16":  # the upper half of a float32
        wide = raw.view("<u2").astype(np.uint32)
        wide <<= 16
        return wide.view(np.float32)
    form = {"F64": "<f8", "F32": "<f4", "F16": "<f2"}[dtype]
    with np.errstate(over="ignore"):  # what is beyond float32 becomes infinite, and is refused where it is packed
        return raw.view(form).astype(np.float32, copy=False)


def _files(folder: Folder) -> tuple[list[str], dict[str, str]]:
    """The files with weights, and which tensor the index expects in which."""
    present = folder.names()
    if "adapter_config.json" in present or "adapter_model.safetensors" in present:
        raise folder.bad("it is an adapter for another model and no model of its own.")
    if INDEX in present:
        return _indexed(folder, present)
    found = [name for name in present if name.endswith(ENDING) and not name.startswith("consolidated")]
    if "model.safetensors" in found:
        return ["model.safetensors"], {}
    if len(found) == 1:
        return found, {}
    if found:
        raise folder.bad(f"it has {len(found)} safetensors files and no {INDEX} that says how they belong together.")
    pickled = [name for name in present if name.endswith(PICKLED) and not name.startswith("training_args")]
    if pickled:
        raise folder.bad(
            f"its weights are pickled Python ({printable(pickled[0])}), which can run a stranger's code when it is "
            "opened; take the same model as safetensors."
        )
    raise folder.bad("it holds no weights (no .safetensors file).")


def _indexed(folder: Folder, present: list[str]) -> tuple[list[str], dict[str, str]]:
    index: Any = folder.json(INDEX, dict[str, Any], MOST_HEADER).get("weight_map")
    if not isinstance(index, dict) or not index or not all(isinstance(one, str) for one in index.values()):
        raise folder.bad(f"its {INDEX} has no “weight_map” from tensors to files.")
    names = sorted(set(index.values()))
    if len(names) > MOST_SHARDS:
        raise folder.bad(f"its {INDEX} names {len(names):,} files; the most is {MOST_SHARDS:,}.")
    for name in names:
        if not name.endswith(ENDING) or "/" in name or "\\" in name or "\0" in name:
            raise folder.bad(f"its {INDEX} names “{printable(name)}”, which is no safetensors file beside it.")
        if name not in present:
            raise folder.bad(f"its file {printable(name)} is missing; {INDEX} names it.")
    return names, index
