"""Word documents (docx): headings, paragraphs, lists and tables as text, as Word would show them.

Left out: headers and footers, footnotes, comments, deleted text of tracked changes, text inside pictures.
"""

from __future__ import annotations

import zipfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from engine.errors import FileUnusable
from engine.ingest.documents.clean import Block, make_page, one_line
from engine.ingest.documents.dates import moment
from engine.ingest.documents.values import ParsedDocument
from engine.ingest.documents.zipcheck import check_zip

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_VAL = _W + "val"


def read_docx(path: Path) -> ParsedDocument:
    """Read a Word document as one page."""
    check_zip(path, "word/document.xml", "a Word document (docx)")
    import docx

    try:
        with path.open("rb") as file:
            document = docx.Document(file)
        body = document.element.body
        styles = _Styles(document)
        blocks = list(_blocks(body, styles, _Numbers(document)))
        named = one_line(document.core_properties.title or "")
        modified = _modified(document)
    except (OSError, MemoryError, RecursionError):
        raise
    except (zipfile.BadZipFile, zipfile.zlib.error) as error:  # type: ignore[attr-defined]
        raise FileUnusable(path=str(path), reason="it is damaged: a part of it does not unpack.") from error
    except Exception as error:  # whatever lxml and python-docx meet in a damaged package
        raise FileUnusable(path=str(path), reason=f"it is damaged ({type(error).__name__}).") from error
    page = make_page(1, blocks)
    if not page.text:
        raise FileUnusable(path=str(path), reason="it holds no text.")
    if named.lower() in ("", "word document", "untitled"):
        first = page.headings[0] if page.headings else None
        named = page.text[first.start : first.end] if first else path.stem
    return ParsedDocument(title=named, format="docx", pages=(page,), paged=False, modified=modified)


def _modified(document: Any) -> str:
    try:
        return moment(document.core_properties.modified or document.core_properties.created)
    except (ValueError, TypeError):  # a date that is none must not cost the document
        return ""


class _Styles:
    """What a paragraph's style makes of it."""

    def __init__(self, document: Any) -> None:
        self._kinds: dict[str, tuple[int, bool]] = {}
        for style in document.styles.element.iter(_W + "style"):
            name = style.find(_W + "name")
            self._kinds[style.get(_W + "styleId") or ""] = self._kind(
                (name.get(_VAL) if name is not None else "") or "", style
            )

    @staticmethod
    def _kind(name: str, style: Any) -> tuple[int, bool]:
        lowered = name.lower()
        outline = style.find(f"{_W}pPr/{_W}outlineLvl")
        level = int(outline.get(_VAL)) + 1 if outline is not None else 0
        for word in ("heading ", "标题 ", "überschrift ", "titre "):
            if lowered.startswith(word) and lowered[len(word) :].strip().isdigit():
                level = int(lowered[len(word) :])
        if lowered in ("title", "标题"):
            level = 1
        return (level if level <= 9 else 0), lowered.startswith("list") and "paragraph" not in lowered

    def of(self, properties: Any) -> tuple[int, bool]:
        """(heading level or 0, is an item of a list)."""
        if properties is None:
            return 0, False
        style = properties.find(_W + "pStyle")
        level, item = self._kinds.get(style.get(_VAL) if style is not None else "", (0, False))
        outline = properties.find(_W + "outlineLvl")
        if outline is not None and int(outline.get(_VAL)) < 9:
            level = int(outline.get(_VAL)) + 1
        return level, item


