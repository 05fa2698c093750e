"""Workbooks that hold no questions and answers: every sheet as a heading and a table.

The row of headings is repeated in long tables, as on paper, so that a passage of the middle says what its numbers are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from engine.errors import NotADocument
from engine.ingest.documents.clean import Block, make_page, one_line
from engine.ingest.documents.values import ParsedDocument
from engine.ingest.tables.source import Source
from engine.ingest.tables.xlsx_parts import Sheet, read_book
from engine.ingest.tables.xlsx_rows import Row, read_rows
from engine.ingest.tables.xlsx_table import opened

MAX_ROWS = 20_000
"""More is data and no document."""
REPEAT_WORDS = 90
MOST_HEADER_CELL = 60
_ROWS_BETWEEN_SIGNS = 500


def read_workbook(path: Path, on_page: Callable[[int, int], None] | None = None) -> ParsedDocument:
    """Read the visible sheets of a workbook as one page.

    Raises:
        NotADocument: it has more rows than a document, or hardly any words.
        FileUnusable: it is damaged or protected.
    """
    source = Source(path)
    blocks: list[Block] = []
    warnings: list[str] = []
    count = words = numbers = 0
    with opened(source, check=True) as archive:
        book = read_book(archive)
        for sheet in book.sheets:
            if not sheet.visible:
                warnings.append(f"The sheet “{sheet.name}” is hidden and was left out.")
                continue
            rows: list[Row] = []
            for row in read_rows(archive, sheet.part, book):
                count += 1
                if count > MAX_ROWS:
                    raise NotADocument(path=str(path), reason=f"it has more than {MAX_ROWS:,} rows: data, no document.")
                if on_page and count % _ROWS_BETWEEN_SIGNS == 0:
                    on_page(count, MAX_ROWS)
                cells = [one_line(cell) for cell in row[1]]
                if any(cells):
                    words += sum(any(map(str.isalpha, cell)) for cell in cells)
                    numbers += sum(bool(cell) for cell in cells)
                    rows.append((row[0], cells))
            blocks += _sheet(sheet, rows, named=len(book.sheets) > 1)
    if words < 0.1 * numbers or not words:
        raise NotADocument(path=str(path), reason="its sheets hold numbers and hardly any words: data, no document.")
    return ParsedDocument(
        title=path.stem, format="xlsx", pages=(make_page(1, blocks),), paged=False, warnings=tuple(warnings)
    )


def _sheet(sheet: Sheet, rows: list[Row], *, named: bool) -> Iterator[Block]:
    """A heading, then tables; an empty row ends a table, and a row of one cell is a line of text."""
    if rows and named:
        yield Block("heading", sheet.name, 2)
    header = ""
    last, since = -1, 0.0
    for number, cells in rows:
        filled = [cell for cell in cells if cell]
        text = " | ".join(_trimmed(cells))
        if len(filled) == 1 and len(_trimmed(cells)) <= 2:
            header, last = "", number
            yield Block("paragraph", filled[0])
            continue
        if number != last + 1:
            header = ""
        last = number
        if not header:
            header, since = (text if _is_header(filled) else "-"), 0.0
        elif header != "-" and since > REPEAT_WORDS:
            yield Block("row", header)
            since = 0.0
        since += len(text.split()) + len(text) / 20
        yield Block("row", text)


def _trimmed(cells: list[str]) -> list[str]:
    """Cells without the empty ones at the end; those before stay, so that every cell is in its column."""
    end = len(cells)
    while end and not cells[end - 1]:
        end -= 1
    return cells[:end]


def _is_header(filled: list[str]) -> bool:
    return all(len(cell) <= MOST_HEADER_CELL and not cell[0].isdigit() for cell in filled)
