"""What every format gives: columns, and rows of text in batches with the line each row began on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, Protocol

from engine.errors import FileUnusable
from engine.ingest.tables.lines import BAD, FOREIGN
from engine.ingest.tables.source import Source

BATCH_ROWS = 1000
CELL_MAX_BYTES = 1 << 20
COLUMNS_MAX = 2000
ROWS_MAX = 50_000_000

Reject = Callable[[int, str, str], None]
"""Called with line, code and sentence for each row that a reader refuses."""


class Batch(NamedTuple):
    """`lines[i]` is where `rows[i]` began: a physical line, or a row in spreadsheets and parquet."""

    lines: list[int]
    rows: list[list[str]]


class Table(Protocol):
    """An open table.

    Attributes:
        format: csv, tsv, xlsx, json, jsonl, parquet or conll.
        encoding, delimiter: None where the format has none.
        columns: names in order. A reader of JSON may add to them while it reads; rows read before are shorter then.
        warnings: sentences for people.
    """

    format: str
    encoding: str | None
    delimiter: str | None
    columns: list[str]
    warnings: list[str]
    source: Source

    def batches(self, reject: Reject) -> Iterator[Batch]:
        """Read from the first row to the last, at most `BATCH_ROWS` at a time; may be called again.

        Raises:
            FileUnusable: the file turns out damaged; what came before does not count.
        """


def check_cells(cells: Sequence[str], encoding: str | None) -> tuple[str, str] | None:
    """The (code, sentence) for which a row is refused, or None.

    Slow; readers call it for rows that may have something wrong.
    """
    for position, cell in enumerate(cells, 1):
        if "\0" in cell:
            return "nul", f"cell {position} holds a NUL byte"
        if BAD in cell:
            return "encoding", f"cell {position} holds bytes that are not {_shown(encoding)}"
        if FOREIGN in cell:
            return "encoding", f"the line is written in UTF-8, and the rest of the file in {_shown(encoding)}"
        # A character takes one to four bytes, so most cells are settled by their length alone.
        if len(cell) > CELL_MAX_BYTES // 4 and len(cell.encode("utf-8", "replace")) > CELL_MAX_BYTES:
            return "cell_too_large", f"cell {position} is larger than {CELL_MAX_BYTES >> 20} MB"
    return None


def _shown(encoding: str | None) -> str:
    return (encoding or "text").removesuffix("-sig").upper()


def width_reason(found: int, expected: int) -> str:
    return f"has {found} {'cell' if found == 1 else 'cells'} where {expected} belong"


def checked_columns(names: Sequence[str], source: Source) -> list[str]:
    """Column names fit for use: trimmed, and numbered where they are empty.

    Raises:
        FileUnusable: names that occur twice, cannot be read, or are too many.
    """
    if len(names) > COLUMNS_MAX:
        raise source.unusable(f"it has {len(names):,} columns; at most {COLUMNS_MAX:,} can be read.")
    columns = [" ".join(name.split()) for name in names]
    fault = check_cells(columns, None)
    if fault:
        raise source.unusable(f"its header cannot be read: {fault[1]}.")
    if not any(columns):
        raise source.unusable("its first row is empty; it has to name the columns.")
    twice = sorted({name for name in columns if name and columns.count(name) > 1})
    if twice:
        named = ", ".join(f"“{name}”" for name in twice[:10])
        raise source.unusable(f"its header names {named} more than once; every column needs its own name.")
    taken = set(columns)
    for index, name in enumerate(columns):
        if not name:
            columns[index] = _free_name(f"column_{index + 1}", taken)
            taken.add(columns[index])
    return columns


def _free_name(name: str, taken: set[str]) -> str:
    while name in taken:
        name += "_"
    return name


def header_only(source: Source) -> FileUnusable:
    return source.unusable("it has a header and no rows.")
