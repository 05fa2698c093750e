"""Our own line icons, drawn in the colours of the theme.

An icon is an SVG in `assets/icons` that uses `currentColor`. `set_icon` remembers name and colour role on the
widget, so that a change of theme recolours it.
"""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from engine.paths import assets_folder
from gui.theme import theme, tokens


@cache
def _source(name: str) -> str:
    return (assets_folder() / "icons" / f"{name}.svg").read_text(encoding="utf-8")


@cache
def _pixmap(name: str, colour: str, pixels: int, ratio: float) -> QPixmap:
    side = round(pixels * ratio)
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    renderer = QSvgRenderer(QByteArray(_source(name).replace("currentColor", colour).encode()))
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, side, side))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def pixmap(name: str, role: str = "muted", pixels: int = 18) -> QPixmap:
    """The icon as a picture; `role` is a colour of `Tokens`, `pixels` the side before scaling to the screen."""
    app = QGuiApplication.instance()
    ratio = app.devicePixelRatio() if isinstance(app, QGuiApplication) else 1.0
    return _pixmap(name, str(getattr(tokens(), role)), pixels, ratio)


def icon(name: str, role: str = "muted", pixels: int = 18, on_role: str | None = None) -> QIcon:
    """The icon for a button or an item; `on_role` colours it while checked."""
    result = QIcon(pixmap(name, role, pixels))
    result.addPixmap(pixmap(name, "faint", pixels), QIcon.Mode.Disabled)
    if on_role:
        result.addPixmap(pixmap(name, on_role, pixels), QIcon.Mode.Normal, QIcon.State.On)
    return result


def set_icon(
    widget: QAbstractButton | QLabel, name: str, role: str = "muted", pixels: int = 18, on_role: str = ""
) -> None:
    """Show an icon on a button or label, and keep it in the colours of the theme."""
    widget.setProperty("icon_spec", f"{name}|{role}|{pixels}|{on_role}")
    _show(widget)


def _show(widget: QWidget) -> None:
    name, role, side, on_role = str(widget.property("icon_spec")).split("|")
    pixels = theme().px(int(side))
    if isinstance(widget, QAbstractButton):
        widget.setIcon(icon(name, role, pixels, on_role or None))
        widget.setIconSize(QSize(pixels, pixels))
    elif isinstance(widget, QLabel):
        widget.setPixmap(pixmap(name, role, pixels))


def recolour() -> None:
    """Draw every icon again; called when the theme has changed."""
    for widget in QApplication.allWidgets():
        if widget.property("icon_spec"):
            _show(widget)
