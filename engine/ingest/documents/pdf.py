"""PDF: the text of each page, with wrapped lines joined, paragraphs and headings found from where the lines stand.

Reads the order that the file gives, which is the reading order in nearly all texts; columns that a program wrote
line by line across the page come out mixed. Pictures are not read (no OCR).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import msgspec

from engine.errors import FileUnusable
from engine.ingest.documents.clean import Block, make_page, one_line
from engine.ingest.documents.dates import from_pdf
from engine.ingest.documents.pdf_blocks import page_blocks
from engine.ingest.documents.pdf_lines import Line, page_lines
from engine.ingest.documents.pdf_places import place_lines
from engine.ingest.documents.values import Page, ParsedDocument

MAX_PAGES = 5000
_DIGITS = re.compile(r"\d+")


def read_pdf(path: Path, on_page: Callable[[int, int], None] | None = None) -> ParsedDocument:
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
            if on_page:
                on_page(index, count)
            try:
                lines, has_picture = page_lines(pdf, index)
            except pypdfium2.PdfiumError:
                lines, has_picture = [], False
                broken.append(index + 1)
            pages.append(lines)
            if not lines and has_picture:
                pictures.append(index + 1)
        title = one_line(pdf.get_metadata_value("Title") or "")
        modified = from_pdf(pdf.get_metadata_value("ModDate")) or from_pdf(pdf.get_metadata_value("CreationDate"))
    finally:
        pdf.close()
    if not any(pages):
        if len(broken) == count:
            raise unusable("it is damaged: none of its pages can be read.")
        raise unusable("its pages are pictures without text." if pictures else "its pages hold no text.")
    if _unreadable_share(pages) > 0.3:
        raise unusable("its letters cannot be read as text (its fonts do not say which letters they show).")
    return msgspec.structs.replace(_document(path, title, pages, pictures, broken), modified=modified)


def _document(
    path: Path, title: str, pages: list[list[Line]], pictures: list[int], broken: list[int]
) -> ParsedDocument:
    repeated = _repeated_edges(pages)
    kept = [[line for line in lines if not (line.at_edge and _shape(line) in repeated)] for lines in pages]
    body_size = _body_size(kept)
    compounds = _compounds(kept)
    made = [_page(number, page_blocks(lines, body_size, compounds)) for number, lines in enumerate(kept, start=1)]
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


def _page(number: int, blocks: list[tuple[Block, list[Line]]]) -> Page:
    page = make_page(number, (block for block, _ in blocks))
    return msgspec.structs.replace(page, boxes=place_lines(page.text, blocks))


def _name(numbers: list[int]) -> str:
    shown = ", ".join(map(str, numbers[:20])) + (" …" if len(numbers) > 20 else "")
    return f"Page {shown} is" if len(numbers) == 1 else f"Pages {shown} are"


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


def _shape(line: Line) -> tuple[str, int]:
    return _DIGITS.sub("#", line.text), round(line.bottom / 3)


def _repeated_edges(pages: list[list[Line]]) -> frozenset[tuple[str, int]]:
    """Running heads and feet: the same words, numbers aside, at the same height of most pages."""
    filled = sum(map(bool, pages))
    seen: Counter[tuple[str, int]] = Counter()
    numbered: Counter[tuple[str, int]] = Counter()
    for number, lines in enumerate(pages, start=1):
        edges = [line for line in lines if line.at_edge]
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
