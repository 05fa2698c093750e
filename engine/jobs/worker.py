"""Child processes for native or heavy work: a crash, a hang or a lack of memory ends one job and nothing else.

Stop is a ladder: ask, wait a second, end the process.
"""

from __future__ import annotations

import contextlib
import logging
import multiprocessing
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from types import ModuleType
from typing import Any

from msgspec import Struct

from engine.api import Control
from engine.errors import EngineError, Fault, WorkerDied, WorkerHung, WorkerOutOfMemory, rebuild
from engine.jobs import child, wire
from engine.jobs.control import JobControl
from engine.jobs.governor import Governor, Kind, resident_mb
from engine.jobs.tasks import TASKS

log = logging.getLogger(__name__)

GRACE_S = 1.0
LOOK_EVERY_S = 0.1
DEFAULT_IDLE_S = 180.0
TEACHING = ("train_", "fit_", "search_", "probe_")
"""Beginnings of the names of tasks that teach."""


class Workers:
    """Starts a fresh process per task and stays with it until it has ended."""

    def __init__(self, governor: Governor | None = None) -> None:
        self._context = multiprocessing.get_context("spawn")
        self.governor = governor or Governor()

    def run(
        self,
        task: str,
        spec: Struct,
        ctl: Control,
        *,
        title: str = "",
        timeout_s: float | None = None,
        idle_s: float = DEFAULT_IDLE_S,
        memory_mb: float | None = None,
        needs_mb: float = 0.0,
        on_item: Callable[[Any], None] | None = None,
    ) -> Any:
        """Do a task in a child process and wait for its result.

        Args:
            task: a name in `engine.jobs.tasks.TASKS`.
            spec: what the task's function takes.
            ctl: gets the child's progress; its `check` is asked ten times a second. While it is paused the child waits
                at its next check, and no limit of time counts.
            title: what messages call the job.
            timeout_s: ends the task when it takes longer in all.
            idle_s: ends the task when it neither reports nor sends for this long.
            memory_mb: ends the task when its resident memory is larger.
            needs_mb: forecast of the task's memory; it starts once that much is free (see engine/jobs/governor.py).
            on_item: called here, in order, for each value that the child sends.
        Raises:
            MemoryShort: before the start, where waiting would not help.
            WorkerDied, WorkerHung, WorkerOutOfMemory, Cancelled, or the error that the task raised.
        """
        module, _ = wire.task_function(TASKS[task])
        kind: Kind = "training" if task.startswith(TEACHING) else "work"
        with self.governor.room(title or task, needs_mb, ctl, kind=kind) as room:
            ours, theirs = self._context.Pipe()
            process = self._context.Process(target=child.main, args=(theirs, TASKS[task]), name=f"casemate-{task}")
            process.start()
            room.pid = process.pid
            theirs.close()
            watch = _Watch(process, title or task, timeout_s, idle_s, memory_mb)
            try:
                ours.send_bytes(wire.pack_struct(wire.SPEC, spec))
                with _held_along(ctl, ours):
                    return _follow(ours, module, watch, ctl, on_item)
            except (EOFError, BrokenPipeError, ConnectionResetError) as error:
                process.join(GRACE_S)
                raise WorkerDied(job=watch.title, reason=_end_reason(process.exitcode)) from error
            finally:
                _end(process, ours)


def _held_along(ctl: Control, pipe: Connection) -> AbstractContextManager[None]:
    """Pass pauses on to the child. A control without pauses of its own (a slice of another's bar) holds this side
    alone; the child then waits as soon as the pipe is full."""
    if not isinstance(ctl, JobControl):
        return contextlib.nullcontext()

    def tell(hold: bool) -> None:
        with contextlib.suppress(OSError):  # the child is gone: whoever follows it finds out
            pipe.send_bytes(wire.PAUSE if hold else wire.RESUME)

    return ctl.held_along(tell)


class _Watch:
    """Limits of one running child."""

    def __init__(
        self,
        process: BaseProcess,
        title: str,
        timeout_s: float | None,
        idle_s: float,
        memory_mb: float | None,
    ) -> None:
        self.title = title
        self._process = process
        self._timeout_s, self._idle_s, self._memory_mb = timeout_s, idle_s, memory_mb
        self._began = self.last_sign = time.monotonic()
        self._memory_looked = 0.0

    @contextlib.contextmanager
    def on_our_side(self) -> Iterator[None]:
        """What takes time here, a pause above all, is not counted against the child."""
        began = time.monotonic()
        yield
        spent = time.monotonic() - began
        self._began += spent
        self.last_sign += spent

    def check(self) -> None:
        now = time.monotonic()
        if self._timeout_s is not None and now - self._began > self._timeout_s:
            raise WorkerHung(job=self.title, seconds=round(self._timeout_s))
        if now - self.last_sign > self._idle_s:
            raise WorkerHung(job=self.title, seconds=round(self._idle_s))
        if self._memory_mb is not None and now - self._memory_looked > 0.25:
            self._memory_looked = now
            if (used := resident_mb(self._process.pid)) > self._memory_mb:
                log.warning("worker %s ended at %.0f MB", self.title, used)
                raise WorkerOutOfMemory(job=self.title, limit_mb=round(self._memory_mb))


def _follow(
    pipe: Connection, module: ModuleType, watch: _Watch, ctl: Control, on_item: Callable[[Any], None] | None
) -> Any:
    while True:
        with watch.on_our_side():
            ctl.check()
        watch.check()
        if not pipe.poll(LOOK_EVERY_S):
            continue
        frame = pipe.recv_bytes()
        watch.last_sign = time.monotonic()
        kind = frame[:1]
        if kind == wire.RESULT:
            return wire.unpack_struct(frame, module)
        if kind == wire.ERROR:
            raise _rebuilt(wire.unpack_failure(frame))
        with watch.on_our_side():
            if kind == wire.PROGRESS:
                told = wire.unpack_progress(frame)
                ctl.report(told.done, told.total, told.stage, told.note, told.values)
            elif kind == wire.ITEM and on_item:
                on_item(wire.unpack_struct(frame, module))


def _rebuilt(failure: wire.Failure) -> EngineError:
    if failure.code:
        return rebuild(failure.code, failure.details)
    log.error("worker failed:\n%s", failure.trace)
    return Fault(**failure.details, trace=failure.trace)


def _end(process: BaseProcess, pipe: Connection) -> None:
    if process.is_alive():
        with contextlib.suppress(OSError):
            pipe.send_bytes(wire.STOP)
        deadline = time.monotonic() + GRACE_S
        while process.is_alive() and time.monotonic() < deadline:
            # Keep reading: a child that waits for room in the pipe could not see the stop.
            with contextlib.suppress(EOFError, OSError):
                while pipe.poll(0):
                    pipe.recv_bytes()
            process.join(0.02)
        if process.is_alive():
            process.kill()
    process.join()
    pipe.close()
    process.close()


def _end_reason(exit_code: int | None) -> str:
    if exit_code is not None and exit_code < 0:
        hint = ", often because memory ran out" if exit_code == -9 else ""
        return f"ended by signal {-exit_code}{hint}"
    return f"exit code {exit_code}"
