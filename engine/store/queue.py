"""The labelling queue: texts that wait for a person's label, and the answers given.

A text stands in the queue of a skill once, however it is spelt in case and spaces. It is `waiting`, then `answered` or
`skipped`, and an answered one becomes `taught`. `answered` numbers the answers of a skill, for undoing the last one.
The functions take a connection, so that an act and its audit entry stand in one transaction.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

import apsw
import msgspec
from msgspec import Struct

from engine.dataset.lint import folded_text
from engine.errors import InputError, UnknownName
from engine.store.audit import now

SCHEMA = """
CREATE TABLE queue (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    pack TEXT NOT NULL,
    text TEXT NOT NULL,
    digest BLOB NOT NULL,
    source TEXT NOT NULL,
    suggested BLOB NOT NULL,
    priority REAL NOT NULL,
    created TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting',
    label TEXT,
    answered INTEGER,
    UNIQUE (pack, digest)
) STRICT;
"""

_suggestions = msgspec.json.Decoder(tuple[tuple[str, float], ...])


class Candidate(Struct, frozen=True):
    """A text to be put into the queue."""

    text: str
    source: str
    suggested: tuple[tuple[str, float], ...] = ()
    priority: float = 0.0


class Waiting(Struct, frozen=True):
    """A text of the queue as it is shown."""

    id: int
    pack: str
    text: str
    source: str
    suggested: tuple[tuple[str, float], ...]
    priority: float


class Answered(Struct, frozen=True):
    """An answer that was not yet taught."""

    id: int
    text: str
    label: str


def digest_of(text: str) -> bytes:
    """What makes a text the same as another: its folded form."""
    return hashlib.blake2b(folded_text(text).encode("utf-8", "replace"), digest_size=16).digest()


def add(connection: apsw.Connection, pack: str, candidates: Iterable[Candidate]) -> int:
    """Put texts into the queue. One that waits already gets the new guesses; one that was answered, skipped or taught
    is left alone.

    Returns:
        How many came to wait that did not before.
    """
    before = counts(connection, pack)[0]
    connection.executemany(
        "INSERT INTO queue (pack, text, digest, source, suggested, priority, created) VALUES (?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (pack, digest) DO UPDATE SET suggested = excluded.suggested, priority = excluded.priority"
        " WHERE state = 'waiting'",
        [
            (pack, one.text, digest_of(one.text), one.source, msgspec.json.encode(one.suggested), one.priority, now())
            for one in candidates
        ],
    )
    return counts(connection, pack)[0] - before


def correct(connection: apsw.Connection, pack: str, candidate: Candidate, label: str | None) -> None:
    """Take in what a person said of a text: with a label it is answered, whatever it was before; without one it waits
    with the candidate's priority, unless it has an answer that was not yet taught."""
    connection.execute(
        "INSERT INTO queue (pack, text, digest, source, suggested, priority, created) VALUES (?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (pack, digest) DO UPDATE SET source = excluded.source, suggested = excluded.suggested,"
        " priority = excluded.priority, state = iif(state = 'answered', state, 'waiting')",
        (
            pack, candidate.text, digest_of(candidate.text), candidate.source,
            msgspec.json.encode(candidate.suggested), candidate.priority, now(),
        ),
    )  # fmt: skip
    if label is not None:
        connection.execute(
            "UPDATE queue SET state = 'answered', label = ?, answered = ? WHERE pack = ? AND digest = ?",
            (label, _next_answer(connection, pack), pack, digest_of(candidate.text)),
        )


def waiting(connection: apsw.Connection, pack: str | None, limit: int) -> list[Waiting]:
    """The waiting texts of a skill (of all where None), most useful first."""
    rows: list[Any] = connection.execute(
        "SELECT id, pack, text, source, suggested, priority FROM queue WHERE state = 'waiting'"
        " AND (?1 IS NULL OR pack = ?1) ORDER BY priority DESC, id LIMIT ?2",
        (pack, limit),
    ).fetchall()
    return [
        Waiting(number, name, text, source, _suggestions.decode(suggested), priority)
        for number, name, text, source, suggested, priority in rows
    ]


