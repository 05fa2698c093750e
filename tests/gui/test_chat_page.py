"""The Chat page against an engine that answers as told: sources, stopping, and nothing stale."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from engine import api
from engine.errors import UnknownName
from engine.values import Citation, Progress, Sentence
from gui.pages.chat.answer_html import answer_html
from gui.pages.chat.handover_dialog import HandOverDialog
from gui.pages.chat.message_view import AnswerView
from gui.pages.chat.offsets import document_position, excerpt_span
from gui.pages.chat.page import Page
from gui.pages.chat.person_view import PersonView
from gui.pages.chat.question_view import QuestionView
from gui.text.moments import date_text
from gui.widgets.chip import Chip

EXCERPT = "Refunds arrive within five working days."
PAGE = f"Returns 😀 𠮷\r\n\r\nKeep the box.\r\n{EXCERPT}\nMade to measure items stay."
START = PAGE.index(EXCERPT)
CITATION = Citation("/docs/returns.pdf", 2, EXCERPT, START, START + len(EXCERPT), 7, "Returns policy")


def answer(text: str = EXCERPT, mode: Any = "quote", **more: Any) -> api.Answer:
    values: dict[str, Any] = {
        "confidence": 0.91,
        "citations": (CITATION,),
        "sentences": (Sentence(EXCERPT, True, 0),),
        "seconds": 0.1,
        "conversation": 5,
        "message": 50,
    }
    return api.Answer(answer=text, mode=mode, **(values | more))


@pytest.fixture
def page(client: Any, engine: Any, qtbot: Any, settle: Any) -> Page:
    """A page with one collection and two conversations; questions stay open until the test answers them."""
    engine.answers[api.ListCollections] = api.Collections((api.CollectionInfo("Shop", 3, 40, 12),))
    engine.answers[api.ListConversations] = api.Conversations(
        (
            api.ConversationInfo(1, "Refunds", "Shop", "2026-01-02T10:00:00Z", 2),
            api.ConversationInfo(2, "Opening hours", "Shop", "2026-01-01T10:00:00Z", 2),
        )
    )
    engine.answers[api.ListProfiles] = api.Profiles(())
    engine.answers[api.GetPage] = lambda request: api.DocumentPage(
        "/docs/returns.pdf", "Returns policy", request.page, 3, PAGE if request.page == 2 else "Another page."
    )
    page = Page(client)
    qtbot.addWidget(page)
    page.resize(1080, 760)
    page.show()
    page.refresh()
    settle()
    return page


def ask(page: Page, qtbot: Any, settle: Any, question: str) -> AnswerView:
    page.composer.edit.setPlainText(question)
    qtbot.keyClick(page.composer.edit, Qt.Key.Key_Return)
    settle()
    view = page.transcript.views()[-1]
    assert isinstance(view, AnswerView)
    return view


def test_enter_asks_and_shift_enter_starts_a_new_line(page: Page, engine: Any, qtbot: Any, settle: Any) -> None:
    edit = page.composer.edit
    qtbot.keyClicks(edit, "How long")
    qtbot.keyClick(edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClicks(edit, "does it take?")
    assert engine.of(api.AskQuestion) == []
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    settle()
    assert engine.of(api.AskQuestion) == [api.AskQuestion("Shop", "How long\ndoes it take?", None)]
    assert edit.toPlainText() == ""


def test_a_citation_opens_its_page_and_marks_exactly_the_excerpt(
    page: Page, engine: Any, qtbot: Any, settle: Any
) -> None:
    view = ask(page, qtbot, settle, "How long does a refund take?")
    engine.finish(api.AskQuestion, answer())
    settle()
    assert page.source.isHidden()
    view.sources.buttons[0].click()
    settle()
    assert engine.of(api.GetPage) == [api.GetPage(7, 2)]
    assert page.source.isVisible()
    assert page.source.highlighted() == EXCERPT
    assert page.source.text.cursorRect().intersects(page.source.text.viewport().rect())


def test_the_number_in_the_text_opens_the_same_place(page: Page, engine: Any, qtbot: Any, settle: Any) -> None:
    view = ask(page, qtbot, settle, "How long?")
    engine.finish(api.AskQuestion, answer())
    settle()
    assert 'href="cite:0"' in view.text.text()
    view.text.linkActivated.emit("cite:0")
    settle()
    assert page.source.highlighted() == EXCERPT


def test_sentences_in_a_row_from_one_place_bear_one_number() -> None:
    other = Citation("/docs/faq.csv", None, "Yes.", 0, 4, 8, "Questions")
    sentences = (Sentence("A <b>one.", True, 0), Sentence("Two.", True, 0), Sentence("Three.", True, 1))
    shown = answer_html(answer("A <b>one. Two. Three.", sentences=sentences, citations=(CITATION, other)), "#000000")
    assert shown.count("cite:0") == 1
    assert shown.count("cite:1") == 1
    assert shown.startswith("A &lt;b&gt;one. Two.&nbsp;<a")


def test_turning_the_page_takes_the_mark_away_and_back_brings_it_again(
    page: Page, engine: Any, qtbot: Any, settle: Any
) -> None:
    page._show_source(CITATION)
    settle()
    page.source.next.click()
    settle()
    assert page.source.place.text() == "Page 3 of 3"
    assert page.source.highlighted() == ""
    assert not page.source.next.isEnabled()
    page.source.back.click()
    settle()
    assert page.source.highlighted() == EXCERPT


def test_a_changed_document_says_that_the_words_are_gone(page: Page, engine: Any, settle: Any) -> None:
    engine.answers[api.GetPage] = api.DocumentPage("/docs/returns.pdf", "Returns policy", 2, 3, "New text.")
    page._show_source(CITATION)
    settle()
    assert page.source.highlighted() == ""
    assert page.source.note.isVisible()


def test_the_answer_appears_as_it_comes(page: Page, engine: Any, qtbot: Any, settle: Any) -> None:
    view = ask(page, qtbot, settle, "How long?")
    assert page.composer.stop.isVisible()
    engine.progress(api.AskQuestion, Progress(1, 2, "answer", note="First sentence."))
    settle()
    assert view.text.text() == "First sentence."
    engine.progress(api.AskQuestion, Progress(2, 2, "answer", note="<b>Second</b>."))
    settle()
    assert view.text.text() == "First sentence. &lt;b&gt;Second&lt;/b&gt;."
    engine.finish(api.AskQuestion, answer())
    settle()
    assert EXCERPT in view.text.text()
    assert "First sentence" not in view.text.text()
    assert page.composer.stop.isHidden()


def test_stop_cancels_and_keeps_what_had_come(page: Page, engine: Any, qtbot: Any, settle: Any) -> None:
    view = ask(page, qtbot, settle, "How long?")
    engine.progress(api.AskQuestion, Progress(1, 2, "answer", note="First sentence."))
    settle()
    page.composer.stop.click()
    settle()
    assert len(engine.cancelled) == 1
    assert view.text.text() == "First sentence."
    assert "Stopped" in view.stage.text()
    assert page.composer.send.isVisible()


def test_a_late_answer_is_not_drawn_into_another_conversation(page: Page, engine: Any, qtbot: Any, settle: Any) -> None:
    ask(page, qtbot, settle, "How long?")
    engine.answers[api.GetConversation] = api.Conversation(
        api.ConversationInfo(2, "Opening hours", "Shop", "2026-01-01T10:00:00Z", 2),
        (api.ChatMessage(1, "user", "When are you open?", "2026-01-01T10:00:00Z"),),
    )
    page.open_conversation(2)
    settle()
    engine.finish(api.AskQuestion, answer())
    settle()
    assert [view.text for view in page.transcript.views()] == ["When are you open?"]
    assert page._conversation == 2
    assert not page.composer.stop.isVisible()


@pytest.mark.parametrize(
    ("mode", "words", "sure"),
    [
        ("template", "Approved answer", True),
        ("quote", "Quoted from your documents", True),
        ("not_found", "Not in your documents", False),
    ],
)
def test_the_rung_is_always_shown(
    page: Page, engine: Any, qtbot: Any, settle: Any, mode: str, words: str, sure: bool
) -> None:
    engine.answers[api.SearchPassages] = api.PassageHits((), "hybrid", 0.0)
    view = ask(page, qtbot, settle, "How long?")
    engine.finish(api.AskQuestion, answer(mode=mode))
    settle()
    assert view.rung.isVisible()
    assert view.rung.text() == words
    assert view.meter.isVisible() is sure
    if sure:
        assert view.sure.text() == "91% sure"


def test_not_found_offers_the_closest_places(page: Page, engine: Any, qtbot: Any, settle: Any) -> None:
    hit = api.PassageHit("/docs/returns.pdf", 2, START, START + len(EXCERPT), 0.1, EXCERPT, 7, "Returns policy")
    engine.answers[api.SearchPassages] = api.PassageHits((hit,), "hybrid", 0.0)
    view = ask(page, qtbot, settle, "May I bring my dog?")
    engine.finish(api.AskQuestion, answer("Nothing found.", "not_found", citations=(), sentences=()))
    settle()
    assert engine.of(api.SearchPassages) == [api.SearchPassages("Shop", "May I bring my dog?", 3)]
    assert "Closest" in view.sources.heading.text()
    view.sources.buttons[0].click()
    settle()
    assert page.source.highlighted() == EXCERPT


def test_a_failed_question_goes_back_into_the_field(page: Page, engine: Any, qtbot: Any, settle: Any) -> None:
    ask(page, qtbot, settle, "How long?")
    engine.finish(api.AskQuestion, UnknownName(what="collection", name="Shop", known="none"))
    settle()
    assert page.composer.text() == "How long?"
    assert page.transcript.views() == []
    dialog = page.window().findChild(object, "error")
    assert dialog is not None
    dialog.close()


def test_rating_is_sent_and_can_be_taken_back(page: Page, engine: Any, qtbot: Any, settle: Any) -> None:
    engine.answers[api.RateMessage] = api.Done()
    view = ask(page, qtbot, settle, "How long?")
    engine.finish(api.AskQuestion, answer())
    settle()
    view.acts.up.click()
    view.acts.down.click()
    view.acts.down.click()
    settle()
    assert engine.of(api.RateMessage) == [
        api.RateMessage(50, 1),
        api.RateMessage(50, -1),
        api.RateMessage(50, 0),
    ]
    assert not view.acts.up.isChecked()
    assert not view.acts.down.isChecked()


def test_copy_with_sources_names_document_and_page(page: Page, engine: Any, qtbot: Any, settle: Any) -> None:
    view = ask(page, qtbot, settle, "How long?")
    engine.finish(api.AskQuestion, answer())
    settle()
    view.acts.copy.click()
    assert QGuiApplication.clipboard().text() == EXCERPT
    view.acts.copy_sources.click()
    assert "[1] Returns policy, page 2" in QGuiApplication.clipboard().text()


def test_ask_again_sends_the_same_question_into_the_same_conversation(
    page: Page, engine: Any, qtbot: Any, settle: Any
) -> None:
    view = ask(page, qtbot, settle, "How long?")
    engine.finish(api.AskQuestion, answer())
    settle()
    view.acts.again.click()
    settle()
    assert engine.of(api.AskQuestion)[-1] == api.AskQuestion("Shop", "How long?", 5)


def test_ctrl_n_starts_afresh(page: Page, engine: Any, qtbot: Any, settle: Any) -> None:
    ask(page, qtbot, settle, "How long?")
    engine.finish(api.AskQuestion, answer())
    settle()
    page.window().activateWindow()
    page.composer.edit.setFocus()
    qtbot.keyClick(page.composer.edit, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert page.transcript.views() == []
    assert page.stack.currentWidget() is page.ready
    ask(page, qtbot, settle, "And now?")
    assert engine.of(api.AskQuestion)[-1].conversation is None


def test_search_rename_and_delete(
    page: Page, engine: Any, qtbot: Any, settle: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine.answers[api.RenameConversation] = api.Done()
    engine.answers[api.DeleteConversation] = api.Done()
    with qtbot.waitSignal(page.list.query_changed, timeout=2000):
        page.list.search.setText("hours")
    settle()
    assert engine.of(api.ListConversations)[-1] == api.ListConversations("hours")
    from gui.pages.chat import conversation_list

    monkeypatch.setattr(conversation_list.QInputDialog, "getText", lambda *_: ("  Times  ", True))
    page.list.list.setCurrentRow(1)
    settle()
    qtbot.keyClick(page.list.list, Qt.Key.Key_F2)
    settle()
    assert engine.of(api.RenameConversation) == [api.RenameConversation(2, "Times")]
    monkeypatch.setattr(conversation_list, "confirm", lambda *_, **__: False)
    qtbot.keyClick(page.list.list, Qt.Key.Key_Delete)
    assert engine.of(api.DeleteConversation) == []
    monkeypatch.setattr(conversation_list, "confirm", lambda *_, **__: True)
    qtbot.keyClick(page.list.list, Qt.Key.Key_Delete)
    settle()
    assert engine.of(api.DeleteConversation) == [api.DeleteConversation(2)]


def test_without_documents_it_says_what_to_do_first(client: Any, engine: Any, qtbot: Any, settle: Any) -> None:
    engine.answers[api.ListCollections] = api.Collections(())
    engine.answers[api.ListConversations] = api.Conversations(())
    engine.answers[api.ListProfiles] = api.Profiles(())
    page = Page(client)
    qtbot.addWidget(page)
    page.show()
    page.refresh()
    settle()
    assert page.stack.currentWidget() is page.no_documents
    with qtbot.waitSignal(page.navigate) as heard:
        page.no_documents.state.button.click()
    assert heard.args == ["library"]
    page.no_documents.state.second_button.click()
    settle()
    assert page.no_documents.state.button.isHidden(), "while the samples come there is nothing to choose"
    client.long_jobs()[0].cancel()
    settle()
    stopped = [type(engine.requests[number - 1]) for number in engine.cancelled]
    assert stopped.count(api.LoadSamples) == 1
    assert page.no_documents.state.button.isVisible()


def test_positions_count_what_qt_counts() -> None:
    text = "a😀b\r\nc"
    # a, the two units of the emoji, b, one line end, c
    assert [document_position(text, offset) for offset in range(len(text) + 1)] == [0, 1, 3, 4, 5, 5, 6]


def test_an_excerpt_that_moved_is_found_again() -> None:
    assert excerpt_span("xx needle yy", 0, 6, "needle") == (3, 9)
    assert excerpt_span("xx needle yy", 3, 9, "needle") == (3, 9)
    assert excerpt_span("nothing here", 3, 9, "needle") is None


SKILLS = api.Models(
    (
        api.ModelInfo("Topics", "classify", 2, 1, False, True),
        api.ModelInfo("Topics", "classify", 1, 1, False, True, False),
        api.ModelInfo("Tone", "classify", 1, 1, False, True),
        api.ModelInfo("Taste", "recommend", 1, 1, False, True),
    )
)


def disliked(page: Page, engine: Any, qtbot: Any, settle: Any) -> AnswerView:
    view = ask(page, qtbot, settle, "Can I pay by card?")
    engine.finish(api.AskQuestion, answer())
    settle()
    view.acts.down.click()
    settle()
    return view


def test_the_question_of_a_wrong_answer_can_wait_for_a_label(page: Page, engine: Any, qtbot: Any, settle: Any) -> None:
    engine.answers[api.ListModels] = SKILLS
    engine.answers[api.RateMessage] = api.Done()
    engine.answers[api.AddCorrection] = api.LabellingQueue((), 1, 0)
    view = disliked(page, engine, qtbot, settle)
    assert view.acts.label.isVisible()
    view.acts.label.click()
    assert [action.text() for action in view.acts._menu.actions()] == ["&1   Topics", "&2   Tone"]
    qtbot.keyClick(view.acts._menu, Qt.Key.Key_2)
    settle()
    assert engine.of(api.AddCorrection) == [api.AddCorrection("Tone", "Can I pay by card?", None, "chat")]
    assert view.acts.label.isHidden()  # once is enough


def test_taking_the_rating_back_takes_the_offer_back(page: Page, engine: Any, qtbot: Any, settle: Any) -> None:
    engine.answers[api.ListModels] = SKILLS
    engine.answers[api.RateMessage] = api.Done()
    view = disliked(page, engine, qtbot, settle)
    view.acts.down.click()
    settle()
    assert view.acts.label.isHidden()


def test_without_a_skill_nothing_is_offered(page: Page, engine: Any, qtbot: Any, settle: Any) -> None:
    engine.answers[api.ListModels] = api.Models(SKILLS.models[3:])
    engine.answers[api.RateMessage] = api.Done()
    view = disliked(page, engine, qtbot, settle)
    assert view.acts.label.isHidden()


# --- the desk: what was understood, other words, branches, people ---------------------------------------------------


STATE = api.DeskState("Shop desk", "cancel", {"order_number": "4711"})
PROFILE = api.Profile("Shop desk", "Shop", greeting="Welcome!")


def two_turns() -> api.Conversation:
    """A stored conversation: a question back, an answer with a slot, and a person's words."""
    asked = answer("Which order?", "template", asks="order_number", intent="cancel", citations=(), sentences=())
    done = answer(
        "Order 4711 is cancelled.", "template", intent="cancel", slots={"order_number": "4711"}, citations=(),
        sentences=(), desk=STATE, reason="The customer asked for a person.", notice="No advice of a lawyer.", handoff=9,
    )  # fmt: skip
    return api.Conversation(
        api.ConversationInfo(1, "Cancel", "Shop", "2026-01-02T10:00:00Z", 5),
        (
            api.ChatMessage(10, "user", "Cancel my order", "2026-01-02T10:00:00Z"),
            api.ChatMessage(11, "assistant", asked.answer, "2026-01-02T10:00:00Z", asked),
            api.ChatMessage(12, "user", "It is 4711", "2026-01-02T10:00:00Z"),
            api.ChatMessage(13, "assistant", done.answer, "2026-01-02T10:00:00Z", done),
            api.ChatMessage(14, "person", "I saw to it myself.", "2026-01-02T10:00:00Z", author="Maria"),
        ),
    )


