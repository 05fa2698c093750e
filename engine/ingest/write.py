"""Tables written for people: csv, tsv, xlsx, json, jsonl (all but xlsx also .gz), whole or not at all.

The file is written beside its place and moved there when it is complete. Cells that a spreadsheet would take for a
formula get an apostrophe in front in csv, tsv and xlsx: a message from a stranger must not run in somebody's
spreadsheet. Numbers stay as they are.
"""

from __future__ import annotations

import contextlib
import csv
import gzip
import io
import json
import os
import re
import secrets
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Protocol, Self, cast

from engine.errors import DiskFull, FileUnusable, FolderNotWritable
from engine.ingest.xlsx_writer import XlsxWriter

Cell = str | int | float | bool | None
FORMATS = (".csv", ".tsv", ".xlsx", ".json", ".jsonl", ".csv.gz", ".tsv.gz", ".json.gz", ".jsonl.gz")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[+-]?(\d+([.,]\d+)*|[.,]\d+)([eE][+-]?\d+)?%?")
_NO_SPACE_LEFT = 28
_QUOTA = 122


class RowWriter(Protocol):
    def row(self, cells: Sequence[Cell]) -> None: ...

    def finish(self) -> None: ...


def harmless(cell: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    if cell.startswith(_FORMULA_STARTS) and not _NUMBER.fullmatch(cell):
        return "'" + cell
    return cell


def cell_text(cell: Cell) -> str:
    """A cell as text: nothing for None, true and false in lower case."""
    if isinstance(cell, str):
        return cell
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return str(cell)


class TableWriter:
    """Writes rows to a new file: `with TableWriter(path, columns) as out: out.row([...])`.

    Leaving the block by an error leaves whatever stood at the path before.

    Raises:
        FileUnusable: the ending is none of `FORMATS`, the path is a folder, or xlsx cannot hold the row.
        FolderNotWritable, DiskFull.
    """

    def __init__(self, path: Path, columns: Sequence[str]) -> None:
        self.path = path
        ending = _ending(path)
        if path.is_dir():
            raise FileUnusable(path=str(path), reason="it is a folder; give the name of a file in it.")
        self._temporary = path.with_name(f".{path.name[:100]}.{secrets.token_hex(6)}.part")
        try:
            self._file: BinaryIO = self._temporary.open("xb")
        except OSError as problem:
            raise _told(problem, path) from problem
        try:
            with self._plain_errors():
                self._writer = _writer(ending, self._file, columns, path)
        except BaseException:
            self._drop()
            raise

    def row(self, cells: Sequence[Cell]) -> None:
        """Write one row; as many cells as there are columns."""
        with self._plain_errors():
            self._writer.row(cells)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            self._drop()
            return
        try:
            with self._plain_errors():
                self._writer.finish()
                self._file.flush()
                os.fsync(self._file.fileno())
                self._file.close()
                self._temporary.replace(self.path)
        except BaseException:
            self._drop()
            raise

    def _drop(self) -> None:
        # What packs or buffers wants to end before the file beneath is closed, though nothing of it stays.
        with contextlib.suppress(Exception):
            self._writer.finish()
        with contextlib.suppress(OSError):
            self._file.close()
        with contextlib.suppress(OSError):
            self._temporary.unlink()

    @contextlib.contextmanager
    def _plain_errors(self) -> Iterator[None]:
        try:
            yield
        except OSError as problem:
            raise _told(problem, self.path) from problem


def _told(problem: OSError, path: Path) -> Exception:
    if problem.errno in (_NO_SPACE_LEFT, _QUOTA):
        return DiskFull(path=str(path))
    if isinstance(problem, FileNotFoundError):
        return FileUnusable(path=str(path), reason="its folder does not exist.")
    if isinstance(problem, PermissionError):
        return FolderNotWritable(path=str(path.parent))
    return FileUnusable(path=str(path), reason=f"it cannot be written ({problem.strerror or problem}).")


def _ending(path: Path) -> str:
    name = path.name.lower()
    for ending in sorted(FORMATS, key=len, reverse=True):
        if name.endswith(ending):
            return ending
    raise FileUnusable(path=str(path), reason=f"its ending tells no format; use one of {', '.join(FORMATS[:5])}.")


def _writer(ending: str, file: BinaryIO, columns: Sequence[str], path: Path) -> RowWriter:
    if ending == ".xlsx":
        return XlsxWriter(file, [harmless(name) for name in columns], path, harmless)
    packed = ending.endswith(".gz")
    # No name and no time in the packing: the same rows make the same file.
    target = cast(BinaryIO, gzip.GzipFile(filename="", mode="wb", fileobj=file, mtime=0)) if packed else file
    kind = ending.removesuffix(".gz")
    if kind == ".csv":
        return _Delimited(target, columns, ",", packed)
    if kind == ".tsv":
        return _Delimited(target, columns, "\t", packed)
    return _Json(target, columns, packed, one_list=kind == ".json")


class _Text:
    """Text onto bytes: UTF-8; half characters, which no file can hold, become question marks."""

    def __init__(self, file: BinaryIO, packed: bool) -> None:
        self._file, self._packed = file, packed
        self.text = io.TextIOWrapper(file, encoding="utf-8", errors="replace", newline="")

    def finish(self) -> None:
        self.text.flush()
        self.text.detach()
        if self._packed:
            self._file.close()  # ends the gzip data; the file beneath stays open


class _LineFeeds:
    """Gives `csv.writer` its \\r\\n, so that it quotes cells with either of them, and writes \\n."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._write = text.write

    def write(self, line: str) -> int:
        return self._write(line[:-2] + "\n")


class _Delimited:
    def __init__(self, file: BinaryIO, columns: Sequence[str], delimiter: str, packed: bool) -> None:
        self._text = _Text(file, packed)
        self._rows = csv.writer(_LineFeeds(self._text.text), delimiter=delimiter, lineterminator="\r\n")
        self.row(columns)

    def row(self, cells: Sequence[Cell]) -> None:
        self._rows.writerow([harmless(cell) if isinstance(cell, str) else cell_text(cell) for cell in cells])

    def finish(self) -> None:
        self._text.finish()


class _Json:
    def __init__(self, file: BinaryIO, columns: Sequence[str], packed: bool, *, one_list: bool) -> None:
        self._text = _Text(file, packed)
        self._columns = list(columns)
        self._one_list = one_list
        self._any = False
        if one_list:
            self._text.text.write("[")

    def row(self, cells: Sequence[Cell]) -> None:
        record = json.dumps(dict(zip(self._columns, cells, strict=True)), ensure_ascii=False)
        if self._one_list:
            self._text.text.write((",\n" if self._any else "\n") + record)
        else:
            self._text.text.write(record + "\n")
        self._any = True

    def finish(self) -> None:
        if self._one_list:
            self._text.text.write("\n]\n")
        self._text.finish()
