"""The host process: answers over the pipe, outlives its workers, and is started again when it is killed."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from engine import api
from engine.errors import Cancelled, HostDied, InputError, LockedError
from engine.host.client import HostClient


@pytest.fixture
def client(workspace: Path) -> Iterator[HostClient]:
    client = HostClient(workspace)
    client.start()
    yield client
    client.close()


def test_answers_over_the_pipe(client: HostClient, passphrase: str) -> None:
    assert not client.call(api.GetWorkspace()).exists
    assert client.call(api.Unlock(passphrase=passphrase, create=True)).unlocked
    assert client.call(api.ListDatasets()) == api.Datasets(datasets=())


def test_errors_keep_their_kind_and_values(client: HostClient, passphrase: str) -> None:
    with pytest.raises(LockedError):
        client.call(api.ListDatasets())
    client.call(api.Unlock(passphrase=passphrase, create=True))
    with pytest.raises(InputError, match="no setting named colour"):
        client.call(api.ChangeSettings(values={"colour": "red"}))


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_a_killed_host_comes_back_with_all_that_was_committed(client: HostClient, passphrase: str) -> None:
    client.call(api.Unlock(passphrase=passphrase, create=True))
    client.call(api.ChangeSettings(values={"auto_lock_s": 99}))
    back = threading.Event()
    client.on_host_died = back.set
    first = client.host_pid
    assert first is not None
    os.kill(first, signal.SIGKILL)
    assert back.wait(20)
    assert client.host_pid != first
    with pytest.raises(LockedError):
        client.call(api.ListDatasets())
    client.call(api.Unlock(passphrase=passphrase))
    assert client.call(api.GetSettings()).values["auto_lock_s"] == 99


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_a_request_under_way_when_the_host_dies_gets_an_answer(client: HostClient, passphrase: str) -> None:
    client.call(api.Unlock(passphrase=passphrase, create=True))
    assert client.host_pid is not None
    os.kill(client.host_pid, signal.SIGSTOP)
    answered, box = threading.Event(), []

    def failed(error: Exception) -> None:
        box.append(error)
        answered.set()

    client.submit(api.ListDatasets(), None, box.append, failed)
    os.kill(client.host_pid, signal.SIGKILL)
    assert answered.wait(20)
    assert isinstance(box[0], HostDied)


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_job_of_a_killed_host_is_marked(client: HostClient, passphrase: str, tmp_path: Path) -> None:
    client.call(api.Unlock(passphrase=passphrase, create=True))
    table = tmp_path / "long.csv"
    table.write_text("text,label\n" + "".join(f"text number {i},l{i % 7}\n" for i in range(400_000)))
    started, ended = threading.Event(), threading.Event()
    client.on_host_died = ended.set
    request = api.ImportData(path=str(table), name="long", kind="labelled")
    client.submit(request, lambda progress: started.set(), lambda result: None, lambda error: None)
    assert started.wait(30)
    assert client.host_pid is not None
    children = psutil.Process(client.host_pid).children(recursive=True)
    os.kill(client.host_pid, signal.SIGKILL)
    assert ended.wait(20)
    client.call(api.Unlock(passphrase=passphrase))
    job = client.call(api.ListJobs()).jobs[0]
    assert (job.title, job.state) == ("Import long", "interrupted")
    assert client.call(api.ListDatasets()).datasets == (), "nothing is half stored"
    _, alive = psutil.wait_procs(children, timeout=10)
    assert alive == [], "no worker outlives its host"


def test_cancel_within_two_seconds(client: HostClient, passphrase: str, tmp_path: Path) -> None:
    client.call(api.Unlock(passphrase=passphrase, create=True))
    table = tmp_path / "long.csv"
    table.write_text("text,label\n" + "".join(f"text number {i},l{i % 7}\n" for i in range(400_000)))
    started, ended, box = threading.Event(), threading.Event(), []

    def failed(error: Exception) -> None:
        box.append(error)
        ended.set()

    request = api.ImportData(path=str(table), name="long", kind="labelled")
    asked = client.submit(request, lambda progress: started.set(), box.append, failed)
    assert started.wait(30)
    began = time.monotonic()
    client.cancel(asked)
    assert ended.wait(20)
    assert time.monotonic() - began < 2.0
    assert isinstance(box[0], Cancelled)
    assert client.call(api.ListDatasets()).datasets == ()
    assert client.call(api.ListJobs()).jobs[0].state == "cancelled"


def test_close_leaves_no_process(workspace: Path, passphrase: str) -> None:
    client = HostClient(workspace)
    client.start()
    client.call(api.Unlock(passphrase=passphrase, create=True))
    pid = client.host_pid
    client.close()
    assert pid is not None
    assert not psutil.pid_exists(pid)
