"""Chat with a generator: who words the answers, drafts as they come, what was left out, other words."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QComboBox, QPlainTextEdit, QWidget

from engine import api
from engine.values import Citation, Progress, Sentence
from gui.pages.chat.message_view import AnswerView
from gui.pages.chat.page import Page
from gui.pages.settings.generator_card import GeneratorCard

EXCERPT = "Refunds arrive within five working days."
CITATION = Citation("/docs/returns.pdf", 2, EXCERPT, 0, len(EXCERPT), 7, "Returns policy")
SMALL = api.GeneratorInfo(
    "writer", True, "llama", 62_000_000, "Q8_0", 66_000_000, "Apache-2.0", "ab" * 32, 2048, 2048, 12, 16_384, True, "",
    190.0, 63.0, 48.0, 5_300.0, True, "fits: 0.19 of 5.2 GB free", prompt_speed=1213.0, decode_speed=84.3,
)  # fmt: skip
LARGE = replace(
    SMALL, name="giant", bundled=False, parameters=7_000_000_000, bytes=7_600_000_000, licence="", needs_mb=8_100.0,
    fits=False, prompt_speed=None, decode_speed=None,
)  # fmt: skip
PHRASED = api.Phrasing("writer", 3, 2, (api.Unsupported("They arrive at noon.", "number"),), "", 0, 0.0, 31, 0.8)


def answer(**more: Any) -> api.Answer:
    values: dict[str, Any] = {
        "answer": EXCERPT, "mode": "generated", "confidence": 0.91, "citations": (CITATION,),
        "sentences": (Sentence(EXCERPT, True, 0),), "seconds": 0.1, "conversation": 5, "message": 50,
        "because": "generated", "reason": "A generator phrased it.", "phrasing": PHRASED,
    }  # fmt: skip
    return api.Answer(**(values | more))


@pytest.fixture
def settings(engine: Any) -> dict[str, Any]:
    """The settings that the engine keeps."""
    kept: dict[str, Any] = {"generator_picks": {}}

    def change(request: api.ChangeSettings) -> api.SettingsValues:
        kept.update(request.values)
        return api.SettingsValues(dict(kept))

    engine.answers[api.GetSettings] = lambda _request: api.SettingsValues(dict(kept))
    engine.answers[api.ChangeSettings] = change
    return kept


@pytest.fixture
def page(client: Any, engine: Any, settings: dict[str, Any], qtbot: Any, settle: Any) -> Page:
    engine.answers[api.ListCollections] = api.Collections(
        (api.CollectionInfo("Shop", 3, 40, 12, (api.DocumentInfo(7, "/d/r.pdf", "Returns policy", 3, 9, 900, ""),)),)
    )
    engine.answers[api.ListConversations] = api.Conversations(())
    engine.answers[api.ListProfiles] = api.Profiles((api.Profile("Desk", "Shop"),))
    engine.answers[api.ListGenerators] = api.Generators((SMALL, LARGE), 5_300.0, 2)
    page = Page(client)
    qtbot.addWidget(page)
    page.resize(1080, 760)
    page.show()
    page.refresh()
    settle()
    return page


def ask(page: Page, qtbot: Any, settle: Any, question: str = "How long?") -> AnswerView:
    page.composer.edit.setPlainText(question)
    qtbot.keyClick(page.composer.edit, Qt.Key.Key_Return)
    settle()
    view = page.transcript.views()[-1]
    assert isinstance(view, AnswerView)
    return view


def test_without_a_choice_the_documents_are_quoted(page: Page, engine: Any, qtbot: Any, settle: Any) -> None:
    assert "Quotes the documents" in page.picker.text()
    ask(page, qtbot, settle)
    assert engine.of(api.AskQuestion)[-1].pack == ""


def test_each_generator_is_told_with_size_fit_speed_and_licence(page: Page, settle: Any) -> None:
    page.picker.open()
    settle()
    none, small, large = page.picker.panel.rows
    assert none.radio.isChecked()
    assert small.fit.text() == "Fits: 0.19 of 5.2 GB free"
    assert small.speed.text().replace(",", "") == "On this machine: reads 1210 and writes 84 tokens a second"
    assert "62 M parameters" in small.radio.accessibleDescription()
    assert "Apache-2.0" in small.radio.accessibleDescription()
    assert large.fit.text() == "Does not fit: it needs 7.9 GB, and 5.2 GB are free"
    assert large.fit.property("role") == "danger"
    assert "licence not stated" in large.radio.accessibleDescription()
    assert "not measured yet" in large.speed.text()
    assert small.memory.isHidden()


def test_what_is_picked_is_kept_for_each_agent_and_asked(
    page: Page, engine: Any, settings: dict[str, Any], qtbot: Any, settle: Any
) -> None:
    page.picker.open()
    page.picker.panel.rows[1].radio.click()
    settle()
    assert page.picker.panel.isHidden()
    assert settings["generator_picks"] == {"": "writer"}
    assert "Phrased by writer" in page.picker.text()
    page.header.choose("", "Desk")
    page._show_state()
    page.picker.open()
    assert page.picker.panel.rows[1].radio.isChecked(), "an agent without a choice does as the workspace does"
    page.picker.panel.rows[0].radio.click()
    settle()
    assert settings["generator_picks"] == {"": "writer", "Desk": ""}
    assert "Quotes the documents" in page.picker.text()
    page.header.choose("Shop")
    page._show_state()
    ask(page, qtbot, settle)
    assert engine.of(api.AskQuestion)[-1].pack == "writer"
    assert engine.of(api.AskQuestion)[-1].seed is None


def test_a_generator_that_is_gone_counts_as_none(
    page: Page, engine: Any, settings: dict[str, Any], settle: Any
) -> None:
    settings["generator_picks"] = {"": "removed"}
    page.refresh()
    settle()
    assert page.choice.current == ""
    assert "Quotes the documents" in page.picker.text()


def test_a_speed_is_measured_again_and_memory_given_back(page: Page, engine: Any, settle: Any) -> None:
    page.picker.open()
    settle()
    row = page.picker.panel.rows[1]
    row.measure.click()
    settle()
    assert row.measure.text() == "Measuring…"
    assert not page.picker.panel.rows[2].measure.isEnabled()
    loaded = replace(SMALL, loaded=True, memory_mb=201.0, idle_left_s=290.0, decode_speed=99.0)
    engine.answers[api.ListGenerators] = api.Generators((loaded, LARGE), 5_100.0, 2)
    engine.finish(api.GetGenerator, api.GeneratorShown(loaded, ""))
    settle()
    assert engine.of(api.GetGenerator)[-1].measure
    row = page.picker.panel.rows[1]
    assert "writes 99 tokens" in row.speed.text()
    assert row.memory.text() == "In memory: 211 MB, given back in 5 min without a question"
    engine.answers[api.UnloadGenerator] = api.Done()
    engine.answers[api.ListGenerators] = api.Generators((SMALL, LARGE), 5_300.0, 2)
    row.unload.click()
    settle()
    assert engine.of(api.UnloadGenerator)
    assert row.unload.isHidden()


def test_a_draft_is_called_so_until_it_was_checked(page: Page, engine: Any, qtbot: Any, settle: Any) -> None:
    page.choice.pick("writer")
    view = ask(page, qtbot, settle)
    engine.progress(api.AskQuestion, Progress(0, 100, "load the generator"))
    settle()
    assert view.stage.text() == "Opening the generator…"
    for piece in ("Refunds arrive ", "at noon."):
        engine.progress(api.AskQuestion, Progress(1, 200, "draft", note=piece))
    settle()
    assert view.draft.caption.text() == "Draft, not checked yet"
    assert view.draft.text.text() == "Refunds arrive at noon."
    assert view.text.isHidden()
    engine.finish(api.AskQuestion, answer())
    settle()
    assert view.draft.isHidden()
    assert "at noon" not in view.text.text()


def test_a_second_draft_takes_the_place_of_the_first(page: Page, engine: Any, qtbot: Any, settle: Any) -> None:
    page.choice.pick("writer")
    view = ask(page, qtbot, settle)
    for piece in ("Refunds ", "are rare."):
        engine.progress(api.AskQuestion, Progress(1, 200, "draft", note=piece))
    engine.progress(api.AskQuestion, Progress(0, 90, "read the prompt"))
    engine.progress(api.AskQuestion, Progress(1, 200, "draft", note="Refunds arrive at noon."))
    settle()
    assert view.draft.text.text() == "Refunds arrive at noon."


def test_a_stopped_draft_stays_and_is_called_unchecked(page: Page, engine: Any, qtbot: Any, settle: Any) -> None:
    page.choice.pick("writer")
    view = ask(page, qtbot, settle)
    engine.progress(api.AskQuestion, Progress(1, 200, "draft", note="Refunds arrive"))
    settle()
    page.composer.stop.click()
    settle()
    assert view.draft.caption.text() == "Draft, stopped and never checked"
    assert view.draft.isVisible()


def test_the_rung_names_the_generator_and_what_was_left_out_is_told(
    page: Page, engine: Any, qtbot: Any, settle: Any
) -> None:
    page.choice.pick("writer")
    view = ask(page, qtbot, settle)
    engine.finish(api.AskQuestion, answer())
    settle()
    assert view.rung.text() == "Phrased by writer"
    assert "2 of its 3 sentences" in view.rung.toolTip()
    assert view.left_out.isVisible()
    view.left_out.button.click()
    settle()
    words = [label.text() for label in view.left_out.list.findChildren(type(view.stage))]
    assert words == ["“They arrive at noon.”", "Left out: a number in it is not in the source."]
    view.left_out.button.click()
    assert view.left_out.list.isHidden()


def test_where_its_words_are_not_held_the_quote_says_so(page: Page, engine: Any, qtbot: Any, settle: Any) -> None:
    page.choice.pick("writer")
    view = ask(page, qtbot, settle)
    told = "The passages hold 0 of 1 sentences that the generator wrote, so one is quoted."
    engine.finish(
        api.AskQuestion,
        answer(mode="quote", because="quoted", reason=told, phrasing=replace(PHRASED, held=0, instead="unsupported")),
    )
    settle()
    assert view.rung.text() == "Quoted from your documents"
    assert view.why.text() == told
    assert view.left_out.isVisible()


def test_other_words_ask_for_another_seed_in_the_same_place(page: Page, engine: Any, qtbot: Any, settle: Any) -> None:
    page.choice.pick("writer")
    view = ask(page, qtbot, settle)
    engine.finish(api.AskQuestion, answer())
    settle()
    before = len(page.transcript.views())
    view.acts.reword.click()
    settle()
    request = engine.of(api.AskQuestion)[-1]
    assert (request.pack, request.reword, request.instead_of, request.conversation) == ("writer", True, 50, 5)
    assert request.seed is not None
    assert len(page.transcript.views()) == before + 1, "the question stands there once"


def test_a_quote_without_a_generator_offers_no_other_words(page: Page, engine: Any, qtbot: Any, settle: Any) -> None:
    view = ask(page, qtbot, settle)
    engine.finish(api.AskQuestion, answer(mode="quote", because="quoted", phrasing=None))
    settle()
    assert view.acts.reword.isHidden()
    assert view.left_out.isHidden()


# --- the dialog that lets a generator write --------------------------------------------------------------------------


def test_a_document_is_summarised_and_may_be_copied(page: Page, engine: Any, settle: Any) -> None:
    dialog = page.write.open_dialog("document")
    settle()
    assert dialog.document.currentText() == "Returns policy  ·  Shop"
    dialog.start.click()
    settle()
    assert engine.of(api.Summarise)[-1] == api.Summarise(document_id=7, pack="writer")
    engine.progress(api.Summarise, Progress(1, 3, "summarise"))
    engine.progress(api.Summarise, Progress(0, None, "draft", note="Refunds"))
    settle()
    assert dialog.stage.text() == "Summarising: part 2 of 3…"
    assert dialog.draft.text.text() == "Refunds"
    assert dialog.stop.isVisible()
    told = "The text holds 1 of 2 sentences that the generator wrote."
    engine.finish(
        api.Summarise,
        api.Phrased(EXCERPT, True, (Sentence(EXCERPT, True, 0),), (CITATION,), 2, 1, "writer", told, PHRASED.dropped),
    )
    settle()
    assert dialog.written.text() == EXCERPT
    assert dialog.told.text() == told
    assert dialog.unsure.isHidden()
    assert dialog.left_out.isVisible()
    dialog.copy.click()
    assert QGuiApplication.clipboard().text() == EXCERPT
    dialog.again.click()
    settle()
    assert engine.of(api.Summarise)[-1].seed is not None
    dialog.reject()


def test_a_translation_that_cannot_be_trusted_is_told_so(page: Page, engine: Any, settle: Any) -> None:
    dialog = page.write.open_dialog("translate")
    settle()
    assert "cannot translate it" in dialog.about.text()
    assert not dialog.start.isEnabled()
    dialog.text.setPlainText("退货免费。")
    dialog.start.click()
    settle()
    assert engine.of(api.Translate)[-1] == api.Translate(text="退货免费。", to="en", pack="writer")
    told = "The generator did not translate it: it did not write in that language."
    engine.finish(
        api.Translate,
        api.Phrased("", False, (), (), 1, 0, "writer", told, (api.Unsupported("退货", "script"),)),
    )
    settle()
    assert dialog.unsure.label.text() == told
    assert dialog.written.isHidden()
    assert dialog.copy.isHidden()
    dialog.reject()


def test_rewriting_and_drafting_take_a_tone(page: Page, engine: Any, settle: Any) -> None:
    dialog = page.write.open_dialog("rewrite")
    settle()
    assert dialog.tone.button("").isHidden()
    dialog.text.setPlainText("Send it back.")
    dialog.tone.button("friendly").click()
    dialog.start.click()
    settle()
    assert engine.of(api.Rewrite)[-1] == api.Rewrite(text="Send it back.", tone="friendly", pack="writer")
    dialog.stop.click()
    settle()
    assert dialog.stage.text() == "Stopped."
    dialog.task.button("draft").click()
    dialog.tone.button("").click()
    dialog.start.click()
    settle()
    assert engine.of(api.DraftReply)[-1] == api.DraftReply("Shop", "Send it back.", "", pack="writer")
    dialog.reject()


def test_without_a_generator_the_dialog_leads_to_the_library(page: Page, engine: Any, qtbot: Any, settle: Any) -> None:
    engine.answers[api.ListGenerators] = api.Generators((), 5_300.0, 2)
    page.refresh()
    settle()
    dialog = page.write.open_dialog("rewrite")
    settle()
    assert dialog.no_generator.isVisible()
    assert not dialog.start.isEnabled()
    with qtbot.waitSignal(page.navigate_to) as heard:
        dialog.no_generator.button.click()
    assert heard.args == ["library", "models"]


def test_a_conversation_is_offered_only_where_there_is_one(page: Page, settle: Any) -> None:
    dialog = page.write.open_dialog("document")
    settle()
    assert not dialog.of.button("conversation").isEnabled()
    dialog.reject()


# --- settings --------------------------------------------------------------------------------------------------------


@pytest.fixture
def card(client: Any, engine: Any, settings: dict[str, Any], qtbot: Any, settle: Any) -> GeneratorCard:
    engine.answers[api.ListGenerators] = api.Generators((SMALL,), 5_300.0, 2)
    settings["generator_max_tokens"] = 300  # chosen elsewhere, in between
    card = GeneratorCard(client)
    qtbot.addWidget(card)
    card.show()
    card.refresh()
    settle()
    return card


def test_settings_of_generators_are_saved_and_taken_back(
    card: GeneratorCard, settings: dict[str, Any], settle: Any
) -> None:
    freely = card.choices["generator_temperature"]
    assert freely.back.isHidden()
    freely.box.setCurrentIndex(2)
    freely.box.activated.emit(2)
    settle()
    assert settings["generator_temperature"] == 0.7
    assert freely.back.isVisible()
    freely.back.click()
    settle()
    assert settings["generator_temperature"] == 0.0
    assert freely.box.currentIndex() == 0
    assert card.choices["generator_max_tokens"].box.currentData() == 300


def test_the_graphics_card_is_offered_only_where_the_build_has_one(
    card: GeneratorCard, engine: Any, settle: Any
) -> None:
    graphics = card.choices["generator_gpu_layers"]
    assert not graphics.box.isEnabled()
    assert "without a graphics card" in graphics.row.about.text()
    engine.answers[api.ListGenerators] = api.Generators((SMALL,), 5_300.0, 2, ("CUDA",))
    card.refresh()
    settle()
    assert graphics.box.isEnabled()
    assert "CUDA" in graphics.row.about.text()
    assert card.choices["generator_threads"].box.itemText(0) == "All that help (2)"


def test_the_panel_grows_with_what_it_says(page: Page, engine: Any, settle: Any, qtbot: Any) -> None:
    engine.answers[api.ListGenerators] = api.Generators((SMALL,), 5_300.0, 2)
    page.refresh()
    settle()
    page.picker.open()
    settle()
    panel = page.picker.panel
    before, bottom = panel.height(), panel.geometry().bottom()
    engine.answers[api.ListGenerators] = api.Generators((replace(SMALL, loaded=True, idle_left_s=200.0),), 5_100.0, 2)
    page.choice.look()
    qtbot.waitUntil(lambda: panel.height() > before, timeout=2000)
    assert panel.geometry().bottom() == bottom, "it stays above its button"
    assert panel.area.verticalScrollBar().maximum() == 0


def test_more_left_out_than_is_told_of_is_counted(page: Page, engine: Any, settle: Any) -> None:
    dialog = page.write.open_dialog("document")
    settle()
    dialog.start.click()
    settle()
    engine.finish(
        api.Summarise, api.Phrased(EXCERPT, False, (), (), 32, 2, "writer", "Nothing is shown.", PHRASED.dropped)
    )
    settle()
    assert dialog.left_out.count.text().startswith("30 ")
    dialog.left_out.button.click()
    texts = [label.text() for label in dialog.left_out.list.findChildren(type(dialog.stage))]
    assert texts[-1].startswith("… and 29")
    dialog.reject()


# --- keyboard and screen readers --------------------------------------------------------------------------------------


def controls_of(widget: QWidget) -> list[QWidget]:
    kinds = (QAbstractButton, QComboBox, QPlainTextEdit)
    found = [one for kind in kinds for one in widget.findChildren(kind)]
    return [one for one in found if not isinstance(one.parent(), QComboBox)]


@pytest.mark.parametrize("place", ["panel", "dialog", "settings"])
def test_every_control_is_named_and_reached_by_keyboard(
    place: str, page: Page, card: GeneratorCard, settle: Any
) -> None:
    if place == "panel":
        page.picker.open()
        widget: QWidget = page.picker.panel
    else:
        widget = page.write.open_dialog("translate") if place == "dialog" else card
    settle()
    controls = controls_of(widget)
    assert len(controls) >= 6
    names = [one.objectName() for one in controls]
    assert "" not in names
    assert len(set(names)) == len(names)
    assert [one.objectName() for one in controls if not one.accessibleName()] == []
    assert [one.objectName() for one in controls if not one.focusPolicy() & Qt.FocusPolicy.TabFocus] == []


def test_the_panel_is_used_by_keyboard(page: Page, qtbot: Any, settle: Any, settings: dict[str, Any]) -> None:
    page.picker.open()
    settle()
    panel = page.picker.panel
    assert panel.rows[0].radio.isChecked()
    panel.rows[1].radio.setFocus()
    qtbot.keyClick(panel.rows[1].radio, Qt.Key.Key_Space)
    settle()
    assert settings["generator_picks"] == {"": "writer"}
    assert panel.isHidden()
    page.picker.open()
    qtbot.keyClick(panel, Qt.Key.Key_Escape)
    assert panel.isHidden()
    assert settings["generator_picks"] == {"": "writer"}
