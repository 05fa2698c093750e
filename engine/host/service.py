"""Answers requests in this process: finds the handler, keeps the list of jobs, turns surprises into errors."""

from __future__ import annotations

import contextlib
import logging
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from engine import api
from engine.api import RESULTS, Request
from engine.errors import Cancelled, EngineError, Fault, LockedError, MemoryShort
from engine.host.context import Context
from engine.host.registry import handler_of
from engine.jobs.control import JobControl
from engine.values import JobState, Progress

log = logging.getLogger(__name__)

TRAININGS = (
    api.TrainClassifier, api.TrainEntities, api.TrainGenerator, api.FitRecommender, api.ResumeTraining, api.TeachQueue,
)  # fmt: skip
"""Requests that take turns (engine/jobs/turns.py)."""


class Service:
    """`engine.api.Engine` over one workspace folder, for the command line, the HTTP API, tests and the host process."""

    def __init__(self, workspace: Path) -> None:
        self.context = Context(workspace)

    def call(
        self,
        request: Request,
        on_progress: Callable[[Progress], None] | None = None,
        control: JobControl | None = None,
        job: int | None = None,
    ) -> Any:
        """See `engine.api.Engine.call`.

        Args:
            control: the cancel switch, where the caller wants one.
            job: the id that `enqueue` gave, where the request waited in a queue.
        """
        control = control or JobControl(on_progress)
        if not type(request).OPEN and not self.context.unlocked:
            raise LockedError
        if not type(request).LONG:
            return self._run(request, control)
        if job is None:
            job = self.enqueue(request, "queued" if isinstance(request, TRAININGS) else "running")
        return self._run_job(request, control, job)

    def enqueue(self, request: Request, state: JobState = "queued") -> int:
        """Put a long request on the list of jobs."""
        from engine.store import jobs

        title = type(request).TITLE.format_map(msgspec.structs.asdict(request))
        with self.context.store.write() as connection:
            return jobs.add(connection, type(request).__name__, title, state)

    def _run_job(self, request: Request, control: JobControl, job: int) -> Any:
        from engine.store import jobs

        began = time.monotonic()
        self.context.running[job] = control
        state: JobState = "failed"
        message: str | None = None
        try:
            with self._turn(request, control):
                began = time.monotonic()
                with self.context.store.write() as connection:
                    jobs.start(connection, job)
                control.check()
                result = self._run(request, control)
            state = "partly" if is_partial(result) else "done"
        except EngineError as error:
            state = "cancelled" if isinstance(error, Cancelled) else "failed"
            message = error.message
            raise
        else:
            return result
        finally:
            self.context.running.pop(job, None)
            self._end_job(job, state, time.monotonic() - began, message)

    def _turn(self, request: Request, control: JobControl) -> contextlib.AbstractContextManager[None]:
        return self.context.turns.turn(control) if isinstance(request, TRAININGS) else contextlib.nullcontext()

    def _end_job(self, job: int, state: JobState, seconds: float, message: str | None) -> None:
        from engine.store import jobs

        try:
            with self.context.store.write() as connection:
                jobs.end(connection, job, state, seconds, message)
        except EngineError as error:
            # Locked meanwhile, or the disk is full: the next unlock marks the job as interrupted.
            log.warning("job %d ended as %s, which could not be noted: %s", job, state, error)

    def _run(self, request: Request, control: JobControl) -> Any:
        try:
            result = handler_of(type(request))(self.context, request, control)
        except EngineError:
            raise
        except MemoryError as error:
            raise MemoryShort(what=type(request).__name__, needed_mb="more", free_mb="fewer") from error
        except Exception as error:
            if not self.context.unlocked and not type(request).OPEN:
                raise LockedError from error
            log.exception("%s failed", type(request).__name__)
            raise Fault(reason=f"{type(error).__name__}: {error}", trace=traceback.format_exc()) from error
        expected = RESULTS[type(request)]
        if not isinstance(result, expected):
            raise Fault(reason=f"{type(request).__name__} answered {type(result).__name__}, not {expected.__name__}")
        return result

    def close(self) -> None:
        self.context.close_store()


def is_partial(result: Any) -> bool:
    """Whether some of the input was refused while the rest was taken (exit code 5)."""
    if getattr(result, "rejected_count", 0) or getattr(result, "unknown", ()):
        return True
    if getattr(result, "failed", 0):
        return True
    return any(file.status == "failed" for file in getattr(result, "files", ()) if hasattr(file, "status"))