@pytest.fixture
def talk(page: Page, engine: Any, settle: Any) -> Page:
    """The stored conversation is open, and there is an agent."""
    engine.answers[api.ListProfiles] = api.Profiles((PROFILE,))
    engine.answers[api.GetConversation] = two_turns()
    page.refresh()
    page.open_conversation(1)
    settle()
    return page


def test_what_was_understood_and_why_is_in_view(talk: Page, settle: Any) -> None:
    _, asked, _, done, person = talk.transcript.views()
    assert isinstance(asked, AnswerView)
    assert isinstance(done, AnswerView)
    assert isinstance(person, PersonView)
    assert asked.rung.text() == "Asked back"
    assert not asked.meter.isVisibleTo(talk)
    assert [chip.text() for chip in asked.understood.chips] == ["Intent: cancel", "Asks for: order number"]
    assert done.rung.text() == "Approved answer"
    assert done.why.text() == "The customer asked for a person."
    assert [chip.text() for chip in done.understood.chips] == ["Intent: cancel", "order number: 4711"]
    assert done.notice.label.text() == "No advice of a lawyer."
    assert person.chip.text() == "Answered by Maria"
    assert person.text.text() == "I saw to it myself."


def test_an_item_of_the_desk_is_one_click_away(talk: Page, qtbot: Any) -> None:
    done = talk.transcript.views()[3]
    assert isinstance(done, AnswerView)
    assert done.acts.handover.isHidden()
    with qtbot.waitSignal(talk.navigate_to) as heard:
        done.waits.button.click()
    assert heard.args == ["desk", "9"]


