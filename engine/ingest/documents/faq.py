"""Tables as documents: questions with approved answers, (JSON only) texts with or without a title, or a workbook.

The reading of rows, encodings and formats is the tables' (`engine.ingest.tables`); here rows become entries and a page
that can be shown and searched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from engine.errors import FileUnusable, NotADocument
from engine.ingest.documents.clean import Block, make_page, normalise, one_line
from engine.ingest.documents.values import FaqEntry, ParsedDocument

if TYPE_CHECKING:
    from engine.ingest.tables.table import Table

MAX_ENTRIES = 200_000
_SHOWN_REJECTIONS = 5


def read_faq(path: Path) -> ParsedDocument:
    """Read a table with a question and an answer in each row; JSON and JSONL may hold texts instead.

    Rows without a question or an answer are left out and named in the warnings.
    """
    from engine.ingest.mapping import guess_mapping, serves
    from engine.ingest.tables.open_table import open_table

    table = open_table(path)
    faq = guess_mapping("faq", table.columns)
    if serves("faq", faq):
        return _faq(path, table, faq["question"], faq["answer"])
    texts = guess_mapping("texts", table.columns)
    if table.format in ("json", "jsonl") and serves("texts", texts):
        return _texts(path, table, texts["text"])
    columns = ", ".join(table.columns[:20]) or "none"
    raise NotADocument(path=str(path), reason=f"it has no columns for questions and answers (its columns: {columns}).")


def read_xlsx(path: Path, on_page: Callable[[int, int], None] | None = None) -> ParsedDocument:
    """Read a workbook: questions and answers if its first sheet holds them, else its sheets as tables.

    Raises:
        NotADocument: it records what people did with items, or is otherwise data and no document.
    """
    from engine.ingest.documents.xlsx_pages import read_workbook
    from engine.ingest.mapping import guess_mapping, serves
    from engine.ingest.tables.open_table import open_table

    try:
        table = open_table(path)
    except FileUnusable:
        return read_workbook(path, on_page)  # no table of named columns, or damaged: then it says so again
    if table.format != "xlsx":
        return read_faq(path)
    mapping = guess_mapping("faq", table.columns)
    if serves("faq", mapping):
        return _faq(path, table, mapping["question"], mapping["answer"])
    if serves("events", guess_mapping("events", table.columns)):
        raise NotADocument(path=str(path), reason="it records events; import it as a data set.")
    return read_workbook(path, on_page)


def _faq(path: Path, table: Table, question_column: str, answer_column: str) -> ParsedDocument:
    rows = _Rows(table, MAX_ENTRIES, path)
    entries: list[FaqEntry] = []
    blocks: list[Block] = []
    for line, cells in rows.read(question_column, answer_column):
        question, answer = one_line(cells[0]), normalise(cells[1])
        if not question or not answer:
            rows.leave_out(line, "has no question" if not question else "has no answer")
            continue
        entries.append(FaqEntry(question, answer, line))
        blocks += [Block("heading", question, 2), Block("paragraph", answer)]
    if not entries:
        raise FileUnusable(path=str(path), reason="none of its rows holds a question and an answer.")
    return ParsedDocument(
        title=path.stem,
        format=table.format,
        pages=(make_page(1, blocks),),
        paged=False,
        faq=tuple(entries),
        warnings=rows.warnings(),
    )


def _texts(path: Path, table: Table, text_column: str) -> ParsedDocument:
    from engine.ingest.mapping import guess_mapping

    rows = _Rows(table, MAX_ENTRIES, path)
    title_column = guess_mapping("items", table.columns).get("title", "")
    blocks: list[Block] = []
    for line, cells in rows.read(text_column, title_column if title_column != text_column else ""):
        if not normalise(cells[0]):
            rows.leave_out(line, "has no text")
            continue
        blocks += [Block("heading", cells[1], 2), Block("paragraph", cells[0])]
    page = make_page(1, blocks)
    if not page.text:
        raise FileUnusable(path=str(path), reason="none of its lines holds a text.")
    return ParsedDocument(title=path.stem, format=table.format, pages=(page,), paged=False, warnings=rows.warnings())


class _Rows:
    """Two columns of a table, and what had to be left out."""

    def __init__(self, table: Table, most: int, path: Path) -> None:
        self._table, self._most, self._path = table, most, path
        self._left_out: list[str] = []
        self._left_out_count = 0

    def read(self, first: str, second: str) -> Iterator[tuple[int, tuple[str, str]]]:
        """Line and values of two columns (an empty name gives empty values)."""
        count = 0
        for batch in self._table.batches(lambda line, _, reason: self.leave_out(line, reason)):
            places = [self._table.columns.index(name) if name else None for name in (first, second)]
            for line, row in zip(batch.lines, batch.rows, strict=True):
                count += 1
                if count > self._most:
                    raise FileUnusable(path=str(self._path), reason=f"it has more than {self._most:,} rows.")
                one, two = (row[at] if at is not None and at < len(row) else "" for at in places)
                yield line, (one, two)

    def leave_out(self, line: int, reason: str) -> None:
        self._left_out_count += 1
        if len(self._left_out) < _SHOWN_REJECTIONS:
            self._left_out.append(f"line {line} {reason.rstrip('.')}")

    def warnings(self) -> tuple[str, ...]:
        found = list(self._table.warnings)
        if self._left_out_count:
            more = " …" if self._left_out_count > len(self._left_out) else ""
            rows = "1 row was" if self._left_out_count == 1 else f"{self._left_out_count} rows were"
            found.append(f"{rows} left out: {'; '.join(self._left_out)}{more}.")
        return tuple(found)
