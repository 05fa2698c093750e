"""Data sets: named, versioned rows of text in packed chunks.

A data set comes into being in short transactions under `staged` and becomes visible in one: nobody ever reads half
of one, and what an interruption leaves behind is removed when the workspace opens again (`clean_unfinished`).
Replacing keeps the old rows readable until that same moment.
"""

from __future__ import annotations

import contextlib
import json
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from types import TracebackType
from typing import Self, cast

import apsw
from msgspec import Struct

from engine.api import DatasetInfo
from engine.dataset.chunks import CHUNK_ROWS, Rows, pack, unpack
from engine.errors import AlreadyExists, DataUnusable, InputError, UnknownName
from engine.ingest.kinds import field_names
from engine.store.audit import now, record
from engine.store.connection import Store
from engine.values import DatasetKind

SCHEMA = """
CREATE TABLE datasets (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    version INTEGER NOT NULL,
    rows INTEGER NOT NULL,
    created TEXT NOT NULL,
    source TEXT NOT NULL,
    columns TEXT NOT NULL,
    mapping TEXT NOT NULL,
    labels TEXT NOT NULL,
    label_total INTEGER NOT NULL,
    staged INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX datasets_by_name ON datasets (name) WHERE staged = 0;
CREATE TABLE dataset_chunks (
    dataset INTEGER NOT NULL REFERENCES datasets (id),
    first_row INTEGER NOT NULL,
    rows INTEGER NOT NULL,
    data BLOB NOT NULL,
    PRIMARY KEY (dataset, first_row)
) STRICT;
"""
NAME_MAX_CHARS = 200
LABELS_KEPT = 10_000
"""Counts are kept for so many labels, the most frequent; more than that is no labelling."""
_WRITE_AT_BYTES = 2 << 20
_REMOVE_AT_ONCE = 200
_COLUMNS = "name, kind, rows, version, created, source, label_total"


class StoredDataset(Struct, frozen=True):
    """A data set without its rows. `labels` counts rows per label, most frequent first."""

    id: int
    info: DatasetInfo
    columns: tuple[str, ...]
    mapping: dict[str, str]
    labels: dict[str, int]


def checked_name(name: str) -> str:
    """A name as it is stored: without spaces around it, in one Unicode form.

    Raises:
        InputError: empty, too long, or with characters that cannot be shown.
    """
    name = unicodedata.normalize("NFC", name).strip()
    if not name or len(name) > NAME_MAX_CHARS:
        raise InputError(reason=f"A data set needs a name of 1 to {NAME_MAX_CHARS} characters.")
    if any(unicodedata.category(char) in ("Cc", "Cs") for char in name):
        raise InputError(reason="The name of a data set may not hold control characters.")
    return name


