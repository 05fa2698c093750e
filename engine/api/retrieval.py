"""Search in collections: what finds the right passages, measured on a collection's own questions."""

from __future__ import annotations

from typing import ClassVar

from engine.api.base import Request, Result
from engine.values import Rejection, SearchMode


class MeterRetrieval(Request, frozen=True):
    """Ask a collection questions whose place is known, in every mode, and keep the mode that finds most.

    `questions_path` is a file of JSON lines: `id`, `question`, and what tells the right place: `doc` (a path, a file's
    name or its stem, or several of these), `answer` (words that stand in the passage), or both. Without a file, or for
    lines with neither, questions are derived from the FAQ and the headings of the collection.
    """

    LONG: ClassVar[bool] = True
    TITLE: ClassVar[str] = "Measure the search in {collection}"
    collection: str
    questions_path: str = ""
    k: int = 10
    keep: bool = True


class GetRetrievalMeter(Request, frozen=True):
    """What was measured last; UnknownName where nothing was."""

    collection: str


class ChooseRetrieval(Request, frozen=True):
    """Set by hand what "auto" means for a collection; "auto" forgets what was chosen."""

    collection: str
    mode: SearchMode


class RetrievalMeter(Result, frozen=True):
    """`modes` has for each mode `recall@1`, `recall@3`, `recall@10`, `mrr`, each with its 95 % bounds (`…_low`,
    `…_high`), and `ms`, the median time of one search in milliseconds.

    `chosen` is what "auto" means from now on, `reason` tells why. `derived` tells that the questions were made from the
    collection itself: their words stand in it, which favours the search by words.
    """

    collection: str
    modes: dict[str, dict[str, float]]
    chosen: SearchMode
    questions: int
    derived: bool
    reason: str = ""
    measured: str = ""
    rejected: tuple[Rejection, ...] = ()
