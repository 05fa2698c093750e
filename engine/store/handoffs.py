"""The hand-off queue: questions that wait for a person, and what became of them.

An item is `open`, then `answered`, `dismissed`, or `withdrawn` where the rating that opened it was taken back. A
question is open once per conversation, however it is spelt in case and spaces; the index `handoffs_one_open` sees to
that. An item goes with its conversation. The functions take a connection, so that an act and its audit entry stand in
one transaction.
"""

from __future__ import annotations

from typing import Any

import apsw

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


def find(connection: apsw.Connection, state: str, collection: str, limit: int) -> list[Handoff]:
    """Items of a state ("" for all): open ones first and oldest first, then those closed last."""
    rows: Any = connection.execute(
        f"SELECT {_COLUMNS} FROM handoffs WHERE (?1 = '' OR state = ?1) AND (?2 = '' OR collection = ?2)"  # noqa: S608
        " ORDER BY state <> 'open', iif(state = 'open', id, 0), closed DESC, id DESC LIMIT ?3",
        (state, collection, limit),
    )
    return [Handoff(*row) for row in rows]


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
