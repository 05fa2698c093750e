"""What a view shows while there is nothing to show: why, and what to do first."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from gui.icons import set_icon
from gui.theme import theme, tokens
from gui.widgets.buttons import Button
from gui.widgets.text import Text


class _Disc(QLabel):
    """An icon on a soft round ground."""

    def __init__(self, icon: str) -> None:
        super().__init__()
        self.setFixedSize(64, 64)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        set_icon(self, icon, "accent", 28)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens().accent_soft)
        painter.drawRoundedRect(self.rect(), 20, 20)
        painter.end()
        super().paintEvent(event)


class EmptyState(QWidget):
    """Icon, title, one or two sentences and at most two acts, centred.

    Signals:
        activated(): the main act was chosen.
        second_activated(): the other act was chosen.
    """

    activated = Signal()
    second_activated = Signal()

    def __init__(
        self,
        icon: str,
        title: str,
        text: str,
        action: str = "",
        *,
        second: str = "",
        name: str = "empty",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setMinimumWidth(200)  # else the width that its words have now would be the least
        centre = Qt.AlignmentFlag.AlignHCenter
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 24, 24, 24)
        box.setSpacing(8)
        box.addStretch(2)
        box.addWidget(_Disc(icon), 0, centre)
        box.addSpacing(8)
        self._heading = Text(title, "h2")
        self._heading.setAlignment(centre)
        self._heading.setWordWrap(True)
        box.addWidget(self._heading)
        self._body = Text(text, "muted", wrap=True)
        self._body.setAlignment(centre)
        box.addWidget(self._body, 0, centre)
        if action:
            box.addSpacing(8)
            self.button = Button(action, f"{name}.action", kind="primary")
            self.button.clicked.connect(self.activated)
            box.addWidget(self.button, 0, centre)
        if second:
            self.second_button = Button(second, f"{name}.second", kind="ghost")
            self.second_button.clicked.connect(self.second_activated)
            box.addWidget(self.second_button, 0, centre)
        box.addStretch(3)

    def set_words(self, title: str, text: str) -> None:
        """Say something else."""
        self._heading.setText(title)
        self._body.setText(text)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._fit()

    def _fit(self) -> None:
        """A centred label does not ask for its height at its width by itself."""
        width = max(120, min(theme().px(440), self.width() - 48))
        self._body.setFixedWidth(width)
        self._body.setFixedHeight(max(self._body.heightForWidth(width), 1))
