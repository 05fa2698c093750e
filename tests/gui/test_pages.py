"""What every page owes: names for all controls, a way for the keyboard, no stray windows, an empty state."""

import importlib

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QSlider,
    QSpinBox,
    QTextEdit,
    QWidget,
)

from engine import api
from engine.errors import Fault

PAGES = ("chat", "desk", "read", "recommend", "teach", "library", "activity", "settings")
PARTS = (
    *PAGES,
    "desk:approved",
    "desk:figures",
    "desk:agents",
    "library:folders",
    "library:refused",
    "library:search",
    "library:meter",
)
CONTROLS = (QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QTextEdit, QAbstractItemView, QSlider, QSpinBox)


def answers():
    info = api.DatasetInfo("messages", "labelled", 2, 1, "2025-05-14T09:12:00+00:00", "/tmp/m.csv", 2)
    model = api.ModelInfo("topics", "classify", 2, 4000, False, True, True, "", ("a", "b"), {"accuracy": 0.9})
    taste = api.ModelInfo("taste", "recommend", 1, 4000, False, True, True, "", (), {"ndcg@10": 0.3})
    document = api.DocumentInfo(1, "/tmp/faq.md", "FAQ", 1, 3, 900, "2025-05-14T09:12:00+00:00")
    job = api.JobInfo(1, "Import messages", "ImportData", "done", "2025-05-14T09:12:00+00:00", seconds=2.0)
    return {
        api.ListCollections: api.Collections((api.CollectionInfo("Shop", 1, 3, 1, (document,)),)),
        api.ListDatasets: api.Datasets((info,)),
        api.ShowDataset: api.DatasetPage(info, ("text", "label"), (("hello", "a"), ("bye", "b")), 0, {"a": 1, "b": 1}),
        api.LintDataset: api.DatasetLint("messages", 2, True, (api.LintFinding("tiny", "warning", "Few rows.", 2),)),
        api.ListModels: api.Models((model, taste)),
        api.GetModelCard: lambda request: api.ModelCard(model if request.name == "topics" else taste, "A card."),
        api.ListJobs: api.Jobs((job,)),
        api.ListAudit: api.AuditEntries(
            (api.AuditEntry(1, "2025-05-14T09:12:00+00:00", "workspace created", "", "ab"),)
        ),
        api.ListConversations: api.Conversations(()),
        api.GetSettings: api.SettingsValues({"auto_lock_s": 600}),
        api.GetVaultInfo: api.VaultInfo("/w", 1000, 1, "c", "k", "", 1, 1, 1, 0, 4, None),
        api.ListPeople: api.People((("ann", "3"),)),
        api.ListProfiles: api.Profiles((api.Profile("Shop desk", "Shop"),)),
        api.GetProfile: api.ProfileShown(api.Profile("Shop desk", "Shop")),
        api.ListHandoffs: api.Handoffs((HANDOFF,), 1, 0, 0),
        api.GetHandoff: api.HandoffShown(
            HANDOFF, "Delivery", (api.ChatMessage(1, "user", "How long?", "2025-05-14T09:12:00+00:00"),)
        ),
        api.ListAnswers: api.ApprovedAnswers(
            (api.ApprovedAnswer(1, "Shop", "How long?", "Three days.", expires="2024-12-24", expired=True),), 0, 1
        ),
        api.GetChatFigures: api.ChatFigures(
            (api.ChatDay("2025-05-14", 3, 1, 1, 1),),
            3,
            1,
            1,
            1,
            0.3,
            0.9,
            1,
            0,
            1,
            1,
            2.0,
            (api.Topic(("customs",), 1, ("Who pays customs?",)),),
            0.1,
        ),
        api.GetRetrievalMeter: api.RetrievalMeter(
            "Shop",
            {"bm25": {"recall@1": 0.5, "recall@3": 0.6, "recall@10": 0.7, "mrr": 0.6, "ms": 2.0}},
            "bm25",
            9,
            True,
        ),
        api.ListWatched: api.Watched((api.WatchedInfo("Shop", "/docs", "", 1, 0, 1, 1, "it is gone."),)),
        api.ListRefused: api.Refused((api.RefusedInfo("/docs/a.pdf", "failed", "it is empty.", ""),)),
    }


HANDOFF = api.Handoff(1, 1, 2, "Shop", "How long?", "not_found", "open", "2025-05-14T09:12:00+00:00")


def nothing():
    empty = answers()
    empty[api.ListCollections] = api.Collections(())
    empty[api.ListDatasets] = api.Datasets(())
    empty[api.ListModels] = api.Models(())
    empty[api.ListJobs] = api.Jobs(())
    empty[api.ListHandoffs] = api.Handoffs((), 0, 0, 0)
    empty[api.ListProfiles] = api.Profiles(())
    empty[api.ListAnswers] = api.ApprovedAnswers((), 0, 0)
    empty[api.ListWatched] = api.Watched(())
    empty[api.ListRefused] = api.Refused(())
    return empty


class Windows(QObject):
    """Notes every top-level widget that is shown."""

    def __init__(self):
        super().__init__()
        self.shown = []

    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.append(f"{type(watched).__name__} {watched.objectName()}")
        return False


def make(name, client, qtbot):
    """A page; behind a colon stands a part of it that is to be shown."""
    name, _, part = name.partition(":")
    page = importlib.import_module(f"gui.pages.{name}.page").Page(client)
    qtbot.addWidget(page)
    page.resize(1100, 760)
    if part and name == "library":
        page.documents.parts.set_current(part)
    elif part:
        page.show_tab(part)
    return page


