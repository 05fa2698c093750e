"""Lists for many people, written as jsonl: whole or not at all."""

from __future__ import annotations

import contextlib
import csv
import errno
import io
import os
import secrets
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from engine.api import RankedItem
from engine.errors import DiskFull, FileUnusable, FolderNotWritable
from engine.ingest.write import harmless
from engine.values import Rejection

REJECTED_KEPT = 100
COLUMNS = ("user", "place", "item", "title", "score", "reason")


class Strangers:
    """People of the file that the model does not know: all are counted, the first are kept."""

    def __init__(self, model: str) -> None:
        self._model = model
        self.rejected: list[Rejection] = []
        self.count = 0

    def add(self, line: int, user: str) -> None:
        self.count += 1
        if len(self.rejected) < REJECTED_KEPT:
            reason = f"there is no person named {user} in {self._model}"
            self.rejected.append(Rejection(line=line, reason=reason, code="unknown_user"))


class ListsWriter:
    """One line per person: `user`, `items` (fields of `RankedItem`); into a .csv one line per item (`COLUMNS`). Written
    beside its place and moved there.

    Raises:
        FileUnusable, FolderNotWritable, DiskFull.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.count = 0
        self._encoder = msgspec.json.Encoder()
        self._as_csv = path.suffix.casefold() == ".csv"
        if path.is_dir():
            raise FileUnusable(path=str(path), reason="it is a folder; give the name of a file in it.")
        self._temporary = path.with_name(f".{path.name[:100]}.{secrets.token_hex(6)}.part")
        with self._plain_errors():
            self._file = self._temporary.open("xb")
            if self._as_csv:
                self._file.write(_csv_lines([COLUMNS]))

    def write(self, user: str, items: tuple[RankedItem, ...]) -> None:
        if self._as_csv:
            rows = [
                (
                    harmless(user),
                    str(place),
                    harmless(item.item),
                    harmless(item.title),
                    f"{item.score:g}",
                    harmless(item.reason),
                )
                for place, item in enumerate(items, 1)
            ]
            line = _csv_lines(rows)
        else:
            line = self._encoder.encode({"user": user, "items": items}) + b"\n"
        with self._plain_errors():
            self._file.write(line)
        self.count += 1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                with self._plain_errors():
                    self._file.flush()
                    os.fsync(self._file.fileno())
                    self._file.close()
                    self._temporary.replace(self.path)
        finally:
            with contextlib.suppress(OSError):
                self._file.close()
            self._temporary.unlink(missing_ok=True)

    @contextlib.contextmanager
    def _plain_errors(self) -> Iterator[None]:
        try:
            yield
        except FileNotFoundError as problem:
            raise FileUnusable(path=str(self.path), reason="its folder does not exist.") from problem
        except OSError as problem:
            if problem.errno in (errno.ENOSPC, errno.EDQUOT):
                raise DiskFull(path=str(self.path)) from problem
            if problem.errno in (errno.EACCES, errno.EROFS, errno.EPERM):
                raise FolderNotWritable(path=str(self.path.parent)) from problem
            reason = f"it cannot be written ({problem.strerror or problem})."
            raise FileUnusable(path=str(self.path), reason=reason) from problem


def _csv_lines(rows: Iterable[tuple[str, ...]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode("utf-8")
