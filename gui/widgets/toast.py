"""Short messages that come up at the lower edge of the window and go by themselves."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from gui.icons import set_icon
from gui.widgets.text import Text

_ICONS = {"neutral": "info", "success": "check", "warning": "warning", "danger": "error"}
_SHOWN_MS = 4000


class Toast(QFrame):
    """One message; it sits above the lower edge of its window and hides after four seconds or on a click."""

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

    def text(self) -> str:
        return self._label.text()

    def _place(self) -> None:
        window = self.parentWidget()
        if window is not None:
            self.move(QPoint((window.width() - self.width()) // 2, window.height() - self.height() - 32))

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self.hide()


def show_toast(widget: QWidget, text: str, tone: str = "neutral") -> Toast:
    """Show a message in the window of `widget`; a newer one takes the place of the older."""
    window = widget.window()
    found = window.findChild(Toast, "toast", Qt.FindChildOption.FindDirectChildrenOnly)
    toast = found if isinstance(found, Toast) else Toast(window)
    toast.show_text(text, tone)
    return toast
