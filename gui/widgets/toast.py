"""Short messages that come up at the lower edge of the window and go by themselves."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QTextEdit,
    QWidget,
)

from gui.icons import set_icon
from gui.widgets.text import Text

_ICONS = {"neutral": "info", "success": "check", "warning": "warning", "danger": "error"}
_SHOWN_MS = 4000
_LOOK_MS = 250  # a page may change beneath a message
_LOWEST = 32  # px between message and lower edge where nothing is in the way
_STEP = 8
_GAP = 8  # px that a message keeps from a control
_CONTROLS = (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
)


class Toast(QFrame):
    """One message; it hides after four seconds or on a click.

    It sits above the lower edge of its window, and higher where it would lie on something to click or to write in.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("toast")
        self.setProperty("kind", "toast")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, True)
        box = QHBoxLayout(self)
        box.setContentsMargins(14, 10, 18, 10)
        box.setSpacing(10)
        self._mark = QLabel()
        self._label = Text()
        self._label.setMaximumWidth(560)
        box.addWidget(self._mark)
        box.addWidget(self._label)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self._look = QTimer(self)
        self._look.setInterval(_LOOK_MS)
        self._look.timeout.connect(self._place)
        window.installEventFilter(self)
        self.hide()

    def show_text(self, text: str, tone: str = "neutral") -> None:
        self._label.setText(text)
        self._label.setWordWrap(self._label.fontMetrics().horizontalAdvance(text) > 540)
        self.setAccessibleName(text)
        set_icon(self._mark, _ICONS[tone], "window", 16)
        self.adjustSize()
        self._place()
        self.show()
        self.raise_()
        self._timer.start(_SHOWN_MS)
        self._look.start()

    def text(self) -> str:
        return self._label.text()

    def hide(self) -> None:
        self._look.stop()
        super().hide()

    def _place(self) -> None:
        """Move to the lowest free place; where the lower half is full of controls, to the lower edge."""
        window = self.parentWidget()
        if window is None:
            return
        left, lowest = (window.width() - self.width()) // 2, window.height() - self.height() - _LOWEST
        taken = _controls_in(window)
        for top in range(lowest, window.height() // 2, -_STEP):
            room = QRect(left, top, self.width(), self.height()).adjusted(-_GAP, -_GAP, _GAP, _GAP)
            if not any(room.intersects(one) for one in taken):
                lowest = top
                break
        self.move(QPoint(left, lowest))

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self.hide()


def _controls_in(window: QWidget) -> list[QRect]:
    """Where the window's buttons and fields are to be seen, in its coordinates; what is only read does not count."""
    found = []
    for control in window.findChildren(QWidget):
        if not isinstance(control, _CONTROLS) or isinstance(control, QScrollBar) or not control.isVisible():
            continue
        if isinstance(control, QPlainTextEdit | QTextEdit) and control.isReadOnly():
            continue
        seen = control.rect().translated(control.mapTo(window, QPoint(0, 0)))
        around = control.parentWidget()
        while around is not None and around is not window:  # a scrolled page shows a part of itself
            seen = seen.intersected(around.rect().translated(around.mapTo(window, QPoint(0, 0))))
            around = around.parentWidget()
        if not seen.isEmpty():
            found.append(seen)
    return found


def show_toast(widget: QWidget, text: str, tone: str = "neutral") -> Toast:
    """Show a message in the window of `widget`; a newer one takes the place of the older."""
    window = widget.window()
    found = window.findChild(Toast, "toast", Qt.FindChildOption.FindDirectChildrenOnly)
    toast = found if isinstance(found, Toast) else Toast(window)
    toast.show_text(text, tone)
    return toast
