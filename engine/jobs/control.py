"""Progress, pause and cancel of one running act."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from engine.errors import Cancelled
from engine.values import Progress

LEAST_SECONDS_BETWEEN = 0.1

OnHold = Callable[[bool], None]


class JobControl:
    """`engine.api.Control` for an act that runs in this process.

    `cancel`, `pause` and `resume` may be called from any thread. While paused, `check` and `report` wait; a cancel
    ends the wait. The time left is judged from the speed within the present stage, pauses not counted.
    """

    def __init__(self, on_progress: Callable[[Progress], None] | None = None) -> None:
        self._on_progress = on_progress
        self._cancelled = threading.Event()
        self._may_go = threading.Event()
        self._may_go.set()
        self._holding = threading.RLock()
        self._on_hold: list[OnHold] = []
        self._last_told = 0.0
        self._stage = ""
        self._stage_began = 0.0
        self._stage_first = 0
        self.latest: Progress | None = None
        self.waiting = False

    def cancel(self) -> None:
        with self._holding:
            self._cancelled.set()
            self._may_go.set()

    @property
    def cancelled(self) -> bool:
        return self._cancelled.is_set()

    @property
    def paused(self) -> bool:
        return not self._may_go.is_set()

    def pause(self) -> None:
        """Hold the act at its next check; without effect on an act that was cancelled."""
        with self._holding:
            if self.cancelled or self.paused:
                return
            self._may_go.clear()
            for tell in self._on_hold:
                tell(True)

    def resume(self) -> None:
        with self._holding:
            if not self.paused:
                return
            self._may_go.set()
            for tell in self._on_hold:
                tell(False)

    @contextmanager
    def held_along(self, tell: OnHold) -> Iterator[None]:
        """Within the block, `tell` is called with True when the act is paused and with False when it goes on, from
        the thread that asked for it; at once, if it is paused already."""
        with self._holding:
            self._on_hold.append(tell)
            if self.paused:
                tell(True)
        try:
            yield
        finally:
            with self._holding:
                self._on_hold.remove(tell)

    def check(self) -> None:
        """Wait while paused; raise `Cancelled` if asked to stop."""
        if self.paused:
            began = time.monotonic()
            self._may_go.wait()
            self._stage_began += time.monotonic() - began
        if self._cancelled.is_set():
            raise Cancelled

    def report(
        self, done: int, total: int | None, stage: str, note: str = "", values: dict[str, float] | None = None
    ) -> None:
        """Publish progress at most ten times a second; wait while paused; raise `Cancelled` if asked to stop."""
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
