"""The printed lines of a PDF page: text, size and place, from PDFium."""

from __future__ import annotations

import math
import re
from typing import Any

from msgspec import Struct

from engine.ingest.documents.clean import joins_without_space

HYPHENS = "-\u2010\u00ad\x02\ufffe"  # PDFium gives \x02 or U+FFFE for a hyphen that it takes for a soft one
ITEM = re.compile(
    r"^(?:[•·▪●◦–—*\uf0b7-]\s+|[(（]?\d{1,3}[.)）、]\s*(?=\D)|[a-z][.)]\s+|[(（][一二三四五六七八九十]{1,3}[)）])"
)
_MOST_CELL_LINES = 8


class Part(Struct, frozen=True):
    """A piece of print and where it stands; in points from the lower left corner of the sheet, or, once `page_lines` is
    done, in shares of the page as it is shown, `top` and `bottom` from its upper edge."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


class Line(Struct):
    """A printed line: its text, height of its letters and where it stands, in points from the lower left corner.

    `cells` are the parts of a line with wide gaps: a row of a table. Other lines have one.
    """

    text: str
    size: float
    left: float
    right: float
    bottom: float
    cells: tuple[str, ...] = ()
    at_edge: bool = False
    """In the outer eighth of the page, where running heads and feet stand."""
    parts: tuple[Part, ...] = ()
    """The printed pieces of the line in the order of its text: a row may have been put together from several."""


def page_lines(pdf: Any, index: int) -> tuple[list[Line], bool]:
    """The printed lines of a page, and whether it shows pictures."""
    import pypdfium2

    page = pdf[index]
    try:
        text_page = page.get_textpage()
        try:
            lines = _lines(text_page)
            height = page.get_height()
            shares = _Shares(page)
            for line in lines:
                line.at_edge = not 0.12 * height < line.bottom < 0.88 * height
                line.parts = tuple(map(shares.of, line.parts))
        finally:
            text_page.close()
        picture = bool(not lines and any(page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE], max_depth=3)))
        return lines, picture
    finally:
        page.close()


def _lines(text_page: Any) -> list[Line]:
    count = text_page.count_chars()
    if count <= 0:
        return []
    text = text_page.get_text_range(0, count, errors="replace")
    boxes = _Boxes(text_page, count)
    lines: list[Line] = []
    # Positions count characters of the page, which `text` follows one to one but for rare pairs of surrogates. PDFium
    # gives no line end after a hyphen that it takes for a soft one, so the hyphen ends the piece.
    for found in re.finditer(r"[^\r\n\x02\ufffe]*[\x02\ufffe]|[^\r\n\x02\ufffe]+", text):
        raw = found.group()
        if stripped := raw.strip():
            line = _line(boxes, stripped, found.start() + len(raw) - len(raw.lstrip()))
            _append(lines, line)
    return lines


def _append(lines: list[Line], line: Line) -> None:
    """Add a line, or make it a cell of the row it stands in; the cell before it may have been wrapped to some lines."""
    for back in range(1, min(_MOST_CELL_LINES, len(lines)) + 1):
        cell = lines[-back:]
        if abs(cell[0].bottom - line.bottom) > 0.3 * line.size:
            continue
        wrapped = any(len(one.cells) > 1 or one.bottom >= cell[0].bottom for one in cell[1:])
        if wrapped or line.left <= max(one.right for one in cell) or cell[-1].text[-1] in HYPHENS:
            break
        text = cell[0].cells[-1]
        for one in cell[1:]:
            text = join_lines(text, one.text, frozenset())
        cells = (*cell[0].cells[:-1], text, *line.cells)
        parts = (*(part for one in cell for part in one.parts), *line.parts)
        row = Line(" ".join(cells), line.size, cell[0].left, line.right, cell[-1].bottom, cells, parts=parts)
        lines[-back:] = [row]
        return
    lines.append(line)


class _Boxes:
    """Where characters stand, by PDFium's plain functions: the wrapped ones are far slower, and characters many."""

    def __init__(self, text_page: Any, count: int) -> None:
        import ctypes

        import pypdfium2.raw as pdfium

        self._page, self._last = text_page.raw, count - 1
        self._rect, self._numbers = pdfium.FS_RECTF(), [ctypes.c_double() for _ in range(4)]
        self._loose, self._tight = pdfium.FPDFText_GetLooseCharBox, pdfium.FPDFText_GetCharBox

    def loose(self, index: int) -> tuple[float, float, float, float]:
        """Left, bottom, right and top of a character's cell, which is as high as its font."""
        rect = self._rect
        self._loose(self._page, min(index, self._last), rect)
        return rect.left, rect.bottom, rect.right, rect.top

    def gap(self, index: int) -> float:
        """Room between the letters before and after the character `index`, points."""
        left, right, bottom, top = self._numbers
        self._tight(self._page, min(index - 1, self._last), left, right, bottom, top)
        end = right.value
        self._tight(self._page, min(index + 1, self._last), left, right, bottom, top)
        return float(left.value - end)