def controls(page):
    for widget in page.findChildren(QWidget):
        inside = isinstance(widget.parentWidget(), QComboBox | QSpinBox) or widget.window() is not page.window()
        if isinstance(widget, CONTROLS) and not inside and not isinstance(widget, QHeaderView | QScrollBar):
            yield widget


def in_a_choice(widget):
    """Of several buttons of which one is on, Tab reaches that one and the arrow keys the others."""
    group = widget.group() if isinstance(widget, QAbstractButton) else None
    return group is not None and group.exclusive() and any(b.hasFocus() or b.isChecked() for b in group.buttons())


@pytest.mark.parametrize("filled", [answers, nothing], ids=["filled", "empty"])
@pytest.mark.parametrize("name", PARTS)
def test_every_control_has_its_names_and_is_reached_by_the_keyboard(name, filled, client, engine, qtbot, settle):
    engine.answers.update(filled())
    page = make(name, client, qtbot)
    page.show()
    page.refresh()
    settle()
    found = list(controls(page))
    assert found
    nameless = [
        f"{type(widget).__name__} {widget.objectName()!r} {widget.accessibleName()!r} in "
        f"{widget.parentWidget().objectName()!r}"
        for widget in found
        if not widget.accessibleName()
        or not widget.objectName()
        or (widget.objectName().startswith("qt_") and not isinstance(widget.parentWidget(), QLineEdit))
    ]
    assert nameless == []
    out_of_reach = [
        widget.objectName()
        for widget in found
        if widget.isVisible()
        and widget.isEnabled()
        and not widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not isinstance(widget.parentWidget(), QLineEdit)
        and not in_a_choice(widget)
    ]
    assert out_of_reach == []


@pytest.mark.parametrize("name", PARTS)
def test_names_are_given_once(name, client, engine, qtbot, settle):
    engine.answers.update(answers())
    page = make(name, client, qtbot)
    page.show()
    page.refresh()
    settle()
    names = [w.objectName() for w in controls(page) if w.isVisible() and not w.objectName().startswith("qt_")]
    twice = sorted({one for one in names if names.count(one) > 1})
    assert twice == []


@pytest.mark.parametrize("name", PARTS)
def test_a_page_opens_no_window_of_its_own(name, client, engine, qtbot, settle):
    engine.answers.update(answers())
    watch = Windows()
    QApplication.instance().installEventFilter(watch)
    try:
        page = make(name, client, qtbot)
        page.refresh()
        settle()
    finally:
        QApplication.instance().removeEventFilter(watch)
    assert watch.shown == []


@pytest.mark.parametrize("name", PARTS)
def test_a_page_shows_when_everything_fails(name, client, engine, qtbot, settle):
    told = []
    client.unhandled.connect(told.append)
    engine.answers.update({kind: Fault(reason="the disk is gone") for kind in answers()})
    page = make(name, client, qtbot)
    page.show()
    page.refresh()
    settle()
    assert page.isVisible()


def test_read_works_without_teaching_and_offers_to_teach(client, engine, qtbot, settle):
    engine.answers.update(nothing())
    page = make("read", client, qtbot)
    page.show()
    page.refresh()
    settle()
    names = {button.objectName() for button in page.findChildren(QAbstractButton) if button.isVisible()}
    assert "read.teach_new" in names


@pytest.mark.parametrize("name", ["chat", "desk", "recommend", "teach", "library", "activity"])
def test_an_empty_page_says_what_to_do_first(name, client, engine, qtbot, settle):
    from gui.widgets.empty_state import EmptyState

    engine.answers.update(nothing())
    page = make(name, client, qtbot)
    page.show()
    page.refresh()
    settle()
    assert any(state.isVisible() for state in page.findChildren(EmptyState)), name


@pytest.mark.parametrize("name", PARTS)
def test_large_fonts_clip_no_button(name, client, engine, qtbot, settle):
    from gui.theme import theme

    engine.answers.update(answers())
    theme().apply("light", "larger")
    try:
        page = make(name, client, qtbot)
        page.resize(1072, 800)
        page.show()
        page.refresh()
        settle()
        clipped = [
            f"{button.objectName()} {button.width()} < {button.sizeHint().width()}"
            for button in page.findChildren(QAbstractButton)
            if button.isVisible() and button.text() and button.width() < button.sizeHint().width() - 1
        ]
        assert clipped == []
    finally:
        theme().apply("light", "normal")


@pytest.mark.parametrize("size", [(760, 560), (1100, 760)], ids=["small", "usual"])
@pytest.mark.parametrize("name", PARTS)
def test_a_message_covers_no_control(name, size, client, engine, qtbot, settle):
    from gui.widgets.toast import show_toast

    engine.answers.update(answers())
    page = make(name, client, qtbot)
    page.resize(*size)
    page.show()
    page.refresh()
    settle()
    toast = show_toast(page, "Messages is taught, and the version in use before it is kept beside it.", "success")
    assert page.rect().contains(toast.geometry())
    covered = [
        widget.objectName()
        for widget in controls(page)
        if widget.isVisible()
        and not isinstance(widget, QAbstractItemView)
        and not (isinstance(widget, QTextEdit | QPlainTextEdit) and widget.isReadOnly())
        and on_screen(widget, page).intersects(toast.geometry())
    ]
    assert covered == []


def on_screen(widget, page):
    """The part of a widget that is to be seen, in the page's coordinates."""
    part = widget.rect().translated(widget.mapTo(page, QPoint(0, 0)))
    around = widget.parentWidget()
    while around is not None and around is not page:
        part = part.intersected(around.rect().translated(around.mapTo(page, QPoint(0, 0))))
        around = around.parentWidget()
    return part
