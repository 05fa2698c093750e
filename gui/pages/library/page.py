"""Library: three tabs over what the workspace holds."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from gui.bridge.client import EngineClient
from gui.pages.library.data_tab import DataTab
from gui.pages.library.documents_tab import DocumentsTab
from gui.pages.library.models_tab import ModelsTab
from gui.widgets.page import PageHead
from gui.widgets.segmented import Segmented


class Page(QWidget):
    """Documents, data sets, models."""

    topics = ("datasets", "models", "collections")

    def __init__(self, client: EngineClient, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("library")
        self.title = self.tr("Library")
        self.setAccessibleName(self.title)
        self.head = PageHead(self.title, self.tr("Everything here is encrypted and stays on this machine."))
        self.tabs = Segmented(
            (
                ("documents", self.tr("Documents")),
                ("data", self.tr("Data sets")),
                ("models", self.tr("Models")),
            ),
            name="library.tabs",
            label=self.tr("Parts of the library"),
        )
        self.head.add_action(self.tabs)
        self.documents = DocumentsTab(client)
        self.data = DataTab(client)
        self.models = ModelsTab(client)
        self._stack = QStackedWidget()
        self._parts: dict[str, DocumentsTab | DataTab | ModelsTab] = {
            "documents": self.documents,
            "data": self.data,
            "models": self.models,
        }
        for part in self._parts.values():
            self._stack.addWidget(part)
        self.tabs.changed.connect(self.show_tab)
        box = QVBoxLayout(self)
        box.setContentsMargins(32, 24, 32, 24)
        box.setSpacing(20)
        box.addWidget(self.head)
        box.addWidget(self._stack, 1)

    def show_tab(self, name: str) -> None:
        """Show documents, data or models."""
        self.tabs.set_current(name)
        self._stack.setCurrentWidget(self._parts[name])
        self._parts[name].refresh()

    def open_subject(self, subject: str) -> None:
        """Show a tab, from another page."""
        if subject in self._parts:
            self.show_tab(subject)

    def refresh(self) -> None:
        self._parts[self.tabs.current].refresh()

    def state(self) -> str:
        """The tab on show, kept when the language changes."""
        return self.tabs.current

    def restore(self, state: str) -> None:
        self.show_tab(state)
