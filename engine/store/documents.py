"""Collections and the documents in them: what was indexed, from where, and the text of every page.

One document is stored, replaced or removed in one transaction with its passages, its vectors, its word index and its
approved answers; a version half stored cannot exist. Passages and answers have modules of their own.

Page text is compressed in blocks, so that a passage of a very long page is read without the rest of it, and it is
stored once: passages are offsets into it.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Sequence

import apsw
from msgspec import Struct

from engine.errors import UnknownName
from engine.language.terms import VERSION as TERMS_VERSION
from engine.store import answers, approved, page_boxes, passages, watched
from engine.store.answers import NewAnswer
from engine.store.audit import now, record
from engine.store.passages import NewPassage, Vectors
from engine.values import LineBox

BLOCK_CHARACTERS = 32_768
_FORM = 3
INDEX_VERSION = 1000 * _FORM + TERMS_VERSION
"""Changes with what is stored per document (terms, vectors); documents of another version are indexed anew."""

_SCHEMA = """
CREATE TABLE collections (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    created TEXT NOT NULL,
    version INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE documents (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    collection INTEGER NOT NULL REFERENCES collections (id),
    path TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    index_version INTEGER NOT NULL,
    title TEXT NOT NULL,
    format TEXT NOT NULL,
    size INTEGER NOT NULL,
    pages INTEGER NOT NULL,
    paged INTEGER NOT NULL,
    passages INTEGER NOT NULL,
    added TEXT NOT NULL,
    UNIQUE (collection, path)
) STRICT;
CREATE TABLE page_blocks (
    document INTEGER NOT NULL REFERENCES documents (id),
    page INTEGER NOT NULL,
    block INTEGER NOT NULL,
    text BLOB NOT NULL,
    PRIMARY KEY (document, page, block)
) STRICT;
"""
SCHEMA = _SCHEMA + passages.SCHEMA + answers.SCHEMA


class Collection(Struct, frozen=True):
    """`version` changes with every change, so that what was loaded before is known to be stale. `questions` counts the
    ways to put the questions of the approved answers."""

    id: int
    name: str
    version: int
    documents: int
    passages: int
    answers: int
    questions: int = 0


class NewDocument(Struct, frozen=True):
    """A parsed and embedded document, ready to be stored. `pages` are (number, text), numbers from 1.

    `modified` is when its text was last changed, UTC in ISO 8601; `changed_ns` is the file's own time of change, 0
    where it cannot be trusted; `boxes` are (number, lines) of the pages that show where their lines stand.
    """

    path: str
    sha256: str
    title: str
    format: str
    size: int
    paged: bool
    pages: Sequence[tuple[int, str]]
    passages: Sequence[NewPassage]
    vectors: Vectors
    answers: Sequence[NewAnswer] = ()
    answer_vectors: Vectors | None = None
    modified: str = ""
    changed_ns: int = 0
    boxes: Sequence[tuple[int, Sequence[LineBox]]] = ()


class StoredDocument(Struct, frozen=True):
    id: int
    path: str
    title: str
    format: str
    size: int
    pages: int
    paged: bool
    passages: int
    added: str
    answers: int = 0
    modified: str = ""
    sha256: str = ""


class KnownFile(Struct, frozen=True):
    """What is stored of a file, to tell whether it changed since."""

    sha256: str
    size: int
    changed_ns: int
    passages: int
    pages: int


# --- collections ----------------------------------------------------------------------------------------------


def collections(connection: apsw.Connection) -> list[Collection]:
    rows = connection.execute(
        """SELECT c.id, c.name,
                  -- What expires changes what may be found, and so the version; the factor keeps the two counts apart.
                  c.version + 4294967296 * (SELECT count(*) FROM answers a
                                            WHERE a.collection = c.id AND a.expires <> '' AND a.expires < ?),
                  count(d.id), coalesce(sum(d.passages), 0),
                  (SELECT count(*) FROM answers a WHERE a.collection = c.id AND a.variant_of IS NULL),
                  (SELECT count(*) FROM answers a WHERE a.collection = c.id)
           FROM collections c LEFT JOIN documents d ON d.collection = c.id GROUP BY c.id ORDER BY c.name""",
        (answers.today(),),
    )
    return [Collection(*row) for row in rows]


def collection(connection: apsw.Connection, name: str) -> Collection:
    """Raises: UnknownName, listing the collections that exist."""
    found = collections(connection)
    for one in found:
        if one.name == name:
            return one
    known = ", ".join(one.name for one in found) or "no collection yet"
    raise UnknownName(what="collection", name=name, known=known)


def find_collection(connection: apsw.Connection, name: str) -> int | None:
    """The id of a collection, or None."""
    row = connection.execute("SELECT id FROM collections WHERE name = ?", (name,)).fetchone()
    return int(row[0]) if row else None


def ensure_collection(connection: apsw.Connection, name: str) -> int:
    """The id of a collection, made if it does not exist."""
    row = connection.execute("SELECT id FROM collections WHERE name = ?", (name,)).fetchone()
    if row:
        return int(row[0])
    connection.execute("INSERT INTO collections (name, created) VALUES (?, ?)", (name, now()))
    made = connection.last_insert_rowid()
    passages.create_index(connection, made)
    answers.create_index(connection, made)
    return made


def remove_collection(connection: apsw.Connection, collection_id: int) -> int:
    """Remove a collection with everything in it; returns the number of documents."""
    row = connection.execute("SELECT name FROM collections WHERE id = ?", (collection_id,)).fetchone()
    if row is None:
        return 0
    ids = [int(i) for (i,) in connection.execute("SELECT id FROM documents WHERE collection = ?", (collection_id,))]
    watched.forget_collection(connection, collection_id)
    passages.drop_index(connection, collection_id)
    answers.drop_index(connection, collection_id)
    for document in ids:
        _delete_rows(connection, document)
    approved.forget_collection(connection, collection_id)
    connection.execute("DELETE FROM collections WHERE id = ?", (collection_id,))
    record(connection, "remove collection", row[0])
    return len(ids)


# --- documents ------------------------------------------------------------------------------------------------


def known_hashes(connection: apsw.Connection, name: str) -> dict[str, str]:
    """Path to SHA-256 of the documents of a collection that are stored in the present form; empty if there is none."""
    rows = connection.execute(
        "SELECT d.path, d.sha256 FROM documents d JOIN collections c ON c.id = d.collection "
        "WHERE c.name = ? AND d.index_version = ?",
        (name, INDEX_VERSION),
    )
    return {str(path): str(sha256) for path, sha256 in rows}


def known_files(connection: apsw.Connection, name: str) -> dict[str, KnownFile]:
    """As `known_hashes`, with size and time of change."""
    rows = connection.execute(
        "SELECT d.path, d.sha256, d.size, d.changed_ns, d.passages, d.pages FROM documents d "
        "JOIN collections c ON c.id = d.collection WHERE c.name = ? AND d.index_version = ?",
        (name, INDEX_VERSION),
    )
    return {str(path): KnownFile(*values) for path, *values in rows}


def note_times(connection: apsw.Connection, collection_id: int, times: Sequence[tuple[str, int]]) -> None:
    """Keep new times of change (path, nanoseconds) of files whose content is the stored one."""
    connection.executemany(
        "UPDATE documents SET changed_ns = ? WHERE collection = ? AND path = ?",
        [(changed_ns, collection_id, path) for path, changed_ns in times],
    )


def paths_below(connection: apsw.Connection, collection_id: int, folder: str) -> list[str]:
    """Stored paths within a folder, at any depth."""
    below = folder.rstrip(os.sep) + os.sep
    rows = connection.execute(
        "SELECT path FROM documents WHERE collection = ? AND substr(path, 1, ?) = ? ORDER BY path",
        (collection_id, len(below), below),
    )
    return [str(path) for (path,) in rows]


def by_path(connection: apsw.Connection, collection_id: int, path: str) -> StoredDocument | None:
    row = connection.execute(_DOCUMENT + "WHERE d.collection = ? AND d.path = ?", (collection_id, path)).fetchone()
    return _stored(row) if row else None


def put(connection: apsw.Connection, collection_id: int, new: NewDocument) -> tuple[int, bool]:
    """Store a document, replacing the one of the same path; call it inside one write transaction.

    Returns:
        (id of the document, whether an older version was replaced). After a replacement the caller runs `purge` when
        it has stored its last document.
    """
    row = connection.execute(
        "SELECT id FROM documents WHERE collection = ? AND path = ?", (collection_id, new.path)
    ).fetchone()
    if row:
        _unindex(connection, collection_id, int(row[0]))
        _delete_rows(connection, int(row[0]))
    connection.execute(
        """INSERT INTO documents
           (collection, path, sha256, index_version, title, format, size, pages, paged, passages, added, modified,
            changed_ns) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (collection_id, new.path, new.sha256, INDEX_VERSION, new.title, new.format, new.size, len(new.pages),
         int(new.paged), len(new.passages), now(), new.modified, new.changed_ns),
    )  # fmt: skip
    made = connection.last_insert_rowid()
    connection.executemany("INSERT INTO page_blocks VALUES (?, ?, ?, ?)", _blocks(made, new.pages))
    page_boxes.put(connection, made, new.boxes)
    watched.accept(connection, collection_id, [new.path])
    passages.put(connection, collection_id, made, new.title, new.passages, new.vectors)
    if new.answers and new.answer_vectors is not None:
        answers.put(connection, collection_id, made, new.answers, new.answer_vectors)
    _touch(connection, collection_id)
    record(connection, "replace document" if row else "add document", new.path)
    return made, row is not None


