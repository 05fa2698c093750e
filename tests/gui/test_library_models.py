"""Library: marked texts shown as such, exports of models with their warning, the card in the window's language."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from engine import api
from gui.pages.library import models_tab
from gui.pages.library.data_tab import DataTab
from gui.pages.library.marked_rows import MOST_SHOWN
from gui.pages.library.models_tab import ModelsTab
from gui.text.language import use_language
from gui.text.spans import spans_of
from gui.widgets.buttons import Button

MARKED = api.DatasetInfo("Notes", "entities", 75, 1, "2025-05-14T09:12:00+00:00", "/tmp/n.jsonl")
MAILS = api.DatasetInfo("Mails", "labelled", 2, 1, "2025-05-14T09:12:00+00:00", "/tmp/m.csv", 2)
ROWS = (
    ("7", "Aspirin for 头痛 again", '[{"start":0,"end":7,"label":"Drug"},{"start":12,"end":14,"label":"Disease"}]'),
    ("8", "Nothing here", "[]"),
    ("9", "Damaged marks", '[{"start": 4'),
)


def page_of(request: api.ShowDataset) -> api.DatasetPage:
    if request.name == "Mails":
        return api.DatasetPage(MAILS, ("text", "label"), (("hello", "a"),), 0, {"a": 1})
    rows = tuple(ROWS[n % 3] for n in range(75))[request.offset : request.offset + request.limit]
    return api.DatasetPage(MARKED, ("id", "text", "spans"), rows, request.offset)


@pytest.fixture
def data(client: Any, engine: Any, qtbot: Any, settle: Any) -> DataTab:
    engine.answers[api.ListDatasets] = api.Datasets((MARKED, MAILS))
    engine.answers[api.ShowDataset] = page_of
    engine.answers[api.LintDataset] = lambda request: api.DatasetLint(request.name, 75, True, ())
    tab = DataTab(client)
    qtbot.addWidget(tab)
    tab.resize(1000, 700)
    tab.show()
    tab.refresh()
    settle()
    return tab


def test_marked_texts_are_shown_marked(data: DataTab, settle: Any) -> None:
    data.open_dataset("Notes")
    settle()
    view = data.view
    assert view.marked.isVisible()
    assert not view.table.isVisible()
    text = view.marked.toPlainText()
    assert "{" not in text
    assert "id: 7" in text
    assert "Damaged marks" in text
    view.marked.show_mark(1, 0)
    assert view.marked.selected_text() == "头痛"
    assert view._chart.accessibleDescription() == "Drug: 10; Disease: 10"
    assert "rows on show" in view._labels._subtitle.text()


def test_marked_texts_are_turned_like_pages(data: DataTab, engine: Any, settle: Any) -> None:
    data.open_dataset("Notes")
    settle()
    assert data.view._place.text() == "Rows 1 to 30 of 75"
    data.view.after.click()
    settle()
    data.view.after.click()
    settle()
    assert data.view._place.text() == "Rows 61 to 75 of 75"
    assert not data.view.after.isEnabled()
    assert engine.of(api.ShowDataset)[-1] == api.ShowDataset("Notes", 60, 30)


def test_a_set_of_another_kind_stays_a_table(data: DataTab, settle: Any) -> None:
    data.open_dataset("Notes")
    settle()
    data.open_dataset("Mails")
    settle()
    assert data.view.table.isVisible()
    assert not data.view.marked.isVisible()
    assert data.view.table.visible_rows() == 1


def test_a_very_long_row_is_cut_and_says_so(data: DataTab, engine: Any, settle: Any) -> None:
    text = "gout " * 5000
    spans = (
        f'[{{"start":0,"end":4,"label":"Disease"}},{{"start":{len(text) - 5},"end":{len(text) - 1},"label":"Disease"}}]'
    )
    engine.answers[api.ShowDataset] = api.DatasetPage(MARKED, ("text", "spans"), ((text, spans),), 0, {"Disease": 2})
    data.open_dataset("Notes")
    settle()
    shown = data.view.marked.toPlainText()
    assert len(shown) < MOST_SHOWN + 200
    assert "1 marked beyond" in shown


def test_spans_that_are_none_are_left_out() -> None:
    assert spans_of('[{"start": 5, "end": 2, "label": "a"}, {"start": true, "end": 2, "label": "a"}, 3]') == []
    assert spans_of("") == []
    assert spans_of('{"start": 1}') == []


# --- models ---------------------------------------------------------------------------------------------------

TOPICS = api.ModelInfo("Topics", "classify", 2, 4000, False, True, labels=("a", "b"))
TASTE = api.ModelInfo("Taste", "recommend", 1, 4000, False, True)


@pytest.fixture
def models(client: Any, engine: Any, qtbot: Any, settle: Any) -> ModelsTab:
    engine.answers[api.ListModels] = api.Models((TOPICS, TASTE))
    reports = {"Topics": {"method": "lora"}, "Taste": {"users": 1234}}
    engine.answers[api.GetModelCard] = lambda request: api.ModelCard(
        TOPICS if request.name == "Topics" else TASTE, f"# x\n\ncard in {request.language}", reports[request.name]
    )
    tab = ModelsTab(client)
    qtbot.addWidget(tab)
    tab.resize(1000, 700)
    tab.show()
    tab.refresh()
    settle()
    return tab


def test_a_file_or_a_folder_is_imported(
    models: ModelsTab, engine: Any, settle: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    engine.answers[api.ImportModel] = api.Models(())
    monkeypatch.setattr(models_tab, "ask_open_file", lambda *_: tmp_path / "a.gguf")
    monkeypatch.setattr(models_tab, "ask_folder", lambda *_: tmp_path)
    models.findChild(Button, "library.models.import").click()
    models.findChild(Button, "library.models.import_folder").click()
    settle()
    assert engine.of(api.ImportModel) == [api.ImportModel(str(tmp_path / "a.gguf")), api.ImportModel(str(tmp_path))]
    monkeypatch.setattr(models_tab, "ask_folder", lambda *_: None)
    models.findChild(Button, "library.models.import_folder").click()
    settle()
    assert len(engine.of(api.ImportModel)) == 2


def test_a_skill_is_exported_for_other_programs(
    models: ModelsTab, engine: Any, settle: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    models.list.set_current("Topics")
    models._show_chosen()
    settle()
    monkeypatch.setattr(models_tab, "ask_folder", lambda *_: tmp_path)
    models.view.export.click()
    menu = models.view._menu
    assert [action.isEnabled() for action in menu.actions()] == [True, True, True]
    menu.actions()[1].trigger()
    menu.actions()[2].trigger()
    settle()
    assert [(request.format, request.path) for request in engine.of(api.ExportAdapter)] == [
        ("peft", str(tmp_path / "Topics-peft")),
        ("onnx", str(tmp_path / "Topics-onnx")),
    ]
    engine.finish(api.ExportAdapter, api.AdapterExported(str(tmp_path / "Topics-onnx"), ("model.onnx",), 9))
    settle()


def test_a_skill_without_an_adapter_offers_no_peft(models: ModelsTab, engine: Any, settle: Any) -> None:
    engine.answers[api.GetModelCard] = api.ModelCard(TOPICS, "", {"method": "head"})
    models.list.set_current("Topics")
    models._show_chosen()
    settle()
    models.view.export.click()
    assert [action.isEnabled() for action in models.view._menu.actions()] == [True, False, True]


def test_a_recommender_leaves_only_after_a_warning_with_the_number_of_people(
    models: ModelsTab, engine: Any, settle: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    models.list.set_current("Taste")
    models._show_chosen()
    settle()
    said: list[str] = []
    agreed = [False, True]

    def confirm(_parent: Any, _name: str, title: str, *_rest: Any, **_more: Any) -> bool:
        said.append(title)
        return agreed.pop(0)

    monkeypatch.setattr(models_tab, "confirm", confirm)
    monkeypatch.setattr(models_tab, "ask_save_file", lambda *_: tmp_path / "t.casepack")
    models.view.export.click()
    settle()
    assert engine.of(api.ExportModel) == []
    assert "1234 people" in said[0].replace(",", "")
    models.view.export.click()
    settle()
    assert engine.of(api.ExportModel) == [api.ExportModel("Taste", str(tmp_path / "t.casepack"))]


def test_the_card_is_asked_for_in_the_language_of_the_window(models: ModelsTab, engine: Any, settle: Any) -> None:
    assert engine.of(api.GetModelCard)[-1].language == "en"
    use_language("zh_CN")
    try:
        models._show_chosen()
        settle()
        assert engine.of(api.GetModelCard)[-1].language == "zh_CN"
        assert "card in zh_CN" in models.view._card.toPlainText()
    finally:
        use_language("en")
