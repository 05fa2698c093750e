"""Opens the window. Everything that is not needed for the first picture is imported after it."""

from __future__ import annotations

import gc
import os
import sys
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from gui.icons import pixmap
from gui.look import Look, keep_no_history
from gui.main_window import MainWindow
from gui.text.language import use_language
from gui.theme import theme

if TYPE_CHECKING:
    from gui.bridge.client import EngineClient

# The measurement of the start sets this: say when the first picture was there, and end.
MEASURE_START = "CASEMATE_MEASURE_START"


class _Surprises(QObject):
    """Brings unexpected exceptions of any thread to the window's thread.

    Signals:
        met(BaseException): nobody caught it.
    """

    met = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.met.connect(self._show)
        self._showing = False

    def on_exception(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QCoreApplication.quit()
            return
        import logging

        logging.getLogger(__name__).error("unexpected", exc_info=(kind, error, trace))
        self.met.emit(error)

    def on_thread_exception(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self.on_exception(args.exc_type, args.exc_value, args.exc_traceback)

    def _show(self, error: BaseException) -> None:
        from gui.bridge.show_error import as_engine_error, show_error

        if not self._showing:  # an error while painting comes with every picture
            self._showing = True
            show_error(QApplication.activeWindow(), as_engine_error(error))
            QTimer.singleShot(2000, self._again)

    def _again(self) -> None:
        self._showing = False


class Program(QObject):
    """Owns the window, the client, and the throwaway folder of a demo."""

    def __init__(self, workspace: Path, look: Look, *, demo: bool) -> None:
        super().__init__()
        self.look = look
        self.client: EngineClient | None = None
        self._throwaway: Path | None = None
        theme().apply(self.look.theme, self.look.font_size)
        self.window = MainWindow(workspace, self.look, exists=_has_files(workspace), demo=demo)
        self.window.first_painted.connect(self._on_first_painted)
        self.window.demo_requested.connect(self._on_demo_requested)

    def _on_first_painted(self) -> None:
        gc.enable()
        if MEASURE_START in os.environ:
            sys.stdout.write(f"{time.time_ns()}\n")
            sys.stdout.flush()
            os._exit(0)
        self.window.setWindowIcon(QIcon(pixmap("casemate", "accent", 64)))
        self.client = make_client(self.window.workspace)
        self.client.start()
        self.window.attach(self.client)

    def _on_demo_requested(self) -> None:
        import tempfile

        if self.client is not None:
            self.client.close()
        self._throwaway = Path(tempfile.mkdtemp(prefix="casemate-samples-"))
        self.client = make_client(self._throwaway)
        self.client.start()
        self.window.open_demo(self._throwaway, self.client)

    def close(self) -> None:
        if self.client is not None:
            self.client.close()
        if self._throwaway is not None:
            import shutil

            shutil.rmtree(self._throwaway, ignore_errors=True)


def _has_files(folder: Path) -> bool:
    """A first guess whether a workspace is there; the engine corrects it."""
    try:
        return any(folder.iterdir())
    except OSError:
        return False


def make_client(workspace: Path) -> EngineClient:
    """The door to an engine process of this workspace; the process starts with `start`."""
    from gui.bridge.client import EngineClient, Host

    def make_host() -> Host:
        from engine.host.client import HostClient

        return HostClient(workspace)

    return EngineClient(make_host)


def run(workspace: Path, demo: bool = False) -> int:
    """Open the window and stay until it is closed.

    Args:
        workspace: its folder; need not exist.
        demo: the folder is a throwaway one: create the workspace and load the samples without asking.
    Returns:
        The exit code.
    """
    keep_no_history()
    QCoreApplication.setApplicationName("casemate")
    QApplication.setStyle("Fusion")  # before the application: no other style is made first
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationDisplayName("Casemate")
    app.setDesktopFileName("casemate")
    surprises = _Surprises()
    sys.excepthook = surprises.on_exception
    threading.excepthook = surprises.on_thread_exception
    look = Look()
    use_language(look.language)
    program = Program(workspace, look, demo=demo)
    program.window.show()
    try:
        return app.exec()
    finally:
        program.close()
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
