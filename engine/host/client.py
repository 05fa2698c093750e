"""A front end's end of the pipe to the host process. No Qt here: callbacks arrive on the reader thread."""

from __future__ import annotations

import contextlib
import itertools
import logging
import multiprocessing
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from engine.api import Request
from engine.errors import EngineError, HostDied, rebuild
from engine.host import protocol, start
from engine.values import Progress

log = logging.getLogger(__name__)

OnProgress = Callable[[Progress], None]
OnDone = Callable[[Any], None]
OnError = Callable[[EngineError], None]
QUIT_GRACE_S = 2.0
QUICK_DEATH_S = 5.0
MOST_QUICK_DEATHS = 3


class _Asked:
    def __init__(self, request: Request, on_progress: OnProgress | None, on_done: OnDone, on_error: OnError) -> None:
        self.request, self.on_progress, self.on_done, self.on_error = request, on_progress, on_done, on_error


class HostClient:
    """Starts the host process, sends requests, and starts it again when it dies.

    A host that died answers everything that was under way with `HostDied`; `on_host_died` is called after the new
    one runs. The new host is locked: the passphrase is kept nowhere.
    """

    def __init__(self, workspace: Path) -> None:
        self.workspace = workspace
        self.on_host_died: Callable[[], None] | None = None
        self._context = multiprocessing.get_context("spawn")
        self._ids = itertools.count(1)
        self._asked: dict[int, _Asked] = {}
        self._lock = threading.RLock()
        self._closing = False
        self._pipe: Connection | None = None
        self._process: BaseProcess | None = None
        self._ready = threading.Event()
        self._started_at = 0.0
        self._quick_deaths = 0

    @property
    def host_pid(self) -> int | None:
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Start the host process and return at once; requests wait until it is there."""
        with self._lock:
            ours, theirs = self._context.Pipe()
            child = self._context.Process(target=start.main, args=(theirs, str(self.workspace)), name="casemate-host")
            child.start()
            theirs.close()
            self._pipe, self._process = ours, child
            self._started_at = time.monotonic()
            reader = threading.Thread(target=self._read, args=(ours, child), name="host-reader", daemon=True)
            reader.start()

    def wait_ready(self, timeout_s: float = 30.0) -> bool:
        return self._ready.wait(timeout_s)

    def submit(self, request: Request, on_progress: OnProgress | None, on_done: OnDone, on_error: OnError) -> int:
        """Send a request; exactly one of `on_done` and `on_error` follows, on the reader thread."""
        asked = next(self._ids)
        with self._lock:
            self._asked[asked] = _Asked(request, on_progress, on_done, on_error)
            try:
                if self._pipe is None:
                    raise OSError("no host")
                self._pipe.send_bytes(protocol.encode(protocol.Ask(asked, protocol.raw(request))))
            except OSError:
                # The reader notices the end of the pipe too; whoever takes the entry first answers.
                if entry := self._asked.pop(asked, None):
                    threading.Thread(target=entry.on_error, args=(HostDied(),), daemon=True).start()
        return asked

    def cancel(self, asked: int) -> None:
        with self._lock, contextlib.suppress(OSError):
            if self._pipe is not None:
                self._pipe.send_bytes(protocol.encode(protocol.Stop(asked)))

    def call(self, request: Request, on_progress: OnProgress | None = None) -> Any:
        """Wait for the answer (for tests and scripts; a window uses `submit`)."""
        box: list[Any] = []
        arrived = threading.Event()

        def take(value: Any) -> None:
            box.append(value)
            arrived.set()

        self.submit(request, on_progress, take, take)
        arrived.wait()
        if isinstance(box[0], EngineError):
            raise box[0]
        return box[0]

    def _read(self, pipe: Connection, child: BaseProcess) -> None:
        while True:
            try:
                message = protocol.decode_from_host(pipe.recv_bytes())
            except (EOFError, OSError):
                break
            if isinstance(message, protocol.Ready):
                self._ready.set()
            else:
                self._deliver(message)
        self._host_ended(pipe, child)

    def _deliver(self, message: protocol.Told | protocol.Answered | protocol.Failed) -> None:
        if isinstance(message, protocol.Told):
            entry = self._asked.get(message.id)
            if entry and entry.on_progress:
                entry.on_progress(message.progress)
            return
        with self._lock:
            entry = self._asked.pop(message.id, None)
        if entry is None:
            return
        if isinstance(message, protocol.Failed):
            entry.on_error(rebuild(message.code, message.details))
        else:
            entry.on_done(protocol.decode_result(type(entry.request), message.result))

    def _host_ended(self, pipe: Connection, child: BaseProcess) -> None:
        with self._lock:
            pipe.close()
            self._ready.clear()
            if self._closing:
                return
            waiting, self._asked = self._asked, {}
            child.join()
            quick = time.monotonic() - self._started_at < QUICK_DEATH_S
            self._quick_deaths = self._quick_deaths + 1 if quick else 0
            log.warning("the host ended with code %s", child.exitcode)
            # A host that cannot even start would otherwise be started for ever.
            self._pipe = None
            if self._quick_deaths < MOST_QUICK_DEATHS:
                self.start()
        for entry in waiting.values():
            entry.on_error(HostDied())
        if self.on_host_died:
            self.on_host_died()

    def close(self) -> None:
        """Ask the host to end, wait a little, end it."""
        with self._lock:
            self._closing = True
            pipe, child = self._pipe, self._process
            self._pipe = None
        if pipe is not None:
            with contextlib.suppress(OSError):
                pipe.send_bytes(protocol.encode(protocol.Quit()))
        if child is not None:
            child.join(QUIT_GRACE_S)
            if child.is_alive():
                child.kill()
                child.join()
