"""The questions of the retrieval meter: a person's own, or made from the headings and the FAQ of the collection."""

from __future__ import annotations

import random
from pathlib import Path, PurePath

import apsw
import msgspec
from msgspec import Struct

from engine.errors import FileMissing, FileUnusable
from engine.language.terms import is_cjk, normalise, query_terms, words
from engine.serve.chat.candidates import Candidate
from engine.store.documents import Collection
from engine.values import Rejection

MOST_DERIVED = 300
MOST_QUESTIONS = 20_000
MOST_FILE_BYTES = 64 << 20
LEAST_TERMS = 2
"""A heading of fewer telling words ("Overview") is asked together with the title of its document."""


class Known(Struct, frozen=True):
    """A question with what tells the right passage; all that is given has to hold.

    `documents` are normalised paths, names or stems; `answer` is normalised text without spaces; `headings` is a pair
    of document id and heading.
    """

    question: str
    documents: frozenset[str] = frozenset()
    answer: str = ""
    section: tuple[int, str] | None = None

    def right(self, one: Candidate) -> bool:
        """Whether a passage is the one that the question wants."""
        if self.section is not None:
            return (one.document, one.heading) == self.section
        if self.documents and not (names_of(one.doc) & self.documents):
            return False
        return not self.answer or self.answer in squeezed(one.text)


class _Line(Struct):
    question: str
    id: str | int = ""
    doc: str | list[str] = ""
    answer: str = ""


def names_of(path: str) -> frozenset[str]:
    """The ways to name a document: its path, its file's name, and that without its ending."""
    pure = PurePath(path)
    return frozenset({path, pure.name, pure.stem})


def squeezed(text: str) -> str:
    """Text for comparing: one spelling, no spaces."""
    return "".join(normalise(text).split())


def read_known(path: Path) -> tuple[list[Known], list[Rejection]]:
    """The questions of a file, and the lines that are none.

    Raises:
        FileMissing, FileUnusable.
    """
    known: list[Known] = []
    refused: list[Rejection] = []
    decoder = msgspec.json.Decoder(_Line)
    try:
        if path.stat().st_size > MOST_FILE_BYTES:
            raise FileUnusable(path=str(path), reason=f"it has more than {MOST_FILE_BYTES >> 20} MB.")
        with path.open("rb") as file:
            for number, line in enumerate(file, 1):
                if not line.strip():
                    continue
                try:
                    one = decoder.decode(line.removeprefix(b"\xef\xbb\xbf"))
                except (msgspec.DecodeError, UnicodeDecodeError) as error:
                    refused.append(Rejection(number, f"not a line with a question ({error})"))
                    continue
                docs = [one.doc] if isinstance(one.doc, str) else one.doc
                named = frozenset(doc for doc in docs if doc.strip())
                answer = squeezed(one.answer)
                if not one.question.strip():
                    refused.append(Rejection(number, "the question is empty"))
                elif not named and not answer:
                    refused.append(Rejection(number, "neither doc nor answer tells which passage is right"))
                elif len(known) < MOST_QUESTIONS:
                    known.append(Known(one.question.strip(), named, answer))
                else:
                    refused.append(Rejection(number, f"only the first {MOST_QUESTIONS:,} questions are used"))
    except FileNotFoundError as error:
        raise FileMissing(path=str(path)) from error
    except OSError as error:
        raise FileUnusable(path=str(path), reason=f"{error.strerror}.") from error
    return known, refused


def derive(connection: apsw.Connection, collection: Collection, most: int = MOST_DERIVED) -> list[Known]:
    """Questions from approved answers that stand in a document, and from headings; the same ones each time."""
    found = _from_answers(connection, collection.id) + _from_headings(connection, collection.id)
    chooser = random.Random(0)
    chooser.shuffle(found)
    return found[:most]


def _from_answers(connection: apsw.Connection, collection: int) -> list[Known]:
    rows = connection.execute(
        """SELECT a.question, a.answer, d.path FROM answers a JOIN documents d ON d.id = a.document
           WHERE a.collection = ? AND d.passages > 0 ORDER BY a.id LIMIT 5000""",
        (collection,),
    )
    return [
        Known(str(question), frozenset({str(path)}), squeezed(str(answer))[:60])
        for question, answer, path in rows
        if str(question).strip() and str(answer).strip()
    ]


def _from_headings(connection: apsw.Connection, collection: int) -> list[Known]:
    rows = connection.execute(
        """SELECT p.document, p.heading, d.title FROM passages p JOIN documents d ON d.id = p.document
           WHERE d.collection = ? AND p.heading <> '' GROUP BY p.document, p.heading ORDER BY p.document, min(p.id)
           LIMIT 20000""",
        (collection,),
    ).fetchall()
    asked: dict[str, list[Known]] = {}
    for document, heading, title in rows:
        last = str(heading).split("›")[-1].strip()
        question = last if len(query_terms(last)) >= LEAST_TERMS else f"{title} {last}".strip()
        if len(query_terms(question)) >= LEAST_TERMS:
            one = Known(_as_question(question), section=(int(str(document)), str(heading)))
            asked.setdefault(squeezed(question), []).append(one)
    # A heading that stands in several places asks for none of them.
    return [places[0] for places in asked.values() if len(places) == 1]


def _as_question(heading: str) -> str:
    if heading.endswith(("?", "？")):
        return heading
    if any(is_cjk(char) for char in heading):
        return f"{heading}？"
    opening = words(heading)[:1]
    if opening and opening[0].endswith("ing") and len(opening[0]) > 5:
        return f"What about {heading}?"
    return f"How does it work: {heading}?" if len(words(heading)) > 1 else f"What is {heading}?"
