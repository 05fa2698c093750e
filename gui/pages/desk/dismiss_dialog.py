"""Asks why a question needs no answer."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from gui.widgets.buttons import Button
from gui.widgets.dialog import Dialog
from gui.widgets.flow_layout import FlowLayout
from gui.widgets.naming import named


class DismissDialog(Dialog):
    """A reason, of one's own or one of the usual ones.

    Signals:
        agreed(str): dismiss it, for this reason.
    """

    agreed = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(
            parent,
            "dismiss",
            self.tr("Dismiss this question?"),
            self.tr(
                "It leaves the queue without an answer. It stays in its conversation and in the list of dismissed."
            ),
        )
        words = self.tr("Why (not needed)")
        self.reason = named(QLineEdit(), "dismiss.reason", words)
        self.reason.setPlaceholderText(words)
        self.reason.setMaxLength(500)
        usual = QWidget()
        flow = FlowLayout(usual, spacing=6, line_spacing=6)
        texts = (
            self.tr("Answered elsewhere"),
            self.tr("Not a question"),
            self.tr("Asked twice"),
            self.tr("Not for us"),
            self.tr("Spam"),
        )
        for place, text in enumerate(texts, 1):
            button = Button(text, f"dismiss.usual.{place}", small=True)
            button.clicked.connect(lambda _checked=False, text=text: self.reason.setText(text))
            flow.addWidget(button)
        self.body.addWidget(self.reason)
        self.body.addWidget(usual)
        self.add_cancel(self.tr("Cancel"))
        self.add_button(self.tr("Dismiss"), "accept", kind="primary", accepts=True)
        self.accepted.connect(lambda: self.agreed.emit(self.reason.text().strip()))
        self.reason.setFocus()
