"""The window: the gate, or the rail with the pages, the banner, the strip of running jobs and the toasts.

It opens without the engine: `attach` gives it the client once the first picture is on the screen. Pages are made
when they are first shown, and thrown away when the workspace is locked, so that nothing private stays in a widget.
"""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QPaintEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from gui.icons import recolour
from gui.look import Look
from gui.shell.gate import Gate
from gui.theme import theme

if TYPE_CHECKING:
    from gui.bridge.client import EngineClient
    from gui.shell.jobs_strip import JobsStrip
    from gui.shell.rail import Rail
    from gui.shell.session import Session
    from gui.widgets.banner import Banner

SHOW_JOBS = ("activity", "teach")  # pages that show running jobs themselves
NARROW_BELOW = 960
PAGE_NAMES = ("chat", "desk", "read", "recommend", "teach", "library", "activity", "settings")


class MainWindow(QMainWindow):
    """Signals:
    first_painted(): the first picture is on the screen.
    demo_requested(): open a throwaway workspace with the samples instead.
    """

    first_painted = Signal()
    demo_requested = Signal()

    def __init__(self, workspace: Path, look: Look, *, exists: bool, demo: bool = False) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setWindowTitle("Casemate")
        self.setMinimumSize(760, 560)
        self.workspace = workspace
        self.look = look
        self.client: EngineClient | None = None
        self.pages: dict[str, Any] = {}  # name -> Page of gui.pages.<name>.page
        self.current = "chat"
        self._exists = exists
        self._demo = demo
        self._painted = False
        self._rebuilding = False
        self._kept: dict[str, Any] = {}
        self._session: Session | None = None
        self._strip: JobsStrip | None = None
        self._root = QStackedWidget()
        self.setCentralWidget(self._root)
        if (geometry := look.geometry) is not None:
            self.restoreGeometry(geometry)
        else:
            self.resize(1280, 800)
        self._make_shell()
        theme().changed.connect(recolour)

    # --- making and unmaking ----------------------------------------------------------------------------------

    def _shortcut(self, keys: str, act: Any) -> None:
        QShortcut(QKeySequence(keys), self).activated.connect(act)

    def _make_shell(self) -> None:
        """Make gate and shell anew, in the language in use."""
        while (old := self._root.currentWidget()) is not None:
            self._root.removeWidget(old)
            old.deleteLater()
        self.pages.clear()
        self._strip = None
        self.gate = Gate(str(self.workspace), exists=self._exists)
        self._root.addWidget(self.gate)
        self.shell: QWidget | None = None
        if self._demo or (self.client is not None and self.client.is_unlocked):
            self._make_rooms()
        self._connect_gate()

    def _make_rooms(self) -> None:
        """The rail and the room for the pages."""
        from gui.shell.rail import Rail

        self.shell = QWidget()
        self.shell.setObjectName("shell")
        self.rail: Rail = Rail(PAGE_NAMES)
        self.rail.chosen.connect(self.show_page)
        self.rail.lock_requested.connect(self._on_lock)
        self.rail.set_workspace(self.tr("Samples") if self._demo else self.workspace.name)
        self._banners = QVBoxLayout()
        self._banners.setContentsMargins(32, 0, 32, 0)
        self._stack = QStackedWidget()
        self._stack.setProperty("kind", "pages")
        self._side = QVBoxLayout()
        self._side.setContentsMargins(0, 0, 0, 0)
        self._side.setSpacing(0)
        self._side.addLayout(self._banners)
        self._side.addWidget(self._stack, 1)
        box = QHBoxLayout(self.shell)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.rail)
        box.addLayout(self._side, 1)
        self._root.addWidget(self.shell)
        self._root.setCurrentWidget(self.shell)
        self.rail.set_current(self.current)
        self.rail.set_narrow(narrow=self.width() < NARROW_BELOW)
        if self.client is not None:
            self._fill_rooms()

    def _fill_rooms(self) -> None:
        from gui.shell.jobs_strip import JobsStrip

        if self.client is not None and self._strip is None:
            from gui.shell.desk_count import DeskCount

            self._strip = JobsStrip(self.client)
            DeskCount(self.client, self.rail, self._strip)
            self._side.addWidget(self._strip)
            self.show_page(self.current)

    def _connect_gate(self) -> None:
        self.gate.demo_requested.connect(self.demo_requested)
        if self._session is not None:
            self._session.connect_gate(self.gate)

    # --- the engine -------------------------------------------------------------------------------------------

    def attach(self, client: EngineClient) -> None:
        """Work with an engine from now on."""
        from gui.shell.session import Session

        if self._session is not None:
            self._session.deleteLater()
        else:
            for place, name in enumerate(PAGE_NAMES, 1):
                self._shortcut(f"Ctrl+{place}", lambda name=name: self.show_page(name))
            self._shortcut("Ctrl+L", self._on_lock)
            self._shortcut("Ctrl+Q", self.close)
        self.client = client
        self._session = Session(client, self)
        self._session.connect_gate(self.gate)
        client.data_changed.connect(self._on_data_changed)
        if self.shell is not None:
            self._fill_rooms()

    def open_rooms(self) -> None:
        """The workspace is open: show the pages."""
        self._exists = True
        if self.shell is None:
            self._make_rooms()

    def close_rooms(self) -> None:
        """The workspace is locked: let every page go and show the gate."""
        self._kept.clear()
        self._make_shell()

    def rebuild(self) -> None:
        """Make everything again, in another language; pages keep what they were showing."""
        self._rebuilding = False
        for name, page in self.pages.items():
            if callable(state := getattr(page, "state", None)):
                self._kept[name] = state()
        self._make_shell()

    def open_demo(self, workspace: Path, client: EngineClient) -> None:
        """Leave this workspace for a throwaway one."""
        self._demo = True
        self.workspace = workspace
        self.attach(client)
        self._make_shell()

    @property
    def is_demo(self) -> bool:
        return self._demo

    # --- pages ------------------------------------------------------------------------------------------------

    def show_page(self, name: str) -> None:
        """Show a page, making it the first time."""
        if self.shell is None:
            return
        self.current = name
        self.rail.set_current(name)
        if self.client is None:
            return
        page = self.pages.get(name)
        if page is None:
            module = importlib.import_module(f"gui.pages.{name}.page")
            page = module.Page(self.client, self._stack)
            page.setProperty("kind", "page")
            self.pages[name] = page
            self._stack.addWidget(page)
            if (navigate := getattr(page, "navigate", None)) is not None:
                navigate.connect(self.show_page)
            if (navigate_to := getattr(page, "navigate_to", None)) is not None:
                navigate_to.connect(self.show_page_with)
            if (kept := self._kept.pop(name, None)) is not None and hasattr(page, "restore"):
                page.restore(kept)
        self._stack.setCurrentWidget(page)
        if self._strip is not None:
            self._strip.set_wanted(wanted=name not in SHOW_JOBS)
        page.setFocus()  # Tab goes on from here; a page may pass it on to its field
        page.refresh()

    def show_page_with(self, name: str, subject: str) -> None:
        """Show a page, opened at something: Read and Teach take the name of a skill."""
        self.show_page(name)
        if (page := self.pages.get(name)) is not None:
            page.open_subject(subject)

    def _on_data_changed(self, topic: str) -> None:
        page = self.pages.get(self.current)
        # A page may say which topics concern it.
        if topic not in getattr(page, "topics", (topic,)):
            return
        if topic != "workspace" and page is not None and self.shell is not None:
            page.refresh()

    def _on_lock(self) -> None:
        if self.client is not None and self.client.is_unlocked and not self._demo:
            self.client.lock()

    def show_banner(self, text: str, tone: str = "warning") -> Banner:
        """A message above the page that stays until it is closed."""
        from gui.widgets.banner import Banner

        banner = Banner(text, tone, close_label=self.tr("Close this message"), name="window.banner")
        banner.dismissed.connect(banner.deleteLater)
        if self.shell is not None:
            self._banners.addSpacing(0)
            self._banners.setContentsMargins(32, 16, 32, 0)
            self._banners.addWidget(banner)
        else:
            self.gate.layout().insertWidget(0, banner)  # type: ignore[union-attr]
        return banner

    # --- Qt ---------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            # After this turn of the loop, when the picture has left for the screen.
            QTimer.singleShot(0, self.first_painted.emit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.shell is not None:
            self.rail.set_narrow(narrow=self.width() < NARROW_BELOW)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        # Two translators change at once, and the control that chose them is still in its own slot: rebuild later.
        if event.type() == QEvent.Type.LanguageChange and not self._rebuilding:
            self._rebuilding = True
            QTimer.singleShot(0, self.rebuild)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.look.geometry = self.saveGeometry()
        super().closeEvent(event)
