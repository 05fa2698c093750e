"""A line of a settings card: what it is at the left, its control at the right."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.widgets.text import Text


class SettingRow(QWidget):
    """A name, a sentence about it, and the control."""

    def __init__(self, title: str, about: str, *controls: QWidget) -> None:
        super().__init__()
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(Text(title, "strong"))
        self.about = Text(about, "caption", wrap=True)
        texts.addWidget(self.about)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 4, 0, 4)
        box.setSpacing(8)
        box.addLayout(texts, 1)
        self.about.setVisible(bool(about))
        box.addSpacing(16)
        for control in controls:
            box.addWidget(control, 0, Qt.AlignmentFlag.AlignVCenter)

    def set_about(self, text: str) -> None:
        self.about.setText(text)
        self.about.setVisible(bool(text))
