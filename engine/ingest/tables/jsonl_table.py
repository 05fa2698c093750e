"""jsonl (ndjson): one JSON object per line. A line that is no object is refused, the others stand."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

import msgspec

from engine.ingest.encoding import Encoding
from engine.ingest.tables.json_values import half_characters, row_of
from engine.ingest.tables.lines import TextLines
from engine.ingest.tables.source import Source
from engine.ingest.tables.table import BATCH_ROWS, Batch, Reject, check_cells, checked_columns

LOOK_AHEAD = 1000
_decode = msgspec.json.Decoder().decode


class JsonlTable:
    """A file of JSON lines; see `Table`."""

    format = "jsonl"
    delimiter: str | None = None

    def __init__(self, source: Source, encoding: Encoding) -> None:
        self.source = source
        self.encoding: str | None = encoding.name
        self.warnings: list[str] = []
        self._encoding = encoding
        self.columns: list[str] = []
        for line in islice(iter(TextLines(source, encoding)), LOOK_AHEAD):
            record = _parsed(line)
            if isinstance(record, dict):
                row_of(record, self.columns, set(self.columns), source)
        if not self.columns:
            raise source.unusable(f"none of its first {LOOK_AHEAD:,} lines is a JSON object with names.")
        checked_columns(self.columns, source)

    def batches(self, reject: Reject) -> Iterator[Batch]:
        text = TextLines(self.source, self._encoding)
        known = set(self.columns)
        lines: list[int] = []
        rows: list[list[str]] = []
        for number, line in enumerate(text, 1):
            record = _parsed(line)
            if not isinstance(record, dict):
                if line.strip():
                    marked = check_cells([line], self.encoding) if text.flagged else None
                    reject(number, *(marked or _fault(record)))
                continue
            row = row_of(record, self.columns, known, self.source)
            if (text.flagged or "\\u" in line) and (fault := _check(row, self.encoding)):
                reject(number, *fault)
                continue
            lines.append(number)
            rows.append(row)
            if len(rows) == BATCH_ROWS:
                yield Batch(lines, rows)
                lines, rows = [], []
        if rows:
            yield Batch(lines, rows)


def _parsed(line: str) -> Any:
    """The value of a line, or the exception that says why it has none."""
    try:
        return _decode(line)
    except (msgspec.DecodeError, RecursionError, UnicodeEncodeError) as problem:
        return problem


def _fault(record: Any) -> tuple[str, str]:
    if isinstance(record, RecursionError):
        return "bad_json", "its lists and objects are nested too deeply"
    if isinstance(record, UnicodeEncodeError):
        return "encoding", "holds bytes that do not belong to the encoding of the file"
    if isinstance(record, Exception):
        return "bad_json", f"is not valid JSON ({record})"
    return "bad_json", "is not a JSON object (names and values in braces)"


def _check(row: list[str], encoding: str | None) -> tuple[str, str] | None:
    if half_characters(row):
        return check_cells(row, encoding) or ("encoding", "holds half of a character (a lone surrogate)")
    return check_cells(row, encoding)