class _Shares:
    """From the sheet's coordinates to shares of the page as it is shown, turned and cropped."""

    def __init__(self, page: Any) -> None:
        import ctypes

        import pypdfium2.raw as pdfium

        fine, x, y = 1 << 24, ctypes.c_int(), ctypes.c_int()

        def shown(across: float, up: float) -> tuple[float, float]:
            pdfium.FPDF_PageToDevice(page.raw, 0, 0, fine, fine, 0, across, up, x, y)
            return x.value / fine, y.value / fine

        # The way there is linear: three points tell it, and a call per letter is saved.
        (self._x, self._y), (right_x, right_y), (up_x, up_y) = shown(0, 0), shown(100, 0), shown(0, 100)
        self._across = ((right_x - self._x) / 100, (right_y - self._y) / 100)
        self._up = ((up_x - self._x) / 100, (up_y - self._y) / 100)

    def _shown(self, across: float, up: float) -> tuple[float, float]:
        return (
            self._x + self._across[0] * across + self._up[0] * up,
            self._y + self._across[1] * across + self._up[1] * up,
        )

    def of(self, part: Part) -> Part:
        (one_x, one_y), (other_x, other_y) = self._shown(part.left, part.bottom), self._shown(part.right, part.top)
        left, right = sorted((_bounded(one_x), _bounded(other_x)))
        top, bottom = sorted((_bounded(one_y), _bounded(other_y)))
        return Part(part.text, left, top, right, bottom)


def _bounded(share: float) -> float:
    return min(1.0, max(0.0, share)) if math.isfinite(share) else 0.0


def _line(boxes: _Boxes, text: str, first: int) -> Line:
    # The middle of several heights: a bullet, a number or a footnote mark may be of another font.
    cells_of = [boxes.loose(first + (len(text) - 1) * at // 6) for at in range(7)]
    left, bottom, right = cells_of[0][0], cells_of[0][1], cells_of[-1][2]
    size = round(sorted(top - low for _, low, _, top in cells_of)[3], 1)
    part = Part(
        text,
        min(one[0] for one in cells_of),
        max(one[3] for one in cells_of),
        max(one[2] for one in cells_of),
        min(one[1] for one in cells_of),
    )
    mark = ITEM.match(text)
    cells: list[str] = []
    begin = 0
    for found in re.finditer(r" +", text):
        inside = found.start() >= (mark.end() if mark else 0)
        if inside and max(boxes.gap(first + at) for at in range(*found.span())) > 1.1 * size:
            cells.append(text[begin : found.start()])
            begin = found.end()
    return Line(text, size, left, right, bottom, (*cells, text[begin:]), parts=(part,))


def join_lines(first: str, second: str, compounds: frozenset[str]) -> str:
    """Two printed lines as one: a word broken by a hyphen is mended, Chinese is joined without a space."""
    if first[-1] in HYPHENS and len(first) > 1 and first[-2].isalpha() and second[:1].isalpha():
        head = re.split(r"[^\w'’-]", first[:-1])[-1]
        tail = re.split(r"[^\w'’-]", second, maxsplit=1)[0]
        keep = second[:1].isupper() or f"{head}-{tail}".lower() in compounds
        return first[:-1] + ("-" if keep else "") + second
    if first[-1] in "/-" and len(first) > 1 and first[-2].isalnum():
        return first + second
    return first + ("" if joins_without_space(first[-1], second[:1]) else " ") + second
