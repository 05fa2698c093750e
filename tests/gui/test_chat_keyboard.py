"""The chat by keyboard alone: everything is reached with Tab, has a name for a screen reader, and acts."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from engine import api
from engine.values import Citation, Sentence
from gui.pages.chat.message_view import AnswerView
from gui.pages.chat.page import Page
from gui.pages.chat.question_view import QuestionView

EXCERPT = "Refunds arrive within five working days."
CITATION = Citation("/docs/returns.pdf", 2, EXCERPT, 0, len(EXCERPT), 7, "Returns policy")
ANSWER = api.Answer(EXCERPT, "quote", 0.91, (CITATION,), (Sentence(EXCERPT, True, 0),), 0.1, conversation=1, message=12)
INFO = api.ConversationInfo(1, "Refunds", "Shop", "2026-01-02T10:00:00Z", 2)
OTHER = api.ConversationInfo(2, "Opening hours", "Shop", "2026-01-01T10:00:00Z", 2)
NOW = "2026-01-02T10:00:00Z"
TALK = api.Conversation(
    INFO,
    (
        api.ChatMessage(11, "user", "When does my refund come?", NOW),
        api.ChatMessage(12, "assistant", EXCERPT, NOW, ANSWER),
    ),
)


@pytest.fixture
def page(client: Any, engine: Any, qtbot: Any, settle: Any) -> Page:
    engine.answers.update(
        {
            api.ListCollections: api.Collections((api.CollectionInfo("Shop", 3, 40, 12),)),
            api.ListConversations: api.Conversations((INFO, OTHER)),
            api.ListProfiles: api.Profiles(()),
            api.GetConversation: TALK,
            api.ListHandoffs: api.Handoffs((), 0, 0, 0),
            api.GetPage: api.DocumentPage("/docs/returns.pdf", "Returns policy", 2, 3, EXCERPT),
        }
    )
    page = Page(client)
    qtbot.addWidget(page)
    page.resize(1080, 760)
    page.show()
    page.activateWindow()
    page.refresh()
    settle()
    return page


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None, "the focus is nowhere"
    return found


def tab_to(page: Page, name: str, qtbot: Any, *, back: bool = False) -> QWidget:
    """Press Tab until the named widget has the focus."""
    passed = []
    for _ in range(60):
        if focused().objectName() == name:
            return focused()
        passed.append(focused().objectName())
        qtbot.keyClick(focused(), Qt.Key.Key_Backtab if back else Qt.Key.Key_Tab)
    raise AssertionError(f"{name} is not reached; passed {passed}")


def press(page: Page, name: str, qtbot: Any, settle: Any) -> None:
    qtbot.keyClick(tab_to(page, name, qtbot), Qt.Key.Key_Space)
    settle()


def opened(page: Page, settle: Any) -> AnswerView:
    page.open_conversation(1)
    settle()
    page.composer.edit.setFocus()
    view = page.transcript.views()[-1]
    assert isinstance(view, AnswerView)
    return view


def test_everything_is_reached_and_has_a_name(page: Page, qtbot: Any, settle: Any) -> None:
    opened(page, settle)
    found: dict[str, str] = {}
    for _ in range(60):
        widget = focused()
        interface = QAccessible.queryAccessibleInterface(widget)
        found[widget.objectName()] = interface.text(QAccessible.Text.Name) if interface else ""
        qtbot.keyClick(widget, Qt.Key.Key_Tab)
        if focused() is page.composer.edit:
            break
    else:
        raise AssertionError(f"Tab does not come round: {list(found)}")
    wanted = {
        "chat.question", "chat.new", "chat.search", "chat.conversations", "chat.collection",
        "chat.conversation_actions", "chat.branch", "chat.edit_question", "chat.answer_text", "chat.source.1",
        "chat.rate_up", "chat.rate_down", "chat.copy", "chat.copy_sources", "chat.ask_again", "chat.elsewhere",
        "chat.handover",
    }  # fmt: skip
    assert wanted - set(found) == set()
    assert [name for name, words in found.items() if not words.strip()] == []


def test_passing_over_the_list_opens_nothing(page: Page, engine: Any, qtbot: Any, settle: Any) -> None:
    page.new_conversation()
    settle()
    page.composer.edit.setFocus()
    tab_to(page, "chat.conversations", qtbot)
    settle()
    assert engine.of(api.GetConversation) == []
    qtbot.keyClick(focused(), Qt.Key.Key_Down)
    settle()
    assert len(engine.of(api.GetConversation)) == 1


def test_a_conversation_is_searched_and_opened(page: Page, engine: Any, qtbot: Any, settle: Any) -> None:
    page.composer.edit.setFocus()
    search = tab_to(page, "chat.search", qtbot)
    engine.answers[api.ListConversations] = api.Conversations((INFO,))
    qtbot.keyClicks(search, "refund")
    qtbot.waitUntil(lambda: engine.of(api.ListConversations)[-1].query == "refund", timeout=3000)
    settle()
    qtbot.keyClick(search, Qt.Key.Key_Down)
    assert focused() is page.list.list
    assert engine.of(api.GetConversation) == []
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    settle()
    assert engine.of(api.GetConversation) == [api.GetConversation(1)]
    assert focused() is page.composer.edit, "Enter goes on to asking"


def test_an_answer_comes_and_is_stopped(page: Page, engine: Any, qtbot: Any, settle: Any) -> None:
    for stop in ("chat.stop", ""):
        page.composer.edit.setFocus()
        qtbot.keyClicks(page.composer.edit, "When does it come?")
        qtbot.keyClick(page.composer.edit, Qt.Key.Key_Return)
        settle()
        assert page.composer.stop.isVisible()
        if stop:
            press(page, stop, qtbot, settle)
        else:
            qtbot.keyClick(page.composer.edit, Qt.Key.Key_Escape)
            settle()
        assert not page.composer.stop.isVisible()
        assert focused() is page.composer.edit


def test_it_is_asked_again_copied_and_handed_over(page: Page, engine: Any, qtbot: Any, settle: Any) -> None:
    view = opened(page, settle)
    press(page, "chat.copy_sources", qtbot, settle)
    assert "Returns policy" in QGuiApplication.clipboard().text()
    press(page, "chat.ask_again", qtbot, settle)
    assert engine.of(api.AskQuestion)[-1].question == "When does my refund come?"
    qtbot.keyClick(page.composer.edit, Qt.Key.Key_Escape)
    page.composer.edit.setFocus()
    assert view.acts.handover.isVisible()
    press(page, "chat.handover", qtbot, settle)
    dialog = page.window().findChild(QWidget, "handover")
    assert dialog is not None
    assert dialog.isVisible()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)


def test_a_question_is_edited_and_branched(page: Page, engine: Any, qtbot: Any, settle: Any) -> None:
    opened(page, settle)
    press(page, "chat.edit_question", qtbot, settle)
    assert focused() is page.composer.edit
    assert page.composer.text() == "When does my refund come?"
    qtbot.keyClick(focused(), Qt.Key.Key_Escape)
    assert page.composer.text() == ""
    engine.answers[api.BranchConversation] = api.Branched(2, 0, "When does my refund come?")
    press(page, "chat.branch", qtbot, settle)
    assert engine.of(api.BranchConversation) == [api.BranchConversation(11)]
    assert focused() is page.composer.edit, "the question waits there to be asked"


def test_a_source_is_opened_by_its_number(page: Page, engine: Any, qtbot: Any, settle: Any) -> None:
    opened(page, settle)
    press(page, "chat.source.1", qtbot, settle)
    assert engine.of(api.GetPage)[-1].document_id == 7
    assert page.source.isVisible()


def test_the_menu_of_the_conversation_exports(
    page: Page, qtbot: Any, settle: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(page, settle)
    exported: list[tuple[int, str]] = []
    page.header.export_requested.connect(lambda number, kind: exported.append((number, kind)))
    monkeypatch.setattr("gui.pages.chat.acts.ask_save_file", lambda *_: None)
    button = tab_to(page, "chat.conversation_actions", qtbot)
    menu = page.findChild(QMenu, "chat.conversation_menu")
    assert menu is not None
    texts = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert all(texts)
    qtbot.keyClick(button, Qt.Key.Key_Space)
    qtbot.waitUntil(menu.isVisible, timeout=2000)
    for _ in texts:
        qtbot.keyClick(menu, Qt.Key.Key_Down)
        if menu.activeAction().text() == "Export as Markdown…":
            break
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    settle()
    assert exported == [(1, "md")]


def test_questions_have_names(page: Page, settle: Any) -> None:
    opened(page, settle)
    view = page.transcript.views()[0]
    assert isinstance(view, QuestionView)
    for button in (view.edit, view.branch):
        assert button.accessibleName()
