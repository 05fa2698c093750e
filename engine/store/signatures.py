"""Signatures of passages: the signs of their vectors, one bit per dimension, one value per document.

A search in a large collection reads these (48 bytes per passage) instead of the vectors (388 bytes), and then the
vectors of the best few hundred alone.
"""

from __future__ import annotations

from collections.abc import Iterator

import apsw
import numpy as np
from numpy.typing import NDArray

from engine.store.passages import Vectors

SCHEMA = """
CREATE TABLE passage_signatures (
    document INTEGER PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE,
    bits BLOB NOT NULL
) STRICT;
"""


def blocks(
    connection: apsw.Connection, collection: int, after: int = 0
) -> Iterator[tuple[int, NDArray[np.int64], NDArray[np.uint64] | None]]:
    """(document, passage ids, signatures) of each document, in the order of their ids.

    Args:
        after: only documents with a larger id.
    Returns:
        Signatures are uint64 (passages, words); None for a document stored before there were any, and for one
        whose passages have no vectors at all.
    """
    rows = connection.execute(
        """SELECT v.document, v.first_passage, v.count, s.bits FROM passage_vectors v
           JOIN documents d ON d.id = v.document LEFT JOIN passage_signatures s ON s.document = v.document
           WHERE d.collection = ? AND v.document > ? ORDER BY v.document""",
        (collection, after),
    )
    for document, first, count, bits in rows:
        ids = np.arange(first, first + count, dtype=np.int64)
        yield document, ids, None if bits is None else np.frombuffer(bits, dtype=np.uint64).reshape(count, -1)


def vectors_of_document(connection: apsw.Connection, document: int) -> Vectors:
    """All vectors of a document."""
    row = connection.execute(
        "SELECT count, dimension, scales, data FROM passage_vectors WHERE document = ?", (document,)
    ).fetchone()
    assert row is not None
    count, dimension, scales, data = row
    return Vectors(
        np.frombuffer(data, dtype=np.int8).reshape(count, dimension), np.frombuffer(scales, dtype=np.float32)
    )


def vectors_of(connection: apsw.Connection, ids: NDArray[np.int64]) -> Vectors:
    """The vectors of some passages, in the order of the ids.

    Reads only what it needs: a long document's vectors are one value of megabytes.
    """
    places: dict[int, list[tuple[int, int]]] = {}
    marks = ",".join("?" * len(ids))
    rows = connection.execute(
        f"SELECT p.id, p.document, v.first_passage, v.dimension FROM passages p "  # noqa: S608
        f"JOIN passage_vectors v ON v.document = p.document WHERE p.id IN ({marks})",
        tuple(ids.tolist()),
    )
    row_of = {int(one): i for i, one in enumerate(ids.tolist())}
    dimension = 0
    for passage, document, first, dimension in rows:  # noqa: B007
        places.setdefault(document, []).append((row_of[passage], passage - first))
    data = np.zeros((len(ids), dimension), dtype=np.int8)
    scales = np.zeros(len(ids), dtype=np.float32)
    for document, wanted in places.items():
        vectors = connection.blob_open("main", "passage_vectors", "data", document, False)
        factors = connection.blob_open("main", "passage_vectors", "scales", document, False)
        with vectors, factors:
            for row, place in sorted(wanted, key=lambda one: one[1]):
                vectors.seek(place * dimension)
                data[row] = np.frombuffer(vectors.read(dimension), dtype=np.int8)
                factors.seek(4 * place)
                scales[row] = np.frombuffer(factors.read(4), dtype=np.float32)[0]
    return Vectors(data, scales)
