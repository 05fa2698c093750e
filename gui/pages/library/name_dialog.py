"""Asking for a name that is not taken."""

from __future__ import annotations

from collections.abc import Container

from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from gui.widgets.dialog import Dialog
from gui.widgets.naming import named
from gui.widgets.text import Text


class NameDialog(Dialog):
    """One field; the button waits for a name that is not taken."""

    def __init__(
        self, parent: QWidget, title: str, text: str, label: str, suggestion: str, taken: Container[str]
    ) -> None:
        super().__init__(parent, "name", title, text, width=420)
        self._taken = taken
        self.field = named(QLineEdit(suggestion), "name.field", label)
        self.field.setPlaceholderText(label)
        self.field.setMaxLength(80)
        self.field.selectAll()
        self._message = Text("", "danger", wrap=True)
        self._message.hide()
        self.body.addWidget(self.field)
        self.body.addWidget(self._message)
        self.add_cancel(self.tr("Cancel"))
        self._accept = self.add_button(self.tr("Continue"), "accept", kind="primary", accepts=True)
        self.field.textChanged.connect(self._check)
        self._check()

    def _check(self) -> None:
        name = self.field.text().strip()
        taken = name in self._taken
        self._message.setText(self.tr("This name is taken already."))
        self._message.setVisible(taken)
        self._accept.setEnabled(bool(name) and not taken)


def ask_name(
    parent: QWidget, title: str, text: str, label: str, suggestion: str, taken: Container[str] = ()
) -> str | None:
    """A name, or None if the person thought better of it."""
    dialog = NameDialog(parent, title, text, label, suggestion, taken)
    agreed = dialog.exec() == QDialog.DialogCode.Accepted
    name = dialog.field.text().strip()
    dialog.deleteLater()
    return name if agreed and name else None