def test_the_agent_of_a_conversation_goes_on_with_it(talk: Page, engine: Any, qtbot: Any, settle: Any) -> None:
    assert talk.header.profile() == "Shop desk"
    assert talk.header.collection() == "Shop"
    ask(talk, qtbot, settle, "Thanks")
    assert engine.of(api.AskQuestion) == [api.AskQuestion("Shop", "Thanks", 1, profile="Shop desk")]


def test_an_agent_greets(talk: Page, settle: Any) -> None:
    talk.new_conversation()
    assert talk.ready.heading.text() == "Welcome!"
    talk.header.choose("Shop")
    talk._show_state()
    assert talk.ready.heading.text() == "What do you want to know?"


def test_a_question_in_other_words_goes_into_a_branch(talk: Page, engine: Any, qtbot: Any, settle: Any) -> None:
    view = talk.transcript.views()[2]
    assert isinstance(view, QuestionView)
    view.edit.click()
    assert talk.composer.text() == "It is 4711"
    assert talk.composer.editing.isVisible()
    engine.answers[api.BranchConversation] = api.Branched(7, 2, "It is 4711")
    whole = two_turns()
    branch = api.Conversation(
        api.ConversationInfo(7, "Cancel (2)", "Shop", "2026-01-02T10:00:00Z", 2), whole.messages[:2]
    )
    engine.answers[api.GetConversation] = branch
    talk.composer.set_text("It is 4712")
    qtbot.keyClick(talk.composer.edit, Qt.Key.Key_Return)
    settle()
    assert engine.of(api.BranchConversation) == [api.BranchConversation(12)]
    assert engine.of(api.AskQuestion) == [api.AskQuestion("Shop", "It is 4712", 7, profile="Shop desk")]
    assert len(talk.transcript.views()) == 4
    assert not talk.composer.editing.isVisible()


