"""The hand-off queue: questions that wait for a person, and what became of them.

An item is `open`, then `answered`, `dismissed`, or `withdrawn` where the rating that opened it was taken back. A
question is open once per conversation, however it is spelt in case and spaces; the index `handoffs_one_open` sees to
that. An item goes with its conversation. The functions take a connection, so that an act and its audit entry stand in
one transaction.
"""

from __future__ import annotations

from typing import Any

import apsw
from msgspec import Struct
from msgspec.structs import replace

from engine.api.handoff import Handoff
from engine.errors import HandoffClosed, UnknownName
from engine.store import figures
from engine.store.audit import now
from engine.store.queue import digest_of

_SCHEMA = """
CREATE TABLE handoffs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation INTEGER NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    message INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
    collection TEXT NOT NULL,
    question TEXT NOT NULL,
    digest BLOB NOT NULL,
    reason TEXT NOT NULL,
    note TEXT NOT NULL,
    times INTEGER NOT NULL DEFAULT 1,
    state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'answered', 'dismissed', 'withdrawn')),
    opened TEXT NOT NULL,
    closed TEXT NOT NULL DEFAULT '',
    owner TEXT NOT NULL DEFAULT '',
    answer TEXT NOT NULL DEFAULT '',
    intent TEXT NOT NULL DEFAULT '',
    reply INTEGER REFERENCES messages (id) ON DELETE SET NULL,
    answer_id INTEGER REFERENCES answers (id) ON DELETE SET NULL
) STRICT;
CREATE UNIQUE INDEX handoffs_one_open ON handoffs (conversation, digest) WHERE state = 'open';
CREATE INDEX handoffs_by_state ON handoffs (state, id);
CREATE INDEX handoffs_by_conversation ON handoffs (conversation);
CREATE INDEX handoffs_by_message ON handoffs (message);
CREATE INDEX handoffs_by_reply ON handoffs (reply) WHERE reply IS NOT NULL;
CREATE INDEX handoffs_by_answer ON handoffs (answer_id) WHERE answer_id IS NOT NULL;
"""
SCHEMA = _SCHEMA + figures.SCHEMA
PAGES_SCHEMA = """
DROP INDEX handoffs_by_state;
CREATE INDEX handoffs_by_reason ON handoffs (state, reason, id, collection);
CREATE INDEX handoffs_waiting ON handoffs (reason <> 'safety', id) WHERE state = 'open';
CREATE INDEX handoffs_closed ON handoffs (state, closed, id) WHERE state <> 'open';
"""
"""Counts and pages of a long queue, read off indexes in the order of the list."""

_COLUMNS = (
    "id, conversation, message, collection, question, reason, state, opened, note, times, closed, owner, answer, "
    "reply, answer_id, intent"
)


def open_item(
    connection: apsw.Connection,
    *,
    conversation: int,
    message: int,
    collection: str,
    question: str,
    reason: str,
    note: str = "",
) -> tuple[int, bool]:
    """Let a question wait for a person; returns the item and whether it is a new one.

    One that waits in this conversation already counts once more and points to the newest message. Its notes are kept
    one below the other, and a reason that is more than "not found" or a bad rating takes their place.
    """
    waiting: Any = connection.execute(
        "SELECT id FROM handoffs WHERE conversation = ? AND digest = ? AND state = 'open'",
        (conversation, digest_of(question)),
    ).fetchone()
    if waiting is not None:
        connection.execute(
            "UPDATE handoffs SET times = times + (message <> ?1), message = ?1,"
            " reason = iif(reason IN ('not_found', 'rated_bad') AND ?2 <> 'rated_bad', ?2, reason),"
            " note = CASE WHEN instr(note, ?3) THEN note WHEN note = '' THEN ?3 ELSE note || char(10) || ?3 END"
            " WHERE id = ?4",
            (message, reason, note, waiting[0]),
        )
        return int(waiting[0]), False
    connection.execute(
        "INSERT INTO handoffs (conversation, message, collection, question, digest, reason, note, opened)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (conversation, message, collection, question, digest_of(question), reason, note, now()),
    )
    return connection.last_insert_rowid(), True


def get(connection: apsw.Connection, number: int) -> Handoff:
    """Raises: UnknownName."""
    row: Any = connection.execute(f"SELECT {_COLUMNS} FROM handoffs WHERE id = ?", (number,)).fetchone()  # noqa: S608
    if row is None:
        raise UnknownName(what="item of the queue", name=str(number), known="see the hand-off queue")
    return Handoff(*row)


_WAITING_FIRST = "reason <> 'safety', id"
_CLOSED_LAST = "closed DESC, id DESC"
_ORDERS = {
    # States stand as they are in the statement, where an index that holds a state alone is to be found.
    "open": ("state = 'open'", _WAITING_FIRST),
    "answered": ("state = 'answered' AND state <> 'open'", _CLOSED_LAST),
    "dismissed": ("state = 'dismissed' AND state <> 'open'", _CLOSED_LAST),
    "withdrawn": ("state = 'withdrawn' AND state <> 'open'", _CLOSED_LAST),
    "": (
        "true",
        "state <> 'open', iif(state = 'open', reason <> 'safety', 0), iif(state = 'open', id, 0), " + _CLOSED_LAST,
    ),
}  # fmt: skip


