"""csv, tsv and whatever else puts one row on a line and a delimiter between cells.

Quoted cells may hold delimiters, doubled quotation marks and line ends; the line of a row is the physical line it
begins on. A quotation mark that is never closed costs its own line only: that row is refused and reading goes on
with the next line.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Generator, Iterator
from itertools import islice

from engine.ingest.encoding import Encoding
from engine.ingest.tables.dialect import SAMPLE_LINES, SINGLE, Dialect, find_dialect
from engine.ingest.tables.lines import TextLines
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

CELL_LIMIT_CHARS = 16 << 20
"""A cell beyond this that spans lines is taken for a quotation mark that is never closed."""
OPEN_QUOTES_MAX = 25
OPEN_QUOTE = "a quotation mark that opens here is never closed"
_SEP_LINE = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)


class CsvTable:
    """A delimited text file; see `Table`."""

    def __init__(self, source: Source, encoding: Encoding) -> None:
        self.source = source
        self.encoding: str | None = encoding.name
        self.warnings: list[str] = []
        self._encoding = encoding
        csv.field_size_limit(CELL_LIMIT_CHARS)
        sample = list(islice(iter(TextLines(source, encoding)), SAMPLE_LINES + 1))
        whole = len(sample) <= SAMPLE_LINES
        sep = _SEP_LINE.fullmatch(sample[0]) if sample else None
        self._skipped = 1 if sep else 0
        lines = sample[self._skipped : SAMPLE_LINES]
        prefer = "\t" if source.name.endswith((".tsv", ".tab")) else None
        self._dialect = Dialect(sep[1]) if sep else find_dialect(lines, whole=whole, prefer=prefer)
        self.delimiter: str | None = None if self._dialect.delimiter == SINGLE else self._dialect.delimiter
        self.format = "tsv" if self.delimiter == "\t" else "csv"
        self.columns = self._read_header(lines)
        if whole and not any(line.strip() for line in sample[self._skipped :]):
            raise header_only(source)

    def _read_header(self, lines: list[str]) -> list[str]:
        reader = self._dialect.reader(iter(lines))
        try:
            for row in reader:
                if row and not (len(row) == 1 and not row[0].strip()):
                    self._skipped += reader.line_num
                    return checked_columns(row, self.source)
        except csv.Error as problem:
            raise self.source.unusable(f"its header cannot be read ({problem}).") from None
        raise self.source.unusable("it holds no text.")

    def batches(self, reject: Reject) -> Iterator[Batch]:
        begin = self._skipped
        for _ in range(OPEN_QUOTES_MAX):
            open_quote = yield from self._from_line(begin, reject)
            if open_quote is None:
                return
            reject(open_quote, "open_quote", OPEN_QUOTE)
            begin = open_quote
        raise self.source.unusable(f"its quotation marks do not match, the latest at line {begin}.")

    def _from_line(self, begin: int, reject: Reject) -> Generator[Batch, None, int | None]:
        """Read rows after physical line `begin`; returns the line of a quotation mark that never closes."""
        text = TextLines(self.source, self._encoding)
        reader = self._dialect.reader(islice(iter(text), begin, None))
        width = len(self.columns)
        lines: list[int] = []
        rows: list[list[str]] = []
        last = begin
        while True:
            start = last + 1
            try:
                row = next(reader, None)
            except csv.Error:
                now = begin + reader.line_num
                if now > start:
                    yield Batch(lines, rows)
                    return start
                reject(start, "cell_too_large", f"a cell is larger than {CELL_LIMIT_CHARS >> 20} million characters")
                last = now
                continue
            if row is None:
                break
            last = begin + reader.line_num
            if text.ended and self._dialect.quoted:
                if last == start:
                    reject(start, "open_quote", OPEN_QUOTE)
                    break
                yield Batch(lines, rows)
                return start
            if len(row) != width:
                if not row or (len(row) == 1 and not row[0].strip() and not text.flagged):
                    continue
                reason = width_reason(len(row), width)
                if last != start:
                    reason += f" (it runs on to line {last}; a quotation mark may be missing)"
                reject(start, "cells", reason)
                continue
            if (text.flagged or last != start) and (fault := check_cells(row, self.encoding)):
                reject(start, *fault)
                continue
            lines.append(start)
            rows.append(row)
            if len(rows) == BATCH_ROWS:
                yield Batch(lines, rows)
                lines, rows = [], []
        if rows:
            yield Batch(lines, rows)
        return None
