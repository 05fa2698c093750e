"""The numbered sources below an answer, or the nearest places below one that was not found."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.values import Citation
from gui.pages.chat.plain_text import place_of
from gui.text.moments import date_text
from gui.widgets.buttons import Button
from gui.widgets.chip import Chip
from gui.widgets.elided import ElidedLabel
from gui.widgets.layout import clear, row
from gui.widgets.text import Text

SHOWN = 5
EXCERPT_CHARACTERS = 220


class SourceList(QWidget):
    """One line per place: its number, document and page, and the beginning of its words.

    Signals:
        opened(Citation, tuple): show this place; and every place of the list.
    """

    opened = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("chat.sources")
        self.heading = Text(role="overline")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.heading)
        column.addLayout(self._rows)
        self.buttons: list[Button] = []

    def show_sources(self, citations: tuple[Citation, ...], *, dated: bool = False) -> None:
        """The places that the answer was taken from; with the date of each document where it matters."""
        self.heading.setText(self.tr("Sources"))
        self._fill(citations, numbered=True, dated=dated)

    def show_closest(self, citations: tuple[Citation, ...]) -> None:
        """Places near the question that do not answer it."""
        self.heading.setText(self.tr("Closest places in your documents"))
        self._fill(citations, numbered=False)

    def _fill(self, citations: tuple[Citation, ...], *, numbered: bool, dated: bool = False) -> None:
        clear(self._rows)
        self.buttons.clear()
        for number, citation in enumerate(citations[:SHOWN], start=1):
            place = place_of(citation)
            if not citation.document_id:  # a person wrote it here: there is no page to open
                words = self.tr("Written by {name}").format(name=place) if place else self.tr("Written by a person")
                self._rows.addWidget(Text(words, "muted", wrap=True))
                continue
            shown = f"[{number}] {place}" if numbered else place
            button = Button(shown.replace("&", "&&"), f"chat.source.{number}", kind="link")
            button.setAccessibleName(self.tr("Open the source {place}").format(place=place))
            button.setToolTip(self.tr("Open this place"))
            button.clicked.connect(lambda _checked=False, citation=citation: self.opened.emit(citation, citations))
            excerpt = ElidedLabel(citation.excerpt[:EXCERPT_CHARACTERS], "muted")
            if dated and citation.date:
                line = row(button, Chip(date_text(citation.date), "warning"), excerpt)
                line.setStretch(2, 1)
            else:
                line = row(button, excerpt)
                line.setStretch(1, 1)
            self._rows.addLayout(line)
            self.buttons.append(button)
        self.setVisible(bool(citations))
