"""Choosing a backup and giving the passphrase that was in use when it was made."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from gui.widgets.banner import Banner
from gui.widgets.buttons import Button
from gui.widgets.dialog import Dialog
from gui.widgets.files import ask_open_file
from gui.widgets.layout import row
from gui.widgets.naming import named
from gui.widgets.passphrase_field import PassphraseField


class RestoreDialog(Dialog):
    """Signals:
    chosen(str, str): path of the backup and its passphrase.
    """

    chosen = Signal(str, str)

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(
            parent,
            "restore",
            self.tr("Restore a backup"),
            self.tr("The backup is checked first. The present workspace file is kept beside it under a dated name."),
        )
        self.path = named(QLineEdit(), "restore.path", self.tr("Backup file"))
        self.path.setPlaceholderText(self.tr("Backup file"))
        browse = Button(self.tr("Choose…"), "restore.browse", icon="folder")
        browse.clicked.connect(self._on_browse)
        self.body.addLayout(row(self.path, browse))
        self.passphrase = PassphraseField(self.tr("Passphrase of the backup"), "restore.passphrase")
        self.body.addWidget(self.passphrase)
        self.body.addWidget(
            Banner(
                self.tr("Everything that was added after the backup will be missing."),
                "warning",
                name="restore.warning",
            )
        )
        self.add_cancel(self.tr("Cancel"))
        self._accept = self.add_button(self.tr("Restore"), "accept", kind="primary", accepts=True)
        self._accept.setEnabled(False)
        self.path.textChanged.connect(self._on_typed)
        self.passphrase.textChanged.connect(self._on_typed)
        self.accepted.connect(lambda: self.chosen.emit(self.path.text(), self.passphrase.take()))

    def _on_browse(self) -> None:
        if (path := ask_open_file(self, self.tr("Choose a backup"))) is not None:
            self.path.setText(str(path))
            self.passphrase.setFocus()

    def _on_typed(self) -> None:
        self._accept.setEnabled(bool(self.path.text().strip() and self.passphrase.text()))
