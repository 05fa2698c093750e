"""Keeps one generator's worker at hand: started at its first use, ended when idle for a while and when locked."""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from engine.api import Control
from engine.errors import GgufUnusable, LockedError, PackUnusable, WorkerDied
from engine.host.generate.adapters import Adapter
from engine.host.generate.files import GeneratorFile, check
from engine.jobs.governor import Governor
from engine.jobs.resident import Resident
from engine.serve.generate.values import Adapt, Ask, LoadSpec, Written

log = logging.getLogger(__name__)

START_S = 180.0
SILENCE_S = 600.0
"""The longest that a single batch of a prompt may take on a slow machine."""
LOOK_EVERY_S = 0.05


class Target(Struct, frozen=True):
    """A generator as it is to be opened. `context` and `threads` are settled; None lets the machine choose
    `gpu_layers`. `any_context` takes a worker that is open already with another context. `adapter` is put over
    the open model, which stays as it is."""

    file: GeneratorFile
    context: int
    threads: int
    needs_mb: float
    gpu_layers: int | None = None
    any_context: bool = True
    adapter: Adapter | None = None


class Keeper:
    """The worker of one generator at a time. Any thread may ask; they take turns."""

    def __init__(self, governor: Governor) -> None:
        self._governor = governor
        self._turn = threading.Lock()
        self._resident: Resident | None = None
        self._target: Target | None = None
        self._adapter: str | None = ""  # the key of what is over the open model; None while that is not known
        self._timer: threading.Timer | None = None
        self._idle_until: float | None = None  # None while it writes
        self._checked: set[tuple[str, int, int]] = set()
        self._closed = self._begun = 0  # how often it was locked so far, and when the present question came

    @property
    def loaded(self) -> Target | None:
        """What is open now."""
        resident, target = self._resident, self._target
        return target if resident is not None and resident.alive else None

    @property
    def pid(self) -> int | None:
        resident = self._resident
        return resident.pid if resident is not None and resident.alive else None

    @property
    def idle_left_s(self) -> float | None:
        """Seconds for which the worker stays if nobody asks; None while it writes or where there is none."""
        until = self._idle_until
        return max(0.0, until - time.monotonic()) if until is not None and self.pid is not None else None

    def write(
        self,
        target: Target,
        ask: Ask,
        ctl: Control,
        *,
        idle_s: float,
        on_item: Callable[[Any], None],
        check_open: Callable[[], object],
    ) -> tuple[Written, Any]:
        """Write an answer; opens the generator first where it is not open.

        Args:
            idle_s: how long the worker is kept afterwards.
            check_open: raises `LockedError` when the workspace is locked.
        Returns:
            The answer, and what the worker said when it was opened.
        Raises:
            MemoryShort, PackUnusable, WorkerDied, WorkerHung, Cancelled, LockedError, or the error of the worker.
        """
        heard = False

        def take(item: Any) -> None:
            nonlocal heard
            heard = True
            on_item(item)

        closed = self._closed
        check_open()  # a lock from here on is told by `_closed`
        with self._own_turn(ctl):
            if self._closed != closed:  # locked while waiting
                raise LockedError
            self._begun = closed
            before = self._resident
            resident = self._open(target, ctl)
            try:
                try:
                    self._adapt(resident, target, ctl)
                    written = resident.ask(ask, ctl, silence_s=SILENCE_S, on_item=take)
                except WorkerDied as error:
                    if self._closed != self._begun:
                        raise LockedError from error
                    if heard or resident is not before:
                        raise
                    resident = self._open(target, ctl)  # it had died since the last question
                    self._adapt(resident, target, ctl)
                    written = resident.ask(ask, ctl, silence_s=SILENCE_S, on_item=take)
                return written, resident.ready
            finally:
                self._end_later(idle_s)

    @contextlib.contextmanager
    def _own_turn(self, ctl: Control) -> Iterator[None]:
        while not self._turn.acquire(timeout=LOOK_EVERY_S):
            ctl.check()
        try:
            if self._timer is not None:
                self._timer.cancel()
            self._idle_until = None
            yield
        finally:
            self._turn.release()

    def _open(self, target: Target, ctl: Control) -> Resident:
        if self._resident is not None:
            if self._resident.alive and _serves(self._target, target):
                return self._resident
            self._resident.end()
            self._resident = None
        self._check(target.file, ctl)
        began = time.monotonic()
        resident = Resident(
            self._governor,
            "run_generator",
            LoadSpec(
                target.file.name, str(target.file.path), target.context, target.threads, target.gpu_layers
            ),
            ctl,
            title=f"the generator {target.file.name}",
            start_timeout_s=START_S,
            needs_mb=target.needs_mb,
            give_up=self.end_if_idle,
        )  # fmt: skip
        log.info("%s opened in %.2f s", target.file.name, time.monotonic() - began)
        self._resident, self._target, self._adapter = resident, target, ""
        if self._closed != self._begun:  # the workspace was locked meanwhile
            resident.kill()
            raise LockedError
        return resident

    def _adapt(self, resident: Resident, target: Target, ctl: Control) -> None:
        """Switch the adapter where another one is wanted than the one that is over the model."""
        key = target.adapter.key if target.adapter is not None else ""
        if key == self._adapter:
            return
        self._adapter = None
        body = target.adapter.body if target.adapter is not None else b""
        try:
            resident.ask(Adapt(body), ctl, silence_s=SILENCE_S)
        except GgufUnusable as error:
            name = target.adapter.name if target.adapter is not None else target.file.name
            raise PackUnusable(name=name, reason=f"over {target.file.name} {error.details['reason']}") from error
        self._adapter = key
        if self._target is not None:
            self._target = replace(self._target, adapter=target.adapter)

    def _check(self, file: GeneratorFile, ctl: Control) -> None:
        """Hash the weights before their first use; again when the file has changed since."""
        status = file.path.stat() if file.path.is_file() else None
        mark = (str(file.path), status.st_size, status.st_mtime_ns) if status is not None else None
        if mark is None or mark not in self._checked:
            check(file, lambda done, total: ctl.report(done, total, "check the generator"))
            if mark is not None:
                self._checked.add(mark)

    def _end_later(self, idle_s: float) -> None:
        timer = threading.Timer(idle_s, self.end_if_idle)
        timer.daemon = True
        self._timer = timer
        self._idle_until = time.monotonic() + idle_s
        timer.start()

    def end_if_idle(self) -> None:
        """End the worker unless it is at work; it starts again at its next use."""
        if not self._turn.acquire(blocking=False):
            return
        try:
            if self._resident is not None:
                self._resident.end()
                self._resident = None
        finally:
            self._turn.release()

    def close(self) -> None:
        """End the worker at once, whatever it does: nothing of what it read may stay in memory."""
        self._closed += 1
        if self._timer is not None:
            self._timer.cancel()
        resident = self._resident
        if resident is not None:
            resident.kill()


def _serves(opened: Target | None, wanted: Target) -> bool:
    if opened is None or (opened.file.path, opened.file.entry) != (wanted.file.path, wanted.file.entry):
        return False
    if (opened.threads, opened.gpu_layers) != (wanted.threads, wanted.gpu_layers):
        return False
    return opened.context == wanted.context or (wanted.any_context and opened.context >= wanted.context)
