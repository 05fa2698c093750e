"""Only what was asked for last is drawn."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QObject

from engine import api
from engine.errors import Cancelled, UnknownName
from engine.values import Progress
from gui.bridge.job import Job
from gui.bridge.latest import Latest


@pytest.fixture
def latest(qapp: Any) -> Iterator[Latest]:
    owner = QObject()
    yield Latest(owner)
    owner.deleteLater()


class Heard:
    """Jobs whose stop requests and whose outcomes are noted."""

    def __init__(self, latest: Latest) -> None:
        self.latest = latest
        self.stopped: list[Job] = []
        self.events: list[tuple[str, Any]] = []

    def run(self, name: str, **more: Any) -> Job:
        job = Job(api.ListModels(), self.stopped.append)
        return self.latest.run(
            job,
            done=lambda result: self.events.append((name, result)),
            failed=lambda error: self.events.append((name, error.code)),
            progressed=lambda progress: self.events.append((name, progress.done)),
            cancelled=lambda: self.events.append((name, "cancelled")),
            **more,
        )


def test_nothing_of_an_older_job_is_heard(latest: Latest) -> None:
    heard = Heard(latest)
    first = heard.run("first")
    second = heard.run("second")
    assert heard.stopped == [first]
    first.take_progress(Progress(1, 2, "reading"))
    second.take_progress(Progress(2, 2, "reading"))
    first.take_result(api.Models(()))
    second.take_result(api.Done())
    assert heard.events == [("second", 2), ("second", api.Done())]
    assert not latest.running


def test_an_older_failure_is_not_shown(latest: Latest) -> None:
    heard = Heard(latest)
    first = heard.run("first")
    second = heard.run("second", stop_older=False)
    assert heard.stopped == []
    first.take_error(UnknownName(what="skill", name="x", known=""))
    assert heard.events == []
    assert latest.running
    second.take_error(Cancelled())
    assert heard.events == [("second", "cancelled")]


def test_dropping_is_silent_and_may_let_it_run_on(latest: Latest) -> None:
    heard = Heard(latest)
    job = heard.run("only")
    latest.drop(stop=False)
    assert heard.stopped == []
    job.take_result(api.Done())
    assert heard.events == []
    heard.run("next")
    latest.drop()
    assert len(heard.stopped) == 1


def test_a_new_job_may_be_started_from_the_answer_of_the_old(latest: Latest) -> None:
    heard = Heard(latest)
    job = Job(api.ListModels(), heard.stopped.append)
    latest.run(job, done=lambda _result: heard.run("next"))
    job.take_result(api.Done())
    assert latest.running
    assert heard.stopped == []
