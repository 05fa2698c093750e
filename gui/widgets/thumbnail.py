"""A small picture of something, from a file of this machine."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImageReader, QPainter, QPainterPath, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from gui.theme import theme

MOST_BYTES = 20_000_000


def read_picture(path: str, side: int) -> QPixmap | None:
    """The picture, cut to a square of `side` pixels; None where there is no readable one. Nothing is fetched."""
    place = Path(path)
    if path.replace("\\", "/").startswith("//"):  # another machine's
        return None
    try:
        if not place.is_absolute() or not place.is_file() or place.stat().st_size > MOST_BYTES:
            return None
    except (OSError, ValueError):
        return None
    reader = QImageReader(str(place))
    reader.setAutoTransform(True)
    size = reader.size()
    if not size.isValid() or size.isEmpty():
        return None
    reader.setScaledSize(size.scaled(QSize(side, side), Qt.AspectRatioMode.KeepAspectRatioByExpanding))
    image = reader.read()
    if image.isNull():
        return None
    left, top = (image.width() - side) // 2, (image.height() - side) // 2
    return QPixmap.fromImage(image.copy(max(0, left), max(0, top), side, side))


class Thumbnail(QWidget):
    """A picture with round corners; hidden, and taking no room, where there is none."""

    SIDE = 48
    CORNER = 6

    def __init__(self, path: str, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        side = theme().px(self.SIDE)
        self.setFixedSize(side, side)
        self.setAccessibleName(name)
        found = read_picture(path, round(side * self.devicePixelRatioF())) if path else None
        self._picture = found if found is not None else QPixmap()
        self.setVisible(self.has_picture)

    @property
    def has_picture(self) -> bool:
        return not self._picture.isNull()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        corners = QPainterPath()
        corners.addRoundedRect(self.rect(), self.CORNER, self.CORNER)
        painter.setClipPath(corners)
        painter.drawPixmap(self.rect(), self._picture)
        painter.end()
