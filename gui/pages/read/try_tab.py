"""Type a text and see at once how it is read."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from engine.api import AddCorrection, Classified, EntitiesFound, Explain, Explanation, LabellingQueue
from engine.errors import EngineError
from gui.bridge.client import EngineClient
from gui.bridge.latest import Latest
from gui.pages.read.entity_view import EntityView
from gui.pages.read.explain_view import ExplainView
from gui.pages.read.reader import Reader
from gui.pages.read.result_view import ResultView
from gui.text.shares import count
from gui.theme import theme
from gui.widgets.buttons import Button
from gui.widgets.layout import row
from gui.widgets.naming import named
from gui.widgets.text import Text
from gui.widgets.toast import show_toast

PAUSE_MS = 300


class TryTab(QWidget):
    """Reads the typed text after a pause in typing, and on Ctrl+Enter or the button.

    Signals:
        failed(EngineError): it could not be read.
        noticed(str): what the engine says about the wish for certainty; "" for nothing.
    """

    failed = Signal(object)
    noticed = Signal(str)

    def __init__(self, client: EngineClient, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("read.try")
        self._client = client
        self._latest, self._explaining, self._correcting = Latest(self), Latest(self), Latest(self)
        self._read_text = ""
        self._label = ""
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
        self.result.why_requested.connect(self.explain)
        self.result.corrected.connect(self.correct)
        self.why, self.entities = ExplainView(), EntityView()
        self._hide_results()
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
        for part in (self.result, self.why, self.entities):
            column.addWidget(part)
        column.addStretch(1)
        self._update()

    def set_reader(self, reader: Reader) -> None:
        """Read with another skill, or with another wish; what is shown is read anew."""
        if reader.pack != self._reader.pack:
            self._latest.drop()
            self._hide_results()
        self._reader = reader
        self.result.set_skill(reader.known if reader.pack is not None and not reader.finds else ())
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
        self._latest.run(job, done=lambda answer: self._on_read(text, answer), failed=self.failed.emit)

    def _on_text_changed(self) -> None:
        self._latest.drop()  # an answer on the way is about another text by now
        self._explaining.drop()
        self.why.hide()
        self._update()
        if self.edit.toPlainText().strip():
            self._pause.start()
        else:
            self._pause.stop()
            self._hide_results()

    def _hide_results(self) -> None:
        self._explaining.drop()
        for part in (self.result, self.why, self.entities):
            part.hide()

    def _on_read(self, text: str, answer: Classified | EntitiesFound) -> None:
        again = text == self._read_text and not self.why.isHidden()
        self._read_text = text
        if isinstance(answer, EntitiesFound):
            self.entities.show_found(answer.results[0], self._reader.known)
            self.entities.show()
            return
        result = answer.results[0]
        self.result.show_result(result, answer.threshold, calibrated=self._reader.pack is not None)
        self.result.show()
        self.noticed.emit(answer.notice)
        if not (again and result.label == self._label):  # another wish for certainty changes no reason
            self._explaining.drop()
            self.why.hide()
        self._label = result.label

    # --- why, and what it should be -----------------------------------------------------------------------------

    def explain(self) -> None:
        """Ask which words speak for the label."""
        if self._reader.pack is None or not self._read_text:
            return
        text = self._read_text
        self.why.show_waiting()
        job = self._client.call(Explain(self._reader.pack, text, self._label))
        self._explaining.run(
            job,
            done=lambda explanation: self._on_explained(text, explanation),
            failed=self._on_not_explained,
            cancelled=self.why.hide,
        )

    def _on_explained(self, text: str, explanation: Explanation) -> None:
        self.why.show_explanation(text, explanation)
        QTimer.singleShot(0, self, self._show_why)  # when it has its height

    def _show_why(self) -> None:
        """Bring the explanation into view where it came below the edge."""
        parent = self.parentWidget()
        while parent is not None and not isinstance(parent, QScrollArea):
            parent = parent.parentWidget()
        if parent is not None and self.why.isVisible():
            parent.ensureWidgetVisible(self.why, 0, 12)

    def _on_not_explained(self, error: EngineError) -> None:
        self.why.hide()
        self.failed.emit(error)

    def correct(self, label: str) -> None:
        """Say what the label should have been; the skill learns it when it is taught again."""
        if self._reader.pack is None or not self._read_text:
            return
        text, pack = self._read_text, self._reader.pack
        job = self._client.call(AddCorrection(pack, text, label, "read"))
        self._correcting.run(
            job,
            done=lambda queue: self._on_corrected(text, label, queue),
            failed=self.failed.emit,
            stop_older=False,
        )

    def _on_corrected(self, text: str, label: str, queue: LabellingQueue) -> None:
        if text == self._read_text:
            self.result.show_correction(label)
        words = self.tr("Noted. Not yet taught: {count}").format(count=count(queue.labelled))
        show_toast(self, words, "success")

    def _update(self) -> None:
        self.button.setEnabled(bool(self.edit.toPlainText().strip()) and self._reader.ready)
        if self._reader.ready:
            self.hint.setText(self.tr("The text is read while you type. Nothing of it is kept."))
        else:
            self.hint.setText(self.tr("Add at least two labels first."))
