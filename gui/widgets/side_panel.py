"""The column at the left of a page: what there is to choose from, parted from the rest by a hairline."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.widgets.layout import line

LEAST_WIDTH = 168


class SidePanel(QWidget):
    """Attributes:
    column: layout for the content.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        self.column = QVBoxLayout()
        self.column.setContentsMargins(16, 16, 16, 16)
        self.column.setSpacing(8)
        box.addLayout(self.column, 1)
        box.addWidget(line(vertical=True))

    def minimumSizeHint(self) -> QSize:
        """Wide enough for the buttons in it, at every size of the text."""
        return super().minimumSizeHint().expandedTo(QSize(LEAST_WIDTH, 0))
