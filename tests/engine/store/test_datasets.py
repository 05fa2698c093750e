"""Data sets in the store: whole or not at all, replaced at once, read back as they were."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.dataset.chunks import pack
from engine.errors import AlreadyExists, DataUnusable, InputError, UnknownName
from engine.store import audit, datasets
from engine.store.connection import Store


@pytest.fixture
def store(tmp_path: Path):
    store = Store(tmp_path / "w.casemate", b"k" * 32)
    with store.write() as connection:
        connection.execute(audit.SCHEMA)
        connection.execute(datasets.SCHEMA)
    yield store
    store.close()


def rows(count: int, start: int = 0) -> list[dict[str, str]]:
    return [{"text": f"文本 {n}", "label": f"l{n % 3}"} for n in range(start, start + count)]


def put(store, name="a", count=2500, **options):
    batches = [rows(count // 2), rows(count - count // 2, count // 2)]
    return datasets.add(store, name, "labelled", source="f.csv", mapping={"text": "t"}, batches=batches, **options)


def chunks_left(store) -> int:
    with store.read() as connection:
        return connection.execute("SELECT count(*) FROM dataset_chunks").fetchone()[0]


def test_rows_come_back_in_order(store):
    info = put(store)
    assert (info.rows, info.version, info.labels, info.kind) == (2500, 1, 3, "labelled")
    assert list(datasets.read_rows(store, "a")) == rows(2500)
    assert datasets.find(store, "a").labels == {"l0": 834, "l1": 833, "l2": 833}
    _, page = datasets.read_page(store, "a", 998, 4)
    assert page == rows(4, 998)
    assert datasets.read_page(store, "a", 2499, 10)[1] == rows(1, 2499)
    assert datasets.read_page(store, "a", 9999, 10)[1] == []


def test_every_row_has_every_field_of_its_kind(store):
    datasets.add(
        store,
        "e",
        "events",
        source="",
        mapping={},
        batches=[[{"user": "u", "item": "i"}, {"user": "v", "item": "j", "x": "1"}]],
    )
    assert list(datasets.read_rows(store, "e")) == [
        {"user": "u", "item": "i", "type": "", "time": "", "value": "", "weight": "", "x": ""},
        {"user": "v", "item": "j", "type": "", "time": "", "value": "", "weight": "", "x": "1"},
    ]


def test_names_and_kinds(store):
    put(store, " données 数据 ")
    assert datasets.info(store, "données 数据").name == "données 数据"
    assert datasets.info(store, "donne\u0301es 数据").name == "données 数据"
    with pytest.raises(UnknownName, match="no data set named b") as caught:
        datasets.read_rows(store, "b")
    assert caught.value.details["known"] == "données 数据"
    with pytest.raises(DataUnusable, match="holds labelled, and faq is needed"):
        datasets.read_rows(store, "données 数据", "faq")
    for name in ["", "  ", "a\nb", "x" * 201]:
        with pytest.raises(InputError):
            put(store, name)


def test_replacing_needs_to_be_asked_for(store):
    put(store)
    with pytest.raises(AlreadyExists):
        put(store)
    info = put(store, count=10, replace=True)
    assert (info.version, info.rows) == (2, 10)
    assert chunks_left(store) == 2
    assert len(datasets.list_all(store)) == 1


def test_a_failure_leaves_the_old_one_and_nothing_else(store):
    put(store)
    before = chunks_left(store)

    def broken():
        yield rows(5000)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        datasets.add(store, "a", "labelled", source="", mapping={}, batches=broken(), replace=True)
    assert chunks_left(store) == before
    assert list(datasets.read_rows(store, "a")) == rows(2500)
    with pytest.raises(DataUnusable, match="no rows"):
        datasets.add(store, "none", "labelled", source="", mapping={}, batches=[])
    assert [info.name for info in datasets.list_all(store)] == ["a"]


def test_leftovers_of_a_killed_import_are_swept(store):
    put(store)
    writer = datasets.Writer(store, "half", "labelled", source="f")
    for _ in range(3):
        writer.add_packed(1, bytes(3 << 20))
    assert chunks_left(store) == 4 + 3  # the process dies here
    assert [info.name for info in datasets.list_all(store)] == ["a"]
    with store.write() as connection:
        assert datasets.clean_unfinished(connection) == 1
        assert datasets.clean_unfinished(connection) == 0
    assert chunks_left(store) == 4
    assert len(list(datasets.read_rows(store, "a"))) == 2500


def test_removing_while_reading_is_told(store):
    put(store)
    reading = datasets.read_rows(store, "a")
    next(reading)
    datasets.remove(store, "a")
    assert chunks_left(store) == 0
    with pytest.raises(DataUnusable, match="replaced or removed"):
        list(reading)
    with pytest.raises(UnknownName):
        datasets.remove(store, "a")


def test_imports_are_in_the_audit_chain(store):
    put(store)
    put(store, replace=True)
    datasets.remove(store, "a")
    with store.read() as connection:
        actions = [entry[2] for entry in audit.entries(connection, 10)]
        assert audit.verify(connection) == (3, None)
    assert actions == ["data removed", "data replaced", "data imported"]


def test_rows_are_added_to_what_is_there(store):
    first = [[{"user": "u", "item": "i"}], [{"user": "v", "item": "j"}]]
    datasets.add(store, "e", "events", source="", mapping={"value": "Qty"}, batches=first)
    with datasets.Writer(store, "e", "events", source="more.csv", append=True) as writer:
        writer.add_packed(1, pack(("user", "item", "shelf"), [["w", "i", "9"]]))
        assert datasets.info(store, "e").rows == 2
        info = writer.finish(columns=("user", "item", "shelf"), mapping={"user": "who"}, labels={}, label_total=0)
    assert (info.rows, info.version) == (3, 2)
    rows = list(datasets.read_rows(store, "e"))
    assert [(row["user"], row["shelf"]) for row in rows] == [("u", ""), ("v", ""), ("w", "9")]
    assert datasets.find(store, "e").mapping == {"user": "who", "value": "Qty"}
    assert datasets.remove_rows(store, "e", "user", "v") == 1
    assert [row["user"] for row in datasets.read_rows(store, "e")] == ["u", "w"]
    assert [one.name for one in datasets.list_all(store)] == ["e"]


def test_what_breaks_off_while_adding_leaves_the_data_set_as_it_was(store):
    datasets.add(store, "e", "events", source="", mapping={}, batches=[[{"user": "u", "item": "i"}]])
    with datasets.Writer(store, "e", "events", source="", append=True) as writer:
        writer.add_packed(1, pack(("user", "item"), [["w", "i"]]))
    assert [row["user"] for row in datasets.read_rows(store, "e")] == ["u"]


def test_rows_of_another_kind_are_not_added(store):
    datasets.add(store, "e", "events", source="", mapping={}, batches=[[{"user": "u", "item": "i"}]])
    with pytest.raises(DataUnusable, match="it holds events, and items cannot be added"):
        datasets.Writer(store, "e", "items", source="", append=True)
