"""Rich text (rtf): headings, paragraphs, lists and tables as text, as a word processor would show them.

Left out: headers and footers, footnotes, comments, hidden and deleted text, pictures, instructions of fields.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from engine.errors import FileUnusable
from engine.ingest.documents.clean import Block, make_page, one_line
from engine.ingest.documents.dates import from_pdf
from engine.ingest.documents.rtf_words import (
    CHARACTERS,
    CHARSETS,
    OPENED,
    SIGNS,
    SYMBOL_CHARSET,
    UNSEEN,
    code_page,
)
from engine.ingest.documents.values import ParsedDocument

MAX_DEPTH = 1000
TOKENS_BETWEEN_SIGNS = 100_000
_TOKEN = re.compile(
    r"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?|\\'(?P<byte>[0-9a-fA-F]{2})|\\(?P<sign>[^a-zA-Z])"
    r"|(?P<brace>[{}])|(?P<text>[^\\{}\r\n]+)|[\r\n]+|\\"
)
_NUMBER = re.compile(r"[(（]?(?:\d{1,4}|[A-Za-z]|[ivxIVX]{1,6}|[一二三四五六七八九十]{1,3})[.)）、]")
_HEADING = re.compile(r"(?:heading|标题|überschrift|titre)\s*(\d)$")


class _Group(Struct):
    """What holds within a pair of braces; a group begins with what holds around it."""

    codec: str
    uc: int = 1
    unseen: bool = False
    hidden: bool = False
    into: str = ""
    """What the text is for: "" the document, else "fonts", "styles", "info", "title", "changed" or "mark"."""


def read_rtf(path: Path, on_page: Callable[[int, int], None] | None = None) -> ParsedDocument:
    """Read a rich text file as one page."""
    text = path.read_bytes().decode("latin-1").lstrip("\ufeff \t\r\n\0")
    if not text.startswith("{\\rtf"):
        raise FileUnusable(path=str(path), reason="it is no rich text (it does not begin as RTF does).")
    reader = _Reader(path)
    reader.read(text, on_page)
    page = make_page(1, reader.blocks)
    if not page.text:
        raise FileUnusable(path=str(path), reason="it holds no text.")
    title = one_line(reader.title)
    if not title:
        first = page.headings[0] if page.headings else None
        title = page.text[first.start : first.end] if first else path.stem
    warnings = ("The file breaks off before its end.",) if reader.open_groups else ()
    return ParsedDocument(
        title=title, format="rtf", pages=(page,), paged=False, warnings=warnings, modified=reader.modified
    )


class _Reader:
    def __init__(self, path: Path) -> None:
        self.blocks: list[Block] = []
        self.title = self.modified = ""
        self._path = path
        self._document_codec = "cp1252"
        self._group = _Group(self._document_codec)
        self._stack: list[_Group] = []
        self._fonts: dict[int, str] = {}
        self._font = self._style = 0
        self._levels: dict[int, int] = {}
        """Styles that are headings."""
        self._bytes = bytearray()
        self._skip = 0
        """Characters that stand for the last one given by number, for old programs."""
        self._pieces: list[str] = []
        self._aside: list[str] = []
        """Text of a font, a style, a title."""
        self._mark = ""
        self._outline = 0
        self._in_table = False
        self._cells: list[str] = []
        self._clock: dict[str, int] = {}

    @property
    def open_groups(self) -> bool:
        return bool(self._stack)

    def read(self, text: str, on_page: Callable[[int, int], None] | None) -> None:
        at, count = 0, 0
        while found := _TOKEN.match(text, at):
            at = found.end()
            count += 1
            if on_page and count % TOKENS_BETWEEN_SIGNS == 0:
                on_page(at, len(text))
            kind = found.lastgroup
            if found["word"] is not None:
                number = int(found["number"]) if found["number"] else None
                if found["word"] == "bin":
                    at += min(max(number or 0, 0), len(text) - at)
                else:
                    self._word(found["word"], number)
            elif kind == "byte":
                self._raw(bytes.fromhex(found["byte"]))
            elif kind == "sign":
                self._sign(found["sign"])
            elif kind == "brace":
                self._open() if found["brace"] == "{" else self._close()
            elif kind == "text":
                self._raw(found["text"].encode("latin-1"))
        self._end_row()
        self._end_paragraph()

    # --- groups -----------------------------------------------------------------------------------------------

    def _open(self) -> None:
        self._flush()
        self._skip = 0
        if len(self._stack) >= MAX_DEPTH:
            raise FileUnusable(path=str(self._path), reason="its parts are nested too deeply.")
        group = self._group
        self._stack.append(group)
        self._group = _Group(group.codec, group.uc, group.unseen, group.hidden, group.into)

    def _close(self) -> None:
        self._flush()
        self._skip = 0
        into = self._group.into
        self._group = self._stack.pop() if self._stack else self._group
        if into == "styles":
            self._end_style()
        elif into != self._group.into:
            text = "".join(self._aside).strip()
            self._aside.clear()
            if into == "title":
                self.title = text
            elif into == "mark":
                self._mark = f"{found.group()} " if (found := _NUMBER.match(text)) else "• "
            elif into == "changed":
                year, *rest = (self._clock.get(part, 1) for part in ("yr", "mo", "dy"))
                clock = (self._clock.get(part, 0) for part in ("hr", "min", "sec"))
                self.modified = from_pdf(f"{year:04d}" + "".join(f"{part:02d}" for part in (*rest, *clock)))

    def _end_style(self) -> None:
        given = "".join(self._aside).strip()
        if not given.endswith(";"):
            return  # a group within the style's own
        name = given.rstrip(";").strip().lower()
        self._aside.clear()
        if found := _HEADING.search(name):
            self._levels[self._style] = int(found.group(1))
        elif name in ("title", "标题"):
            self._levels[self._style] = 1
        self._style = 0

    # --- words ------------------------------------------------------------------------------------------------

    def _word(self, word: str, number: int | None) -> None:
        group = self._group
        if word == "u" and number is not None:
            self._flush()
            self._say(chr(number % 65536))
            self._skip = group.uc
            return
        if self._skip and word in CHARACTERS:
            self._skip -= 1
            return
        if word in _DESTINATIONS:
            self._flush()
            group.into = _DESTINATIONS[word]
            self._aside.clear()
        elif word in UNSEEN:
            group.unseen = True
        elif word in OPENED:
            group.unseen = False
        elif word in CHARACTERS:
            self._flush()
            self._say(CHARACTERS[word])
        elif word in _NUMBERED and number is not None:
            _NUMBERED[word](self, number)
        elif word in _PLAIN:
            self._flush()
            _PLAIN[word](self)
        elif word in ("v", "deleted"):
            self._flush()
            group.hidden = number != 0
        elif group.into == "changed" and number is not None:
            self._clock[word] = number

    def _set_font(self, number: int) -> None:
        self._flush()
        self._font = number
        if self._group.into != "fonts":
            self._group.codec = self._fonts.get(number, self._document_codec)

    def _set_charset(self, number: int) -> None:
        if self._group.into == "fonts":
            codec = "cp1252" if number == SYMBOL_CHARSET else CHARSETS.get(number)
            self._fonts[self._font] = codec or self._document_codec

    def _set_style(self, number: int) -> None:
        self._style = number

    def _set_outline(self, number: int) -> None:
        if self._group.into == "styles":
            self._levels[self._style] = number + 1 if 0 <= number < 9 else 0
        else:
            self._outline = number + 1 if 0 <= number < 9 else 0

    def _set_uc(self, number: int) -> None:
        self._group.uc = max(0, min(number, 32))

    def _set_code_page(self, number: int) -> None:
        self._document_codec = self._group.codec = code_page(number)

    def _set_font_code_page(self, number: int) -> None:
        if self._group.into == "fonts":
            self._fonts[self._font] = code_page(number)

    def _macintosh(self) -> None:
        self._set_code_page(10000)

    def _plain_letters(self) -> None:
        self._group.hidden = False

    def _reset_paragraph(self) -> None:
        if self._group.into == "":
            self._style, self._outline, self._in_table = 0, 0, False

    def _enter_table(self) -> None:
        self._in_table = True

    # --- text -------------------------------------------------------------------------------------------------

    def _raw(self, data: bytes) -> None:
        if self._skip:
            skipped = min(self._skip, len(data))
            self._skip -= skipped
            data = data[skipped:]
        self._bytes += data

    def _sign(self, sign: str) -> None:
        if sign == "*":
            self._group.unseen = True
        elif sign in "\r\n":
            self._end_paragraph()
        elif sign in SIGNS:
            self._raw(SIGNS[sign].encode("latin-1"))

    def _flush(self) -> None:
        if self._bytes:
            text = bytes(self._bytes).decode(self._group.codec, "replace")
            self._bytes.clear()
            self._say(text)

    def _say(self, text: str) -> None:
        group = self._group
        if group.into in ("fonts", "info", "changed"):
            return
        if group.into:
            self._aside.append(text)
        elif not group.unseen and not group.hidden:
            self._pieces.append(text)

    def _end_paragraph(self) -> None:
        self._flush()
        if self._group.into or self._group.unseen:
            return
        if self._in_table:
            self._pieces.append("\n")
            return
        self._end_row()
        text, mark = self._taken(), self._mark
        self._mark = ""
        level = self._outline or self._levels.get(self._style, 0)
        if not text.strip():
            return
        if level:
            self.blocks.append(Block("heading", text, level))
        else:
            self.blocks.append(Block("item", mark + text) if mark else Block("paragraph", text))

    def _end_cell(self) -> None:
        self._flush()
        if not self._group.unseen:
            self._cells.append(one_line(self._mark + self._taken()))
            self._mark = ""

    def _end_row(self) -> None:
        if any(self._cells):
            self.blocks.append(Block("row", " | ".join(self._cells)))
        self._cells = []

    def _taken(self) -> str:
        text = "".join(self._pieces)
        self._pieces.clear()
        # Characters beyond the first plane come as two halves.
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


_DESTINATIONS = {
    "fonttbl": "fonts", "stylesheet": "styles", "info": "info", "title": "title", "revtim": "changed",
    "listtext": "mark", "pntext": "mark",
}  # fmt: skip
_NUMBERED: dict[str, Callable[[_Reader, int], None]] = {
    "f": _Reader._set_font, "fcharset": _Reader._set_charset, "cpg": _Reader._set_font_code_page,
    "s": _Reader._set_style, "outlinelevel": _Reader._set_outline, "uc": _Reader._set_uc,
    "ansicpg": _Reader._set_code_page,
}  # fmt: skip
_PLAIN: dict[str, Callable[[_Reader], None]] = {
    "par": _Reader._end_paragraph, "sect": _Reader._end_paragraph, "page": _Reader._end_paragraph,
    "cell": _Reader._end_cell, "row": _Reader._end_row, "pard": _Reader._reset_paragraph,
    "intbl": _Reader._enter_table, "plain": _Reader._plain_letters, "mac": _Reader._macintosh,
}  # fmt: skip
