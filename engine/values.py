"""Small shared values that travel between the stages, the store and the front ends.

Arrays never appear here: a value that crosses a process is plain data (msgspec) with raw bytes where numbers are many.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

DatasetKind = Literal["labelled", "entities", "faq", "items", "events", "texts"]
AnswerMode = Literal["template", "quote", "generated", "not_found", "handoff"]
SearchMode = Literal["auto", "bm25", "dense", "hybrid", "rerank"]
FileStatus = Literal["indexed", "unchanged", "skipped", "failed", "missing", "removed"]
JobState = Literal["queued", "running", "paused", "done", "partly", "failed", "cancelled", "interrupted"]


class Rejection(Struct, frozen=True):
    """A row that was refused.

    `line` counts physical lines from 1 as an editor shows them (rows for spreadsheets and parquet); `code` names
    the reason for programs; `reason` is the sentence for people.
    """

    line: int
    reason: str
    code: str = ""


class LineBox(Struct, frozen=True):
    """Characters `start` to `end` of a page's text and the rectangle they take on paper, as shares of the page from its
    upper left corner."""

    start: int
    end: int
    left: float
    top: float
    right: float
    bottom: float


class Citation(Struct, frozen=True):
    """Where a sentence comes from. `start` and `end` are characters in the text of the page (`GetPage`)."""

    doc: str
    page: int | None
    excerpt: str
    start: int = 0
    end: int = 0
    document_id: int = 0
    title: str = ""
    date: str = ""
    """Of the document, as a day (ISO 8601), where it matters: beside a source that says something else, and of the last
    change of an answer that a person wrote, who is the `title` then; such an answer has no document (0)."""


class Sentence(Struct, frozen=True):
    """A sentence of an answer; `citation` counts from 0 into the citations of the answer."""

    text: str
    supported: bool
    citation: int | None


class LabelScore(Struct, frozen=True):
    label: str
    score: float


class Progress(Struct, frozen=True):
    """How far a long act is. `left_s` is None while it cannot be told. `values` are numbers of the moment that a curve
    may show: for a training `epoch`, `step`, `loss`, and `valid_score` where it was just measured."""

    done: int
    total: int | None
    stage: str
    left_s: float | None = None
    note: str = ""
    values: dict[str, float] = {}
