"""Documents in the store: replaced whole or not at all, and gone when removed."""

from __future__ import annotations

import numpy as np
import pytest

from engine.errors import UnknownName
from engine.store import answers, documents, passages
from engine.store.answers import NewAnswer
from engine.store.passages import Vectors


def _bytes_of(connection, table: str) -> bytes:
    rows = connection.execute(f"SELECT * FROM {table}").fetchall()
    return b"|".join(value if isinstance(value, bytes) else str(value).encode() for row in rows for value in row)


def _everything(connection) -> bytes:
    names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return b"".join(_bytes_of(connection, f'"{name}"') for name in names)


def _rows(connection, table: str) -> int:
    return connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]


def _nearest(connection, collection: int, query: np.ndarray) -> list[int]:
    found = []
    for ids, vectors in passages.vector_blocks(connection, collection):
        scores = vectors.data.astype(np.float32) @ query * vectors.scales
        found += list(zip(scores.tolist(), ids.tolist(), strict=True))
    return [one for _, one in sorted(found, reverse=True)]


def test_a_document_comes_back_as_it_was_stored(connection, document, unit_vector) -> None:
    texts = ["The quick brown fox.", "Zebrafish live in water.", "猫喜欢睡觉。"]
    with connection:
        collection = documents.ensure_collection(connection, "animals")
        made, replaced = documents.put(connection, collection, document("a.txt", texts))
    assert not replaced
    stored = passages.of_document(connection, made)
    page = documents.page_text(connection, made, 1)
    assert [page[one.start : one.end] for one in stored] == texts
    assert [documents.span_text(connection, made, 1, one.start, one.end) for one in stored] == texts
    assert [one for one, _ in passages.search_words(connection, collection, ["zebrafish"], 5)] == [stored[1].id]
    assert [one for one, _ in passages.search_words(connection, collection, ["睡觉"], 5)] == [stored[2].id]
    assert _nearest(connection, collection, unit_vector(texts[1]))[0] == stored[1].id