def remove(connection: apsw.Connection, collection_id: int, paths: Sequence[str]) -> int:
    """Remove documents and every trace of them in the indexes; returns how many there were."""
    removed = 0
    for path in paths:
        found = by_path(connection, collection_id, path)
        if found is not None:
            _unindex(connection, collection_id, found.id)
            _delete_rows(connection, found.id)
            record(connection, "remove document", path)
            removed += 1
    if removed:
        purge(connection, collection_id)
        _touch(connection, collection_id)
    return removed


def purge(connection: apsw.Connection, collection_id: int) -> None:
    """Merge the word indexes, so that words of removed documents are gone from the file and not only marked."""
    passages.purge_index(connection, collection_id)
    answers.purge_index(connection, collection_id)


_DOCUMENT = """SELECT d.id, d.path, d.title, d.format, d.size, d.pages, d.paged, d.passages, d.added,
                      (SELECT count(*) FROM answers a WHERE a.document = d.id), d.modified, d.sha256
               FROM documents d """


def document(connection: apsw.Connection, document_id: int) -> StoredDocument:
    """Raises: UnknownName."""
    row = connection.execute(_DOCUMENT + "WHERE d.id = ?", (document_id,)).fetchone()
    if row is None:
        raise UnknownName(what="document", name=str(document_id), known="see the list of documents")
    return _stored(row)