def test_escape_leaves_the_question_as_it_was(talk: Page, engine: Any, qtbot: Any, settle: Any) -> None:
    view = talk.transcript.views()[0]
    assert isinstance(view, QuestionView)
    view.edit.click()
    qtbot.keyClick(talk.composer.edit, Qt.Key.Key_Escape)
    assert talk.composer.text() == ""
    ask(talk, qtbot, settle, "Thanks")
    assert engine.of(api.BranchConversation) == []


def test_a_branch_leaves_the_question_to_the_person(talk: Page, engine: Any, settle: Any) -> None:
    engine.answers[api.BranchConversation] = api.Branched(7, 2, "It is 4711")
    view = talk.transcript.views()[2]
    assert isinstance(view, QuestionView)
    view.branch.click()
    settle()
    assert talk._conversation == 7
    assert talk.composer.text() == "It is 4711"
    assert engine.of(api.AskQuestion) == []


def test_a_question_asked_just_now_is_found_by_its_answer(page: Page, engine: Any, qtbot: Any, settle: Any) -> None:
    ask(page, qtbot, settle, "It is 4711")
    engine.finish(api.AskQuestion, answer(message=13, conversation=1))
    settle()
    engine.answers[api.GetConversation] = two_turns()
    engine.answers[api.BranchConversation] = api.Branched(7, 2, "It is 4711")
    view = page.transcript.views()[0]
    assert isinstance(view, QuestionView)
    view.branch.click()
    settle()
    assert engine.of(api.BranchConversation) == [api.BranchConversation(12)]


