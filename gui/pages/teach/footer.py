"""The way on: back, why it does not go on yet, and the next step."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.widgets.buttons import Button
from gui.widgets.layout import line
from gui.widgets.text import Text


class Footer(QWidget):
    """Signals:
    back_requested(), next_requested().
    """

    back_requested = Signal()
    next_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("teach.footer")
        self.back = Button(self.tr("Back"), "teach.back", icon="chevron-left")
        self.back.clicked.connect(self.back_requested)
        self.next = Button(self.tr("Continue"), "teach.next", kind="primary")
        self.next.clicked.connect(self.next_requested)
        self.hint = Text(role="muted", wrap=True)
        self.hint.setObjectName("teach.hint")
        inside = QHBoxLayout()
        inside.setContentsMargins(0, 0, 12, 0)
        inside.setSpacing(12)
        inside.addWidget(self.back)
        inside.addWidget(self.hint, 1, Qt.AlignmentFlag.AlignVCenter)
        inside.addWidget(self.next)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 14)
        box.setSpacing(12)
        box.addWidget(line())
        box.addLayout(inside)

    def show_step(self, *, back: bool, following: str, ready: bool, hint: str) -> None:
        """Say where the way leads."""
        self.back.setVisible(back)
        self.next.setVisible(bool(following))
        if following and self.next.text() != following:
            self.next.setText(following)
            self.next.setAccessibleName(following)
        self.next.setEnabled(ready)
        self.hint.setText(hint)
        self.setVisible(back or bool(following))
