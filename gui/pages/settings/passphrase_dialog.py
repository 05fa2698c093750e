"""The old passphrase once, the new one twice."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gui.shell.gate import LEAST_CHARACTERS
from gui.widgets.dialog import Dialog
from gui.widgets.passphrase_field import PassphraseField
from gui.widgets.text import Text


class PassphraseDialog(Dialog):
    """Signals:
    chosen(str, str): the old and the new passphrase.
    """

    chosen = Signal(str, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(
            parent,
            "passphrase",
            self.tr("Change the passphrase"),
            self.tr("Nobody can recover a forgotten passphrase. Write it down and keep it in a safe place."),
            width=440,
        )
        self.old = PassphraseField(self.tr("Present passphrase"), "passphrase.old")
        self.new = PassphraseField(self.tr("New passphrase"), "passphrase.new")
        self.repeat = PassphraseField(self.tr("New passphrase again"), "passphrase.repeat")
        self._message = Text("", "danger", wrap=True)
        self._message.hide()
        for field in (self.old, self.new, self.repeat):
            self.body.addWidget(field)
            field.textChanged.connect(self._check)
        self.body.addWidget(self._message)
        self.add_cancel(self.tr("Cancel"))
        self._accept = self.add_button(self.tr("Change passphrase"), "accept", kind="primary", accepts=True)
        self.accepted.connect(lambda: self.chosen.emit(self.old.take(), self.new.take()))
        self._check()

    def _check(self) -> None:
        new = self.new.text()
        text = ""
        if new and len(new) < LEAST_CHARACTERS:
            text = self.tr("The passphrase needs at least {n} characters.").format(n=LEAST_CHARACTERS)
        elif self.repeat.text() and new != self.repeat.text():
            text = self.tr("The two passphrases differ.")
        self._message.setText(text)
        self._message.setVisible(bool(text))
        self._accept.setEnabled(bool(self.old.text() and new and new == self.repeat.text() and not text))
