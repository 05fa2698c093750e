"""A page as it is printed, as wide as its room, with the quoted lines marked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from engine.api import PageImage
from gui.theme import tokens

Rectangle = tuple[float, float, float, float]
BREATH = 3.0  # px around a marked line, so that the mark does not cut into its letters


class Sheet(QWidget):
    """The picture, scaled to the width it is given."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("chat.source_sheet")
        self._picture = QPixmap()
        self.rectangles: tuple[Rectangle, ...] = ()

    def show_picture(self, picture: QPixmap, rectangles: Sequence[Rectangle]) -> None:
        self._picture = picture
        self.rectangles = tuple(rectangles)
        self.fit()
        self.update()

    def fit(self) -> None:
        if not self._picture.isNull():
            share = self._picture.height() / max(1, self._picture.width())
            self.setFixedHeight(round(self.width() * share))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def marks(self) -> list[QRectF]:
        """The marked lines in pixels of this widget."""
        w, h = self.width(), self.height()
        return [
            QRectF(left * w, top * h, (right - left) * w, (bottom - top) * h).adjusted(-BREATH, -1, BREATH, 1)
            for left, top, right, bottom in self.rectangles
        ]

    def sizeHint(self) -> QSize:
        return QSize(320, 420)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor("#ffffff"))  # paper stays paper in the dark
        if not self._picture.isNull():
            painter.drawPixmap(self.rect(), self._picture)
        # Multiplied, as a felt pen does: the letters stay black.
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor("#ffe27a"))
        for mark in self.marks():
            painter.drawRoundedRect(mark, 2, 2)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        painter.setPen(QPen(QColor(tokens().border_strong), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))


class PagePicture(QScrollArea):
    """Scrolls a `Sheet`; the first marked line comes into view."""

    def __init__(self, label: str) -> None:
        super().__init__()
        self.setObjectName("chat.source_picture")
        self.setAccessibleName(label)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.sheet = Sheet()
        self.setWidget(self.sheet)

    def wanted_width(self) -> int:
        """Pixels that a picture should have to be sharp on this screen; in steps, so that the engine can keep it."""
        wanted = self.viewport().width() * self.devicePixelRatioF() * 1.25
        return max(600, min(2000, 200 * round(wanted / 200)))

    def show_image(self, image: PageImage) -> bool:
        """Show a picture of the engine; False where it cannot be read."""
        picture = QPixmap()
        if not picture.loadFromData(image.png, "PNG"):
            return False
        self.sheet.show_picture(picture, image.rectangles)
        QTimer.singleShot(0, self, self.to_mark)
        return True

    def to_mark(self) -> None:
        """Bring the first marked line a third of the way down."""
        marks = self.sheet.marks()
        top = marks[0].top() if marks else 0.0
        self.verticalScrollBar().setValue(max(0, round(top - self.viewport().height() / 3)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.verticalScrollBar()
        steps = {
            Qt.Key.Key_Down: bar.singleStep() * 3,
            Qt.Key.Key_Up: -bar.singleStep() * 3,
            Qt.Key.Key_PageDown: bar.pageStep(),
            Qt.Key.Key_PageUp: -bar.pageStep(),
        }
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            bar.setValue(bar.value() + step)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Polish:
            self.viewport().setAutoFillBackground(False)
        return super().event(event)
