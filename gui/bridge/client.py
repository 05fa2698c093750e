"""The one door from the window to the engine.

Pages say what they want (`call` or `ask`) and get a `Job`. The engine's callbacks arrive on a reader thread; here
they hop to the window's thread by a queued signal, so that a page is never touched from elsewhere. Results belong
to the request that asked: where the owner is gone, or asked something newer in the same slot, nothing is drawn.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from engine.api import Lock, Request, Restored, Result, Unlock, UnlockFromKeychain, WorkspaceState
from engine.errors import Cancelled, EngineError, Fault, LockedError, WrongPassphrase
from engine.values import Progress
from gui.bridge.job import Job
from gui.bridge.topics import changed_by

log = logging.getLogger(__name__)

R = TypeVar("R")


class Host(Protocol):
    """What the bridge needs of `engine.host.client.HostClient`; tests put a fake here."""

    on_host_died: Callable[[], None] | None

    def start(self) -> None: ...

    def submit(
        self,
        request: Request,
        on_progress: Callable[[Progress], None] | None,
        on_done: Callable[[Any], None],
        on_error: Callable[[EngineError], None],
    ) -> int: ...

    def cancel(self, asked: int, /) -> None: ...

    def close(self) -> None: ...


class EngineClient(QObject):
    """Sends requests to the host process and hands the answers to the pages.

    Signals:
        data_changed(str): a topic of `gui.bridge.topics`: "datasets", "models", "collections", "conversations",
            "handoffs", "profiles", "jobs", "settings" or "workspace"; pages that show it should refresh.
        started(): the engine process is up.
        host_died(): the engine process ended by itself; it is being started again, locked.
        locked(): the workspace was locked, here or by the engine.
        unlocked(WorkspaceState): the workspace is open.
        restored(Restored): a backup took the place of the workspace; nothing shown before holds any more.
        job_started(Job) / job_ended(Job): of requests that are LONG.
        unhandled(EngineError): a request failed and nobody else shows why.
    """

    data_changed = Signal(str)
    started = Signal()
    host_died = Signal()
    locked = Signal()
    unlocked = Signal(object)
    restored = Signal(object)
    job_started = Signal(object)
    job_ended = Signal(object)
    unhandled = Signal(object)

    _arrived = Signal(object)

    def __init__(self, make_host: Callable[[], Host], parent: QObject | None = None) -> None:
        """`make_host` is called on the thread that starts the engine, so that its imports hold up no painting."""
        super().__init__(parent)
        self._make_host = make_host
        self._host: Host | None = None
        self._ready = False
        self._starting = False
        self._closed = False
        self._waiting: list[Job] = []
        self._running: set[Job] = set()
        self._slots: dict[tuple[int, str], Job] = {}
        self.is_unlocked = False
        self._arrived.connect(self._on_arrived, Qt.ConnectionType.QueuedConnection)

    # --- life of the engine process ---------------------------------------------------------------------------

    def start(self) -> None:
        """Start the engine process on a thread of its own; requests made meanwhile wait for it."""
        if self._starting or self._ready or self._closed:
            return
        self._starting = True
        threading.Thread(target=self._start_host, name="engine-start", daemon=True).start()

    def _start_host(self) -> None:
        try:
            host = self._make_host()
            host.on_host_died = lambda: self._post(self._on_host_died)
            host.start()
        except Exception as error:
            log.exception("the engine process did not start")
            failure = error if isinstance(error, EngineError) else Fault(reason=str(error))
            self._post(lambda: self._on_start_failed(failure))
        else:
            self._post(lambda: self._on_started(host))

    def close(self) -> None:
        """End the engine process; nothing is answered any more."""
        self._closed = True
        for job in [*self._running, *self._waiting]:
            job.detach()
        if self._host is not None:
            self._host.close()

    # --- asking -----------------------------------------------------------------------------------------------

    def call(self, request: Request, owner: QObject | None = None, slot: str = "") -> Job:
        """Send a request.

        Args:
            owner: whose request it is; when it is destroyed, the answer is dropped.
            slot: a name within the owner; a newer request in the same slot drops the answer of the older one.
        """
        job = Job(request, self._stop, self)
        if owner is not None:
            owner.destroyed.connect(job.detach)
            if slot:
                key = (id(owner), slot)
                if (older := self._slots.get(key)) is not None and older.is_running:
                    older.detach()
                    if not type(request).LONG:
                        older.cancel()
                self._slots[key] = job
        self._running.add(job)
        if type(request).LONG:
            self.job_started.emit(job)
        if self._ready:
            self._submit(job)
        else:
            self._waiting.append(job)
            self.start()
        return job

    def ask(
        self,
        owner: QObject,
        request: Request,
        on_done: Callable[[Any], object],
        on_error: Callable[[EngineError], object] | None = None,
        *,
        slot: str = "",
    ) -> Job:
        """Send a request and name who takes the result; without `on_error` a failure is shown in the dialog."""
        job = self.call(request, owner, slot or type(request).__name__)
        job.finished.connect(on_done)
        job.failed.connect(on_error or self.unhandled.emit)
        return job

    def long_jobs(self) -> list[Job]:
        """Requests that run as jobs, oldest first."""
        jobs = [job for job in self._running if type(job.request).LONG]
        return sorted(jobs, key=lambda job: job.started)

    def lock(self) -> None:
        self.call(Lock())

    # --- on the way -------------------------------------------------------------------------------------------

    def _submit(self, job: Job) -> None:
        def done(result: Any) -> None:
            self._post(lambda: self._on_done(job, result))

        def failed(error: EngineError) -> None:
            self._post(lambda: self._on_error(job, error))

        def progressed(progress: Progress) -> None:
            self._post(lambda: job.take_progress(progress))

        if self._host is not None:
            job.host_id = self._host.submit(job.request, progressed, done, failed)

    def _stop(self, job: Job) -> None:
        if job in self._waiting:
            self._waiting.remove(job)
            self._post(lambda: self._on_error(job, Cancelled()))
        elif self._host is not None and job.host_id is not None:
            self._host.cancel(job.host_id)

    def _post(self, act: Callable[[], None]) -> None:
        """Have the window's thread do something; safe from any thread, also while the program ends."""
        try:
            self._arrived.emit(act)
        except RuntimeError:  # the window is gone already
            log.debug("an answer came after the window had closed")

    def _on_arrived(self, act: Callable[[], None]) -> None:
        if not self._closed:
            act()

    def _on_started(self, host: Host) -> None:
        self._host = host
        self._starting = False
        self._ready = True
        self.started.emit()
        waiting, self._waiting = self._waiting, []
        for job in waiting:
            self._submit(job)

    def _on_start_failed(self, error: EngineError) -> None:
        self._starting = False
        waiting, self._waiting = self._waiting, []
        for job in waiting:
            self._end(job)
            job.take_error(error)
        if not waiting:
            self.unhandled.emit(error)

    def _on_done(self, job: Job, result: Result) -> None:
        if not job.is_running:
            return
        self._end(job)
        job.take_result(result)
        request = job.request
        if isinstance(request, Unlock | UnlockFromKeychain):
            self.is_unlocked = isinstance(result, WorkspaceState) and result.unlocked
            if self.is_unlocked:
                self.unlocked.emit(result)
        elif isinstance(result, WorkspaceState):
            self._on_state(result)
        elif isinstance(result, Restored):
            self.restored.emit(result)
        for topic in changed_by(request):
            self.data_changed.emit(topic)

    def _on_state(self, state: WorkspaceState) -> None:
        if state.unlocked and not self.is_unlocked:
            self.is_unlocked = True
            self.unlocked.emit(state)
        elif not state.unlocked and self.is_unlocked:
            self.is_unlocked = False
            self.locked.emit()

    def _on_error(self, job: Job, error: EngineError) -> None:
        if not job.is_running:
            return
        self._end(job)
        if isinstance(error, LockedError) and not isinstance(error, WrongPassphrase) and self.is_unlocked:
            self.is_unlocked = False  # the engine locked itself; the gate says enough
            job.detach()
            self.locked.emit()
        job.take_error(error)
        if type(job.request).LONG:
            self.data_changed.emit("jobs")

    def _end(self, job: Job) -> None:
        self._running.discard(job)
        for key in [key for key, held in self._slots.items() if held is job]:
            del self._slots[key]
        if type(job.request).LONG:
            self.job_ended.emit(job)
        job.deleteLater()

    def _on_host_died(self) -> None:
        """The host client has failed what was under way and started a new, locked engine."""
        was_unlocked, self.is_unlocked = self.is_unlocked, False
        if was_unlocked:
            self.locked.emit()
        self.host_died.emit()
