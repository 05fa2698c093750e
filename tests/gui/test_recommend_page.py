"""The Recommend page against an engine that answers as told: people, histories, similar items, learning, forgetting."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QWidget

from engine import api
from engine.values import Progress, Rejection
from gui.pages.recommend import person_tab
from gui.pages.recommend.page import Page
from gui.pages.recommend.ranked_card import RankedCard
from gui.text.why import why_text
from gui.widgets.buttons import IconButton
from gui.widgets.chip import Chip
from gui.widgets.thumbnail import read_picture

METRICS = {
    "model": api.RankingMetrics(0.231, 0.318, 0.74),
    "popularity": api.RankingMetrics(0.081, 0.122, 0.03),
    "item_knn": api.RankingMetrics(0.204, 0.281, 0.61),
    "ease": api.RankingMetrics(0.21, 0.301, 0.58),
}
REPORT = api.RecommenderFitted("Shop", 3, 1210, 480, 18400, 4.1, 220.0, METRICS)
INFO = api.ModelInfo("Shop", "recommend", 3, 900_000, False, True)
RULES = api.RecommendRules("Shop", (api.RecommendRule("per_category", "2"),), ("zz",), ("Kitchen", "Garden"), 3)
FIGURES = api.FeedbackFigures(
    40, 400, 36, 2, (api.FeedbackPeriod("2026-05-04", 40, 400, 36, 2, 0.09, 0.066, 0.122, (3,)),), "down", ""
)
VERSIONS = api.Versions(
    "Shop", "recommend", tuple(api.VersionInfo(n, "2026-05-01T10:00:00Z", n == 3, "", "", 1000) for n in (3, 2, 1))
)
ITEMS = {"i1": "Pan", "i2": "Knife", "i3": "Apron", "i4": "Peppermill"}


def ranked(request: api.RecommendTop | api.SimilarItems) -> api.RankedItems:
    """Every item once, stronger first; the reason names who or what asked."""
    asked = request.item if isinstance(request, api.SimilarItems) else request.user or "+".join(request.history)
    return api.RankedItems(
        tuple(
            api.RankedItem(key, title, 0.8 / place, f"because of {asked}", "behaviour")
            for place, (key, title) in enumerate(ITEMS.items(), start=1)
        )
    )


def known(request: api.ListPeople) -> api.People:
    pool = list(ITEMS.items()) if request.what == "items" else [("anna", "12"), ("bert", "3")]
    return api.People(tuple(entry for entry in pool if request.query.lower() in " ".join(entry).lower()))


@pytest.fixture
def page(client: Any, engine: Any, qtbot: Any, settle: Any) -> Page:
    engine.answers[api.ListModels] = api.Models((INFO,))
    engine.answers[api.GetModelCard] = api.ModelCard(INFO, "", msgspec.to_builtins(REPORT))
    engine.answers[api.ListPeople] = known
    engine.answers[api.RecommendTop] = ranked
    engine.answers[api.SimilarItems] = ranked
    engine.answers[api.ListRules] = RULES
    engine.answers[api.GetFeedbackFigures] = FIGURES
    engine.answers[api.ListVersions] = VERSIONS
    page = Page(client)
    qtbot.addWidget(page)
    page.resize(1080, 800)
    page.show()
    page.refresh()
    settle()
    return page


def titles(cards: list[RankedCard]) -> list[str]:
    return [card.item.title for card in cards]


def test_a_person_gets_cards_with_reasons(page: Page, engine: Any, settle: Any) -> None:
    page.person.picker.list.setCurrentRow(0)
    settle()
    assert engine.of(api.RecommendTop) == [api.RecommendTop("Shop", user="anna", k=10)]
    pane = page.person.pane
    assert titles(pane.cards) == ["Pan", "Knife", "Apron", "Peppermill"]
    assert pane.cards[0].accessibleName() == "1. Pan. because of anna"
    assert pane.heading.whole_text() == "For anna"


def test_a_card_shows_the_picture_of_its_item(qtbot: Any, tmp_path: Any) -> None:
    path = tmp_path / "pan.png"
    picture = QImage(200, 100, QImage.Format.Format_RGB32)
    picture.fill(QColor("red"))
    assert picture.save(str(path))
    (tmp_path / "broken.png").write_bytes(b"no picture at all")
    seen = {}
    for name in ("pan.png", "broken.png", "gone.png"):
        item = api.RankedItem("p", "Pan", 1.0, "because", "behaviour", image=str(tmp_path / name))
        card = RankedCard(1, item, 1.0)
        qtbot.addWidget(card)
        card.show()
        seen[name] = card.picture.has_picture, card.picture.isVisible()
        if name == "pan.png":
            assert card.picture.accessibleName() == "Picture of Pan"
            shown = card.picture.grab().toImage()
            assert shown.pixelColor(shown.width() // 2, shown.height() // 2) == QColor("red")
    assert seen == {"pan.png": (True, True), "broken.png": (False, False), "gone.png": (False, False)}


@pytest.mark.parametrize("mark", ["", "chosen", "dismissed"])
def test_a_card_shows_no_window_while_it_is_made(qtbot: Any, qapp: Any, mark: str) -> None:
    """A part that is shown before it has a place in the card would flash up as a window of its own."""
    shown: list[str] = []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
                shown.append(type(watched).__name__)
            return False

    watch = Watch()
    qapp.installEventFilter(watch)
    item = api.RankedItem("p", "Pan", 1.0, "because", "behaviour", price=3.0)
    card = RankedCard(1, item, 1.0, acts=("pin", "chosen", "dismiss"), mark=mark)
    qapp.removeEventFilter(watch)
    qtbot.addWidget(card)
    assert shown == []


def test_nothing_of_another_machine_is_shown() -> None:
    for path in ("//server/share/pan.png", "\\\\server\\share\\pan.png", "https://example.org/pan.png", "pan.png"):
        assert read_picture(path, 48) is None


def test_people_are_searched(page: Page, engine: Any, qtbot: Any, settle: Any) -> None:
    with qtbot.waitSignal(page.person.picker.search.searched, timeout=2000):
        page.person.picker.search.setText("ber")
    settle()
    assert engine.of(api.ListPeople)[-1] == api.ListPeople("Shop", "ber", "users", 50)
    assert page.person.picker.list.keys() == ["bert"]


def test_only_the_newest_person_is_drawn(page: Page, engine: Any, settle: Any) -> None:
    engine.answers[api.RecommendTop] = None
    page.person.picker.list.setCurrentRow(0)
    settle()
    page.person.picker.list.setCurrentRow(1)
    settle()
    newest = engine.of(api.RecommendTop)[-1]
    engine.finish(api.RecommendTop, ranked(newest))
    settle()
    assert page.person.pane.heading.whole_text() == "For bert"
    assert engine.cancelled  # anna's list is no longer wanted


def test_a_card_opens_similar_items_and_back_returns(page: Page, engine: Any, qtbot: Any, settle: Any) -> None:
    page.person.picker.list.setCurrentRow(0)
    settle()
    pane = page.person.pane
    qtbot.mouseClick(pane.cards[1], Qt.MouseButton.LeftButton)
    settle()
    assert engine.of(api.SimilarItems) == [api.SimilarItems("Shop", "i2", 10)]
    assert pane.heading.whole_text() == "Similar to Knife"
    assert pane.back.isVisible()
    pane.back.click()
    assert pane.heading.whole_text() == "For anna"


def test_a_history_of_chips_gets_a_list(page: Page, engine: Any, qtbot: Any, settle: Any) -> None:
    page.tabs.button("history").click()
    settle()
    tab = page.history
    tab.picker.list.setCurrentRow(0)
    tab.picker.list.setFocus()
    qtbot.keyClick(tab.picker.list, Qt.Key.Key_Return)
    tab.add("i3", "Apron")
    settle()
    assert engine.of(api.RecommendTop)[-1] == api.RecommendTop("Shop", history=("i1", "i3"), k=10)
    assert tab.pane.cards
    chip = tab.findChild(object, "recommend.chip.i1")
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    settle()
    assert tab.history() == ("i3",)
    assert engine.of(api.RecommendTop)[-1].history == ("i3",)


def test_unknown_items_of_a_history_are_named(page: Page, engine: Any, settle: Any) -> None:
    engine.answers[api.RecommendTop] = api.RankedItems((), ("i9",))
    page.tabs.button("history").click()
    page.history.add("i9", "Unknown thing")
    settle()
    assert "Unknown thing" in page.history.pane.note.text()


def test_the_table_compares_with_simple_methods(page: Page) -> None:
    page.tabs.button("quality").click()
    view = page.quality
    assert view.table.visible_rows() == 4
    assert view.table.model().index(0, 0).data() == "This recommender"
    assert view.verdict.text() == "Its lists are 10.0% better than those of the best simple method (EASE)."


def test_parts_say_where_it_is_good_and_where_not(page: Page) -> None:
    assert not page.quality.parts.isVisibleTo(page)  # this report has none
    parts = {
        "history 1-9": api.SliceMetrics(40, 0.2, 0.3), "history 100+": api.SliceMetrics(3, 0.5, 0.2),
        "new items": api.SliceMetrics(7, 0.0, 0.0),
    }  # fmt: skip
    own = api.RankingMetrics(
        0.231,
        0.318,
        0.74,
        mrr=0.5,
        novelty=3.0,
        diversity=0.25,
        popularity_bias=1.7,
        interval=(0.22, 0.24),
        slices=parts,
    )
    ease = msgspec.structs.replace(METRICS["ease"], slices={"history 1-9": api.SliceMetrics(40, 0.25, 0.3)})
    report = msgspec.structs.replace(REPORT, metrics=METRICS | {"model": own, "ease": ease})
    page.tabs.button("quality").click()
    page.quality.show_report(report)
    assert page.quality.parts.isVisibleTo(page)
    model = page.quality.slices.model()
    shown = [[model.index(row, column).data() for column in range(5)] for row in range(3)]
    assert shown == [
        ["People with 1 to 9 choices", "40", "0.200", "0.300", "0.250"],
        ["People with 100 choices or more", "3", "0.500", "0.200", "–"],
        ["Items that nobody had chosen", "7", "0.000", "0.000", "–"],
    ]
    told = page.quality.further.text()
    assert "between 0.220 and 0.240" in told
    assert "12.5% of the people" in told
    assert "1.7 times as popular" in told


def test_a_recommender_that_is_behind_says_so(page: Page) -> None:
    metrics = METRICS | {"model": api.RankingMetrics(0.189, 0.2, 0.5)}
    page.quality.show_report(msgspec.structs.replace(REPORT, metrics=metrics))
    assert "10.0% behind" in page.quality.verdict.text()


def test_forgetting_asks_first_and_says_what_went(
    page: Page, engine: Any, settle: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.person.picker.list.setCurrentRow(0)
    settle()
    monkeypatch.setattr(person_tab, "confirm", lambda *_, **__: False)
    page.person.forget.click()
    assert engine.of(api.ForgetUser) == []
    monkeypatch.setattr(person_tab, "confirm", lambda *_, **__: True)
    page.person.forget.click()
    settle()
    assert engine.of(api.ForgetUser) == [api.ForgetUser("Shop", "anna")]
    assert page.person.strip.isVisible()
    engine.finish(api.ForgetUser, api.UserForgotten("anna", 12, 4))
    settle()
    assert page.person.strip.isHidden()
    assert page.person.pane.cards == []
    toast = page.window().findChild(object, "toast")
    assert "12 event" in toast.text()


def test_learning_shows_progress_and_the_outcome(page: Page, engine: Any, settle: Any) -> None:
    engine.answers[api.ListDatasets] = api.Datasets(
        (
            api.DatasetInfo("Catalogue", "items", 480, 1, "", "c.csv"),
            api.DatasetInfo("Purchases", "events", 18400, 1, "", "p.csv"),
        )
    )
    page.packs.fit.click()
    settle()
    page.fit.start.click()
    settle()
    assert engine.of(api.FitRecommender) == [api.FitRecommender("Catalogue", "Purchases", "Catalogue")]
    engine.progress(api.FitRecommender, Progress(1, 2, "Weighing items", 12.0))
    settle()
    assert page.fit.strip.isVisible()
    page.fit.strip.cancel_button.click()
    settle()
    assert page.fit.start.isVisible()
    page.fit.start.click()
    settle()
    engine.finish(api.FitRecommender, REPORT)
    settle()
    assert page.fit.done.isVisible()
    page.fit.use.click()
    settle()
    assert page.frame.currentWidget() is page.reading


def test_without_a_recommender_it_says_what_to_do(client: Any, engine: Any, qtbot: Any, settle: Any) -> None:
    engine.answers[api.ListModels] = api.Models(())
    engine.answers[api.ListDatasets] = api.Datasets(())
    page = Page(client)
    qtbot.addWidget(page)
    page.show()
    page.refresh()
    settle()
    assert page.empty.isVisible()
    page.empty.button.click()
    settle()
    assert page.fit.empty.isVisible()
    with qtbot.waitSignal(page.navigate) as heard:
        page.fit.empty.button.click()
    assert heard.args == ["library"]


@pytest.mark.parametrize(
    "reason",
    [
        "People who chose “Pan” and “Knife” often chose this too.",
        "People who chose “Pan” often chose this too.",
        "Its description is close to “A “quoted” title”.",
        "Chosen by 1,204 of 9,000 people.",
        "Nobody has chosen it yet.",
        "A sentence of another shape.",
    ],
)
def test_reasons_are_taken_apart_and_said_again_without_loss(reason: str) -> None:
    assert why_text(reason) == reason


def test_the_reasons_of_the_engine_are_the_ones_that_are_understood() -> None:
    """A changed sentence in the engine would silently stay English in the window."""
    source = (Path(__file__).parents[2] / "engine" / "serve" / "recommend" / "reasons.py").read_text("utf-8")
    for part in ("People who chose {named} often chose this too.", "Its description is close to {named}."):
        assert part in source
    assert "Chosen by {count:,} of {people:,} people." in source
    assert "Nobody has chosen it yet." in source


def test_lists_for_a_file(page: Page, engine: Any, settle: Any, monkeypatch: Any, tmp_path: Path) -> None:
    engine.answers[api.PreviewFile] = api.FilePreview(
        str(tmp_path / "people.csv"), "csv", "utf-8", ",", ("user",), (("anna",), ("zoe",)), "texts", {}, ()
    )
    page.tabs.button("file").click()
    page.file.open_file(tmp_path / "people.csv")
    settle()
    output = tmp_path / "lists.jsonl"
    monkeypatch.setattr("gui.pages.recommend.file_tab.ask_save_file", lambda *_: output)
    page.file.items.setValue(5)
    page.file.start.click()
    settle()
    assert engine.of(api.RecommendFile) == [
        api.RecommendFile("Shop", str(tmp_path / "people.csv"), str(output), 5),
    ]
    assert not page.file.start.isEnabled()
    refused = (Rejection(3, "there is no person named zoe in Shop", "unknown_user"),)
    engine.finish(api.RecommendFile, api.FileRecommended(str(output), 1, 1, refused, 0.1))
    settle()
    assert page.file.start.isEnabled()
    assert page.file.sentence.text().startswith("Lists for 1 person")
    assert "zoe" in page.file.refused.text()
    assert page.file.refused.isVisibleTo(page)


def test_evaluating_on_held_out_events(page: Page, engine: Any, settle: Any, monkeypatch: Any, tmp_path: Path) -> None:
    monkeypatch.setattr("gui.pages.recommend.evaluate_card.ask_open_file", lambda *_: tmp_path / "held.csv")
    page.tabs.button("quality").click()
    page.evaluate.choose.click()
    settle()
    assert engine.of(api.EvaluateRecommender) == [
        api.EvaluateRecommender("Shop", str(tmp_path / "held.csv"), baselines=True)
    ]
    popular = {"popularity": api.RankingMetrics(0.1, 0.2, 0.05)}
    engine.finish(api.EvaluateRecommender, api.RecommenderEvaluated(200, 0.25, 0.3, 0.7, popular, skipped_users=1))
    settle()
    model = page.evaluate.table.model()
    assert model.rowCount() == 2
    assert model.index(0, 0).data() == "This recommender"
    assert page.evaluate.sentence.text().startswith("Measured on 200 ")
    assert " 1 person" in page.evaluate.sentence.text()
    assert not page.evaluate.slices.isVisibleTo(page)


def test_evaluating_tells_parts_too(page: Page, engine: Any, settle: Any) -> None:
    page.tabs.button("quality").click()
    page.evaluate.evaluate("held.csv")
    settle()
    parts = {"new people": api.SliceMetrics(5, 0.1, 0.2)}
    result = api.RecommenderEvaluated(200, 0.25, 0.3, 0.7, {}, interval=(0.2, 0.3), mrr=0.4, slices=parts)
    engine.finish(api.EvaluateRecommender, result)
    settle()
    assert page.evaluate.slices.isVisibleTo(page)
    assert page.evaluate.slices.model().index(0, 0).data() == "People that it does not know"
    assert "MRR 0.400" in page.evaluate.further.text()


def test_a_stopped_measurement_can_be_started_again(page: Page, engine: Any, settle: Any) -> None:
    page.evaluate.evaluate("held.csv")
    settle()
    page.evaluate.strip.cancel_button.click()
    settle()
    assert page.evaluate.choose.isEnabled()
    assert not page.evaluate.strip.isVisibleTo(page)


# --- what stands around the lists -------------------------------------------------------------------------------------


def test_an_event_is_taken_away_and_the_change_is_told(page: Page, engine: Any, qtbot: Any, settle: Any) -> None:
    whole = api.RankedItems(ranked(api.RecommendTop("Shop", user="anna")).items[:3], history=(("i4", "Peppermill"),))
    less = api.RankedItems(ranked(api.RecommendTop("Shop", user="anna")).items[1:], history=())
    engine.answers[api.RecommendTop] = lambda request: less if request.without else whole
    page.person.picker.list.setCurrentRow(0)
    settle()
    chip = page.person.events.findChild(object, "recommend.events.chip.i4")
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    settle()
    assert engine.of(api.RecommendTop)[-1] == api.RecommendTop("Shop", user="anna", k=10, without=("i4",))
    assert page.person.pane.note.text() == (
        "Tried without: Peppermill. No longer in it: Pan."  # Peppermill itself is no news
    )
    back = page.person.events.findChild(object, "recommend.events.back.i4")
    qtbot.mouseClick(back, Qt.MouseButton.LeftButton)
    settle()
    assert engine.of(api.RecommendTop)[-1].without == ()


def test_dismissing_and_pinning_are_asked_for_and_told(page: Page, engine: Any, settle: Any) -> None:
    engine.answers[api.RecordFeedback] = api.FeedbackRecorded(0, 0, 1)
    engine.answers[api.AddRule] = RULES
    page.person.picker.list.setCurrentRow(0)
    settle()
    page.person.pane.cards[1].dismiss_requested.emit()
    settle()
    event = api.FeedbackEvent("dismissed", "i2", user="anna")
    assert engine.of(api.RecordFeedback) == [api.RecordFeedback("Shop", (event,))]
    assert "not shown to anna again" in page.window().findChild(object, "toast").text()
    page.person.pane.cards[0].pin_requested.emit()
    settle()
    assert engine.of(api.AddRule) == [api.AddRule("Shop", "pin", "i1")]


def test_a_list_is_kept_as_shown_and_what_became_of_it_is_recorded(
    page: Page, engine: Any, qtbot: Any, settle: Any
) -> None:
    engine.answers[api.GetSettings] = api.SettingsValues({"recommend_explore": 0.1})
    engine.answers[api.RecordFeedback] = api.FeedbackRecorded(0, 1, 0)
    page.feedback.refresh()
    settle()
    page.person.picker.list.setCurrentRow(0)
    settle()
    engine.answers[api.RecommendTop] = lambda request: msgspec.structs.replace(ranked(request), shown=7)
    page.person.keep.click()
    settle()
    assert engine.of(api.RecommendTop)[-1] == api.RecommendTop("Shop", user="anna", k=10, record=True, explore=0.1)
    pane = page.person.pane
    assert pane.note.text().startswith("Kept as shown to anna")
    assert page.person.keep.isHidden()
    asked = len(engine.of(api.RecommendTop))
    # Two at once: neither takes the place of the other.
    for place, name in ((0, "recommend.chosen.1"), (1, "recommend.dismiss.2")):
        qtbot.mouseClick(pane.cards[place].findChild(IconButton, name), Qt.MouseButton.LeftButton)
    settle()
    events = [one for request in engine.of(api.RecordFeedback) for one in request.events]
    assert events == [
        api.FeedbackEvent("clicked", "i1", user="anna", list="7"),
        api.FeedbackEvent("dismissed", "i2", user="anna", list="7"),
    ]
    marks = [chip.text() for card in pane.cards for chip in card.findChildren(Chip) if "mark" in chip.objectName()]
    assert marks == ["They chose it", "Not shown again"]
    assert pane.cards[0].findChild(IconButton, "recommend.chosen.1") is None
    assert len(engine.of(api.RecommendTop)) == asked
    page.person.picker.list.setCurrentRow(1)
    settle()
    assert page.person.keep.isVisible()
    assert page.person.pane.cards[0].findChild(IconButton, "recommend.chosen.1") is None


def test_a_list_without_some_events_is_not_kept(page: Page, settle: Any) -> None:
    page.person.picker.list.setCurrentRow(0)
    settle()
    assert page.person.keep.isVisible()
    page.person.events.changed.emit({"i1": "Pan"})
    settle()
    assert page.person.keep.isHidden()


def test_the_share_left_to_chance_is_kept_by_the_workspace(page: Page, engine: Any, settle: Any) -> None:
    engine.answers[api.GetSettings] = api.SettingsValues({"recommend_explore": 0.33})
    engine.answers[api.ChangeSettings] = lambda request: api.SettingsValues(request.values)
    card = page.feedback
    card.refresh()
    settle()
    assert card.explore.currentData() == 0.33
    card.explore.setCurrentIndex(card.explore.findData(0.2))
    card.explore.activated.emit(card.explore.currentIndex())
    settle()
    assert engine.of(api.ChangeSettings) == [api.ChangeSettings({"recommend_explore": 0.2})]


def test_similar_items_lead_on_and_back_step_by_step(page: Page, engine: Any, settle: Any) -> None:
    engine.answers[api.TogetherItems] = ranked_together
    page.person.picker.list.setCurrentRow(0)
    settle()
    pane = page.person.pane
    for place in (1, 2):
        pane.cards[place].similar_requested.emit()
        settle()
    assert pane.heading.whole_text() == "Similar to Apron"
    assert "Knife" in pane.note.text()
    pane.kind.button("together").click()
    settle()
    assert engine.of(api.TogetherItems) == [api.TogetherItems("Shop", ("i3",), 10)]
    assert pane.heading.whole_text() == "Chosen together with Apron"
    pane.back.click()
    settle()
    assert pane.heading.whole_text() == "Chosen together with Knife"
    pane.back.click()
    assert pane.heading.whole_text() == "For anna"


def ranked_together(request: api.TogetherItems) -> api.RankedItems:
    return api.RankedItems(
        (api.RankedItem("i1", "Pan", 0.3, "4 of 9 people who chose “Apron” chose this too.", "together"),)
    )


def test_a_wish_is_asked_for_and_what_was_understood_is_told(page: Page, engine: Any, settle: Any) -> None:
    told = ("Like “Pan”.", "Cheaper than “Pan” (20.00).")
    engine.answers[api.RecommendTop] = api.RankedItems((), understood=told)
    page.tabs.button("history").click()
    page.history.wish.setText("like the pan but cheaper")
    page.history.find_button.click()
    settle()
    assert engine.of(api.RecommendTop)[-1] == api.RecommendTop("Shop", k=10, text="like the pan but cheaper")
    assert page.history.pane.note.text() == (
        "Understood: Like “Pan”. Cheaper than “Pan” (20.00). Nothing suits all of it."
    )


def test_pasted_ids_become_a_history(page: Page, engine: Any, settle: Any) -> None:
    from PySide6.QtGui import QGuiApplication

    page.tabs.button("history").click()
    settle()
    QGuiApplication.clipboard().setText("i1, i9\ni3")
    page.history.paste.click()
    settle()
    assert engine.of(api.RecommendTop)[-1].history == ("i1", "i9", "i3")


def test_rules_are_shown_added_and_removed(page: Page, engine: Any, settle: Any) -> None:
    engine.answers[api.AddRule] = RULES
    engine.answers[api.RemoveRule] = api.RecommendRules("Shop", ())
    page.tabs.button("rules").click()
    settle()
    view = page.rules
    assert view.table.visible_rows() == 1
    assert "zz" in view.note.text()
    assert not view.remove.isEnabled()
    view.kind.setCurrentIndex(view.kind.findData("sensitive"))
    view.value.setText("Kitchen")
    view.add_rule.click()
    settle()
    assert engine.of(api.AddRule) == [api.AddRule("Shop", "sensitive", "Kitchen")]
    view.kind.setCurrentIndex(view.kind.findData("diversity"))
    assert view.choice.isVisibleTo(view)
    view.choice.setCurrentIndex(1)
    view.add_rule.click()
    settle()
    assert engine.of(api.AddRule)[-1] == api.AddRule("Shop", "diversity", "some")
    view.table.select_row(0)
    view.remove.click()
    settle()
    assert engine.of(api.RemoveRule) == [api.RemoveRule("Shop", "per_category", "2")]
    assert view.nothing.isVisibleTo(view)


def test_the_map_is_drawn_when_it_is_looked_at(page: Page, engine: Any, qtbot: Any, settle: Any) -> None:
    assert engine.of(api.MapItems) == []
    page.tabs.button("map").click()
    settle()
    assert engine.of(api.MapItems) == [api.MapItems("Shop")]
    points = tuple(api.MapPoint(f"i{n}", f"Item {n}", n / 5 - 0.4, 0.1 * n, n % 2, n) for n in range(5))
    groups = (api.MapGroup(("pan", "steel"), 0, 0, 3), api.MapGroup(("apron",), 0.3, 0.3, 2))
    engine.finish(api.MapItems, api.ItemMap("text", points, groups, 7))
    settle()
    view = page.map
    assert "described alike" in view.words.text()
    assert "Not drawn: 7" in view.words.text()
    where = view.canvas._at(points[2].x, points[2].y)
    assert view.canvas.point_at(where) == points[2]
    qtbot.mouseClick(view.canvas, Qt.MouseButton.LeftButton, pos=where.toPoint())
    settle()
    assert engine.of(api.SimilarItems)[-1] == api.SimilarItems("Shop", "i2", 10)
    assert view.pane.heading.whole_text() == "Similar to Item 2"
    page.tabs.button("rules").click()
    page.tabs.button("map").click()
    settle()
    assert len(engine.of(api.MapItems)) == 1


def test_feedback_is_told_and_versions_are_compared(page: Page, engine: Any, settle: Any) -> None:
    page.tabs.button("quality").click()
    settle()
    card = page.feedback
    assert card.verdict.text().startswith("The hit rate falls")
    assert "36 of 400" in card.verdict.text()
    card.compare.click()
    settle()
    assert engine.of(api.ReplayVersions) == [api.ReplayVersions("Shop", 2, 3)]
    few = api.ReplayedVersion(2, 0.1, 0.1, 0.0, 0.3, 12, 2, 8.0, 0.0)
    found = api.VersionsReplayed("Shop", 40, 400, 36, 0.09, few, few, 0.0, -0.2, 0.2, False, "", ())
    engine.finish(api.ReplayVersions, found)
    settle()
    assert card.result.text().startswith("Too little was shown")
    assert card.table.visible_rows() == 2


def test_clicks_are_added_to_the_events(page: Page, engine: Any, settle: Any) -> None:
    engine.answers[api.FeedbackToEvents] = api.FeedbackAdded("Purchases", 36)
    page.tabs.button("quality").click()
    settle()
    page.feedback.teach.click()
    settle()
    assert engine.of(api.FeedbackToEvents) == [api.FeedbackToEvents("Shop")]
    assert "36 event" in page.window().findChild(object, "toast").text()


def test_lists_for_everybody(page: Page, engine: Any, settle: Any, monkeypatch: Any, tmp_path: Path) -> None:
    output = tmp_path / "all.csv"
    monkeypatch.setattr("gui.pages.recommend.file_tab.ask_save_file", lambda *_: output)
    page.tabs.button("file").click()
    page.file.everybody.click()
    settle()
    assert engine.of(api.RecommendFile) == [api.RecommendFile("Shop", "", str(output), 10)]


@pytest.mark.parametrize(
    "reason",
    [
        "Chosen by 12 of 90 people. Among the 10 most chosen in “Tents”.",
        "4 of 5 people who chose “Ridge tent” chose this too.",
        "Its title has “gas stove”.",
        "By lot, to learn from: Its title has “gas stove”.",
        "Its description is close to your words.",
        "Placed here by a rule.",
    ],
)
def test_further_reasons_are_said_again_without_loss(reason: str) -> None:
    assert why_text(reason) == reason
