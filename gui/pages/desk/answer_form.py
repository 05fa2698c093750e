"""Where a person answers: the words, whose they are, whether they are kept, until when and for which question."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLineEdit, QPlainTextEdit, QVBoxLayout

from engine.api import AnswerHandoff, Handoff
from gui.text.desk import will_be_masked
from gui.theme import theme
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.expiry_field import ExpiryField
from gui.widgets.layout import row
from gui.widgets.naming import named
from gui.widgets.text import Text


class AnswerEdit(QPlainTextEdit):
    """Ctrl+Enter sends.

    Signals:
        submitted(): the answer is complete.
    """

    submitted = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.submitted.emit()
            return
        super().keyPressEvent(event)


class AnswerForm(Card):
    """The form below a conversation.

    Signals:
        answered(AnswerHandoff): send this.
        dismiss_requested(): the item needs no answer.
        owner_changed(str): remembered for the next item while the workspace is open.
    """

    answered = Signal(object)
    dismiss_requested = Signal()
    owner_changed = Signal(str)

    def __init__(self) -> None:
        super().__init__(padding=16)
        self.setObjectName("desk.form")
        self._item: Handoff | None = None
        self.edit = named(AnswerEdit(), "desk.answer", self.tr("Your answer"))
        self.edit.setPlaceholderText(self.tr("Write the answer. The customer gets it in this conversation."))
        self.edit.setTabChangesFocus(True)
        self.edit.setFixedHeight(theme().px(96))
        self.edit.textChanged.connect(self._update)
        self.edit.submitted.connect(self._on_send)

        self.keep = QCheckBox(self.tr("Keep it as an approved answer"))
        self.keep.setObjectName("desk.keep")
        self.keep.setAccessibleName(self.keep.text())
        self.keep.setToolTip(self.tr("It is found at once when the question comes again."))
        self.keep.setChecked(True)
        self._wants_keep = True
        self.keep.clicked.connect(self._on_keep_clicked)
        self.keep.toggled.connect(self._update)
        self.question = named(QLineEdit(), "desk.question", self.tr("The question it answers"))
        self.owner = named(QLineEdit(), "desk.owner", self.tr("Whose answer it is"))
        self.owner.setPlaceholderText(self.tr("Your name"))
        self.owner.textEdited.connect(self.owner_changed)
        self.intent = named(QComboBox(), "desk.intent", self.tr("What it is about (an intent, not needed)"))
        self.intent.setEditable(True)
        self.intent.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        line = self.intent.lineEdit()
        assert line is not None
        line.setPlaceholderText(self.tr("Teaches the intents; may stay empty"))

        self.expires = ExpiryField("desk.expires")

        self.owner.setMinimumWidth(80)
        self.intent.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.intent.setMinimumContentsLength(8)

        self.masks = Text("", "caption", wrap=True)
        self.masks.setObjectName("desk.masks")
        self.masks.hide()

        self._labels = {
            "question": Text(self.tr("Question"), "muted"),
            "owner": Text(self.tr("Answered by"), "muted"),
            "intent": Text(self.tr("Intent"), "muted"),
            "expires": Text(self.tr("Good until"), "muted"),
        }
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(8)
        grid.addWidget(self._labels["question"], 0, 0)
        grid.addWidget(self.question, 0, 1, 1, 3)
        grid.addWidget(self._labels["owner"], 1, 0)
        grid.addWidget(self.owner, 1, 1)
        grid.addWidget(self._labels["intent"], 1, 2)
        grid.addWidget(self.intent, 1, 3)
        # In a row of its own: a day beside the choice needs twice the room.
        grid.addWidget(self._labels["expires"], 2, 0)
        grid.addWidget(self.expires, 2, 1, 1, 3)
        grid.setColumnStretch(1, 2)
        grid.setColumnStretch(3, 3)

        self.send = Button(self.tr("Answer"), "desk.send", kind="primary", icon="send", tip="Ctrl+Enter")
        self.send.clicked.connect(self._on_send)
        self.dismiss = Button(self.tr("Dismiss…"), "desk.dismiss", kind="ghost", tip="Ctrl+Backspace")
        self.dismiss.clicked.connect(self.dismiss_requested)
        self.hint = Text(self.tr("Ctrl+Enter answers and goes on to the next question."), "caption", wrap=True)
        column = QVBoxLayout()
        column.setSpacing(10)
        column.addWidget(self.edit)
        column.addWidget(self.masks)
        column.addWidget(self.keep)
        column.addLayout(grid)
        acts = row(self.hint, self.dismiss, self.send)
        acts.setStretch(0, 1)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        column.addLayout(acts)
        self.add(column, 1)
        self._update()

    def show_item(self, item: Handoff, intents: Sequence[str], masks: Sequence[str] = ()) -> None:
        """An empty form for another item; the owner and the wish to keep answers stay. `masks`: see `HandoffShown`."""
        self._item = item
        self.masks.setText(will_be_masked(masks))
        self.masks.setVisible(bool(masks))
        self.edit.clear()
        self.question.setText(" ".join(item.question.split()))
        self.question.setCursorPosition(0)
        self.expires.set_day("")
        self.intent.clear()
        self.intent.addItems(["", *intents])
        self.intent.setCurrentText(item.intent)
        # Words to one person in need are no answer for all.
        self.keep.setChecked(self._wants_keep and item.reason != "safety")
        self._update()

    def request(self) -> AnswerHandoff | None:
        """What would be sent now; None while something is missing."""
        text = self.edit.toPlainText().strip()
        if self._item is None or not text:
            return None
        keep = self.keep.isChecked()
        question = self.question.text().strip()
        return AnswerHandoff(
            self._item.id,
            text,
            owner=self.owner.text().strip(),
            expires=self.expires.day() if keep else "",
            approve=keep,
            question=question if keep and question != " ".join(self._item.question.split()) else "",
            intent=self.intent.currentText().strip(),
        )

    def _on_keep_clicked(self, keep: bool) -> None:
        self._wants_keep = keep

    def set_busy(self, busy: bool) -> None:
        self.send.setEnabled(not busy and self.request() is not None)
        self.dismiss.setEnabled(not busy)

    def _update(self) -> None:
        keep = self.keep.isChecked()
        for part in (self._labels["question"], self.question, self._labels["expires"], self.expires):
            part.setVisible(keep)
        self.send.setEnabled(self.request() is not None and (not keep or bool(self.question.text().strip())))

    def _on_send(self) -> None:
        if self.send.isEnabled() and (request := self.request()) is not None:
            self.answered.emit(request)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Backspace and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.dismiss_requested.emit()
            return
        super().keyPressEvent(event)
