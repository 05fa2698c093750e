"""json: a list of objects, read one by one; or one object with such a list in it, read whole up to a limit."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any

from engine.ingest.encoding import Encoding
from engine.ingest.tables.json_values import half_characters, row_of
from engine.ingest.tables.lines import TextLines
from engine.ingest.tables.source import Source
from engine.ingest.tables.table import BATCH_ROWS, Batch, Reject, check_cells, checked_columns

WHOLE_MAX_CHARS = 64 << 20
ELEMENT_MAX_CHARS = 16 << 20
CHUNK_CHARS = 1 << 20
LOOK_AHEAD = 1000
_SPACE = " \t\r\n"
_decoder = json.JSONDecoder()


class JsonTable:
    """A list of JSON objects; see `Table`. A row's line is the physical line its object begins on."""

    format = "json"
    delimiter: str | None = None

    def __init__(self, source: Source, encoding: Encoding) -> None:
        self.source = source
        self.encoding: str | None = encoding.name
        self.warnings: list[str] = []
        self._encoding = encoding
        self.columns: list[str] = []
        for _, record in islice(self._records(), LOOK_AHEAD):
            if isinstance(record, dict):
                row_of(record, self.columns, set(self.columns), source)
        if not self.columns:
            raise source.unusable("it is JSON, but holds no list of objects with names and values.")
        checked_columns(self.columns, source)

    def batches(self, reject: Reject) -> Iterator[Batch]:
        known = set(self.columns)
        lines: list[int] = []
        rows: list[list[str]] = []
        for number, record in self._records():
            if not isinstance(record, dict):
                reject(number, "bad_json", "is not a JSON object (names and values in braces)")
                continue
            row = row_of(record, self.columns, known, self.source)
            if fault := check_cells(row, self.encoding):
                reject(number, *fault)
                continue
            if half_characters(row):
                reject(number, "encoding", "holds half of a character (a lone surrogate)")
                continue
            lines.append(number)
            rows.append(row)
            if len(rows) == BATCH_ROWS:
                yield Batch(lines, rows)
                lines, rows = [], []
        if rows:
            yield Batch(lines, rows)

    def _records(self) -> Iterator[tuple[int, Any]]:
        window = _Window(TextLines(self.source, self._encoding))
        first = window.peek()
        if first == "[":
            yield from self._elements(window)
        else:
            yield from self._inside_object(window)

    def _elements(self, window: _Window) -> Iterator[tuple[int, Any]]:
        window.take(1)
        if window.peek() == "]":
            return
        while True:
            window.peek()
            line = window.line
            yield line, self._value(window, ELEMENT_MAX_CHARS)
            mark = window.peek()
            if mark == "]":
                window.take(1)
                if window.peek():
                    raise self.source.unusable(f"there is more after the end of its list, at line {window.line}.")
                return
            if mark != ",":
                raise self.source.unusable(
                    f"its JSON breaks off at line {window.line}." if not mark
                    else f"it is not valid JSON: a comma is missing at line {window.line}."
                )  # fmt: skip
            window.take(1)

    def _value(self, window: _Window, limit: int) -> Any:
        """The JSON value that comes next; reads on while it is incomplete."""
        while True:
            try:
                value, end = _decoder.raw_decode(window.text, window.at)
            except RecursionError:
                raise self.source.unusable(f"at line {window.line} its lists are nested too deeply.") from None
            except json.JSONDecodeError as problem:
                long = len(window.text) - window.at
                # An error well before the end of what is loaded cannot be cured by loading more.
                cut = problem.msg.startswith("Unterminated") or problem.pos > len(window.text) - CHUNK_CHARS
                if cut and long < limit and window.more(long):
                    continue
                if long >= limit:
                    raise self.source.unusable(
                        f"the object at line {window.line} is larger than {limit >> 20} million characters."
                    ) from None
                place = window.line + window.text.count("\n", window.at, problem.pos)
                raise self.source.unusable(f"it is not valid JSON: {problem.msg} at line {place}.") from None
            # A number at the end of what is loaded may go on in what is not.
            if end == len(window.text) and window.more(CHUNK_CHARS):
                continue
            window.take(end - window.at)
            return value

    def _inside_object(self, window: _Window) -> Iterator[tuple[int, Any]]:
        """The only list of objects in a top-level object; lines are not known there, so rows are counted."""
        whole = self._value(window, WHOLE_MAX_CHARS)
        lists = [
            value
            for value in (whole.values() if isinstance(whole, dict) else ())
            if isinstance(value, list) and value and all(isinstance(item, dict) for item in value)
        ]
        if len(lists) == 1:
            yield from enumerate(lists[0], 1)
        elif isinstance(whole, dict) and not lists:
            yield 1, whole
        else:
            raise self.source.unusable("it is JSON, but no list of objects; it has to be one list of rows.")


class _Window:
    """A piece of a text that moves forward; knows the line of its place."""

    def __init__(self, lines: TextLines) -> None:
        self._lines = iter(lines)
        self.text = ""
        self.at = 0
        self.line = 1

    def more(self, least: int) -> bool:
        """Load at least so many characters (a chunk at the least) behind what is there; False at the end."""
        parts, size = [self.text[self.at :]], 0
        while size < max(least, CHUNK_CHARS) and (line := next(self._lines, None)) is not None:
            parts.append(line)
            size += len(line)
        self.text, self.at = "".join(parts), 0
        return size > 0

    def take(self, count: int) -> None:
        self.line += self.text.count("\n", self.at, self.at + count)
        self.at += count

    def peek(self) -> str:
        """The next character that is no space, or "" at the end; the place moves to it."""
        while True:
            while self.at < len(self.text):
                if self.text[self.at] not in _SPACE:
                    return self.text[self.at]
                self.take(1)
            if not self.more(CHUNK_CHARS):
                return ""
