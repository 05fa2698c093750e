"""The messages of one conversation, oldest first, the newest in view."""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from engine.api import Answer, ChatMessage
from gui.pages.chat.message_view import READABLE_WIDTH, AnswerView
from gui.pages.chat.person_view import PersonView
from gui.pages.chat.question_view import QuestionView

NEAR_END = 48  # px; closer to the end than this, the view follows the newest message


class Transcript(QScrollArea):
    """Draws messages and passes on what is done with them.

    Signals:
        source_opened(Citation, tuple): show this place, one of these.
        rated(int, int): message and rating.
        again_requested(str): the question of the answer whose "Ask again" was clicked.
        copied(str): a sentence for a note.
        replied(str): one of the replies that an answer offered was chosen.
        edit_requested(QuestionView) / branch_requested(QuestionView): ask it in other words, or go on from before it.
        elsewhere_requested(AnswerView, str): answer the question of this answer from another source.
        reword_requested(AnswerView, str): let the generator answer the question of this answer in other words.
        handover_requested(AnswerView): let a person answer.
        desk_requested(int): show an item of the desk.
        disliked(AnswerView): an answer was rated wrong.
        labelling_requested(AnswerView, str, str): of an answer, the question is to wait in the queue of a skill.
    """

    source_opened = Signal(object, object)
    rated = Signal(int, int)
    again_requested = Signal(str)
    replied = Signal(str)
    edit_requested = Signal(object)
    branch_requested = Signal(object)
    elsewhere_requested = Signal(object, str)
    reword_requested = Signal(object, str)
    handover_requested = Signal(object)
    desk_requested = Signal(int)
    copied = Signal(str)
    disliked = Signal(object)
    labelling_requested = Signal(object, str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("chat.transcript")
        self.setAccessibleName(self.tr("Messages"))
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        inner = QWidget()
        inner.setProperty("kind", "content")
        inner.setMinimumHeight(1)  # else Qt reserves what the texts would need in the narrowest column
        column_holder = QWidget()
        column_holder.setMaximumWidth(READABLE_WIDTH)
        self._column = QVBoxLayout(column_holder)
        self._column.setContentsMargins(0, 24, 0, 24)
        self._column.setSpacing(24)
        self._column.addStretch(1)
        row = QHBoxLayout(inner)
        row.setContentsMargins(24, 0, 24, 0)
        row.addStretch(0)
        row.addWidget(column_holder, 100)
        row.addStretch(0)
        self.setWidget(inner)
        self._views: list[QWidget] = []
        self._follow = True
        bar = self.verticalScrollBar()
        bar.rangeChanged.connect(self._on_range_changed)
        bar.valueChanged.connect(self._on_scrolled)

    def clear(self) -> None:
        """Take every message away."""
        for view in self._views:
            self._column.removeWidget(view)
            view.hide()
            view.deleteLater()
        self._views.clear()
        self._follow = True

    def show_messages(self, messages: tuple[ChatMessage, ...]) -> None:
        """Draw a stored conversation."""
        self.clear()
        question = ""
        for message in messages:
            if message.role == "user":
                question = message.text
                self.add_question(message.text, message.id)
            elif message.role == "person":
                self.add_person(message)
            elif message.answer is not None:
                self.add_answer(question).show_answer(_with_id(message), message.rating)
            else:
                self.add_answer(question).add_piece(message.text)
        self._end_replies(but=self._views[-1] if self._views else None)
        self.scroll_to_end()

    def add_question(self, text: str, message: int | None = None) -> QuestionView:
        view = QuestionView(text, message)
        view.edit_requested.connect(lambda: self.edit_requested.emit(view))
        view.branch_requested.connect(lambda: self.branch_requested.emit(view))
        self._end_replies()
        self._add(view)
        return view

    def add_person(self, message: ChatMessage) -> PersonView:
        """What a person of the desk said."""
        view = PersonView(message)
        view.copied.connect(self.copied)
        self._add(view)
        return view

    def answer_to(self, question: QuestionView) -> AnswerView | None:
        """The answer that follows a question."""
        place = self._views.index(question) + 1
        after = self._views[place] if place < len(self._views) else None
        return after if isinstance(after, AnswerView) else None

    def _end_replies(self, but: QWidget | None = None) -> None:
        for view in self._views:
            if isinstance(view, AnswerView) and view is not but:
                view.end_replies()

    def add_answer(self, question: str) -> AnswerView:
        """An empty answer to `question`, to be filled as it comes."""
        view = AnswerView()
        view.source_opened.connect(self.source_opened)
        view.copied.connect(self.copied)
        view.again_requested.connect(lambda: self.again_requested.emit(question))
        view.rated.connect(lambda rating: self._on_rated(view, rating))
        view.replied.connect(self.replied)
        view.elsewhere_requested.connect(lambda: self.elsewhere_requested.emit(view, question))
        view.reword_requested.connect(lambda: self.reword_requested.emit(view, question))
        view.handover_requested.connect(lambda: self.handover_requested.emit(view))
        view.desk_requested.connect(self.desk_requested)
        view.labelling_requested.connect(lambda skill: self.labelling_requested.emit(view, question, skill))
        self._add(view)
        return view

    def remove(self, view: QWidget) -> None:
        """Take one message away, for a question that could not be asked."""
        if view in self._views:
            self._views.remove(view)
            self._column.removeWidget(view)
            view.hide()
            view.deleteLater()

    def views(self) -> list[QWidget]:
        return list(self._views)

    def scroll_to_end(self) -> None:
        self._follow = True
        QTimer.singleShot(0, self, self._to_end)

    def _add(self, view: QWidget) -> None:
        self._column.insertWidget(self._column.count() - 1, view)
        self._views.append(view)
        self.scroll_to_end()

    def _on_rated(self, view: AnswerView, rating: int) -> None:
        if view.answer is not None and view.answer.message is not None:
            self.rated.emit(view.answer.message, rating)
            if rating < 0:
                self.disliked.emit(view)

    def _on_range_changed(self) -> None:
        if self._follow:
            self._to_end()

    def _on_scrolled(self, value: int) -> None:
        self._follow = value >= self.verticalScrollBar().maximum() - NEAR_END

    def _to_end(self) -> None:
        self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())


def _with_id(message: ChatMessage) -> Answer:
    """The stored answer, knowing which message it is, so that it can be rated."""
    assert message.answer is not None
    return replace(message.answer, message=message.id)
