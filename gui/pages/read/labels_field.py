"""Labels typed by hand, as chips: for reading without training."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.chip import Chip
from gui.widgets.flow_layout import FlowLayout
from gui.widgets.layout import clear, row
from gui.widgets.naming import named
from gui.widgets.text import Text


class LabelsField(Card):
    """Signals:
    changed(): a label came or went.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=16, spacing=8, parent=parent)
        self.setObjectName("read.labels_card")
        self._labels: list[str] = []
        self.edit = named(QLineEdit(), "read.new_label", self.tr("New label"))
        self.edit.setPlaceholderText(self.tr("Type a label, or several with commas, then Enter"))
        self.edit.returnPressed.connect(self._add)
        self.button = Button(self.tr("Add label"), "read.add_label", icon="add")
        self.button.clicked.connect(self._add)
        self._chips = FlowLayout()
        self.hint = Text(
            self.tr("Two labels or more. Words that describe the text well work best: “late delivery”, not “L2”."),
            "caption",
            wrap=True,
        )
        line = row(self.edit, self.button)
        line.setStretch(0, 1)
        self.add(line)
        self.add(self._chips)
        self.add(self.hint)

    def labels(self) -> tuple[str, ...]:
        return tuple(self._labels)

    def set_labels(self, labels: tuple[str, ...]) -> None:
        self._labels = list(labels)
        self._draw()
        self.changed.emit()

    def _add(self) -> None:
        typed = self.edit.text().replace("，", ",").replace("、", ",").replace(";", ",").split(",")
        fresh = [label for label in dict.fromkeys(part.strip() for part in typed) if label]
        fresh = [label for label in fresh if label not in self._labels]
        self.edit.clear()
        if fresh:
            self.set_labels((*self._labels, *fresh))

    def _remove(self, label: str) -> None:
        self.set_labels(tuple(item for item in self._labels if item != label))
        self.edit.setFocus()

    def _draw(self) -> None:
        clear(self._chips)
        for label in self._labels:
            chip = Chip(f"{label}  ×", "accent", clickable=True)
            named(chip, f"read.label.{label}", self.tr("Remove the label {label}").format(label=label))
            chip.setToolTip(self.tr("Remove the label {label}").format(label=label))
            chip.clicked.connect(lambda label=label: self._remove(label))
            self._chips.addWidget(chip)
