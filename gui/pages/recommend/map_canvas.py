"""Items as points in the plane, with the names of their groups; painted in the colours of the theme."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from engine.api import ItemMap, MapPoint
from gui.theme import theme, tokens

HUES = (212, 28, 140, 330, 262, 52, 182, 2, 95, 300, 235, 16, 160, 45, 348, 196)
MARGIN = 28
ZOOM_MOST = 12.0
NEAR = 12  # px in which a point is meant


class MapCanvas(QWidget):
    """Zooms with the wheel or + and -, moves by dragging or with the arrows, forgets both with 0.

    Signals:
        item_chosen(str): a point was clicked.
    """

    item_chosen = Signal(str)

    def __init__(self, name: str, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._map: ItemMap | None = None
        self._zoom, self._middle = 1.0, QPointF(0, 0)
        self._pressed: QPointF | None = None
        self._dragged = False
        self._chosen = ""
        self._most = 1

    def show_map(self, found: ItemMap | None) -> None:
        self._map = found
        self._zoom, self._middle, self._chosen = 1.0, QPointF(0, 0), ""
        self._most = max((point.chosen for point in found.points), default=1) or 1 if found else 1
        groups = "; ".join(", ".join(group.words) for group in found.groups) if found else ""
        self.setAccessibleDescription(groups)
        self.update()

    def choose(self, item: str) -> None:
        """Mark a point."""
        self._chosen = item
        self.update()

    def point_at(self, where: QPointF) -> MapPoint | None:
        """The nearest point within reach."""
        best, nearest = None, float(NEAR * NEAR)
        for point in self._map.points if self._map else ():
            gap = self._at(point.x, point.y) - where
            square = gap.x() * gap.x() + gap.y() * gap.y()
            if square <= nearest:
                best, nearest = point, square
        return best

    def sizeHint(self) -> QSize:
        return QSize(560, theme().px(440))

    def _scale(self) -> float:
        return self._zoom * max(40.0, min(self.width(), self.height()) / 2 - MARGIN)

    def _stretch(self) -> float:
        """A wide canvas is used in its width."""
        return min(1.8, max(1.0, (self.width() - 2 * MARGIN) / max(1.0, self.height() - 2 * MARGIN)))

    def _at(self, x: float, y: float) -> QPointF:
        scale = self._scale()
        return QPointF(
            self.width() / 2 + (x - self._middle.x()) * scale * self._stretch(),
            self.height() / 2 - (y - self._middle.y()) * scale,
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._map is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        dark = tokens().name == "dark"
        painter.setPen(Qt.PenStyle.NoPen)
        marked = None
        for point in self._map.points:
            where = self._at(point.x, point.y)
            if not self.rect().adjusted(-8, -8, 8, 8).contains(where.toPoint()):
                continue
            colour = QColor.fromHsl(HUES[point.group % len(HUES)], 130, 150 if dark else 105, 190)
            painter.setBrush(colour)
            radius = 2.2 + 3.2 * (point.chosen / self._most) ** 0.5
            painter.drawEllipse(where, radius, radius)
            if point.item == self._chosen:
                marked = (where, radius)
        if marked is not None:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(tokens().accent), 2))
            painter.drawEllipse(marked[0], marked[1] + 4, marked[1] + 4)
        self._paint_names(painter)

    def _paint_names(self, painter: QPainter) -> None:
        font = QFont(self.font())
        font.setPixelSize(theme().px(12))
        font.setBold(True)
        painter.setFont(font)
        metrics = painter.fontMetrics()
        taken: list[QRectF] = []
        for group in self._map.groups if self._map else ():
            text = ", ".join(group.words)
            if not text:
                continue
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, theme().px(180))
            where = self._at(group.x, group.y)
            box = QRectF(0, 0, metrics.horizontalAdvance(text) + 12, metrics.height() + 4)
            box.moveCenter(where)
            box.moveLeft(min(max(box.left(), 4), self.width() - box.width() - 4))
            box.moveTop(min(max(box.top(), 4), self.height() - box.height() - 4))
            for _ in range(8):  # names that lie on each other move down
                if not any(box.intersects(other) for other in taken):
                    break
                box.moveTop(box.top() + box.height() + 2)
            if any(box.intersects(other) for other in taken) or box.bottom() > self.height():
                continue
            taken.append(box)
            ground = QColor(tokens().surface)
            ground.setAlpha(215)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            painter.drawRoundedRect(box, 5, 5)
            painter.setPen(QColor(tokens().text))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            point = self.point_at(QPointF(event.pos()))
            if point is None:
                QToolTip.hideText()
            else:
                QToolTip.showText(event.globalPos(), point.title or point.item, self)
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed, self._dragged = event.position(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            return
        gap = event.position() - self._pressed
        if self._dragged or gap.manhattanLength() > 4:
            self._dragged = True
            self._pressed = event.position()
            self._move(-gap.x() / (self._scale() * self._stretch()), gap.y() / self._scale())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self._dragged and (point := self.point_at(event.position())) is not None:
            self._chosen = point.item
            self.item_chosen.emit(point.item)
            self.update()
        self._pressed = None

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._zoom_by(1.2 if event.angleDelta().y() > 0 else 1 / 1.2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = 0.15 / self._zoom
        moves = {
            Qt.Key.Key_Left: (-step, 0.0), Qt.Key.Key_Right: (step, 0.0),
            Qt.Key.Key_Up: (0.0, step), Qt.Key.Key_Down: (0.0, -step),
        }  # fmt: skip
        key = Qt.Key(event.key())
        if key in moves:
            self._move(*moves[key])
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self._zoom_by(1.25)
        elif key == Qt.Key.Key_Minus:
            self._zoom_by(0.8)
        elif key == Qt.Key.Key_0:
            self._zoom, self._middle = 1.0, QPointF(0, 0)
            self.update()
        else:
            super().keyPressEvent(event)

    def _zoom_by(self, factor: float) -> None:
        self._zoom = min(ZOOM_MOST, max(1.0, self._zoom * factor))
        self._move(0.0, 0.0)

    def _move(self, x: float, y: float) -> None:
        reach = 1 - 1 / self._zoom
        self._middle = QPointF(
            min(reach, max(-reach, self._middle.x() + x)), min(reach, max(-reach, self._middle.y() + y))
        )
        self.update()
