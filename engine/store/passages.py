"""Passages: where they are in a document, their word index and their vectors.

Each collection has a word index of its own (FTS5, contentless), so that how rare a word is, is judged within the
collection and one collection's size never slows another. The index holds the terms of `engine.language.terms`, joined
by spaces; SQLite's own tokenizer only splits them again. Vectors are int8 with one scale each, one value per document.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

import apsw
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from engine.language.terms import terms

SCHEMA = """
CREATE TABLE passages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    document INTEGER NOT NULL REFERENCES documents (id),
    page INTEGER NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    heading TEXT NOT NULL
) STRICT;
CREATE INDEX passages_by_document ON passages (document);
CREATE TABLE passage_vectors (
    document INTEGER PRIMARY KEY REFERENCES documents (id),
    first_passage INTEGER NOT NULL,
    count INTEGER NOT NULL,
    dimension INTEGER NOT NULL,
    scales BLOB NOT NULL,
    data BLOB NOT NULL
) STRICT;
"""

# A word in the title or heading says more than one in the text. Chosen on the questions of
# tests/quality/retrieval.py, where 1.5 to 3 do about equally well.
TITLE_WEIGHT, TEXT_WEIGHT = 2.0, 1.0


class NewPassage(Struct, frozen=True):
    """`text` is the page's text from `start` to `end`; it goes into the word index and is not stored again."""

    page: int
    start: int
    end: int
    text: str
    heading: str


class Vectors:
    """Unit vectors as int8 rows; row i is `data[i] * scales[i]`. A scale of 0 stands for "no vector"."""

    def __init__(self, data: NDArray[np.int8], scales: NDArray[np.float32]) -> None:
        self.data = data
        self.scales = scales

    @classmethod
    def quantise(cls, vectors: NDArray[np.float32]) -> Vectors:
        """Round float32 rows (n, d) to int8, each with its own scale."""
        scales = (np.abs(vectors).max(axis=1) / 127.0).astype(np.float32)
        safe = np.where(scales > 0, scales, np.float32(1.0))
        return cls(np.rint(vectors / safe[:, None]).astype(np.int8), scales)

    @property
    def dimension(self) -> int:
        return int(self.data.shape[1])


def signs(data: NDArray[np.int8]) -> NDArray[np.uint64]:
    """The signs of vectors as bits: the signature by which a large collection is searched first.

    Args:
        data: int8 or float32 (n, d).
    Returns:
        uint64 (n, ceil(d / 64)); bits beyond d are 0.
    """
    bits = np.packbits(data > 0, axis=1)
    missing = -bits.shape[1] % 8
    return np.ascontiguousarray(np.pad(bits, ((0, 0), (0, missing)))).view(np.uint64)


class StoredPassage(Struct, frozen=True):
    id: int
    document: int
    page: int
    start: int
    end: int
    heading: str


def create_index(connection: apsw.Connection, collection: int) -> None:
    # The tokenizer "ascii" splits at spaces only, for terms hold nothing else that it would split at.
    connection.execute(
        f"CREATE VIRTUAL TABLE passage_index_{collection:d} USING "
        "fts5(title, body, content='', contentless_delete=1, tokenize='ascii')"
    )
    connection.execute(
        f"CREATE VIRTUAL TABLE passage_terms_{collection:d} USING fts5vocab(passage_index_{collection:d}, row)"
    )


def drop_index(connection: apsw.Connection, collection: int) -> None:
    connection.execute(f"DROP TABLE IF EXISTS passage_terms_{collection:d}")
    connection.execute(f"DROP TABLE IF EXISTS passage_index_{collection:d}")


def purge_index(connection: apsw.Connection, collection: int) -> None:
    index = f"passage_index_{collection:d}"
    connection.execute(f"INSERT INTO {index} ({index}) VALUES ('optimize')")  # noqa: S608


