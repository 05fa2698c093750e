"""A row of figures: a name, a large number, a quiet note."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from gui.widgets.card import Card
from gui.widgets.layout import clear
from gui.widgets.text import Text


class Figures(QWidget):
    """Cards of the same width side by side."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(12)

    def set_figures(self, figures: Sequence[tuple[str, str, str]]) -> None:
        """Show (name, value, note) each."""
        clear(self._row)
        for title, value, note in figures:
            card = Card(padding=16, spacing=4)
            card.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
            card.setMinimumWidth(0)
            card.setAccessibleName(f"{title}: {value}. {note}" if note else f"{title}: {value}")
            card.body.setSpacing(2)
            card.add(Text(title, "muted", wrap=True))
            card.add(Text(value, "figure"))
            if note:
                card.add(Text(note, "caption", wrap=True))
            card.body.addStretch(1)
            self._row.addWidget(card, 1)