def counts(connection: apsw.Connection, pack: str | None) -> tuple[int, int]:
    """(waiting, answered and not yet taught)."""
    rows: Any = connection.execute(
        "SELECT state, count(*) FROM queue WHERE ?1 IS NULL OR pack = ?1 GROUP BY state", (pack,)
    )
    found = dict(rows)
    return found.get("waiting", 0), found.get("answered", 0)


def labels(connection: apsw.Connection, pack: str) -> list[str]:
    """Labels that were ever given in the queue of a skill."""
    rows: Any = connection.execute(
        "SELECT DISTINCT label FROM queue WHERE pack = ? AND label IS NOT NULL AND state IN ('answered', 'taught')",
        (pack,),
    )
    return [row[0] for row in rows]


def digests(connection: apsw.Connection, pack: str) -> set[bytes]:
    """Digests (`digest_of`) of every text that is or was in the queue of a skill."""
    rows: Any = connection.execute("SELECT digest FROM queue WHERE pack = ?", (pack,))
    return {row[0] for row in rows}


def answer(connection: apsw.Connection, number: int, label: str | None) -> str:
    """Label a waiting text, or skip it where `label` is None; returns the name of its skill.

    Raises:
        UnknownName: no text of this number waits.
    """
    row: Any = connection.execute("SELECT pack FROM queue WHERE id = ? AND state = 'waiting'", (number,)).fetchone()
    if row is None:
        raise UnknownName(what="waiting text", name=str(number), known="those that the queue lists")
    pack: str = row[0]
    connection.execute(
        "UPDATE queue SET state = ?, label = ?, answered = ? WHERE id = ?",
        ("skipped" if label is None else "answered", label, _next_answer(connection, pack), number),
    )
    return pack


def undo(connection: apsw.Connection, pack: str) -> None:
    """Let the text wait again that was last answered or skipped; what is already taught stays.

    Raises:
        InputError: there is nothing to take back.
    """
    connection.execute(
        "UPDATE queue SET state = 'waiting', label = NULL, answered = NULL WHERE id = (SELECT id FROM queue"
        " WHERE pack = ? AND state IN ('answered', 'skipped') ORDER BY answered DESC LIMIT 1)",
        (pack,),
    )
    if connection.changes() == 0:
        raise InputError(reason=f"Nothing was labelled or skipped for {pack} that could be taken back.")


def answers(connection: apsw.Connection, pack: str) -> list[Answered]:
    """The answers that were not yet taught, in the order they were given."""
    rows: Any = connection.execute(
        "SELECT id, text, label FROM queue WHERE pack = ? AND state = 'answered' ORDER BY answered", (pack,)
    )
    return [Answered(*row) for row in rows]


def corrections(connection: apsw.Connection, pack: str | None, source: str) -> list[tuple[str, str]]:
    """(text, label) of answers in the queue of a skill (of all where None) that came from this source, oldest first."""
    rows: Any = connection.execute(
        "SELECT text, label FROM queue WHERE source = ?1 AND label IS NOT NULL AND state IN ('answered', 'taught')"
        " AND (?2 IS NULL OR pack = ?2) ORDER BY pack, answered, id",
        (source, pack),
    )
    return [(str(text), str(label)) for text, label in rows]


def mark_taught(connection: apsw.Connection, taught: Sequence[Answered]) -> None:
    """Only answers that still stand as they were taught: one changed meanwhile is taught the next time."""
    connection.executemany(
        "UPDATE queue SET state = 'taught' WHERE id = ? AND state = 'answered' AND label = ?",
        [(one.id, one.label) for one in taught],
    )


def forget(connection: apsw.Connection, pack: str) -> None:
    """Remove the queue of a skill with everything in it."""
    connection.execute("DELETE FROM queue WHERE pack = ?", (pack,))


def _next_answer(connection: apsw.Connection, pack: str) -> int:
    row: Any = connection.execute("SELECT max(answered) FROM queue WHERE pack = ?", (pack,)).fetchone()
    return int(row[0] or 0) + 1
