"""What every request and result is, and what answers them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, Protocol

from msgspec import Struct

from engine.values import Progress

PROTOCOL_VERSION = 1


class Request(Struct, frozen=True, tag=True):
    """Base of every request.

    Class attributes:
        LONG: runs as a job: queued, listed under Activity, reports progress, can be cancelled.
        OPEN: needs no unlocked workspace.
        SLOW: answered at once, but may take long (a generator writes): never holds up short requests.
        TITLE: what the Activity page calls the job; filled from the request's fields.
    """

    LONG: ClassVar[bool] = False
    OPEN: ClassVar[bool] = False
    SLOW: ClassVar[bool] = False
    TITLE: ClassVar[str] = ""

    def may_take_long(self) -> bool:
        """Whether this very request is `SLOW`."""
        return self.SLOW


class Result(Struct, frozen=True):
    """Base of every result."""


class Done(Result, frozen=True):
    """An act that has nothing to tell beyond having been done."""

    ok: bool = True


class Control(Protocol):
    """What a running act may use: tell how far it is, and learn that it should stop."""

    def report(
        self, done: int, total: int | None, stage: str, note: str = "", values: dict[str, float] | None = None
    ) -> None:
        """Publish progress (at most ten times a second) and raise `Cancelled` if asked to stop."""

    def check(self) -> None:
        """Raise `Cancelled` if asked to stop."""


class Engine(Protocol):
    """Anything that answers requests."""

    def call(self, request: Request, on_progress: Callable[[Progress], None] | None = None) -> Any:
        """Do what the request asks.

        Returns:
            The struct that `RESULTS` names for the request's class.
        Raises:
            EngineError: with a code and a sentence for people.
        """
