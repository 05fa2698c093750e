"""Recommend: what became of the lists that were shown, and what another version would have reached."""

from __future__ import annotations

from typing import ClassVar

from msgspec import Struct

from engine.api.base import Request, Result
from engine.values import Rejection


class FeedbackEvent(Struct, frozen=True):
    """`kind`: "shown", "clicked" or "dismissed".

    Attributes:
        list: the number that `RankedItems.shown` gave, or any name of a list shown elsewhere.
        place: from 1; with `chance`, the probability with which the item stood there, only for "shown".
        time: ISO 8601, now where empty.
    """

    kind: str
    item: str
    user: str = ""
    list: str = ""
    place: int = 0
    chance: float | None = None
    time: str = ""


class RecordFeedback(Request, frozen=True):
    pack: str
    events: tuple[FeedbackEvent, ...]


class ImportFeedback(Request, frozen=True):
    """Feedback from a table with the columns user, item, type, and where known list, place, chance, time."""

    LONG: ClassVar[bool] = True
    TITLE: ClassVar[str] = "Feedback for {pack}"
    pack: str
    input: str


class FeedbackRecorded(Result, frozen=True):
    shown: int
    clicked: int
    dismissed: int
    repeated: int = 0
    """Events that were known already."""
    rejected_count: int = 0
    rejected: tuple[Rejection, ...] = ()


class UndoDismissal(Request, frozen=True):
    pack: str
    user: str
    item: str


class FeedbackToEvents(Request, frozen=True):
    """Add clicks (as events of type click) and dismissals (as hide) to a data set of events, each once."""

    pack: str
    dataset: str = ""
    """The one that the pack learned from, unless told."""


class FeedbackAdded(Result, frozen=True):
    dataset: str
    added: int
    left_out: int = 0
    """Of people without a name."""


class GetFeedbackFigures(Request, frozen=True):
    """The hit rate over time: `per` is "day", "week" or "month"."""

    pack: str
    per: str = "week"


class FeedbackPeriod(Struct, frozen=True):
    """`rate`: share of the shown items that were clicked, with the ends of its 95 % interval (Wilson)."""

    start: str
    lists: int
    shown: int
    clicked: int
    dismissed: int
    rate: float
    low: float
    high: float
    versions: tuple[int, ...] = ()


class FeedbackFigures(Result, frozen=True):
    """`drift`: "none", "up", "down" or "unknown" (too little was shown); `verdict` says it in a sentence."""

    lists: int
    shown: int
    clicked: int
    dismissed: int
    periods: tuple[FeedbackPeriod, ...]
    drift: str
    verdict: str


class ReplayVersions(Request, frozen=True):
    """Compare two versions on the lists that were shown, without showing anything to anybody.

    Attributes:
        clip: largest weight of one shown item; smaller means steadier and more biased.
    """

    LONG: ClassVar[bool] = True
    TITLE: ClassVar[str] = "Compare versions of {pack} by replay"
    pack: str
    first: int
    second: int
    clip: float = 50.0
    seed: int = 0


class ReplayedVersion(Struct, frozen=True):
    """`ips`, `snips`: clicks per shown place it would have got, by both estimates; `low`, `high`: 95 % interval of
    `snips`; `matched`: shown places that it would have filled alike; `effective`: what they are worth as a sample;
    `clipped`: share of them whose weight was cut."""

    version: int
    ips: float
    snips: float
    low: float
    high: float
    matched: int
    clicks: int
    effective: float
    clipped: float


class VersionsReplayed(Result, frozen=True):
    """`difference`: second less first by `snips`, with its interval; `enough`: whether the logs carry a verdict."""

    pack: str
    lists: int
    places: int
    clicks: int
    logged_rate: float
    first: ReplayedVersion
    second: ReplayedVersion
    difference: float
    difference_low: float
    difference_high: float
    enough: bool
    verdict: str
    notes: tuple[str, ...] = ()
