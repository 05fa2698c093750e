"""The Read page against an engine that answers as told: abstaining, the dial, lists, files, teaching, the report."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import msgspec
import pytest
from PySide6.QtCore import Qt

from engine import api
from engine.values import LabelScore, Progress, Rejection
from gui.pages import one_file
from gui.pages.read import file_tab, list_tab
from gui.pages.read import page as page_module
from gui.pages.read.page import Page
from gui.pages.read.report_values import coverage_at
from gui.pages.read.skill_list import OWN_LABELS

LABELS = ("refund", "delivery", "praise")
REPORT = api.ClassifierTrained(
    pack="Messages",
    version=2,
    method="head",
    seconds=3.0,
    epochs=20,
    metrics={
        "accuracy": 0.931,
        "accuracy_low": 0.911,
        "accuracy_high": 0.947,
        "macro_f1": 0.918,
        "ece": 0.018,
        "ece_before": 0.064,
        "n_valid": 60,
        "n_train": 240,
    },
    promoted=True,
    peak_mb=300.0,
    adapter_bytes=40_000,
    per_label=tuple(api.LabelReport(label, 0.9, 0.8, 0.85, 20) for label in LABELS),
    labels=LABELS,
    confusion=((18, 2, 0), (5, 15, 0), (0, 0, 20)),
    risk_coverage=(
        api.RiskPoint(0.2, 1.0, 0.93),
        api.RiskPoint(0.5, 0.84, 0.955),
        api.RiskPoint(0.7, 0.6, 0.985),
    ),
    mistakes=(
        {"text": "Money back, parcel late", "label": "delivery", "predicted": "refund", "score": 0.97},
        {"text": "Sent it back", "label": "refund", "predicted": "delivery", "score": 0.9},
    ),
)
INFO = api.ModelInfo("Messages", "classify", 2, 40_000, False, True, True, "", LABELS, {"accuracy": 0.931})
OLD = api.ModelInfo("Messages", "classify", 1, 40_000, False, True, False, "", LABELS, {"accuracy": 0.9})


def read(request: api.Classify) -> api.Classified:
    """Texts with "maybe" are unsure: 0.6, below the threshold of 0.7 that any wished precision gives here."""
    results = []
    for text in request.texts:
        score = 0.6 if "maybe" in text else 0.97
        label = (request.labels or LABELS)[0]
        top = (LabelScore(label, score), LabelScore("delivery", 1 - score))
        results.append(api.TextLabel(text, label, score, request.precision is not None and score < 0.7, top))
    return api.Classified(tuple(results), 0.7, 0.01)


@pytest.fixture
def page(client: Any, engine: Any, qtbot: Any, settle: Any) -> Page:
    engine.answers[api.ListModels] = api.Models((INFO, OLD))
    engine.answers[api.GetModelCard] = api.ModelCard(INFO, "", msgspec.to_builtins(REPORT))
    engine.answers[api.Classify] = read
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


def test_a_sure_text_gets_its_label_and_the_scores(page: Page, settle: Any) -> None:
    read_text(page, "Where is my money?", settle)
    result = page.try_tab.result
    assert result.isVisible()
    assert result.label.text() == "refund"
    assert result.state.text() == "Answered"
    assert "refund: 97.0%" in result.bars.accessibleDescription()


def test_abstaining_is_said_plainly(page: Page, settle: Any) -> None:
    read_text(page, "maybe money", settle)
    result = page.try_tab.result
    assert result.label.text() == "Not sure enough"
    assert result.state.text() == "Left to a person"
    assert "refund" in result.sentence.text()
    assert "60.0%" in result.sentence.text()
    assert "70.0%" in result.sentence.text()


def test_switching_abstention_off_answers_every_text(page: Page, engine: Any, qtbot: Any, settle: Any) -> None:
    read_text(page, "maybe money", settle)
    page.dial.switch.click()
    with qtbot.waitSignal(page.try_tab._pause.timeout, timeout=2000):
        pass  # the text is read anew after the pause
    settle()
    assert engine.of(api.Classify)[-1].precision is None
    assert page.try_tab.result.label.text() == "refund"


def test_the_dial_names_the_coverage_from_the_curve(page: Page) -> None:
    page.dial.slider.setValue(95)
    assert "84.0%" in page.dial.cost.text()
    page.dial.slider.setValue(98)
    assert "60.0%" in page.dial.cost.text()
    page.dial.slider.setValue(99)
    assert "every text is left" in page.dial.cost.text()
    assert page.dial.precision() == 0.99


def test_the_wished_precision_is_sent(page: Page, engine: Any, settle: Any) -> None:
    page.dial.slider.setValue(97)
    read_text(page, "Where is my money?", settle)
    assert engine.of(api.Classify)[-1] == api.Classify(("Where is my money?",), "Messages", (), 0.97)


def test_a_late_answer_about_an_older_text_is_not_drawn(page: Page, engine: Any, settle: Any) -> None:
    engine.answers[api.Classify] = None
    engine.cancel = engine.cancelled.append  # it comes too late: the answer is on its way already
    read_text(page, "maybe first", settle)
    first = next(entry for entry in engine.open.values() if isinstance(entry[0], api.Classify))
    read_text(page, "second text", settle)
    engine.finish(api.Classify, read(engine.of(api.Classify)[-1]))
    settle()
    assert page.try_tab.result.label.text() == "refund"
    first[2](read(first[0]))  # the answer of the first, which would say "Not sure enough"
    settle()
    assert page.try_tab.result.label.text() == "refund"
    assert engine.cancelled


def test_a_list_is_read_filtered_and_exported(
    page: Page, engine: Any, settle: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page.tabs.button("list").click()
    tab = page.list_tab
    tab.edit.setPlainText('Where is my money?\n\n  maybe this  \nThank you, "friends"')
    tab.button.click()
    settle()
    assert engine.of(api.Classify)[-1].texts == ("Where is my money?", "maybe this", 'Thank you, "friends"')
    assert tab.table.visible_rows() == 3
    tab.which.button("abstained").click()
    assert tab.table.visible_rows() == 1
    tab.which.button("all").click()
    tab.filter.setText("thank")
    assert tab.table.visible_rows() == 1
    target = tmp_path / "out.csv"
    monkeypatch.setattr(list_tab, "ask_save_file", lambda *_: target)
    tab.export.click()
    with target.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["text", "label", "score", "abstain"]
    assert rows[2] == ["maybe this", "", "0.6000", "true"]
    assert rows[3][0] == 'Thank you, "friends"'


def test_a_file_is_previewed_and_labelled_with_progress_and_cancel(
    page: Page, engine: Any, settle: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    engine.answers[api.PreviewFile] = api.FilePreview(
        str(source), "csv", "utf-8", ",", ("id", "body"), (("1", "Where is it, please?"),), "texts", {}, ()
    )
    page.tabs.button("file").click()
    tab = page.file_tab
    monkeypatch.setattr(one_file, "ask_open_file", lambda *_: source)
    tab.findChild(object, "read.file_choose").click()
    settle()
    assert tab.column.currentText() == "body"  # the longer cells
    monkeypatch.setattr(file_tab, "ask_save_file", lambda *_: target)
    tab.start.click()
    settle()
    assert engine.of(api.ClassifyFile) == [api.ClassifyFile(str(source), str(target), "body", "Messages", (), 0.95)]
    engine.progress(api.ClassifyFile, Progress(5, 10, "Reading", 30.0))
    settle()
    assert tab.strip.isVisible()
    assert not tab.start.isEnabled()
    tab.strip.cancel_button.click()
    settle()
    assert tab.strip.isHidden()
    assert tab.start.isEnabled()
    tab.start.click()
    settle()
    refused = (Rejection(3, "The text is empty."),)
    engine.finish(api.ClassifyFile, api.FileClassified(str(target), 10, 7, 2, 1, refused, {"refund": 7}, 1.0))
    settle()
    assert tab.result.isVisible()
    assert "7 got a label, 2 are left to a person" in tab.result.sentence.text()
    assert "line 3: The text is empty." in tab.result.refused.text()


def test_labels_of_ones_own_read_without_a_skill(page: Page, engine: Any, qtbot: Any, settle: Any) -> None:
    page.skills.list.setCurrentRow(1)
    settle()
    assert page._skill == OWN_LABELS
    page.try_tab.edit.setPlainText("It broke")
    assert not page.try_tab.button.isEnabled()
    page.labels.edit.setText("broken, late，broken")
    qtbot.keyClick(page.labels.edit, Qt.Key.Key_Return)
    assert page.labels.labels() == ("broken", "late")
    page.try_tab.button.click()
    settle()
    assert engine.of(api.Classify)[-1] == api.Classify(("It broke",), None, ("broken", "late"), None)
    # Scores of labels typed by hand were never measured: nothing is promised.
    assert page.try_tab.result.state.text() == "Closest label"
    assert "not known" in page.try_tab.result.sentence.text()
    chip = page.labels.findChild(object, "read.label.late")
    qtbot.keyClick(chip, Qt.Key.Key_Space)
    assert page.labels.labels() == ("broken",)
    assert not page.try_tab.button.isEnabled()


def test_a_confusion_cell_shows_what_was_confused(page: Page, qtbot: Any, settle: Any) -> None:
    page.tabs.button("report").click()
    settle()
    view = page.report.confusion
    # The most frequent mix-up is open at first.
    assert view.detail.text() == "5 of 20 texts labelled “delivery” were read as “refund” (25%)."
    assert "Money back, parcel late" in view.examples.text()
    cell = view.grid.cell_rect(0, 1).center().toPoint()
    qtbot.mouseClick(view.grid, Qt.MouseButton.LeftButton, pos=cell)
    assert view.detail.text() == "2 of 20 texts labelled “refund” were read as “delivery” (10%)."
    assert "Sent it back" in view.examples.text()
    qtbot.keyClick(view.grid, Qt.Key.Key_Left)
    assert view.detail.text() == "18 of 20 texts labelled “refund” were read right (90%)."
    assert view.examples.isHidden()


def test_the_report_says_figures_and_sorts_by_label(page: Page, settle: Any) -> None:
    page.tabs.button("report").click()
    settle()
    texts = [card.accessibleName() for card in page.report.figures.findChildren(object) if hasattr(card, "body")]
    assert any("93.1%" in text and "91.1%" in text and "94.7%" in text for text in texts)
    assert any("1.8%" in text and "6.4%" in text for text in texts)
    assert page.report.labels.visible_rows() == 3


def test_roll_back_asks_first(page: Page, engine: Any, settle: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    engine.answers[api.RollBackModel] = api.Models((OLD,))
    page.tabs.button("versions").click()
    settle()
    assert page.versions.table.visible_rows() == 2
    monkeypatch.setattr(page_module, "confirm", lambda *_, **__: False)
    page.versions.back.click()
    settle()
    assert engine.of(api.RollBackModel) == []
    monkeypatch.setattr(page_module, "confirm", lambda *_, **__: True)
    page.versions.back.click()
    settle()
    assert engine.of(api.RollBackModel) == [api.RollBackModel("Messages")]


def test_teaching_has_a_page_of_its_own(page: Page, qtbot: Any) -> None:
    with qtbot.waitSignal(page.navigate_to) as heard:
        page.skills.teach.click()
    assert heard.args == ["teach", ""]


def test_it_opens_with_the_skill_that_was_taught(page: Page, engine: Any, settle: Any) -> None:
    engine.answers[api.ListModels] = api.Models((INFO, msgspec.structs.replace(INFO, name="Post", version=1)))
    page.tabs.button("report").click()
    page.open_subject("Post")
    settle()
    assert page._skill == "Post"
    assert page.try_tab.isVisible()


def test_coverage_takes_the_widest_point_that_is_precise_enough() -> None:
    points = REPORT.risk_coverage
    assert coverage_at(points, 0.9) == points[0]
    assert coverage_at(points, 0.955) == points[1]
    assert coverage_at(points, 0.99) is None


def test_a_cross_validated_report_says_so(page: Page) -> None:
    same = msgspec.structs.replace(REPORT, metrics={**REPORT.metrics, "n_train": 40.0, "n_valid": 40.0})
    page.report.show_report(same)
    assert page.report.summary.text().startswith("Cross-validated on 40 text")
    apart = msgspec.structs.replace(REPORT, metrics={**REPORT.metrics, "n_train": 60.0, "n_valid": 40.0})
    page.report.show_report(apart)
    assert "Cross-validated" not in page.report.summary.text()
