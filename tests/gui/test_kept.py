"""Switching the language makes the pages anew: what was typed and chosen is still there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings, QStandardPaths

from engine import api
from gui.look import Look
from gui.main_window import MainWindow
from gui.text.language import use_language

SKILL = api.ModelInfo("Letters", "classify", 1, 9, False, True, labels=("a", "b"))
PACK = api.ModelInfo("Shop", "recommend", 1, 9, False, True)
SHELVES = (api.CollectionInfo("Clinic", 1, 3, 0), api.CollectionInfo("Shop", 1, 3, 0))


@pytest.fixture
def window(client: Any, engine: Any, qtbot: Any, settle: Any, tmp_path: Path) -> Iterator[MainWindow]:
    """An open workspace; asks nothing that is not answered at once, but questions."""
    QStandardPaths.setTestModeEnabled(True)
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    state = api.WorkspaceState(str(tmp_path), exists=True, unlocked=True)
    engine.answers.update(
        {
            api.GetWorkspace: state,
            api.ListCollections: api.Collections(SHELVES),
            api.ListConversations: api.Conversations(()),
            api.ListModels: api.Models((SKILL, PACK)),
            api.GetModelCard: lambda request: api.ModelCard(SKILL if request.name == "Letters" else PACK, ""),
            api.ListPeople: api.People((("anna", "3"), ("bert", "5"))),
            api.RecommendTop: api.RankedItems((api.RankedItem("i1", "Pan", 0.5, "because"),)),
        }
    )
    window = MainWindow(tmp_path, Look(), exists=True)
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    window.attach(client)
    settle()
    client.unlocked.emit(state)
    client.is_unlocked = True
    settle()
    yield window
    use_language("en")
    settle()


def test_a_draft_and_its_collection_stay(window: MainWindow, settle: Any) -> None:
    page = window.pages["chat"]
    page.header.choose("Shop")
    page.composer.set_text("How long may I")
    use_language("zh_CN")
    settle()
    anew = window.pages["chat"]
    assert anew is not page
    assert anew.title == "问答"
    assert anew.composer.text() == "How long may I"
    assert anew.header.collection() == "Shop"


def test_a_question_under_way_goes_back_into_the_field(window: MainWindow, settle: Any) -> None:
    page = window.pages["chat"]
    page.ask("How long may I return it?")
    settle()
    use_language("zh_CN")
    settle()
    assert window.pages["chat"].composer.text() == "How long may I return it?"


def test_texts_labels_and_the_wish_stay(window: MainWindow, settle: Any) -> None:
    window.show_page("read")
    settle()
    page = window.pages["read"]
    page._choose("\0own")
    page.labels.set_labels(("late", "wrong"))
    page.labels.edit.setText("pra")
    page.dial.slider.setValue(97)
    page.try_tab.edit.setPlainText("It never came.")
    page.list_tab.edit.setPlainText("one\ntwo")
    page.tabs.button("list").click()
    use_language("zh_CN")
    settle()
    anew = window.pages["read"]
    assert anew is not page
    assert anew.skills.list.current_key() == "\0own"
    assert anew.labels.labels() == ("late", "wrong")
    assert anew.labels.edit.text() == "pra"
    assert anew.dial.slider.value() == 97
    assert anew.try_tab.edit.toPlainText() == "It never came."
    assert anew.list_tab.texts() == ["one", "two"]
    assert anew.stack.currentWidget() is anew.list_area


def test_person_and_history_stay(window: MainWindow, settle: Any) -> None:
    window.show_page("recommend")
    settle()
    page = window.pages["recommend"]
    page.person.show_person("bert")
    page.history.add("i1", "Pan")
    page.tabs.button("history").click()
    settle()
    use_language("zh_CN")
    settle()
    anew = window.pages["recommend"]
    assert anew is not page
    assert anew.person.person == "bert"
    assert anew.person.pane.heading.toolTip() or anew.person.pane.cards
    assert anew.history.history() == ("i1",)
    assert anew.tabs.current == "history"
