"""The real window over the real host: files dropped, a long act stopped, a host that is killed."""

from __future__ import annotations

import csv
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QEventLoop, QMimeData, QPoint, QPointF, QStandardPaths, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from engine import api
from engine.paths import assets_folder
from gui.app import make_client
from gui.look import Look
from gui.main_window import MainWindow
from gui.widgets.banner import Banner

SAMPLES = assets_folder() / "samples" / "en"
LONG_S = 90.0

pytestmark = pytest.mark.timeout(300)


def until(ready: Callable[[], Any], seconds: float = LONG_S) -> None:
    """Run the window until `ready()`; an event loop of Qt lets the thread that reads the answers run too."""
    loop, look, end = QEventLoop(), QTimer(), QTimer()
    look.timeout.connect(lambda: loop.quit() if ready() else None)
    look.start(10)
    end.setSingleShot(True)
    end.timeout.connect(loop.quit)
    end.start(round(seconds * 1000))
    loop.exec()
    assert ready(), f"not within {seconds:.0f} s"


def drop(target: QWidget, path: Path) -> None:
    """What the system sends when a file is let go over a widget."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    copy, left, plain = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(9, 9), copy, data, left, plain)
    QApplication.sendEvent(target, enter)
    assert enter.isAccepted(), "a file can be dropped here"
    QApplication.sendEvent(target, QDropEvent(QPointF(9, 9), copy, data, left, plain))


def enter_passphrase(window: MainWindow, passphrase: str, *, new: bool) -> None:
    window.gate.passphrase.setText(passphrase)
    if new:
        window.gate.repeat.setText(passphrase)
    window.gate.submit.click()
    until(lambda: window.shell is not None and window.current in window.pages)


@pytest.fixture
def window(qtbot: Any, tmp_path: Path, passphrase: str) -> Iterator[MainWindow]:
    """A window over a new, open workspace and an engine process of its own."""
    QStandardPaths.setTestModeEnabled(True)
    window = MainWindow(tmp_path / "workspace", Look(), exists=False)
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    client = make_client(window.workspace)
    client.start()
    window.attach(client)
    enter_passphrase(window, passphrase, new=True)
    yield window
    client.close()


def library(window: MainWindow, tab: str) -> Any:
    window.show_page("library")
    page = window.pages["library"]
    page.show_tab(tab)
    until(lambda: not window.client._running)
    return page


def import_by_drop(window: MainWindow, path: Path) -> None:
    """Drop a table on the data sets and agree to what the dialog suggests."""
    data = library(window, "data").data
    target = data.drop if data._datasets else data
    drop(target, path)
    dialog = data.findChild(QDialog, "import")
    until(lambda: dialog._accept.isEnabled())
    dialog._accept.click()
    until(lambda: any(info.name == path.stem for info in data._datasets))


def test_a_dropped_table_and_a_dropped_document(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    import_by_drop(window, SAMPLES / "shop" / "messages.csv")
    data = window.pages["library"].data
    assert data._datasets[0].kind == "labelled"
    assert data._datasets[0].rows > 100

    documents = library(window, "documents").documents
    monkeypatch.setattr("gui.pages.library.documents_tab.ask_name", lambda *_, **__: "Handbook")
    drop(documents, SAMPLES / "clinic" / "handbook" / "triage.pdf")
    until(lambda: documents._collections.get("Handbook") is not None)
    assert documents._collections["Handbook"].passages > 5

    window.show_page("chat")
    chat = window.pages["chat"]
    until(lambda: chat.header.collection() == "Handbook")
    chat.ask("What is done with a patient with chest pain?")
    until(lambda: chat.transcript.views()[-1].answer is not None)


def test_a_long_act_is_stopped(window: MainWindow, tmp_path: Path) -> None:
    table = tmp_path / "many.csv"
    with table.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("text", "label"))
        rows.writerows((f"text number {n} about {n % 7}", f"label {n % 3}") for n in range(400_000))
    data = library(window, "data").data
    drop(data, table)
    dialog = data.findChild(QDialog, "import")
    until(lambda: dialog._accept.isEnabled())
    dialog._accept.click()
    until(lambda: window._strip is not None and any(strip.isVisible() for strip in window._strip.strips()))
    window._strip.strips()[0].cancel_button.click()
    until(lambda: not window.client.long_jobs(), 20)
    assert window._strip.isHidden()
    data.refresh()
    until(lambda: not window.client._running)
    assert data._datasets == [], "nothing half done stays"


def test_a_killed_host_loses_nothing(window: MainWindow, passphrase: str) -> None:
    import_by_drop(window, SAMPLES / "clinic" / "notes.csv")
    window.client.call(api.TrainClassifier(dataset="notes", pack="Notes", method="head"))
    until(lambda: any(job.progress for job in window.client.long_jobs()))
    host = window.client._host
    os.kill(host.host_pid, signal.SIGKILL)
    until(lambda: not window.client.is_unlocked and window.shell is None)

    def says_so() -> bool:
        banner = window.findChild(Banner, "window.banner")
        return window.gate.isVisible() and banner is not None and banner.isVisible()

    until(says_so)  # a new child of a visible layout is shown with the next turn of the event loop
    enter_passphrase(window, passphrase, new=False)
    data = library(window, "data").data
    assert [info.name for info in data._datasets] == ["notes"]
    window.show_page("activity")
    jobs = window.pages["activity"].jobs
    until(lambda: jobs.table.model().rowCount() > 0)
    model = jobs.table.model()
    states = {model.index(row, 0).data(): model.index(row, 1).data() for row in range(model.rowCount())}
    assert states["Train Notes"] == "Interrupted"
    assert states["Import notes"] == "Done"
