"""Activity: what the engine does and did, and the audit log."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from gui.bridge.client import EngineClient
from gui.pages.activity.audit_tab import AuditTab
from gui.pages.activity.jobs_tab import JobsTab
from gui.widgets.page import PageHead
from gui.widgets.segmented import Segmented


class Page(QWidget):
    """Jobs and audit log as two tabs."""

    def __init__(self, client: EngineClient, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("activity")
        self.title = self.tr("Activity")
        self.setAccessibleName(self.title)
        head = PageHead(
            self.title, self.tr("What is running, what was done, and the record nobody can quietly change.")
        )
        self.tabs = Segmented(
            (("jobs", self.tr("Jobs")), ("audit", self.tr("Audit log"))),
            name="activity.tabs",
            label=self.tr("Parts of the activity"),
        )
        head.add_action(self.tabs)
        self.jobs = JobsTab(client)
        self.audit = AuditTab(client)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.jobs)
        self._stack.addWidget(self.audit)
        self.tabs.changed.connect(self.show_tab)
        box = QVBoxLayout(self)
        box.setContentsMargins(32, 24, 32, 24)
        box.setSpacing(20)
        box.addWidget(head)
        box.addWidget(self._stack, 1)

    def show_tab(self, name: str) -> None:
        """Show the jobs or the audit log."""
        self.tabs.set_current(name)
        self._stack.setCurrentWidget(self.jobs if name == "jobs" else self.audit)
        self.refresh()

    def refresh(self) -> None:
        if self.tabs.current == "jobs":
            self.jobs.refresh()
        else:
            self.audit.refresh()

    def state(self) -> str:
        """The tab on show, kept when the language changes."""
        return self.tabs.current

    def restore(self, state: str) -> None:
        self.show_tab(state)