class Wanted(Struct, frozen=True):
    """Which items; empty and None are all."""

    state: str = "open"
    reason: str = ""
    collection: str = ""
    conversation: int | None = None


def find(connection: apsw.Connection, wanted: Wanted, limit: int, offset: int = 0) -> list[Handoff]:
    """Items, those about safety first and then the oldest of the open ones, then those closed last."""
    where, order = _ORDERS[wanted.state]
    if wanted.state == "open" and wanted.reason:
        order = "id"
    narrowed, values = _narrowed(wanted)
    # What the offset leaves out is stepped over in the index, and not read.
    rows: Any = connection.execute(
        f"SELECT {_COLUMNS} FROM handoffs WHERE id IN"  # noqa: S608
        f" (SELECT id FROM handoffs WHERE {where}{narrowed} ORDER BY {order} LIMIT ? OFFSET ?) ORDER BY {order}",
        (*values, limit, offset),
    )
    return [Handoff(*row) for row in rows]


def reasons(connection: apsw.Connection, wanted: Wanted) -> dict[str, int]:
    """How many items there are by reason, whichever reason is wanted; the most frequent first."""
    narrowed, values = _narrowed(replace(wanted, reason=""))
    rows: Any = connection.execute(
        f"SELECT reason, count(*) FROM handoffs WHERE {_ORDERS[wanted.state][0]}{narrowed}"  # noqa: S608
        " GROUP BY reason ORDER BY count(*) DESC, reason",
        values,
    )
    return {str(reason): int(count) for reason, count in rows}


def _narrowed(wanted: Wanted) -> tuple[str, tuple[Any, ...]]:
    given = {"reason": wanted.reason, "collection": wanted.collection, "conversation": wanted.conversation}
    chosen = {column: value for column, value in given.items() if value not in ("", None)}
    return "".join(f" AND {column} = ?" for column in chosen), tuple(chosen.values())


def counts(connection: apsw.Connection) -> dict[str, int]:
    """How many items there are by state."""
    rows: Any = connection.execute("SELECT state, count(*) FROM handoffs GROUP BY state")
    return {str(state): int(count) for state, count in rows}


def close(
    connection: apsw.Connection,
    number: int,
    state: str,
    *,
    owner: str = "",
    answer: str = "",
    note: str = "",
    intent: str = "",
) -> None:
    """Close an open item.

    Raises:
        UnknownName: there is none. HandoffClosed: somebody was quicker.
    """
    found = get(connection, number)
    if found.state != "open":
        raise HandoffClosed(id=number, state=found.state, owner=found.owner or "somebody", closed=found.closed)
    connection.execute(
        "UPDATE handoffs SET state = ?, closed = ?, owner = ?, answer = ?, note = iif(? = '', note, ?), intent = ?"
        " WHERE id = ? AND state = 'open'",
        (state, now(), owner, answer, note, note, intent, number),
    )


def link(connection: apsw.Connection, number: int, reply: int, answer_id: int | None) -> None:
    """Note where the answer to an item stands: the message of the person, and the approved answer."""
    connection.execute("UPDATE handoffs SET reply = ?, answer_id = ? WHERE id = ?", (reply, answer_id, number))


def withdraw(connection: apsw.Connection, message: int, reason: str) -> list[int]:
    """Take open items back that this message opened for this reason; returns them."""
    rows: Any = connection.execute(
        "UPDATE handoffs SET state = 'withdrawn', closed = ? WHERE message = ? AND reason = ? AND state = 'open'"
        " RETURNING id",
        (now(), message, reason),
    )
    return [int(number) for (number,) in rows]


def of_message(connection: apsw.Connection, message: int) -> Handoff | None:
    """The newest item that a message opened."""
    row: Any = connection.execute(
        f"SELECT {_COLUMNS} FROM handoffs WHERE message = ? ORDER BY id DESC LIMIT 1",  # noqa: S608
        (message,),
    ).fetchone()
    return Handoff(*row) if row else None


def intents(connection: apsw.Connection) -> list[str]:
    """The intents that people gave, most frequent first."""
    rows: Any = connection.execute(
        "SELECT intent FROM handoffs WHERE intent <> '' GROUP BY intent ORDER BY count(*) DESC, intent"
    )
    return [str(intent) for (intent,) in rows]


def taught(connection: apsw.Connection) -> list[tuple[str, str]]:
    """(question, intent) of answered items that were given one, oldest first."""
    rows: Any = connection.execute(
        "SELECT question, intent FROM handoffs WHERE intent <> '' AND state = 'answered' ORDER BY closed, id"
    )
    return [(str(question), str(intent)) for question, intent in rows]
