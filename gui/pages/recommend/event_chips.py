"""What counts for a person, as chips: each can be taken away to see what would change, and put back."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.text.sentences import sentences
from gui.widgets.chip import Chip
from gui.widgets.flow_layout import FlowLayout
from gui.widgets.layout import clear
from gui.widgets.naming import named
from gui.widgets.text import Text

SHOWN = 12


class EventChips(QWidget):
    """Signals:
    changed(dict): ids and titles that are to be left out.
    """

    changed = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._without: dict[str, str] = {}
        self.words = Text(role="caption", wrap=True)
        self.words.setObjectName(f"{name}.words")
        self._chips = FlowLayout()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        box.addWidget(self.words)
        box.addLayout(self._chips)
        self.hide()

    def show_events(self, history: tuple[tuple[str, str], ...], without: Mapping[str, str]) -> None:
        """Show what counts, and what is left out for now."""
        clear(self._chips)
        self._without = dict(without)
        for item, title in self._without.items():
            chip = Chip(f"{title}  +", "warning", clickable=True, max_width=200)
            label = self.tr("Count {title} again").format(title=title)
            named(chip, f"{self.objectName()}.back.{item}", label, label)
            chip.clicked.connect(lambda item=item: self._put_back(item))
            self._chips.addWidget(chip)
        for item, title in history[:SHOWN]:
            chip = Chip(f"{title or item}  ×", "neutral", clickable=True, max_width=200)
            label = self.tr("See the list without {title}").format(title=title or item)
            named(chip, f"{self.objectName()}.chip.{item}", label, label)
            chip.clicked.connect(lambda item=item, title=title: self._leave_out(item, title or item))
            self._chips.addWidget(chip)
        more = len(history) - SHOWN
        words = self.tr("What counts here. Click one to see the list without it; nothing is changed.")
        if more > 0:
            words = sentences(words, self.tr("%n more count(s) too.", "", more))
        self.words.setText(words)
        self.setVisible(bool(history or without))

    def _leave_out(self, item: str, title: str) -> None:
        self.changed.emit(self._without | {item: title})

    def _put_back(self, item: str) -> None:
        self.changed.emit({key: title for key, title in self._without.items() if key != item})
