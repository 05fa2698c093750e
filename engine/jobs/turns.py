"""Trainings take turns: as many at once as allowed, the others wait in the order in which they came.

A training uses every core, so two at once would both take twice as long and need their memory at the same time. A
waiting job that is paused lets those behind it pass; a running job that is paused keeps its turn and its memory.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from engine.errors import Cancelled
from engine.jobs.control import JobControl

AT_ONCE = 1
LOOK_EVERY_S = 0.1


class Turns:
    """A queue with a number of places at its head."""

    def __init__(self, at_once: int = AT_ONCE) -> None:
        self._at_once = at_once
        self._changed = threading.Condition()
        self._waiting: list[JobControl] = []
        self._running = 0

    @contextmanager
    def turn(self, control: JobControl) -> Iterator[None]:
        """Wait for a place, and hold it while the block runs.

        Raises:
            Cancelled: while waiting.
        """
        with self._changed:
            self._waiting.append(control)
            try:
                while not self._may_go(control):
                    if control.cancelled:
                        raise Cancelled
                    self._changed.wait(LOOK_EVERY_S)
                self._running += 1
            finally:
                self._waiting.remove(control)
                self._changed.notify_all()
        try:
            yield
        finally:
            with self._changed:
                self._running -= 1
                self._changed.notify_all()

    def _may_go(self, control: JobControl) -> bool:
        if self._running >= self._at_once or control.paused or control.cancelled:
            return False
        return next(waiting for waiting in self._waiting if not waiting.paused) is control
