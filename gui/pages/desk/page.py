"""The Desk page: the queue, approved answers, figures and agents as tabs."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from gui.bridge.client import EngineClient
from gui.pages.desk.approved_tab import ApprovedTab
from gui.pages.desk.figures_tab import FiguresTab
from gui.pages.desk.profiles_tab import ProfilesTab
from gui.pages.desk.queue_tab import QueueTab
from gui.widgets.page import PageHead
from gui.widgets.segmented import Segmented


class Page(QWidget):
    """Desk.

    Signals:
        navigate_to(str, str): open a page at something: Chat at a conversation.
    """

    navigate_to = Signal(str, str)
    topics = ("handoffs", "conversations", "collections", "profiles", "models")

    def __init__(self, client: EngineClient, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("desk")
        self.title = self.tr("Desk")
        self.setAccessibleName(self.title)
        self.head = PageHead(self.title, self.tr("People answer what the documents do not, and every answer is kept."))
        self.tabs = Segmented(
            (
                ("queue", self.tr("Queue")),
                ("approved", self.tr("Approved answers")),
                ("figures", self.tr("Figures")),
                ("agents", self.tr("Agents")),
            ),
            name="desk.tabs",
            label=self.tr("Parts of the desk"),
        )
        self.head.add_action(self.tabs)
        self.queue = QueueTab(client)
        self.approved = ApprovedTab(client)
        self.figures = FiguresTab(client)
        self.agents = ProfilesTab(client)
        self._stack = QStackedWidget()
        self._parts: dict[str, QueueTab | ApprovedTab | FiguresTab | ProfilesTab] = {
            "queue": self.queue,
            "approved": self.approved,
            "figures": self.figures,
            "agents": self.agents,
        }
        for part in self._parts.values():
            self._stack.addWidget(part)
        self.tabs.changed.connect(self.show_tab)
        self.queue.conversation_requested.connect(lambda number: self.navigate_to.emit("chat", str(number)))
        self.figures.answer_requested.connect(self._on_answer_requested)
        box = QVBoxLayout(self)
        box.setContentsMargins(32, 24, 32, 24)
        box.setSpacing(16)
        box.addWidget(self.head)
        box.addWidget(self._stack, 1)

    def show_tab(self, name: str) -> None:
        """Show queue, approved, figures or agents."""
        self.tabs.set_current(name)
        self._stack.setCurrentWidget(self._parts[name])
        self._parts[name].refresh()

    def refresh(self) -> None:
        self._parts[self.tabs.current].refresh()

    def open_subject(self, item: str) -> None:
        """Show one item of the queue, from another page."""
        if item.isdigit():
            self.tabs.set_current("queue")
            self._stack.setCurrentWidget(self.queue)
            self.queue.show_item(int(item))

    def _on_answer_requested(self, question: str) -> None:
        self.show_tab("approved")
        self.approved.write(question)

    def state(self) -> dict[str, Any]:
        """The tab on show, and what is being written, kept when the language changes."""
        return {"tab": self.tabs.current, "queue": self.queue.state(), "agents": self.agents.state()}

    def restore(self, state: dict[str, Any]) -> None:
        self.show_tab(state["tab"])
        self.queue.restore(state["queue"])
        self.agents.restore(state["agents"])
