"""Approved answers that people of the desk wrote: not out of a file, with variants of their question, until a day.

They stand in the table of approved answers beside those of FAQ files and are found the same way. A variant is a row
of its own that points to its answer and carries the same text; so search needs to know nothing of variants. Changes
count up the version of the collection, so that they are found from the next question on.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import apsw
from msgspec import Struct
from msgspec.structs import replace

from engine.dataset.folding import folded_text
from engine.errors import UnknownName
from engine.language.terms import terms
from engine.store.answers import purge_index, today
from engine.store.audit import now
from engine.store.passages import Vectors

SCHEMA = """
ALTER TABLE answers ADD COLUMN created TEXT NOT NULL DEFAULT '';
ALTER TABLE answers ADD COLUMN changed TEXT NOT NULL DEFAULT '';
ALTER TABLE answers ADD COLUMN expires TEXT NOT NULL DEFAULT '';
ALTER TABLE answers ADD COLUMN variant_of INTEGER REFERENCES answers (id);
CREATE INDEX answers_by_expiry ON answers (collection, expires) WHERE expires <> '';
CREATE INDEX answers_by_variant ON answers (variant_of) WHERE variant_of IS NOT NULL;
CREATE INDEX answers_own ON answers (collection) WHERE document IS NULL;
CREATE TABLE own_answer_vectors (
    answer INTEGER PRIMARY KEY REFERENCES answers (id) ON DELETE CASCADE,
    dimension INTEGER NOT NULL,
    scale REAL NOT NULL,
    data BLOB NOT NULL
) STRICT;
"""
SOURCE = "Approved answers"
"""What stands as the document of an answer that has none."""


class OwnAnswer(Struct, frozen=True):
    """An approved answer as it is stored; `expires` is the last day (YYYY-MM-DD, UTC) it is used, empty for no end.

    `variants` are other ways to put the question.
    """

    question: str
    answer: str
    owner: str = ""
    expires: str = ""
    variants: Sequence[str] = ()

    @property
    def questions(self) -> list[str]:
        """All ways to put it, the question itself first; what says the same is there once."""
        found: dict[str, str] = {}
        for one in (self.question, *self.variants):
            found.setdefault(folded_text(one), one)
        return list(found.values())


class Listed(Struct, frozen=True):
    """An approved answer as it is shown. `file` is empty for those that were written here."""

    id: int
    collection: str
    question: str
    answer: str
    owner: str
    created: str
    changed: str
    expires: str
    file: str
    line: int
    variants: tuple[str, ...] = ()


def add(connection: apsw.Connection, collection: int, new: OwnAnswer, vectors: Vectors) -> int:
    """Store an answer; `vectors` has a row for each of `new.questions`. Returns its id."""
    main = _insert(connection, collection, new, now(), vectors)
    _touch(connection, collection)
    return main


def change(connection: apsw.Connection, number: int, new: OwnAnswer, vectors: Vectors) -> None:
    """Put other contents into an answer that was written here; its id stays. Raises: UnknownName."""
    collection, created = _own(connection, number)
    _unindex(connection, collection, number)
    connection.execute("DELETE FROM answers WHERE variant_of = ?", (number,))
    connection.execute("DELETE FROM own_answer_vectors WHERE answer = ?", (number,))
    connection.execute(
        "UPDATE answers SET question = ?, answer = ?, owner = ?, expires = ?, changed = ? WHERE id = ?",
        (new.question, new.answer, new.owner, new.expires, now(), number),
    )
    _index(connection, collection, number, new.question, vectors, 0)
    for row, variant in enumerate(new.questions[1:], 1):
        _index(
            connection, collection, _row(connection, collection, new, variant, created, number), variant, vectors, row
        )
    purge_index(connection, collection)
    _touch(connection, collection)


def delete(connection: apsw.Connection, number: int) -> None:
    """Remove an answer that was written here, its variants and every trace in the index. Raises: UnknownName."""
    collection, _ = _own(connection, number)
    _unindex(connection, collection, number)
    connection.execute("DELETE FROM answers WHERE variant_of = ?", (number,))
    connection.execute("DELETE FROM answers WHERE id = ?", (number,))
    purge_index(connection, collection)
    _touch(connection, collection)


def forget_collection(connection: apsw.Connection, collection: int) -> None:
    """Remove what was written here for a collection that goes; its word index is already gone."""
    connection.execute("DELETE FROM answers WHERE collection = ? AND variant_of IS NOT NULL", (collection,))
    connection.execute("DELETE FROM answers WHERE collection = ? AND document IS NULL", (collection,))


def same_question(connection: apsw.Connection, collection: int, question: str) -> int | None:
    """The answer written here whose question, or a variant of it, says the same but for case and spaces."""
    wanted = folded_text(question)
    rows: Any = connection.execute(
        "SELECT coalesce(variant_of, id), question FROM answers WHERE collection = ? AND document IS NULL ORDER BY id",
        (collection,),
    )
    return next((int(number) for number, text in rows if folded_text(text) == wanted), None)


_LISTED = """SELECT a.id, c.name, a.question, a.answer, a.owner,
                    coalesce(nullif(a.created, ''), d.added, ''), coalesce(nullif(a.changed, ''), d.added, ''),
                    a.expires, coalesce(d.path, ''), a.line
             FROM answers a JOIN collections c ON c.id = a.collection LEFT JOIN documents d ON d.id = a.document
             WHERE a.variant_of IS NULL """


def get(connection: apsw.Connection, number: int) -> Listed:
    """One answer; a variant's number gives the answer it belongs to. Raises: UnknownName."""
    row: Any = connection.execute(
        f"{_LISTED} AND a.id = coalesce((SELECT variant_of FROM answers WHERE id = ?1), ?1)",  # noqa: S608
        (number,),
    ).fetchone()
    if row is None:
        raise UnknownName(what="approved answer", name=str(number), known="see the list of approved answers")
    return _with_variants(connection, [Listed(*row)])[0]


