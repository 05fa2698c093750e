"""The worker's side of labelling a file: hand the rows of a table to the host, in order and a batch at a time."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from engine.errors import ColumnsUnknown
from engine.ingest.tables.open_table import open_table
from engine.ingest.tables.table import Table
from engine.values import Rejection

REJECTED_KEPT = 100
_GROWING = ("json", "jsonl")  # later rows of these may bring new columns


class Link(Protocol):
    """What the worker's side of a job offers (engine/jobs/child.py)."""

    def report(self, done: int, total: int | None, stage: str, note: str = "") -> None: ...

    def send(self, item: Struct) -> None: ...


class TableSpec(Struct, frozen=True):
    """`path` as the bytes that the system knows it by; `needed` must be one of the columns."""

    path: bytes
    needed: str


class Columns(Struct, frozen=True):
    """Sent first: all columns of the table."""

    columns: tuple[str, ...]


class Rows(Struct, frozen=True):
    """`lines[i]` is where `rows[i]` began; each row has a cell per column. `position` of `size` bytes are read."""

    lines: list[int]
    rows: list[list[str]]
    position: int
    size: int


class TableRead(Struct, frozen=True):
    """`rejected` holds the first hundred rows that are no rows of this table."""

    rows: int
    rejected: tuple[Rejection, ...]
    rejected_count: int


def read_table(spec: TableSpec, link: Link) -> TableRead:
    """Send `Columns`, then `Rows` until the file ends.

    Raises:
        FileMissing, FileUnusable: nothing in the file can be used.
        ColumnsUnknown: the needed column is missing.
    """
    path = Path(os.fsdecode(spec.path))
    link.report(0, None, "look")
    table = open_table(path)
    if table.format in _GROWING:
        _read_through(table, link)
    if spec.needed not in table.columns:
        raise ColumnsUnknown(path=path.name, missing=spec.needed, columns=", ".join(table.columns))
    columns = tuple(table.columns)
    link.send(Columns(columns))
    rejected: list[Rejection] = []
    count = rows = 0

    def reject(line: int, code: str, reason: str) -> None:
        nonlocal count
        count += 1
        if len(rejected) < REJECTED_KEPT:
            rejected.append(Rejection(line=line, reason=reason, code=code))

    for batch in table.batches(reject):
        padded = [row + [""] * (len(columns) - len(row)) for row in batch.rows]
        rows += len(padded)
        link.send(Rows(list(batch.lines), padded, table.source.position, table.source.size))
    return TableRead(rows, tuple(rejected), count)


def _read_through(table: Table, link: Link) -> None:
    for _ in table.batches(lambda *_: None):
        link.report(table.source.position, table.source.size, "look")
