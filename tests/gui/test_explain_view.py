"""Why a label was given, and saying what it should have been: in Read's texts and lists."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QTextCursor

from engine import api
from engine.errors import Fault
from engine.values import LabelScore
from gui.pages.read.correct import CorrectMenu, LabelDialog
from gui.pages.read.explain_view import AGAINST, FOR, ExplainView
from gui.pages.read.page import Page
from gui.pages.read.weights import signed_points, spoken_weights
from gui.theme import DARK, LIGHT, theme
from gui.widgets.marked_text import ground_of

TEXT = "😀 late parcel, thanks"
WORDS = (
    api.TokenWeight("late", 2, 6, 0.31),
    api.TokenWeight("parcel", 7, 13, 0.124),
    api.TokenWeight("thanks", 15, 21, -0.031),
)
GOOD = api.Faithfulness(0.41, 0.05, 0.08, 0.38, 0.2)
CHANCE = api.Faithfulness(0.05, 0.3, 0.08, 0.2, 0.2)
LABELS = tuple(f"label {n}" for n in range(14))
INFO = api.ModelInfo("Messages", "classify", 2, 40_000, False, True, True, "", LABELS, {"accuracy": 0.931})


def classify(request: api.Classify) -> api.Classified:
    top = (LabelScore("label 3", 0.8), LabelScore("label 5", 0.1))
    return api.Classified(tuple(api.TextLabel(t, "label 3", 0.8, False, top) for t in request.texts), 0.5, 0.01)


@pytest.fixture
def page(client: Any, engine: Any, qtbot: Any, settle: Any) -> Page:
    engine.answers[api.ListModels] = api.Models((INFO,))
    engine.answers[api.GetModelCard] = api.ModelCard(INFO, "")
    engine.answers[api.Classify] = classify
    engine.answers[api.AddCorrection] = api.LabellingQueue((), 0, 3, LABELS)
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


def test_weights_are_said_with_their_sign() -> None:
    assert signed_points(0.123) == "+12.3"
    assert signed_points(-0.04) == "−4.0"
    assert signed_points(0.0001) == "±0.0"
    assert spoken_weights((*WORDS, api.TokenWeight("a", 0, 1, 0.0)), 2) == "late +31.0, parcel +12.4"


def test_why_is_asked_for_the_given_label_and_drawn(page: Page, engine: Any, settle: Any) -> None:
    read_text(page, TEXT, settle)
    tab = page.try_tab
    tab.result.why.click()
    assert tab.why.isVisible()
    settle()
    assert engine.of(api.Explain) == [api.Explain("Messages", TEXT, "label 3")]
    engine.finish(api.Explain, api.Explanation("label 3", 0.8, WORDS, GOOD, 0.2))
    settle()
    assert tab.why.text.toPlainText() == TEXT
    # Read by a screen reader, and in the numbers below the text.
    assert tab.why.text.accessibleDescription() == "late +31.0, parcel +12.4, thanks −3.1"
    assert "late +31.0" in tab.why.numbers.text()
    faith = tab.why.faith.text()
    for part in ("20%", "−41.0", "−8.0", "−5.0", "−38.0"):
        assert part in faith
    assert "with care" not in faith


def test_an_explanation_no_better_than_chance_says_so(qtbot: Any) -> None:
    view = ExplainView()
    qtbot.addWidget(view)
    view.show_explanation(TEXT, api.Explanation("x", 0.8, WORDS, CHANCE, 0.2))
    assert "with care" in view.faith.text()
    assert "−5.0" in view.faith.text()


def test_words_are_tinted_by_sign_and_strength_with_the_number_on_hover(qtbot: Any) -> None:
    view = ExplainView()
    qtbot.addWidget(view)
    view.show_explanation(TEXT, api.Explanation("x", 0.8, WORDS, GOOD, 0.2))

    def style(units: int) -> Any:
        cursor = QTextCursor(view.text.document())
        cursor.setPosition(units + 1)
        return cursor.charFormat()

    late, parcel, thanks = style(3), style(8), style(16)  # the emoji takes two units of Qt, one character of Python
    assert late.toolTip() == "late  +31.0"
    assert thanks.toolTip() == "thanks  −3.1"
    assert late.background().color() == QColor(ground_of(FOR, 1.0))
    assert parcel.background().color() == QColor(ground_of(FOR, 0.12 + 0.88 * 0.4))
    assert late.underlineStyle() != thanks.underlineStyle()  # not by colour alone
    assert style(2).toolTip() == ""


def test_tinted_words_stay_readable() -> None:
    def luminance(colour: str) -> float:
        channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    try:
        for choice, colours in (("light", LIGHT), ("dark", DARK)):
            theme().apply(choice, "normal")
            for tone in (FOR, AGAINST):
                pair = sorted((luminance(colours.text), luminance(ground_of(tone, 1.0))))
                assert (pair[1] + 0.05) / (pair[0] + 0.05) >= 4.5, (choice, tone)
    finally:
        theme().apply("light", "normal")


def test_another_text_takes_the_explanation_away(page: Page, engine: Any, settle: Any) -> None:
    read_text(page, TEXT, settle)
    page.try_tab.explain()
    settle()
    engine.cancel = engine.cancelled.append
    page.try_tab.edit.setPlainText("something else")
    assert page.try_tab.why.isHidden()
    engine.finish(api.Explain, api.Explanation("label 3", 0.8, WORDS, GOOD, 0.2))  # too late
    settle()
    assert page.try_tab.why.isHidden()


def test_an_explanation_that_fails_is_told(page: Page, engine: Any, settle: Any, qtbot: Any) -> None:
    read_text(page, TEXT, settle)
    engine.answers[api.Explain] = Fault(reason="no")
    with qtbot.waitSignal(page.try_tab.failed):
        page.try_tab.result.why.click()
    assert page.try_tab.why.isHidden()


def test_labels_of_ones_own_are_neither_explained_nor_corrected(page: Page, settle: Any) -> None:
    page.skills.list.setCurrentRow(1)
    page.labels.set_labels(("a", "b"))
    read_text(page, TEXT, settle)
    assert page.try_tab.result.isVisible()
    assert page.try_tab.result.why.isHidden()
    assert page.try_tab.result.correct.isHidden()


def test_a_correction_is_chosen_by_the_keyboard(page: Page, engine: Any, settle: Any, qtbot: Any) -> None:
    read_text(page, TEXT, settle)
    result = page.try_tab.result
    qtbot.keyClick(result.correct, Qt.Key.Key_Space)
    menu = result._menu
    assert menu.isVisible()
    # What it was given is not offered; the likeliest other comes first.
    assert menu.actions()[0].text() == "&1   label 5"
    assert not any("label 3" in action.text() for action in menu.actions())
    qtbot.keyClick(menu, Qt.Key.Key_1)
    settle()
    assert engine.of(api.AddCorrection) == [api.AddCorrection("Messages", TEXT, "label 5", "read")]
    assert result.noted.text() == "You said: label 5"
    read_text(page, "another text", settle)
    assert result.noted.text() == ""


def test_one_of_many_labels_is_found_by_typing(page: Page, qtbot: Any, settle: Any) -> None:
    chosen: list[str] = []
    menu = CorrectMenu(LABELS, ("label 3",), "label 3", chosen.append, page)
    menu.actions()[-1].trigger()
    dialog = page.findChild(LabelDialog)
    assert dialog.isVisible()
    dialog.search.setText("12")
    qtbot.keyClick(dialog.search, Qt.Key.Key_Return)
    settle()
    assert chosen == ["label 12"]


def test_a_row_of_the_list_is_corrected(page: Page, engine: Any, settle: Any) -> None:
    page.tabs.button("list").click()
    tab = page.list_tab
    tab.edit.setPlainText("one\ntwo")
    tab.button.click()
    settle()
    assert not tab.correct.isEnabled()
    tab.table.select_row(1)
    assert tab.correct.isEnabled()
    tab.correct.click()
    tab._menu.actions()[0].trigger()
    settle()
    assert engine.of(api.AddCorrection) == [api.AddCorrection("Messages", "two", "label 5", "read")]
    model = tab.table.model()
    assert model.index(1, 1).data() == "label 5 (you)"
    assert model.index(0, 1).data() == "label 3"


def test_a_refused_correction_is_told_and_not_shown(page: Page, engine: Any, settle: Any, qtbot: Any) -> None:
    engine.answers[api.AddCorrection] = Fault(reason="no")
    read_text(page, TEXT, settle)
    with qtbot.waitSignal(page.try_tab.failed):
        page.try_tab.correct("label 5")
    assert page.try_tab.result.noted.text() == ""
