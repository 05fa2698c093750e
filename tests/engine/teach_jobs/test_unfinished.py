"""A training survives the death of its worker and of the whole program, and goes on where its checkpoint was."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import apsw
import psutil
import pytest
import slow_training
from slow_training import EVERY

from engine import api
from engine.errors import Cancelled, DiskFull, InputError, UnknownName, WorkerDied
from engine.host.service import Service
from engine.jobs.control import JobControl
from engine.store import checkpoints, packs

STEPS = 400
SUM = STEPS * (STEPS + 1) // 2
REQUEST = api.TrainClassifier(dataset="none", pack="birds", seed=STEPS)


@pytest.fixture(autouse=True)
def _slow_training(monkeypatch: pytest.MonkeyPatch) -> None:
    from engine.host.teach import classifier as real

    monkeypatch.setattr(real, "teach", slow_training.teach)


def finish(service: Service, least_step: int) -> None:
    """Go on with the one interrupted training and see that nothing was lost or counted twice."""
    listed = service.call(api.ListUnfinished()).trainings
    assert [(one.pack, one.task, one.method) for one in listed] == [("birds", "classify", "lora")]
    assert listed[0].request["type"] == "TrainClassifier"
    assert listed[0].epoch * 100 >= least_step - EVERY
    resumed = service.call(api.ResumeTraining(id=listed[0].id))
    assert (resumed.pack, resumed.version) == ("birds", resumed.trained["version"])
    state = slow_training.state_of(service.context.store, "birds")
    assert (state.step, state.total) == (STEPS, SUM)
    assert state.resumed_at > 0
    assert state.resumed_at >= least_step - EVERY, "at most one interval of checkpoints is lost"
    assert service.call(api.ListUnfinished()).trainings == ()


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize("after", [11, 47, 123])
def test_killed_host(workspace: Path, passphrase: str, after: int) -> None:
    script = Path(slow_training.__file__)
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, str(script), str(workspace), passphrase, str(STEPS)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as program:
        assert program.stdout is not None
        told = 0
        for line in program.stdout:
            told = int(line)
            if told >= after:
                break
        children = psutil.Process(program.pid).children(recursive=True)
        program.send_signal(signal.SIGKILL)
    _, alive = psutil.wait_procs(children, timeout=10)
    assert alive == [], "no worker outlives its host"

    service = Service(workspace)
    try:
        service.call(api.Unlock(passphrase=passphrase))
        assert service.call(api.ListJobs()).jobs[0].state == "interrupted"
        finish(service, told)
    finally:
        service.close()


def train_and(service: Service, act: Callable[[JobControl], None], after: int) -> None:
    """Train, and do something once so many steps were told."""
    done = threading.Event()
    control = JobControl(lambda progress: act_once(progress.done))

    def act_once(step: int) -> None:
        if step >= after and not done.is_set():
            done.set()
            act(control)

    service.call(REQUEST, control=control)


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_killed_worker(service: Service) -> None:
    def kill(_: JobControl) -> None:
        workers = [one for one in psutil.Process().children(recursive=True) if "spawn_main" in " ".join(one.cmdline())]
        assert workers
        for worker in workers:
            worker.kill()

    with pytest.raises(WorkerDied):
        train_and(service, kill, after=60)
    finish(service, 60)


def test_cancelled_training_can_go_on(service: Service) -> None:
    with pytest.raises(Cancelled):
        train_and(service, lambda control: control.cancel(), after=40)
    finish(service, 40)


def test_full_disk_keeps_the_checkpoint_before_and_earlier_versions(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = service.context.store
    packs.save_version(store, "birds", "classify", {"state.json": b'{"step": 1}'}, {}, promote=True)
    saved = []
    real = checkpoints.save

    def save(*given: object, **named: object) -> int:
        if len(saved) < 3:
            saved.append(real(*given, **named))
            return saved[-1]
        with store.write() as connection:  # as on a disk with no room left: the file may not grow
            size = connection.pragma("page_count")
            connection.pragma("max_page_count", size)
            named["body"] = bytes(10_000_000)
            return real(*given, **named)

    monkeypatch.setattr(checkpoints, "save", save)
    with pytest.raises(DiskFull, match="is full"):
        service.call(REQUEST)
    with store.write() as connection:
        connection.pragma("max_page_count", 1_000_000_000)
    monkeypatch.setattr(checkpoints, "save", real)
    assert slow_training.state_of(store, "birds").step == 1
    assert checkpoints.load(store, saved[0]).epoch == pytest.approx(0.3)
    finish(service, 30)


def test_full_disk_while_the_version_is_stored_loses_nothing(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    store = service.context.store
    real = packs.save_version

    def full(*given: object, **named: object) -> int:
        real(*given, **named)
        raise apsw.FullError

    monkeypatch.setattr(packs, "save_version", full)
    with pytest.raises(DiskFull):
        service.call(REQUEST)
    monkeypatch.setattr(packs, "save_version", real)
    assert packs.list_all(store) == []
    finish(service, STEPS)


def test_list_leaves_out_what_runs_and_drop_forgets(service: Service) -> None:
    seen: list[object] = []
    refused: list[Exception] = []

    def look(control: JobControl) -> None:
        store = service.context.store
        seen.extend(service.call(api.ListUnfinished()).trainings)
        key = checkpoints.list_all(store)[0].id
        try:
            from engine.host.teach.unfinished import go_on

            go_on(service.context, key, JobControl())
        except InputError as error:
            refused.append(error)
        control.cancel()

    with pytest.raises(Cancelled):
        train_and(service, look, after=50)
    assert seen == []
    assert len(refused) == 1
    (left,) = service.call(api.ListUnfinished()).trainings
    assert service.call(api.DropTraining(id=left.id)).ok
    with pytest.raises(UnknownName, match="interrupted training"):
        service.call(api.DropTraining(id=left.id))
    assert service.call(api.ListUnfinished()).trainings == ()
    with pytest.raises(UnknownName, match="interrupted training"):
        service.call(api.ResumeTraining(id=left.id))


def test_other_data_are_not_gone_on_with(service: Service, tmp_path: Path) -> None:
    table = tmp_path / "birds.csv"
    table.write_text("text,label\n" + "".join(f"text {number},l{number % 2}\n" for number in range(20)))
    service.call(api.ImportData(path=str(table), name="none", kind="labelled"))
    with pytest.raises(Cancelled):
        train_and(service, lambda control: control.cancel(), after=30)
    (left,) = service.call(api.ListUnfinished()).trainings
    service.call(api.DeleteDataset(name="none"))
    with pytest.raises(InputError, match="The data set none was changed or removed since"):
        service.call(api.ResumeTraining(id=left.id))
    assert len(service.call(api.ListUnfinished()).trainings) == 1


def test_another_version_in_use_divides_the_texts_anew(service: Service) -> None:
    for _ in range(2):
        packs.save_version(service.context.store, "birds", "classify", {}, {}, promote=True)
    with pytest.raises(Cancelled):
        train_and(service, lambda control: control.cancel(), after=30)
    (left,) = service.call(api.ListUnfinished()).trainings
    packs.set_current(service.context.store, "birds", 1)
    with pytest.raises(InputError, match="or another version of birds was put to use"):
        service.call(api.ResumeTraining(id=left.id))
    packs.set_current(service.context.store, "birds", 2)
    assert service.call(api.ResumeTraining(id=left.id)).version == 3


def test_a_new_training_takes_the_place_of_an_interrupted_one(service: Service) -> None:
    for _ in range(2):
        with pytest.raises(Cancelled):
            train_and(service, lambda control: control.cancel(), after=30)
    assert len(service.call(api.ListUnfinished()).trainings) == 1


def test_pause_and_queue(service: Service) -> None:
    """Through the requests a window sends: pause, look, let go; a second training waits for the first."""
    ended: list[str] = []

    def run(pack: str) -> None:
        service.call(api.TrainClassifier(dataset="none", pack=pack, seed=150))
        ended.append(pack)

    threads = []
    for pack in ("first", "second"):
        threads.append(threading.Thread(target=run, args=(pack,)))
        threads[-1].start()
        time.sleep(0.3)

    def jobs() -> dict[str, api.JobInfo]:
        return {job.title: job for job in service.call(api.ListJobs()).jobs}

    deadline = time.monotonic() + 20
    while (jobs()["Train first"].progress is None) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert jobs()["Train first"].state == "running"
    assert jobs()["Train second"].state == "queued"
    number = jobs()["Train first"].id
    assert service.call(api.PauseJob(id=number)).ok
    time.sleep(0.4)
    held = jobs()["Train first"]
    assert held.state == "paused"
    time.sleep(0.4)
    assert jobs()["Train first"].progress == held.progress
    assert jobs()["Train second"].state == "queued", "a paused training keeps its turn"
    assert service.call(api.ListDatasets()).datasets == (), "reading goes on meanwhile"
    assert service.call(api.PauseJob(id=number, resume=True)).ok
    for thread in threads:
        thread.join(30)
    assert ended == ["first", "second"]
    assert not service.call(api.PauseJob(id=number)).ok
