"""What a document is once it has been read: pages of normalised text, and approved answers if it is a FAQ table."""

from __future__ import annotations

from msgspec import Struct

from engine.values import LineBox


class Heading(Struct, frozen=True):
    """A heading of a page: characters `start` to `end` of its text; `level` 1 is the highest."""

    start: int
    end: int
    level: int


class Page(Struct, frozen=True):
    """One page as the window shows it; every offset in the program counts characters of `text`.

    Normal form: NFC, no soft hyphens or control characters, paragraphs apart by one blank line, the items of a list
    and the rows of a table on lines of their own. `boxes` tell where its printed lines stand, for formats that say so.
    """

    number: int
    text: str
    headings: tuple[Heading, ...] = ()
    boxes: tuple[LineBox, ...] = ()


class FaqEntry(Struct, frozen=True):
    """An approved answer; `line` is where it stands in the file (row of a spreadsheet), from 1."""

    question: str
    answer: str
    line: int


class ParsedDocument(Struct, frozen=True):
    """A document. `paged` is False where the format has no pages: then there is one page, and no number to show.

    `modified` is when the document says it was last changed (UTC, ISO 8601), or empty.
    """

    title: str
    format: str
    pages: tuple[Page, ...]
    paged: bool
    faq: tuple[FaqEntry, ...] = ()
    warnings: tuple[str, ...] = ()
    modified: str = ""