def test_another_source_is_asked_for_below_the_answer(page: Page, engine: Any, qtbot: Any, settle: Any) -> None:
    view = ask(page, qtbot, settle, "How long?")
    engine.finish(api.AskQuestion, answer())
    settle()
    view.acts.elsewhere.click()
    settle()
    assert engine.of(api.AskQuestion)[-1] == api.AskQuestion("Shop", "How long?", 5, instead_of=50)
    assert [type(one) for one in page.transcript.views()] == [QuestionView, AnswerView, AnswerView]
    engine.finish(api.AskQuestion, answer("Three days.", message=51))
    settle()
    view.acts.elsewhere.click()  # of the first answer: it is no longer the last thing that was said
    settle()
    assert [type(one) for one in page.transcript.views()][2:] == [AnswerView, QuestionView, AnswerView]


def test_handing_over_takes_a_note_along(page: Page, engine: Any, qtbot: Any, settle: Any) -> None:
    view = ask(page, qtbot, settle, "How long?")
    engine.finish(api.AskQuestion, answer())
    settle()
    item = api.Handoff(3, 5, 50, "Shop", "How long?", "person", "open", "2026-01-02T10:00:00Z")
    engine.answers[api.HandOver] = api.HandoffDone(item, 1)
    view.acts.handover.click()
    dialog = page.window().findChild(HandOverDialog, "handover")
    assert dialog is not None
    dialog.note.setPlainText("  The old catalogue. ")
    dialog.accept()
    settle()
    assert engine.of(api.HandOver) == [api.HandOver(50, "The old catalogue.")]
    assert view.waits.isVisible()
    assert view.acts.handover.isHidden()


