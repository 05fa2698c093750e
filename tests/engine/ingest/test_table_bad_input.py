"""Bad files: one plain sentence each, or the bad rows refused with their line."""

from __future__ import annotations

import gzip
import os
import zipfile
from pathlib import Path

import pytest

from engine.errors import FileMissing, FileUnusable
from engine.ingest.write import TableWriter

CONTENT_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("a.csv", b"", "it is empty"),
        ("a.csv", b"\n \r\n\n", "it holds no text"),
        ("a.csv", b"\xef\xbb\xbf", "it holds no text"),
        ("a.csv", b"text,label\n", "a header and no rows"),
        ("a.csv", b"text,label\n\n\n", "a header and no rows"),
        ("a.csv", b"text,label,text\na,b,c\n", "names “text” more than once"),
        ("a.csv", b",,\na,b,c\n", "its first row is empty"),
        ("a.csv", b"\x7fELF" + bytes(range(256)) * 20, "binary data"),
        ("a.csv", b"%PDF-1.7 ...", "it is a PDF document"),
        ("a.csv", b"\x89PNG\r\n\x1a\n" + bytes(90), "it is a picture"),
        ("a.xls", b"<html><table><tr><td>x</td></tr></table></html>", "it is a web page or XML"),
        ("a.csv", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old Excel or Word file"),
        (
            "a.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "protected with a password",
        ),
        ("a.xlsx", b"PK\x03\x04 broken", "zip packing is damaged"),
        ("a.parquet", b"PAR1 not really", "no sound parquet file"),
        ("a.json", b"text,label\na,b\n", "it is not JSON"),
        ("a.json", b"[1, 2, 3]", "no list of objects"),
        ("a.json", b'{"a": 1', "not valid JSON"),
        ("a.json", b'[{"text": "a"}] trailing', "more after the end"),
        ("a.jsonl", b"hello\n", "its first line is no JSON object"),
        ("a.csv.gz", gzip.compress(b"", mtime=0), "empty inside its gzip packing"),
        ("a.csv.gz", gzip.compress(b"text,label\n" + os.urandom(5000).hex().encode())[:-200], "damaged or breaks off"),
        ("a.csv.gz", gzip.compress(gzip.compress(b"text,label\na,b\n", mtime=0), mtime=0), "gzip inside gzip"),
    ],
)
def test_unusable_file_says_why(name, data, sentence, tmp_path: Path, read_table):
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(FileUnusable, match=sentence) as caught:
        read_table(path)
    assert str(path) in caught.value.message
    assert caught.value.exit_code == 4


def test_places_that_are_no_file(tmp_path: Path, read_table):
    with pytest.raises(FileMissing):
        read_table(tmp_path / "none.csv")
    with pytest.raises(FileUnusable, match="it is a folder"):
        read_table(tmp_path)
    (tmp_path / "link.csv").symlink_to(tmp_path / "gone.csv")
    with pytest.raises(FileUnusable, match=r"a link to .*gone\.csv"):
        read_table(tmp_path / "link.csv")
    (tmp_path / "loop.csv").symlink_to(tmp_path / "loop.csv")
    with pytest.raises(FileUnusable, match="cannot open it"):
        read_table(tmp_path / "loop.csv")
    os.mkfifo(tmp_path / "pipe.csv")
    with pytest.raises(FileUnusable, match="no ordinary file"):
        read_table(tmp_path / "pipe.csv")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_no_permission(tmp_path: Path, read_table):
    path = tmp_path / "a.csv"
    path.write_text("text,label\na,b\n")
    path.chmod(0)
    with pytest.raises(FileUnusable, match="no permission"):
        read_table(path)


def test_bad_rows_are_refused_with_line_and_reason(tmp_path: Path, read_table):
    path = tmp_path / "a.csv"
    large = "x" * (2 << 20)
    path.write_bytes(
        b"text,label\n"  # 1
        b"good,a\n"  # 2
        b"one cell\n"  # 3
        b"three,cells,here\n"  # 4
        b"nul\0byte,a\n"  # 5
        + f"{large},a\n".encode()  # 6
        + '"{}\nsecond line",a\n'.format("é" * (600 << 10)).encode()  # 7, 8
        + b"also good,b\n"  # 9
    )
    found = read_table(path)
    assert found.rows == [["good", "a"], ["also good", "b"]]
    assert found.lines == [2, 9]
    assert found.refused == [
        (3, "cells", "has 1 cell where 2 belong"),
        (4, "cells", "has 3 cells where 2 belong"),
        (5, "nul", "cell 1 holds a NUL byte"),
        (6, "cell_too_large", "cell 1 is larger than 1 MB"),
        (7, "cell_too_large", "cell 1 is larger than 1 MB"),
    ]


def test_a_cell_beyond_every_measure_costs_one_row(tmp_path: Path, read_table):
    path = tmp_path / "a.csv"
    path.write_bytes(b"text,label\n" + b"x" * (20 << 20) + b",a\ngood,b\n")
    found = read_table(path)
    assert found.rows == [["good", "b"]]
    assert found.refused[0][:2] == (2, "cell_too_large")


def test_a_line_without_end_is_refused(tmp_path: Path, read_table):
    path = tmp_path / "a.csv"
    path.write_bytes(b"text,label\na,b\n" + b"x" * (40 << 20))
    with pytest.raises(FileUnusable, match="32 million characters"):
        read_table(path)


