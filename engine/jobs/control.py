"""Progress and cancel of one running act."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from engine.errors import Cancelled
from engine.values import Progress

LEAST_SECONDS_BETWEEN = 0.1


class JobControl:
    """`engine.api.Control` for an act that runs in this process.

    `cancel` may be called from any thread. The time left is judged from the speed within the present stage.
    """

    def __init__(self, on_progress: Callable[[Progress], None] | None = None) -> None:
        self._on_progress = on_progress
        self._cancelled = threading.Event()
        self._last_told = 0.0
        self._stage = ""
        self._stage_began = 0.0
        self._stage_first = 0
        self.latest: Progress | None = None

    def cancel(self) -> None:
        self._cancelled.set()

    @property
    def cancelled(self) -> bool:
        return self._cancelled.is_set()

    def check(self) -> None:
        if self._cancelled.is_set():
            raise Cancelled

    def report(
        self, done: int, total: int | None, stage: str, note: str = "", values: dict[str, float] | None = None
    ) -> None:
        self.check()
        now = time.monotonic()
        if stage != self._stage:
            self._stage, self._stage_began, self._stage_first = stage, now, done
        elif now - self._last_told < LEAST_SECONDS_BETWEEN and not note and not values and done != total:
            return
        self._last_told = now
        left_s = self._left(done, total, now)
        self.latest = Progress(done=done, total=total, stage=stage, left_s=left_s, note=note, values=values or {})
        if self._on_progress:
            self._on_progress(self.latest)

    def _left(self, done: int, total: int | None, now: float) -> float | None:
        elapsed, advanced = now - self._stage_began, done - self._stage_first
        if total is None or advanced <= 0 or elapsed < 0.5:
            return None
        return round(elapsed / advanced * max(0, total - done), 1)
