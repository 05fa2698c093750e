"""Folders that a collection follows, and the files that were refused: what a refresh has to know.

A refused file is remembered by size and time of change, so that a refresh neither reads it again nor forgets to say
why it is not there. It is tried again when it changes, and whenever somebody adds it by hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import apsw
from msgspec import Struct

from engine.errors import UnknownName
from engine.store.audit import now, record
from engine.values import FileStatus

SCHEMA = """
ALTER TABLE documents ADD COLUMN modified TEXT NOT NULL DEFAULT '';
ALTER TABLE documents ADD COLUMN changed_ns INTEGER NOT NULL DEFAULT 0;
CREATE INDEX documents_by_modified ON documents (collection, modified);
CREATE TABLE watched (
    collection INTEGER NOT NULL REFERENCES collections (id),
    path TEXT NOT NULL,
    created TEXT NOT NULL,
    last_checked TEXT NOT NULL DEFAULT '',
    new INTEGER NOT NULL DEFAULT 0,
    changed INTEGER NOT NULL DEFAULT 0,
    missing INTEGER NOT NULL DEFAULT 0,
    refused INTEGER NOT NULL DEFAULT 0,
    reason TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (collection, path)
) STRICT;
CREATE TABLE refused (
    collection INTEGER NOT NULL REFERENCES collections (id),
    path TEXT NOT NULL,
    size INTEGER NOT NULL,
    changed_ns INTEGER NOT NULL,
    status TEXT NOT NULL,
    reason TEXT NOT NULL,
    noted TEXT NOT NULL,
    PRIMARY KEY (collection, path)
) STRICT;
"""


class WatchedFolder(Struct, frozen=True):
    """A followed folder and what the last refresh found in it; `last_checked` is empty before the first."""

    collection: str
    path: str
    last_checked: str
    new: int
    changed: int
    missing: int
    refused: int
    reason: str


class RefusedFile(Struct, frozen=True):
    """A file that was left out. `changed_ns` 0 stands for "not sure": it is then read again."""

    path: str
    size: int
    changed_ns: int
    status: FileStatus
    reason: str
    noted: str = ""


# --- folders --------------------------------------------------------------------------------------------------


def watch(connection: apsw.Connection, collection: int, path: str) -> bool:
    """Follow a folder; False if it was followed before."""
    known = connection.execute("SELECT 1 FROM watched WHERE collection = ? AND path = ?", (collection, path)).fetchone()
    if known:
        return False
    connection.execute("INSERT INTO watched (collection, path, created) VALUES (?, ?, ?)", (collection, path, now()))
    record(connection, "watch folder", path)
    return True


def unwatch(connection: apsw.Connection, collection: int, path: str) -> None:
    """Raises: UnknownName, listing the folders that are followed."""
    if path not in (known := paths(connection, collection)):
        raise UnknownName(what="watched folder", name=path, known=", ".join(known) or "none is watched")
    connection.execute("DELETE FROM watched WHERE collection = ? AND path = ?", (collection, path))
    record(connection, "unwatch folder", path)


def paths(connection: apsw.Connection, collection: int) -> list[str]:
    rows = connection.execute("SELECT path FROM watched WHERE collection = ? ORDER BY path", (collection,))
    return [str(path) for (path,) in rows]


def folders(connection: apsw.Connection) -> list[WatchedFolder]:
    rows = connection.execute(
        """SELECT c.name, w.path, w.last_checked, w.new, w.changed, w.missing, w.refused, w.reason
           FROM watched w JOIN collections c ON c.id = w.collection ORDER BY c.name, w.path"""
    )
    return [WatchedFolder(*row) for row in rows]


def note_check(
    connection: apsw.Connection, collection: int, path: str, counts: tuple[int, int, int, int], reason: str = ""
) -> None:
    """Keep what a refresh found; `counts` are new, changed, missing and refused files."""
    connection.execute(
        "UPDATE watched SET last_checked = ?, new = ?, changed = ?, missing = ?, refused = ?, reason = ? "
        "WHERE collection = ? AND path = ?",
        (now(), *counts, reason, collection, path),
    )


# --- refused files --------------------------------------------------------------------------------------------


def refuse(connection: apsw.Connection, collection: int, files: Iterable[RefusedFile]) -> None:
    """Remember files that were left out, each with its reason."""
    connection.executemany(
        "INSERT OR REPLACE INTO refused VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(collection, one.path, one.size, one.changed_ns, one.status, one.reason, now()) for one in files],
    )


def accept(connection: apsw.Connection, collection: int, paths: Sequence[str]) -> None:
    """Forget refusals: the files were taken meanwhile, or are gone."""
    connection.executemany(
        "DELETE FROM refused WHERE collection = ? AND path = ?", [(collection, path) for path in paths]
    )


def refused(connection: apsw.Connection, collection: int) -> dict[str, RefusedFile]:
    """Refused files by path, in the order of their paths."""
    rows = connection.execute(
        "SELECT path, size, changed_ns, status, reason, noted FROM refused WHERE collection = ? ORDER BY path",
        (collection,),
    )
    return {str(row[0]): RefusedFile(*row) for row in rows}


def forget_collection(connection: apsw.Connection, collection: int) -> None:
    """Before a collection is removed."""
    connection.execute("DELETE FROM watched WHERE collection = ?", (collection,))
    connection.execute("DELETE FROM refused WHERE collection = ?", (collection,))
