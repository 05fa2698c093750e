"""A bar that shows a share: a confidence, an accuracy, a strength."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.theme import theme, tokens


class Meter(QWidget):
    """A thin bar filled to `value` (0..1) in a tone; a mark may show a threshold.

    Tone "auto" is success from 0.75, warning from 0.5, danger below.
    """

    def __init__(
        self, value: float = 0.0, tone: str = "accent", *, name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._value = value
        self._tone = tone
        self._mark: float | None = None
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(48)
        self.set_value(value)

    def set_value(self, value: float, tone: str | None = None) -> None:
        self._value = min(1.0, max(0.0, value))
        self._tone = tone or self._tone
        self.setAccessibleDescription(f"{self._value:.0%}")
        self.update()

    def set_mark(self, mark: float | None) -> None:
        """Show a threshold as a short line across the bar."""
        self._mark = mark
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, theme().px(8))

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours = tokens()
        tone = self._tone
        if tone == "auto":
            tone = "success" if self._value >= 0.75 else "warning" if self._value >= 0.5 else "danger"
        fill = colours.accent_fill if tone == "accent" else colours.tone(tone)[0]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        height = 6.0
        top = (self.height() - height) / 2
        painter.setBrush(QColor(colours.pressed))
        painter.drawRoundedRect(QRectF(0, top, self.width(), height), 3, 3)
        if self._value > 0:
            painter.setBrush(QColor(fill))
            painter.drawRoundedRect(QRectF(0, top, max(6.0, self.width() * self._value), height), 3, 3)
        if self._mark is not None:
            painter.setBrush(QColor(colours.text))
            painter.drawRect(QRectF(self.width() * self._mark - 0.75, top - 1, 1.5, height + 2))
