"""Dialogs of one shape: a title, a body, buttons at the lower right."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from gui.widgets.buttons import Button
from gui.widgets.text import Text


class Dialog(QDialog):
    """Attributes:
    body: layout for the content.
    buttons: layout of the button row; `add_button` fills it from left to right.
    """

    def __init__(self, parent: QWidget | None, name: str, title: str, text: str = "", *, width: int = 480) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setWindowTitle(title)
        self.setMinimumWidth(width)
        self.setModal(True)
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 24, 24, 20)
        box.setSpacing(12)
        box.addWidget(Text(title, "h2", wrap=True))
        if text:
            box.addWidget(Text(text, "muted", wrap=True, selectable=True))
        self.body = QVBoxLayout()
        self.body.setSpacing(12)
        box.addLayout(self.body, 1)
        box.addSpacing(4)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(8)
        self.buttons.addStretch(1)
        box.addLayout(self.buttons)

    def add_button(self, text: str, name: str, *, kind: str = "", accepts: bool = False) -> Button:
        """Add a button; one that accepts is the default and closes the dialog."""
        button = Button(text, f"{self.objectName()}.{name}", kind=kind)
        self.buttons.addWidget(button)
        if accepts:
            button.setAutoDefault(True)
            button.setDefault(True)
            button.clicked.connect(self.accept)
        return button

    def add_cancel(self, text: str) -> Button:
        button = self.add_button(text, "cancel")
        button.clicked.connect(self.reject)
        return button


def confirm(
    parent: QWidget, name: str, title: str, text: str, action: str, cancel: str, *, danger: bool = True
) -> bool:
    """Ask before something that cannot be taken back. Returns True if the person goes on."""
    dialog = Dialog(parent, name, title, text)
    dialog.add_cancel(cancel)
    dialog.add_button(action, "accept", kind="danger" if danger else "primary", accepts=True)
    agreed = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return agreed
