"""Approved answers: question and answer pairs from FAQ tables, found by the meaning and the words of the question.

An approved answer of a file belongs to the document it came from and goes with it; those that people wrote here have
none (`engine/store/approved.py`). Few thousand per collection are usual, so the vectors of their questions are one
value per document as for passages. An answer is used up to the end of its last day, UTC; then search passes it by.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

import apsw
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from engine.language.terms import terms
from engine.store.passages import Vectors, match_any

SCHEMA = """
CREATE TABLE answers (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    collection INTEGER NOT NULL REFERENCES collections (id),
    document INTEGER REFERENCES documents (id),
    question TEXT NOT NULL,
    answer TEXT NOT NULL,
    owner TEXT NOT NULL,
    source TEXT NOT NULL,
    line INTEGER NOT NULL,
    page INTEGER NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL
) STRICT;
CREATE INDEX answers_by_collection ON answers (collection);
CREATE INDEX answers_by_document ON answers (document);
CREATE TABLE answer_vectors (
    document INTEGER PRIMARY KEY REFERENCES documents (id),
    first_answer INTEGER NOT NULL,
    count INTEGER NOT NULL,
    dimension INTEGER NOT NULL,
    scales BLOB NOT NULL,
    data BLOB NOT NULL
) STRICT;
"""


class NewAnswer(Struct, frozen=True):
    """`page`, `start` and `end` tell where the answer stands in the document's text (0, 0 if it does not)."""

    question: str
    answer: str
    source: str
    line: int
    page: int = 1
    start: int = 0
    end: int = 0
    owner: str = ""


class StoredAnswer(Struct, frozen=True):
    id: int
    document: int | None
    question: str
    answer: str
    owner: str
    source: str
    line: int
    page: int
    start: int
    end: int
    changed: str = ""


def today() -> str:
    """The day it is, UTC, as expiry dates are written."""
    return datetime.now(UTC).date().isoformat()


def create_index(connection: apsw.Connection, collection: int) -> None:
    connection.execute(
        f"CREATE VIRTUAL TABLE answer_index_{collection:d} USING "
        "fts5(question, content='', contentless_delete=1, tokenize='ascii')"
    )
    connection.execute(
        f"CREATE VIRTUAL TABLE answer_terms_{collection:d} USING fts5vocab(answer_index_{collection:d}, row)"
    )


def drop_index(connection: apsw.Connection, collection: int) -> None:
    connection.execute(f"DROP TABLE IF EXISTS answer_terms_{collection:d}")
    connection.execute(f"DROP TABLE IF EXISTS answer_index_{collection:d}")


def purge_index(connection: apsw.Connection, collection: int) -> None:
    index = f"answer_index_{collection:d}"
    connection.execute(f"INSERT INTO {index} ({index}) VALUES ('optimize')")  # noqa: S608


