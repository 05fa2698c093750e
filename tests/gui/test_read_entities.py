"""Read with a skill that finds names and terms: marks in the text, table, long texts, files, measuring, report."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import msgspec
import pytest
from PySide6.QtGui import QGuiApplication

from engine import api
from engine.api.entities import Entity, EntityReport, TextEntities
from engine.values import Progress, Rejection
from gui.pages.read import file_tab
from gui.pages.read.entity_view import PART, EntityView
from gui.pages.read.page import Page
from gui.widgets.card import Card
from gui.widgets.label_tones import tones_of
from gui.widgets.marked_text import Mark, MarkedText, apart

LABELS = ("Disease", "Drug")
TEXT = "😀 Aspirin treats 头痛 and fever."
FOUND = (Entity(2, 9, "Drug", 0.98), Entity(17, 19, "Disease", 0.71), Entity(24, 29, "Disease", 0.9))
TRAINED = api.EntitiesTrained(
    "Notes", 1, "lora", 60.0, 8, {"f1": 0.834, "f1_low": 0.81, "f1_high": 0.85, "precision": 0.83, "recall": 0.84,
    "macro_f1": 0.82, "n_valid": 90.0, "n_train": 500.0}, True, 700.0, 900_000, LABELS,
    (EntityReport("Disease", 0.83, 0.84, 0.835, 210), EntityReport("Drug", 0.3, 0.4, 0.34, 40)),
    (
        {"text": "Aspirin for headache", "start": 12, "end": 20, "label": "Disease", "predicted": "", "score": 0.99},
        {"text": "x" * 400 + " gout " + "y" * 400, "start": 401, "end": 405, "label": "Disease", "predicted": "Drug"},
    ),
)  # fmt: skip
INFO = api.ModelInfo("Notes", "entities", 1, 900_000, False, True, True, "", LABELS, {"f1": 0.834})
SKILL = api.ModelInfo("Messages", "classify", 2, 40_000, False, True, True, "", ("a", "b"), {"accuracy": 0.9})


@pytest.fixture
def page(client: Any, engine: Any, qtbot: Any, settle: Any) -> Page:
    engine.answers[api.ListModels] = api.Models((INFO, SKILL))
    engine.answers[api.GetModelCard] = lambda request: api.ModelCard(
        INFO if request.name == "Notes" else SKILL, "", msgspec.to_builtins(TRAINED) if request.name == "Notes" else {}
    )
    engine.answers[api.ExtractEntities] = lambda request: api.EntitiesFound(
        tuple(TextEntities(text, FOUND if text == TEXT else ()) for text in request.texts), 0.02
    )
    page = Page(client)
    qtbot.addWidget(page)
    page.resize(1080, 800)
    page.show()
    page.refresh()
    settle()
    return page


def read_text(page: Page, text: str, settle: Any) -> None:
    page.try_tab.edit.setPlainText(text)
    page.try_tab.button.click()
    settle()


def test_tabs_fit_the_skill(page: Page, settle: Any) -> None:
    def shown() -> list[str]:
        keys = ("try", "list", "file", "label", "measure", "report", "versions")
        return [key for key in keys if page.tabs.button(key).isVisible()]

    assert page.name.whole_text() == "Notes"
    assert shown() == ["try", "file", "measure", "report", "versions"]
    assert "83.4%" in page.detail.text()
    assert page.dial.isHidden()
    page.tabs.button("measure").click()
    page.skills.list.setCurrentRow(1)
    settle()
    assert shown() == ["try", "list", "file", "label", "measure", "report", "versions"]
    assert page.tabs.current == "measure"
    page.tabs.button("label").click()
    page.skills.list.setCurrentRow(2)
    assert shown() == ["try", "list", "file"]
    assert page.tabs.current == "try"  # what the other skill cannot do is left


def test_what_is_found_is_marked_where_it_stands_in_any_script(page: Page, engine: Any, settle: Any) -> None:
    read_text(page, TEXT, settle)
    assert engine.of(api.ExtractEntities) == [api.ExtractEntities("Notes", (TEXT,))]
    view = page.try_tab.entities
    assert view.isVisible()
    assert page.try_tab.result.isHidden()
    assert view.table.visible_rows() == 3
    assert view.table.model().index(1, 0).data() == "头痛"
    view.table.select_row(1)
    assert view.text.selected_text() == "头痛"
    view.table.select_row(0)
    assert view.text.selected_text() == "Aspirin"
    assert view.text.textCursor().charFormat().toolTip() == "Drug, 98.0% sure"
    # The labels stand in the text, but are not copied with it.
    assert "Drug" in view.text.toPlainText()
    view.text.selectAll()
    view.text.copy()
    assert QGuiApplication.clipboard().text() == TEXT


def test_nothing_found_is_said(page: Page, settle: Any) -> None:
    read_text(page, "Nothing here.", settle)
    view = page.try_tab.entities
    assert "Nothing was found" in view.summary.text()
    assert view.table.isHidden()
    assert view.text.toPlainText() == "Nothing here."


def test_every_label_keeps_its_tone() -> None:
    assert tones_of(("b", "a")) == tones_of(("a", "b", "a"))
    assert len(set(tones_of("abcde").values())) == 5


def test_a_long_text_is_shown_in_parts_and_quickly(qtbot: Any, settle: Any) -> None:
    view = EntityView()
    qtbot.addWidget(view)
    view.resize(700, 600)
    view.show()
    word = "aspirin and many other words here "
    text = word * 30_000  # a million characters
    entities = tuple(Entity(n * len(word), n * len(word) + 7, "Drug", 0.9) for n in range(0, 30_000, 10))
    began = time.perf_counter()
    view.show_found(TextEntities(text, entities), LABELS)
    settle()
    assert time.perf_counter() - began < 1.5
    assert len(view.text.toPlainText()) < 2 * PART
    assert view.parts.isVisible()
    assert not view.before.isEnabled()
    place = next(n for n, entity in enumerate(entities) if entity.start > 3 * PART)
    view.table.select_row(place)
    settle()
    assert view.text.selected_text() == "aspirin"
    assert "60001" in view.place.text().replace(",", "")
    view.after.click()
    assert "80001" in view.place.text().replace(",", "")


def test_overlapping_marks_give_way_and_are_still_listed(qtbot: Any) -> None:
    marks = [Mark(5, 9, "accent"), Mark(0, 7, "danger"), Mark(1, 3, "success"), Mark(8, 99, "warning")]
    assert [(place, mark.start, mark.end) for place, mark in apart(marks, 12)] == [(1, 0, 7), (0, 7, 9), (3, 9, 12)]
    widget = MarkedText("t", "t")
    qtbot.addWidget(widget)
    widget.set_text("abcdefghijkl", marks)
    widget.show_mark(3)
    assert widget.selected_text() == "jkl"
    widget.show_mark(2)  # wholly covered: the selection stays
    assert widget.selected_text() == "jkl"


def test_a_copied_part_with_an_astral_character(qtbot: Any) -> None:
    widget = MarkedText("t", "t")
    qtbot.addWidget(widget)
    widget.set_text("a😀b\nc", [Mark(1, 2, "accent", "X"), Mark(2, 3, "danger", "Y")])
    widget.selectAll()
    assert widget.selected_text() == "a😀b\nc"


def test_a_file_is_read(page: Page, engine: Any, settle: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    engine.answers[api.PreviewFile] = api.FilePreview(
        str(source), "csv", "utf-8", ",", ("id", "body"), (("1", "Aspirin for headache"),), "texts", {}, ()
    )
    page.tabs.button("file").click()
    tab = page.file_tab
    assert tab.start.text().strip() == "Find in the file…"
    tab.open_file(source)
    settle()
    suggested: list[str] = []
    monkeypatch.setattr(file_tab, "ask_save_file", lambda *args: suggested.append(args[2]) or target)
    tab.start.click()
    settle()
    assert suggested == [str(tmp_path / "in-found.csv")]
    assert engine.of(api.ExtractFile) == [api.ExtractFile("Notes", str(source), str(target), "body")]
    engine.progress(api.ExtractFile, Progress(1, 2, "label"))
    refused = (Rejection(3, "The text is empty."),)
    engine.finish(api.ExtractFile, api.FileExtracted(str(target), 10, 17, 1, refused, {"Drug": 12, "Disease": 5}, 1.0))
    settle()
    assert "10 rows read: 17 names and terms found" in tab.result.sentence.text()
    assert "Drug: 12" in tab.result.bars.accessibleDescription()
    page.skills.list.setCurrentRow(1)
    assert tab.start.text().strip() == "Label the file…"


def test_it_is_measured_on_a_data_set(page: Page, engine: Any, settle: Any) -> None:
    engine.answers[api.ListDatasets] = api.Datasets(
        (api.DatasetInfo("Mails", "labelled", 3, 1, "", ""), api.DatasetInfo("Marked", "entities", 940, 1, "", ""))
    )
    page.tabs.button("measure").click()
    settle()
    tab = page.measure
    assert [tab.data.itemData(n) for n in range(tab.data.count())] == ["Marked"]
    tab.start.click()
    settle()
    assert engine.of(api.EvaluateEntities) == [api.EvaluateEntities("Notes", "Marked")]
    assert tab.strip.isVisible()
    engine.finish(
        api.EvaluateEntities,
        api.EntitiesEvaluated(940, 0.81, 0.83, 0.82, 0.8, TRAINED.per_label, TRAINED.mistakes),
    )
    settle()
    assert tab.scores.isVisible()
    assert tab.strip.isHidden()
    assert tab.scores.labels.visible_rows() == 2
    names = [card.accessibleName() for card in tab.scores.figures.findChildren(object) if hasattr(card, "body")]
    assert any(name.startswith("F1: 82.0%") for name in names)


def test_texts_that_were_taught_are_said_to_be(page: Page, engine: Any, settle: Any) -> None:
    found = api.EntitiesEvaluated(940, 0.81, 0.83, 0.82, 0.8, TRAINED.per_label, TRAINED.mistakes, 0.031, 1)
    scores = page.measure.scores
    scores.show_evaluated(found)
    assert not scores.memory.isHidden()
    assert scores.memory.text().startswith("It learned from 1 of these 940 texts")
    names = [card.accessibleName() for card in scores.figures.findChildren(Card)]
    assert any(name.startswith("Calibration error: 3.1%") for name in names)
    scores.show_evaluated(msgspec.structs.replace(found, taught=0))
    assert scores.memory.isHidden()


def test_a_report_says_how_many_texts_were_taught(page: Page) -> None:
    scores = page.measure.scores
    report = msgspec.structs.replace(TRAINED, metrics={"f1": 0.8, "n_valid": 118.0, "n_train": 822.0})
    scores.show_trained(report)
    names = [card.accessibleName() for card in scores.figures.findChildren(Card)]
    assert "Texts measured on: 118. taught with 822" in names


def test_without_marked_texts_it_says_where_they_come_from(page: Page, engine: Any, settle: Any) -> None:
    engine.answers[api.ListDatasets] = api.Datasets(())
    page.tabs.button("measure").click()
    settle()
    assert page.measure.missing.isVisible()
    assert not page.measure.start.isVisible()


def test_the_report_shows_mistakes_in_their_sentences(page: Page, settle: Any) -> None:
    page.tabs.button("report").click()
    settle()
    report = page.found_report
    assert report.isVisible()
    names = [card.accessibleName() for card in report.figures.findChildren(object) if hasattr(card, "body")]
    assert any("83.4%" in name and "81.0%" in name and "85.0%" in name for name in names)
    text = report.mistakes.toPlainText()
    assert "Disease was not found · 99.0%" in text
    assert "Disease was taken for Drug" in text
    assert "… xxx" in text
    report.mistakes.show_mark(0, 0)
    assert report.mistakes.selected_text() == "headache"
    report.mistakes.show_mark(0, 1)
    assert report.mistakes.selected_text() == "gout"
