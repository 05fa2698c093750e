"""Every format and dialect gives the same rows; the content decides, not the ending."""

from __future__ import annotations

import datetime
import gzip
import json
from pathlib import Path

import openpyxl
import pyarrow
import pyarrow.parquet
import pytest

from engine.errors import FileUnusable

COLUMNS = ["text", "label", "note"]
ROWS = [
    ["Where is my card?", "delivery", "a, b"],
    ["退货，谢谢", "退货", ""],
    ['two\nlines "quoted"', "other", "x;y|z\tw"],
]


def write(form: str, path: Path) -> None:
    records = [dict(zip(COLUMNS, row, strict=True)) for row in ROWS]
    if form == "xlsx":
        book = openpyxl.Workbook()
        for row in [COLUMNS, *ROWS]:
            book.active.append(row)
        book.save(path)
    elif form == "parquet":
        pyarrow.parquet.write_table(pyarrow.Table.from_pylist(records), path)
    elif form == "json":
        path.write_text(json.dumps(records, indent=2), encoding="utf-8")
    elif form == "jsonl":
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in records), encoding="utf-8")
    else:
        mark = {"csv": ",", "tsv": "\t", "semicolon": ";", "pipe": "|", "caret": "^"}[form]
        quoted = [mark.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in [COLUMNS, *ROWS]]
        path.write_text("\n".join(quoted) + "\n", encoding="utf-8")


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("form", ["csv", "tsv", "semicolon", "pipe", "caret", "json", "jsonl", "parquet", "xlsx"])
@pytest.mark.parametrize("ending", ["right", "wrong"])
def test_same_rows_from_every_format(form, packed, ending, tmp_path: Path, read_table):
    right = form if form in ("json", "jsonl", "parquet", "xlsx", "tsv") else "csv"
    path = tmp_path / f"данные.{right if ending == 'right' else 'dat'}"
    write(form, path)
    if packed:
        path.with_name(path.name + ".gz").write_bytes(gzip.compress(path.read_bytes()))
        path = path.with_name(path.name + ".gz")
    found = read_table(path)
    assert found.table.columns == COLUMNS
    assert found.rows == ROWS
    assert found.refused == []
    assert found.table.warnings == []


@pytest.mark.parametrize(
    ("form", "name"),
    [("xlsx", "a.csv"), ("parquet", "a.csv"), ("jsonl", "a.csv"), ("csv", "a.xlsx"), ("json", "a.csv")],
)
def test_wrong_ending_is_read_by_content_and_said(form, name, tmp_path: Path, read_table):
    write(form, tmp_path / name)
    found = read_table(tmp_path / name)
    assert found.rows == ROWS
    assert f"ends in {Path(name).suffix}, but the file holds {form}" in found.table.warnings[0]


def test_lines_are_physical(tmp_path: Path, read_table):
    path = tmp_path / "a.csv"
    path.write_text('text,label\n\n"one\ntwo\nthree",a\nnext,b\nbad\n"last",c', encoding="utf-8")
    found = read_table(path)
    assert found.lines == [3, 6, 8]
    assert found.refused == [(7, "cells", "has 1 cell where 2 belong")]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends(end, tmp_path: Path, read_table):
    path = tmp_path / "a.csv"
    path.write_bytes(f"text,label{end}one,a{end}two,b{end}".encode())
    found = read_table(path)
    assert found.rows == [["one", "a"], ["two", "b"]]
    assert found.lines == [2, 3]


def test_one_column_with_commas(tmp_path: Path, read_table):
    path = tmp_path / "a.csv"
    path.write_text('message\nHello, are you there?\n"Yes, I am"\nFine\n', encoding="utf-8")
    found = read_table(path)
    assert found.table.delimiter is None
    assert found.rows == [["Hello, are you there?"], ["Yes, I am"], ["Fine"]]


def test_unquoted_tsv_with_stray_quotation_marks(tmp_path: Path, read_table):
    path = tmp_path / "a.tsv"
    path.write_text(
        'label\ttext\nham\t"Hello there\nspam\tsay 5" pipe\nham\tok"\nham\t"quoted" start\n', encoding="utf-8"
    )
    found = read_table(path)
    assert [row[1] for row in found.rows] == ['"Hello there', 'say 5" pipe', 'ok"', '"quoted" start']


def test_excel_sep_line_and_escaped_quotes(tmp_path: Path, read_table):
    path = tmp_path / "a.csv"
    path.write_text("sep=;\ntext;label\na;b\n", encoding="utf-8")
    assert read_table(path).rows == [["a", "b"]]
    path.write_text('text,label\n"He said \\"no, thanks\\" twice",a\n"fine, ok",b\n', encoding="utf-8")
    assert read_table(path).rows == [['He said "no, thanks" twice', "a"], ["fine, ok", "b"]]


