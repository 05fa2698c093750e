"""Small charts that paint themselves in the colours of the theme: bars, a line, a confusion matrix."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from gui.theme import theme, tokens


def _font(widget: QWidget, pixels: int, *, bold: bool = False) -> QFont:
    font = QFont(widget.font())
    font.setPixelSize(theme().px(pixels))
    font.setBold(bold)
    return font


def _elide(metrics: QFontMetrics, text: str, width: float) -> str:
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(width))


class BarChart(QWidget):
    """Horizontal bars: a name, a bar, a value. Bars may carry a tone of their own.

    Args:
        rows: (name, value, text shown at the end of the bar).
        top: the value of a full bar; the largest one by default.
    """

    def __init__(
        self,
        rows: Sequence[tuple[str, float, str]] = (),
        *,
        top: float | None = None,
        name: str = "chart",
        label: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._top = top
        self._rows: list[tuple[str, float, str]] = []
        self._tones: dict[int, str] = {}
        self.set_rows(rows)

    def set_rows(self, rows: Sequence[tuple[str, float, str]], tones: dict[int, str] | None = None) -> None:
        self._rows = list(rows)
        self._tones = tones or {}
        self.setAccessibleDescription("; ".join(f"{name}: {text}" for name, _, text in self._rows[:20]))
        self.updateGeometry()
        self.update()

    def _row_height(self) -> int:
        return theme().px(26)

    def sizeHint(self) -> QSize:
        return QSize(360, max(1, len(self._rows)) * self._row_height())

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(_font(self, 12))
        metrics = painter.fontMetrics()
        names = max((metrics.horizontalAdvance(name) for name, _, _ in self._rows), default=0)
        names = min(names + 1, int(self.width() * 0.38)) + 12
        ends = max((metrics.horizontalAdvance(text) for _, _, text in self._rows), default=0) + 12
        room = max(20.0, self.width() - names - ends)
        top = self._top or max((value for _, value, _ in self._rows), default=1.0) or 1.0
        height = self._row_height()
        for place, (name, value, text) in enumerate(self._rows):
            y = place * height
            painter.setPen(QColor(colours.text))
            painter.drawText(
                QRectF(0, y, names - 12, height),
                Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
                _elide(metrics, name, names - 12),
            )
            painter.setPen(Qt.PenStyle.NoPen)
            bar = QRectF(names, y + height / 2 - 4, room, 8)
            painter.setBrush(QColor(colours.pressed))
            painter.drawRoundedRect(bar, 4, 4)
            share = min(1.0, max(0.0, value / top))
            if share > 0:
                tone = self._tones.get(place)
                painter.setBrush(QColor(colours.tone(tone)[0] if tone else colours.accent_fill))
                painter.drawRoundedRect(QRectF(bar.x(), bar.y(), max(8.0, room * share), 8), 4, 4)
            painter.setPen(QColor(colours.muted))
            painter.drawText(
                QRectF(names + room + 12, y, ends - 12, height),
                Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight,
                text,
            )


class LineChart(QWidget):
    """One line through points whose axes both run from 0 to 1, as shares do; a mark shows the chosen point.

    Args:
        x_label, y_label: what the axes show.
    """

    def __init__(
        self, x_label: str, y_label: str, *, name: str = "chart", label: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setMinimumSize(220, 180)
        self._labels = (x_label, y_label)
        self._points: list[tuple[float, float]] = []
        self._mark: tuple[float, float] | None = None
        self._y_from = 0.0
        self._ideal = False

    def set_points(
        self,
        points: Sequence[tuple[float, float]],
        *,
        mark: tuple[float, float] | None = None,
        y_from: float = 0.0,
        ideal: bool = False,
    ) -> None:
        """`ideal` draws the diagonal beneath, and a dot for every point: told and true shares."""
        self._points = sorted(points)
        self._ideal = ideal
        self._mark = mark
        self._y_from = y_from
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(360, theme().px(220))

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(_font(self, 11))
        metrics = painter.fontMetrics()
        left = metrics.horizontalAdvance("100.0%") + 10
        area = QRectF(left, metrics.height() + 8, self.width() - left - left / 2, 0)
        area.setBottom(self.height() - 2 * metrics.height() - 12)
        span = (1 - self._y_from) or 1.0

        def at(x: float, y: float) -> QPointF:
            return QPointF(area.left() + area.width() * x, area.bottom() - area.height() * (y - self._y_from) / span)

        centre = Qt.AlignmentFlag.AlignCenter
        for step in range(5):
            share = step / 4
            y = self._y_from + share * span
            painter.setPen(QPen(QColor(colours.border), 1))
            painter.drawLine(at(0, y), at(1, y))
            painter.setPen(QColor(colours.faint))
            painter.drawText(
                QRectF(0, at(0, y).y() - 10, left - 8, 20),
                Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight,
                f"{y:.0%}" if span >= 0.5 else f"{y:.1%}",
            )
            x = at(share, self._y_from).x()
            painter.drawText(QRectF(x - 30, area.bottom() + 4, 60, metrics.height()), centre, f"{share:.0%}")
        painter.setPen(QColor(colours.muted))
        painter.drawText(QRectF(0, 0, self.width(), metrics.height()), Qt.AlignmentFlag.AlignLeft, self._labels[1])
        painter.drawText(
            QRectF(area.left(), self.height() - metrics.height() - 2, area.width(), metrics.height()),
            Qt.AlignmentFlag.AlignRight,
            self._labels[0],
        )
        if self._ideal:
            painter.setPen(QPen(QColor(colours.muted), 1, Qt.PenStyle.DashLine))
            painter.drawLine(at(self._y_from, self._y_from), at(1, 1))
        painter.setPen(QPen(QColor(colours.accent), 2))
        painter.drawPolyline([at(x, max(y, self._y_from)) for x, y in self._points])
        if self._ideal:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.accent))
            for x, y in self._points:
                painter.drawEllipse(at(x, max(y, self._y_from)), 4, 4)
        if self._mark is not None:
            painter.setPen(QPen(QColor(colours.surface), 2))
            painter.setBrush(QColor(colours.accent))
            painter.drawEllipse(at(self._mark[0], max(self._mark[1], self._y_from)), 6, 6)


class ConfusionMatrix(QWidget):
    """True labels down, answers across; the darker, the more of the row. Counts are shown where they fit.

    Signals:
        cell_clicked(int, int): row and column, in the order of the labels.
    """

    cell_clicked = Signal(int, int)

    def __init__(self, *, name: str = "confusion", label: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(label)
        self._labels: list[str] = []
        self._counts: list[list[int]] = []
        self._tip: Callable[[str, str, int], str] = lambda true, given, n: f"{true} → {given}: {n}"
        self.setMouseTracking(True)

    def set_counts(
        self,
        labels: Sequence[str],
        counts: Sequence[Sequence[int]],
        tip: Callable[[str, str, int], str] | None = None,
    ) -> None:
        """Show counts[true][answer]; `tip` makes the tool tip of a cell."""
        self._labels = list(labels)
        self._counts = [list(line) for line in counts]
        self._tip = tip or self._tip
        self.updateGeometry()
        self.update()

    def _cell(self) -> int:
        n = max(1, len(self._labels))
        return max(theme().px(14), min(theme().px(44), theme().px(560) // n))

    def _names(self) -> int:
        metrics = QFontMetrics(_font(self, 12))
        return min(max((metrics.horizontalAdvance(x) for x in self._labels), default=40), theme().px(180)) + 10

    def _down(self) -> int:
        return min(self._names(), theme().px(110))

    def sizeHint(self) -> QSize:
        side = self._cell() * len(self._labels)
        return QSize(self._names() + side + self._down() // 2 + 8, self._down() + side + 4)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _at(self, point: QPointF) -> tuple[int, int] | None:
        cell = self._cell()
        column = int((point.x() - self._names()) // cell)
        line = int((point.y() - self._down()) // cell)
        n = len(self._labels)
        return (line, column) if 0 <= line < n and 0 <= column < n else None

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(_font(self, 12 if self._cell() >= theme().px(20) else 10))
        metrics = painter.fontMetrics()
        cell, names, down = self._cell(), self._names(), self._down()
        for place, text in enumerate(self._labels):
            painter.setPen(QColor(colours.muted))
            painter.drawText(
                QRectF(0, down + place * cell, names - 8, cell),
                Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight,
                _elide(metrics, text, names - 10),
            )
            painter.save()
            painter.translate(names + place * cell + cell / 2 + 2, down - 8)
            painter.rotate(-60)
            painter.drawText(QPointF(0, 0), _elide(metrics, text, down * 1.1))
            painter.restore()
        for line, counts in enumerate(self._counts):
            whole = sum(counts) or 1
            for column, count in enumerate(counts):
                box = QRectF(names + column * cell + 1, down + line * cell + 1, cell - 2, cell - 2)
                share = count / whole
                ground = QColor(colours.sunken)
                if count:
                    ground = QColor(colours.accent_fill if line == column else colours.danger_fill)
                    ground.setAlphaF(0.12 + 0.88 * share)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(ground)
                painter.drawRoundedRect(box, 4, 4)
                if count and metrics.horizontalAdvance(str(count)) <= cell - 4:
                    strong = share > 0.5
                    painter.setPen(QColor(colours.on_accent if strong else colours.text))
                    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(count))

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            cell = self._at(QPointF(event.pos()))
            if cell is not None:
                line, column = cell
                text = self._tip(self._labels[line], self._labels[column], self._counts[line][column])
                QToolTip.showText(event.globalPos(), text, self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if (cell := self._at(event.position())) is not None:
            self.cell_clicked.emit(*cell)
