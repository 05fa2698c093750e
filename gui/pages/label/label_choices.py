"""The labels of a text as numbered buttons in the order of the skill's guess, and a field to find any other."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.text.shares import percent
from gui.widgets.buttons import Button
from gui.widgets.flow_layout import FlowLayout
from gui.widgets.layout import clear, holder
from gui.widgets.search_field import SearchField

NUMBERED = 9
WIDEST = 34  # characters of a label on a button; the whole of it is in the tip


def in_order(labels: Sequence[str], suggested: Sequence[tuple[str, float]]) -> list[str]:
    """Guesses first, best first, then the rest as the skill lists them."""
    ranked = sorted(suggested, key=lambda guess: -guess[1])
    return list(dict.fromkeys([*(label for label, _ in ranked), *labels]))


class FindField(SearchField):
    """Signals:
    left(): the person wants back to the text.
    """

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.left.emit()
            return
        super().keyPressEvent(event)


class LabelChoices(QWidget):
    """Signals:
    chosen(str): a label.
    left(): the keyboard goes back to the text.
    """

    chosen = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("label.choices")
        self._ordered: list[str] = []
        self._scores: dict[str, float] = {}
        self.fresh: Button | None = None  # makes a label of what is typed
        self._flow = FlowLayout()
        self._found = FlowLayout()
        self.search = FindField(self.tr("Find a label, or type a new one"), "label.find")
        self.search.setMaximumWidth(360)
        self.search.textChanged.connect(lambda _text: self._show_found())
        self.search.returnPressed.connect(self._take_found)
        self.search.left.connect(self.left)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(holder(self._flow))
        column.addWidget(self.search)
        self._found_holder = holder(self._found)
        column.addWidget(self._found_holder)
        self._found_holder.hide()

    def show_labels(self, labels: Sequence[str], suggested: Sequence[tuple[str, float]]) -> None:
        """Offer the labels for another text."""
        self._ordered = in_order(labels, suggested)
        self._scores = dict(suggested)
        clear(self._flow)
        for place, label in enumerate(self._ordered[:NUMBERED], 1):
            self._flow.addWidget(self._button(label, f"label.choice.{place}", str(place)))
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        self._show_found()

    def numbered(self, number: int) -> str | None:
        """The label under a number, 1 to 9."""
        return self._ordered[number - 1] if 1 <= number <= min(NUMBERED, len(self._ordered)) else None

    def _button(self, label: str, name: str, number: str = "") -> Button:
        short = label if len(label) <= WIDEST else f"{label[: WIDEST - 1]}…"
        score = self._scores.get(label)
        shown = f"{number}   {short}" if number else short
        if score is not None:
            shown += f"   {percent(score, 0)}"
        button = Button(shown.replace("&", "&&"), name)
        button.setAccessibleName(label)
        words = [self.tr("guessed with {score}").format(score=percent(score, 0))] if score is not None else []
        words += [self.tr("key {number}").format(number=number)] if number else []
        button.setAccessibleDescription(", ".join(words))
        button.setToolTip(label if short != label else "")
        button.clicked.connect(lambda: self.chosen.emit(label))
        return button

    # --- any other label --------------------------------------------------------------------------------------

    def matches(self, typed: str) -> list[str]:
        """Labels that hold what was typed; those that begin with it first."""
        wanted = typed.strip().casefold()
        if not wanted:
            return []
        found = [label for label in self._ordered if wanted in label.casefold()]
        return sorted(found, key=lambda label: (label.casefold() != wanted, not label.casefold().startswith(wanted)))

    def _show_found(self) -> None:
        clear(self._found)
        self.fresh = None
        typed = " ".join(self.search.text().split())
        found = self.matches(typed)[:NUMBERED]
        for place, label in enumerate(found, 1):
            self._found.addWidget(self._button(label, f"label.found.{place}"))
        if typed and not any(label.casefold() == typed.casefold() for label in self._ordered):
            words = self.tr("New label “{label}”").format(label=typed).replace("&", "&&")
            self.fresh = Button(words, "label.new", icon="add")
            self.fresh.clicked.connect(lambda: self.chosen.emit(typed))
            self._found.addWidget(self.fresh)
        self._found_holder.setVisible(bool(typed))

    def _take_found(self) -> None:
        """Enter takes the best match; a label that does not exist yet is asked for once more by its button."""
        found = self.matches(self.search.text())
        if found:
            self.chosen.emit(found[0])
        elif self.fresh is not None:
            self.fresh.setFocus()
