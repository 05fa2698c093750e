"""Where a question is typed: Enter sends, Shift+Enter starts a new line, Stop or Esc ends the answer under way."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from gui.theme import theme
from gui.widgets.banner import Banner
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.layout import row
from gui.widgets.naming import named
from gui.widgets.text import Text

MOST_LINES = 7
LEAST_HINT = 250  # px


class QuestionEdit(QPlainTextEdit):
    """A text field as tall as its text, up to `MOST_LINES`.

    Signals:
        submitted(): Enter was pressed.
        focus_changed(bool): it took or lost the focus; the frame around it shows that.
    """

    submitted = Signal()
    focus_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("plain", True)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()
        theme().changed.connect(self._fit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            event.accept()
            self.submitted.emit()
            return
        if enter:
            # a paragraph instead of Qt's soft line break, which copies as U+2028
            self.textCursor().insertBlock()
            self.ensureCursorVisible()
            return
        super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._height())

    def _height(self) -> int:
        self.ensurePolished()
        lines = max(1, min(MOST_LINES, round(self.document().size().height())))
        return round(lines * self.fontMetrics().lineSpacing() + 2 * self.document().documentMargin()) + 2

    def _fit(self) -> None:
        tall = self.document().size().height() > MOST_LINES
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if tall else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(policy)
        self.setFixedHeight(self._height())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focus_changed.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focus_changed.emit(False)


class Composer(QWidget):
    """The field with its button.

    Signals:
        asked(str): the question, without blank ends; never empty.
        stop_requested: the answer under way is no longer wanted.
        edit_cancelled(): the question is not to be asked in other words after all.
    """

    asked = Signal(str)
    stop_requested = Signal()
    edit_cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("chat.composer")
        self._busy = False

        self.edit = named(QuestionEdit(), "chat.question", self.tr("Your question"))
        self.edit.submitted.connect(self._submit)
        self.edit.textChanged.connect(self._update)
        self.send = Button(self.tr("Ask"), "chat.ask", kind="primary", icon="send")
        self.send.clicked.connect(self._submit)
        self.stop = Button(self.tr("Stop"), "chat.stop", icon="stop", tip="Esc")
        self.stop.clicked.connect(self.stop_requested)
        self.stop.hide()

        frame = Card(padding=8)
        frame.setObjectName("chat.composer_frame")
        line = row(self.edit, self.send, self.stop)
        line.setStretch(0, 1)
        line.setContentsMargins(6, 0, 0, 0)
        line.setAlignment(self.edit, Qt.AlignmentFlag.AlignVCenter)
        for button in (self.send, self.stop):
            line.setAlignment(button, Qt.AlignmentFlag.AlignBottom)
        frame.add(line)
        self.edit.focus_changed.connect(frame.set_selected)

        words = self.tr("Enter asks, Shift+Enter starts a new line. Nothing leaves this computer.")
        self.hint = Text(words, "caption", wrap=True)
        self.hint.setObjectName("chat.composer_hint")
        self.edit.setToolTip(words)  # the line gives way where there is no room for it

        words = self.tr("You ask an earlier question in other words. The old conversation stays as it was.")
        self.editing = Banner(words, "accent", action=self.tr("Leave it"), name="chat.editing")
        self.editing.activated.connect(self.edit_cancelled)
        self.editing.hide()

        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.editing)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        self.foot = row(self.hint, "stretch")
        self._tools: tuple[QWidget, ...] = ()
        self.foot.setStretch(0, 100)  # nearly all; the rest keeps the tools at the left where the words are hidden
        column.addWidget(frame)
        column.addLayout(self.foot)
        self.set_place("")
        self._update()

    def add_tools(self, *tools: QWidget) -> None:
        """Put controls before the words below the field."""
        self._tools = tools
        for place, tool in enumerate(tools):
            self.foot.insertWidget(place, tool, 0, Qt.AlignmentFlag.AlignTop)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_hint()

    def fit_hint(self) -> None:
        """Show the words below the field where there is room: in a narrow column they would be a tower."""
        taken = sum(tool.sizeHint().width() + self.foot.spacing() for tool in self._tools)
        self.hint.setVisible(self.width() - taken >= theme().px(LEAST_HINT))

    def set_place(self, collection: str) -> None:
        """Name the collection that the question goes to."""
        if collection:
            self.edit.setPlaceholderText(self.tr("Ask something about {collection}").format(collection=collection))
        else:
            self.edit.setPlaceholderText(self.tr("Add documents first, then ask about them here"))
        self.setEnabled(bool(collection))

    def set_busy(self, busy: bool) -> None:
        """While an answer is under way, Stop stands where Ask was; typing the next question stays possible."""
        had_focus = self.send.hasFocus() or self.stop.hasFocus()
        self._busy = busy
        self.send.setVisible(not busy)
        self.stop.setVisible(busy)
        if had_focus:
            self.edit.setFocus()
        self._update()

    def start_edit(self, question: str) -> None:
        """Put an earlier question into the field, to be asked in other words."""
        self.set_text(question)
        self.editing.show()
        self.edit.setFocus()
        self.edit.moveCursor(QTextCursor.MoveOperation.End)

    def end_edit(self, *, clear: bool = False) -> None:
        """Ask new questions again."""
        if clear and not self.editing.isHidden():
            self.edit.clear()
        self.editing.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._busy:
            self.stop_requested.emit()
            return
        if event.key() == Qt.Key.Key_Escape and not self.editing.isHidden():
            self.edit_cancelled.emit()
            return
        super().keyPressEvent(event)

    def text(self) -> str:
        return self.edit.toPlainText()

    def set_text(self, text: str) -> None:
        self.edit.setPlainText(text)

    def _update(self) -> None:
        self.send.setEnabled(bool(self.text().strip()))

    def _submit(self) -> None:
        question = self.text().strip()
        if self._busy or not question:
            return
        self.edit.clear()
        self.asked.emit(question)
