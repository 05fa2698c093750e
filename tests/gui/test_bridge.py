"""The door to the engine: answers reach who asked, and nobody else."""

import threading

from PySide6.QtCore import QCoreApplication, QObject, QThread

from engine import api
from engine.errors import Cancelled, FileMissing, HostDied, LockedError
from engine.values import Progress
from gui.bridge.client import EngineClient

DATASETS = api.Datasets(())
OPEN = api.WorkspaceState("/w", True, True, 600)
SHUT = api.WorkspaceState("/w", True, False, 600)


def test_an_answer_arrives_after_call_has_returned(client, engine, qtbot):
    engine.answers[api.ListDatasets] = DATASETS
    job = client.call(api.ListDatasets())
    with qtbot.waitSignal(job.finished) as caught:
        pass
    assert caught.args == [DATASETS]


def test_callbacks_of_another_thread_reach_the_windows_thread(client, engine, qtbot):
    threads = []
    job = client.call(api.ListDatasets())
    job.finished.connect(lambda _result: threads.append(QThread.currentThread()))
    with qtbot.waitSignal(job.finished):
        threading.Thread(target=engine.finish, args=(api.ListDatasets, DATASETS)).start()
    assert threads == [QCoreApplication.instance().thread()]


def test_requests_made_before_the_engine_is_up_wait_for_it(engine, qtbot):
    engine.answers[api.ListDatasets] = DATASETS
    client = EngineClient(lambda: engine)
    job = client.call(api.ListDatasets())
    with qtbot.waitSignal(job.finished):
        pass
    assert engine.is_started
    client.close()


def test_a_newer_request_in_the_same_slot_drops_the_older_answer(client, engine, settle):
    owner = QObject()
    seen = []
    client.ask(owner, api.ShowDataset("old"), seen.append)
    older = engine.open[1][2]
    client.ask(owner, api.ShowDataset("new"), seen.append)
    info = api.DatasetInfo("new", "texts", 1, 1, "", "")
    newest = api.DatasetPage(info, ("text",), (), 0)
    older("stale")
    engine.finish(api.ShowDataset, newest)
    settle()
    assert seen == [newest]


def test_nothing_is_drawn_for_an_owner_that_is_gone(client, engine, settle):
    owner = QObject()
    seen = []
    client.ask(owner, api.ListDatasets(), seen.append)
    owner.deleteLater()
    settle()
    engine.finish(api.ListDatasets, DATASETS)
    settle()
    assert seen == []


def test_cancel_reaches_the_engine_and_is_silent(client, engine, qtbot):
    shown = []
    client.unhandled.connect(shown.append)
    job = client.ask(QObject(client), api.Backup("/b"), lambda _done: None)
    with qtbot.waitSignal(job.cancelled):
        job.cancel()
    assert engine.cancelled == [job.host_id]
    assert shown == []


def test_a_failure_that_nobody_takes_is_told(client, engine, qtbot):
    engine.answers[api.ListDatasets] = FileMissing(path="/x")
    with qtbot.waitSignal(client.unhandled) as caught:
        client.ask(QObject(client), api.ListDatasets(), lambda _done: None)
    assert caught.args[0].code == "file_missing"


def test_progress_is_passed_on(client, engine, qtbot):
    job = client.call(api.Backup("/b"))
    told = Progress(1, 2, "backup")
    with qtbot.waitSignal(job.progressed) as caught:
        engine.progress(api.Backup, told)
    assert caught.args == [told]
    assert client.long_jobs() == [job]


def test_what_was_changed_is_told_by_topic(client, engine, qtbot):
    engine.answers[api.DeleteDataset] = api.Done()
    with qtbot.waitSignal(client.data_changed) as caught:
        client.call(api.DeleteDataset("a"))
    assert caught.args == ["datasets"]


def test_unlocking_and_locking_are_told_once(client, engine, qtbot, settle):
    engine.answers[api.Unlock] = OPEN
    engine.answers[api.Lock] = SHUT
    told = []
    client.unlocked.connect(lambda _state: told.append("open"))
    client.locked.connect(lambda: told.append("shut"))
    client.call(api.Unlock("a long passphrase"))
    settle()
    client.lock()
    settle()
    client.lock()
    settle()
    assert told == ["open", "shut"]


def test_an_engine_that_locked_itself_shows_as_locked(client, engine, qtbot, settle):
    engine.answers[api.Unlock] = OPEN
    client.call(api.Unlock("a long passphrase"))
    settle()
    engine.answers[api.ListDatasets] = LockedError()
    with qtbot.waitSignal(client.locked):
        client.call(api.ListDatasets())
    assert not client.is_unlocked


def test_a_dead_engine_fails_what_was_under_way_and_locks(client, engine, qtbot, settle):
    engine.answers[api.Unlock] = OPEN
    client.call(api.Unlock("a long passphrase"))
    settle()
    failures = []
    job = client.call(api.Backup("/b"))
    job.failed.connect(failures.append)
    with qtbot.waitSignals([client.host_died, client.locked]):
        engine.die()
    settle()
    assert [type(error) for error in failures] == [HostDied]
    assert client.long_jobs() == []
    assert not client.is_unlocked


def test_an_engine_that_does_not_start_is_told(qtbot):
    def fails():
        raise OSError("no room")

    client = EngineClient(fails)
    with qtbot.waitSignal(client.unhandled) as caught:
        client.start()
    assert "no room" in caught.args[0].message


def test_a_job_that_waits_for_the_engine_can_be_cancelled(engine, qtbot):
    gate = threading.Event()

    def slow():
        gate.wait(5)
        return engine

    client = EngineClient(slow)
    job = client.call(api.Backup("/b"))
    errors = []
    job.failed.connect(errors.append)
    with qtbot.waitSignal(job.cancelled):
        job.cancel()
    with qtbot.waitSignal(client.started):
        gate.set()
    assert engine.requests == []
    assert not errors
    client.close()


def test_cancelled_is_an_error_of_its_own():
    assert Cancelled().code == "cancelled"
