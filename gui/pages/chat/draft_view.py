"""What a generator is writing, before anything of it was checked; and what of it was left out, and why."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from engine.api import Unsupported
from gui.text.generators import dropped_text
from gui.widgets.buttons import Button
from gui.widgets.layout import clear, row
from gui.widgets.text import Text


class DraftView(QFrame):
    """The words as they come, in the quiet colour, under a line that says what they are."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("kind", "card")
        self.setProperty("flat", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, True)
        self._words = ""
        self.caption = Text(role="overline")
        self.text = Text(role="muted", wrap=True, selectable=True)
        self.text.setObjectName(f"{name}.text")
        box = QVBoxLayout(self)
        box.setContentsMargins(14, 10, 14, 12)
        box.setSpacing(4)
        box.addWidget(self.caption)
        box.addWidget(self.text)
        self.hide()

    def add(self, piece: str) -> None:
        """Append what came."""
        self._words += piece
        self.caption.setText(self.tr("Draft, not checked yet"))
        self.text.setText(self._words.strip())
        self.setVisible(bool(self._words.strip()))

    def words(self) -> str:
        return self._words

    def stop(self) -> None:
        """What had come stays readable, and is called what it is."""
        self.caption.setText(self.tr("Draft, stopped and never checked"))

    def clear(self) -> None:
        self._words = ""
        self.text.setText("")
        self.hide()


class LeftOut(QWidget):
    """How many sentences of a generator are not shown; a click shows them with the reasons."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._dropped: tuple[Unsupported, ...] = ()
        self._more = 0
        self.count = Text(role="caption")
        self.button = Button(self.tr("Show them"), f"{name}.show", kind="link")
        self.button.setCheckable(True)
        self.button.toggled.connect(self._on_toggled)
        self.list = QWidget()
        self._rows = QVBoxLayout(self.list)
        self._rows.setContentsMargins(0, 2, 0, 4)
        self._rows.setSpacing(6)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(row(self.count, self.button, "stretch", spacing=6))
        box.addWidget(self.list)
        self.hide()

    def show_dropped(self, dropped: Sequence[Unsupported], all_of_them: int = 0) -> None:
        """Tell of these; none takes the line away.

        Args:
            all_of_them: how many there were, where not all are given.
        """
        self._dropped = tuple(one for one in dropped if one.text.strip())
        self._more = max(0, all_of_them - len(self._dropped))
        self.button.setChecked(False)
        self._on_toggled(False)
        number = len(self._dropped) + self._more
        self.count.setText(self.tr("%n sentence(s) left out that the source does not hold.", "", number))
        self.setVisible(bool(self._dropped))

    def _on_toggled(self, on: bool) -> None:
        clear(self._rows)
        self.button.setText(self.tr("Hide them") if on else self.tr("Show them"))
        self.list.setVisible(on)
        for one in self._dropped if on else ():
            words = self.tr("“{sentence}”").format(sentence=one.text)
            self._rows.addWidget(Text(words, "muted", wrap=True, selectable=True))
            why = self.tr("Left out: {reason}.").format(reason=dropped_text(one.why))
            self._rows.addWidget(Text(why, "caption", wrap=True))
        if on and self._more:
            self._rows.addWidget(Text(self.tr("… and %n more", "", self._more), "caption"))
