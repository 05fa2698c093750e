"""Which documents of a collection a search may look into: a folder, formats, a span of days."""

from __future__ import annotations

import os

import apsw
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray


class Narrowing(Struct, frozen=True):
    """Empty fields narrow nothing. `since` and `until` are days (2026-03-01), months or years, both included.

    A document's day is when its text was last changed, or when it was added where that is not known.
    """

    folder: str = ""
    formats: tuple[str, ...] = ()
    since: str = ""
    until: str = ""

    def __bool__(self) -> bool:
        return bool(self.folder or self.formats or self.since or self.until)


def documents_within(connection: apsw.Connection, collection: int, narrowing: Narrowing) -> list[int]:
    """Ids of the documents that pass, ascending."""
    wheres, values = ["collection = ?"], [collection]  # type: tuple[list[str], list[str | int]]
    if narrowing.folder:
        below = narrowing.folder.rstrip(os.sep) + os.sep
        # A folder may be given in part ("manuals/pumps"): then it is one in any place.
        wheres.append("(substr(path, 1, ?) = ? OR path = ? OR instr(path, ?) > 0)")
        inner = below if below.startswith(os.sep) else os.sep + below
        values += [len(below), below, narrowing.folder, inner]
    if narrowing.formats:
        wheres.append(f"lower(format) IN ({','.join('?' * len(narrowing.formats))})")
        values += [one.lower().lstrip(".") for one in narrowing.formats]
    day = "coalesce(nullif(modified, ''), added)"
    if narrowing.since:
        wheres.append(f"{day} >= ?")
        values.append(narrowing.since)
    if narrowing.until:
        wheres.append(f"substr({day}, 1, ?) <= ?")
        values += [len(narrowing.until), narrowing.until]
    rows = connection.execute(
        f"SELECT id FROM documents WHERE {' AND '.join(wheres)} ORDER BY id",  # noqa: S608
        tuple(values),
    )
    return [int(str(found)) for (found,) in rows]


def passages_within(connection: apsw.Connection, documents: list[int]) -> NDArray[np.int64]:
    """Ids of all passages of the documents, ascending. A document's passages follow one another."""
    found = []
    for document in documents:
        row = connection.execute(
            "SELECT first_passage, count FROM passage_vectors WHERE document = ?", (document,)
        ).fetchone()
        if row:
            found.append(np.arange(row[0], row[0] + row[1], dtype=np.int64))
    return np.concatenate(found) if found else np.empty(0, dtype=np.int64)
