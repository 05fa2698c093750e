"""Asks for a note to the person who will answer."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from gui.widgets.dialog import Dialog
from gui.widgets.naming import named

MOST_CHARACTERS = 1000


class HandOverDialog(Dialog):
    """A note is welcome and not needed.

    Signals:
        agreed(str): hand it over, with this note.
    """

    agreed = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(
            parent,
            "handover",
            self.tr("Hand over to a person"),
            self.tr(
                "The question waits at the desk with the whole conversation. The person's answer appears here and can "
                "be kept as an approved answer."
            ),
        )
        words = self.tr("A note for the person (not needed)")
        self.note = named(QPlainTextEdit(), "handover.note", words)
        self.note.setPlaceholderText(words)
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(96)
        self.body.addWidget(self.note)
        self.add_cancel(self.tr("Cancel"))
        self.add_button(self.tr("Hand over"), "accept", kind="primary", accepts=True)
        self.accepted.connect(lambda: self.agreed.emit(self.note.toPlainText().strip()[:MOST_CHARACTERS]))
        self.note.setFocus()
