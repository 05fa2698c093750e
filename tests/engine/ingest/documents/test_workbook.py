"""Workbooks as documents: tables with their headings, FAQ stays FAQ, data is no document."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.errors import FileUnusable, NotADocument
from engine.ingest.documents import parse_document, xlsx_pages
from engine.ingest.passages import split_passages


def write(path: Path, **sheets: list[list[object]]) -> Path:
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name.replace("_", " "))
        if name.startswith("hidden"):
            sheet.sheet_state = "hidden"
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def test_sheets_are_headings_with_tables(tmp_path: Path) -> None:
    path = write(
        tmp_path / "prices.xlsx",
        Repairs=[["Price list of 2024"], ["Item", "Price", "Days"], ["Lamp", 12.5, 3], ["Kettle", None, 5]],
        Rooms=[["Room", "Opens"], ["Walk-in", "9:00"]],
        hidden_notes=[["secret", "words"]],
    )
    document = parse_document(path)
    assert document.pages[0].text == (
        "Repairs\n\nPrice list of 2024\n\nItem | Price | Days\nLamp | 12.5 | 3\nKettle |  | 5\n\n"
        "Rooms\n\nRoom | Opens\nWalk-in | 9:00"
    ).replace("|  |", "| |")
    assert document.warnings == ("The sheet “hidden notes” is hidden and was left out.",)
    assert (document.format, document.title, document.faq) == ("xlsx", "prices", ())


def test_the_row_of_headings_is_in_every_passage_of_a_long_table(tmp_path: Path) -> None:
    rows = [["Model", "Voltage", "Warranty"]] + [[f"Pump P{i}", f"{i} volts", "two years"] for i in range(100)]
    passages = split_passages(parse_document(write(tmp_path / "a.xlsx", Pumps=rows)))
    assert len(passages) > 3
    assert all("Model | Voltage | Warranty" in one.text for one in passages)


def test_questions_and_answers_stay_approved_answers(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", Sheet=[["Question", "Answer"], ["May I return it?", "Yes."]])
    assert [(one.question, one.answer) for one in parse_document(path).faq] == [("May I return it?", "Yes.")]


@pytest.mark.parametrize(
    "rows",
    [
        [["user", "item", "time"], ["u1", "i1", "2024-01-01"]],
        [["a", "b"], *([[i, i + 1] for i in range(50)])],
    ],
)
def test_data_is_no_document(tmp_path: Path, rows: list[list[object]]) -> None:
    with pytest.raises(NotADocument):
        parse_document(write(tmp_path / "a.xlsx", Sheet=rows))


def test_long_tables_are_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_pages, "MAX_ROWS", 10)
    with pytest.raises(NotADocument, match="more than 10 rows"):
        parse_document(write(tmp_path / "a.xlsx", Sheet=[["word", "other"]] * 11))


def test_damaged_and_empty(tmp_path: Path) -> None:
    whole = write(tmp_path / "whole.xlsx", Sheet=[["word", "other"], ["x", "y"]]).read_bytes()
    path = tmp_path / "a.xlsx"
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(FileUnusable, match="damaged"):
        parse_document(path)
    with pytest.raises(NotADocument):
        parse_document(write(path, Sheet=[]))