def put(
    connection: apsw.Connection,
    collection: int,
    document: int,
    title: str,
    new: Sequence[NewPassage],
    vectors: Vectors,
) -> None:
    """Store the passages of a document; `vectors` has a row for each."""
    assert len(new) == len(vectors.data)
    if not new:
        return
    connection.execute("INSERT INTO passages (document, page, start, end, heading) VALUES (?, ?, ?, ?, ?)",
                       _row(document, new[0]))  # fmt: skip
    # Ids follow one another: there is one writer, and this is one transaction.
    first = connection.last_insert_rowid()
    connection.executemany(
        "INSERT INTO passages (document, page, start, end, heading) VALUES (?, ?, ?, ?, ?)",
        [_row(document, one) for one in new[1:]],
    )
    connection.executemany(
        f"INSERT INTO passage_index_{collection:d} (rowid, title, body) VALUES (?, ?, ?)",  # noqa: S608
        [
            (first + i, " ".join(terms(f"{title} {one.heading}")), " ".join(terms(one.text)))
            for i, one in enumerate(new)
        ],
    )
    connection.execute(
        "INSERT INTO passage_vectors VALUES (?, ?, ?, ?, ?, ?)",
        (document, first, len(new), vectors.dimension, vectors.scales.tobytes(), vectors.data.tobytes()),
    )
    connection.execute("INSERT INTO passage_signatures VALUES (?, ?)", (document, signs(vectors.data).tobytes()))


def unindex(connection: apsw.Connection, collection: int, document: int) -> None:
    connection.execute(
        f"DELETE FROM passage_index_{collection:d} WHERE rowid IN "  # noqa: S608
        "(SELECT id FROM passages WHERE document = ?)",
        (document,),
    )


def delete(connection: apsw.Connection, document: int) -> None:
    connection.execute("DELETE FROM passages WHERE document = ?", (document,))
    connection.execute("DELETE FROM passage_vectors WHERE document = ?", (document,))


def get(connection: apsw.Connection, ids: Sequence[int]) -> dict[int, StoredPassage]:
    marks = ",".join("?" * len(ids))
    rows = connection.execute(
        f"SELECT id, document, page, start, end, heading FROM passages WHERE id IN ({marks})",  # noqa: S608
        tuple(ids),
    )
    return {int(str(row[0])): StoredPassage(*row) for row in rows}


def of_document(connection: apsw.Connection, document: int) -> list[StoredPassage]:
    rows = connection.execute(
        "SELECT id, document, page, start, end, heading FROM passages WHERE document = ? ORDER BY id",
        (document,),
    )
    return [StoredPassage(*row) for row in rows]


def search_words(
    connection: apsw.Connection,
    collection: int,
    query: Sequence[str],
    limit: int,
    within: Sequence[int] | None = None,
    also: Sequence[str] = (),
) -> list[tuple[int, float]]:
    """(passage, BM25 score), best first, of passages that hold at least one of the terms.

    Args:
        within: documents to choose from; None for all of the collection.
        also: if not empty, at least one of these has to be in the passage too.
    """
    match = match_any(query)
    if not match:
        return []
    if also:
        match = f"({match}) AND ({match_any(also)})"
    index = f"passage_index_{collection:d}"
    values: list[float | str | int] = [TITLE_WEIGHT, TEXT_WEIGHT, match]
    narrowed = ""
    if within is not None:
        narrowed = (
            f"AND (SELECT document FROM passages WHERE id = {index}.rowid) IN "  # noqa: S608
            "(SELECT value FROM json_each(?)) "
        )
        values.append(json.dumps(list(within)))
    rows = connection.execute(
        f"SELECT rowid, -bm25({index}, ?, ?) AS score FROM {index} WHERE {index} MATCH ? {narrowed}"  # noqa: S608
        "ORDER BY score DESC, rowid LIMIT ?",
        (*values, limit),
    )
    return [(int(rowid), float(score)) for rowid, score in rows]


def match_any(query: Sequence[str]) -> str:
    """An FTS5 expression for "any of these terms"."""
    return " OR ".join(f'"{term}"' for term in query if '"' not in term)


def document_counts(connection: apsw.Connection, collection: int, query: Sequence[str]) -> dict[str, int]:
    """In how many passages of the collection each term occurs; 0 for those that are not there."""
    found = dict.fromkeys(query, 0)
    for term in query:
        row = connection.execute(
            f"SELECT doc FROM passage_terms_{collection:d} WHERE term = ?",  # noqa: S608
            (term,),
        ).fetchone()
        if row:
            found[term] = int(row[0])
    return found


def vector_blocks(connection: apsw.Connection, collection: int) -> Iterator[tuple[NDArray[np.int64], Vectors]]:
    """(passage ids, vectors) of each document of a collection."""
    rows = connection.execute(
        """SELECT v.first_passage, v.count, v.dimension, v.scales, v.data FROM passage_vectors v
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


def _row(document: int, one: NewPassage) -> tuple[int, int, int, int, str]:
    return document, one.page, one.start, one.end, one.heading
