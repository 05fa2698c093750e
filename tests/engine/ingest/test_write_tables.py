"""What is written reads back equal, formulas are made harmless, and a failure leaves the old file."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.errors import FileUnusable
from engine.ingest.tables.open_table import open_table
from engine.ingest.write import TableWriter, harmless

# Control characters are kept rare by leaving them out: a tiny file full of them is taken for binary data.
CELLS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\t\n\r\x0b\x0c\x85\",;|'=-+@"), max_size=30
)
TABLES = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=8)
)
ENDINGS = ["csv", "tsv", "json", "jsonl", "xlsx", "csv.gz", "jsonl.gz"]


def read_all(path: Path) -> tuple[list[str], list[list[str]], list[object]]:
    refused: list[object] = []
    table = open_table(path)
    rows = [row for batch in table.batches(lambda *fault: refused.append(fault)) for row in batch.rows]
    return table.columns, rows, refused


@pytest.mark.parametrize("ending", ENDINGS)
@given(rows=TABLES)
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_written_rows_read_back_equal(ending, rows, tmp_path: Path):
    columns = [f"column {index}" for index in range(len(rows[0]))]
    path = tmp_path / f"out.{ending}"
    # A last column that is never empty, since rows without any content are no rows in a sheet, and that is plainly
    # UTF-8: one letter alone, such as ǡ, is as likely a Chinese character in GB18030.
    with TableWriter(path, [*columns, "end"]) as out:
        for row in rows:
            out.row([*row, "终…"])
    clean = (lambda cell: cell) if "json" in ending else harmless
    found_columns, found, refused = read_all(path)
    assert found_columns == [*columns, "end"]
    assert refused == []
    assert found == [[*map(clean, row), "终…"] for row in rows]


@pytest.mark.parametrize("ending", ["csv", "tsv", "xlsx"])
def test_formulas_are_made_harmless(ending, tmp_path: Path):
    cells = [
        "=1+1",
        "+44 call me",
        "-drop",
        "@SUM(A1)",
        "\tx",
        "\rx",
        "-5",
        "+3.14",
        "-1,234.5",
        "-2e9",
        "plain",
        "a=b",
    ]
    path = tmp_path / f"out.{ending}"
    with TableWriter(path, ["=name"]) as out:
        for cell in cells:
            out.row([cell])
    columns, rows, _ = read_all(path)
    assert columns == ["'=name"]
    written = [row[0] for row in rows]
    assert written == ["'=1+1", "'+44 call me", "'-drop", "'@SUM(A1)", "'\tx", "'\rx", *cells[6:]]


def test_workbook_opens_elsewhere(tmp_path: Path):
    path = tmp_path / "out.xlsx"
    with TableWriter(path, ["text", "score", "yes"]) as out:
        out.row(["数据 <&> \x01 _x0041_", 0.25, True])
        out.row([None, 12, False])
        out.row(["id", 10**17, None])
    sheet = openpyxl.load_workbook(path).active
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    assert rows[0] == ["text", "score", "yes"]
    assert rows[1][1:] == [0.25, True]
    assert rows[1][0].startswith("数据 <&> ")
    assert rows[2] == [None, 12, False]
    assert rows[3][:2] == ["id", str(10**17)]
    assert zipfile.ZipFile(path).testzip() is None
    assert read_all(path)[1][0][0] == "数据 <&> \x01 _x0041_"


def test_an_error_leaves_the_old_file_and_nothing_else(tmp_path: Path):
    path = tmp_path / "out.csv"
    path.write_text("old")

    def fail_in_the_middle() -> None:
        with TableWriter(path, ["a"]) as out:
            out.row(["new"])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_in_the_middle()
    assert path.read_text() == "old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["out.csv"]


def test_refusals(tmp_path: Path):
    with pytest.raises(FileUnusable, match="ending tells no format"):
        TableWriter(tmp_path / "out.pdf", ["a"])
    with pytest.raises(FileUnusable, match="folder does not exist"):
        TableWriter(tmp_path / "none" / "out.csv", ["a"])
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(FileUnusable, match="it is a folder"):
        TableWriter(tmp_path / "folder.csv", ["a"])
    with (
        pytest.raises(FileUnusable, match="A2 would have 40,000 characters"),
        TableWriter(tmp_path / "o.xlsx", ["a"]) as out,
    ):
        out.row(["x" * 40_000])
    assert [entry.name for entry in tmp_path.iterdir()] == ["folder.csv"]


def test_same_rows_same_bytes(tmp_path: Path):
    for ending in ENDINGS:
        made = []
        for name in ("one", "two"):
            with TableWriter(tmp_path / f"{name}.{ending}", ["a", "b"]) as out:
                out.row(["x", 1.5])
            made.append((tmp_path / f"{name}.{ending}").read_bytes())
        assert made[0] == made[1]