def test_offered_replies_are_sent_and_go_with_the_next_message(
    page: Page, engine: Any, qtbot: Any, settle: Any
) -> None:
    view = ask(page, qtbot, settle, "Change it")
    text = "Which of these do you mean?\n1. change the address\n2. change the day"
    engine.finish(api.AskQuestion, answer(text, "template", asks="choice", citations=(), sentences=()))
    settle()
    assert [button.text() for button in view.replies.buttons] == ["change the address", "change the day"]
    view.replies.buttons[1].click()
    settle()
    assert engine.of(api.AskQuestion)[-1].question == "change the day"
    assert view.replies.isHidden()


def test_sources_that_disagree_are_shown_as_such(page: Page, engine: Any, qtbot: Any, settle: Any) -> None:
    view = ask(page, qtbot, settle, "How long?")
    older = Citation("/docs/terms.md", None, "Ten days.", 0, 9, 8, "Terms", "2020-05-01")
    engine.finish(api.AskQuestion, answer(because="contradiction", citations=(CITATION, older)))
    settle()
    assert view.disagree.isVisible()
    assert [chip.text() for chip in view.sources.findChildren(Chip)] == [date_text("2020-05-01")]
    view.sources.buttons[0].click()
    settle()
    assert [button.isChecked() for button in page.source.number_buttons] == [True, False]
    page.source.number_buttons[1].click()
    settle()
    assert engine.of(api.GetPage)[-1] == api.GetPage(8, 1)