def test_vectors_lose_little_by_rounding() -> None:
    rows = np.random.default_rng(0).normal(size=(50, 384)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    vectors = Vectors.quantise(rows)
    restored = vectors.data.astype(np.float32) * vectors.scales[:, None]
    assert np.abs(restored @ rows.T - rows @ rows.T).max() < 0.01
    assert Vectors.quantise(np.zeros((2, 4), np.float32)).scales.tolist() == [0.0, 0.0]


def test_long_pages_are_read_by_spans_across_blocks(connection, document) -> None:
    page = "".join(f"{i:07d}\n" for i in range(20_000))
    with connection:
        collection = documents.ensure_collection(connection, "long")
        made, _ = documents.put(connection, collection, document("long.txt", [page]))
    assert documents.page_text(connection, made, 1) == page
    block = documents.BLOCK_CHARACTERS
    for start, end in ((0, 5), (block - 3, block + 3), (block, block + 1), (3 * block - 1, 5 * block + 1)):
        assert documents.span_text(connection, made, 1, start, end) == page[start:end]


def test_replacing_leaves_nothing_of_the_old_version(connection, document) -> None:
    with connection:
        collection = documents.ensure_collection(connection, "x")
        documents.put(connection, collection, document("a.txt", ["old quokka text", "kept wombat"]))
        documents.put(connection, collection, document("b.txt", ["another wombat"]))
    with connection:
        _, replaced = documents.put(connection, collection, document("a.txt", ["new text about wombats"]))
        documents.purge(connection, collection)
    assert replaced
    assert passages.search_words(connection, collection, ["quokka"], 5) == []
    assert passages.document_counts(connection, collection, ["quokka", "wombat"]) == {"quokka": 0, "wombat": 2}
    assert _rows(connection, "documents") == 2
    assert _rows(connection, "passages") == 2
    assert _rows(connection, "passage_vectors") == 2
    assert b"quokka" not in _everything(connection)


def test_a_crash_in_the_middle_leaves_the_old_version(connection, document, monkeypatch) -> None:
    with connection:
        collection = documents.ensure_collection(connection, "x")
        documents.put(connection, collection, document("a.txt", ["first version about badgers"]))
    before = _everything(connection)
    version = documents.collection(connection, "x").version

    def break_down(*_: object) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr(passages, "put", break_down)
    with pytest.raises(RuntimeError, match="power cut"), connection:
        documents.put(connection, collection, document("a.txt", ["second version about otters"]))
    assert _everything(connection) == before
    assert documents.collection(connection, "x").version == version
    assert len(passages.search_words(connection, collection, ["badger"], 5)) == 1
    assert passages.search_words(connection, collection, ["otter"], 5) == []


def test_removing_a_document_removes_words_vectors_pages_and_answers(connection, document, unit_vector) -> None:
    new = document("a.txt", ["axolotl passage"])
    faq = NewAnswer("Where do pangolins live?", "In Asia and Africa.", "a.txt", 2)
    vectors = Vectors.quantise(unit_vector(faq.question)[None, :])
    with connection:
        collection = documents.ensure_collection(connection, "x")
        documents.put(
            connection, collection, type(new)(**{f: getattr(new, f) for f in new.__struct_fields__}
                                              | {"answers": [faq], "answer_vectors": vectors}),
        )  # fmt: skip
        documents.put(connection, collection, document("b.txt", ["other text"]))
    assert len(answers.search_words(connection, collection, ["pangolin"], 5)) == 1
    assert documents.collection(connection, "x").answers == 1
    with connection:
        assert documents.remove(connection, collection, ["a.txt"]) == 1
    for table in ("answers", "answer_vectors", "passage_index_1_docsize"):
        assert _rows(connection, table) == (1 if table.startswith("passage") else 0)
    left = _everything(connection)
    for word in (b"axolotl", b"pangolin", b"Asia"):
        assert word not in left
    assert passages.document_counts(connection, collection, ["axolotl"]) == {"axolotl": 0}
    assert len(_nearest(connection, collection, unit_vector("axolotl passage"))) == 1


def test_removing_a_collection_drops_its_indexes(connection, document) -> None:
    with connection:
        first = documents.ensure_collection(connection, "one")
        second = documents.ensure_collection(connection, "two")
        documents.put(connection, first, document("a.txt", ["lemur"]))
        documents.put(connection, second, document("a.txt", ["lemur"]))
    with connection:
        assert documents.remove_collection(connection, first) == 1
    names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    assert not any(name.endswith(f"_index_{first}") for name in names)
    assert len(passages.search_words(connection, second, ["lemur"], 5)) == 1
    with pytest.raises(UnknownName) as caught:
        documents.collection(connection, "one")
    assert caught.value.details["known"] == "two"


def test_rarity_is_judged_within_a_collection(connection, document) -> None:
    with connection:
        one = documents.ensure_collection(connection, "one")
        two = documents.ensure_collection(connection, "two")
        documents.put(connection, one, document("a.txt", ["ibex", "ibex here", "yak"]))
        documents.put(connection, two, document("a.txt", ["yak"]))
    assert passages.document_counts(connection, one, ["ibex", "yak"]) == {"ibex": 2, "yak": 1}
    assert passages.document_counts(connection, two, ["ibex", "yak"]) == {"ibex": 0, "yak": 1}


def test_known_hashes_tell_what_needs_no_second_look(connection, document, monkeypatch) -> None:
    new = document("a.txt", ["some text"])
    with connection:
        collection = documents.ensure_collection(connection, "x")
        documents.put(connection, collection, new)
    assert documents.known_hashes(connection, "x") == {"a.txt": new.sha256}
    assert documents.known_hashes(connection, "y") == {}
    monkeypatch.setattr(documents, "INDEX_VERSION", documents.INDEX_VERSION + 1)
    assert documents.known_hashes(connection, "x") == {}


def test_a_query_cannot_leave_its_quotes(connection, document) -> None:
    with connection:
        collection = documents.ensure_collection(connection, "x")
        documents.put(connection, collection, document("a.txt", ["plain text"]))
    for query in (['"'], ['" OR "'], ["*"], ["NEAR(", "plain"], []):
        assert isinstance(passages.search_words(connection, collection, query, 5), list)


def test_a_single_character_finds_the_words_it_is_in(connection, document) -> None:
    with connection:
        collection = documents.ensure_collection(connection, "x")
        documents.put(connection, collection, document("a.txt", ["税率是多少", "天气很好"]))
    assert len(passages.search_words(connection, collection, ["率"], 5)) == 1
