"""The line above a conversation: its title, the collection it asks, and what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QMenu, QWidget

from engine.api import CollectionInfo, ConversationInfo
from gui.theme import theme
from gui.widgets.buttons import IconButton
from gui.widgets.elided import ElidedLabel
from gui.widgets.naming import named
from gui.widgets.text import Text


class ChatHeader(QWidget):
    """The head of the conversation.

    Signals:
        collection_chosen(str): by the person's hand.
        rename_requested(int), delete_requested(int): the conversation shown.
    """

    collection_chosen = Signal(str)
    rename_requested = Signal(int)
    delete_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("chat.header")
        self._conversation: int | None = None
        self.name = ElidedLabel(role="h3")
        self.name.setObjectName("chat.title")

        self.picker = named(QComboBox(), "chat.collection", self.tr("Collection to ask"))
        self.picker.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.picker.activated.connect(lambda _row: self.collection_chosen.emit(self.collection()))
        self._ask = Text(self.tr("Answers come from"), "muted")
        self._ask.setBuddy(self.picker)

        words = self.tr("Rename or delete this conversation")
        self.more = IconButton("more", words, "chat.conversation_actions")
        menu = QMenu(self.more)
        menu.setObjectName("chat.conversation_menu")
        menu.addAction(self.tr("Rename…"), self._rename)
        menu.addAction(self.tr("Delete…"), self._delete)
        self.more.setMenu(menu)

        row = QHBoxLayout(self)
        row.setContentsMargins(24, 16, 16, 8)
        row.setSpacing(8)
        row.addWidget(self.name, 1)
        row.addWidget(self._ask)
        row.addWidget(self.picker)
        row.addWidget(self.more)
        self.show_conversation(None)

    def collection(self) -> str:
        """Name of the chosen collection; empty where there is none."""
        return str(self.picker.currentData() or "")

    def show_collections(self, infos: Sequence[CollectionInfo]) -> None:
        """Fill the picker; the chosen collection stays chosen."""
        before = self.collection()
        self.picker.clear()
        for info in infos:
            self.picker.addItem(info.name, info.name)
        self.picker.setCurrentIndex(max(0, self.picker.findData(before)) if infos else -1)

    def choose(self, collection: str) -> None:
        """Ask this collection, if it is there. Nothing is announced."""
        if (place := self.picker.findData(collection)) >= 0:
            self.picker.setCurrentIndex(place)

    def show_conversation(self, info: ConversationInfo | None) -> None:
        """Title and collection of a conversation; None for a new one."""
        self._conversation = info.id if info is not None else None
        self.name.set_text(info.title if info is not None else self.tr("New conversation"))
        self.more.setVisible(info is not None)
        if info is not None and self.picker.findData(info.collection) >= 0:
            self.picker.setCurrentIndex(self.picker.findData(info.collection))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where room is short, the title needs it more than the words before the picker."""
        super().resizeEvent(event)
        self._ask.setVisible(self.width() >= theme().px(560))

    def _rename(self) -> None:
        if self._conversation is not None:
            self.rename_requested.emit(self._conversation)

    def _delete(self) -> None:
        if self._conversation is not None:
            self.delete_requested.emit(self._conversation)
