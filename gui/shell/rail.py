"""The rail at the left: the pages, the workspace, and the lock."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from gui.icons import set_icon
from gui.theme import theme, tokens
from gui.widgets.elided import ElidedLabel
from gui.widgets.naming import named
from gui.widgets.text import Text

WIDE, NARROW = 208, 64
WIDEST = 248  # px at any font scale: the pages need the room more


class NavButton(QPushButton):
    """An entry of the rail; a small pill at its right end tells how many things wait."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.badge = 0

    def set_badge(self, count: int) -> None:
        self.badge = count
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.badge:
            self._paint_badge()

    def _paint_badge(self) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = QFont(self.font())
        font.setPixelSize(theme().px(11))
        font.setBold(True)
        painter.setFont(font)
        text = str(self.badge) if self.badge < 100 else "99+"
        height = theme().px(17)
        width = max(height, painter.fontMetrics().horizontalAdvance(text) + theme().px(10))
        wide = bool(self.text())
        top = (self.height() - height) / 2 if wide else 2
        box = QRectF(self.width() - width - (8 if wide else 2), top, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens().accent_fill))
        painter.drawRoundedRect(box, height / 2, height / 2)
        painter.setPen(QColor(tokens().on_accent))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


class Rail(QFrame):
    """Signals:
    chosen(str): the name of the page to show.
    lock_requested(): lock the workspace.
    """

    chosen = Signal(str)
    lock_requested = Signal()

    def __init__(self, pages: Sequence[str]) -> None:
        super().__init__()
        self.setProperty("kind", "rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, True)
        named(self, "rail", self.tr("Pages"))
        self._texts = {
            "chat": self.tr("Chat"),
            "desk": self.tr("Desk"),
            "read": self.tr("Read"),
            "recommend": self.tr("Recommend"),
            "teach": self.tr("Teach"),
            "library": self.tr("Library"),
            "activity": self.tr("Activity"),
            "settings": self.tr("Settings"),
        }
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 16, 12, 16)
        box.setSpacing(2)
        brand = QHBoxLayout()
        brand.setContentsMargins(8, 4, 0, 16)
        brand.setSpacing(10)
        mark = QLabel()
        set_icon(mark, "casemate", "accent", 22)
        self._brand = Text("Casemate", "h3")
        brand.addWidget(mark)
        brand.addWidget(self._brand, 1)
        box.addLayout(brand)
        self._group = QButtonGroup(self)
        self.buttons: dict[str, NavButton] = {}
        for place, name in enumerate(pages, 1):
            button = self._add(name, self._texts[name], f"Ctrl+{place}")
            button.setCheckable(True)
            button.clicked.connect(lambda _checked=False, name=name: self.chosen.emit(name))
            self._group.addButton(button)
            self.buttons[name] = button
            box.addWidget(button)
        box.addStretch(1)
        self._workspace = ElidedLabel("", "caption", middle=True)
        self._workspace.setContentsMargins(10, 0, 4, 0)
        box.addWidget(self._workspace)
        box.addSpacing(4)
        self.lock_button = self._add("lock", self.tr("Lock"), "Ctrl+L")
        self.lock_button.clicked.connect(self.lock_requested)
        box.addWidget(self.lock_button)
        self._narrow = False
        self.set_narrow(narrow=False)
        theme().changed.connect(self._on_theme_changed)  # a method: Qt lets it go with the rail

    def _add(self, name: str, text: str, keys: str) -> NavButton:
        button = NavButton(f"  {text}")
        button.setProperty("kind", "nav")
        button.setAutoDefault(False)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        named(button, f"rail.{name}", text, f"{text} ({keys})")
        set_icon(button, name, "muted", 18, "accent")
        self._texts[name] = text
        return button

    def set_badge(self, name: str, count: int, words: str) -> None:
        """Show how many things wait on a page; `words` say it to a screen reader. 0 takes the badge away."""
        button = self.buttons[name]
        button.set_badge(count)
        text = self._texts[name]
        button.setAccessibleName(f"{text}, {words}" if count else text)

    def set_current(self, name: str) -> None:
        self.buttons[name].setChecked(True)

    def set_workspace(self, text: str) -> None:
        self._workspace.set_text(text)

    def _on_theme_changed(self) -> None:
        self.set_narrow(narrow=self._narrow)

    def set_narrow(self, *, narrow: bool) -> None:
        """Show icons alone where the window is small."""
        self._narrow = narrow
        self.setFixedWidth(NARROW if narrow else min(max(WIDE, theme().px(WIDE)), WIDEST))
        self._brand.setVisible(not narrow)
        self._workspace.setVisible(not narrow)
        for name, button in [*self.buttons.items(), ("lock", self.lock_button)]:
            button.setText("" if narrow else f"  {self._texts[name]}")
