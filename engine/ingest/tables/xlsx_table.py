"""xlsx: the first visible sheet with content, row by row; formulas by the result that the file remembers."""

from __future__ import annotations

import contextlib
import zipfile
from collections.abc import Iterator
from xml.parsers import expat

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
from engine.ingest.tables.xlsx_check import UNZIP_ERRORS, check_workbook
from engine.ingest.tables.xlsx_parts import HarmfulXml, Sheet, read_book
from engine.ingest.tables.xlsx_rows import BadSheet, Row, read_rows

PACKED_MAX_BYTES = 128 << 20
LONG_CELL_CHARS = 32_767


class XlsxTable:
    """A workbook; see `Table`. Lines are row numbers of the sheet."""

    format = "xlsx"
    encoding: str | None = None
    delimiter: str | None = None

    def __init__(self, source: Source) -> None:
        self.source = source
        self.warnings: list[str] = []
        with self._opened(check=True) as archive:
            self._book = read_book(archive)
            sheets = [sheet for sheet in self._book.sheets if sheet.visible] or list(self._book.sheets)
            self._sheet, self._header_row, self.columns = self._find_header(archive, sheets)
            if next(self._rows(archive), None) is None:
                raise header_only(source)
        if len(sheets) > 1:
            self.warnings.append(f"The workbook has {len(sheets)} sheets; only “{self._sheet.name}” was read.")

    def _find_header(self, archive: zipfile.ZipFile, sheets: list[Sheet]) -> tuple[Sheet, int, list[str]]:
        for sheet in sheets:
            for number, cells in read_rows(archive, sheet.part, self._book):
                if any(cell.strip() for cell in cells):
                    return sheet, number, checked_columns(cells, self.source)
        raise self.source.unusable("its sheets are empty.")

    def _rows(self, archive: zipfile.ZipFile) -> Iterator[Row]:
        for row in read_rows(archive, self._sheet.part, self._book):
            if row[0] > self._header_row:
                yield row

    def batches(self, reject: Reject) -> Iterator[Batch]:
        width = len(self.columns)
        lines: list[int] = []
        rows: list[list[str]] = []
        with self._opened() as archive:
            for number, cells in self._rows(archive):
                if len(cells) != width:
                    if len(cells) > width:
                        reject(number, "cells", width_reason(len(cells), width))
                        continue
                    cells.extend([""] * (width - len(cells)))
                if max(map(len, cells)) > LONG_CELL_CHARS or "\0" in "".join(cells):
                    fault = check_cells(cells, None)
                    if fault:
                        reject(number, *fault)
                        continue
                lines.append(number)
                rows.append(cells)
                if len(rows) == BATCH_ROWS:
                    # The handle stands where the packed sheet has been read to.
                    self.source.position = min(_place(archive), self.source.size)
                    yield Batch(lines, rows)
                    lines, rows = [], []
        if rows:
            yield Batch(lines, rows)

    def _opened(self, *, check: bool = False) -> contextlib.AbstractContextManager[zipfile.ZipFile]:
        return opened(self.source, check=check)


@contextlib.contextmanager
def opened(source: Source, *, check: bool = False) -> Iterator[zipfile.ZipFile]:
    """A workbook's archive, closed at the end; damage met inside the block is told in plain words."""
    try:
        with source.whole(PACKED_MAX_BYTES) as file:
            if check:
                check_workbook(file, source)
            with zipfile.ZipFile(file) as archive:
                yield archive
    except HarmfulXml:
        raise source.unusable("its XML declares entities, as files made to do harm do.") from None
    except BadSheet as problem:
        raise source.unusable(f"its sheet is damaged: {problem}.") from None
    except expat.ExpatError as problem:
        raise source.unusable(f"its XML is damaged ({problem}).") from None
    except KeyError as problem:
        raise source.unusable(f"a part of it is missing ({problem}).") from None
    except UNZIP_ERRORS as problem:
        raise source.unusable(f"it is damaged inside ({problem}).") from None


def _place(archive: zipfile.ZipFile) -> int:
    return archive.fp.tell() if archive.fp else 0