def test_a_page_is_shown_as_it_is_printed(page: Page, engine: Any, qtbot: Any, settle: Any) -> None:
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice
    from PySide6.QtGui import QImage

    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image = QImage(60, 80, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFF)
    image.save(buffer, "PNG")
    engine.answers[api.GetPageImage] = api.PageImage(bytes(data.data()), 60, 80, ((0.1, 0.5, 0.6, 0.55),))
    page._show_source(CITATION)
    settle()
    asked = engine.of(api.GetPageImage)[-1]
    assert (asked.document_id, asked.page, asked.start, asked.end) == (7, 2, START, START + len(EXCERPT))
    assert page.source.views.currentWidget() is page.source.picture
    mark = page.source.picture.sheet.marks()[0]
    assert abs(mark.center().y() / page.source.picture.sheet.height() - 0.525) < 0.01
    page.source.kind.button("text").click()
    assert page.source.highlighted() == EXCERPT
    page.source.next.click()
    settle()
    assert page.source.views.currentWidget() is page.source.text, "whoever wants the text keeps it"


def test_without_a_picture_the_text_is_shown_and_why(page: Page, engine: Any, settle: Any) -> None:
    why = "The file /docs/returns.pdf is no longer there; only its text was kept."
    engine.answers[api.GetPageImage] = api.PageImage(b"", 0, 0, reason=why)
    page._show_source(CITATION)
    settle()
    assert page.source.views.currentWidget() is page.source.text
    assert page.source.note.text() == why
    assert page.source.highlighted() == EXCERPT