def test_open_quotation_mark_costs_its_own_line(tmp_path: Path, read_table):
    path = tmp_path / "a.csv"
    rows = "".join(f"row {n},a\n" for n in range(4, 3000))
    path.write_text('text,label\n"fine, really",a\n"never closed,a\n' + rows, encoding="utf-8")
    found = read_table(path)
    assert found.refused == [(3, "open_quote", "a quotation mark that opens here is never closed")]
    assert len(found.rows) == 2997
    assert found.lines[:3] == [2, 4, 5]


def test_open_quotation_mark_on_the_last_line(tmp_path: Path, read_table):
    path = tmp_path / "a.csv"
    path.write_text('text,label\n"good","a"\n"cut off', encoding="utf-8")
    found = read_table(path)
    assert found.rows == [["good", "a"]]
    assert found.refused == [(3, "open_quote", "a quotation mark that opens here is never closed")]


def test_gzip_bomb_stops(tmp_path: Path, read_table):
    path = tmp_path / "a.csv.gz"
    with gzip.open(path, "wb") as file:
        file.write(b"text,label\n")
        block = b"the same row again and again and again,label\n" * 20_000
        for _ in range(300):
            file.write(block)
    with pytest.raises(FileUnusable, match="unpacks to more than 300 times"):
        read_table(path)


def workbook(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


def edited(tmp_path: Path, part: str, edit) -> Path:
    """A good workbook with one part changed."""
    good = tmp_path / "good.xlsx"
    with TableWriter(good, ["text", "label"]) as out:
        out.row(["a", "b"])
    with zipfile.ZipFile(good) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = edit(parts[part])
    return workbook(tmp_path / "bad.xlsx", parts)


def test_zip_that_is_no_workbook(tmp_path: Path, read_table):
    for parts, sentence in [
        ({"readme.txt": b"x"}, "a zip archive without a workbook"),
        ({"word/document.xml": b"<x/>"}, "a Word document"),
        ({"content.xml": b"<x/>"}, "an OpenDocument file"),
    ]:
        with pytest.raises(FileUnusable, match=sentence):
            read_table(workbook(tmp_path / "a.xlsx", parts))


def test_zip_bomb_workbook(tmp_path: Path, read_table):
    path = workbook(
        tmp_path / "a.xlsx",
        {
            "[Content_Types].xml": CONTENT_TYPES.encode(),
            "xl/workbook.xml": b"<workbook/>",
            "xl/worksheets/sheet1.xml": bytes(80 << 20),
        },
    )
    assert path.stat().st_size < 1 << 20
    with pytest.raises(FileUnusable, match="more than 250 times its size"):
        read_table(path)


def test_workbook_with_entities(tmp_path: Path, read_table):
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    path = edited(tmp_path, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"<worksheet", laughs + b"<worksheet"))
    with pytest.raises(FileUnusable, match="declares entities"):
        read_table(path)
    late = b"<!-- " + b"x" * 9000 + b" -->" + laughs
    path = edited(tmp_path, "xl/workbook.xml", lambda xml: xml.replace(b"<workbook", late + b"<workbook"))
    with pytest.raises(FileUnusable, match="declares entities"):
        read_table(path)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (b'<row r="2">', b'<row r="99999999">', "numbers a row"),
        (b'r="A2"', b'r="ZZZZ2"', "beyond every sheet"),
        (b"</sheetData>", b"", "XML is damaged"),
        (b't="inlineStr"><is><t xml:space="preserve">a</t></is>', b't="s"><v>7</v>', "a text that is not there"),
    ],
)
def test_damaged_sheet(old, new, sentence, tmp_path: Path, read_table):
    path = edited(tmp_path, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(old, new))
    with pytest.raises(FileUnusable, match=sentence):
        read_table(path)


def test_workbook_with_a_flipped_bit(tmp_path: Path, read_table):
    path = tmp_path / "a.xlsx"
    with TableWriter(path, ["text", "label"]) as out:
        for number in range(5000):
            out.row([f"row {number} {os.urandom(8).hex()}", "x"])
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(data)
    with pytest.raises(FileUnusable, match="damaged"):
        read_table(path)


def test_workbook_header_only_wide_rows_and_duplicates(tmp_path: Path, read_table):
    import openpyxl

    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    book.save(path)
    with pytest.raises(FileUnusable, match="sheets are empty"):
        read_table(path)
    book.active.append(["text", "label"])
    book.save(path)
    with pytest.raises(FileUnusable, match="a header and no rows"):
        read_table(path)
    book.active.append(["a", "b", "c"])
    book.active.append(["a"])
    book.save(path)
    found = read_table(path)
    assert found.refused == [(2, "cells", "has 3 cells where 2 belong")]
    assert found.rows == [["a", ""]]
    book.active["C1"] = "text"
    book.save(path)
    with pytest.raises(FileUnusable, match="“text” more than once"):
        read_table(path)


@pytest.mark.parametrize("name", ["données d'été.csv", "数据 集.csv", "ملف.csv", "😀 #1 %s {x}.csv", "-rf.csv"])
def test_file_names_in_any_script(name, tmp_path: Path, read_table):
    path = tmp_path / name
    path.write_text("text,label\na,b\n", encoding="utf-8")
    assert read_table(path).rows == [["a", "b"]]
    path.write_text("text,label\n", encoding="utf-8")
    with pytest.raises(FileUnusable) as caught:
        read_table(path)
    assert name in caught.value.message


def test_file_name_that_is_no_text(tmp_path: Path, load):
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.csv"))
    with pytest.raises(FileMissing) as caught:
        load(path)
    assert "caf�.csv" in caught.value.message
    path.write_text("text,label\na,b\n")
    _, rows = load(path)
    assert rows == [{"text": "a", "label": "b"}]
