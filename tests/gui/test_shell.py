"""Gate, rail, lock, banner: the window around the pages."""

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from engine import api
from engine.errors import FileMissing, WrongPassphrase
from gui.look import Look
from gui.main_window import MainWindow
from gui.shell.gate import Gate
from gui.shell.idle import IdleWatch
from gui.shell.strength import Strength, strength

OPEN = api.WorkspaceState("/w", True, True, 600)
SHUT = api.WorkspaceState("/w", True, False, 600)
EMPTY = {
    api.ListCollections: api.Collections(()),
    api.ListDatasets: api.Datasets(()),
    api.ListModels: api.Models(()),
    api.ListJobs: api.Jobs(()),
    api.ListConversations: api.Conversations(()),
    api.GetSettings: api.SettingsValues({"auto_lock_s": 600}),
    api.GetVaultInfo: api.VaultInfo("/w", 1, 1, "c", "k", "", 0, 0, 0, 0, 1, None),
}


@pytest.fixture
def window(qtbot, tmp_path, client, engine):
    """A window in front of a locked workspace that exists."""
    engine.answers.update(EMPTY)
    engine.answers[api.GetWorkspace] = SHUT
    window = MainWindow(tmp_path, Look(), exists=True)
    qtbot.addWidget(window)
    window.show()
    window.attach(client)
    return window


def unlock(window, engine, settle):
    engine.answers[api.Unlock] = OPEN
    engine.answers[api.GetWorkspace] = OPEN
    window.gate.passphrase.setText("a long passphrase")
    window.gate.submit.click()
    settle()


def test_the_right_passphrase_opens_the_pages(window, engine, settle):
    unlock(window, engine, settle)
    assert engine.of(api.Unlock) == [api.Unlock("a long passphrase")]
    assert window.shell is not None
    assert window.shell.isVisible()


def test_enter_in_the_field_unlocks(window, engine, qtbot, settle):
    engine.answers[api.Unlock] = OPEN
    qtbot.keyClicks(window.gate.passphrase, "a long passphrase")
    qtbot.keyClick(window.gate.passphrase, Qt.Key.Key_Return)
    settle()
    assert window.shell is not None


def test_a_wrong_passphrase_says_so_and_lets_try_again(window, engine, settle):
    engine.answers[api.Unlock] = WrongPassphrase()
    window.gate.passphrase.setText("something else")
    window.gate.submit.click()
    settle()
    assert "does not open" in window.gate.message.text()
    assert window.gate.passphrase.isEnabled()
    assert window.shell is None


def test_the_passphrase_is_not_kept_in_the_field(window, engine, settle):
    unlock(window, engine, settle)
    assert window.gate.passphrase.text() == ""


def test_locking_throws_every_page_away(window, engine, settle):
    unlock(window, engine, settle)
    window.show_page("library")
    page = window.pages["library"]
    engine.answers[api.Lock] = SHUT
    window.rail.lock_button.click()
    settle()
    assert window.pages == {}
    assert window.shell is None
    assert window.gate.isVisible()
    with pytest.raises(RuntimeError):
        page.isVisible()  # Qt has deleted it


def test_ctrl_and_a_number_change_the_page(window, engine, qtbot, settle):
    unlock(window, engine, settle)
    for key, name in ((Qt.Key.Key_5, "teach"), (Qt.Key.Key_6, "library"), (Qt.Key.Key_8, "settings")):
        qtbot.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
        settle()
        assert window.current == name
        assert window.pages[name].isVisible()


def test_ctrl_l_locks(window, engine, qtbot, settle):
    unlock(window, engine, settle)
    engine.answers[api.Lock] = SHUT
    qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert engine.of(api.Lock)
    assert window.shell is None


def test_a_dead_engine_shows_a_banner_and_the_gate(window, engine, settle):
    unlock(window, engine, settle)
    engine.die()
    settle()
    assert window.shell is None
    banner = window.findChild(QWidget, "window.banner")
    assert banner is not None
    assert "started again" in banner.label.text()


def test_an_error_is_shown_with_its_details(window, engine, settle, qtbot):
    unlock(window, engine, settle)
    engine.answers[api.ListDatasets] = FileMissing(path="/nowhere.csv")
    window.show_page("library")
    window.pages["library"].show_tab("data")
    settle()
    dialog = window.findChild(QWidget, "error")
    assert "/nowhere.csv" in dialog.findChild(QWidget, "error.text").text()
    dialog.findChild(QWidget, "error.copy").click()
    assert "code: file_missing" in QApplication.clipboard().text()
    dialog.close()


