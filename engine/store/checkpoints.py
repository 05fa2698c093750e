"""Trainings under way: their last checkpoint, so that a training goes on after a crash or a power cut.

A checkpoint is the whole state of the training as one blob. It is replaced in one transaction; the one before is kept
until the new one is committed.

There is at most one per skill: a new training of a skill takes the place of an interrupted one with its first
checkpoint. The request is kept as it was settled (method and options chosen), so that going on chooses nothing anew.
"""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import Struct

from engine.api import TrainClassifier, TrainEntities, TrainGenerator
from engine.errors import UnknownName
from engine.store import audit
from engine.store.connection import Store

SCHEMA = """
CREATE TABLE checkpoints (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    pack TEXT NOT NULL,
    task TEXT NOT NULL,
    method TEXT NOT NULL,
    request BLOB NOT NULL,
    epoch REAL NOT NULL,
    saved TEXT NOT NULL,
    body BLOB NOT NULL
) STRICT;
"""


class StoredCheckpoint(Struct, frozen=True):
    """`body` is what the training sent; `epoch` counts passes over the data so far; `data` marks the state of the data
    set that it was made from."""

    id: int
    pack: str
    task: str
    method: str
    epoch: float
    saved: str
    request: TrainClassifier | TrainEntities | TrainGenerator
    body: bytes = b""
    data: str = ""


class _Kept(Struct, array_like=True):
    request: TrainClassifier | TrainEntities | TrainGenerator
    data: str


def save(
    store: Store,
    key: int | None,
    *,
    pack: str,
    task: str,
    method: str,
    request: TrainClassifier | TrainEntities | TrainGenerator,
    epoch: float,
    body: bytes,
    data: str = "",
) -> int:
    """Keep a checkpoint in place of the one before, in one transaction.

    Args:
        key: the row to replace; None replaces that of the same skill and task, if there is one.
    Returns:
        The row's id, for the next call.
    Raises:
        DiskFull: the checkpoint before is kept.
    """
    values = (pack, task, method, msgspec.msgpack.encode(_Kept(request, data)), epoch, audit.now(), body)
    with store.write() as connection:
        row = connection.execute(
            "SELECT id FROM checkpoints WHERE id = ?1 OR (?1 IS NULL AND pack = ?2 AND task = ?3)", (key, pack, task)
        ).fetchone()
        if row is None:
            connection.execute(
                "INSERT INTO checkpoints (pack, task, method, request, epoch, saved, body) "
                "VALUES (?, ?, ?, ?, ?, ?, ?)",
                values,
            )
            return connection.last_insert_rowid()
        connection.execute(
            "UPDATE checkpoints SET pack = ?, task = ?, method = ?, request = ?, epoch = ?, saved = ?, body = ? "
            "WHERE id = ?",
            (*values, row[0]),
        )
        return int(row[0])


def load(store: Store, key: int) -> StoredCheckpoint:
    """A checkpoint with its body.

    Raises:
        UnknownName.
    """
    with store.read() as connection:
        row = connection.execute(
            "SELECT id, pack, task, method, epoch, saved, request, body FROM checkpoints WHERE id = ?", (key,)
        ).fetchone()
    if row is None:
        known = ", ".join(str(found.id) for found in list_all(store)) or "none"
        raise UnknownName(what="interrupted training", name=str(key), known=known)
    return _stored(row)


def list_all(store: Store) -> list[StoredCheckpoint]:
    """Every checkpoint without its body, newest first."""
    with store.read() as connection:
        rows: list[Any] = connection.execute(
            "SELECT id, pack, task, method, epoch, saved, request FROM checkpoints ORDER BY saved DESC, id DESC"
        ).fetchall()
    return [_stored(row) for row in rows]


def newest_unfinished(store: Store, pack: str | None = None) -> StoredCheckpoint | None:
    """The latest checkpoint of a skill, or of all; without its body."""
    return next((found for found in list_all(store) if pack is None or found.pack == pack), None)


def drop(store: Store, key: int) -> bool:
    """Forget a checkpoint; whether there was one."""
    with store.write() as connection:
        connection.execute("DELETE FROM checkpoints WHERE id = ?", (key,))
        return connection.changes() > 0


def drop_of(store: Store, pack: str, task: str) -> None:
    """Forget the checkpoint of a skill whose training has ended; call it in the transaction that stores the version."""
    with store.write() as connection:
        connection.execute("DELETE FROM checkpoints WHERE pack = ? AND task = ?", (pack, task))


def _stored(row: Any) -> StoredCheckpoint:
    key, pack, task, method, epoch, saved, kept, *body = row
    decoded = msgspec.msgpack.decode(kept, type=_Kept)
    return StoredCheckpoint(
        key, pack, task, method, epoch, saved, decoded.request, body[0] if body else b"", decoded.data
    )