def put(
    connection: apsw.Connection, collection: int, document: int, new: Sequence[NewAnswer], vectors: Vectors
) -> None:
    """Store the approved answers of a document; `vectors` has a row for each question."""
    assert len(new) == len(vectors.data)
    first = 0
    for i, one in enumerate(new):
        connection.execute(
            """INSERT INTO answers (collection, document, question, answer, owner, source, line, page, start, end)
               VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
            (
                collection,
                document,
                one.question,
                one.answer,
                one.owner,
                one.source,
                one.line,
                one.page,
                one.start,
                one.end,
            ),
        )
        if i == 0:
            first = connection.last_insert_rowid()
    connection.executemany(
        f"INSERT INTO answer_index_{collection:d} (rowid, question) VALUES (?, ?)",  # noqa: S608
        [(first + i, " ".join(terms(one.question))) for i, one in enumerate(new)],
    )
    connection.execute(
        "INSERT INTO answer_vectors VALUES (?, ?, ?, ?, ?, ?)",
        (document, first, len(new), vectors.dimension, vectors.scales.tobytes(), vectors.data.tobytes()),
    )


def unindex(connection: apsw.Connection, collection: int, document: int) -> None:
    connection.execute(
        f"DELETE FROM answer_index_{collection:d} WHERE rowid IN "  # noqa: S608
        "(SELECT id FROM answers WHERE document = ?)",
        (document,),
    )


def delete(connection: apsw.Connection, document: int) -> None:
    connection.execute("DELETE FROM answers WHERE document = ?", (document,))
    connection.execute("DELETE FROM answer_vectors WHERE document = ?", (document,))


def get(connection: apsw.Connection, ids: Sequence[int]) -> dict[int, StoredAnswer]:
    """The answers of these ids that are in use; expired ones are missing."""
    marks = ",".join("?" * len(ids))
    rows = connection.execute(
        f"""SELECT id, document, question, answer, owner, source, line, page, start, end, changed
            FROM answers WHERE id IN ({marks}) AND (expires = '' OR expires >= ?)""",  # noqa: S608
        (*ids, today()),
    )
    return {int(str(row[0])): StoredAnswer(*row) for row in rows}


def of_document(connection: apsw.Connection, document: int) -> list[StoredAnswer]:
    rows = connection.execute(
        """SELECT id, document, question, answer, owner, source, line, page, start, end
           FROM answers WHERE document = ? ORDER BY id""",
        (document,),
    )
    return [StoredAnswer(*row) for row in rows]


def search_words(
    connection: apsw.Connection, collection: int, query: Sequence[str], limit: int
) -> list[tuple[int, float]]:
    """(answer, BM25 score of its question), best first, expired ones left out."""
    match = match_any(query)
    if not match:
        return []
    index = f"answer_index_{collection:d}"
    rows = connection.execute(
        f"SELECT rowid, -bm25({index}) AS score FROM {index} WHERE {index} MATCH ? "  # noqa: S608
        "AND rowid NOT IN (SELECT id FROM answers WHERE collection = ? AND expires <> '' AND expires < ?) "
        "ORDER BY score DESC, rowid LIMIT ?",
        (match, collection, today(), limit),
    )
    return [(int(rowid), float(score)) for rowid, score in rows]


def document_counts(connection: apsw.Connection, collection: int, query: Sequence[str]) -> dict[str, int]:
    """In how many approved questions of the collection each term occurs."""
    found = dict.fromkeys(query, 0)
    for term in query:
        row = connection.execute(
            f"SELECT doc FROM answer_terms_{collection:d} WHERE term = ?",  # noqa: S608
            (term,),
        ).fetchone()
        if row:
            found[term] = int(row[0])
    return found


def vector_blocks(connection: apsw.Connection, collection: int) -> Iterator[tuple[NDArray[np.int64], Vectors]]:
    """(answer ids, question vectors) of each document of a collection, then of what was written here and is in use."""
    rows = connection.execute(
        """SELECT v.first_answer, v.count, v.dimension, v.scales, v.data FROM answer_vectors v
           JOIN documents d ON d.id = v.document WHERE d.collection = ? ORDER BY v.document""",
        (collection,),
    )
    for first, count, dimension, scales, data in rows:
        yield (
            np.arange(first, first + count, dtype=np.int64),
            Vectors(
                np.frombuffer(data, dtype=np.int8).reshape(count, dimension),
                np.frombuffer(scales, dtype=np.float32),
            ),
        )
    own = connection.execute(
        """SELECT v.answer, v.dimension, v.scale, v.data FROM answers a JOIN own_answer_vectors v ON v.answer = a.id
           WHERE a.collection = ? AND a.document IS NULL AND (a.expires = '' OR a.expires >= ?) ORDER BY v.answer""",
        (collection, today()),
    ).fetchall()
    if own:
        ids, dimensions, scales_, rows_ = zip(*own, strict=True)
        yield (
            np.array(ids, dtype=np.int64),
            Vectors(
                np.frombuffer(b"".join(rows_), dtype=np.int8).reshape(len(ids), dimensions[0]),
                np.array(scales_, dtype=np.float32),
            ),
        )
