"""What was done, when: a chain of digests in which no entry can be changed, moved or dropped unseen.

Each entry's digest covers the digest before it. The export holds digests only: the subject (a file name, a pack) is
salted and hashed, so that the log can be handed to an auditor without what it is about.
What the chain does not stop: an owner of the passphrase who rewrites it whole. An exported head digest, kept
elsewhere, shows that too.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime

import apsw

SCHEMA = """
CREATE TABLE audit (
    seq INTEGER PRIMARY KEY,
    time TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    salt BLOB NOT NULL,
    subject_digest TEXT NOT NULL,
    previous TEXT NOT NULL,
    digest TEXT NOT NULL
) STRICT;
"""
START = "0" * 64


def now() -> str:
    """This moment, UTC, ISO 8601 in seconds."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _digest(seq: int, time: str, action: str, subject_digest: str, previous: str) -> str:
    line = json.dumps([seq, time, action, subject_digest, previous], separators=(",", ":"))
    return hashlib.sha256(line.encode()).hexdigest()


def _subject_digest(salt: bytes, subject: str) -> str:
    return hashlib.sha256(salt + subject.encode()).hexdigest()


def record(connection: apsw.Connection, action: str, subject: str = "") -> None:
    """Add an entry; call it inside the transaction of the act itself, so that neither stands without the other."""
    row = connection.execute("SELECT seq, digest FROM audit ORDER BY seq DESC LIMIT 1").fetchone()
    seq, previous = (row[0] + 1, row[1]) if row else (1, START)
    time, salt = now(), os.urandom(16)
    subject_digest = _subject_digest(salt, subject)
    connection.execute(
        "INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (seq, time, action, subject, salt, subject_digest, previous,
         _digest(seq, time, action, subject_digest, previous)),
    )  # fmt: skip


def verify(connection: apsw.Connection) -> tuple[int, int | None]:
    """(entries, first broken place or None)."""
    previous, expected = START, 1
    rows = connection.execute(
        "SELECT seq, time, action, subject, salt, subject_digest, previous, digest FROM audit ORDER BY seq"
    )
    for seq, time, action, subject, salt, subject_digest, before, digest in rows:
        sound = (
            seq == expected
            and before == previous
            and subject_digest == _subject_digest(salt, subject)
            and digest == _digest(seq, time, action, subject_digest, before)
        )
        if not sound:
            return _count(connection), expected
        previous, expected = digest, expected + 1
    return expected - 1, None


def _count(connection: apsw.Connection) -> int:
    row = connection.execute("SELECT count(*) FROM audit").fetchone()
    return int(row[0]) if row else 0


def entries(connection: apsw.Connection, limit: int) -> list[tuple[int, str, str, str, str]]:
    """(seq, time, action, subject, digest), newest first."""
    rows = connection.execute(
        "SELECT seq, time, action, subject, digest FROM audit ORDER BY seq DESC LIMIT ?", (limit,)
    )
    return list(rows)


def export_lines(connection: apsw.Connection) -> Iterator[str]:
    """The chain as JSON lines without subjects."""
    rows = connection.execute("SELECT seq, time, action, subject_digest, previous, digest FROM audit ORDER BY seq")
    for seq, time, action, subject_digest, previous, digest in rows:
        yield json.dumps(
            {
                "seq": seq,
                "time": time,
                "action": action,
                "subject": subject_digest,
                "previous": previous,
                "digest": digest,
            }
        )
