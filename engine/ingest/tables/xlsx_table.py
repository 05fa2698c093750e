"""xlsx: the first sheet with content, read row by row; values as shown in the file, formulas by their last result."""

from __future__ import annotations

import contextlib
import datetime
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO

from engine.ingest.tables.json_values import cell_text
from engine.ingest.tables.source import Source
from engine.ingest.tables.table import (
    BATCH_ROWS,
    Batch,
    Reject,
    check_cells,
    checked_columns,
    header_only,
    width_reason,
)
from engine.ingest.tables.xlsx_check import check_workbook

PACKED_MAX_BYTES = 128 << 20
SHEET_ROWS_MAX = 1_048_576
_EMPTY = (None, "")


class XlsxTable:
    """A workbook; see `Table`. Lines are row numbers of the sheet."""

    format = "xlsx"
    encoding: str | None = None
    delimiter: str | None = None

    def __init__(self, source: Source) -> None:
        self.source = source
        self.warnings: list[str] = []
        self._file = source.whole(PACKED_MAX_BYTES)
        check_workbook(self._file, source)
        self._sheet = ""
        self.columns: list[str] = []
        self._header_row = 0
        with self._reading() as book:
            sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"] or book.worksheets
            has_rows = False
            for sheet in sheets:
                for number, cells in _rows(sheet, source):
                    if not self.columns:
                        self.columns = checked_columns([_text(cell) for cell in _trimmed(cells)], source)
                        self._sheet, self._header_row = sheet.title, number
                        continue
                    has_rows = True
                    break
                if self.columns:
                    break
            if not self.columns:
                raise source.unusable("its sheets are empty.")
            if not has_rows:
                raise header_only(source)
            if len(sheets) > 1:
                self.warnings.append(f"The workbook has {len(sheets)} sheets; only “{self._sheet}” was read.")

    def batches(self, reject: Reject) -> Iterator[Batch]:
        width = len(self.columns)
        lines: list[int] = []
        rows: list[list[str]] = []
        with self._reading() as book:
            for number, cells in _rows(book[self._sheet], self.source):
                if number <= self._header_row:
                    continue
                if len(cells) > width:
                    cells = _trimmed(cells)
                    if len(cells) > width:
                        reject(number, "cells", width_reason(len(cells), width))
                        continue
                row = [cell if type(cell) is str else _text(cell) for cell in cells]
                if len(row) < width:
                    row.extend([""] * (width - len(row)))
                if max(map(len, row)) > 32_767 or any("\0" in cell for cell in row):
                    fault = check_cells(row, None)
                    if fault:
                        reject(number, *fault)
                        continue
                lines.append(number)
                rows.append(row)
                if len(rows) == BATCH_ROWS:
                    self._tell_progress()
                    yield Batch(lines, rows)
                    lines, rows = [], []
        if rows:
            yield Batch(lines, rows)

    def _tell_progress(self) -> None:
        # Only the file handle knows how far the packed sheet has been read.
        with contextlib.suppress(OSError, ValueError):
            self.source.position = min(self._file.tell(), self.source.size)

    @contextlib.contextmanager
    def _reading(self) -> Iterator[Any]:
        from defusedxml.common import DefusedXmlException
        from openpyxl import load_workbook
        from openpyxl.utils.exceptions import InvalidFileException

        book: Any = None
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # openpyxl tells of styles and extensions it does not know
                self._file.seek(0)
                book = load_workbook(_Shared(self._file), read_only=True, data_only=True, keep_links=False)
                yield book
        except DefusedXmlException:
            raise self.source.unusable("its XML declares entities, as files made to do harm do.") from None
        except (
            InvalidFileException, zipfile.BadZipFile, zlib.error, KeyError, ValueError, TypeError, AttributeError,
            IndexError, SyntaxError, EOFError, OverflowError, OSError,
        ) as problem:  # fmt: skip
            # SyntaxError is the base of the XML parser's ParseError. openpyxl meets damage in many ways.
            raise self.source.unusable(f"it is damaged inside ({type(problem).__name__}: {problem}).") from None
        finally:
            if book is not None:
                book.close()


class _Shared:
    """The open file without its `close`, since openpyxl closes what it is given and we read twice."""

    def __init__(self, file: BinaryIO) -> None:
        self.read, self.seek, self.tell = file.read, file.seek, file.tell
        self.seekable = file.seekable


def _rows(sheet: Any, source: Source) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """(row number, values) of rows that hold something."""
    sheet.reset_dimensions()  # a wrong size in the file would cut rows off
    for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
        if number > SHEET_ROWS_MAX:
            raise source.unusable(f"it numbers rows beyond {SHEET_ROWS_MAX:,}, the most that a sheet has.")
        if any(cell not in _EMPTY for cell in cells):
            yield number, cells


def _trimmed(cells: tuple[Any, ...]) -> tuple[Any, ...]:
    end = len(cells)
    while end and cells[end - 1] in _EMPTY:
        end -= 1
    return cells[:end]


def _text(value: Any) -> str:
    if isinstance(value, datetime.datetime):
        at_midnight = value.time() == datetime.time(0)
        return value.date().isoformat() if at_midnight else value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, datetime.timedelta):
        return str(value)
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    return cell_text(value)
