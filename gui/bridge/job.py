"""One request on its way: what the window connects to."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from engine.api import Request, Result
from engine.errors import Cancelled, EngineError
from engine.values import Progress


class Job(QObject):
    """A request that was sent to the engine. Its signals arrive on the window's thread, after `call` has returned.

    Signals:
        progressed(Progress): how far it is; at most ten times a second.
        finished(Result): the struct that `engine.api.RESULTS` names.
        failed(EngineError): it could not be done.
        cancelled(): it was stopped on request.
        ended(): after any of the last three.
    """

    progressed = Signal(object)
    finished = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    ended = Signal()

    def __init__(self, request: Request, stop: Callable[[Job], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.request = request
        self.progress: Progress | None = None
        self.started = time.monotonic()
        self.is_running = True
        self.is_stopping = False
        self.is_detached = False
        self.host_id: int | None = None
        self._stop = stop

    def cancel(self) -> None:
        """Ask the engine to stop; `cancelled` follows within two seconds unless it was done already."""
        if self.is_running and not self.is_stopping:
            self.is_stopping = True
            self._stop(self)

    def detach(self) -> None:
        """Let it run on, but draw nothing of it any more: its owner is gone or asked something newer."""
        self.is_detached = True
        self.blockSignals(True)

    def take_progress(self, progress: Progress) -> None:
        if self.is_running:
            self.progress = progress
            self.progressed.emit(progress)

    def take_result(self, result: Result) -> None:
        if self.is_running:
            self.is_running = False
            self.finished.emit(result)
            self.ended.emit()

    def take_error(self, error: EngineError) -> None:
        if not self.is_running:
            return
        self.is_running = False
        if isinstance(error, Cancelled):
            self.cancelled.emit()
        else:
            self.failed.emit(error)
        self.ended.emit()
