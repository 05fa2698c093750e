"""What the figures of the chat are counted from: every message of a period as columns, read from an index alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import apsw
import numpy as np
from numpy.typing import NDArray

from engine.store.passages import Vectors

SCHEMA = """
CREATE TABLE question_vectors (
    message INTEGER PRIMARY KEY REFERENCES messages (id) ON DELETE CASCADE,
    dimension INTEGER NOT NULL,
    scale REAL NOT NULL,
    data BLOB NOT NULL
) STRICT;
"""
ROLES = ("user", "assistant", "person")
MODES = ("", "template", "quote", "generated", "not_found", "handoff")


class Said(NamedTuple):
    """Messages in the order of conversations and of messages in them.

    id, conversation int64; day int32 into `days`; role, mode int8 into `ROLES` and `MODES` (-1: another one);
    confidence float32 (NaN where there is none); rating int8.
    """

    days: list[str]
    id: NDArray[np.int64]
    conversation: NDArray[np.int64]
    day: NDArray[np.int32]
    role: NDArray[np.int8]
    mode: NDArray[np.int8]
    confidence: NDArray[np.float32]
    rating: NDArray[np.int8]


def said(connection: apsw.Connection, since: str, collection: str) -> Said:
    """Messages from a day on (YYYY-MM-DD, UTC), without those that a branch copied; `collection` "" for all."""
    within = "AND conversation IN (SELECT id FROM conversations WHERE collection = ?2) " if collection else ""
    rows: Any = connection.execute(
        "SELECT id, conversation, substr(created, 1, 10), role, mode, coalesce(confidence, -1.0), rating "  # noqa: S608
        f"FROM messages INDEXED BY messages_for_figures WHERE created >= ?1 AND copy_of IS NULL {within}",
        (since, collection) if collection else (since,),
    ).fetchall()
    columns = list(zip(*rows, strict=True)) or [()] * 7
    numbers, conversation = np.array(columns[0], dtype=np.int64), np.array(columns[1], dtype=np.int64)
    order = np.lexsort((numbers, conversation))
    days = sorted(set(columns[2]))
    confidence = np.array(columns[5], dtype=np.float32)[order]
    return Said(
        days=days,
        id=numbers[order],
        conversation=conversation[order],
        day=_codes(columns[2], days).astype(np.int32)[order],
        role=_codes(columns[3], ROLES).astype(np.int8)[order],
        mode=_codes(columns[4], MODES).astype(np.int8)[order],
        confidence=np.where(confidence < 0, np.float32(np.nan), confidence),
        rating=np.array(columns[6], dtype=np.int8)[order],
    )


def asked_of(connection: apsw.Connection, collection: str) -> bool:
    """Whether anything was asked of a collection, which may be gone since."""
    return (
        connection.execute("SELECT 1 FROM conversations WHERE collection = ? LIMIT 1", (collection,)).fetchone()
        is not None
    )


def handed_over(connection: apsw.Connection, since: str) -> tuple[set[int], set[int]]:
    """(messages that a rule, a person or the desk sent to the queue, messages whose item a person has closed).

    What waits because nothing was found, or because of a rating, is told by the answer itself.
    """
    rows: Any = connection.execute(
        "SELECT message, reason IN ('not_found', 'rated_bad'), state IN ('answered', 'dismissed') FROM handoffs"
        " WHERE state <> 'withdrawn' AND (state = 'open' OR closed >= ?)",
        (since,),
    ).fetchall()
    return {row[0] for row in rows if not row[1]}, {row[0] for row in rows if row[2]}


def waits(connection: apsw.Connection, since: str, collection: str) -> tuple[int, list[float]]:
    """(open items, hours from opening to answering of those answered since a day)."""
    row: Any = connection.execute(
        "SELECT count(*) FROM handoffs WHERE state = 'open' AND (?1 = '' OR collection = ?1)", (collection,)
    ).fetchone()
    hours: Any = connection.execute(
        "SELECT (julianday(closed) - julianday(opened)) * 24 FROM handoffs"
        " WHERE state = 'answered' AND closed >= ?1 AND (?2 = '' OR collection = ?2)",
        (since, collection),
    )
    return int(row[0]), [float(one) for (one,) in hours]


def texts(connection: apsw.Connection, messages: Sequence[int]) -> list[str]:
    """The texts of messages, in their order; "" for one that is gone."""
    found: dict[int, str] = {}
    for start in range(0, len(messages), 500):
        part = messages[start : start + 500]
        marks = ",".join("?" * len(part))
        rows: Any = connection.execute(f"SELECT id, text FROM messages WHERE id IN ({marks})", tuple(part))  # noqa: S608
        found.update(rows)
    return [found.get(number, "") for number in messages]


def vectors(connection: apsw.Connection, messages: Sequence[int]) -> dict[int, NDArray[np.float32]]:
    """The vectors that are kept of these questions."""
    found: dict[int, NDArray[np.float32]] = {}
    for start in range(0, len(messages), 500):
        part = messages[start : start + 500]
        marks = ",".join("?" * len(part))
        rows: Any = connection.execute(
            f"SELECT message, scale, data FROM question_vectors WHERE message IN ({marks})",  # noqa: S608
            tuple(part),
        )
        for number, scale, data in rows:
            found[number] = np.frombuffer(data, dtype=np.int8).astype(np.float32) * np.float32(scale)
    return found


def keep_vectors(connection: apsw.Connection, messages: Sequence[int], made: Vectors) -> None:
    """Keep a vector for each of these questions; one whose message is gone meanwhile is left out."""
    connection.executemany(
        "INSERT OR IGNORE INTO question_vectors SELECT ?1, ?2, ?3, ?4"
        " WHERE EXISTS (SELECT 1 FROM messages WHERE id = ?1)",
        [
            (number, made.dimension, float(made.scales[row]), made.data[row].tobytes())
            for row, number in enumerate(messages)
        ],
    )


def _codes(values: Sequence[str], known: Sequence[str]) -> NDArray[np.int64]:
    number = {one: i for i, one in enumerate(known)}
    return np.array([number.get(one, -1) for one in values], dtype=np.int64)