def find(connection: apsw.Connection, collection: int | None, query: str, state: str, limit: int) -> list[Listed]:
    """Answers that hold every word of `query` in question, variant, answer or owner; the last changed first.

    `state`: "current", "expired" or "" for both.
    """
    where = ""
    values: list[str | int] = []
    if collection is not None:
        where += "AND a.collection = ? "
        values.append(collection)
    if state:
        where += "AND (a.expires <> '' AND a.expires < ?) = ? "
        values += [today(), int(state == "expired")]
    for word in query.split():
        like = "%" + word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        where += (
            "AND (a.question LIKE ? ESCAPE '\\' OR a.answer LIKE ? ESCAPE '\\' OR a.owner LIKE ? ESCAPE '\\' "
            "OR EXISTS (SELECT 1 FROM answers v WHERE v.variant_of = a.id AND v.question LIKE ? ESCAPE '\\')) "
        )
        values += [like] * 4
    rows: Any = connection.execute(f"{_LISTED} {where} ORDER BY 7 DESC, a.id DESC LIMIT ?", (*values, limit))
    return _with_variants(connection, [Listed(*row) for row in rows])


def counts(connection: apsw.Connection, collection: int | None) -> tuple[int, int]:
    """(answers in use, expired ones), variants not counted."""
    row: Any = connection.execute(
        "SELECT count(*), coalesce(sum(expires <> '' AND expires < ?1), 0) FROM answers"
        " WHERE variant_of IS NULL AND (?2 IS NULL OR collection = ?2)",
        (today(), collection),
    ).fetchone()
    return int(row[0]) - int(row[1]), int(row[1])


def _with_variants(connection: apsw.Connection, listed: list[Listed]) -> list[Listed]:
    variants: dict[int, list[str]] = {}
    for start in range(0, len(listed), 500):
        numbers = [one.id for one in listed[start : start + 500] if not one.file]
        marks = ",".join("?" * len(numbers))
        rows: Any = connection.execute(
            f"SELECT variant_of, question FROM answers WHERE variant_of IN ({marks}) ORDER BY id",  # noqa: S608
            tuple(numbers),
        )
        for number, question in rows:
            variants.setdefault(number, []).append(question)
    return [replace(one, variants=tuple(variants.get(one.id, ()))) for one in listed]


def _insert(connection: apsw.Connection, collection: int, new: OwnAnswer, created: str, vectors: Vectors) -> int:
    questions = new.questions
    assert len(vectors.data) == len(questions)
    main = _row(connection, collection, new, questions[0], created, None)
    _index(connection, collection, main, questions[0], vectors, 0)
    for row, variant in enumerate(questions[1:], 1):
        _index(connection, collection, _row(connection, collection, new, variant, created, main), variant, vectors, row)
    return main


def _row(
    connection: apsw.Connection, collection: int, new: OwnAnswer, question: str, created: str, variant_of: int | None
) -> int:
    connection.execute(
        """INSERT INTO answers (collection, document, question, answer, owner, source, line, page, start, end,
                                created, changed, expires, variant_of)
           VALUES (?, NULL, ?, ?, ?, ?, 0, 1, 0, 0, ?, ?, ?, ?)""",
        (collection, question, new.answer, new.owner, SOURCE, created, now(), new.expires, variant_of),
    )
    return connection.last_insert_rowid()


def _index(
    connection: apsw.Connection, collection: int, number: int, question: str, vectors: Vectors, row: int
) -> None:
    connection.execute(
        f"INSERT INTO answer_index_{collection:d} (rowid, question) VALUES (?, ?)",  # noqa: S608
        (number, " ".join(terms(question))),
    )
    connection.execute(
        "INSERT INTO own_answer_vectors VALUES (?, ?, ?, ?)",
        (number, vectors.dimension, float(vectors.scales[row]), vectors.data[row].tobytes()),
    )


def _unindex(connection: apsw.Connection, collection: int, number: int) -> None:
    connection.execute(
        f"DELETE FROM answer_index_{collection:d} WHERE rowid IN "  # noqa: S608
        "(SELECT id FROM answers WHERE id = ?1 OR variant_of = ?1)",
        (number,),
    )


def _own(connection: apsw.Connection, number: int) -> tuple[int, str]:
    row: Any = connection.execute(
        "SELECT collection, created FROM answers WHERE id = ? AND document IS NULL AND variant_of IS NULL", (number,)
    ).fetchone()
    if row is None:
        raise UnknownName(what="approved answer", name=str(number), known="those that were written here")
    return int(row[0]), str(row[1])


def _touch(connection: apsw.Connection, collection: int) -> None:
    connection.execute("UPDATE collections SET version = version + 1 WHERE id = ?", (collection,))
