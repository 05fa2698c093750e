"""How a delimited file is written: its delimiter and whether quotation marks mean anything."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from typing import Protocol

from msgspec import Struct

from engine.ingest.tables.lines import LONG_LINE_CHARS

DELIMITERS = (",", "\t", ";", "|", "^", "~", "\x1f", "\x01", "，", "；")
SINGLE = "\x1e"
"""Stands for "no delimiter": a character that does not occur, so that a line is one cell."""
SAMPLE_LINES = 500


class RowReader(Protocol):
    """What `csv.reader` gives; `line_num` counts the physical lines taken."""

    line_num: int

    def __iter__(self) -> Iterator[list[str]]: ...

    def __next__(self) -> list[str]: ...


class Dialect(Struct, frozen=True):
    """`escaped`: a quotation mark in a quoted cell is written \\" instead of "" (as MySQL writes it)."""

    delimiter: str
    quoted: bool = True
    escaped: bool = False

    def reader(self, lines: Iterator[str], *, strict: bool = False) -> RowReader:
        return csv.reader(
            lines,
            delimiter=self.delimiter,
            quoting=csv.QUOTE_MINIMAL if self.quoted else csv.QUOTE_NONE,
            doublequote=not self.escaped,
            escapechar="\\" if self.escaped else None,
            strict=strict,
        )


def find_dialect(lines: list[str], *, whole: bool, prefer: str | None = None) -> Dialect:
    """Choose the dialect under which the header has several cells and most rows are as wide as it.

    Args:
        lines: the first physical lines, at most `SAMPLE_LINES`.
        whole: they are the whole file; otherwise the last row may be cut and is not counted.
        prefer: delimiter that the file's name speaks for; decides between equals.
    """
    lines = [line for line in lines if len(line) < LONG_LINE_CHARS]
    best = Dialect(SINGLE)
    best_score: tuple[float, ...] = (0.0,)
    for order, delimiter in enumerate(DELIMITERS):
        if not any(delimiter in line for line in lines[:20]):
            continue
        for dialect in _quotings(delimiter, lines):
            width, agree, clean = _fit(dialect, lines, whole)
            if width < 2:
                continue
            score = (round(agree, 2), clean, dialect.quoted, delimiter == prefer, -order)
            if score > best_score:
                best, best_score = dialect, score
    if best.delimiter == SINGLE:
        _, _, clean = _fit(best, lines, whole)
        return best if clean else Dialect(SINGLE, quoted=False)
    return best


def _quotings(delimiter: str, lines: list[str]) -> list[Dialect]:
    if not any('"' in line for line in lines):
        return [Dialect(delimiter)]
    found = [Dialect(delimiter), Dialect(delimiter, quoted=False)]
    if any('\\"' in line for line in lines):
        found.append(Dialect(delimiter, escaped=True))
    return found


def _fit(dialect: Dialect, lines: list[str], whole: bool) -> tuple[int, float, bool]:
    """(cells of the header, share of rows as wide as it, whether quotation marks stand where they should)."""
    widths = [len(row) for row in dialect.reader(iter(lines)) if row]
    if not whole and len(widths) > 2:
        widths.pop()
    if not widths:
        return 0, 0.0, True
    rows = widths[1:] or widths
    agree = sum(width == widths[0] for width in rows) / len(rows)
    return widths[0], agree, not dialect.quoted or _quotes_fit(dialect, lines, whole)


def _quotes_fit(dialect: Dialect, lines: list[str], whole: bool) -> bool:
    """Whether cells in quotation marks are more than slips: more stand well than badly."""
    reader = dialect.reader(iter(lines), strict=True)
    bad = 0
    while True:
        try:
            if next(reader, None) is None:
                break
        except csv.Error as problem:
            # A sample that ends inside a quoted cell is no fault of the file.
            bad += whole or "unexpected end" not in str(problem)
    mark = re.escape(dialect.delimiter)
    return bad == 0 or bad < len(re.findall(f'(?:^|{mark})"[^"]*"(?={mark}|\r?\n?$)', "".join(lines), re.MULTILINE))
