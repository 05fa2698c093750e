"""The frame that every page fills: a head with title and acts, and a body that may scroll."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from gui.widgets.text import Text

MARGIN = 32


class PageHead(QWidget):
    """Title, one line below it, and room for controls at the right."""

    def __init__(self, title: str, subtitle: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        titles = QVBoxLayout()
        titles.setSpacing(2)
        self._title = Text(title, "h1")
        self._subtitle = Text(subtitle, "muted", wrap=True)
        titles.addWidget(self._title)
        titles.addWidget(self._subtitle)
        box.addLayout(titles, 1)
        self._subtitle.setVisible(bool(subtitle))
        self.tools = QHBoxLayout()
        self.tools.setSpacing(8)
        box.addLayout(self.tools)

    def add_action(self, control: QWidget) -> None:
        self.tools.addWidget(control, 0, Qt.AlignmentFlag.AlignTop)

    def set_subtitle(self, text: str) -> None:
        self._subtitle.setText(text)
        self._subtitle.setVisible(bool(text))


def scrolling(content: QWidget, name: str, label: str = "") -> QScrollArea:
    """A scroll area without a frame around a widget that may be higher than the window."""
    area = QScrollArea()
    area.setObjectName(name)
    area.setAccessibleName(label or content.accessibleName() or name)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    content.setProperty("kind", "content")
    area.setWidget(content)
    area.viewport().setAutoFillBackground(False)
    content.setAutoFillBackground(False)
    return area
