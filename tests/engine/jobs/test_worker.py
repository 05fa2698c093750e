"""A worker may crash, hang, starve or be killed: the caller gets an error with a sentence and goes on."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from typing import Any

import psutil
import pytest
from bad_tasks import Item, Spec

from engine.errors import Cancelled, DataUnusable, Fault, WorkerDied, WorkerHung, WorkerOutOfMemory
from engine.jobs.control import JobControl
from engine.jobs.tasks import TASKS
from engine.jobs.worker import Workers


@pytest.fixture(autouse=True)
def _tasks(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (
        "double",
        "segfault",
        "killed",
        "deaf",
        "hungry",
        "memory_error",
        "refuses",
        "breaks",
        "floods",
        "environment",
    ):
        monkeypatch.setitem(TASKS, name, f"bad_tasks:{name}")


@pytest.fixture
def workers() -> Workers:
    return Workers()


def test_result_items_and_progress_arrive_in_order(workers: Workers) -> None:
    told, items = [], []
    control = JobControl(told.append)
    result = workers.run("double", Spec(5), control, on_item=items.append)
    assert result.number == 10
    assert result.pid != os.getpid()
    assert [item.number for item in items] == [0, 1, 2, 3, 4]
    assert told[0].stage == "counting"


def test_threads_of_a_worker_sleep_while_they_wait_but_not_at_once(workers: Workers, monkeypatch: Any) -> None:
    monkeypatch.delenv("OMP_WAIT_POLICY", raising=False)
    monkeypatch.delenv("GOMP_SPINCOUNT", raising=False)
    found = workers.run("environment", Spec(), JobControl(lambda told: None))
    assert (found.number, found.pid) == (1, 2000)


def test_segfault(workers: Workers, control: JobControl) -> None:
    with pytest.raises(WorkerDied, match="seg job"):
        workers.run("segfault", Spec(), control, title="seg job")
    assert workers.run("double", Spec(1), control).number == 2


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_sigkill(workers: Workers, control: JobControl) -> None:
    with pytest.raises(WorkerDied, match="signal 9"):
        workers.run("killed", Spec(), control, on_item=lambda item: os.kill(item.number, signal.SIGKILL))


def test_hang(workers: Workers, control: JobControl) -> None:
    pids: list[int] = []
    with pytest.raises(WorkerHung):
        workers.run("deaf", Spec(), control, idle_s=3.0, on_item=lambda item: pids.append(item.number))
    assert not psutil.pid_exists(pids[0])


def test_time_limit(workers: Workers, control: JobControl) -> None:
    with pytest.raises(WorkerHung):
        workers.run("killed", Spec(), control, timeout_s=0.5)


def test_memory_limit(workers: Workers, control: JobControl) -> None:
    with pytest.raises(WorkerOutOfMemory, match="300 MB"):
        workers.run("hungry", Spec(), control, memory_mb=300)


def test_memory_error_in_the_child(workers: Workers, control: JobControl) -> None:
    with pytest.raises(WorkerOutOfMemory):
        workers.run("memory_error", Spec(), control)


def test_errors_of_the_task_keep_their_kind(workers: Workers, control: JobControl) -> None:
    with pytest.raises(DataUnusable, match="birds cannot be used: there are none"):
        workers.run("refuses", Spec(), control)
    with pytest.raises(Fault, match="a bolt came loose"):
        workers.run("breaks", Spec(), control)


def test_cancel_of_deaf_native_code_within_two_seconds(workers: Workers) -> None:
    control, pids = JobControl(), []
    threading.Timer(0.3, control.cancel).start()
    asked = None

    def note(item: Item) -> None:
        nonlocal asked
        pids.append(item.number)
        asked = time.monotonic()

    with pytest.raises(Cancelled):
        workers.run("deaf", Spec(), control, on_item=note)
    assert asked is None or time.monotonic() - asked < 0.3 + 2.0
    assert not any(map(psutil.pid_exists, pids))


def test_cancel_while_the_child_floods(workers: Workers) -> None:
    control = JobControl()
    seen = []

    def slow(item: Item) -> None:
        seen.append(item.number)
        if len(seen) == 10:
            control.cancel()

    with pytest.raises(Cancelled):
        workers.run("floods", Spec(), control, on_item=slow)
    assert len(seen) < 1000, "the child waits for its host instead of piling up"
