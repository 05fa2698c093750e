"""A conversation to read while answering: who said what, and how sure the program was."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from engine.api import ChatMessage
from gui.pages.chat.rung import confidence_text, rung_of_answer, shows_confidence
from gui.text.errors import reason
from gui.text.moments import short_moment
from gui.text.shares import percent
from gui.widgets.chip import Chip
from gui.widgets.layout import clear, row
from gui.widgets.page import scrolling
from gui.widgets.text import Text

LEAST_HEIGHT = 150  # px: one message is always to be read


class TalkView(QWidget):
    """Messages below each other; the one in question is framed and comes into view."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("desk.talk")
        self.setMinimumHeight(LEAST_HEIGHT)
        self._inner = QWidget()
        self._column = QVBoxLayout(self._inner)
        self._column.setContentsMargins(0, 4, 12, 12)
        self._column.setSpacing(12)
        self.area = scrolling(self._inner, "desk.talk_area", self.tr("Conversation"))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.area)
        self._marked: QWidget | None = None
        # The heights of wrapped texts are known only after the layout ran.
        self.area.verticalScrollBar().rangeChanged.connect(lambda _least, _most: self._to_mark())

    def show_messages(self, messages: Sequence[ChatMessage], about: int) -> None:
        """Draw a conversation; `about` is the message that was not good enough."""
        clear(self._column)
        self._marked = None
        for message in messages:
            card = self._card(message, marked=message.id == about)
            self._column.addWidget(card)
            if message.id == about:
                self._marked = card
        self._column.addStretch(1)
        QTimer.singleShot(0, self, self._to_mark)

    def _to_mark(self) -> None:
        if self._marked is not None:
            self.area.ensureWidgetVisible(self._marked, 0, 40)

    def _card(self, message: ChatMessage, *, marked: bool) -> QFrame:
        frame = QFrame()
        frame.setProperty("kind", "card" if message.role == "assistant" else "banner")
        frame.setProperty("tone", "accent" if message.role == "user" else "success")
        frame.setProperty("selected", marked)
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(14, 10, 14, 10)
        inside.setSpacing(6)
        who, chips = self._head(message)
        frame.setAccessibleName(f"{who}: {message.text}")
        inside.addLayout(row(Text(who, "strong"), *chips, "stretch", Text(short_moment(message.created), "caption")))
        inside.addWidget(Text(message.text, wrap=True, selectable=True))
        if message.answer is not None and message.answer.reason:
            inside.addWidget(Text(reason(message.answer.reason), "caption", wrap=True))
        return frame

    def _head(self, message: ChatMessage) -> tuple[str, list[QWidget]]:
        if message.role == "user":
            return self.tr("Customer"), []
        if message.role == "person":
            return message.author or self.tr("A person"), []
        chips: list[QWidget] = []
        if (answer := message.answer) is not None:
            rung = rung_of_answer(answer)
            chips.append(Chip(rung.title, rung.tone))
            if shows_confidence(answer):
                sure = Text(self.tr("{share} sure").format(share=percent(answer.confidence, 0)), "caption")
                sure.setToolTip(confidence_text(answer.confidence))
                chips.append(sure)
        if message.rating < 0:
            chips.append(Chip(self.tr("Rated wrong"), "danger"))
        return "Casemate", chips
