"""A classifier is measured on another data set in the window: figures, dial, curves, labels, mix-ups."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from engine import api
from engine.errors import DataUnusable
from engine.train.classify.metrics import wilson_interval
from engine.values import LabelScore, Progress
from gui.pages.read.page import Page
from gui.pages.read.report_values import interval_95, reliability
from gui.widgets.card import Card

LABELS = ("refund", "delivery")
SKILL = api.ModelInfo("Messages", "classify", 2, 40_000, False, True, True, "", LABELS, {"accuracy": 0.931})
FINDER = api.ModelInfo("Finder", "entities", 1, 40_000, False, True, True, "", ("drug",), {"f1": 0.8})
MEASURED = api.Evaluated(
    n=200,
    accuracy=0.9,
    macro_f1=0.88,
    per_label=(api.LabelReport("refund", 0.95, 0.9, 0.92, 120), api.LabelReport("delivery", 0.8, 0.9, 0.45, 80)),
    labels=LABELS,
    confusion=((108, 12), (8, 72)),
    ece=0.031,
    risk_coverage=(
        api.RiskPoint(0.95, 0.3, 1.0),
        api.RiskPoint(0.8, 0.6, 0.99),
        api.RiskPoint(0.6, 0.8, 0.95),
        api.RiskPoint(0.5, 1.0, 0.9),
    ),
    unknown_labels=("other", "spam"),
)


@pytest.fixture
def page(client: Any, engine: Any, qtbot: Any, settle: Any) -> Page:
    engine.answers[api.ListModels] = api.Models((SKILL, FINDER))
    engine.answers[api.GetModelCard] = lambda request: api.ModelCard(
        SKILL if request.name == "Messages" else FINDER, ""
    )
    engine.answers[api.ListDatasets] = api.Datasets(
        (
            api.DatasetInfo("Mails", "labelled", 300, 1, "", ""),
            api.DatasetInfo("Notes", "entities", 30, 1, "", ""),
            api.DatasetInfo("Old mails", "labelled", 200, 1, "", ""),
        )
    )
    page = Page(client)
    qtbot.addWidget(page)
    page.resize(1080, 800)
    page.show()
    page.refresh()
    settle()
    page._choose("Messages")
    page.tabs.button("measure").click()
    settle()
    return page


def test_it_is_measured_and_everything_is_shown(page: Page, engine: Any, settle: Any) -> None:
    tab = page.measure
    assert [tab.data.itemData(place) for place in range(tab.data.count())] == ["Mails", "Old mails"]
    tab.data.setCurrentIndex(1)
    tab.start.click()
    settle()
    assert engine.of(api.Evaluate) == [api.Evaluate("Messages", "Old mails")]
    assert not tab.start.isEnabled()
    assert tab.strip.isVisible()
    engine.progress(api.Evaluate, Progress(50, 200, "embed"))
    engine.finish(api.Evaluate, MEASURED)
    settle()
    assert not tab.strip.isVisible()
    view = tab.measured
    assert view.isVisible()
    words = " ".join(label.text() for label in view.report.figures.findChildren(type(view.report.summary)))
    assert "90.0%" in words
    assert "85.1%" in words  # the interval of 180 right of 200
    assert "93.4%" in words
    assert "3.1%" in words
    assert "200" in words
    assert view.report.labels.visible_rows() == 2
    assert view.report.told.isVisible()
    assert view.report.curve.isVisible()
    assert not view.report.surest.isVisible()
    assert view.unknown is not None
    assert "other, spam" in view.unknown.label.text()


def test_two_labels_have_an_auc_and_texts_from_memory_are_said(page: Page, engine: Any, settle: Any) -> None:
    engine.answers[api.Evaluate] = msgspec.structs.replace(MEASURED, auc=0.987, taught=120)
    page.measure.start.click()
    settle()
    view = page.measure.measured
    names = [card.accessibleName() for card in view.report.figures.findChildren(Card)]
    assert "AUC: 98.7%. how surely the two labels are told apart; 50% would be chance" in names
    assert view.memory.isVisible()
    assert view.memory.text() == (
        "It learned from 120 of these 200 texts: on them it answers from memory, and the figures flatter it."
    )
    engine.answers[api.Evaluate] = MEASURED
    page.measure.start.click()
    settle()
    assert not view.memory.isVisible()


def test_the_dial_goes_by_these_texts(page: Page, engine: Any, settle: Any) -> None:
    engine.answers[api.Evaluate] = MEASURED
    page.measure.start.click()
    settle()
    dial = page.measure.measured.dial
    dial.slider.setValue(99)
    assert "60.0%" in dial.cost.text()
    assert "held-out" not in dial.cost.text()
    dial.slider.setValue(90)
    assert "100.0%" in dial.cost.text()


def test_figures_go_with_the_skill_and_with_its_version(page: Page, engine: Any, settle: Any) -> None:
    engine.answers[api.Evaluate] = MEASURED
    page.measure.start.click()
    settle()
    assert page.measure.measured.isVisible()
    page._choose("Finder")
    settle()
    assert not page.measure.measured.isVisible()
    assert [page.measure.data.itemData(place) for place in range(page.measure.data.count())] == ["Notes"]
    page._choose("Messages")
    settle()
    page.measure.start.click()
    settle()
    assert page.measure.measured.isVisible()
    page.measure.set_pack("Messages", 3, finds=False)
    assert not page.measure.measured.isVisible()


def test_without_labelled_texts_it_says_what_to_import(page: Page, engine: Any, settle: Any) -> None:
    engine.answers[api.ListDatasets] = api.Datasets(())
    page.measure.refresh()
    settle()
    assert page.measure.missing.isVisible()
    assert "labelled" in page.measure.missing.text()
    assert not page.measure.start.isVisible()


def test_a_failure_is_told_and_it_can_be_tried_again(page: Page, engine: Any, settle: Any) -> None:
    told: list[Any] = []
    page.measure.failed.disconnect()
    page.measure.failed.connect(told.append)
    engine.answers[api.Evaluate] = DataUnusable(name="Mails", reason="it has no labelled texts.")
    page.measure.start.click()
    settle()
    assert len(told) == 1
    assert page.measure.start.isEnabled()


@pytest.mark.parametrize(("right", "texts"), [(0, 10), (10, 10), (180, 200), (1, 3), (4999, 5000)])
def test_the_interval_is_the_engines(right: int, texts: int) -> None:
    assert interval_95(right / texts, texts) == pytest.approx(wilson_interval(right, texts), abs=1e-6)


def test_reliability_is_read_off_the_curve() -> None:
    from engine.report.charts import reliability_bins

    bins = reliability(MEASURED.risk_coverage)
    assert bins == [(one.score, one.right) for one in reliability_bins(MEASURED.risk_coverage)]
    assert bins[-1] == (pytest.approx(0.55), pytest.approx(0.7))


def test_a_wish_that_cannot_be_promised_is_told_beside_the_dial(page: Page, engine: Any, settle: Any) -> None:
    notice = "A precision of 0.95 cannot be promised from the 62 held-out texts of this skill (at most 0.915 can be), "
    notice += "so every text is left to you. Ask for less, or teach with more texts."
    top = (LabelScore("refund", 0.99), LabelScore("delivery", 0.01))
    engine.answers[api.Classify] = lambda request: api.Classified(
        (api.TextLabel(request.texts[0], "refund", 0.99, request.precision is not None, top),),
        1.0 if request.precision is not None else 0.0, 0.01, notice if request.precision is not None else "",
    )  # fmt: skip
    page.tabs.button("try").click()
    page.try_tab.edit.setPlainText("money back")
    page.try_tab.read()
    settle()
    assert page.dial.notice.isVisible()
    assert "62 held-out texts" in page.dial.notice.text()
    assert not page.dial.cost.isVisible()
    assert "100" not in page.try_tab.result.sentence.text()  # no score that is asked for and never reached
    page.dial.switch.click()
    page.try_tab.read()
    settle()
    assert not page.dial.notice.isVisible()
    assert page.dial.cost.isVisible()
    assert page.try_tab.result.state.text() == "Answered"


def test_fewer_columns_take_the_whole_width(qtbot: Any) -> None:
    from gui.widgets.figure import Figures

    view = Figures("figures")
    qtbot.addWidget(view)
    view.resize(800, 200)
    view.show()
    figures = [(f"Figure {number}", "1.0", "") for number in range(4)]
    view.set_figures(figures)
    view.hide()
    view.resize(340, 400)
    view.set_figures(figures)
    view.show()
    qtbot.waitExposed(view)
    right = max(card.geometry().right() for card in view._cards)
    assert len({card.y() for card in view._cards}) == 2
    assert right >= 330
