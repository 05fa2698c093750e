"""Draw only what was asked for last.

A view that asks again before the former answer came keeps one `Latest` per place it draws into: the newer
request takes the place of the older one, whose answer, failure and progress are dropped from that moment on.
`EngineClient.ask` does the same for a request whose result alone is wanted; `Latest` also lets go without a newer
request, when the person turns to something else.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Slot

from engine.errors import EngineError
from engine.values import Progress
from gui.bridge.job import Job


class Latest(QObject):
    """Holds at most one job whose signals reach a view."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._watch: _Watch | None = None

    @property
    def running(self) -> bool:
        return self._watch is not None

    def run(
        self,
        job: Job,
        *,
        done: Callable[[Any], None],
        failed: Callable[[EngineError], None] | None = None,
        progressed: Callable[[Progress], None] | None = None,
        cancelled: Callable[[], None] | None = None,
        stop_older: bool = True,
    ) -> Job:
        """Follow `job` and forget the one before it.

        Args:
            stop_older: also ask the engine to stop the former job, not only stop listening to it.
        """
        self.drop(stop=stop_older)
        self._watch = _Watch(self, job, done, failed, progressed, cancelled)
        return job

    def cancel(self) -> None:
        """Ask the job to stop; its `cancelled` is still heard."""
        if self._watch is not None:
            self._watch.job.cancel()

    def drop(self, *, stop: bool = True) -> None:
        """Forget the job: whatever it still says is not heard."""
        watch, self._watch = self._watch, None
        if watch is None:
            return
        watch.close()
        if stop:
            watch.job.cancel()

    def _ended(self, watch: _Watch) -> bool:
        """True once, for the job that is still the latest."""
        if self._watch is not watch:
            return False
        self._watch = None
        watch.close()
        return True

    def _is_latest(self, watch: _Watch) -> bool:
        return self._watch is watch


class _Watch(QObject):
    """Slots of a QObject, so that signals from another thread arrive on the thread of the view."""

    def __init__(
        self,
        owner: Latest,
        job: Job,
        done: Callable[[Any], None],
        failed: Callable[[EngineError], None] | None,
        progressed: Callable[[Progress], None] | None,
        cancelled: Callable[[], None] | None,
    ) -> None:
        super().__init__(owner)
        self.job = job
        self._owner = owner
        self._done, self._failed = done, failed
        self._progressed_to, self._cancelled_to = progressed, cancelled
        job.progressed.connect(self._on_progressed)
        job.finished.connect(self._on_finished)
        job.failed.connect(self._on_failed)
        job.cancelled.connect(self._on_cancelled)

    def close(self) -> None:
        """Stop listening. Nothing is disconnected by hand: the job may be gone already."""
        self.deleteLater()

    @Slot(object)
    def _on_progressed(self, progress: Progress) -> None:
        if self._progressed_to is not None and self._owner._is_latest(self):
            self._progressed_to(progress)

    @Slot(object)
    def _on_finished(self, result: object) -> None:
        if self._owner._ended(self):
            self._done(result)

    @Slot(object)
    def _on_failed(self, error: EngineError) -> None:
        if self._owner._ended(self) and self._failed is not None:
            self._failed(error)

    @Slot()
    def _on_cancelled(self) -> None:
        if self._owner._ended(self) and self._cancelled_to is not None:
            self._cancelled_to()
