"""A field for a passphrase, with an eye to show it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget

from gui.icons import icon
from gui.theme import theme
from gui.widgets.naming import named


class PassphraseField(QLineEdit):
    """Hidden by default; nothing typed here reaches the clipboard history or an input method's dictionary."""

    def __init__(self, placeholder: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, name, placeholder)
        self.setPlaceholderText(placeholder)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhNoAutoUppercase
        )
        self._eye = QAction(self)
        self._eye.triggered.connect(self._on_eye)
        self.addAction(self._eye, QLineEdit.ActionPosition.TrailingPosition)
        self._name = name
        theme().changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        hidden = self.echoMode() == QLineEdit.EchoMode.Password
        text = self.tr("Show the passphrase") if hidden else self.tr("Hide the passphrase")
        self._eye.setIcon(icon("eye" if hidden else "eye-off", "faint", 18))
        self._eye.setText(text)
        for button in self.findChildren(QToolButton):
            named(button, f"{self._name}.eye", text, text)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setCursor(Qt.CursorShape.PointingHandCursor)

    def _on_eye(self) -> None:
        hidden = self.echoMode() == QLineEdit.EchoMode.Password
        self.setEchoMode(QLineEdit.EchoMode.Normal if hidden else QLineEdit.EchoMode.Password)
        self._dress()

    def take(self) -> str:
        """The text, cleared from the field."""
        text = self.text()
        self.clear()
        return text
