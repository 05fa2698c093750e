"""Locks the workspace when nobody has used the window for a while."""

from __future__ import annotations

import time

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

_USE = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
    QEvent.Type.Drop,
}


class IdleWatch(QObject):
    """Watches for keys and mouse while it runs.

    Signals:
        idle(): nothing was used for the set time; sent once until `start` is called again.
    """

    idle = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._after_s = 0
        self._last = time.monotonic()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._on_tick)

    def start(self, after_s: int) -> None:
        """Watch from now on; 0 watches nothing."""
        self.stop()
        self._after_s = after_s
        app = QApplication.instance()
        if after_s <= 0 or app is None:
            return
        self._last = time.monotonic()
        app.installEventFilter(self)
        self._timer.start(min(5000, after_s * 250))

    def start_again(self) -> None:
        """Wait for the same time once more."""
        self.start(self._after_s)

    def stop(self) -> None:
        self._timer.stop()
        if (app := QApplication.instance()) is not None:
            app.removeEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in _USE:
            self._last = time.monotonic()
        return False

    def _on_tick(self) -> None:
        if time.monotonic() - self._last >= self._after_s:
            self.stop()
            self.idle.emit()
