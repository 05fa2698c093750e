"""A workspace of the second shape, with documents in it, becomes one of today."""

from __future__ import annotations

import apsw
import numpy as np
import pytest

from engine.store import documents, migrations, page_boxes, passages, watched
from engine.store.documents import NewDocument
from engine.store.passages import NewPassage, Vectors


@pytest.fixture
def old() -> apsw.Connection:
    """Made by the first two steps alone, with one document as they stored it."""
    connection = apsw.Connection(":memory:")
    connection.pragma("foreign_keys", 1)
    for name, step in migrations.MIGRATIONS[:2]:
        assert name[:4] in ("0001", "0002")
        with connection:
            step(connection)
            connection.pragma("user_version", migrations.version(connection) + 1)
    with connection:
        collection = documents.ensure_collection(connection, "house")
        connection.execute(
            """INSERT INTO documents (collection, path, sha256, index_version, title, format, size, pages, paged,
               passages, added)
               VALUES (?, '/a.txt', 'abc', 1001, 'A', 'txt', 3, 1, 0, 0, '2024-01-01T00:00:00+00:00')""",
            (collection,),
        )
        connection.execute("INSERT INTO page_blocks VALUES (1, 1, 0, x'789c030000000001')")
    return connection


def test_documents_stay_and_are_indexed_anew_when_met(old: apsw.Connection) -> None:
    assert migrations.migrate(old)[0].startswith("0003")
    collection = documents.collection(old, "house")
    before = documents.by_path(old, collection.id, "/a.txt")
    assert before is not None
    assert (before.modified, before.sha256) == ("", "abc")
    assert documents.known_files(old, "house") == {}, "an older form counts as not known, and is read again"
    assert page_boxes.get(old, before.id, 1) == []
    text = "fresh words"
    new = NewDocument(
        path="/a.txt", sha256="def", title="A", format="txt", size=11, paged=False, pages=[(1, text)],
        passages=[NewPassage(1, 0, 11, text, "")], vectors=Vectors.quantise(np.ones((1, 4), np.float32)),
        modified="2024-05-06T00:00:00+00:00", changed_ns=7,
    )  # fmt: skip
    with old:
        _, replaced = documents.put(old, collection.id, new)
        watched.watch(old, collection.id, "/folder")
    assert replaced
    assert documents.known_files(old, "house")["/a.txt"].changed_ns == 7
    assert [one for one, _ in passages.search_words(old, collection.id, ["fresh"], 5)]
    with old:
        documents.remove_collection(old, collection.id)
    assert watched.folders(old) == []
