"""The Desk page against an engine that answers as told: the queue, approved answers, figures and agents."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QWidget

from engine import api
from engine.errors import HandoffClosed, ProfileUnusable
from gui.pages.desk import profiles_tab
from gui.pages.desk.dismiss_dialog import DismissDialog
from gui.pages.desk.page import Page
from gui.pages.desk.tests_dialog import TestsDialog, summary
from gui.text.moments import date_text
from gui.theme import theme
from gui.widgets.day_chart import DayChart, Part
from gui.widgets.expiry_field import ExpiryField
from gui.widgets.rows_editor import Field, RowsEditor
from gui.widgets.toast import Toast

NOW = "2026-01-02T10:00:00Z"


def item(number: int, reason: str = "not_found", question: str = "How  long?", **more: Any) -> api.Handoff:
    return api.Handoff(number, 5, 52, "Shop", question, reason, more.pop("state", "open"), NOW, **more)


WAITING = (item(2, "safety", "I cannot go on."), item(1), item(3, "rule", "All 700 euros?", note="The rule applies."))


def waiting(request: api.ListHandoffs, items: tuple[api.Handoff, ...] = WAITING) -> api.Handoffs:
    """As the engine lists them."""
    found = [one for one in items if request.reason in ("", one.reason)]
    reasons = dict(Counter(one.reason for one in items))
    return api.Handoffs(tuple(found[: request.limit]), len(items), 0, 0, len(found), reasons)


MESSAGES = (
    api.ChatMessage(51, "user", "How  long?", NOW),
    api.ChatMessage(52, "assistant", "This is not in your documents.", NOW),
)
PROFILE = api.Profile(
    "Shop desk", "Shop", "Topics", intent_threshold=0.7,
    slots=(api.Slot("order_number", "Which order?", kind="order_number"),),
    templates=(api.Template("cancel", "Order {order_number} is cancelled."),),
    rules=(
        api.Rule("amount", ">", "500", "refund"),
        api.Rule("order_number", "missing", then="answer", text="See the mail."),
    ),
    mask=("email",), notice="legal",
)  # fmt: skip


@pytest.fixture
def page(client: Any, engine: Any, qtbot: Any, settle: Any) -> Page:
    engine.answers.update(
        {
            api.ListHandoffs: waiting,
            api.GetHandoff: lambda request: api.HandoffShown(
                next(one for one in WAITING if one.id == request.id), "Delivery", MESSAGES, ("cancel", "refund")
            ),
            api.ListCollections: api.Collections((api.CollectionInfo("Shop", 3, 40, 12),)),
            api.ListModels: api.Models(
                (
                    api.ModelInfo("Topics", "classify", 2, 1, False, True, labels=("cancel", "refund")),
                    api.ModelInfo("Names", "entities", 1, 1, False, True),
                )
            ),
            api.ListProfiles: api.Profiles((PROFILE,)),
            api.GetProfile: api.ProfileShown(PROFILE, ("There is no collection named Shop yet.",)),
        }
    )
    page = Page(client)
    qtbot.addWidget(page)
    page.resize(1080, 760)
    page.show()
    page.refresh()
    settle()
    return page


def done(number: int) -> api.HandoffDone:
    return api.HandoffDone(item(number, state="answered"), 2)


# --- the queue --------------------------------------------------------------------------------------------------


def test_people_in_need_come_first_and_the_first_is_open(page: Page) -> None:
    assert page.queue.list.keys() == [2, 1, 3]
    assert page.queue.title.whole_text() == "I cannot go on."
    assert page.queue.form.isVisible()


def test_the_list_can_be_narrowed_to_a_reason(page: Page, engine: Any, settle: Any) -> None:
    box = page.queue.list.reason
    assert box.itemText(0) == "All reasons (3)"
    box.setCurrentIndex(box.findData("rule"))
    box.activated.emit(box.currentIndex())
    settle()
    assert engine.of(api.ListHandoffs)[-1].reason == "rule"
    assert page.queue.list.keys() == [3]
    assert box.currentText() == "A rule says so (1)"
    assert box.itemText(0) == "All reasons (3)", "the other choices stay"


def test_a_long_queue_is_shown_in_parts_with_the_true_count(page: Page, engine: Any, qtbot: Any, settle: Any) -> None:
    many = tuple(item(number, question=f"Question {number}") for number in range(1, 501))
    engine.answers[api.ListHandoffs] = lambda request: waiting(request, many)
    page.refresh()
    settle()
    panel = page.queue.list
    assert len(panel.keys()) == 200
    assert panel.listed.text() == "200 of 500 are listed."
    assert panel.state.itemText(0) == "Waiting (500)"
    assert panel.reason.itemText(1) == "Not in the documents (500)"
    panel.list.set_current("150")
    panel.more.setFocus()
    qtbot.keyClick(panel.more, Qt.Key.Key_Space)
    settle()
    assert (len(panel.keys()), panel.listed.text()) == (400, "400 of 500 are listed.")
    panel.more.click()
    settle()
    assert len(panel.keys()) == 500
    assert not panel.more.isVisible()
    assert not panel.listed.isVisible()


def test_an_answer_is_kept_with_owner_and_day_and_the_next_one_comes(
    page: Page, engine: Any, qtbot: Any, settle: Any
) -> None:
    engine.answers[api.AnswerHandoff] = lambda request: done(request.id)
    page.queue.open_item(1)
    settle()
    form = page.queue.form
    assert form.question.text() == "How long?"
    assert not form.send.isEnabled()
    form.edit.setPlainText("Three days.")
    form.owner.setText("Maria")
    form.expires.choice.setCurrentIndex(form.expires.choice.findData(6))
    form.expires.choice.activated.emit(0)
    form.intent.setCurrentText("delivery")
    qtbot.keyClick(form.edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    day = QDate.currentDate().addMonths(6).toString("yyyy-MM-dd")
    assert engine.of(api.AnswerHandoff) == [api.AnswerHandoff(1, "Three days.", "Maria", day, True, "", "delivery", "")]
    assert engine.of(api.GetHandoff)[-1] == api.GetHandoff(3)
    assert form.edit.toPlainText() == ""
    assert form.owner.text() == "Maria", "who answers stays the same person"


@pytest.mark.parametrize("size", ["normal", "large", "larger"])
def test_a_last_day_needs_no_more_room_than_none(page: Page, settle: Any, size: str) -> None:
    theme().apply("light", size)
    try:
        page.resize(1032, 800)  # beside the side bar of a window of 1280 at the largest font
        page.queue.open_item(1)
        settle()
        form, area, before = page.queue.form, page.queue.form_area, page.queue.split.sizes()
        assert form.minimumSizeHint().width() <= area.viewport().width(), "nothing is cut off"
        form.expires.choice.setCurrentIndex(form.expires.choice.findData(-1))
        form.expires.choice.activated.emit(0)
        settle()
        assert form.expires.date.isVisible()
        assert page.queue.split.sizes() == before
        assert form.minimumSizeHint().width() <= area.viewport().width()
    finally:
        theme().apply("light", "normal")


def test_what_is_masked_is_said_before_and_after(page: Page, engine: Any, settle: Any) -> None:
    form = page.queue.form
    assert not form.masks.isVisible()
    engine.answers[api.GetHandoff] = api.HandoffShown(item(1), "Delivery", MESSAGES, (), ("email", "slots"))
    engine.answers[api.AnswerHandoff] = api.HandoffDone(item(1, state="answered"), 2, ("email",))
    page.queue.open_item(1)
    settle()
    assert form.masks.isVisible()
    assert form.masks.text() == "Masked before it is stored: E-mail addresses, Values of slots."
    form.edit.setPlainText("Write to anna@example.org.")
    form.send.click()
    settle()
    assert "This was masked: E-mail addresses." in page.findChild(Toast).text()


def test_an_approved_answer_that_was_masked_is_said_to_be(page: Page, engine: Any, settle: Any) -> None:
    engine.answers[api.SaveAnswer] = api.AnswerSaved(api.ApprovedAnswer(1, "Shop", "Who?", "[name]"), ("name",))
    engine.answers[api.ListAnswers] = api.ApprovedAnswers((), 0, 0)
    page.approved._on_save(api.SaveAnswer("Shop", "Who?", "Anna Berg"))
    settle()
    assert "This was masked: Names." in page.findChild(Toast).text()


def test_another_wording_of_the_question_is_sent_along(page: Page, engine: Any, settle: Any) -> None:
    page.queue.open_item(1)
    settle()
    page.queue.form.edit.setPlainText("Three days.")
    page.queue.form.question.setText("How long does the delivery take?")
    page.queue.form.send.click()
    settle()
    assert engine.of(api.AnswerHandoff)[0].question == "How long does the delivery take?"


def test_words_to_one_person_in_need_are_not_kept_unasked(page: Page, engine: Any, settle: Any) -> None:
    form = page.queue.form
    assert not form.keep.isChecked()
    assert not form.question.isVisible()
    form.edit.setPlainText("Please call me.")
    form.send.click()
    settle()
    assert engine.of(api.AnswerHandoff)[0].approve is False
    page.queue.open_item(1)
    settle()
    assert form.keep.isChecked()


def test_an_item_is_dismissed_with_a_reason(page: Page, engine: Any, settle: Any) -> None:
    engine.answers[api.DismissHandoff] = lambda request: done(request.id)
    page.queue.open_item(3)
    settle()
    page.queue.form.dismiss.click()
    dialog = page.window().findChild(DismissDialog, "dismiss")
    assert dialog is not None
    dialog.reason.setText("Asked twice")
    dialog.accept()
    settle()
    assert engine.of(api.DismissHandoff) == [api.DismissHandoff(3, "Asked twice", "")]


def test_somebody_was_quicker(page: Page, engine: Any, settle: Any) -> None:
    engine.answers[api.AnswerHandoff] = HandoffClosed(id=2, state="answered", owner="Jon", closed=NOW)
    page.queue.form.edit.setPlainText("Words.")
    before = len(engine.of(api.ListHandoffs))
    page.queue.form.send.click()
    settle()
    dialog = page.window().findChild(QWidget, "error")
    assert dialog is not None
    dialog.close()
    assert len(engine.of(api.ListHandoffs)) == before + 1
    assert page.queue.form.edit.toPlainText() == "Words.", "nothing typed is lost"


def test_news_do_not_take_away_what_is_being_written(page: Page, engine: Any, settle: Any) -> None:
    page.queue.form.edit.setPlainText("Half a sen")
    engine.answers[api.ListHandoffs] = api.Handoffs((*WAITING, item(4)), 4, 0, 0)
    page.refresh()
    settle()
    assert page.queue.form.edit.toPlainText() == "Half a sen"
    assert page.queue.list.keys() == [2, 1, 3, 4]


def test_the_keyboard_goes_through_the_queue(page: Page, qtbot: Any, settle: Any) -> None:
    page.window().activateWindow()
    page.queue.list.list.setFocus()
    qtbot.keyClick(page.queue.list.list, Qt.Key.Key_Down)
    settle()
    assert page.queue.title.whole_text() == "How long?"
    page.queue.list.list.opened.emit("1")
    assert page.queue.form.edit.hasFocus()
    qtbot.keyClick(page.queue.form.edit, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert page.queue.title.whole_text() == "All 700 euros?"
    assert page.queue.note.text() == "The rule applies."


def test_a_closed_item_shows_what_became_of_it(page: Page, engine: Any, settle: Any) -> None:
    closed = item(9, state="answered", owner="Maria", closed=NOW, answer="Yes.", answer_id=4)
    engine.answers[api.ListHandoffs] = api.Handoffs((closed,), 3, 1, 0)
    engine.answers[api.GetHandoff] = api.HandoffShown(closed, "Delivery", MESSAGES)
    box = page.queue.list.state
    box.setCurrentIndex(box.findData("answered"))
    box.activated.emit(box.currentIndex())
    settle()
    assert engine.of(api.ListHandoffs)[-1] == api.ListHandoffs("answered")
    assert not page.queue.form.isVisible()
    assert "Maria" in page.queue.closed.text()
    assert "approved answer" in page.queue.closed.text()


def test_an_item_is_opened_from_chat_and_leads_back(page: Page, engine: Any, qtbot: Any, settle: Any) -> None:
    page.show_tab("figures")
    page.open_subject("3")
    settle()
    assert page.tabs.current == "queue"
    assert page.queue.title.whole_text() == "All 700 euros?"
    with qtbot.waitSignal(page.navigate_to) as heard:
        page.queue.open_chat.click()
    assert heard.args == ["chat", "5"]


def test_what_was_learnt_goes_into_a_data_set(
    page: Page, engine: Any, settle: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from gui.pages.desk import queue_tab

    monkeypatch.setattr(queue_tab, "ask_name", lambda *_: "desk-questions")
    page.queue.list.learn.click()
    settle()
    assert engine.of(api.FeedbackToDataset) == [api.FeedbackToDataset("desk-questions")]
    engine.finish(api.FeedbackToDataset, api.FeedbackTaken("desk-questions", 2, 3, 1, 1, 0, {"cancel": 3}))
    settle()
    assert "desk-questions" in page.window().findChild(Toast, "toast").text()


def test_an_empty_queue_says_so(page: Page, engine: Any, settle: Any) -> None:
    engine.answers[api.ListHandoffs] = api.Handoffs((), 0, 0, 0)
    page.queue._item = None
    page.refresh()
    settle()
    assert page.queue.stack.currentWidget() is page.queue.empty


# --- approved answers -------------------------------------------------------------------------------------------


ANSWERS = (
    api.ApprovedAnswer(1, "Shop", "How long?", "Three days.", ("When?",), "Maria", NOW, NOW, "2099-01-01"),
    api.ApprovedAnswer(2, "Shop", "At Christmas?", "Ten percent.", (), "Jon", NOW, NOW, "2024-12-24", True),
    api.ApprovedAnswer(3, "Shop", "By card?", "Yes.", (), "", NOW, NOW, "", False, "/docs/faq.csv", 7),
)


@pytest.fixture
def approved(page: Page, engine: Any, settle: Any) -> Page:
    engine.answers[api.ListAnswers] = api.ApprovedAnswers(ANSWERS, 2, 1)
    page.show_tab("approved")
    settle()
    return page


def test_an_answer_is_changed(approved: Page, engine: Any, settle: Any) -> None:
    tab = approved.approved
    tab.table.select_row(0)
    assert tab.editor.answer.toPlainText() == "Three days."
    tab.editor.answer.setPlainText("Four days.")
    tab.editor.variants.setPlainText("When?\n\n How many days? \n")
    tab.editor.save.click()
    settle()
    assert engine.of(api.SaveAnswer) == [
        api.SaveAnswer("Shop", "How long?", "Four days.", 1, "Maria", "2099-01-01", ("When?", "How many days?"))
    ]


def test_an_expired_one_is_marked(approved: Page) -> None:
    tab = approved.approved
    assert tab.table._rows.tones == {(1, 2): "danger"}
    tab.table.select_row(1)
    assert tab.editor.expired.isVisible()
    assert date_text("2024-12-24") in tab.editor.expired.label.text()


def test_an_answer_of_a_file_is_changed_there(approved: Page) -> None:
    tab = approved.approved
    tab.table.select_row(2)
    assert tab.editor.answer.isReadOnly()
    assert tab.editor.save.isHidden()
    assert tab.editor.delete.isHidden()
    assert "/docs/faq.csv" in tab.editor.locked.text()


def test_search_and_state_narrow_the_list(approved: Page, engine: Any, qtbot: Any, settle: Any) -> None:
    tab = approved.approved
    with qtbot.waitSignal(tab.search.searched, timeout=2000):
        tab.search.setText("christ")
    tab.state.button("expired").click()
    settle()
    assert engine.of(api.ListAnswers)[-1] == api.ListAnswers("", "christ", "expired")


def test_an_answer_is_deleted_after_asking(
    approved: Page, engine: Any, settle: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from gui.pages.desk import approved_tab

    engine.answers[api.DeleteAnswer] = api.Done()
    tab = approved.approved
    tab.table.select_row(0)
    monkeypatch.setattr(approved_tab, "confirm", lambda *_, **__: False)
    tab.editor.delete.click()
    assert engine.of(api.DeleteAnswer) == []
    monkeypatch.setattr(approved_tab, "confirm", lambda *_, **__: True)
    tab.editor.delete.click()
    settle()
    assert engine.of(api.DeleteAnswer) == [api.DeleteAnswer(1)]
    assert tab.right.currentWidget() is tab.choose


# --- figures ----------------------------------------------------------------------------------------------------


FIGURES = api.ChatFigures(
    (api.ChatDay("2026-01-01", 10, 6, 1, 2), api.ChatDay("2026-01-02", 0, 0, 0, 0)),
    10, 6, 1, 2, 0.6, 0.87, 4, 1, 3, 2, 3.4, (api.Topic(("customs",), 3, ("Who pays customs?",)),), 0.1,
)  # fmt: skip


def test_figures_are_shown_and_lead_to_an_answer(page: Page, engine: Any, settle: Any) -> None:
    engine.answers[api.ListAnswers] = api.ApprovedAnswers((), 0, 0)
    engine.answers[api.GetChatFigures] = FIGURES
    page.show_tab("figures")
    settle()
    assert engine.of(api.GetChatFigures) == [api.GetChatFigures(30, "")]
    assert [card.accessibleName().split(".")[0] for card in page.figures.figures._cards][:2] == [
        "Questions: 10",
        "Answered: 60%",
    ]
    assert "Answered 6" in page.figures.chart.day_text(0)
    assert "Asked back 1" in page.figures.chart.day_text(0)
    page.findChild(QWidget, "desk.topic.1.write").click()
    settle()
    assert page.tabs.current == "approved"
    assert page.approved.editor.question.text() == "Who pays customs?"
    assert page.approved.right.currentWidget() is page.approved.editor_area
    page.show_tab("figures")
    page.figures.days.button("7").click()
    settle()
    assert engine.of(api.GetChatFigures)[-1].days == 7


def test_no_questions_no_chart(page: Page, engine: Any, settle: Any) -> None:
    engine.answers[api.GetChatFigures] = api.ChatFigures((), 0, 0, 0, 0, None, None, 0, 0, 0, 0, None, (), 0.0)
    page.show_tab("figures")
    settle()
    assert page.figures.stack.currentWidget() is page.figures.empty


def test_the_chart_reads_its_days_to_the_keyboard(qtbot: Any) -> None:
    chart = DayChart("c", "Chart", (Part("A", "accent"), Part("B", "#ff0000")))
    qtbot.addWidget(chart)
    chart.resize(400, 200)
    chart.set_days([("1/1", (3, 1)), ("1/2", (0, 0))])
    assert chart.day_text(0) == "1/1: A 3, B 1"
    assert chart.day_text(1) == "1/2: 0"
    assert chart._top() == 4
    chart.show()
    qtbot.keyClick(chart, Qt.Key.Key_Left)
    assert chart._marked == 1
    qtbot.keyClick(chart, Qt.Key.Key_Left)
    qtbot.keyClick(chart, Qt.Key.Key_Left)
    assert chart._marked == 0
    picture = chart.grab().toImage()
    reds = sum(picture.pixelColor(x, y).name() == "#ff0000" for x in range(0, 400, 2) for y in range(20, 200, 2))
    assert reds > 10


# --- agents -----------------------------------------------------------------------------------------------------


@pytest.fixture
def agents(page: Page, settle: Any) -> Page:
    page.show_tab("agents")
    settle()
    return page


def test_the_form_gives_back_what_it_was_given(agents: Page) -> None:
    assert agents.agents.form.profile() == PROFILE
    assert not agents.agents.save.isEnabled()
    assert agents.agents.remarks.isVisible()
    assert agents.agents.form.sure.value() == 70


def test_a_change_is_saved(agents: Page, engine: Any, settle: Any) -> None:
    engine.answers[api.SaveProfile] = lambda request: api.ProfileShown(request.profile)
    form = agents.agents.form
    form.promise.setChecked(True)
    form.masks["phone"].setChecked(True)
    form.rules.down.click()
    form.templates.add.click()
    form.templates.controls["intent"].setCurrentText("refund")
    form.templates.controls["text"].setPlainText("It is on its way.")
    agents.agents.save.click()
    settle()
    saved = engine.of(api.SaveProfile)[0].profile
    assert saved.intent_threshold == 0.0
    assert saved.mask == ("email", "phone")
    assert [rule.slot for rule in saved.rules] == ["order_number", "amount"]
    assert saved.templates[1] == api.Template("refund", "It is on its way.")
    assert not agents.agents.save.isEnabled()


def test_faults_are_shown_and_nothing_is_lost(agents: Page, engine: Any, settle: Any) -> None:
    engine.answers[api.SaveProfile] = ProfileUnusable(name="Shop desk", reason="a slot has no name.")
    agents.agents.form.greeting.setText("Hello!")
    agents.agents.form.greeting.textEdited.emit("Hello!")
    agents.agents.save.click()
    settle()
    dialog = agents.window().findChild(QWidget, "error")
    assert dialog is not None
    dialog.close()
    agents.refresh()
    settle()
    assert agents.agents.form.greeting.text() == "Hello!"


def test_another_name_takes_the_old_one_away(agents: Page, engine: Any, settle: Any) -> None:
    engine.answers[api.SaveProfile] = lambda request: api.ProfileShown(request.profile)
    agents.agents.form.name.setText("Desk two")
    agents.agents.form.name.textEdited.emit("Desk two")
    agents.agents.save.click()
    settle()
    assert engine.of(api.DeleteProfile) == [api.DeleteProfile("Shop desk")]


def test_changes_are_not_lost_by_looking_elsewhere(agents: Page, engine: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(profiles_tab, "confirm", lambda *args, **_: asked.append(args[1]) or False)
    agents.agents.form.greeting.setText("Hello!")
    agents.agents.form.greeting.textEdited.emit("Hello!")
    agents.agents.new_profile()
    assert asked == ["desk.agents.unsaved"]
    assert agents.agents.form.greeting.text() == "Hello!"


def test_conversation_tests_show_every_turn(agents: Page, engine: Any, settle: Any) -> None:
    cases = (
        api.ConversationCheck("Refund", 1, 2, "asks order_number", "asks order_number", True),
        api.ConversationCheck("Refund", 2, 5, "mode handoff", "mode template", False),
    )
    engine.answers[api.RunConversationTests] = api.ConversationsTested(0, 1, cases, 0.2)
    agents.agents.run_tests("/t/conversations.txt")
    settle()
    assert engine.of(api.RunConversationTests) == [api.RunConversationTests("/t/conversations.txt", "Shop desk")]
    dialog = agents.window().findChild(TestsDialog, "conversation_tests")
    assert dialog is not None
    assert dialog.table.visible_rows() == 1
    dialog.shown.button("all").click()
    assert dialog.table.visible_rows() == 2
    dialog.table.select_row(1)
    assert "mode template" in dialog.full.text()
    dialog.close()
    assert summary(api.ConversationsTested(3, 0, ())) == "All 3 conversations went as they should."


def test_without_agents_one_can_be_made(page: Page, engine: Any, settle: Any) -> None:
    engine.answers[api.ListProfiles] = api.Profiles(())
    engine.answers[api.SaveProfile] = lambda request: api.ProfileShown(request.profile)
    page.show_tab("agents")
    settle()
    assert page.agents.stack.currentWidget() is page.agents.empty
    page.agents.empty.button.click()
    page.agents.form.name.setText("Clinic desk")
    page.agents.form.name.textEdited.emit("Clinic desk")
    assert page.agents.save.isEnabled()
    page.agents.save.click()
    settle()
    assert engine.of(api.SaveProfile)[0].profile == api.Profile("Clinic desk", "Shop", intent_threshold=0.0)


# --- pieces -----------------------------------------------------------------------------------------------------


def test_rows_without_words_do_not_count(qtbot: Any) -> None:
    fields = (Field("name", "Name"), Field("kind", "Kind", "choice", (("a", "A"), ("b", "B"))))
    editor = RowsEditor("rows", "Rows", fields, add="Add", nothing="None yet")
    qtbot.addWidget(editor)
    assert editor.rows() == []
    editor.add.click()
    assert editor.rows() == []
    editor.controls["name"].setText(" one ")
    editor.controls["kind"].setCurrentIndex(1)
    editor.add.click()
    editor.controls["name"].setText("two")
    assert editor.rows() == [{"name": "one", "kind": "b"}, {"name": "two", "kind": "a"}]
    editor.table.select_row(0)
    assert editor.controls["name"].text() == " one "
    editor.remove.click()
    assert editor.rows() == [{"name": "two", "kind": "a"}]


def test_a_day_of_expiry(qtbot: Any) -> None:
    field = ExpiryField("day")
    qtbot.addWidget(field)
    field.set_day("2030-02-03")
    assert field.day() == "2030-02-03"
    field.set_day("")
    assert field.day() == ""
    assert field.date.isHidden()


def test_the_rail_counts_what_waits(client: Any, engine: Any, qtbot: Any, settle: Any) -> None:
    from gui.shell.desk_count import DeskCount
    from gui.shell.rail import Rail

    engine.answers[api.ListHandoffs] = api.Handoffs((), 3, 0, 0)
    client.is_unlocked = True
    rail = Rail(("chat", "desk"))
    qtbot.addWidget(rail)
    DeskCount(client, rail, rail)
    settle()
    assert rail.buttons["desk"].badge == 3
    assert "3" in rail.buttons["desk"].accessibleName()
    engine.answers[api.ListHandoffs] = api.Handoffs((), 0, 3, 0)
    client.data_changed.emit("handoffs")
    settle()
    assert rail.buttons["desk"].badge == 0


def test_watched_folders_are_looked_at_and_read_where_needed(client: Any, engine: Any, qtbot: Any, settle: Any) -> None:
    from gui.shell.watching import FolderWatch

    engine.answers[api.ListWatched] = api.Watched(
        (
            api.WatchedInfo("Shop", "/docs", NOW, 1, 0, 0),
            api.WatchedInfo("Shop", "/more", NOW, 0, 2, 0),
            api.WatchedInfo("Clinic", "/clinic", NOW, 0, 0, 3),
        )
    )
    window = QWidget()
    qtbot.addWidget(window)
    client.is_unlocked = True
    watch = FolderWatch(client, window)
    watch.look()
    settle()
    assert engine.of(api.ListWatched) == [api.ListWatched(look=True)]
    assert engine.of(api.RefreshCollection) == [api.RefreshCollection("Shop")], "what is gone removes nothing"
    watch.look()
    settle()
    assert len(engine.of(api.ListWatched)) == 1, "not while a refresh is running"
    engine.finish(api.RefreshCollection, api.DocumentsAdded("Shop", 0, (), 0.1))
    settle()
