"""The labelling queue: keys, the next text at once, order of what is sent, and putting back what was refused."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from engine import api
from engine.errors import DataUnusable, Fault
from engine.values import Progress
from gui.pages.label.label_choices import in_order
from gui.pages.label.view import LabelView

LABELS = (
    "refund",
    "delivery",
    "account",
    "payment",
    "praise",
    "complaint",
    "returns",
    "size",
    "stock",
    "gift",
    "other",
)
TEXTS = tuple(
    api.QueuedText(n, "Messages", f"Text number {n}", "uncertain", (("payment", 0.5), ("refund", 0.3)))
    for n in range(1, 6)
)
EMPTY = api.LabellingQueue((), 0, 0, LABELS)


class Store:
    """The engine's side of the queue: what waits, what was answered, in order."""

    def __init__(self, texts: tuple[api.QueuedText, ...]) -> None:
        self.texts = list(texts)
        self.answered: list[tuple[api.QueuedText, str | None]] = []

    def queue(self, _request: Any = None) -> api.LabellingQueue:
        labelled = sum(label is not None for _, label in self.answered)
        return api.LabellingQueue(tuple(self.texts[:100]), len(self.texts), labelled, LABELS)

    def answer(self, request: api.AnswerQueued) -> Any:
        found = next((item for item in self.texts if item.id == request.id), None)
        if found is None:
            return Fault(reason="no such text")
        self.texts.remove(found)
        self.answered.append((found, request.label))
        return self.queue()

    def undo(self, _request: api.UndoAnswer) -> Any:
        if not self.answered:
            return Fault(reason="nothing to take back")
        self.texts.insert(0, self.answered.pop()[0])
        return self.queue()


@pytest.fixture
def store(engine: Any) -> Store:
    store = Store(TEXTS)
    engine.answers[api.GetQueue] = store.queue
    engine.answers[api.AnswerQueued] = store.answer
    engine.answers[api.UndoAnswer] = store.undo
    engine.answers[api.ListDatasets] = api.Datasets(
        (api.DatasetInfo("Mails", "labelled", 90, 1, "", "", 3), api.DatasetInfo("Inbox", "texts", 4000, 1, "", ""))
    )
    return store


@pytest.fixture
def view(client: Any, store: Store, qtbot: Any, settle: Any) -> LabelView:
    view = LabelView(client, "Messages")
    qtbot.addWidget(view)
    view.resize(760, 700)
    view.show()
    view.refresh()
    view.setFocus()
    settle()
    return view


def test_a_text_is_shown_large_with_the_guesses_first(view: LabelView) -> None:
    assert view.text.text() == "Text number 1"
    assert view.text.font().pixelSize() > view.hint.font().pixelSize() * 1.5
    assert view.choices.numbered(1) == "payment"
    assert view.choices.numbered(2) == "refund"
    assert view.choices.numbered(3) == "delivery"
    assert view.counts.text() == "5 waiting · 0 labelled"
    first = view.choices.findChild(object, "label.choice.1")
    assert first.accessibleName() == "payment"
    assert "50%" in first.text()


def test_order_of_labels() -> None:
    assert in_order(("a", "b", "c"), (("c", 0.2), ("b", 0.7))) == ["b", "c", "a"]


def test_a_number_labels_and_the_next_text_is_there_before_the_answer(
    view: LabelView, engine: Any, qtbot: Any, settle: Any
) -> None:
    engine.answers[api.AnswerQueued] = None  # the engine takes its time
    qtbot.keyClick(view, Qt.Key.Key_2)
    assert view.text.text() == "Text number 2"
    assert view.counts.text() == "4 waiting · 1 labelled"
    assert "refund" in view.last.whole_text()
    qtbot.keyClick(view, Qt.Key.Key_1)
    settle()
    assert view.text.text() == "Text number 3"
    # One at a time: the second answer leaves when the first has arrived.
    assert engine.of(api.AnswerQueued) == [api.AnswerQueued(1, "refund")]
    engine.finish(api.AnswerQueued, api.LabellingQueue(TEXTS[1:], 4, 1, LABELS))
    settle()
    assert engine.of(api.AnswerQueued) == [api.AnswerQueued(1, "refund"), api.AnswerQueued(2, "payment")]
    assert view.text.text() == "Text number 3"
    assert view.counts.text() == "3 waiting · 2 labelled"


