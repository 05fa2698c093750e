"""A running act can be held at its next step and let go again; a cancel and the host's end reach it while held."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

import pytest
from bad_tasks import Item, Spec

from engine.errors import Cancelled, EngineError
from engine.jobs.control import JobControl
from engine.jobs.tasks import TASKS
from engine.jobs.worker import Workers


class Ticking:
    """A worker that sends a tick every 20 ms, followed in a thread."""

    def __init__(self, idle_s: float) -> None:
        self.control = JobControl()
        self.ticks: list[int] = []
        self.error: EngineError | None = None
        self._thread = threading.Thread(target=self._run, args=(idle_s,))
        self._thread.start()

    def _run(self, idle_s: float) -> None:
        try:
            Workers().run("ticks", Spec(), self.control, idle_s=idle_s, on_item=self._take)
        except EngineError as error:
            self.error = error

    def _take(self, item: Item) -> None:
        self.ticks.append(item.number)

    def ended(self, timeout_s: float) -> bool:
        self._thread.join(timeout_s)
        return not self._thread.is_alive()


@pytest.fixture
def ticking(monkeypatch: pytest.MonkeyPatch) -> Iterator[Ticking]:
    monkeypatch.setitem(TASKS, "ticks", "bad_tasks:ticks")
    ticking = Ticking(idle_s=1.0)
    assert until(lambda: len(ticking.ticks) > 3)
    yield ticking
    ticking.control.cancel()
    assert ticking.ended(10)


def until(true: Callable[[], bool], timeout_s: float = 15.0) -> bool:
    deadline = time.monotonic() + timeout_s
    while time.monotonic() < deadline:
        if true():
            return True
        time.sleep(0.01)
    return False


def test_a_held_worker_stands_still_for_longer_than_a_hang_and_goes_on(ticking: Ticking) -> None:
    ticking.control.pause()
    time.sleep(0.5)  # what was on its way arrives
    stood = len(ticking.ticks)
    time.sleep(1.5)  # longer than the worker may be silent
    assert len(ticking.ticks) == stood, "the child itself stands still, so nothing was made meanwhile"
    assert ticking.control.paused
    ticking.control.resume()
    assert until(lambda: len(ticking.ticks) > stood + 20)
    assert ticking.ticks == list(range(1, len(ticking.ticks) + 1)), "no step is lost or done twice"
    assert ticking.ticks[stood] - stood < 10, "the child did not run on in the dark"


def test_a_held_worker_can_be_cancelled(ticking: Ticking) -> None:
    ticking.control.pause()
    time.sleep(0.3)
    began = time.monotonic()
    ticking.control.cancel()
    assert ticking.ended(5)
    assert time.monotonic() - began < 2.0
    assert isinstance(ticking.error, Cancelled)


def test_a_pause_before_the_worker_starts_holds_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(TASKS, "ticks", "bad_tasks:ticks")
    control = JobControl()
    told: list[bool] = []
    control.pause()
    with control.held_along(told.append):
        assert told == [True]
        control.resume()
    assert told == [True, False]


def test_work_in_the_host_is_held_too() -> None:
    control = JobControl()
    passed: list[int] = []

    def work() -> None:
        for number in range(1_000_000):
            try:
                control.report(number, None, "work")
            except Cancelled:
                return
            passed.append(number)
            time.sleep(0.001)

    thread = threading.Thread(target=work)
    thread.start()
    assert until(lambda: len(passed) > 5)
    control.pause()
    time.sleep(0.1)
    stood = len(passed)
    time.sleep(0.3)
    assert len(passed) == stood
    control.resume()
    assert until(lambda: len(passed) > stood)
    control.pause()
    control.cancel()
    thread.join(5)
    assert not thread.is_alive()


def test_a_cancelled_act_cannot_be_paused() -> None:
    control = JobControl()
    control.cancel()
    control.pause()
    assert not control.paused
    with pytest.raises(Cancelled):
        control.check()


def test_a_pause_is_not_counted_into_the_time_left() -> None:
    control = JobControl()
    for step in range(4):
        control.report(step, 8, "learn")
        time.sleep(0.2)
    control.pause()
    threading.Timer(1.5, control.resume).start()
    control.report(4, 8, "learn")
    assert control.latest is not None
    assert control.latest.left_s is not None
    assert control.latest.left_s < 1.5
