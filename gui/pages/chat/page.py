"""The Chat page: puts conversations, messages, composer and source panel together and talks to the engine."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any, Literal

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from engine.api import (
    AddCorrection,
    Answer,
    AskQuestion,
    BranchConversation,
    Branched,
    CollectionInfo,
    Collections,
    Conversation,
    Conversations,
    DeleteConversation,
    GetConversation,
    Handoffs,
    ListCollections,
    ListConversations,
    ListHandoffs,
    ListModels,
    ListProfiles,
    LoadSamples,
    Models,
    PassageHits,
    Profile,
    Profiles,
    RateMessage,
    RenameConversation,
    SearchPassages,
)
from engine.errors import EngineError
from engine.values import Citation, Progress
from gui.bridge.client import EngineClient
from gui.bridge.generator_choice import GeneratorChoice
from gui.bridge.latest import Latest
from gui.bridge.show_error import show_error
from gui.pages.chat.acts import ConversationActs, cited
from gui.pages.chat.composer import Composer
from gui.pages.chat.conversation_list import ConversationList
from gui.pages.chat.generator_picker import GeneratorPicker
from gui.pages.chat.header import ChatHeader
from gui.pages.chat.message_view import READABLE_WIDTH, AnswerView
from gui.pages.chat.question_view import QuestionView
from gui.pages.chat.source_panel import SourcePanel
from gui.pages.chat.start import NoDocuments, ReadyToAsk
from gui.pages.chat.transcript import Transcript
from gui.pages.chat.writing import WriteButton
from gui.text.jobs import stage_text
from gui.theme import theme
from gui.widgets.toast import show_toast

CLOSEST = 3
GENERATOR_STAGES = ("check the generator", "load the generator", "read the prompt")
MOST_SEED = 1 << 31
THREE_COLUMNS = 860  # px at font scale 1


class Page(QWidget):
    """Chat.

    Signals:
        navigate(str): open the page of that name.
        navigate_to(str, str): open a page at something: the desk at an item.
    """

    navigate = Signal(str)
    navigate_to = Signal(str, str)
    topics = ("collections", "conversations", "profiles", "handoffs", "models")

    def __init__(self, client: EngineClient, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("chat.page")
        self.setProperty("kind", "page")
        self.title = self.tr("Chat")
        self._client = client
        self._collections: tuple[CollectionInfo, ...] = ()
        self._profiles: tuple[Profile, ...] = ()
        self._conversation: int | None = None
        self._shown_messages = 0  # of the conversation on show, as stored
        self._editing: int | None = None  # message that is asked in other words
        self._asked: tuple[str, QuestionView | None, AnswerView] | None = None
        self._focus_wanted = False
        self._wanted = ("", "")  # collection and agent to ask once they are known
        self._asking, self._opening = Latest(self), Latest(self)
        self._listing_collections, self._listing = Latest(self), Latest(self)
        self._sampling, self._closest, self._skills = Latest(self), Latest(self), Latest(self)
        self._branching, self._listing_profiles, self._waiting = Latest(self), Latest(self), Latest(self)
        self.acts = ConversationActs(client, self)

        self.list = ConversationList()
        self.header = ChatHeader()
        self.transcript = Transcript()
        self.composer = Composer()
        self.choice = GeneratorChoice(client, self)
        self.picker = GeneratorPicker(self.choice)
        self.write = WriteButton(client, self.choice, self)
        self.composer.add_tools(self.picker, self.write)
        self.picker.changed.connect(self.composer.fit_hint)
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
        self._listing_profiles.run(self._client.call(ListProfiles()), done=self._on_profiles, failed=self._on_failed)
        self._list_conversations(self.list.search.text().strip())
        self.choice.refresh()

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
        self._open(conversation)

    def _open(self, conversation: int) -> None:
        self._conversation = conversation
        self.list.set_current(conversation)
        job = self._client.call(GetConversation(conversation))
        self._opening.run(job, done=self._on_conversation, failed=self._on_failed)

    def ask(self, question: str, instead_of: AnswerView | None = None, *, reword: bool = False) -> None:
        """Ask in the present conversation; an answer under way is given up for it.

        Args:
            instead_of: an answer that is wanted again, from other sources.
            reword: it is wanted again in other words of the generator, from any source.
        """
        collection = self.header.collection()
        if not collection:
            return
        if self._editing is not None:
            self._ask_otherwise(self._editing, question)
            return
        self._closest.drop()
        # Asked again at the end of the conversation, the question stands there once.
        at_end = instead_of is not None and self.transcript.views()[-1] is instead_of
        question_view = None if at_end else self.transcript.add_question(question)
        view = self.transcript.add_answer(question)
        view.set_stage(self.tr("Looking in {collection}…").format(collection=collection))
        self._asked = (question, question_view, view)
        self._show_state()
        self.composer.set_busy(True)
        before = instead_of.answer.message if instead_of is not None and instead_of.answer is not None else None
        pack = self.choice.current
        if reword and not pack and instead_of is not None and instead_of.answer and instead_of.answer.phrasing:
            pack = instead_of.answer.phrasing.pack
        request = AskQuestion(
            collection, question, self._conversation, profile=self.header.profile(), instead_of=before, pack=pack,
            seed=secrets.randbelow(MOST_SEED) if reword else None, reword=reword,
        )  # fmt: skip
        job = self._client.call(request)
        self._asking.run(
            job,
            done=lambda answer: self._on_answer(view, question, answer),
            failed=self._on_not_asked,
            progressed=lambda progress: self._on_piece(view, progress),
            cancelled=self._on_stopped,
        )

    def _ask_elsewhere(self, view: AnswerView, question: str) -> None:
        if self._conversation is not None:
            self.ask(question, view)

    def _ask_in_other_words(self, view: AnswerView, question: str) -> None:
        if self._conversation is not None:
            self.ask(question, view, reword=True)

    def stop(self) -> None:
        """Give up the answer under way."""
        self._asking.cancel()

    # --- what the engine says ---------------------------------------------------------------------------------

    def _on_collections(self, result: Collections) -> None:
        self._collections = tuple(item for item in result.collections if item.passages or item.answers)
        self._show_choices()

    def _on_profiles(self, result: Profiles) -> None:
        self._profiles = result.profiles
        self._show_choices()

    def _show_choices(self) -> None:
        """Whom one may ask: collections with something in them, and agents."""
        self.header.show_collections(self._collections, self._profiles)
        if self._wanted != ("", "") and self._collections:
            self.header.choose(*self._wanted)
            if not self._wanted[1] or self._profiles:
                self._wanted = ("", "")
        self._show_state()

    def _list_conversations(self, query: str) -> None:
        job = self._client.call(ListConversations(query))
        self._listing.run(job, done=self._on_conversations, failed=self._on_failed)

    def _on_conversations(self, result: Conversations) -> None:
        self.list.show_conversations(result.conversations, self._conversation)
        for info in result.conversations:
            if info.id == self._conversation:
                self.header.show_conversation(info)
                self._look_for_news(info.messages)

    def _on_entered(self, conversation: int) -> None:
        self.open_conversation(conversation)
        self.composer.edit.setFocus()

    def _look_for_news(self, messages: int) -> None:
        """A person may have answered in the meantime."""
        busy = self._asking.running or self._opening.running or self._asked is not None
        if self._conversation is not None and messages > self._shown_messages and not busy:
            job = self._client.call(GetConversation(self._conversation))
            self._opening.run(job, done=self._on_conversation, failed=self._on_failed)

    def _on_conversation(self, result: Conversation) -> None:
        agents = [message.answer.desk.profile for message in result.messages if message.answer and message.answer.desk]
        self.header.show_conversation(result.info, agents[-1] if agents else "")
        self._shown_messages = len(result.messages)
        self.transcript.show_messages(result.messages)
        self._show_state()
        waiting = self._client.call(ListHandoffs("open", conversation=result.info.id))
        self._waiting.run(waiting, done=self._on_waiting)

    def _on_waiting(self, result: Handoffs) -> None:
        """Answers of the conversation on show that wait for a person."""
        items = {item.message: item.id for item in result.handoffs if item.conversation == self._conversation}
        for view in self.transcript.views():
            message = view.answer.message if isinstance(view, AnswerView) and view.answer is not None else None
            if isinstance(view, AnswerView) and message in items:
                view.show_waiting(items[message])

    def _on_piece(self, view: AnswerView, progress: Progress) -> None:
        if progress.stage == "answer" and progress.note:
            view.set_stage("")
            view.draft.clear()
            view.add_piece(progress.note)
        elif progress.stage == "draft":
            view.set_stage("")
            view.add_draft(progress.note)
        elif progress.stage in GENERATOR_STAGES:
            view.draft.clear()  # nothing of it could be used, and the generator begins once more
            view.set_stage(stage_text(progress.stage) + "…")

    def _on_answer(self, view: AnswerView, question: str, answer: Answer) -> None:
        asked_before = self._asked is not None and self._asked[1] is None
        self._asked = None
        self.composer.set_busy(False)
        view.show_answer(answer)
        self.transcript.scroll_to_end()
        self._conversation = answer.conversation
        self._shown_messages += 1 if asked_before else 2
        self._list_conversations(self.list.search.text().strip())
        if answer.mode == "not_found" and not answer.citations:
            job = self._client.call(SearchPassages(self.header.collection(), question, CLOSEST))
            self._closest.run(job, done=lambda hits: self._on_closest(view, hits))

    def _on_closest(self, view: AnswerView, hits: PassageHits) -> None:
        view.show_closest(tuple(cited(hit) for hit in hits.hits))

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
            if question_view is not None:
                self.transcript.remove(question_view)
            self.transcript.remove(view)
            if question_view is not None and not self.composer.text().strip():
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

    # --- asking in other words, branches ------------------------------------------------------------------------

    def _on_edit(self, view: QuestionView) -> None:
        """Put a question into the field again; what was said before it goes along when it is asked."""
        if self._conversation is None:  # its answer was stopped before anything was kept
            self.composer.set_text(view.text)
            self.composer.edit.setFocus()
            return
        self._with_number(view, lambda message: self._start_edit(message, view.text))

    def _on_branch(self, view: QuestionView) -> None:
        if self._conversation is not None:
            self._with_number(view, self._branch)

    def _with_number(self, view: QuestionView, act: Callable[[int], None]) -> None:
        """Do something with the number of a question; one that was asked just now is looked up by its answer."""
        answer = self.transcript.answer_to(view)
        if view.message is not None:
            act(view.message)
        elif self._conversation is not None and answer is not None and answer.answer is not None:
            job = self._client.call(GetConversation(self._conversation))
            told = answer.answer.message
            self._branching.run(job, done=lambda found: self._on_number(view, told, found, act), failed=self._on_failed)

    def _on_number(
        self, view: QuestionView, answer: int | None, found: Conversation, act: Callable[[int], None]
    ) -> None:
        before = [message for message in found.messages if message.role == "user" and message.id < (answer or 0)]
        if before:
            view.message = before[-1].id
            act(view.message)

    def _start_edit(self, message: int, question: str) -> None:
        self._editing = message
        self.composer.start_edit(question)

    def _end_edit(self) -> None:
        self._editing = None
        self.composer.end_edit(clear=True)
        self.composer.edit.setFocus()

    def _ask_otherwise(self, message: int, question: str) -> None:
        """A conversation of its own with everything before the question, and the question as it is now."""
        self._editing = None
        self.composer.end_edit()
        job = self._client.call(BranchConversation(message))
        self._branching.run(
            job,
            done=lambda made: self._on_branched(made, question),
            failed=lambda error: self._on_not_branched(question, error),
        )

    def _on_not_branched(self, question: str, error: EngineError) -> None:
        self.composer.set_text(question)
        show_error(self, error)

    def _branch(self, message: int) -> None:
        job = self._client.call(BranchConversation(message))
        self._branching.run(job, done=lambda made: self._on_branched(made, ""), failed=self._on_failed)

    def _on_branched(self, made: Branched, question: str) -> None:
        """Open the new conversation; then ask, or leave the old question in the field."""
        agent, collection = self.header.profile(), self.header.collection()
        self._leave()
        self._conversation = made.conversation
        self.list.set_current(made.conversation)
        job = self._client.call(GetConversation(made.conversation))

        def opened(found: Conversation) -> None:
            self._on_conversation(found)
            self.header.choose(collection, agent)
            if question:
                self.ask(question)
            else:
                self.composer.set_text(made.question)
                self.composer.edit.setFocus()
                show_toast(self, self.tr("This is a new conversation; the old one stays as it was."), "success")

        self._opening.run(job, done=opened, failed=self._on_failed)

    def _export(self, conversation: int, kind: str) -> None:
        self.acts.export(conversation, self.header.name.whole_text(), kind)

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
        return {
            "conversation": self._conversation,
            "collection": self.header.collection(),
            "profile": self.header.profile(),
            "draft": draft,
        }

    def restore(self, state: dict[str, Any]) -> None:
        self._wanted = (state["collection"], state["profile"])
        self.composer.set_text(state["draft"])
        if state["conversation"] is not None:
            self.open_conversation(state["conversation"])

    # --- samples ----------------------------------------------------------------------------------------------

    def _load_samples(self) -> None:
        job = self._client.call(LoadSamples(self._language()))
        self._sampling.run(
            job,
            done=lambda _loaded: self.refresh(),
            failed=self._on_samples_failed,
            cancelled=self.refresh,
        )

    @staticmethod
    def _language() -> Literal["en", "zh"]:
        return "zh" if QLocale().language() == QLocale.Language.Chinese else "en"

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
        self._shown_messages = 0
        self._branching.drop(stop=False)
        self._waiting.drop()
        if self._editing is not None:
            self._editing = None
            self.composer.end_edit(clear=True)
        self.composer.set_busy(False)
        self.header.show_conversation(None)
        self.transcript.clear()
        self.source.hide()
        self._fit()

    def _show_source(self, citation: Citation, sources: tuple[Citation, ...] = ()) -> None:
        opening = self.source.isHidden()
        self.source.show()
        self._fit()
        if opening:
            self._share_room()
        self.source.open(citation, sources)

    def _share_room(self) -> None:
        """Give the opened source two fifths of what the conversation had."""
        left, middle, _source = self.splitter.sizes()
        source = max(320, round(middle * 0.42))
        self.splitter.setSizes([left, middle - source, source])

    def _show_state(self) -> None:
        collection = self.header.collection()
        self.choice.set_agent(self.header.profile())
        self.write.set_place(collection, self.header.profile(), self._conversation)
        info = next((item for item in self._collections if item.name == collection), None)
        self.composer.set_place(self.header.profile() or collection)
        if info is None and self._conversation is None and not self.transcript.views():
            self.stack.setCurrentWidget(self.no_documents)
        elif not self.transcript.views():
            self.ready.show_collection(info, self.header.greeting(self._language()))
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
        self.list.entered.connect(self._on_entered)
        self.list.query_changed.connect(self._list_conversations)
        self.list.renamed.connect(self._on_renamed)
        self.list.deleted.connect(self._on_deleted)
        self.header.rename_requested.connect(self.list.rename)
        self.header.delete_requested.connect(self.list.delete)
        self.header.collection_chosen.connect(self._on_collection_chosen)
        self.header.export_requested.connect(self._export)
        self.header.copy_requested.connect(self.acts.copy)
        self.composer.asked.connect(self.ask)
        self.composer.stop_requested.connect(self.stop)
        self.composer.edit_cancelled.connect(self._end_edit)
        self.transcript.source_opened.connect(self._show_source)
        self.transcript.rated.connect(self._on_rated)
        self.transcript.again_requested.connect(lambda question: self.ask(question))
        self.transcript.replied.connect(lambda words: self.ask(words))
        self.transcript.edit_requested.connect(self._on_edit)
        self.transcript.branch_requested.connect(self._on_branch)
        self.transcript.handover_requested.connect(self.acts.hand_over)
        self.transcript.elsewhere_requested.connect(self._ask_elsewhere)
        self.transcript.reword_requested.connect(self._ask_in_other_words)
        self.picker.settings_requested.connect(lambda: self.navigate_to.emit("settings", "generators"))
        self.write.library_requested.connect(lambda: self.navigate_to.emit("library", "models"))
        self.picker.library_requested.connect(lambda: self.navigate_to.emit("library", "models"))
        self.transcript.desk_requested.connect(lambda item: self.navigate_to.emit("desk", str(item)))
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

    def open_subject(self, conversation: str) -> None:
        """Show a conversation, from another page."""
        if conversation.isdigit():
            self.open_conversation(int(conversation))

    def _on_collection_chosen(self, _collection: str) -> None:
        """A conversation belongs to one collection and agent: another one starts a new conversation."""
        self.new_conversation()