def test_a_conversation_is_exported_and_copied(
    talk: Page, engine: Any, settle: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from gui.pages.chat import acts

    monkeypatch.setattr(acts, "ask_save_file", lambda *_: tmp_path / "talk")
    engine.answers[api.ExportConversation] = api.Exported(str(tmp_path / "talk.pdf"), 1)
    engine.answers[api.CopyConversation] = api.Transcript("Words [1]", "Words")
    talk.header.export_requested.emit(1, "pdf")
    talk.header.copy_requested.emit(1)
    settle()
    assert engine.of(api.ExportConversation) == [api.ExportConversation(1, str(tmp_path / "talk.pdf"), "pdf")]
    assert QGuiApplication.clipboard().text() == "Words [1]"


def test_what_a_person_answered_meanwhile_appears(talk: Page, engine: Any, settle: Any) -> None:
    whole = two_turns()
    late = api.ChatMessage(15, "person", "And the refund is on its way.", "2026-01-02T11:00:00Z", author="Maria")
    engine.answers[api.GetConversation] = api.Conversation(whole.info, (*whole.messages, late))
    engine.answers[api.ListConversations] = api.Conversations(
        (api.ConversationInfo(1, "Cancel", "Shop", "2026-01-02T11:00:00Z", 6),)
    )
    talk.refresh()
    settle()
    last = talk.transcript.views()[-1]
    assert isinstance(last, PersonView)
    assert last.message == late


def test_a_person_s_approved_answer_has_no_page_to_open(page: Page, engine: Any, qtbot: Any, settle: Any) -> None:
    view = ask(page, qtbot, settle, "How long?")
    written = Citation("", None, "Three days.", 0, 11, 0, "Maria")
    said = (Sentence("Three days.", True, 0),)
    engine.finish(api.AskQuestion, answer("Three days.", "template", citations=(written,), sentences=said))
    settle()
    assert view.sources.buttons == []
    assert view.sources.isVisible()
    assert "cite:" not in view.text.text()


def test_what_still_waits_is_told_when_a_conversation_is_opened(page: Page, engine: Any, settle: Any) -> None:
    whole = two_turns()
    item = api.Handoff(9, 1, 11, "Shop", "Cancel my order", "person", "open", "2026-01-02T10:00:00Z")
    other = api.Handoff(8, 4, 13, "Shop", "Other", "person", "open", "2026-01-02T10:00:00Z")
    engine.answers[api.ListHandoffs] = api.Handoffs((item, other), 2, 0, 0)
    engine.answers[api.GetConversation] = whole
    page.open_conversation(1)
    settle()
    assert engine.of(api.ListHandoffs)[-1].conversation == 1, "a long queue of others is not in the way"
    first, second = page.transcript.views()[1], page.transcript.views()[3]
    assert isinstance(first, AnswerView)
    assert first.waits._item == 9
    assert first.acts.handover.isHidden()
    assert isinstance(second, AnswerView)
    assert second.waits._item == 9, "as its answer says, not as the item of another conversation does"
