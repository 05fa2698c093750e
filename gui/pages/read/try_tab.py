"""Type a text and see at once how it is read."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from engine.api import Classified
from gui.bridge.client import EngineClient
from gui.bridge.latest import Latest
from gui.pages.read.reader import Reader
from gui.pages.read.result_view import ResultView
from gui.theme import theme
from gui.widgets.buttons import Button
from gui.widgets.layout import row
from gui.widgets.naming import named
from gui.widgets.text import Text

PAUSE_MS = 300


class TryTab(QWidget):
    """Reads the typed text after a pause in typing, and on Ctrl+Enter or the button.

    Signals:
        failed(EngineError): it could not be read.
    """

    failed = Signal(object)

    def __init__(self, client: EngineClient, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("read.try")
        self._client = client
        self._latest = Latest(self)
        self._reader = Reader()
        self.edit = named(QPlainTextEdit(), "read.text", self.tr("Text to read"))
        self.edit.setPlaceholderText(self.tr("Type or paste a text"))
        self.edit.setTabChangesFocus(True)
        self.edit.setFixedHeight(theme().px(112))
        self.button = Button(self.tr("Read"), "read.read", kind="primary", icon="read", tip="Ctrl+Enter")
        self.button.clicked.connect(self.read)
        self.hint = Text(role="caption", wrap=True)
        self.hint.setObjectName("read.try_hint")
        self.result = ResultView()
        self.result.hide()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.read)
        self.edit.textChanged.connect(self._on_text_changed)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self.edit).activated.connect(self.read)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.edit)
        line = row(self.hint, self.button)
        line.setStretch(0, 1)
        column.addLayout(line)
        column.addWidget(self.result)
        column.addStretch(1)
        self._update()

    def set_reader(self, reader: Reader) -> None:
        """Read with another skill, or with another wish; what is shown is read anew."""
        if reader.pack != self._reader.pack:
            self._latest.drop()
            self.result.hide()
        self._reader = reader
        self._update()
        if self.edit.toPlainText().strip():
            self._pause.start()

    def read(self) -> None:
        """Read what stands in the field."""
        self._pause.stop()
        text = self.edit.toPlainText().strip()
        if not text or not self._reader.ready:
            return
        job = self._client.call(self._reader.read([text]))
        self._latest.run(job, done=self._on_read, failed=self.failed.emit)

    def _on_text_changed(self) -> None:
        self._latest.drop()  # an answer on the way is about another text by now
        self._update()
        if self.edit.toPlainText().strip():
            self._pause.start()
        else:
            self._pause.stop()
            self.result.hide()

    def _on_read(self, answer: Classified) -> None:
        self.result.show_result(answer.results[0], answer.threshold, calibrated=self._reader.pack is not None)
        self.result.show()

    def _update(self) -> None:
        self.button.setEnabled(bool(self.edit.toPlainText().strip()) and self._reader.ready)
        if self._reader.ready:
            self.hint.setText(self.tr("The text is read while you type. Nothing of it is kept."))
        else:
            self.hint.setText(self.tr("Add at least two labels first."))
