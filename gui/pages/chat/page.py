"""The Chat page: puts conversations, messages, composer and source panel together and talks to the engine."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from engine.api import (
    AddCorrection,
    Answer,
    AskQuestion,
    CollectionInfo,
    Collections,
    Conversation,
    Conversations,
    DeleteConversation,
    GetConversation,
    ListCollections,
    ListConversations,
    ListModels,
    LoadSamples,
    Models,
    PassageHits,
    RateMessage,
    RenameConversation,
    SearchPassages,
)
from engine.errors import EngineError
from engine.values import Citation, Progress
from gui.bridge.client import EngineClient
from gui.bridge.latest import Latest
from gui.bridge.show_error import show_error
from gui.pages.chat.composer import Composer
from gui.pages.chat.conversation_list import ConversationList
from gui.pages.chat.header import ChatHeader
from gui.pages.chat.message_view import READABLE_WIDTH, AnswerView, QuestionView
from gui.pages.chat.source_panel import SourcePanel
from gui.pages.chat.start import NoDocuments, ReadyToAsk
from gui.pages.chat.transcript import Transcript
from gui.theme import theme
from gui.widgets.toast import show_toast

CLOSEST = 3
THREE_COLUMNS = 860  # px at font scale 1


class Page(QWidget):
    """Chat.

    Signals:
        navigate(str): open the page of that name.
    """

    navigate = Signal(str)

    def __init__(self, client: EngineClient, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("chat.page")
        self.setProperty("kind", "page")
        self.title = self.tr("Chat")
        self._client = client
        self._collections: tuple[CollectionInfo, ...] = ()
        self._conversation: int | None = None
        self._asked: tuple[str, QuestionView, AnswerView] | None = None
        self._focus_wanted = False
        self._wanted_collection = ""  # to ask once the collections are known
        self._asking, self._opening = Latest(self), Latest(self)
        self._listing_collections, self._listing = Latest(self), Latest(self)
        self._sampling, self._closest, self._skills = Latest(self), Latest(self), Latest(self)

        self.list = ConversationList()
        self.header = ChatHeader()
        self.transcript = Transcript()
        self.composer = Composer()
        self.source = SourcePanel(client)
        self.no_documents = NoDocuments()
        self.ready = ReadyToAsk()
        self._build()
        self._connect()
        self.source.hide()
        self._on_job(None)
        self._show_state()

    def refresh(self) -> None:
        """Ask the engine for the collections and the conversations anew."""
        self._listing_collections.run(
            self._client.call(ListCollections()), done=self._on_collections, failed=self._on_failed
        )
        self._list_conversations(self.list.search.text().strip())

    # --- what the person does ---------------------------------------------------------------------------------

    def new_conversation(self) -> None:
        """Start afresh; an answer under way is still finished and kept."""
        self._leave()
        self.list.set_current(None)
        self._show_state()
        self.composer.edit.setFocus()

    def open_conversation(self, conversation: int) -> None:
        """Show a stored conversation."""
        if conversation == self._conversation:
            return
        self._leave()
        self._conversation = conversation
        self.list.set_current(conversation)
        job = self._client.call(GetConversation(conversation))
        self._opening.run(job, done=self._on_conversation, failed=self._on_failed)

    def ask(self, question: str) -> None:
        """Ask in the present conversation; an answer under way is given up for it."""
        collection = self.header.collection()
        if not collection:
            return
        self._closest.drop()
        question_view = self.transcript.add_question(question)
        view = self.transcript.add_answer(question)
        view.set_stage(self.tr("Looking in {collection}…").format(collection=collection))
        self._asked = (question, question_view, view)
        self._show_state()
        self.composer.set_busy(True)
        job = self._client.call(AskQuestion(collection, question, self._conversation))
        self._asking.run(
            job,
            done=lambda answer: self._on_answer(view, question, answer),
            failed=self._on_not_asked,
            progressed=lambda progress: self._on_piece(view, progress),
            cancelled=self._on_stopped,
        )

    def stop(self) -> None:
        """Give up the answer under way."""
        self._asking.cancel()

    # --- what the engine says ---------------------------------------------------------------------------------

    def _on_collections(self, result: Collections) -> None:
        self._collections = tuple(item for item in result.collections if item.passages or item.answers)
        self.header.show_collections(self._collections)
        if self._wanted_collection:
            self.header.choose(self._wanted_collection)
            self._wanted_collection = ""
        self._show_state()

    def _list_conversations(self, query: str) -> None:
        job = self._client.call(ListConversations(query))
        self._listing.run(job, done=self._on_conversations, failed=self._on_failed)

    def _on_conversations(self, result: Conversations) -> None:
        self.list.show_conversations(result.conversations, self._conversation)
        for info in result.conversations:
            if info.id == self._conversation:
                self.header.show_conversation(info)

    def _on_conversation(self, result: Conversation) -> None:
        self.header.show_conversation(result.info)
        self.transcript.show_messages(result.messages)
        self._show_state()

    def _on_piece(self, view: AnswerView, progress: Progress) -> None:
        if progress.stage == "answer" and progress.note:
            view.set_stage("")
            view.add_piece(progress.note)

    def _on_answer(self, view: AnswerView, question: str, answer: Answer) -> None:
        self._asked = None
        self.composer.set_busy(False)
        view.show_answer(answer)
        self.transcript.scroll_to_end()
        self._conversation = answer.conversation
        self._list_conversations(self.list.search.text().strip())
        if answer.mode == "not_found" and not answer.citations:
            job = self._client.call(SearchPassages(self.header.collection(), question, CLOSEST))
            self._closest.run(job, done=lambda hits: self._on_closest(view, hits))

    def _on_closest(self, view: AnswerView, hits: PassageHits) -> None:
        view.show_closest(
            tuple(
                Citation(hit.doc, hit.page, hit.text, hit.start, hit.end, hit.document_id, hit.title)
                for hit in hits.hits
            )
        )

    def _on_stopped(self) -> None:
        self.composer.set_busy(False)
        if self._asked is not None:
            self._asked[2].show_stopped()
            self._asked = None

    def _on_not_asked(self, error: EngineError) -> None:
        """A question that failed goes back into the field, so that nothing typed is lost."""
        self.composer.set_busy(False)
        if self._asked is not None:
            question, question_view, view = self._asked
            self._asked = None
            self.transcript.remove(question_view)
            self.transcript.remove(view)
            if not self.composer.text().strip():
                self.composer.set_text(question)
        self._show_state()
        show_error(self, error)

    def _on_failed(self, error: EngineError) -> None:
        show_error(self, error)

    # --- conversations ----------------------------------------------------------------------------------------

    def _on_renamed(self, conversation: int, title: str) -> None:
        job = self._client.call(RenameConversation(conversation, title))
        job.finished.connect(lambda _done: self._list_conversations(self.list.search.text().strip()))
        job.failed.connect(self._on_failed)

    def _on_deleted(self, conversation: int) -> None:
        job = self._client.call(DeleteConversation(conversation))
        job.finished.connect(lambda _done: self._on_gone(conversation))
        job.failed.connect(self._on_failed)

    def _on_gone(self, conversation: int) -> None:
        if conversation == self._conversation:
            self.new_conversation()
        self._list_conversations(self.list.search.text().strip())

    def _on_rated(self, message: int, rating: int) -> None:
        job = self._client.call(RateMessage(message, rating))
        job.failed.connect(self._on_failed)

    # --- what a skill could learn from --------------------------------------------------------------------------

    def _on_disliked(self, view: AnswerView) -> None:
        """Offer to have the question labelled where there is a skill that could learn it."""
        job = self._client.call(ListModels())
        self._skills.run(job, done=lambda models: self._offer_labelling(view, models))

    def _offer_labelling(self, view: AnswerView, models: Models) -> None:
        if view in self.transcript.views() and view.acts.down.isChecked():
            view.acts.offer_labelling([item.name for item in models.models if item.task == "classify" and item.current])

    def _on_labelling(self, view: AnswerView, question: str, skill: str) -> None:
        job = self._client.call(AddCorrection(skill, question, None, "chat"), view)
        job.finished.connect(lambda _queue: self._on_waits(view, skill))
        job.failed.connect(self._on_failed)

    def _on_waits(self, view: AnswerView, skill: str) -> None:
        view.acts.offer_labelling(())
        show_toast(self, self.tr("The question waits to be labelled for {skill}.").format(skill=skill), "success")

    # --- kept over a change of language -------------------------------------------------------------------------

    def state(self) -> dict[str, Any]:
        """What is on show and what was typed, for a page made anew in another language."""
        draft = self.composer.text()
        if not draft.strip() and self._asked is not None:
            draft = self._asked[0]  # its answer would have been drawn on the page that goes
        return {"conversation": self._conversation, "collection": self.header.collection(), "draft": draft}

    def restore(self, state: dict[str, Any]) -> None:
        self._wanted_collection = state["collection"]
        self.composer.set_text(state["draft"])
        if state["conversation"] is not None:
            self.open_conversation(state["conversation"])

    # --- samples ----------------------------------------------------------------------------------------------

    def _load_samples(self) -> None:
        language = "zh" if QLocale().language() == QLocale.Language.Chinese else "en"
        job = self._client.call(LoadSamples(language))
        self._sampling.run(
            job,
            done=lambda _loaded: self.refresh(),
            failed=self._on_samples_failed,
            cancelled=self.refresh,
        )

    def _on_samples_failed(self, error: EngineError) -> None:
        self.refresh()
        show_error(self, error)

    def _on_job(self, _job: object) -> None:
        """The samples may be on their way by whoever's wish: the window of a demo asks for them itself."""
        loading = any(isinstance(job.request, LoadSamples) for job in self._client.long_jobs())
        self.no_documents.set_busy(loading)

    # --- frame ------------------------------------------------------------------------------------------------

    def _leave(self) -> None:
        """Turn away from the present conversation: nothing that still comes for it is drawn."""
        self._asking.drop(stop=False)
        self._opening.drop()
        self._closest.drop()
        self._asked = None
        self._conversation = None
        self.composer.set_busy(False)
        self.header.show_conversation(None)
        self.transcript.clear()
        self.source.hide()
        self._fit()

    def _show_source(self, citation: Citation) -> None:
        opening = self.source.isHidden()
        self.source.show()
        self._fit()
        if opening:
            self._share_room()
        self.source.open(citation)

    def _share_room(self) -> None:
        """Give the opened source two fifths of what the conversation had."""
        left, middle, _source = self.splitter.sizes()
        source = max(320, round(middle * 0.42))
        self.splitter.setSizes([left, middle - source, source])

    def _show_state(self) -> None:
        collection = self.header.collection()
        info = next((item for item in self._collections if item.name == collection), None)
        self.composer.set_place(collection)
        if info is None and self._conversation is None and not self.transcript.views():
            self.stack.setCurrentWidget(self.no_documents)
        elif not self.transcript.views():
            self.ready.show_collection(info)
            self.stack.setCurrentWidget(self.ready)
        else:
            self.stack.setCurrentWidget(self.transcript)
        self.header.setVisible(info is not None or self._conversation is not None)
        self.composer.setVisible(self.header.isVisibleTo(self))
        self._take_focus()

    def _build(self) -> None:
        self.stack = QStackedWidget()
        for part in (self.no_documents, self.ready, self.transcript):
            self.stack.addWidget(part)
        holder = QWidget()
        holder.setMaximumWidth(READABLE_WIDTH)
        inside = QVBoxLayout(holder)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.composer)
        below = QHBoxLayout()
        below.setContentsMargins(24, 0, 24, 16)
        below.addStretch(0)
        below.addWidget(holder, 100)
        below.addStretch(0)
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.stack, 1)
        column.addLayout(below)

        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setObjectName("chat.splitter")
        self.splitter.setChildrenCollapsible(False)
        for panel, stretch in ((self.list, 0), (middle, 1), (self.source, 0)):
            self.splitter.addWidget(panel)
            self.splitter.setStretchFactor(self.splitter.count() - 1, stretch)
        middle.setMinimumWidth(320)
        self.source.setMinimumWidth(280)

        self.splitter.setSizes([248, 700, 360])
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.splitter)

    def _connect(self) -> None:
        self.list.new_requested.connect(self.new_conversation)
        self.list.opened.connect(self.open_conversation)
        self.list.query_changed.connect(self._list_conversations)
        self.list.renamed.connect(self._on_renamed)
        self.list.deleted.connect(self._on_deleted)
        self.header.rename_requested.connect(self.list.rename)
        self.header.delete_requested.connect(self.list.delete)
        self.header.collection_chosen.connect(self._on_collection_chosen)
        self.composer.asked.connect(self.ask)
        self.composer.stop_requested.connect(self.stop)
        self.transcript.source_opened.connect(self._show_source)
        self.transcript.rated.connect(self._on_rated)
        self.transcript.again_requested.connect(self.ask)
        self.transcript.disliked.connect(self._on_disliked)
        self.transcript.labelling_requested.connect(self._on_labelling)
        self.transcript.copied.connect(lambda words: show_toast(self, words, "success"))
        self.source.closed.connect(self._on_source_closed)
        self.no_documents.add_requested.connect(lambda: self.navigate.emit("library"))
        self.no_documents.samples_requested.connect(self._load_samples)
        self._client.job_started.connect(self._on_job)
        self._client.job_ended.connect(self._on_job)
        shortcut = QShortcut(QKeySequence("Ctrl+N"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.new_conversation)

    def showEvent(self, event: QShowEvent) -> None:
        """Whoever comes here wants to type."""
        super().showEvent(event)
        self._focus_wanted = True
        self._take_focus()

    def _take_focus(self) -> None:
        """The field takes the focus as soon as there is something to ask; later it is not taken from elsewhere."""
        if self._focus_wanted and self.composer.isVisible():
            self._focus_wanted = False
            self.composer.edit.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Where three columns do not fit, the list makes room for the source."""
        self.list.setVisible(self.source.isHidden() or self.width() >= theme().px(THREE_COLUMNS))

    def _on_source_closed(self) -> None:
        self.source.hide()
        self._fit()
        self.composer.edit.setFocus()

    def _on_collection_chosen(self, _collection: str) -> None:
        """A conversation belongs to one collection: another one starts a new conversation."""
        self.new_conversation()
