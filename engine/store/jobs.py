"""The jobs that the Activity page lists, kept across restarts."""

from __future__ import annotations

import apsw

from engine.api import JobInfo
from engine.store.audit import now
from engine.values import JobState

SCHEMA = """
CREATE TABLE jobs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    state TEXT NOT NULL,
    created TEXT NOT NULL,
    finished TEXT,
    seconds REAL,
    message TEXT
) STRICT;
"""


def add(connection: apsw.Connection, kind: str, title: str, state: JobState) -> int:
    connection.execute(
        "INSERT INTO jobs (kind, title, state, created) VALUES (?, ?, ?, ?)", (kind, title, state, now())
    )
    return connection.last_insert_rowid()


def start(connection: apsw.Connection, job: int) -> None:
    connection.execute("UPDATE jobs SET state = 'running' WHERE id = ?", (job,))


def end(connection: apsw.Connection, job: int, state: JobState, seconds: float, message: str | None) -> None:
    connection.execute(
        "UPDATE jobs SET state = ?, finished = ?, seconds = ?, message = ? WHERE id = ?",
        (state, now(), seconds, message, job),
    )


def mark_interrupted(connection: apsw.Connection) -> int:
    """Jobs that were under way when the program ended; called when a workspace is opened. Returns how many."""
    connection.execute(
        "UPDATE jobs SET state = 'interrupted', finished = ?, message = 'The program ended before this was finished.' "
        "WHERE state IN ('queued', 'running')",
        (now(),),
    )
    return connection.changes()


def newest(connection: apsw.Connection, limit: int) -> list[JobInfo]:
    rows = connection.execute(
        "SELECT id, title, kind, state, created, finished, seconds, message FROM jobs ORDER BY id DESC LIMIT ?",
        (limit,),
    )
    return [
        JobInfo(
            id=i,
            title=title,
            kind=kind,
            state=state,
            created=created,
            finished=finished,
            seconds=seconds,
            message=message,
        )
        for i, title, kind, state, created, finished, seconds, message in rows
    ]


def clear(connection: apsw.Connection) -> None:
    connection.execute("DELETE FROM jobs WHERE state NOT IN ('queued', 'running')")
