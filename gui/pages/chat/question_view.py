"""What the person asked, at the right, with what can be done about it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from gui.widgets.buttons import IconButton
from gui.widgets.naming import named
from gui.widgets.text import Text


class QuestionView(QWidget):
    """A question.

    Signals:
        edit_requested(): ask it in other words; what was said before stays.
        branch_requested(): go on from just before it in a conversation of its own.
    """

    edit_requested = Signal()
    branch_requested = Signal()

    def __init__(self, text: str, message: int | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("chat.question_view")
        self.text = text
        self.message = message
        """Its number in the conversation, where that is known."""
        bubble = QFrame()
        bubble.setProperty("kind", "banner")
        bubble.setProperty("tone", "accent")
        label = named(Text(text, wrap=True, selectable=True), "chat.question_text", self.tr("Your question"))
        inside = QVBoxLayout(bubble)
        inside.setContentsMargins(16, 10, 16, 10)
        inside.addWidget(label)
        self._bubble, self._label = bubble, label
        words = self.tr("Ask this in other words")
        self.edit = IconButton("edit", words, "chat.edit_question", small=True)
        self.edit.clicked.connect(self.edit_requested)
        words = self.tr("Branch from here: a new conversation with everything said before this question")
        self.branch = IconButton("branch", words, "chat.branch", small=True)
        self.branch.clicked.connect(self.branch_requested)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        line.addStretch(1)
        for button in (self.branch, self.edit):
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addSpacing(4)
        line.addWidget(bubble, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A wrapped label asks for little width: the bubble is as wide as its longest line, up to 4/5."""
        super().resizeEvent(event)
        metrics = self._label.fontMetrics()
        longest = max((metrics.horizontalAdvance(line) for line in self.text.splitlines()), default=0)
        self._bubble.setFixedWidth(min(longest + 40, round(self.width() * 0.8) - 8))
