"""The child's side: read the task, do it, send what it makes. Ends at once when the parent is gone."""

from __future__ import annotations

import contextlib
import os
import queue
import sys
import threading
import time
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from types import ModuleType
from typing import Any

from msgspec import Struct

from engine.errors import Cancelled, EngineError, WorkerOutOfMemory
from engine.jobs import wire
from engine.values import Progress

LEAST_SECONDS_BETWEEN = 0.1


class Link:
    """What a task uses to talk to its host. `send` blocks while the host is busy, so nothing piles up.

    Attributes:
        held_s: seconds that the task was paused so far; a task that minds the clock takes them off.
    """

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self._stopped = threading.Event()
        self._may_go = threading.Event()
        self._may_go.set()
        self._last_told = 0.0
        self._stage = ""
        self._asks: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self.held_s = 0.0
        self.on_cancel: Callable[[], None] = lambda: None

    def watch(self) -> None:
        """Listen for a stop, a pause or the host's end, in a thread of its own."""
        threading.Thread(target=self._listen, name="link", daemon=True).start()

    def _listen(self) -> None:
        try:
            while (word := self._pipe.recv_bytes()) != wire.STOP:
                if word == wire.PAUSE:
                    self._may_go.clear()
                elif word == wire.RESUME:
                    self._may_go.set()
                elif word == wire.CANCEL:
                    self._stopped.set()
                    self.on_cancel()
                elif word[:1] == wire.ASK:
                    self._stopped.clear()  # the host asks only once the last ask is answered; its cancel is history
                    self._asks.put(word)
        except (EOFError, OSError):
            os._exit(0)  # nobody is left to tell
        self._stopped.set()
        self._may_go.set()
        self.on_cancel()
        self._asks.put(b"")

    def serve(self, module: ModuleType, answer: Callable[[Any], Struct], ready: Struct) -> None:
        """Say that this worker is ready, and answer one ask after the other until told to stop.

        An error of an ask goes back in the answer's place, and the worker goes on.

        Args:
            module: where the classes of asks are looked up.
            answer: does what is asked; a cancel reaches it through `check` and `on_cancel`.
            ready: what the host gets to know first.
        """
        self._pipe.send_bytes(wire.pack_struct(wire.READY, ready))
        while ask := self._asks.get():
            try:
                self.check()
                frame = wire.pack_struct(wire.RESULT, answer(wire.unpack_struct(ask, module)))
            except EngineError as error:
                frame = wire.pack_failure(wire.Failure(error.code, error.details))
            self._pipe.send_bytes(frame)

    def check(self) -> None:
        """Wait while paused, with everything kept in memory; raise `Cancelled` if asked to stop."""
        if not self._may_go.is_set():
            began = time.monotonic()
            self._may_go.wait()
            self.held_s += time.monotonic() - began
        if self._stopped.is_set():
            raise Cancelled

    def report(
        self, done: int, total: int | None, stage: str, note: str = "", values: dict[str, float] | None = None
    ) -> None:
        """Publish progress at most ten times a second; wait while paused; raise `Cancelled` if asked to stop."""
        self.check()
        now = time.monotonic()
        if (
            stage == self._stage
            and now - self._last_told < LEAST_SECONDS_BETWEEN
            and not note
            and not values
            and done != total
        ):
            return
        self._stage, self._last_told = stage, now
        self._pipe.send_bytes(
            wire.pack_progress(Progress(done=done, total=total, stage=stage, note=note, values=values or {}))
        )

    def send(self, item: Struct) -> None:
        """Hand one value to the host; its class must be a name in the task's module."""
        self.check()
        self._pipe.send_bytes(wire.pack_struct(wire.ITEM, item))


def _prefer_as_victim() -> None:
    """When memory runs out, let the kernel end this process and not the one that owns the workspace."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            Path("/proc/self/oom_score_adj").write_text("900", encoding="ascii")


def main(pipe: Connection, task: str) -> None:
    """Entry point of a worker process.

    Args:
        pipe: the child's end; the first message is the spec.
        task: "module:function" from `engine.jobs.tasks`.
    """
    from engine.jobs.tasks import ONE_BLAS_THREAD
    from engine.privacy.network import install_guard

    # Threads that wait for each other sleep instead of spinning; also read when torch is loaded. Measured on two cores:
    # beside other work a training step takes a fifth of the time.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    # But not at once: some twenty microseconds of spinning spare small models a sleep at each of a token's 250 meetings
    # (13 times the speed of a generator of 8 million numbers), and cost nothing that was measured beside other work.
    os.environ.setdefault("GOMP_SPINCOUNT", "2000")
    if task in ONE_BLAS_THREAD:  # read when numpy is loaded, which no import so far has done
        os.environ["OPENBLAS_NUM_THREADS"] = "1"
    _prefer_as_victim()
    install_guard()
    link = Link(pipe)
    try:
        frame = pipe.recv_bytes()
        link.watch()
        module, function = wire.task_function(task)
        result: Any = getattr(module, function)(wire.unpack_struct(frame, module), link)
        answer = wire.pack_struct(wire.RESULT, result)
    except EngineError as error:
        answer = wire.pack_failure(wire.Failure(error.code, error.details))
    except MemoryError:
        answer = wire.pack_failure(wire.Failure(WorkerOutOfMemory.code, {"job": task, "limit_mb": "the machine's"}))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        os._exit(0)
    except Exception as error:
        details = {"reason": f"{type(error).__name__}: {error}"}
        answer = wire.pack_failure(wire.Failure("", details, traceback.format_exc()))
    with contextlib.suppress(OSError):
        pipe.send_bytes(answer)
    pipe.close()
    # Native libraries may keep threads that would delay or break an ordinary exit; nothing is left to flush here.
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)
