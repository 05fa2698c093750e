"""A row of choices of which one is on; also used as tabs inside a page."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from gui.widgets.naming import named


class Segmented(QFrame):
    """Choices as (key, label).

    Signals:
        changed(str): another choice is on; carries its key. Not sent by `set_current`.
    """

    changed = Signal(str)

    def __init__(
        self,
        options: Iterable[tuple[str, str]],
        *,
        name: str,
        label: str,
        current: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "segmented")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, True)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        named(self, name, label)
        box = QHBoxLayout(self)
        box.setContentsMargins(3, 3, 3, 3)
        box.setSpacing(2)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        for key, text in options:
            button = QPushButton(text)
            button.setProperty("kind", "segment")
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            named(button, f"{name}.{key}", f"{label}: {text}")
            button.clicked.connect(lambda _checked=False, key=key: self._on_clicked(key))
            self._group.addButton(button)
            self._buttons[key] = button
            box.addWidget(button)
        self._current = ""
        self.set_current(current or next(iter(self._buttons), ""))

    @property
    def current(self) -> str:
        return self._current

    def button(self, key: str) -> QPushButton:
        return self._buttons[key]

    def set_current(self, key: str) -> None:
        if key in self._buttons:
            self._buttons[key].setChecked(True)
            self._current = key

    def _on_clicked(self, key: str) -> None:
        if key != self._current:
            self._current = key
            self.changed.emit(key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        keys = list(self._buttons)
        key = keys[(keys.index(self._current) + step) % len(keys)]
        self._buttons[key].setFocus()
        self._buttons[key].click()