def test_skip_and_take_back(view: LabelView, store: Store, engine: Any, qtbot: Any, settle: Any) -> None:
    qtbot.keyClick(view, Qt.Key.Key_S)
    qtbot.keyClick(view, Qt.Key.Key_Right)
    settle()
    assert view.text.text() == "Text number 3"
    assert [label for _, label in store.answered] == [None, None]
    assert view.counts.text() == "3 waiting · 0 labelled"
    qtbot.keyClick(view, Qt.Key.Key_3)
    settle()
    qtbot.keyClick(view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert view.text.text() == "Text number 3"
    qtbot.keyClick(view, Qt.Key.Key_Backspace)
    settle()
    assert view.text.text() == "Text number 2"
    assert [item.id for item, _ in store.answered] == [1]
    assert len(engine.of(api.UndoAnswer)) == 2
    assert view.counts.text() == "4 waiting · 0 labelled"


def test_taking_back_what_was_not_sent_yet_asks_the_engine_nothing(
    view: LabelView, store: Store, engine: Any, qtbot: Any, settle: Any
) -> None:
    engine.answers[api.AnswerQueued] = None
    qtbot.keyClick(view, Qt.Key.Key_1)
    qtbot.keyClick(view, Qt.Key.Key_1)
    qtbot.keyClick(view, Qt.Key.Key_Backspace)
    assert view.text.text() == "Text number 2"
    engine.finish(api.AnswerQueued, store.answer(api.AnswerQueued(1, "payment")))
    settle()
    assert engine.of(api.UndoAnswer) == []
    assert len(engine.of(api.AnswerQueued)) == 1
    assert view.text.text() == "Text number 2"


def test_a_refused_answer_puts_the_text_back(view: LabelView, engine: Any, qtbot: Any, settle: Any) -> None:
    engine.answers[api.AnswerQueued] = None
    qtbot.keyClick(view, Qt.Key.Key_1)
    assert view.text.text() == "Text number 2"
    engine.finish(api.AnswerQueued, Fault(reason="the disk is full"))
    settle()
    assert view.text.text() == "Text number 1"
    assert view.counts.text() == "5 waiting · 0 labelled"
    note = view.note
    assert note.isVisible()
    assert "the disk is full" in note.label.text()
    engine.answers[api.AnswerQueued] = api.LabellingQueue(TEXTS[1:], 4, 1, LABELS)
    qtbot.keyClick(view, Qt.Key.Key_1)
    settle()
    assert view.text.text() == "Text number 2"


def test_an_answer_taken_back_and_then_refused_is_taken_back_once(
    view: LabelView, engine: Any, qtbot: Any, settle: Any
) -> None:
    engine.answers[api.AnswerQueued] = None
    qtbot.keyClick(view, Qt.Key.Key_1)
    qtbot.keyClick(view, Qt.Key.Key_Backspace)
    engine.finish(api.AnswerQueued, Fault(reason="gone"))
    settle()
    assert engine.of(api.UndoAnswer) == []
    assert view.text.text() == "Text number 1"
    assert view.counts.text() == "5 waiting · 0 labelled"


def test_a_refused_undo_lets_the_answer_hold(view: LabelView, engine: Any, qtbot: Any, settle: Any) -> None:
    qtbot.keyClick(view, Qt.Key.Key_1)
    settle()
    engine.answers[api.UndoAnswer] = Fault(reason="too late")
    qtbot.keyClick(view, Qt.Key.Key_Backspace)
    settle()
    assert view.text.text() == "Text number 2"
    assert view.counts.text() == "4 waiting · 1 labelled"
    assert "too late" in view.note.label.text()


def test_an_answer_of_an_earlier_sitting_is_taken_back_by_the_engine(
    view: LabelView, store: Store, qtbot: Any, settle: Any
) -> None:
    qtbot.keyClick(view, Qt.Key.Key_1)
    settle()
    view.hide()  # a text is corrected elsewhere meanwhile: the engine's last answer is another one
    store.answered.append((api.QueuedText(77, "Messages", "Corrected in Read", "read"), "gift"))
    view.show()
    view.refresh()
    view.setFocus()
    settle()
    assert view.text.text() == "Text number 2"
    view.undo_button.click()
    settle()
    assert view.text.text() == "Corrected in Read"
    assert view.counts.text() == "5 waiting · 1 labelled"


def test_a_text_dealt_with_elsewhere_does_not_come_back_for_ever(
    view: LabelView, store: Store, qtbot: Any, settle: Any
) -> None:
    store.texts.pop(0)
    qtbot.keyClick(view, Qt.Key.Key_1)
    settle()
    assert "no such text" in view.note.label.text()
    assert view.text.text() == "Text number 2"
    assert view.counts.text() == "4 waiting · 0 labelled"


def test_any_label_is_found_by_typing(view: LabelView, store: Store, qtbot: Any, settle: Any) -> None:
    qtbot.keyClick(view, Qt.Key.Key_F)
    assert view.choices.search.hasFocus()
    qtbot.keyClicks(view.choices.search, "st")
    assert view.choices.matches("st") == ["stock"]
    # Digits and S are letters here, not acts.
    qtbot.keyClicks(view.choices.search, "s1")
    assert view.text.text() == "Text number 1"
    view.choices.search.clear()
    qtbot.keyClicks(view.choices.search, "OTH")
    qtbot.keyClick(view.choices.search, Qt.Key.Key_Return)
    settle()
    assert store.answered == [(TEXTS[0], "other")]
    assert view.text.text() == "Text number 2"
    assert view.choices.search.text() == ""
    assert view.hasFocus()


def test_a_new_label_is_asked_for_twice(view: LabelView, store: Store, qtbot: Any, settle: Any) -> None:
    view.choices.search.setFocus()
    qtbot.keyClicks(view.choices.search, "warranty")
    settle()
    qtbot.keyClick(view.choices.search, Qt.Key.Key_Return)
    assert store.answered == []
    fresh = view.choices.fresh
    assert fresh.hasFocus()
    qtbot.keyClick(fresh, Qt.Key.Key_Space)
    settle()
    assert store.answered == [(TEXTS[0], "warranty")]
    assert "warranty" in view.queue.labels


def test_escape_leaves_the_field(view: LabelView, qtbot: Any) -> None:
    view.choices.search.setFocus()
    qtbot.keyClicks(view.choices.search, "re")
    qtbot.keyClick(view.choices.search, Qt.Key.Key_Escape)
    assert view.hasFocus()
    assert view.choices.search.text() == ""


def test_an_empty_queue_says_what_it_is_for_and_fills(
    client: Any, store: Store, engine: Any, qtbot: Any, settle: Any
) -> None:
    store.texts = []
    view = LabelView(client, "Messages")
    qtbot.addWidget(view)
    view.show()
    view.refresh()
    settle()
    assert view.empty.isVisible()
    assert view.choose.isVisible()
    assert not view.card.isVisible()
    assert view.choose.data.currentData() == "Inbox"  # texts without labels first
    view.choose.number.setValue(20)
    view.choose.start.click()
    settle()
    assert engine.of(api.FillQueue) == [api.FillQueue("Inbox", "Messages", 20)]
    engine.progress(api.FillQueue, Progress(5, 10, "embed", 3.0))
    settle()
    assert view.choose.strip.isVisible()
    store.texts = list(TEXTS)
    engine.finish(api.FillQueue, store.queue())
    settle()
    assert view.card.isVisible()
    assert view.text.text() == "Text number 1"
    assert not view.choose.isVisible()


def test_without_texts_it_leads_to_the_import(client: Any, engine: Any, qtbot: Any, settle: Any) -> None:
    engine.answers[api.GetQueue] = EMPTY
    engine.answers[api.ListDatasets] = api.Datasets((api.DatasetInfo("Shop", "items", 4, 1, "", ""),))
    view = LabelView(client, "Messages")
    qtbot.addWidget(view)
    view.show()
    view.refresh()
    settle()
    assert not view.choose.start.isVisible()
    with qtbot.waitSignal(view.import_requested):
        view.choose.get.click()


def test_teaching_shows_progress_can_stop_and_tells_the_outcome(
    view: LabelView, engine: Any, qtbot: Any, settle: Any
) -> None:
    assert not view.teach.isVisible()
    for _ in range(3):
        qtbot.keyClick(view, Qt.Key.Key_1)
    settle()
    assert view.teach.isVisible()
    assert "3" in view.teach.text()
    view.teach.click()
    settle()
    assert engine.of(api.TeachQueue) == [api.TeachQueue("Messages")]
    engine.progress(api.TeachQueue, Progress(2, 10, "teach", 30.0))
    settle()
    assert view.teach_strip.isVisible()
    assert not view.teach.isVisible()
    view.teach_strip.cancel_button.click()
    settle()
    assert view.teach_strip.isHidden()
    view.teach.click()
    settle()
    with qtbot.waitSignal(view.taught):
        engine.finish(api.TeachQueue, api.QueueTaught("Mails", 3, "Messages", 4, True, {"accuracy": 0.92}))
    text = view.note.label.text()
    assert "learned 3 more text" in text
    assert "version 4" in text
    assert "92.0%" in text
    view.teach.click()
    settle()
    engine.finish(api.TeachQueue, DataUnusable(name="Mails", reason="there is nothing to learn."))
    settle()
    assert view.note.property("tone") == "danger"


def test_a_queue_that_runs_low_is_fetched_again(client: Any, engine: Any, qtbot: Any, settle: Any) -> None:
    texts = tuple(api.QueuedText(n, "Messages", f"Text {n}", "uncertain") for n in range(1, 13))
    store = Store(texts)
    engine.answers[api.GetQueue] = lambda request: api.LabellingQueue(
        tuple(store.texts[:4]), len(store.texts), 0, LABELS
    )
    engine.answers[api.AnswerQueued] = lambda request: api.LabellingQueue(
        (), store.answer(request).waiting, len(store.answered), LABELS
    )
    view = LabelView(client, "Messages")
    qtbot.addWidget(view)
    view.show()
    view.refresh()
    settle()
    for n in range(1, 13):
        assert view.text.text() == f"Text {n}"
        qtbot.keyClick(view, Qt.Key.Key_1)
        settle()
    assert view.empty.isVisible()
    assert [item.id for item, _ in store.answered] == list(range(1, 13))


def test_another_skill_shows_its_own_texts(view: LabelView, engine: Any, qtbot: Any, settle: Any) -> None:
    engine.answers[api.AnswerQueued] = None
    qtbot.keyClick(view, Qt.Key.Key_1)
    other = api.LabellingQueue((api.QueuedText(90, "Tickets", "A ticket", "chat"),), 1, 0, ("bug",))
    engine.answers[api.GetQueue] = other
    view.set_pack("Tickets")
    view.refresh()
    settle()
    engine.finish(api.AnswerQueued, api.LabellingQueue(TEXTS[1:], 4, 1, LABELS))  # late, and of the former skill
    settle()
    assert view.text.text() == "A ticket"
    assert view.source.text() == "From Chat"
    assert view.counts.text() == "1 waiting · 0 labelled"
    assert view.queue.labels == ("bug",)


def test_a_long_text_scrolls_in_its_own_area(view: LabelView, engine: Any, settle: Any) -> None:
    engine.answers[api.GetQueue] = api.LabellingQueue(
        (api.QueuedText(7, "Messages", "A long story. " * 800, "read"),), 1, 0, LABELS
    )
    view.refresh()
    settle()
    assert view.area.height() < view.text.height()
    assert view.area.horizontalScrollBar().maximum() == 0
    assert view.choices.isVisible()


@pytest.mark.parametrize("size", ["normal", "larger"])
def test_nothing_is_wider_than_the_view(size: str, view: LabelView, settle: Any) -> None:
    from gui.theme import theme

    theme().apply("light", size)
    try:
        view.resize(520, 700)
        settle()
        assert view.minimumSizeHint().width() <= 520
        buttons = [button for button in view.findChildren(QAbstractButton) if button.isVisible()]
        assert len(buttons) > 9
        for button in buttons:
            assert button.mapTo(view, button.rect().topRight()).x() <= view.width(), button.text()
    finally:
        theme().apply("light", "normal")
