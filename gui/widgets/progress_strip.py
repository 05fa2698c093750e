"""One running act: its name, stage, bar, time left, and a way to stop it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from gui.widgets.buttons import Button
from gui.widgets.elided import ElidedLabel
from gui.widgets.naming import named
from gui.widgets.text import Text


def time_left(seconds: float | None) -> str:
    """ "about 2 min left"; empty while it cannot be told."""
    if seconds is None:
        return ""
    translate = QCoreApplication.translate
    if seconds < 5:
        return translate("ProgressStrip", "a few seconds left")
    if seconds < 90:
        return translate("ProgressStrip", "about {n} s left").format(n=round(seconds / 5) * 5)
    if seconds < 5400:
        return translate("ProgressStrip", "about {n} min left").format(n=round(seconds / 60))
    return translate("ProgressStrip", "about {n} h left").format(n=round(seconds / 3600))


class ProgressStrip(QFrame):
    """Signals:
    cancel_requested(): the person wants it stopped.
    """

    cancel_requested = Signal()

    def __init__(
        self, title: str = "", *, name: str = "progress", framed: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(title)
        if framed:
            self.setProperty("kind", "strip")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, True)
        box = QHBoxLayout(self)
        box.setContentsMargins(*((16, 10, 10, 10) if framed else (0, 0, 0, 0)))
        box.setSpacing(16)
        middle = QVBoxLayout()
        middle.setSpacing(6)
        self._title = ElidedLabel(title, "strong")
        self._stage = ElidedLabel("", "caption")
        self._left = Text("", "caption")
        self._bar = named(QProgressBar(), f"{name}.bar", title)
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 0)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._title, 2)
        head.addWidget(self._stage, 3)
        head.addWidget(self._left)
        middle.addLayout(head)
        middle.addWidget(self._bar)
        box.addLayout(middle, 1)
        self.cancel_button = Button(self.tr("Cancel"), f"{name}.cancel", kind="ghost", small=True)
        self.cancel_button.clicked.connect(self._on_cancel)
        box.addWidget(self.cancel_button)

    def set_title(self, title: str) -> None:
        self._title.set_text(title)
        self._bar.setAccessibleName(title)
        self.cancel_button.setEnabled(True)
        self.cancel_button.setText(self.tr("Cancel"))

    def set_progress(
        self,
        done: int,
        total: int | None,
        stage: str = "",
        left_s: float | None = None,
        note: str = "",
        *,
        counted: bool = True,
    ) -> None:
        """Show how far it is; without a total the bar only shows that it is alive.

        Args:
            counted: `done` and `total` count something that people know, and are shown as figures too.
        """
        if total:
            self._bar.setRange(0, 1000)
            self._bar.setValue(min(1000, round(1000 * done / total)))
        else:
            self._bar.setRange(0, 0)
        count = f"{done:,} / {total:,}" if counted and total and total > 1 else ""
        self._stage.set_text("  ·  ".join(part for part in (stage, note, count) if part))
        self._left.setText(time_left(left_s))

    def _on_cancel(self) -> None:
        self.cancel_button.setEnabled(False)
        self.cancel_button.setText(self.tr("Stopping…"))
        self.cancel_requested.emit()
