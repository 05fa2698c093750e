"""The queue: what waits at the left, the conversation in the middle, the answer below it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from engine.api import (
    AnswerHandoff,
    DismissHandoff,
    FeedbackTaken,
    FeedbackToDataset,
    GetHandoff,
    Handoff,
    HandoffDone,
    Handoffs,
    HandoffShown,
    ListHandoffs,
)
from engine.errors import EngineError
from gui.bridge.client import EngineClient
from gui.bridge.latest import Latest
from gui.bridge.show_error import show_error
from gui.pages.desk.answer_form import AnswerForm
from gui.pages.desk.dismiss_dialog import DismissDialog
from gui.pages.desk.queue_list import QueueList
from gui.pages.desk.talk_view import TalkView
from gui.pages.library.name_dialog import ask_name
from gui.text.desk import handoff_reason, handoff_state, handoff_tone, was_masked
from gui.text.errors import reason
from gui.text.moments import short_moment
from gui.text.sentences import sentences
from gui.widgets.buttons import Button
from gui.widgets.chip import Chip
from gui.widgets.elided import ElidedLabel
from gui.widgets.empty_state import EmptyState
from gui.widgets.fitting import Fitting
from gui.widgets.layout import holder, row
from gui.widgets.text import Text
from gui.widgets.toast import show_toast

PAGE = 200
"""Questions listed at first; each “Show more” doubles them."""
MOST_LISTED = 10_000
"""As many as the engine lists at once."""


class QueueTab(QWidget):
    """Signals:
    conversation_requested(int): show the whole conversation on the Chat page.
    counted(int): so many questions wait.
    """

    conversation_requested = Signal(int)
    counted = Signal(int)

    def __init__(self, client: EngineClient) -> None:
        super().__init__()
        self.setObjectName("desk.queue")
        self._client = client
        self._item: Handoff | None = None
        self._wanted: int | None = None
        self._most = PAGE
        self._typed = ""  # before the language was changed
        self._listing, self._opening, self._sending = Latest(self), Latest(self), Latest(self)
        self._learning = Latest(self)
        self.list = QueueList()
        self.list.chosen.connect(self.open_item)
        self.list.learn_requested.connect(self._on_learn)
        self.list.opened.connect(lambda _item: self._to_form())
        self.list.state_changed.connect(lambda _state: self._on_state())
        self.list.reason_changed.connect(lambda _reason: self._on_reason())
        self.list.more_requested.connect(self._on_more)
        self.empty = EmptyState(
            "check",
            self.tr("Nothing waits for a person"),
            self.tr(
                "Questions come here that were not answered, were rated wrong, or that a rule or a person sends here."
            ),
            name="desk.nothing",
        )
        self.nothing_chosen = EmptyState(
            "list",
            self.tr("Choose a question"),
            self.tr("The conversation is shown here. Up and Down move through the list, Enter goes to the answer."),
            name="desk.nothing_chosen",
        )
        self.right = QStackedWidget()
        self.right.addWidget(self.nothing_chosen)
        self.right.addWidget(self._make_item())
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setObjectName("desk.splitter")
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(self.list)
        self.split.addWidget(self.right)
        self.split.setStretchFactor(1, 1)
        self.split.setSizes([300, 700])
        self.stack = QStackedWidget()
        self.stack.addWidget(self.split)
        self.stack.addWidget(self.empty)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.stack)
        for keys, step in (("Ctrl+Down", 1), ("Ctrl+Up", -1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda step=step: self._step(step))

    def _make_item(self) -> QWidget:
        self.title = ElidedLabel("", "h3")
        self.title.setObjectName("desk.item_title")
        self.why = Chip("")
        self.why.setObjectName("desk.item_reason")
        self.when = ElidedLabel("", "caption")
        self.note = Text("", "muted", wrap=True, selectable=True)
        self.note.setObjectName("desk.item_note")
        self.open_chat = Button(self.tr("Open in Chat"), "desk.open_chat", kind="ghost", icon="chat", small=True)
        self.open_chat.clicked.connect(self._on_open_chat)
        self.talk = TalkView()
        self.form = AnswerForm()
        self.form.answered.connect(self._on_answered)
        self.form.dismiss_requested.connect(self._on_dismiss)
        self.closed = Text("", "muted", wrap=True, selectable=True)
        self.closed.setObjectName("desk.item_closed")
        head = row(self.title, self.open_chat)
        head.setStretch(0, 1)
        column = QVBoxLayout()
        column.setContentsMargins(20, 4, 0, 0)
        column.setSpacing(10)
        column.addLayout(head)
        told = row(self.why, self.when)
        told.setStretch(1, 1)
        column.addLayout(told)
        column.addWidget(self.note)
        column.addWidget(self.talk, 1)
        column.addWidget(self.closed)
        self.form_area = Fitting(self.form, "desk.form_area", self.tr("Your answer"))
        column.addWidget(self.form_area)
        return holder(column)

    # --- showing ----------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        request = ListHandoffs(self.list.current_state(), limit=self._most, reason=self.list.current_reason())  # type: ignore[arg-type]
        job = self._client.call(request)
        self._listing.run(job, done=self._on_listed, failed=self._on_failed)

    def open_item(self, item: int) -> None:
        """Show one question with its conversation."""
        self._wanted = item
        job = self._client.call(GetHandoff(item))
        self._opening.run(job, done=self._on_item, failed=self._on_failed)

    def show_item(self, item: int) -> None:
        """Come here for one question, whatever its state."""
        self._wanted = item
        self.open_item(item)
        self.refresh()

    def _on_state(self) -> None:
        self._item, self._wanted = None, None
        self.right.setCurrentWidget(self.nothing_chosen)
        self._most = PAGE
        self.list.reason.setCurrentIndex(0)
        self.refresh()

    def _on_reason(self) -> None:
        self._most = PAGE
        self.refresh()

    def _on_more(self) -> None:
        self._most = min(MOST_LISTED, 2 * self._most)
        self.refresh()

    def _on_listed(self, result: Handoffs) -> None:
        self.counted.emit(result.open)
        self.list.show_counts(result.open, result.answered, result.dismissed)
        nothing_yet = not (result.open or result.answered or result.dismissed)
        self.stack.setCurrentWidget(self.empty if nothing_yet else self.split)
        self.list.show_items(result, self._wanted, most=MOST_LISTED)
        keys = self.list.keys()
        typing = self._item is not None and bool(self.form.edit.toPlainText().strip())
        if self._wanted in keys or typing:
            return
        if keys and (self._item is None or self._item.id not in keys):
            self.list.list.set_current(str(keys[0]))
            self.open_item(keys[0])
        elif not keys:
            self._item, self._wanted = None, None
            self.right.setCurrentWidget(self.nothing_chosen)

    def _on_item(self, result: HandoffShown) -> None:
        item = result.handoff
        same = self._item is not None and self._item.id == item.id and self._item.state == item.state
        self._item = item
        self.title.set_text(item.question)
        self.why.set_text(handoff_reason(item.reason), handoff_tone(item.reason))
        when = self.tr("{when} · {collection} · {title}")
        self.when.set_text(when.format(when=short_moment(item.opened), collection=item.collection, title=result.title))
        self.note.setText(reason(item.note))
        self.note.setVisible(bool(item.note))
        self.talk.show_messages(result.messages, item.message)
        waiting = item.state == "open"
        self.form_area.setVisible(waiting)
        self.closed.setVisible(not waiting)
        self.closed.setText(self._closed_text(item))
        if waiting and not same:
            self.form.show_item(item, result.intents, result.masks)
            if self._typed:
                self.form.edit.setPlainText(self._typed)
                self._typed = ""
        self.right.setCurrentIndex(1)

    def _closed_text(self, item: Handoff) -> str:
        words = self.tr("{state} by {owner}, {when}.") if item.owner else self.tr("{state}, {when}.")
        text = words.format(state=handoff_state(item.state), owner=item.owner, when=short_moment(item.closed))
        if item.answer_id is not None:
            text += " " + self.tr("The answer is kept as an approved answer.")
        return text

    def state(self) -> dict[str, Any]:
        """The item on show and what was typed, for a page made anew in another language."""
        return {
            "item": self._item.id if self._item is not None else None,
            "answer": self.form.edit.toPlainText(),
            "owner": self.form.owner.text(),
        }

    def restore(self, state: dict[str, Any]) -> None:
        self.form.owner.setText(state["owner"])
        self._typed = state["answer"]
        if state["item"] is not None:
            self.open_item(state["item"])

    # --- acting -----------------------------------------------------------------------------------------------

    def _to_form(self) -> None:
        if self.form.isVisibleTo(self):
            self.form.edit.setFocus()

    def _step(self, step: int) -> None:
        keys = self.list.keys()
        if not keys:
            return
        place = keys.index(self._item.id) + step if self._item is not None and self._item.id in keys else 0
        if 0 <= place < len(keys):
            self.list.list.set_current(str(keys[place]))
            self.open_item(keys[place])

    def _on_answered(self, request: AnswerHandoff) -> None:
        self.form.set_busy(True)
        words = self.tr("Answered, and kept as an approved answer.") if request.approve else self.tr("Answered.")
        self._sending.run(
            self._client.call(request), done=lambda done: self._on_done(done, words), failed=self._on_not_done
        )

    def _on_dismiss(self) -> None:
        if self._item is None or self._item.state != "open":
            return
        item, owner = self._item.id, self.form.owner.text().strip()
        dialog = DismissDialog(self.window())
        dialog.agreed.connect(lambda why: self._dismiss(item, why, owner))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _dismiss(self, item: int, why: str, owner: str) -> None:
        self.form.set_busy(True)
        self._sending.run(
            self._client.call(DismissHandoff(item, why, owner)),
            done=lambda done: self._on_done(done, self.tr("Dismissed.")),
            failed=self._on_not_done,
        )

    def _on_done(self, done: HandoffDone, words: str) -> None:
        """Go on to the next one; the list is fetched anew because the queue has changed."""
        show_toast(self, sentences(words, was_masked(done.masked)), "success")
        self.form.set_busy(False)
        self.form.edit.clear()
        self._wanted = self.list.after(done.handoff.id)
        self._item = None
        if self._wanted is not None:
            self.open_item(self._wanted)
        else:
            self.right.setCurrentWidget(self.nothing_chosen)
        self._to_form()
        self.refresh()

    def _on_not_done(self, error: EngineError) -> None:
        self.form.set_busy(False)
        show_error(self, error)
        if error.code == "handoff_closed":
            self.refresh()

    def _on_learn(self) -> None:
        name = ask_name(
            self,
            self.tr("Learn from the answers"),
            self.tr(
                "Questions that got an intent here, corrections from Chat, and questions whose answer was rated right "
                "become examples of a data set. A skill can be taught with it on the Teach page."
            ),
            self.tr("Data set"),
            self.tr("desk-questions"),
        )
        if name:
            self._learning.run(self._client.call(FeedbackToDataset(name)), done=self._on_learnt, failed=self._on_failed)

    def _on_learnt(self, result: FeedbackTaken) -> None:
        words = self.tr("%n example(s) are in the data set {name}.", "", result.rows)
        show_toast(self, words.format(name=result.dataset), "success")

    def _on_open_chat(self) -> None:
        if self._item is not None:
            self.conversation_requested.emit(self._item.conversation)

    def _on_failed(self, error: EngineError) -> None:
        show_error(self, error)
