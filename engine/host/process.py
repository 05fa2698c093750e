"""The host process: reads requests from the pipe, answers short ones at once and long ones from a queue.

Long acts run two at a time; the rest wait as "queued". Trainings have threads of their own, in which they wait for
their turn (engine/jobs/turns.py), so that a queue of trainings holds up no import and no answer. The process ends when
the pipe does, so that a killed window leaves no host behind; what was committed is in the store.
"""

from __future__ import annotations

import logging
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection
from pathlib import Path

from engine.api import PROTOCOL_VERSION, Request
from engine.errors import EngineError, Fault, LockedError
from engine.host import protocol
from engine.host.service import TRAININGS, Service
from engine.jobs.control import JobControl
from engine.values import Progress

log = logging.getLogger(__name__)

SHORT_THREADS = 4
LONG_THREADS = 2
SLOW_THREADS = 2
TRAINING_THREADS = 64  # all but one of them wait


class HostLoop:
    """One pipe, one service."""

    def __init__(self, pipe: Connection, workspace: Path) -> None:
        self._pipe = pipe
        self._service = Service(workspace)
        self._sending = threading.Lock()
        self._short = ThreadPoolExecutor(SHORT_THREADS, thread_name_prefix="short")
        self._long = ThreadPoolExecutor(LONG_THREADS, thread_name_prefix="long")
        self._slow = ThreadPoolExecutor(SLOW_THREADS, thread_name_prefix="slow")
        self._training = ThreadPoolExecutor(TRAINING_THREADS, thread_name_prefix="training")
        self._controls: dict[int, JobControl] = {}

    def _send(self, message: protocol.FromHost) -> None:
        with self._sending:
            try:
                self._pipe.send_bytes(protocol.encode(message))
            except OSError:
                log.info("the window is gone")

    def run(self) -> None:
        self._send(protocol.Ready(protocol=PROTOCOL_VERSION, pid=os.getpid()))
        try:
            while True:
                message = protocol.decode_to_host(self._pipe.recv_bytes())
                if isinstance(message, protocol.Ask):
                    self._take(message)
                elif isinstance(message, protocol.Stop):
                    if control := self._controls.get(message.id):
                        control.cancel()
                else:
                    break
        except (EOFError, OSError):
            log.info("the window is gone")
        finally:
            for control in list(self._controls.values()):
                control.cancel()
            self._service.close()
            self._short.shutdown(wait=False, cancel_futures=True)
            self._long.shutdown(wait=False, cancel_futures=True)
            self._slow.shutdown(wait=False, cancel_futures=True)
            self._training.shutdown(wait=False, cancel_futures=True)

    def _take(self, message: protocol.Ask) -> None:
        request = protocol.decode_request(message.request)
        control = JobControl(lambda progress: self._tell(message.id, progress))
        self._controls[message.id] = control
        if not type(request).LONG:
            pool = self._slow if request.may_take_long() else self._short
            pool.submit(self._answer, message.id, request, control, None)
            return
        try:
            if not self._service.context.unlocked:
                raise LockedError
            job = self._service.enqueue(request)
        except EngineError as error:
            self._fail(message.id, error)
            return
        self._service.context.running[job] = control
        pool = self._training if isinstance(request, TRAININGS) else self._long
        pool.submit(self._answer, message.id, request, control, job)

    def _tell(self, asked: int, progress: Progress) -> None:
        self._send(protocol.Told(asked, progress))

    def _fail(self, asked: int, error: EngineError) -> None:
        self._controls.pop(asked, None)
        self._send(protocol.Failed(asked, error.code, error.details))

    def _answer(self, asked: int, request: Request, control: JobControl, job: int | None) -> None:
        try:
            result = self._service.call(request, control=control, job=job)
            answer = protocol.Answered(asked, protocol.raw(result))
        except EngineError as error:
            self._fail(asked, error)
        except Exception as error:
            log.exception("answering failed")
            self._fail(asked, Fault(reason=f"{type(error).__name__}: {error}"))
        else:
            self._controls.pop(asked, None)
            self._send(answer)


def main(pipe: Connection, workspace: str) -> None:
    """Run a host until its window ends it or is gone."""
    from engine.privacy.network import install_guard

    install_guard()
    HostLoop(pipe, Path(workspace)).run()
    # Threads that still run have been told to stop and the store is closed: nothing is left to lose.
    os._exit(0)
