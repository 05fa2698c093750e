"""A line chart that grows while something runs: axes with round ticks, several lines, the best point marked."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.text.shares import percent
from gui.theme import theme, tokens

Point = tuple[float, float]
MOST_DRAWN = 1200  # points of a line; more than there are pixels


@dataclass(frozen=True)
class Series:
    """A line: its name for the legend, its points in order of x, and how it is drawn.

    `role` is a colour of the theme; `quiet` lines are thin and pale; `dots` marks every point.
    """

    name: str
    points: Sequence[Point]
    role: str = "accent"
    quiet: bool = False
    dots: bool = False


def ticks(low: float, high: float, most: int = 5) -> list[float]:
    """Round values from at most `low` to at least `high`: steps of 1, 2 or 5 times a power of ten."""
    span = high - low
    if span <= 0 or not math.isfinite(span):
        return [low]
    rough = span / most
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * unit for unit in (1, 2, 5, 10) if power * unit >= rough - 1e-12)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(number * step, 10) for number in range(first, last + 1)]


def smoothed(points: Sequence[Point], memory: float = 0.85) -> list[Point]:
    """The running mean of a noisy line; early values are not pulled towards zero (Kingma and Ba 2015, section 3)."""
    result: list[Point] = []
    mean = 0.0
    for place, (x, y) in enumerate(points, 1):
        mean = memory * mean + (1 - memory) * y
        result.append((x, mean / (1 - memory**place)))
    return result


def thinned(points: Sequence[Point], most: int = MOST_DRAWN) -> list[Point]:
    """Every n-th point and the last one, so that long trainings are drawn as fast as short ones."""
    if len(points) <= most:
        return list(points)
    every = math.ceil(len(points) / most)
    kept = list(points[::every])
    if kept[-1] != points[-1]:
        kept.append(points[-1])
    return kept


class LiveChart(QWidget):
    """Lines over a common x axis.

    Args:
        x_label, y_label: what the axes show.
        as_share: y values are shares 0..1 and shown in percent.
        from_zero: the y axis begins at 0.
        waiting: a sentence shown until there is a point.
    """

    def __init__(
        self,
        x_label: str,
        y_label: str,
        *,
        name: str,
        label: str,
        waiting: str = "",
        as_share: bool = False,
        from_zero: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setMinimumSize(200, 160)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self._labels = (x_label, y_label)
        self._waiting = waiting
        self._as_share, self._from_zero = as_share, from_zero
        self._series: list[Series] = []
        self._best: Point | None = None
        self._until: float | None = None
        self._pointed: float | None = None  # x in pixels under the mouse
        theme().changed.connect(self.updateGeometry)

    def set_series(self, series: Sequence[Series], *, best: Point | None = None, until: float | None = None) -> None:
        """Draw other lines.

        Args:
            best: a point to mark.
            until: the x axis reaches at least so far.
        """
        self._series = [one for one in series if one.points]
        self._best, self._until = best, until
        said = [f"{one.name}: {self._shown(one.points[-1][1])}" for one in self._series if not one.quiet]
        self.setAccessibleDescription("; ".join(said) or self._waiting)
        self.update()

    def points(self) -> int:
        """How many points are drawn, over all lines."""
        return sum(len(one.points) for one in self._series)

    def sizeHint(self) -> QSize:
        return QSize(320, theme().px(216))

    def _shown(self, y: float) -> str:
        return percent(y) if self._as_share else f"{y:.3g}"

    # --- ranges -----------------------------------------------------------------------------------------------

    def _ranges(self) -> tuple[list[float], list[float]]:
        """Ticks of x and of y; the first and last are the ends of the axes."""
        xs = [x for one in self._series for x, _ in one.points]
        ys = [y for one in self._series for _, y in one.points if math.isfinite(y)] or [0.0, 1.0]
        if self._best is not None:
            ys.append(self._best[1])
        x_low = 0.0 if min(xs) < 1.5 else math.floor(min(xs))
        x_high = max(max(xs), self._until or 0.0, x_low + 1.0)
        low, high = (0.0 if self._from_zero else min(ys)), max(ys)
        if high - low < 1e-6:
            low, high = low - (0.05 if self._as_share else 0.5), high + (0.05 if self._as_share else 0.5)
        pad = 0.0 if self._from_zero else 0.06 * (high - low)
        y = ticks(low - pad, high + (0.06 * (high - low)), 4)
        if self._as_share:
            y = [value for value in y if -1e-9 <= value <= 1 + 1e-9] or [0.0, 1.0]
        x = ticks(x_low, x_high, 6)
        return [x_low, *[value for value in x if x_low < value <= x_high + 1e-9], x_high], y

    # --- painting ---------------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = QFont(self.font())
        font.setPixelSize(theme().px(11))
        painter.setFont(font)
        metrics = painter.fontMetrics()
        high = metrics.height()
        painter.setPen(QColor(colours.muted))
        if not self._series:
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._waiting)
            return
        xs, ys = self._ranges()
        texts = [self._tick(value, ys) for value in ys]
        left = max(metrics.horizontalAdvance(text) for text in texts) + 10
        area = QRectF(left, high + 10, self.width() - left - 12, self.height() - 3 * high - 22)
        x_span, y_span = (xs[-1] - xs[0]) or 1.0, (ys[-1] - ys[0]) or 1.0

        def at(x: float, y: float) -> QPointF:
            y = min(max(y, ys[0]), ys[-1]) if math.isfinite(y) else ys[-1]
            return QPointF(
                area.left() + area.width() * (x - xs[0]) / x_span, area.bottom() - area.height() * (y - ys[0]) / y_span
            )

        for value, text in zip(ys, texts, strict=True):
            y = at(xs[0], value).y()
            painter.setPen(QPen(QColor(colours.border), 1))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(QColor(colours.faint))
            right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(QRectF(0, y - high / 2, left - 8, high), right, text)
        taken = -1e9
        for value in xs[:-1] if len(xs) > 2 else xs:
            text = f"{value:g}"
            x, width = at(value, ys[0]).x(), metrics.horizontalAdvance(f"{value:g}") + 10
            if x - width / 2 > taken:
                box = QRectF(x - width / 2, area.bottom() + 5, width, high)
                painter.setPen(QColor(colours.faint))
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
                taken = x + width / 2
        painter.setPen(QColor(colours.muted))
        foot = QRectF(area.left(), self.height() - high - 2, area.width(), high)
        painter.drawText(foot, Qt.AlignmentFlag.AlignRight, self._labels[0])
        painter.drawText(QRectF(0, 0, self.width(), high), Qt.AlignmentFlag.AlignLeft, self._labels[1])
        self._paint_lines(painter, at)
        self._paint_legend(painter, metrics.horizontalAdvance(self._labels[1]) + 24, high)
        self._paint_pointed(painter, area, at, high)

    def _tick(self, value: float, ys: Sequence[float]) -> str:
        if not self._as_share:
            return f"{value:g}"
        step = ys[1] - ys[0] if len(ys) > 1 else 1.0
        return percent(value, 0 if step >= 0.0099 else 1)

    def _paint_lines(self, painter: QPainter, at: object) -> None:
        assert callable(at)
        colours = tokens()
        for one in self._series:
            colour = QColor(getattr(colours, one.role))
            if one.quiet:
                colour.setAlphaF(0.3)
            pen = QPen(colour, 1 if one.quiet else 2)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            places = [at(x, y) for x, y in thinned(one.points)]
            painter.drawPolyline(places)
            if one.dots or len(places) == 1:
                painter.setBrush(colour)
                for place in places if len(places) <= 60 else places[-1:]:
                    painter.drawEllipse(place, 2.5, 2.5)
        if self._best is not None:
            painter.setPen(QPen(QColor(colours.surface), 2))
            painter.setBrush(QColor(colours.success))
            painter.drawEllipse(at(*self._best), 6, 6)

    def _paint_legend(self, painter: QPainter, begin: float, high: int) -> None:
        """Names of the lines at the upper right, where there is more than one."""
        loud = [one for one in self._series if not one.quiet]
        if len(loud) < 2:
            return
        x = float(self.width() - 12)
        metrics = painter.fontMetrics()
        for one in reversed(loud):
            width = metrics.horizontalAdvance(one.name)
            if x - width - 24 < begin:
                return
            painter.setPen(QColor(tokens().muted))
            painter.drawText(QRectF(x - width, 0, width + 2, high), Qt.AlignmentFlag.AlignLeft, one.name)
            painter.setPen(QPen(QColor(getattr(tokens(), one.role)), 2))
            painter.drawLine(QPointF(x - width - 20, high / 2), QPointF(x - width - 6, high / 2))
            x -= width + 36

    def _paint_pointed(self, painter: QPainter, area: QRectF, at: object, high: int) -> None:
        """A hairline under the mouse, and the values of the nearest points."""
        assert callable(at)
        if self._pointed is None or not area.left() <= self._pointed <= area.right():
            return
        colours = tokens()
        nearest: list[tuple[QPointF, str]] = []
        for one in self._series:
            if not one.quiet:
                x, y = min(one.points, key=lambda point: abs(at(*point).x() - (self._pointed or 0.0)))
                nearest.append((at(x, y), f"{one.name}: {self._shown(y)} ({x:.3g})"))
        if not nearest:
            return
        painter.setPen(QPen(QColor(colours.border_strong), 1))
        painter.drawLine(QPointF(nearest[0][0].x(), area.top()), QPointF(nearest[0][0].x(), area.bottom()))
        width = max(painter.fontMetrics().horizontalAdvance(text) for _, text in nearest) + 16
        height = high * len(nearest) + 10
        x = nearest[0][0].x() + 10
        box = QRectF(x if x + width < self.width() else x - width - 20, area.top() + 4, width, height)
        painter.setPen(QPen(QColor(colours.border_strong), 1))
        painter.setBrush(QColor(colours.surface))
        painter.drawRoundedRect(box, 6, 6)
        for place, (point, text) in enumerate(nearest):
            painter.setPen(QColor(colours.text))
            line = QRectF(box.left() + 8, box.top() + 5 + place * high, width, high)
            painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
            painter.setPen(QPen(QColor(colours.surface), 1.5))
            painter.setBrush(QColor(colours.accent))
            painter.drawEllipse(point, 4, 4)
            painter.setBrush(QColor(colours.surface))

    # --- mouse ------------------------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._pointed = event.position().x()
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._pointed = None
        self.update()


class RangeBar(QWidget):
    """A value with its interval on a common scale, so that several can be compared at a glance."""

    def __init__(self, *, name: str, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._value: tuple[float, float, float] | None = None
        self._scale = (0.0, 1.0)

    def set_value(self, value: tuple[float, float, float] | None, scale: tuple[float, float]) -> None:
        """Show (low, value, high) on an axis from `scale[0]` to `scale[1]`."""
        self._value, self._scale = value, scale
        self.setAccessibleDescription("" if value is None else " – ".join(percent(one) for one in value))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, theme().px(14))

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        middle = self.height() / 2
        painter.setBrush(QColor(colours.pressed))
        painter.drawRoundedRect(QRectF(0, middle - 2, self.width(), 4), 2, 2)
        if self._value is None:
            return
        begin, end = self._scale
        span = (end - begin) or 1.0

        def at(value: float) -> float:
            return 6 + (self.width() - 12) * min(1.0, max(0.0, (value - begin) / span))

        low, value, high = (at(one) for one in self._value)
        painter.setBrush(QColor(colours.accent_fill if self.isEnabled() else colours.border_strong))
        painter.setOpacity(0.45)
        painter.drawRoundedRect(QRectF(low, middle - 4, max(8.0, high - low), 8), 4, 4)
        painter.setOpacity(1.0)
        painter.setPen(QPen(QColor(colours.surface), 2))
        painter.drawEllipse(QPointF(value, middle), 6, 6)