def test_workbook_values_as_people_see_them(tmp_path: Path, read_table):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["id", "day", "moment", "ratio", "yes", "gap", "time"])
    sheet.append(
        [5.0, datetime.date(2024, 2, 29), datetime.datetime(2024, 3, 1, 12, 30), 0.1, True, None, datetime.time(8, 5)]
    )
    sheet["A4"] = "_x0041_ stays"
    sheet["G4"] = "end"
    book.create_sheet("Second").append(["other"])
    book.save(tmp_path / "a.xlsx")
    found = read_table(tmp_path / "a.xlsx")
    assert found.rows[0] == ["5", "2024-02-29", "2024-03-01 12:30:00", "0.1", "true", "", "08:05:00"]
    assert found.rows[1][0] == "A stays" or found.rows[1][0] == "_x0041_ stays"
    assert found.lines == [2, 4]
    assert "only “Sheet” was read" in found.table.warnings[0]


def test_our_workbook_reader_agrees_with_openpyxl(tmp_path: Path, read_table):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["a", "b", "c"])
    for number in range(300):
        sheet.append([f"text {number} <&> “”", number / 7, number if number % 3 else None])
    book.save(tmp_path / "a.xlsx")
    theirs = openpyxl.load_workbook(tmp_path / "a.xlsx", read_only=True)
    expected = [list(row) for row in theirs.active.iter_rows(values_only=True)][1:]
    theirs.close()
    for ours, row in zip(read_table(tmp_path / "a.xlsx").rows, expected, strict=True):
        assert ours[0] == row[0]
        assert float(ours[1]) == pytest.approx(row[1])
        assert ours[2] == ("" if row[2] is None else str(row[2]))


def test_parquet_types(tmp_path: Path, read_table):
    table = pyarrow.table(
        {
            "number": pyarrow.array([1, None], pyarrow.int64()),
            "float": [2.0, 2.5],
            "list": [["a"], []],
            "when": [datetime.datetime(2024, 1, 2, 3, 4), None],
            "kind": pyarrow.array(["x", "y"]).dictionary_encode(),
            "yes": [True, None],
        }
    )
    pyarrow.parquet.write_table(table, tmp_path / "a.parquet")
    assert read_table(tmp_path / "a.parquet").rows == [
        ["1", "2", '["a"]', "2024-01-02T03:04:00", "x", "true"],
        ["", "2.5", "[]", "", "y", ""],
    ]


def test_json_inside_an_object_and_jsonl_with_new_names(tmp_path: Path, read_table):
    path = tmp_path / "a.json"
    path.write_text('{"version": 1, "data": [{"text": "a", "n": 1.0}, {"text": "b", "extra": null}]}', encoding="utf-8")
    found = read_table(path)
    assert found.table.columns == ["text", "n", "extra"]
    assert found.rows == [["a", "1", ""], ["b", "", ""]]


def test_jsonl_bad_lines_are_refused_alone(tmp_path: Path, read_table):
    path = tmp_path / "a.jsonl"
    deep = '{"text":' + "[" * 100_000
    half = '{"text": "\\ud800"}'
    path.write_text(f'{{"text": "a"}}\nnot json\n\n[1]\n{deep}\n{half}\n{{"text": "b"}}\n', encoding="utf-8")
    found = read_table(path)
    assert found.rows == [["a"], ["b"]]
    assert [line for line, _, _ in found.refused] == [2, 4, 5, 6]


def test_json_line_numbers_and_a_broken_end(tmp_path: Path, read_table):
    path = tmp_path / "a.json"
    path.write_text('[\n{"text": "a"},\n"b",\n{"text":\n"c"}\n]', encoding="utf-8")
    found = read_table(path)
    assert found.lines == [2, 4]
    assert found.refused[0][0] == 3
    path.write_text('[\n{"text": "a"},\n{"text": ', encoding="utf-8")
    with pytest.raises(FileUnusable, match="line 3"):
        read_table(path)


def test_json_elements_over_block_borders(tmp_path: Path, read_table):
    path = tmp_path / "a.json"
    records = [{"text": "x" * 700_000, "n": n} for n in range(7)] + [{"text": "é" * 10, "n": n} for n in range(3000)]
    path.write_text(json.dumps(records, ensure_ascii=False), encoding="utf-8")
    assert [row[1] for row in read_table(path).rows] == [str(record["n"]) for record in records]
