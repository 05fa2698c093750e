"""What a person of the desk said, told apart from what the program says."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from engine.api import ChatMessage
from gui.text.moments import short_moment
from gui.widgets.buttons import Button
from gui.widgets.chip import Chip
from gui.widgets.layout import row
from gui.widgets.naming import named
from gui.widgets.text import Text


class PersonView(QWidget):
    """A message of a person.

    Signals:
        copied(str): what was put on the clipboard, in words for a note.
    """

    copied = Signal(str)

    def __init__(self, message: ChatMessage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("chat.person_view")
        self.message = message
        who = (
            self.tr("Answered by {name}").format(name=message.author)
            if message.author
            else self.tr("Answered by a person")
        )
        self.chip = Chip(who, "success")
        self.chip.setObjectName("chat.person")
        when = Text(short_moment(message.created), "caption")
        bubble = QFrame()
        bubble.setProperty("kind", "banner")
        bubble.setProperty("tone", "success")
        self.text = named(Text(message.text, wrap=True, selectable=True), "chat.person_text", who)
        inside = QVBoxLayout(bubble)
        inside.setContentsMargins(16, 10, 16, 10)
        inside.addWidget(self.text)
        self.copy = Button(self.tr("Copy"), "chat.copy", kind="ghost", icon="copy", small=True)
        self.copy.clicked.connect(self._on_copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(row(self.chip, when, "stretch"))
        column.addWidget(bubble)
        column.addLayout(row(self.copy, "stretch"))

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.message.text)
        self.copied.emit(self.tr("The answer is on the clipboard."))
