"""A row of figures: a name, a large number, a quiet note."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from gui.theme import theme
from gui.widgets.card import Card
from gui.widgets.layout import clear
from gui.widgets.text import Text

CARD_WIDTH = 136  # px at font scale 1; narrower cards would break their words


class Figures(QWidget):
    """Cards of the same width, side by side as far as there is room."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._cards: list[Card] = []
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(12)

    def set_figures(self, figures: Sequence[tuple[str, str, str]]) -> None:
        """Show (name, value, note) each."""
        clear(self._grid)
        self._cards = [self._card(*figure) for figure in figures]
        self._columns = 0
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _card(self, title: str, value: str, note: str) -> Card:
        card = Card(padding=16, spacing=4)
        card.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        card.setAccessibleName(f"{title}: {value}. {note}" if note else f"{title}: {value}")
        card.body.setSpacing(2)
        card.add(Text(title, "muted", wrap=True))
        card.add(Text(value, "figure"))
        if note:
            card.add(Text(note, "caption", wrap=True))
        card.body.addStretch(1)
        return card

    def _place(self) -> None:
        """As many columns as fit, without a single card left over in a last row of four."""
        number = len(self._cards)
        columns = max(1, min(number, self.width() // theme().px(CARD_WIDTH)))
        if number == 4 and columns == 3:
            columns = 2
        if columns == self._columns or not number:
            return
        for column in range(max(self._grid.columnCount(), columns)):  # those of earlier figures too
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        self._columns = columns
        for place, card in enumerate(self._cards):
            self._grid.addWidget(card, place // columns, place % columns)
