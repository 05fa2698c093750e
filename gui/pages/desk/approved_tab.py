"""Approved answers: find, write, change, let go; those whose day has passed are marked."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from engine.api import (
    AnswerSaved,
    ApprovedAnswer,
    ApprovedAnswers,
    Collections,
    DeleteAnswer,
    ListAnswers,
    ListCollections,
    SaveAnswer,
)
from engine.errors import EngineError
from gui.bridge.client import EngineClient
from gui.bridge.latest import Latest
from gui.bridge.show_error import show_error
from gui.pages.desk.answer_editor import AnswerEditor
from gui.text.desk import was_masked
from gui.text.moments import date_text
from gui.text.sentences import sentences
from gui.text.shares import count
from gui.widgets.buttons import Button
from gui.widgets.dialog import confirm
from gui.widgets.empty_state import EmptyState
from gui.widgets.layout import row
from gui.widgets.naming import named
from gui.widgets.page import scrolling
from gui.widgets.search_field import SearchField
from gui.widgets.segmented import Segmented
from gui.widgets.table import Table
from gui.widgets.text import Text
from gui.widgets.toast import show_toast


class ApprovedTab(QWidget):
    """A table at the left, the answer that is looked at or written at the right."""

    def __init__(self, client: EngineClient) -> None:
        super().__init__()
        self.setObjectName("desk.approved")
        self._client = client
        self._answers: tuple[ApprovedAnswer, ...] = ()
        self._current: int | None = None
        self._listing, self._saving, self._collecting = Latest(self), Latest(self), Latest(self)
        self.search = SearchField(self.tr("Search questions and answers"), "desk.approved.search")
        self.search.searched.connect(lambda _words: self.refresh())
        self.collection = named(QComboBox(), "desk.approved.collection", self.tr("Collection"))
        self.collection.addItem(self.tr("All collections"), "")
        self.collection.activated.connect(lambda _place: self.refresh())
        self.state = Segmented(
            (("", self.tr("All")), ("current", self.tr("In use")), ("expired", self.tr("Expired"))),
            name="desk.approved.state",
            label=self.tr("Which answers are listed"),
        )
        self.state.changed.connect(lambda _state: self.refresh())
        self.new = Button(self.tr("New answer"), "desk.approved.new", kind="primary", icon="add")
        self.new.clicked.connect(lambda: self.write())
        self.editor = AnswerEditor()
        self.editor.saved.connect(self._on_save)
        self.editor.delete_requested.connect(self._on_delete)
        self.table = Table("desk.approved.table", self.tr("Approved answers"))
        self.table.row_selected.connect(self._on_row)
        self.table.row_activated.connect(lambda _row: self.editor.answer.setFocus())
        self.counts = Text("", "caption")
        self.empty = EmptyState(
            "quote",
            self.tr("No approved answers yet"),
            self.tr(
                "An approved answer is given word for word. Answer questions in the queue and keep the answers, write "
                "one here, or add a table of questions and answers to a collection."
            ),
            self.tr("New answer"),
            name="desk.approved.empty",
        )
        self.empty.activated.connect(lambda: self.write())
        self.choose = EmptyState(
            "quote",
            self.tr("Choose an answer"),
            self.tr("It is shown here, and can be changed if it was written here."),
            name="desk.approved.choose",
        )
        self.right = QStackedWidget()
        self.right.addWidget(self.choose)
        self.editor_area = scrolling(self.editor, "desk.editor.area", self.tr("Approved answer"))
        self.right.addWidget(self.editor_area)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 12, 0)
        column.setSpacing(10)
        column.addLayout(row(self.search, self.collection))
        column.addLayout(row(self.state, "stretch", self.new))
        self.found = QStackedWidget()
        self.found.addWidget(self.table)
        self.nothing = Text(self.tr("No answer holds these words."), "muted", wrap=True)
        self.found.addWidget(self.nothing)
        column.addWidget(self.found, 1)
        column.addWidget(self.counts)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setObjectName("desk.approved.splitter")
        split.setChildrenCollapsible(False)
        split.addWidget(left)
        split.addWidget(self.right)
        split.setStretchFactor(0, 1)
        split.setSizes([620, 400])
        self.stack = QStackedWidget()
        self.stack.addWidget(split)
        self.stack.addWidget(self.empty)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.stack)

    # --- showing ----------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        self._collecting.run(self._client.call(ListCollections()), done=self._on_collections, failed=self._on_failed)
        request = ListAnswers(
            str(self.collection.currentData() or ""),
            self.search.text().strip(),
            self.state.current,  # type: ignore[arg-type]
        )
        self._listing.run(self._client.call(request), done=self._on_listed, failed=self._on_failed)

    def write(self, question: str = "") -> None:
        """Start a new answer, perhaps to a question that came up elsewhere."""
        self._current = None
        self.table.clearSelection()
        self.stack.setCurrentIndex(0)
        self.right.setCurrentWidget(self.editor_area)
        self.editor.show_new(str(self.collection.currentData() or ""), question)

    def _on_collections(self, result: Collections) -> None:
        names = [item.name for item in result.collections]
        before = self.collection.currentData()
        self.collection.clear()
        self.collection.addItem(self.tr("All collections"), "")
        for name in names:
            self.collection.addItem(name, name)
        self.collection.setCurrentIndex(max(0, self.collection.findData(before)))
        self.editor.set_collections(names)

    def _on_listed(self, result: ApprovedAnswers) -> None:
        self._answers = result.answers
        searching = bool(self.search.text().strip() or self.state.current or self.collection.currentData())
        nothing = not result.answers and not searching and self.right.currentWidget() is not self.editor_area
        self.stack.setCurrentIndex(1 if nothing else 0)
        self.found.setCurrentWidget(self.table if result.answers else self.nothing)
        self.counts.setText(
            self.tr("{current} in use, {expired} expired").format(
                current=count(result.current), expired=count(result.expired)
            )
        )
        self.table.set_rows(
            (self.tr("Question"), self.tr("By"), self.tr("Good until")),
            [(one.question, _owner(one), self._until(one)) for one in result.answers],
            stretch=0,
            widths=(0, 110, 120),
            tones={(place, 2): "danger" for place, one in enumerate(result.answers) if one.expired},
        )
        place = next((place for place, one in enumerate(result.answers) if one.id == self._current), None)
        if place is not None:
            self.table.select_row(place)

    def _until(self, one: ApprovedAnswer) -> str:
        if not one.expires:
            return ""
        day = date_text(one.expires)
        return self.tr("Expired {day}").format(day=day) if one.expired else day

    def _on_row(self, place: int) -> None:
        if not 0 <= place < len(self._answers):
            return
        one = self._answers[place]
        if one.id == self._current and self.right.currentWidget() is self.editor_area and self.editor.is_changed():
            return  # the list was fetched anew while somebody types
        self._current = one.id
        self.editor.show_answer(one)
        self.right.setCurrentWidget(self.editor_area)

    # --- acting -----------------------------------------------------------------------------------------------

    def _on_save(self, request: SaveAnswer) -> None:
        self._saving.run(self._client.call(request), done=self._on_saved, failed=self._on_failed)

    def _on_saved(self, result: AnswerSaved) -> None:
        self._current = result.saved.id
        self.editor.show_answer(result.saved)
        words = self.tr("Saved. It is found at once.")
        show_toast(self, sentences(words, was_masked(result.masked)), "success")
        self.refresh()

    def _on_delete(self, one: ApprovedAnswer) -> None:
        if not confirm(
            self,
            "desk.approved.confirm",
            self.tr("Delete this approved answer?"),
            self.tr("“{question}” is no longer answered with it. This cannot be undone.").format(question=one.question),
            self.tr("Delete"),
            self.tr("Keep"),
        ):
            return
        self._saving.run(
            self._client.call(DeleteAnswer(one.id)), done=lambda _done: self._on_gone(), failed=self._on_failed
        )

    def _on_gone(self) -> None:
        self._current = None
        self.right.setCurrentWidget(self.choose)
        self.refresh()

    def _on_failed(self, error: EngineError) -> None:
        show_error(self, error)


def _owner(one: ApprovedAnswer) -> str:
    return one.owner or (one.file.replace("\\", "/").rsplit("/", 1)[-1] if one.file else "")
