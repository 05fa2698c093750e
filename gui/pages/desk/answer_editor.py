"""One approved answer, to read or to write."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QVBoxLayout

from engine.api import ApprovedAnswer, SaveAnswer
from gui.text.moments import date_text
from gui.widgets.banner import Banner
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.expiry_field import ExpiryField
from gui.widgets.layout import row
from gui.widgets.naming import named
from gui.widgets.text import Text


class AnswerEditor(Card):
    """Signals:
    saved(SaveAnswer): store this.
    delete_requested(ApprovedAnswer): take this away.
    """

    saved = Signal(object)
    delete_requested = Signal(object)

    def __init__(self) -> None:
        super().__init__(padding=16)
        self.setObjectName("desk.editor")
        self._one: ApprovedAnswer | None = None
        self.title = Text("", "h3")
        self.expired = Banner("", "warning", name="desk.editor.expired")
        self.locked = Text("", "muted", wrap=True, selectable=True)
        self.locked.setObjectName("desk.editor.locked")
        self.collection = named(QComboBox(), "desk.editor.collection", self.tr("Collection"))
        self.question = named(QLineEdit(), "desk.editor.question", self.tr("Question"))
        self.variants = named(QPlainTextEdit(), "desk.editor.variants", self.tr("Other ways to ask it, one per line"))
        self.variants.setPlaceholderText(self.tr("Other ways to ask it, one per line"))
        self.variants.setTabChangesFocus(True)
        self.variants.setFixedHeight(66)
        self.answer = named(QPlainTextEdit(), "desk.editor.answer", self.tr("Answer"))
        self.answer.setTabChangesFocus(True)
        self.answer.setMinimumHeight(90)
        self.owner = named(QLineEdit(), "desk.editor.owner", self.tr("Whose answer it is"))
        self.expires = ExpiryField("desk.editor.expires")
        self.save = Button(self.tr("Save"), "desk.editor.save", kind="primary")
        self.save.clicked.connect(self._on_save)
        self.delete = Button(self.tr("Delete…"), "desk.editor.delete", kind="ghost", icon="trash")
        self.delete.clicked.connect(self._on_delete)
        for field in (self.question, self.owner):
            field.textChanged.connect(self._update)
        for area in (self.answer, self.variants):
            area.textChanged.connect(self._update)

        column = QVBoxLayout()
        column.setSpacing(6)
        column.addWidget(self.title)
        column.addWidget(self.expired)
        column.addWidget(self.locked)
        self._words: list[Text] = []
        for text, part, stretch in (
            (self.tr("Question"), self.question, 0),
            (self.tr("Answer"), self.answer, 2),
            (self.tr("Other ways to ask it"), self.variants, 0),
            (self.tr("Collection"), self.collection, 0),
            (self.tr("Whose answer it is"), self.owner, 0),
            (self.tr("Good until"), self.expires, 0),
        ):
            label = Text(text, "muted")
            label.setBuddy(part)
            self._words.append(label)
            column.addWidget(label)
            column.addWidget(part, stretch)
        column.addSpacing(6)
        column.addLayout(row(self.delete, "stretch", self.save))
        self.add(column, 1)
        self.show_new("", "")

    def set_collections(self, names: Sequence[str]) -> None:
        """The collections that an answer may belong to."""
        before = self.collection.currentText()
        self.collection.clear()
        self.collection.addItems(list(names))
        self.collection.setCurrentIndex(max(0, self.collection.findText(before)) if names else -1)
        self._update()

    def show_new(self, collection: str, question: str) -> None:
        """An empty answer."""
        self._one = None
        self.title.setText(self.tr("New approved answer"))
        if collection:
            self.collection.setCurrentIndex(max(0, self.collection.findText(collection)))
        self._fill(question, "", "", self.owner.text(), "")
        self._lock(locked=False)
        (self.answer if question else self.question).setFocus()

    def show_answer(self, one: ApprovedAnswer) -> None:
        """An answer that is there."""
        self._one = one
        self.title.setText(self.tr("Approved answer"))
        if self.collection.findText(one.collection) < 0:
            self.collection.addItem(one.collection)
        self.collection.setCurrentIndex(self.collection.findText(one.collection))
        self._fill(one.question, one.answer, "\n".join(one.variants), one.owner, one.expires)
        self._lock(locked=bool(one.file))
        if one.expired:
            words = self.tr("This answer expired on {day} and is no longer given. Save it with a later day to use it.")
            self.expired.set_text(words.format(day=date_text(one.expires)))

    def is_changed(self) -> bool:
        """Whether something was typed that is not saved."""
        one = self._one
        if one is None:
            return bool(self.answer.toPlainText().strip())
        return (self.question.text(), self.answer.toPlainText(), self._variants(), self.owner.text()) != (
            one.question, one.answer, one.variants, one.owner,
        )  # fmt: skip

    def _fill(self, question: str, answer: str, variants: str, owner: str, expires: str) -> None:
        self.question.setText(question)
        self.question.setCursorPosition(0)
        self.answer.setPlainText(answer)
        self.variants.setPlainText(variants)
        self.owner.setText(owner)
        self.expires.set_day(expires)
        self._update()

    def _lock(self, *, locked: bool) -> None:
        """An answer of a file is changed in its file."""
        one = self._one
        for field in (self.question, self.owner):
            field.setReadOnly(locked)
        for area in (self.answer, self.variants):
            area.setReadOnly(locked)
        self.collection.setEnabled(one is None)
        self.expires.setEnabled(not locked)
        self.save.setVisible(not locked)
        self.delete.setVisible(one is not None and not locked)
        self.locked.setVisible(locked)
        self.expired.setVisible(one is not None and one.expired)
        if locked and one is not None:
            words = self.tr("It stands in line {line} of {file} and is changed there; refresh the collection then.")
            self.locked.setText(words.format(line=one.line, file=one.file))

    def _variants(self) -> tuple[str, ...]:
        return tuple(line.strip() for line in self.variants.toPlainText().splitlines() if line.strip())

    def _update(self) -> None:
        complete = bool(self.question.text().strip() and self.answer.toPlainText().strip())
        self.save.setEnabled(complete and bool(self.collection.currentText()))

    def _on_save(self) -> None:
        self.saved.emit(
            SaveAnswer(
                self.collection.currentText(),
                self.question.text().strip(),
                self.answer.toPlainText().strip(),
                id=self._one.id if self._one is not None else None,
                owner=self.owner.text().strip(),
                expires=self.expires.day(),
                variants=self._variants(),
            )
        )

    def _on_delete(self) -> None:
        if self._one is not None:
            self.delete_requested.emit(self._one)
