"""PDF: the text of each page, with wrapped lines joined, paragraphs and headings found from where the lines stand.

Reads the order that the file gives, which is the reading order in nearly all texts; columns that a program wrote
line by line across the page come out mixed. Pictures are not read (no OCR).
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

from msgspec import Struct

from engine.errors import FileUnusable
from engine.ingest.documents.clean import Block, make_page, one_line
from engine.ingest.documents.values import Page, ParsedDocument

MAX_PAGES = 5000
_HYPHENS = "-\u2010\u00ad\x02\ufffe"  # PDFium gives \x02 or U+FFFE for a hyphen that it takes for a soft one
_ITEM = re.compile(
    r"^(?:[•·▪●◦–—*\uf0b7-]\s+|[(（]?\d{1,3}[.)）、]\s*(?=\D)|[a-z][.)]\s+|[(（][一二三四五六七八九十]{1,3}[)）])"
)
_DIGITS = re.compile(r"\d+")
_END = re.compile(r"[.!?。！？：:；;][\"'”’」』)）]*$")


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


def read_pdf(path: Path) -> ParsedDocument:
    """Read a PDF page by page."""
    import pypdfium2

    def unusable(reason: str) -> FileUnusable:
        return FileUnusable(path=str(path), reason=reason)

    try:
        # From memory: PDFium's own file access knows no names outside the system's code page on Windows.
        pdf = pypdfium2.PdfDocument(path.read_bytes())
    except pypdfium2.PdfiumError as error:
        if error.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD:
            raise unusable("it is protected by a password; save a copy without one.") from error
        if error.err_code == pypdfium2.raw.FPDF_ERR_SECURITY:
            raise unusable("it is protected in a way that this program does not know.") from error
        raise unusable("it is damaged, or no PDF at all.") from error
    try:
        count = len(pdf)
        if count == 0:
            raise unusable("it is damaged: it has no pages.")
        if count > MAX_PAGES:
            raise unusable(f"it has {count:,} pages; the most is {MAX_PAGES:,}.")
        pages: list[list[Line]] = []
        pictures, broken = [], []
        for index in range(count):
            try:
                lines, has_picture = _page_lines(pdf, index)
            except pypdfium2.PdfiumError:
                lines, has_picture = [], False
                broken.append(index + 1)
            pages.append(lines)
            if not lines and has_picture:
                pictures.append(index + 1)
        title = one_line(pdf.get_metadata_value("Title") or "")
    finally:
        pdf.close()
    if not any(pages):
        if len(broken) == count:
            raise unusable("it is damaged: none of its pages can be read.")
        raise unusable("its pages are pictures without text." if pictures else "its pages hold no text.")
    if _unreadable_share(pages) > 0.3:
        raise unusable("its letters cannot be read as text (its fonts do not say which letters they show).")
    return _document(path, title, pages, pictures, broken)


def _document(
    path: Path, title: str, pages: list[list[Line]], pictures: list[int], broken: list[int]
) -> ParsedDocument:
    repeated = _repeated_edges(pages)
    kept = [
        [line for at, line in enumerate(lines) if not (_is_edge(at, len(lines)) and _shape(line) in repeated)]
        for lines in pages
    ]
    body_size = _body_size(kept)
    compounds = _compounds(kept)
    made: list[Page] = [
        make_page(number, page_blocks(lines, body_size, compounds)) for number, lines in enumerate(kept, start=1)
    ]
    warnings = []
    if pictures:
        warnings.append(f"{_name(pictures)} without text (pictures).")
    if broken:
        warnings.append(f"{_name(broken)} damaged and left out.")
    if not title or title.lower() in ("untitled", "(anonymous)", "anonymous"):
        first = next((page for page in made if page.headings), None)
        heading = first.headings[0] if first else None
        title = first.text[heading.start : heading.end] if first and heading else path.stem
    return ParsedDocument(title=title, format="pdf", pages=tuple(made), paged=True, warnings=tuple(warnings))


def _name(numbers: list[int]) -> str:
    shown = ", ".join(map(str, numbers[:20])) + (" …" if len(numbers) > 20 else "")
    return f"Page {shown} is" if len(numbers) == 1 else f"Pages {shown} are"


def _page_lines(pdf: Any, index: int) -> tuple[list[Line], bool]:
    """The printed lines of a page, and whether it shows pictures."""
    import pypdfium2

    page = pdf[index]
    try:
        text_page = page.get_textpage()
        try:
            lines = _lines(text_page)
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
    position = 0  # in characters of the page, which `text` follows one to one but for rare pairs of surrogates
    for raw in re.split(r"(\r\n|\r|\n)", text):
        stripped = raw.strip()
        if stripped:
            line = _line(boxes, stripped, position + len(raw) - len(raw.lstrip()))
            if lines and _is_beside(lines[-1], line):
                lines[-1] = _joined(lines[-1], line)
            else:
                lines.append(line)
        position += len(raw)
    return lines


def _is_beside(first: Line, second: Line) -> bool:
    """Whether two lines are cells of one row."""
    return abs(first.bottom - second.bottom) < 0.3 * first.size and second.left > first.right


def _joined(first: Line, second: Line) -> Line:
    text = f"{first.text} {second.text}"
    return Line(text, first.size, first.left, second.right, first.bottom, first.cells + second.cells)


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


def _line(boxes: _Boxes, text: str, first: int) -> Line:
    left, bottom, _, _ = boxes.loose(first)
    _, _, right, _ = boxes.loose(first + len(text) - 1)
    # The middle of several heights: a bullet, a number or a footnote mark may be of another font.
    heights = [boxes.loose(first + (len(text) - 1) * at // 6) for at in range(7)]
    size = round(sorted(top - low for _, low, _, top in heights)[3], 1)
    mark = _ITEM.match(text)
    cells: list[str] = []
    begin = 0
    for found in re.finditer(r" +", text):
        inside = found.start() >= (mark.end() if mark else 0)
        if inside and max(boxes.gap(first + at) for at in range(*found.span())) > 1.1 * size:
            cells.append(text[begin : found.start()])
            begin = found.end()
    return Line(text, size, left, right, bottom, (*cells, text[begin:]))


def page_blocks(lines: list[Line], body_size: float, compounds: frozenset[str]) -> list[Block]:
    """Join lines to headings, items and paragraphs.

    Args:
        lines: of one page, in reading order.
        body_size: height of the letters of ordinary text, points.
        compounds: words of the document that are written with a hyphen inside a line ("walk-in").
    """
    blocks: list[Block] = []
    group: list[Line] = []
    edge = max((line.right for line in lines), default=0.0)

    def end() -> None:
        if group:
            blocks.append(_block(group, body_size, compounds))
            group.clear()

    for line in lines:
        if group and _starts_block(group, line, edge):
            end()
        group.append(line)
    end()
    return blocks


def _starts_block(group: list[Line], line: Line, edge: float) -> bool:
    last = group[-1]
    size = max(last.size, 1.0)
    if len(group[0].cells) > 1:
        # The text of a cell goes on below it; anything else at the left edge is a new row or the end of the table.
        return len(line.cells) > 1 or line.left < group[0].left + 2 * size or last.bottom - line.bottom > 1.75 * size
    if len(line.cells) > 1:
        return True
    if abs(line.size - last.size) > 0.12 * size:
        return True
    gap = last.bottom - line.bottom
    if gap < -size or gap > 1.75 * size:  # a new column, or more room than between the lines of a paragraph
        return True
    if len(group) > 1:
        usual = group[-2].bottom - last.bottom
        if gap > 1.3 * max(usual, size * 0.9):
            return True
    if _ITEM.match(line.text):
        return True
    # A line that ends well before the margin is the last of its paragraph, if it ends like one.
    return bool(last.right < edge - 0.25 * max(edge - last.left, 1.0) and _END.search(last.text))


def _block(group: list[Line], body_size: float, compounds: frozenset[str]) -> Block:
    text = group[0].text
    for line in group[1:]:
        text = join_lines(text, line.text, compounds)
    size = group[0].size
    if len(group[0].cells) > 1:
        return Block("row", " | ".join(group[0].cells) + text[len(group[0].text) :])
    if size > 1.12 * body_size and len(text) <= 160 and len(group) <= 3:
        level = 1 if size > 1.7 * body_size else 2 if size > 1.3 * body_size else 3
        return Block("heading", text, level)
    if _ITEM.match(text):
        return Block("item", re.sub(r"^[·▪●◦\uf0b7]\s*", "• ", text))
    return Block("paragraph", text)


def join_lines(first: str, second: str, compounds: frozenset[str]) -> str:
    """Two printed lines as one: a word broken by a hyphen is mended, Chinese is joined without a space."""
    if first[-1] in _HYPHENS and len(first) > 1 and first[-2].isalpha() and second[:1].isalpha():
        head = re.split(r"[^\w'’-]", first[:-1])[-1]
        tail = re.split(r"[^\w'’-]", second, maxsplit=1)[0]
        keep = second[:1].isupper() or f"{head}-{tail}".lower() in compounds
        return first[:-1] + ("-" if keep else "") + second
    if first[-1] in "/-" and len(first) > 1 and first[-2].isalnum():
        return first + second
    return one_line(first + "\n" + second)


def _compounds(pages: list[list[Line]]) -> frozenset[str]:
    found: set[str] = set()
    for lines in pages:
        for line in lines:
            found.update(word.lower() for word in re.findall(r"\b[^\W\d_]+(?:-[^\W\d_]+)+\b", line.text))
    return frozenset(found)


def _body_size(pages: list[list[Line]]) -> float:
    sizes: Counter[float] = Counter()
    for lines in pages:
        for line in lines:
            sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _is_edge(at: int, count: int) -> bool:
    return at < 2 or at >= count - 2


def _shape(line: Line) -> tuple[str, int]:
    return _DIGITS.sub("#", line.text), round(line.bottom / 3)


def _repeated_edges(pages: list[list[Line]]) -> frozenset[tuple[str, int]]:
    """Running heads and feet: the same words, numbers aside, at the same height of most pages."""
    filled = sum(map(bool, pages))
    seen: Counter[tuple[str, int]] = Counter()
    numbered: Counter[tuple[str, int]] = Counter()
    for number, lines in enumerate(pages, start=1):
        edges = [line for at, line in enumerate(lines) if _is_edge(at, len(lines))]
        seen.update({_shape(line) for line in edges})
        numbered.update({_shape(line) for line in edges if str(number) in _DIGITS.findall(line.text)})
    # On two pages the same line may well be meant, unless it counts the pages.
    return frozenset(
        shape
        for shape, times in seen.items()
        if times >= max(3, 0.6 * filled) or (filled == 2 and numbered[shape] == 2)
    )


def _unreadable_share(pages: list[list[Line]]) -> float:
    total = bad = 0
    for lines in pages:
        for line in lines:
            total += len(line.text)
            bad += sum(char == "\ufffd" or "\ue000" <= char <= "\uf8ff" or char < " " for char in line.text)
    return bad / total if total else 0.0