def in_collection(connection: apsw.Connection, collection_id: int) -> list[StoredDocument]:
    rows = connection.execute(_DOCUMENT + "WHERE d.collection = ? ORDER BY d.path", (collection_id,))
    return [_stored(row) for row in rows]


def _stored(row: tuple[apsw.SQLiteValue, ...]) -> StoredDocument:
    values = list(row)
    values[6] = bool(values[6])
    return StoredDocument(*values)  # type: ignore[arg-type]


# --- pages ----------------------------------------------------------------------------------------------------


def page_text(connection: apsw.Connection, document_id: int, page: int) -> str:
    """The whole text of a page. Raises: UnknownName."""
    rows = connection.execute(
        "SELECT text FROM page_blocks WHERE document = ? AND page = ? ORDER BY block", (document_id, page)
    ).fetchall()
    if not rows:
        raise UnknownName(what="page", name=str(page), known="pages count from 1")
    return "".join(_unpack(text) for (text,) in rows)


def span_text(connection: apsw.Connection, document_id: int, page: int, start: int, end: int) -> str:
    """`page_text(...)[start:end]`, reading only the blocks that it touches."""
    first = start // BLOCK_CHARACTERS
    rows = connection.execute(
        "SELECT text FROM page_blocks WHERE document = ? AND page = ? AND block BETWEEN ? AND ? ORDER BY block",
        (document_id, page, first, max(end - 1, start) // BLOCK_CHARACTERS),
    )
    text = "".join(_unpack(block) for (block,) in rows)
    return text[start - first * BLOCK_CHARACTERS : end - first * BLOCK_CHARACTERS]


def _blocks(document_id: int, pages: Sequence[tuple[int, str]]) -> list[tuple[int, int, int, bytes]]:
    return [
        (
            document_id,
            number,
            block,
            zlib.compress(text[start : start + BLOCK_CHARACTERS].encode("utf-8", "surrogatepass"), 6),
        )
        for number, text in pages
        for block, start in enumerate(range(0, max(len(text), 1), BLOCK_CHARACTERS))
    ]


def _unpack(block: apsw.SQLiteValue) -> str:
    assert isinstance(block, bytes)
    return zlib.decompress(block).decode("utf-8", "surrogatepass")


# --- helpers --------------------------------------------------------------------------------------------------


def _unindex(connection: apsw.Connection, collection_id: int, document_id: int) -> None:
    passages.unindex(connection, collection_id, document_id)
    answers.unindex(connection, collection_id, document_id)


def _delete_rows(connection: apsw.Connection, document_id: int) -> None:
    passages.delete(connection, document_id)
    answers.delete(connection, document_id)
    connection.execute("DELETE FROM page_blocks WHERE document = ?", (document_id,))
    page_boxes.delete(connection, document_id)
    connection.execute("DELETE FROM documents WHERE id = ?", (document_id,))


def _touch(connection: apsw.Connection, collection_id: int) -> None:
    connection.execute("UPDATE collections SET version = version + 1 WHERE id = ?", (collection_id,))