def test_a_running_job_is_shown_and_can_be_stopped(window, engine, qtbot, settle):
    unlock(window, engine, settle)
    window.client.call(api.Backup("/media/backup.casemate"))
    qtbot.waitUntil(lambda: bool(window._strip.strips()))
    strip = window._strip.strips()[0]
    assert strip.isVisible()
    strip.cancel_button.click()
    qtbot.waitUntil(lambda: not window._strip.strips())
    assert engine.cancelled


def test_another_language_rebuilds_the_window_on_the_same_page(window, engine, settle):
    from gui.text.language import use_language

    unlock(window, engine, settle)
    window.show_page("settings")
    try:
        use_language("zh_CN")
        settle()
        assert window.rail.buttons["settings"].accessibleName() == "设置"
        assert window.current == "settings"
        assert window.pages["settings"].isVisible()
    finally:
        use_language("en")
        settle()


# --- the gate alone ---------------------------------------------------------------------------------------------


@pytest.fixture
def creating(qtbot):
    gate = Gate("/w", exists=False)
    qtbot.addWidget(gate)
    gate.show()
    return gate


@pytest.mark.parametrize(
    ("passphrase", "repeat", "words"),
    [("", "", "Type your passphrase"), ("short", "short", "at least 8"), ("long enough", "long enouhg", "differ")],
)
def test_a_new_passphrase_is_checked_before_it_is_sent(creating, passphrase, repeat, words):
    sent = []
    creating.unlock_requested.connect(lambda *values: sent.append(values))
    creating.passphrase.setText(passphrase)
    creating.repeat.setText(repeat)
    creating.submit.click()
    assert words in creating.message.text()
    assert sent == []


def test_a_good_new_passphrase_is_sent(creating, qtbot):
    creating.passphrase.setText("harbour violet kettle nine")
    creating.repeat.setText("harbour violet kettle nine")
    with qtbot.waitSignal(creating.unlock_requested) as caught:
        creating.submit.click()
    assert caught.args == ["harbour violet kettle nine", True, False]


def test_the_eye_shows_and_hides_what_is_typed(creating):
    field = creating.passphrase
    field._eye.trigger()
    assert field.echoMode() == field.EchoMode.Normal
    field._eye.trigger()
    assert field.echoMode() == field.EchoMode.Password


@pytest.mark.parametrize(
    ("passphrase", "level"),
    [
        ("", Strength.NONE),
        ("aaaaaaaaaaaa", Strength.WEAK),
        ("password123", Strength.WEAK),
        ("12345678", Strength.WEAK),
        ("harbour violet kettle", Strength.FAIR),
        ("harbour violet kettle nine marble green", Strength.STRONG),
        ("x7$Kq9!vRt2#mZpW", Strength.STRONG),
    ],
)
def test_strength_of_a_passphrase(passphrase, level):
    assert strength(passphrase) == level


def test_using_the_mouse_puts_off_the_lock(qtbot, monkeypatch):
    now = [100.0]
    monkeypatch.setattr("gui.shell.idle.time.monotonic", lambda: now[0])
    watch = IdleWatch()
    told = []
    watch.idle.connect(lambda: told.append(now[0]))
    watch.start(60)
    now[0] = 150.0
    widget = QWidget()
    qtbot.addWidget(widget)
    move = QMouseEvent(
        QEvent.Type.MouseMove, QPointF(1, 1), QPointF(1, 1), Qt.MouseButton.NoButton, Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QApplication.sendEvent(widget, move)
    now[0] = 170.0
    watch._on_tick()
    assert told == []
    now[0] = 211.0
    watch._on_tick()
    assert told == [211.0]
    watch.stop()


def test_typing_counts_as_use(qtbot, monkeypatch):
    now = [0.0]
    monkeypatch.setattr("gui.shell.idle.time.monotonic", lambda: now[0])
    watch = IdleWatch()
    watch.start(10)
    now[0] = 9.0
    widget = QWidget()
    qtbot.addWidget(widget)
    QApplication.sendEvent(widget, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier))
    assert watch._last == 9.0
    watch.stop()


def test_importing_the_window_loads_no_engine_parts():
    import subprocess
    import sys

    root = Path(__file__).resolve().parents[2]
    code = (
        "import sys, gui.app; heavy = {'torch', 'onnxruntime', 'llama_cpp', 'numpy', 'apsw', 'sklearn', 'engine.api'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
