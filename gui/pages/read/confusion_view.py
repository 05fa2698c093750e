"""The confusion matrix with what stands behind a cell: choose it with the mouse or with the arrow keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from gui.pages.read.report_values import confused_pairs
from gui.text.shares import count, percent
from gui.theme import theme, tokens
from gui.widgets.charts import ConfusionMatrix
from gui.widgets.text import Text

_STEPS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


class ConfusionGrid(ConfusionMatrix):
    """The matrix with one chosen cell that the arrow keys move."""

    def __init__(self, *, name: str, label: str) -> None:
        super().__init__(name=name, label=label)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._chosen: tuple[int, int] | None = None

    def choose(self, cell: tuple[int, int] | None) -> None:
        """Mark a cell without announcing it."""
        self._chosen = cell
        self.update()

    def cell_rect(self, row: int, column: int) -> QRectF:
        """Where a cell is drawn."""
        side = self._cell()
        return QRectF(self._names() + column * side, self._down() + row * side, side, side)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if (cell := self._at(event.position())) is not None:
            self._chosen = cell
            self.update()
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None or not self._labels:
            super().keyPressEvent(event)
            return
        row, column = self._chosen or (0, 0)
        last = len(self._labels) - 1
        if self._chosen is not None:
            row, column = min(last, max(0, row + step[0])), min(last, max(0, column + step[1]))
        self._chosen = (row, column)
        self.update()
        self.cell_clicked.emit(row, column)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._chosen is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tokens().accent if self.hasFocus() else tokens().text), 2))
        painter.drawRoundedRect(self.cell_rect(*self._chosen).adjusted(1, 1, -1, -1), 4, 4)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()


class ConfusionView(QWidget):
    """The grid and, below it, what the chosen cell means with examples."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("read.confusion_view")
        self._labels: tuple[str, ...] = ()
        self._counts: tuple[tuple[int, ...], ...] = ()
        self._mistakes: tuple[dict[str, Any], ...] = ()
        self.grid = ConfusionGrid(name="read.confusion", label=self.tr("Confusion matrix"))
        self.grid.cell_clicked.connect(self.show_cell)
        self.area = QScrollArea()
        self.area.setObjectName("read.confusion_area")
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(self.grid)
        self.area.viewport().setAutoFillBackground(False)
        self.grid.setAutoFillBackground(False)
        self.detail = Text(role="strong", wrap=True, selectable=True)
        self.detail.setObjectName("read.confusion_detail")
        self.examples = Text(role="muted", wrap=True, selectable=True)
        self.examples.setObjectName("read.confusion_examples")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.area)
        column.addWidget(self.detail)
        column.addWidget(self.examples)
        theme().changed.connect(self._fit)

    def show_matrix(
        self,
        labels: Sequence[str],
        counts: Sequence[Sequence[int]],
        mistakes: Sequence[dict[str, Any]],
    ) -> None:
        """Draw counts[true][answered] and open the most frequent mix-up."""
        self._labels = tuple(labels)
        self._counts = tuple(tuple(line) for line in counts)
        self._mistakes = tuple(mistakes)
        self.grid.set_counts(self._labels, self._counts, self._tip)
        self._fit()
        pairs = confused_pairs(self._counts)
        if pairs:
            self.grid.choose(pairs[0][:2])
            self.show_cell(*pairs[0][:2])
        else:
            self.grid.choose(None)
            self.detail.setText(self.tr("Nothing was confused on the held-out texts."))
            self.examples.hide()

    def show_cell(self, row: int, column: int) -> None:
        """Say what a cell counts, and show the mistakes behind it that the report keeps."""
        true, given, number = self._labels[row], self._labels[column], self._counts[row][column]
        whole = sum(self._counts[row])
        share = percent(number / whole, 0) if whole else "–"
        words = (
            self.tr("{number} of {whole} texts labelled “{true}” were read right ({share}).")
            if row == column
            else self.tr("{number} of {whole} texts labelled “{true}” were read as “{given}” ({share}).")
        )
        self.detail.setText(words.format(number=count(number), whole=count(whole), true=true, given=given, share=share))
        found = [
            str(mistake.get("text", ""))
            for mistake in self._mistakes
            if mistake.get("label") == true and mistake.get("predicted") == given
        ]
        self.examples.setText("\n".join(f"• {' '.join(text.split())}" for text in found))
        self.examples.setVisible(bool(found))

    def _tip(self, true: str, given: str, number: int) -> str:
        if true == given:
            return self.tr("{true}: {number} read right").format(true=true, number=number)
        return self.tr("{true} read as {given}: {number}").format(true=true, given=given, number=number)

    def _fit(self) -> None:
        size = self.grid.sizeHint()
        self.grid.resize(size)
        bar = self.area.horizontalScrollBar().sizeHint().height()
        self.area.setFixedHeight(min(size.height() + bar, theme().px(640)))
