"""A worker that stays: it is started once, answers one ask after the other, and is ended by its owner.

For what is slow to load and quick to use, a generator above all. Like every worker it has no network and dies with the
host. An ask that is cancelled is broken off and the worker stays; one that does not listen is ended.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from types import ModuleType
from typing import Any

from msgspec import Struct

from engine.api import Control
from engine.errors import Cancelled, WorkerDied, WorkerHung
from engine.jobs import child, wire
from engine.jobs.governor import Governor
from engine.jobs.tasks import TASKS
from engine.jobs.worker import GRACE_S, _end, _end_reason, _rebuilt

LOOK_EVERY_S = 0.02


class Resident:
    """One such worker. Asks come from one thread at a time; `kill` may come from any.

    Attributes:
        ready: what the worker said once it was ready.
    """

    def __init__(
        self,
        governor: Governor,
        task: str,
        spec: Struct,
        ctl: Control,
        *,
        title: str,
        start_timeout_s: float,
        needs_mb: float = 0.0,
        give_up: Callable[[], None] | None = None,
    ) -> None:
        """Start the worker and wait until it is ready.

        Args:
            task: a name in `engine.jobs.tasks.TASKS`; its function calls `Link.serve`.
            start_timeout_s: ends it when it is not ready by then.
            needs_mb: forecast of its memory; it starts once that much is free, and holds it until its end.
            give_up: see `Governor.room`.
        Raises:
            MemoryShort, WorkerDied, WorkerHung, Cancelled, or the error that the worker raised.
        """
        self.title = title
        self._module: ModuleType = wire.task_function(TASKS[task])[0]
        self._ending = threading.Lock()
        self._ended = False
        self._held = contextlib.ExitStack()
        room = self._held.enter_context(governor.room(title, needs_mb, ctl, give_up, kind="generator"))
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        self._pipe: Connection = ours
        self._process = context.Process(target=child.main, args=(theirs, TASKS[task]), name=f"casemate-{task}")
        self._process.start()
        room.pid = self.pid = self._process.pid
        theirs.close()
        try:
            self.ready = self._follow(wire.pack_struct(wire.SPEC, spec), ctl, start_timeout_s, None, wire.READY)
        except BaseException:
            self.kill()
            raise

    @property
    def alive(self) -> bool:
        return not self._ended and self._process.is_alive()

    def ask(self, what: Struct, ctl: Control, *, silence_s: float, on_item: Callable[[Any], None] | None = None) -> Any:
        """Ask and wait for the answer.

        Args:
            silence_s: ends the worker when it neither reports nor sends for this long.
            on_item: called here, in order, for each value that the worker sends.
        Raises:
            WorkerDied, WorkerHung: the worker is gone.
            Cancelled, or the error that the worker raised: it stays.
        """
        return self._follow(wire.pack_struct(wire.ASK, what), ctl, silence_s, on_item, wire.RESULT)

    def _follow(
        self, frame: bytes, ctl: Control, silence_s: float, on_item: Callable[[Any], None] | None, last: bytes
    ) -> Any:
        try:
            self._pipe.send_bytes(frame)
            answer = self._until(ctl, silence_s, on_item, last)
        except (EOFError, OSError) as error:
            reason = "it was ended"
            if not self._ended:
                self._process.join(GRACE_S)
                reason = _end_reason(self._process.exitcode)
            self.kill()
            raise WorkerDied(job=self.title, reason=reason) from error
        except Cancelled:
            if not self._broken_off(last):
                self.kill()
            raise
        except BaseException:
            self.kill()
            raise
        if isinstance(answer, wire.Failure):
            if not answer.code or last == wire.READY:  # it ends after such a failure
                self.kill()
            raise _rebuilt(answer)
        return answer

    def _until(self, ctl: Control, silence_s: float, on_item: Callable[[Any], None] | None, last: bytes) -> Any:
        heard = time.monotonic()
        while True:
            ctl.check()
            if not self._pipe.poll(LOOK_EVERY_S):
                if time.monotonic() - heard > silence_s:
                    raise WorkerHung(job=self.title, seconds=round(silence_s))
                continue
            frame = self._pipe.recv_bytes()
            kind = frame[:1]
            if kind == last:
                return wire.unpack_struct(frame, self._module)
            if kind == wire.ERROR:
                return wire.unpack_failure(frame)
            if kind == wire.PROGRESS:
                told = wire.unpack_progress(frame)
                ctl.report(told.done, told.total, told.stage, told.note, told.values)
            elif kind == wire.ITEM and on_item:
                on_item(wire.unpack_struct(frame, self._module))
            heard = time.monotonic()

    def _broken_off(self, last: bytes) -> bool:
        """Break off the running ask; whether the worker listened in time."""
        if last != wire.RESULT:
            return False
        deadline = time.monotonic() + GRACE_S
        try:
            self._pipe.send_bytes(wire.CANCEL)
            while (left := deadline - time.monotonic()) > 0 and self._pipe.poll(left):
                if self._pipe.recv_bytes()[:1] in (wire.RESULT, wire.ERROR):
                    return True
        except (EOFError, OSError):
            return False
        return False

    def end(self) -> None:
        """Ask the worker to go, and end it after a moment."""
        with self._ending:
            if not self._ended:
                self._ended = True
                _end(self._process, self._pipe)
                self._held.close()

    def kill(self) -> None:
        """End the worker at once, also while another thread waits for its answer."""
        with self._ending:
            if not self._ended:
                self._ended = True
                self._process.kill()
                self._process.join()
                self._held.close()
