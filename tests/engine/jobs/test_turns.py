"""Trainings wait for each other, in order; a worker that needs more memory than is free waits or is refused."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest
from bad_tasks import Spec

from engine.errors import Cancelled, MemoryShort
from engine.jobs.control import JobControl
from engine.jobs.governor import Governor, machine_free_mb
from engine.jobs.tasks import TASKS
from engine.jobs.turns import Turns
from engine.jobs.worker import Workers


def until(true: Callable[[], bool], timeout_s: float = 10.0) -> bool:
    deadline = time.monotonic() + timeout_s
    while time.monotonic() < deadline:
        if true():
            return True
        time.sleep(0.01)
    return False


class Job:
    """A job that waits for its turn and holds it until told to end."""

    def __init__(self, turns: Turns, order: list[str], name: str) -> None:
        self.control, self.end, self.name = JobControl(), threading.Event(), name
        self.cancelled = False
        self._turns, self._order = turns, order
        self.thread = threading.Thread(target=self._run)
        self.thread.start()

    def _run(self) -> None:
        try:
            with self._turns.turn(self.control):
                self._order.append(self.name)
                self.end.wait(20)
        except Cancelled:
            self.cancelled = True


def test_one_at_a_time_in_order_and_paused_or_cancelled_ones_let_others_pass() -> None:
    turns, order = Turns(), []
    jobs = []
    for name in ("first", "second", "third", "fourth"):
        jobs.append(Job(turns, order, name))
        time.sleep(0.05)
    first, second, third, fourth = jobs
    assert until(lambda: order == ["first"])
    second.control.pause()
    third.control.cancel()
    third.thread.join(5)
    assert third.cancelled
    first.end.set()
    assert until(lambda: order == ["first", "fourth"])
    second.control.resume()
    time.sleep(0.3)
    assert order == ["first", "fourth"]
    fourth.end.set()
    assert until(lambda: order == ["first", "fourth", "second"])
    second.end.set()
    for job in jobs:
        job.thread.join(5)


def test_a_failing_job_gives_its_turn_back(control: JobControl) -> None:
    turns = Turns()
    for _ in range(2):
        with pytest.raises(ValueError, match="broken"), turns.turn(control):
            raise ValueError("broken")


def test_too_much_is_refused_before_the_start_with_both_numbers(
    monkeypatch: pytest.MonkeyPatch, control: JobControl
) -> None:
    monkeypatch.setitem(TASKS, "double", "bad_tasks:double")
    workers = Workers(Governor(lambda: 500.0))
    with pytest.raises(MemoryShort, match="about 800 MB of memory, and 500 MB are free") as refused:
        workers.run("double", Spec(1), control, title="Train birds", needs_mb=800)
    assert refused.value.exit_code == 7
    assert workers.run("double", Spec(1), control, needs_mb=400).number == 2


def test_a_worker_waits_for_memory_that_another_will_free(control: JobControl) -> None:
    governor, order = Governor(lambda: 500.0), []
    waiting = JobControl()

    def second() -> None:
        with governor.room("second", 300, waiting):
            order.append("second")

    with governor.room("first", 400, control):
        assert governor.free_mb() == 100
        thread = threading.Thread(target=second)
        thread.start()
        assert until(lambda: waiting.waiting)
        order.append("first")
    thread.join(5)
    assert order == ["first", "second"]
    assert not waiting.waiting
    assert governor.free_mb() == 500


def test_a_wait_for_memory_can_be_cancelled(control: JobControl) -> None:
    governor, waiting, caught = Governor(lambda: 500.0), JobControl(), []

    def second() -> None:
        try:
            with governor.room("second", 300, waiting):
                pass
        except Cancelled as error:
            caught.append(error)

    with governor.room("first", 400, control):
        thread = threading.Thread(target=second)
        thread.start()
        assert until(lambda: waiting.waiting)
        waiting.cancel()
        thread.join(5)
    assert len(caught) == 1


def test_the_machine_has_some_memory() -> None:
    assert 10 < machine_free_mb() < 10_000_000