class Writer:
    """A data set that is being written; leave the `with` block without `finish` and nothing remains of it.

    Args of the constructor:
        replace: put it in the place of a data set of that name; otherwise such a name is refused.
        append: add the rows to the data set of that name, or begin it.
    Raises:
        AlreadyExists: at the start, or in `finish` if somebody was faster.
    """

    def __init__(
        self, store: Store, name: str, kind: DatasetKind, *, source: str, replace: bool = False, append: bool = False
    ) -> None:
        self._store = store
        self.name = checked_name(name)
        self.kind = kind
        self._replace = replace
        self._append = append
        self._waiting: list[tuple[int, int, bytes]] = []
        self._waiting_bytes = 0
        self.rows = 0
        self._finished = False
        with store.write() as connection:
            self._refuse_taken(connection)
            connection.execute(
                "INSERT INTO datasets (name, kind, version, rows, created, source, columns, mapping, labels,"
                " label_total, staged) VALUES (?, ?, 0, 0, ?, ?, '[]', '{}', '{}', 0, 1)",
                (self.name, kind, now(), _storable(source)),
            )
            self._id = connection.last_insert_rowid()

    def _refuse_taken(self, connection: apsw.Connection) -> None:
        found = _find(connection, self.name)
        if found and self._append and found.info.kind != self.kind:
            reason = f"it holds {found.info.kind}, and {self.kind} cannot be added to it."
            raise DataUnusable(name=self.name, reason=reason)
        if found and not self._replace and not self._append:
            raise AlreadyExists(what="The data set", name=self.name)

    def add_packed(self, rows: int, data: bytes) -> None:
        """Take a chunk as `engine.dataset.chunks.pack` made it."""
        self._waiting.append((self.rows, rows, data))
        self._waiting_bytes += len(data)
        self.rows += rows
        if self._waiting_bytes >= _WRITE_AT_BYTES:
            self._write_waiting()

    def _write_waiting(self) -> None:
        if not self._waiting:
            return
        with self._store.write() as connection:
            connection.executemany(
                "INSERT INTO dataset_chunks VALUES (?, ?, ?, ?)",
                [(self._id, first, rows, data) for first, rows, data in self._waiting],
            )
        self._waiting, self._waiting_bytes = [], 0

    def finish(
        self, *, columns: Iterable[str], mapping: Mapping[str, str], labels: Mapping[str, int], label_total: int
    ) -> DatasetInfo:
        """Make it visible, in one transaction with the removal of what it replaces and the audit entry."""
        if self.rows == 0:
            raise DataUnusable(name=self.name, reason="it has no rows.")
        self._write_waiting()
        kept = dict(Counter(labels).most_common(LABELS_KEPT))
        with self._store.write() as connection:
            self._refuse_taken(connection)
            version = 1
            if (old := _find(connection, self.name)) and self._append:
                self._join(connection, old, columns, mapping, labels)
                self._finished = True
                return _info_now(connection, self.name)
            if old:
                version = old.info.version + 1
                _remove_rows(connection, old.id)
            connection.execute(
                "UPDATE datasets SET version = ?, rows = ?, columns = ?, mapping = ?, labels = ?, label_total = ?,"
                " staged = 0, created = ? WHERE id = ?",
                (version, self.rows, _json(list(columns)), _json(dict(mapping)), _json(kept), label_total, now(),
                 self._id),
            )  # fmt: skip
            record(connection, "data imported" if version == 1 else "data replaced", self.name)
        self._finished = True
        return info(self._store, self.name)

    def _join(
        self,
        connection: apsw.Connection,
        old: StoredDataset,
        columns: Iterable[str],
        mapping: Mapping[str, str],
        labels: Mapping[str, int],
    ) -> None:
        """Hang the new chunks behind those of the data set that is there; each chunk names its own columns."""
        merged = dict.fromkeys((*old.columns, *columns))
        counts = Counter(old.labels)
        counts.update(labels)
        connection.execute(
            "UPDATE dataset_chunks SET dataset = ?, first_row = first_row + ? WHERE dataset = ?",
            (old.id, old.info.rows, self._id),
        )
        connection.execute("DELETE FROM datasets WHERE id = ?", (self._id,))
        connection.execute(
            "UPDATE datasets SET version = ?, rows = ?, columns = ?, mapping = ?, labels = ?, label_total = ?,"
            " created = ? WHERE id = ?",
            (old.info.version + 1, old.info.rows + self.rows, _json(list(merged)),
             _json({**mapping, **old.mapping}), _json(dict(counts.most_common(LABELS_KEPT))), len(counts), now(),
             old.id),
        )  # fmt: skip
        record(connection, "data added", self.name)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not self._finished:
            # The store may have been locked or the disk may be full; then the next opening cleans up.
            with contextlib.suppress(Exception):
                _remove_in_steps(self._store, self._id)


