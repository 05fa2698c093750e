"""How each collection is searched: what was measured, and the mode that "auto" stands for."""

from __future__ import annotations

import apsw
import msgspec
from msgspec import Struct

from engine.store.audit import now, record
from engine.values import SearchMode

SCHEMA = """
CREATE TABLE retrieval_modes (
    collection INTEGER PRIMARY KEY REFERENCES collections (id) ON DELETE CASCADE,
    mode TEXT NOT NULL,
    measured TEXT NOT NULL,
    figures TEXT NOT NULL
) STRICT;
"""


class StoredMode(Struct, frozen=True):
    """`figures` is the JSON of what was measured, empty where a person chose the mode."""

    mode: SearchMode
    measured: str
    figures: str


def chosen(connection: apsw.Connection, collection: int) -> StoredMode | None:
    """What was chosen for a collection, or None."""
    row = connection.execute(
        "SELECT mode, measured, figures FROM retrieval_modes WHERE collection = ?", (collection,)
    ).fetchone()
    return msgspec.convert(dict(zip(("mode", "measured", "figures"), row, strict=True)), StoredMode) if row else None


def choose(connection: apsw.Connection, collection: int, name: str, mode: SearchMode, figures: str = "") -> None:
    """Keep the mode of a collection; "auto" forgets it."""
    if mode == "auto":
        connection.execute("DELETE FROM retrieval_modes WHERE collection = ?", (collection,))
    else:
        connection.execute(
            "INSERT OR REPLACE INTO retrieval_modes VALUES (?, ?, ?, ?)", (collection, mode, now(), figures)
        )
    record(connection, "choose search mode", f"{name}: {mode}")
