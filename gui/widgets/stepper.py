"""A path with numbered steps: which are done, which one is on show, which can be reached."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QSizePolicy, QWidget

from gui.theme import theme, tokens
from gui.widgets.layout import line
from gui.widgets.naming import named

GAP = 8


class StepButton(QAbstractButton):
    """A circle with the number, or a tick once done, and the name beside it where there is room."""

    def __init__(self, number: int, text: str, name: str, label: str) -> None:
        super().__init__()
        self.setText(text)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        named(self, name, label)
        self._number = number
        self.is_done = False
        self.is_named = True

    def set_done(self, *, done: bool) -> None:
        self.is_done = done
        self.update()

    def set_named(self, *, named: bool) -> None:
        """Show the name beside the circle, or the circle alone."""
        if named != self.is_named:
            self.is_named = named
            self.setToolTip("" if named else self.text())
            self.updateGeometry()

    def _side(self) -> int:
        return theme().px(26)

    def text_font(self) -> QFont:
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)  # the same width, chosen or not
        return font

    def width_with_name(self) -> int:
        return self._side() + GAP + QFontMetrics(self.text_font()).horizontalAdvance(self.text()) + 10

    def sizeHint(self) -> QSize:
        return QSize(self.width_with_name() if self.is_named else self._side() + 8, self._side() + 8)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = self._side()
        circle = QRectF(4, (self.height() - side) / 2, side, side)
        if self.isChecked():
            ground, ink, edge = colours.accent_fill, colours.on_accent, colours.accent_fill
        elif self.is_done:
            ground, ink, edge = colours.accent_soft, colours.accent, colours.accent_soft
        else:
            ground, ink, edge = colours.surface, colours.faint, colours.border_strong
        painter.setPen(QPen(QColor(edge), 1.2))
        painter.setBrush(QColor(ground))
        painter.drawEllipse(circle)
        if self.is_done and not self.isChecked():
            self._paint_tick(painter, circle, ink)
        else:
            font = QFont(self.text_font())
            font.setPixelSize(theme().px(13))
            painter.setFont(font)
            painter.setPen(QColor(ink))
            painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, str(self._number))
        if self.is_named:
            painter.setFont(self.text_font() if self.isChecked() else self.font())
            usable = self.isEnabled()
            painter.setPen(QColor(colours.text if self.isChecked() else colours.muted if usable else colours.faint))
            room = QRectF(circle.right() + GAP, 0, self.width() - circle.right() - GAP, self.height())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
        if self.hasFocus():
            painter.setPen(QPen(QColor(colours.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)

    def _paint_tick(self, painter: QPainter, circle: QRectF, ink: str) -> None:
        pen = QPen(QColor(ink), 2)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        x, y, unit = circle.center().x(), circle.center().y(), circle.width() / 26
        places = ((x - 5, y), (x - 1.5, y + 4), (x + 5.5, y - 4))
        painter.drawPolyline([QPointF(x + (at - x) * unit, y + (down - y) * unit) for at, down in places])


class Stepper(QFrame):
    """Steps side by side with hairlines between; only the name of the current one where the room is short.

    Signals:
        chosen(str): the person wants to see this step. Not sent by `set_current`.
    """

    chosen = Signal(str)

    def __init__(
        self, steps: Sequence[tuple[str, str]], *, name: str, label: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        named(self, name, label)
        self._current = ""
        self.buttons: dict[str, StepButton] = {}
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(GAP)
        for number, (key, text) in enumerate(steps, 1):
            if number > 1:
                box.addWidget(line(), 1)
            button = StepButton(number, text, f"{name}.{key}", f"{number}. {text}")
            button.clicked.connect(lambda _checked=False, key=key: self._on_clicked(key))
            self.buttons[key] = button
            box.addWidget(button)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    @property
    def current(self) -> str:
        return self._current

    def set_current(self, key: str) -> None:
        self._current = key
        for name, button in self.buttons.items():
            button.setChecked(name == key)
        self._fit()

    def set_states(self, *, done: Sequence[str], reachable: Sequence[str]) -> None:
        """Which steps carry a tick, and which may be chosen."""
        for key, button in self.buttons.items():
            button.set_done(done=key in done)
            button.setEnabled(key in reachable or key == self._current)
            button.setAccessibleDescription("✓" if key in done else "")

    def _on_clicked(self, key: str) -> None:
        self.set_current(self._current)  # whoever owns the path decides
        if key != self._current:
            self.chosen.emit(key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        usable = [key for key, button in self.buttons.items() if button.isEnabled()]
        focused = next((key for key in usable if self.buttons[key].hasFocus()), None)
        if step is None or focused is None:
            super().keyPressEvent(event)
            return
        self.buttons[usable[(usable.index(focused) + step) % len(usable)]].setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        between = (len(self.buttons) - 1) * (2 * GAP + 12)
        fits = sum(button.width_with_name() for button in self.buttons.values()) + between <= self.width()
        for key, button in self.buttons.items():
            button.set_named(named=fits or key == self._current)