class _Numbers:
    """Marks of list items: bullets, or numbers counted as Word counts them (plain digits whatever the format)."""

    def __init__(self, document: Any) -> None:
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._bullets: dict[tuple[str, int], bool] = {}
        self._abstract: dict[str, str] = {}
        self._style_lists: dict[str, str] = {}
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return
        for abstract in root.iter(_W + "abstractNum"):
            for level in abstract.iter(_W + "lvl"):
                form = level.find(_W + "numFmt")
                kind = form.get(_VAL) if form is not None else "decimal"
                key = (abstract.get(_W + "abstractNumId") or "", int(level.get(_W + "ilvl") or 0))
                self._bullets[key] = kind in ("bullet", "none")
        for number in root.iter(_W + "num"):
            abstract_id = number.find(_W + "abstractNumId")
            if abstract_id is not None:
                self._abstract[number.get(_W + "numId") or ""] = abstract_id.get(_VAL) or ""
        for style in document.styles.element.iter(_W + "style"):
            number_id = style.find(f"{_W}pPr/{_W}numPr/{_W}numId")
            if number_id is not None:
                self._style_lists[style.get(_W + "styleId") or ""] = number_id.get(_VAL) or ""

    def mark(self, properties: Any) -> str | None:
        """The mark before a paragraph ("• ", "3. "), or None if it is no item."""
        if properties is None:
            return None
        number_id = properties.find(f"{_W}numPr/{_W}numId")
        level_node = properties.find(f"{_W}numPr/{_W}ilvl")
        style = properties.find(_W + "pStyle")
        if number_id is not None:
            number = number_id.get(_VAL) or "0"
        else:
            number = self._style_lists.get(style.get(_VAL) if style is not None else "", "0")
        if number == "0":  # Word's way to say: no list here
            return None
        level = int(level_node.get(_VAL) or 0) if level_node is not None else 0
        if self._bullets.get((self._abstract.get(number, ""), level), True):
            return "• "
        counts = self._counts[number]
        counts[level] = counts.get(level, 0) + 1
        for deeper in [known for known in counts if known > level]:
            del counts[deeper]
        return f"{counts[level]}. "


def _blocks(parent: Any, styles: _Styles, numbers: _Numbers) -> Iterator[Block]:
    for child in parent:
        if child.tag == _W + "p":
            yield from _paragraph(child, styles, numbers)
        elif child.tag == _W + "tbl":
            yield from _table(child)
        elif child.tag == _W + "sdt":  # a content control, such as a table of contents or a form field
            content = child.find(_W + "sdtContent")
            if content is not None:
                yield from _blocks(content, styles, numbers)
        elif child.tag in (_W + "ins", _W + "customXml", _W + "smartTag"):
            yield from _blocks(child, styles, numbers)


def _paragraph(paragraph: Any, styles: _Styles, numbers: _Numbers) -> Iterator[Block]:
    properties = paragraph.find(_W + "pPr")
    level, item = styles.of(properties)
    mark = numbers.mark(properties)
    text = _text(paragraph)
    if not text.strip():
        return
    if level:
        yield Block("heading", text, level)
    elif mark or item:
        yield Block("item", (mark or "• ") + text)
    else:
        yield Block("paragraph", text)


def _text(node: Any) -> str:
    """Shown text below a node: inserted text counts, deleted text and the second copy of text boxes do not."""
    parts: list[str] = []
    pending = [node]
    while pending:
        here = pending.pop()
        tag = here.tag
        if tag == _W + "t":
            parts.append(here.text or "")
        elif tag in (_W + "tab", _W + "ptab"):
            parts.append("\t")
        elif tag in (_W + "br", _W + "cr"):
            parts.append("\n")
        elif tag == _W + "noBreakHyphen":
            parts.append("-")
        if tag in (_FALLBACK, _W + "pPr", _W + "rPr", _W + "del", _W + "moveFrom"):
            continue
        if tag == _W + "p" and here is not node:
            parts.append("\n")
        pending.extend(reversed(here))
    return "".join(parts)


def _table(table: Any) -> Iterator[Block]:
    """One block per row, cells apart by bars; a table inside a cell reads as text of that cell."""
    for row in table.iter(_W + "tr"):
        if _owner(row) is not table:
            continue
        cells = [
            one_line("\n".join(_text(part) for part in cell.iter(_W + "p")))
            for cell in row.iter(_W + "tc")
            if _owner_row(cell) is row
        ]
        if any(cells):
            yield Block("row", " | ".join(cells))


def _owner(row: Any) -> Any:
    node = row.getparent()
    while node is not None and node.tag != _W + "tbl":
        node = node.getparent()
    return node


def _owner_row(cell: Any) -> Any:
    node = cell.getparent()
    while node is not None and node.tag != _W + "tr":
        node = node.getparent()
    return node
