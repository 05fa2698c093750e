"""Every control of Chat, Read, Recommend and Teach has a name for tests and screen readers, and takes the focus."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QSlider,
    QSpinBox,
    QWidget,
)

from engine import api
from engine.values import Citation, LabelScore
from gui.pages.chat.page import Page as ChatPage
from gui.pages.read.page import Page as ReadPage
from gui.pages.recommend.page import Page as RecommendPage
from gui.pages.teach.page import Page as TeachPage

CONTROLS = (QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QPlainTextEdit, QSlider, QSpinBox)
CITATION = Citation("/d/a.pdf", 1, "Words", 0, 5, 7, "A document")
ANSWER = api.Answer("Words", "quote", 0.9, (CITATION,), (), 0.1, 1, 2)
INFO = api.ConversationInfo(1, "Refunds", "Shop", "2026-01-02T10:00:00Z", 2)
SKILL = api.ModelInfo("Messages", "classify", 2, 40_000, False, True, True, "", ("a", "b"), {"accuracy": 0.9})
TASTE = api.ModelInfo("Shop", "recommend", 1, 40_000, False, True)
TRAINED = api.ClassifierTrained(
    "Messages", 2, "head", 1.0, 1, {"accuracy": 0.9}, True, 1.0, 1,
    (api.LabelReport("a", 0.9, 0.9, 0.9, 10),), ("a", "b"), ((9, 1), (0, 10)),
    (api.RiskPoint(0.5, 0.9, 0.95),), ({"text": "t", "label": "a", "predicted": "b", "score": 0.9},),
)  # fmt: skip


@pytest.fixture
def engine_with_everything(engine: Any) -> Any:
    engine.answers.update(
        {
            api.ListCollections: api.Collections((api.CollectionInfo("Shop", 1, 2, 3),)),
            api.ListConversations: api.Conversations((INFO,)),
            api.GetConversation: api.Conversation(
                INFO,
                (
                    api.ChatMessage(1, "user", "How?", "2026-01-02T10:00:00Z"),
                    api.ChatMessage(2, "assistant", "Words", "2026-01-02T10:00:00Z", ANSWER),
                ),
            ),
            api.GetPage: api.DocumentPage("/d/a.pdf", "A document", 1, 3, "Words and more"),
            api.ListModels: api.Models((SKILL, TASTE)),
            api.GetModelCard: api.ModelCard(SKILL, "", msgspec.to_builtins(TRAINED)),
            api.Classify: api.Classified((api.TextLabel("t", "a", 0.9, False, (LabelScore("a", 0.9),)),), 0.5, 0.1),
            api.ListDatasets: api.Datasets((api.DatasetInfo("Mails", "labelled", 3, 1, "", ""),)),
            api.LintDataset: api.DatasetLint("Mails", 3, True, ()),
            api.ShowDataset: api.DatasetPage(
                api.DatasetInfo("Mails", "labelled", 3, 1, "", ""), ("text", "label"), (("t", "a"),), 0, {"a": 3}
            ),
            api.ListUnfinished: api.UnfinishedTrainings((api.Unfinished(3, "Old", "classify", "lora", 2.0, ""),)),
            api.ListVersions: api.Versions("Messages", "classify", (api.VersionInfo(2, "", True, "lora", "Mails", 9),)),
            api.ListPeople: api.People((("anna", "3"),)),
            api.RecommendTop: api.RankedItems(
                (api.RankedItem("i", "Pan", 1.0, "Nobody has chosen it yet.", "popular"),)
            ),
        }
    )
    return engine


def own_controls(page: QWidget) -> list[QWidget]:
    """Controls that are ours: not the parts that Qt builds into others (scroll bars, editors, headers)."""
    found = [widget for kind in CONTROLS for widget in page.findChildren(kind)]
    return [
        widget
        for widget in found
        if not isinstance(widget, QHeaderView)
        and not isinstance(widget.parent(), QLineEdit | QComboBox | QSpinBox)
        and not (widget.parent() is not None and isinstance(widget.parent().parent(), QComboBox))
        and widget.metaObject().className() != "QTableCornerButton"
    ]


def filled(kind: type[Any], client: Any, qtbot: Any, settle: Any) -> QWidget:
    page = kind(client)
    qtbot.addWidget(page)
    page.resize(1080, 800)
    page.show()
    page.refresh()
    settle()
    if isinstance(page, ChatPage):
        page.open_conversation(1)
        page._show_source(CITATION)
    elif isinstance(page, ReadPage):
        page.labels.set_labels(("one", "two"))
    elif isinstance(page, TeachPage):
        page.method.more.setChecked(True)
        page.results.open_skill("Messages")
    elif isinstance(page, RecommendPage):
        page.person.picker.list.setCurrentRow(0)
        page.history.add("i", "Pan")
    settle()
    return page


@pytest.mark.parametrize("kind", [ChatPage, ReadPage, RecommendPage, TeachPage])
def test_every_control_is_named_and_reached_by_keyboard(
    kind: type[Any], client: Any, engine_with_everything: Any, qtbot: Any, settle: Any
) -> None:
    controls = own_controls(filled(kind, client, qtbot, settle))
    assert len(controls) >= 10
    nameless = [repr(item) for item in controls if not item.objectName() or item.objectName().startswith("qt_")]
    assert nameless == []
    mute = [item.objectName() for item in controls if not item.accessibleName()]
    assert mute == []
    unreachable = [item.objectName() for item in controls if not item.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert unreachable == []


@pytest.mark.parametrize("kind", [ChatPage, ReadPage, RecommendPage, TeachPage])
def test_names_are_unique_in_what_is_shown(
    kind: type[Any], client: Any, engine_with_everything: Any, qtbot: Any, settle: Any
) -> None:
    page = filled(kind, client, qtbot, settle)
    names = [item.objectName() for item in own_controls(page) if item.isVisible()]
    assert sorted(names) == sorted(set(names))