def add(
    store: Store,
    name: str,
    kind: DatasetKind,
    *,
    source: str,
    mapping: Mapping[str, str],
    batches: Iterable[list[dict[str, str]]],
    replace: bool = False,
) -> DatasetInfo:
    """Store rows of canonical fields (and others by their own name); all or nothing."""
    labels: Counter[str] = Counter()
    columns: dict[str, None] = dict.fromkeys(field_names(kind))
    with Writer(store, name, kind, source=source, replace=replace) as writer:
        for batch in batches:
            for start in range(0, len(batch), CHUNK_ROWS):
                part = batch[start : start + CHUNK_ROWS]
                for row in part:
                    columns.update(dict.fromkeys(row))
                here = tuple(columns)
                writer.add_packed(len(part), pack(here, [[row.get(name, "") for name in here] for row in part]))
                if kind == "labelled":
                    labels.update(row["label"] for row in part)
        return writer.finish(columns=columns, mapping=mapping, labels=labels, label_total=len(labels))


def find(store: Store, name: str) -> StoredDataset:
    """A data set by its name.

    Raises:
        UnknownName: there is none; names those that there are.
    """
    with store.read() as connection:
        found = _find(connection, unicodedata.normalize("NFC", name).strip())
        if found is None:
            known = [row[0] for row in connection.execute("SELECT name FROM datasets WHERE staged = 0 ORDER BY name")]
            raise UnknownName(what="data set", name=name, known=", ".join(map(str, known[:20])) or "none yet")
        return found


def info(store: Store, name: str) -> DatasetInfo:
    """Raises `UnknownName`."""
    return find(store, name).info


def list_all(store: Store) -> tuple[DatasetInfo, ...]:
    with store.read() as connection:
        rows = connection.execute(f"SELECT {_COLUMNS} FROM datasets WHERE staged = 0 ORDER BY name")  # noqa: S608
        return tuple(_info(row) for row in rows)


def read_rows(store: Store, name: str, kind: DatasetKind | None = None) -> Iterator[dict[str, str]]:
    """Rows in stored order, each with every canonical field of its kind.

    Raises:
        UnknownName: at once, not at the first row.
        DataUnusable: the data set is of another kind than asked for.
    """
    found = find(store, name)
    if kind is not None and found.info.kind != kind:
        raise DataUnusable(name=name, reason=f"it holds {found.info.kind}, and {kind} is needed.")
    return _rows(store, found, 0)


def read_page(store: Store, name: str, offset: int, limit: int) -> tuple[StoredDataset, list[dict[str, str]]]:
    """A data set and `limit` of its rows from row `offset` (from 0) on."""
    found = find(store, name)
    page: list[dict[str, str]] = []
    if limit > 0:
        for row in _rows(store, found, max(0, offset)):
            page.append(row)
            if len(page) >= limit:
                break
    return found, page


def remove(store: Store, name: str) -> None:
    """Remove a data set; raises `UnknownName`."""
    found = find(store, name)
    with store.write() as connection:
        # Out of sight at once; the rows follow in short transactions.
        connection.execute("UPDATE datasets SET staged = 1 WHERE id = ?", (found.id,))
        record(connection, "data removed", found.info.name)
    _remove_in_steps(store, found.id)


def remove_rows(store: Store, name: str, field: str, value: str) -> int:
    """Remove every row whose `field` is `value` (spaces around it aside), in one transaction.

    The freed pages are overwritten (`secure_delete`). A data set may be left without rows.

    Returns:
        How many rows were removed.
    Raises:
        UnknownName
    """
    found = find(store, name)
    removed = first = 0
    with store.write() as connection:
        starts = connection.execute(
            "SELECT first_row, rows FROM dataset_chunks WHERE dataset = ? ORDER BY first_row", (found.id,)
        ).fetchall()
        for old_first, count in cast(list[tuple[int, int]], starts):
            where = (found.id, old_first)
            row = connection.execute("SELECT data FROM dataset_chunks WHERE dataset = ? AND first_row = ?", where)
            chunk = unpack(cast(bytes, cast(tuple[object], row.fetchone())[0]))
            at = chunk.columns.index(field) if field in chunk.columns else None
            kept = [cells for cells in chunk.rows if at is None or cells[at].strip() != value]
            removed += count - len(kept)
            if not kept:
                connection.execute("DELETE FROM dataset_chunks WHERE dataset = ? AND first_row = ?", where)
            elif len(kept) < count:
                connection.execute(
                    "UPDATE dataset_chunks SET first_row = ?, rows = ?, data = ? WHERE dataset = ? AND first_row = ?",
                    (first, len(kept), pack(chunk.columns, kept), *where),
                )
            elif first != old_first:
                connection.execute(
                    "UPDATE dataset_chunks SET first_row = ? WHERE dataset = ? AND first_row = ?", (first, *where)
                )
            first += len(kept)
        if removed:
            connection.execute("UPDATE datasets SET rows = ? WHERE id = ?", (first, found.id))
            record(connection, "rows removed", found.info.name)
    return removed


