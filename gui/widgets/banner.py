"""A quiet line across a page that stays until it is dealt with."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from gui.icons import set_icon
from gui.widgets.buttons import Button, IconButton
from gui.widgets.text import Text

_ICONS = {"neutral": "info", "accent": "info", "success": "check", "warning": "warning", "danger": "error"}


class Banner(QFrame):
    """A message in a tone, with at most one act.

    Signals:
        activated(): its act was chosen.
        dismissed(): it was closed (it hides itself).
    """

    activated = Signal()
    dismissed = Signal()

    def __init__(
        self,
        text: str,
        tone: str = "neutral",
        *,
        action: str = "",
        close_label: str = "",
        name: str = "banner",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("kind", "banner")
        self.setProperty("tone", tone)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, True)
        box = QHBoxLayout(self)
        box.setContentsMargins(14, 10, 10, 10)
        box.setSpacing(10)
        mark = QLabel()
        set_icon(mark, _ICONS[tone], "muted" if tone == "neutral" else tone, 18)
        box.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        self.label = Text(text, wrap=True)
        box.addWidget(self.label, 1)
        if action:
            self.button = Button(action, f"{name}.action", small=True)
            self.button.clicked.connect(self.activated)
            box.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        if close_label:
            close = IconButton("close", close_label, f"{name}.close", small=True)
            close.clicked.connect(self._on_closed)
            box.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)

    def set_text(self, text: str) -> None:
        self.label.setText(text)

    def _on_closed(self) -> None:
        self.hide()
        self.dismissed.emit()
