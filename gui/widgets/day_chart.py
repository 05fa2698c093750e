"""One column per day, stacked from parts in different tones, with a legend; painted in the colours of the theme."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from gui.theme import theme, tokens

HEIGHT = 220  # px at font scale 1
LEAST_TOP = 4


class Part(NamedTuple):
    """A part of every column: its name in the legend, and its colour: one of `Tokens`, or #rrggbb for both themes."""

    name: str
    colour: str

    def painted(self) -> QColor:
        return QColor(self.colour if self.colour.startswith("#") else str(getattr(tokens(), self.colour)))


class DayChart(QWidget):
    """Columns of counts. A tool tip tells the numbers of a day; Left and Right move through the days."""

    def __init__(self, name: str, label: str, parts: Sequence[Part], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self._parts = tuple(parts)
        self._days: tuple[tuple[str, tuple[int, ...]], ...] = ()
        self._marked = -1

    def set_days(self, days: Sequence[tuple[str, Sequence[int]]]) -> None:
        """(day as it is shown, one count per part), oldest first."""
        self._days = tuple((day, tuple(counts)) for day, counts in days)
        self._marked = -1
        self.setAccessibleDescription("; ".join(self.day_text(place) for place in range(len(self._days))[-14:]))
        self.update()

    def day_text(self, place: int) -> str:
        """A day in words: its date and its numbers."""
        day, counts = self._days[place]
        told = ", ".join(f"{part.name} {count}" for part, count in zip(self._parts, counts, strict=True) if count)
        return f"{day}: {told}" if told else f"{day}: 0"

    def sizeHint(self) -> QSize:
        return QSize(480, theme().px(HEIGHT))

    def _font(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(theme().px(11))
        return font

    def _area(self) -> QRectF:
        line = theme().px(16)
        return QRectF(theme().px(34), line + 12, self.width() - theme().px(38), self.height() - 2 * line - 24)

    def _top(self) -> int:
        """A round number above the highest column."""
        highest = max((sum(counts) for _, counts in self._days), default=0)
        power = 1
        while True:
            for step in (1, 2, 3, 5):
                if step * power * 4 >= highest:
                    return max(LEAST_TOP, step * power * 4)
            power *= 10

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font())
        area, top = self._area(), self._top()
        self._paint_legend(painter)
        for step in range(5):
            y = area.bottom() - area.height() * step / 4
            painter.setPen(QPen(QColor(colours.border), 1))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(QColor(colours.faint))
            box = QRectF(0, y - 10, area.left() - 8, 20)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, str(top * step // 4))
        if not self._days:
            return
        slot = area.width() / len(self._days)
        width = min(28.0, max(2.0, slot * 0.66))
        for place, (_, counts) in enumerate(self._days):
            x = area.left() + slot * (place + 0.5) - width / 2
            bottom = area.bottom()
            if place == self._marked:
                painter.fillRect(
                    QRectF(area.left() + slot * place, area.top(), slot, area.height()), QColor(colours.hover)
                )
            for part, count in zip(self._parts, counts, strict=True):
                height = area.height() * count / top
                painter.fillRect(QRectF(x, bottom - height, width, height), part.painted())
                bottom -= height
        self._paint_days(painter, area, slot)
        if self.hasFocus():
            painter.setPen(QPen(QColor(colours.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)

    def _paint_legend(self, painter: QPainter) -> None:
        metrics = painter.fontMetrics()
        x = self._area().left()
        for part in self._parts:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(part.painted())
            painter.drawRoundedRect(QRectF(x, 4, 10, 10), 3, 3)
            painter.setPen(QColor(tokens().muted))
            wide = metrics.horizontalAdvance(part.name)
            painter.drawText(QRectF(x + 15, 0, wide + 4, 18), Qt.AlignmentFlag.AlignVCenter, part.name)
            x += wide + 34

    def _paint_days(self, painter: QPainter, area: QRectF, slot: float) -> None:
        """As many dates as stand side by side."""
        painter.setPen(QColor(tokens().faint))
        metrics = painter.fontMetrics()
        wide = max(metrics.horizontalAdvance(day) for day, _ in self._days) + 14
        every = max(1, -(-wide // max(1, int(slot))))
        for place in range(len(self._days) - 1, -1, -every):
            centre = area.left() + slot * (place + 0.5)
            left = min(max(0.0, centre - wide / 2), self.width() - wide)
            painter.drawText(
                QRectF(left, area.bottom() + 6, wide, metrics.height()),
                Qt.AlignmentFlag.AlignCenter,
                self._days[place][0],
            )

    def _at(self, x: float) -> int:
        area = self._area()
        if not self._days or not area.left() <= x <= area.right():
            return -1
        return min(len(self._days) - 1, int((x - area.left()) / (area.width() / len(self._days))))

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            place = self._at(event.pos().x())
            if place >= 0:
                QToolTip.showText(event.globalPos(), self.day_text(place), self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._mark(self._at(event.position().x()))

    def leaveEvent(self, event: QEvent) -> None:
        self._mark(-1)
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None or not self._days:
            super().keyPressEvent(event)
            return
        start = self._marked if self._marked >= 0 else len(self._days)
        self._mark(min(len(self._days) - 1, max(0, start + step)))
        area = self._area()
        slot = area.width() / len(self._days)
        point = QPointF(area.left() + slot * (self._marked + 0.5), area.top()).toPoint()
        QToolTip.showText(self.mapToGlobal(point), self.day_text(self._marked), self)

    def _mark(self, place: int) -> None:
        if place != self._marked:
            self._marked = place
            self.update()
