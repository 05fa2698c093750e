"""The views of one collection in the Library: watched folders, what was left out, search, and the meter."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from engine import api
from engine.errors import UnknownName
from engine.host.chat.refreshing import GONE
from gui.pages.library import folders_part, meter_part
from gui.pages.library.documents_tab import DocumentsTab
from gui.pages.library.file_report import FileReportDialog, report_summary
from gui.pages.library.search_part import PageDialog
from gui.text import language
from gui.widgets.table import Table

NOW = "2026-01-02T10:00:00Z"
FILE = api.DocumentInfo(1, "/docs/returns.pdf", "Returns policy", 3, 12, 9000, NOW, "pdf", NOW)
SHOP = api.CollectionInfo("Shop", 1, 12, 3, (FILE,))
CLINIC = api.CollectionInfo("Clinic", 1, 12, 0, (FILE,))
FOLDERS = (
    api.WatchedInfo("Shop", "/docs", NOW, 1, 2, 3, 4),
    api.WatchedInfo("Shop", "/usb", "", 0, 0, 0, 0, "the drive is not there."),
)
METER = api.RetrievalMeter(
    "Shop",
    {
        "bm25": {"recall@1": 0.5, "recall@3": 0.7, "recall@10": 0.8, "mrr": 0.6, "ms": 3.0},
        "hybrid": {
            "recall@1": 0.6, "recall@3": 0.8, "recall@10": 0.9, "recall@10_low": 0.85, "recall@10_high": 0.94,
            "mrr": 0.7, "ms": 9.0,
        },
    },
    "hybrid", 40, True, "", NOW,
)  # fmt: skip


@pytest.fixture
def tab(client: Any, engine: Any, qtbot: Any, settle: Any) -> DocumentsTab:
    engine.answers.update(
        {
            api.ListCollections: api.Collections((SHOP, CLINIC)),
            api.ListWatched: lambda request: api.Watched(FOLDERS if request.collection == "Shop" else ()),
            api.ListRefused: lambda request: api.Refused(
                (api.RefusedInfo("/docs/scan.pdf", "failed", "it has a password.", NOW),)
                if request.collection == "Shop"
                else ()
            ),
            api.GetRetrievalMeter: UnknownName(what="measurement", name="Shop", known="none"),
        }
    )
    tab = DocumentsTab(client)
    qtbot.addWidget(tab)
    tab.resize(1000, 700)
    tab.show()
    tab.refresh()
    settle()
    return tab


def test_folders_show_what_a_refresh_would_find(tab: DocumentsTab, engine: Any, settle: Any) -> None:
    tab.parts.button("folders").click()
    settle()
    assert engine.of(api.ListWatched)[-1] == api.ListWatched("Shop", look=True)
    assert [row[:5] for row in tab.folders.table._rows.rows] == [("/docs", 1, 2, 3, 4), ("/usb", 0, 0, 0, 0)]
    assert tab.folders.faults.text() == "/usb: the drive is not there."


def test_a_folder_is_watched_and_read_at_once(
    tab: DocumentsTab, engine: Any, settle: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folders_part, "ask_folder", lambda *_: Path("/docs/new"))
    engine.answers[api.WatchFolder] = api.Watched(FOLDERS)
    tab.parts.button("folders").click()
    tab.folders.watch.click()
    settle()
    assert engine.of(api.WatchFolder) == [api.WatchFolder("Shop", str(Path("/docs/new")))]
    assert engine.of(api.RefreshCollection) == [api.RefreshCollection("Shop", False)]
    gone = api.DocumentReport("/docs/old.pdf", "missing", "the file is no longer there.", 0, 0)
    engine.finish(api.RefreshCollection, api.DocumentsAdded("Shop", 12, (gone,), 0.1))
    settle()
    assert tab._last is not None
    dialog = FileReportDialog(tab._last, tab)
    assert dialog.findChild(object, "file_report.table").visible_rows() == 1


@pytest.mark.parametrize(
    ("language_name", "gone", "removed", "why"),
    [("en", "Gone", "Removed", "the file is no longer there."), ("zh_CN", "已消失", "已移除", "文件已不在。")],
)
def test_files_that_are_gone_are_said_in_words(
    tab: DocumentsTab, qapp: Any, language_name: str, gone: str, removed: str, why: str
) -> None:
    files = (
        api.DocumentReport("/docs/new.pdf", "indexed", "", 2, 9),
        api.DocumentReport("/docs/old.pdf", "missing", GONE, 0, 0),
        api.DocumentReport("/docs/older.pdf", "removed", GONE, 0, 0),
    )
    try:
        language.use_language(language_name)
        words, tone = report_summary(api.DocumentsAdded("Shop", 12, files, 0.1))
        assert f"{gone}: 1" in words
        assert f"{removed}: 1" in words
        assert tone == "warning", "what a document rests on is not there"
        table = FileReportDialog(api.DocumentsAdded("Shop", 12, files, 0.1), tab).findChild(Table)
        assert table is not None
        shown = [[str(table.model().index(row, column).data()) for column in range(4)] for row in range(3)]
        assert [(row[0], row[1]) for row in shown][:2] == [("old.pdf", gone), ("older.pdf", removed)]
        assert {row[3] for row in shown[:2]} == {why}
    finally:
        language.use_language("en")
    only_removed = api.DocumentsAdded("Shop", 12, files[2:], 0.1)
    assert report_summary(only_removed)[1] == "success", "that was asked for"


def test_watching_is_stopped_after_asking(
    tab: DocumentsTab, engine: Any, settle: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine.answers[api.UnwatchFolder] = api.Watched(())
    tab.parts.button("folders").click()
    settle()
    assert not tab.folders.stop.isEnabled()
    tab.folders.table.select_row(1)
    monkeypatch.setattr(folders_part, "confirm", lambda *_, **__: True)
    tab.folders.stop.click()
    settle()
    assert engine.of(api.UnwatchFolder) == [api.UnwatchFolder("Shop", "/usb")]


def test_what_is_gone_is_removed_only_on_request(
    tab: DocumentsTab, engine: Any, settle: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab.parts.button("folders").click()
    settle()
    tab.folders.now.click()
    settle()
    assert engine.of(api.RefreshCollection)[-1].drop_missing is False
    monkeypatch.setattr(folders_part, "confirm", lambda *_, **__: True)
    tab.folders.drop.click()
    settle()
    assert engine.of(api.RefreshCollection)[-1] == api.RefreshCollection("Shop", True)


def test_left_out_files_are_counted_and_say_why(tab: DocumentsTab, settle: Any) -> None:
    assert tab.parts.button("refused").text() == "Left out (1)"
    tab.parts.button("refused").click()
    settle()
    tab.refused.table.select_row(0)
    assert tab.refused.whole.text() == "/docs/scan.pdf\nit has a password."
    tab.collections.set_current("Clinic")
    tab._show_collection()
    settle()
    assert tab.parts.button("refused").text() == "Left out"
    assert tab.refused.stack.currentWidget() is tab.refused.empty


def test_search_takes_its_filters_along_and_opens_the_page(
    tab: DocumentsTab, engine: Any, qtbot: Any, settle: Any
) -> None:
    hit = api.PassageHit("/docs/returns.pdf", 2, 0, 5, 0.5, "Words", 1, "Returns policy")
    engine.answers[api.SearchPassages] = api.PassageHits((hit,), "hybrid", 0.012)
    engine.answers[api.GetPage] = api.DocumentPage("/docs/returns.md", "Returns policy", 2, 3, "Words and more")
    tab.parts.button("search").click()
    part = tab.searching
    part.query.setText("refund")
    part.since.setText("2025")
    part.folder.setText("docs")
    part.format.setCurrentIndex(part.format.findData("pdf"))
    part.mode.setCurrentIndex(part.mode.findData("dense"))
    qtbot.keyClick(part.query, Qt.Key.Key_Return)
    settle()
    assert engine.of(api.SearchPassages) == [
        api.SearchPassages("Shop", "refund", 50, "dense", folder="docs", formats=("pdf",), since="2025")
    ]
    assert part.table.visible_rows() == 1
    part.table.select_row(0)
    qtbot.keyClick(part.table, Qt.Key.Key_Return)
    settle()
    dialog = tab.window().findChild(PageDialog, "library.page")
    assert dialog is not None
    assert dialog.panel.highlighted() == "Words"
    dialog.reject()


def test_a_day_that_is_none_is_told(tab: DocumentsTab, engine: Any, qtbot: Any, settle: Any) -> None:
    tab.parts.button("search").click()
    tab.searching.query.setText("refund")
    tab.searching.until.setText("1.3.2025")
    tab.searching.go.click()
    settle()
    assert engine.of(api.SearchPassages) == []
    assert "1.3.2025" in tab.searching.wrong.text()
    assert tab.searching.wrong.isVisible()


def test_the_meter_measures_and_shows_what_is_in_use(tab: DocumentsTab, engine: Any, settle: Any) -> None:
    tab.parts.button("meter").click()
    settle()
    assert tab.meter.stack.currentWidget() is tab.meter.empty
    tab.meter.empty.button.click()
    settle()
    assert engine.of(api.MeterRetrieval) == [api.MeterRetrieval("Shop", "")]
    assert not tab.meter.empty.button.isEnabled()
    engine.finish(api.MeterRetrieval, METER)
    settle()
    assert tab.meter.stack.currentIndex() == 0
    assert [str(row[0]).startswith("✓") for row in tab.meter.table._rows.rows] == [False, True]
    assert "85%" in tab.meter.chart._rows[1][2]
    assert "40" in tab.meter.about.text()
    assert tab.meter.again.isEnabled()


def test_another_way_is_chosen_by_hand(tab: DocumentsTab, engine: Any, settle: Any) -> None:
    engine.answers[api.GetRetrievalMeter] = METER
    engine.answers[api.ChooseRetrieval] = api.Done()
    tab.parts.button("meter").click()
    settle()
    tab.meter.table.select_row(1)
    assert not tab.meter.use.isEnabled()
    tab.meter.table.select_row(0)
    tab.meter.use.click()
    settle()
    assert engine.of(api.ChooseRetrieval) == [api.ChooseRetrieval("Shop", "bm25")]


def test_own_questions_come_from_a_file(
    tab: DocumentsTab, engine: Any, settle: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(meter_part, "ask_open_file", lambda *_: Path("/t/questions.jsonl"))
    tab.parts.button("meter").click()
    settle()
    tab.meter.empty.second_button.click()
    settle()
    assert engine.of(api.MeterRetrieval) == [api.MeterRetrieval("Shop", str(Path("/t/questions.jsonl")))]


def test_a_measurement_of_another_collection_is_not_drawn(tab: DocumentsTab, engine: Any, settle: Any) -> None:
    tab.parts.button("meter").click()
    settle()
    tab.meter.measure("")
    settle()
    tab.collections.set_current("Clinic")
    tab._show_collection()
    engine.finish(api.MeterRetrieval, METER)
    settle()
    assert tab.meter.stack.currentWidget() is tab.meter.empty