def clean_unfinished(connection: apsw.Connection) -> int:
    """Remove what interrupted imports and removals left behind; call it inside a write when the workspace opens.

    Returns:
        How many data sets were swept away.
    """
    staged = [int(str(row[0])) for row in connection.execute("SELECT id FROM datasets WHERE staged = 1")]
    for dataset in staged:
        _remove_rows(connection, dataset)
    return len(staged)


def _rows(store: Store, found: StoredDataset, offset: int) -> Iterator[dict[str, str]]:
    missing = dict.fromkeys((*field_names(found.info.kind), *found.columns), "")
    at = offset
    while at < found.info.rows:
        # One chunk per read: between them the data set may be replaced, which ends this reading with an error.
        with store.read() as connection:
            row = connection.execute(
                "SELECT first_row, rows, data FROM dataset_chunks WHERE dataset = ? AND first_row <= ?"
                " ORDER BY first_row DESC LIMIT 1",
                (found.id, at),
            ).fetchone()
        first, count, data = cast(tuple[int, int, bytes], row) if row else (0, 0, b"")
        if at >= first + count:
            raise DataUnusable(name=found.info.name, reason="it was replaced or removed while it was read.")
        chunk: Rows = unpack(data)
        for cells in chunk.rows[at - first :]:
            yield missing | dict(zip(chunk.columns, cells, strict=True))
        at = first + count


def _find(connection: apsw.Connection, name: str) -> StoredDataset | None:
    row = connection.execute(
        f"SELECT {_COLUMNS}, id, columns, mapping, labels FROM datasets WHERE name = ? AND staged = 0",  # noqa: S608
        (name,),
    ).fetchone()
    if row is None:
        return None
    values = cast(tuple[str, ...], row)
    return StoredDataset(
        id=int(values[7]),
        info=_info(values),
        columns=tuple(json.loads(values[8])),
        mapping=json.loads(values[9]),
        labels=json.loads(values[10]),
    )


def _info_now(connection: apsw.Connection, name: str) -> DatasetInfo:
    found = _find(connection, name)
    assert found is not None
    return found.info


def _info(row: tuple[object, ...]) -> DatasetInfo:
    name, kind, rows, version, created, source, labels = cast(tuple[str, DatasetKind, int, int, str, str, int], row[:7])
    return DatasetInfo(name=name, kind=kind, rows=rows, version=version, created=created, source=source, labels=labels)


def _remove_rows(connection: apsw.Connection, dataset: int) -> None:
    connection.execute("DELETE FROM dataset_chunks WHERE dataset = ?", (dataset,))
    connection.execute("DELETE FROM datasets WHERE id = ?", (dataset,))


def _remove_in_steps(store: Store, dataset: int) -> None:
    while True:
        with store.write() as connection:
            connection.execute(
                "DELETE FROM dataset_chunks WHERE dataset = ?1 AND first_row IN"
                " (SELECT first_row FROM dataset_chunks WHERE dataset = ?1 LIMIT ?2)",
                (dataset, _REMOVE_AT_ONCE),
            )
            if connection.changes() < _REMOVE_AT_ONCE:
                _remove_rows(connection, dataset)
                return


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _storable(text: str) -> str:
    """A file name as text that a database takes: bytes of it that are no UTF-8 become question marks."""
    return text.encode("utf-8", "replace").decode("utf-8")
