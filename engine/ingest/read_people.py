"""The work of reading a list of people from a table, done in a worker (see import_table.py for why)."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from engine.errors import ColumnsUnknown, FileUnusable
from engine.ingest.tables.open_table import open_table
from engine.values import Rejection

NAMES = ("user", "user_id", "userid", "person", "customer", "customer_id", "id")
REJECTED_KEPT = 100


class Link(Protocol):
    """What the worker's side of a job offers (engine/jobs/child.py)."""

    def report(self, done: int, total: int | None, stage: str, note: str = "") -> None: ...

    def send(self, item: Struct) -> None: ...


class PeopleSpec(Struct, frozen=True):
    """`path` as the bytes that the system knows it by."""

    path: bytes


class People(Struct, frozen=True):
    """Ids as they stand in the file, with their lines; rows without one are left out."""

    lines: tuple[int, ...]
    users: tuple[str, ...]


class PeopleRead(Struct, frozen=True):
    """Rows that could not be used."""

    rejected: tuple[Rejection, ...]
    rejected_count: int


def read_people(spec: PeopleSpec, link: Link) -> PeopleRead:
    """Send the column with people (one of `NAMES`, or the only column) batch by batch.

    Raises:
        FileMissing, FileUnusable, ColumnsUnknown.
    """
    path = Path(os.fsdecode(spec.path))
    link.report(0, None, "look")
    table = open_table(path)
    column = _column(table.columns, path)
    rejected: list[Rejection] = []
    count, found = 0, 0

    def reject(line: int, code: str, reason: str) -> None:
        nonlocal count
        count += 1
        if len(rejected) < REJECTED_KEPT:
            rejected.append(Rejection(line=line, reason=reason, code=code))

    for batch in table.batches(reject):
        lines, users = [], []
        for line, row in zip(batch.lines, batch.rows, strict=True):
            user = row[column].strip() if column < len(row) else ""
            if user:
                lines.append(line)
                users.append(user)
            else:
                reject(line, "empty", "has no user")
        found += len(users)
        link.send(People(tuple(lines), tuple(users)))
        link.report(table.source.position, table.source.size, "read")
    if not found:
        raise FileUnusable(path=str(path), reason="no row of it names a user.")
    return PeopleRead(tuple(rejected), count)


def _column(columns: list[str], path: Path) -> int:
    lowered = [column.strip().lower() for column in columns]
    for name in NAMES:
        if name in lowered:
            return lowered.index(name)
    if len(columns) == 1:
        return 0
    raise ColumnsUnknown(path=str(path), missing="user", columns=", ".join(columns))
