"""A field to search in, with a lens and a way to empty it."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget

from gui.icons import icon
from gui.theme import theme
from gui.widgets.naming import named


class SearchField(QLineEdit):
    """Signals:
    searched(str): the text, 200 ms after the last key.
    """

    searched = Signal(str)

    def __init__(self, placeholder: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, name, placeholder)
        self.setPlaceholderText(placeholder)
        self.setProperty("search", True)
        self.setClearButtonEnabled(True)
        self._lens = QAction(self)
        self._lens.setIcon(icon("search", "faint", 16))
        self.addAction(self._lens, QLineEdit.ActionPosition.LeadingPosition)
        for part, button in zip(("clear", "lens"), self.findChildren(QToolButton), strict=False):
            named(button, f"{name}.{part}", self.tr("Empty the field") if part == "clear" else placeholder)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(200)
        self._timer.timeout.connect(lambda: self.searched.emit(self.text().strip()))
        self.textChanged.connect(lambda _text: self._timer.start())
        theme().changed.connect(self._on_theme_changed)

    def _on_theme_changed(self) -> None:
        self._lens.setIcon(icon("search", "faint", 16))
