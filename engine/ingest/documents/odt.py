"""OpenDocument texts (odt): headings, paragraphs, lists and tables as text, as Writer would show them.

Left out: headers and footers, footnotes, comments, deleted text of tracked changes, tables of contents and indexes.
Source: OpenDocument 1.3, part 3.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

from engine.errors import FileUnusable
from engine.ingest.documents.clean import Block, make_page, one_line
from engine.ingest.documents.dates import from_iso
from engine.ingest.documents.values import ParsedDocument
from engine.ingest.documents.xml_part import read_part
from engine.ingest.documents.zipcheck import check_zip

_URN = "urn:oasis:names:tc:opendocument:xmlns:"
_OFFICE, _TEXT, _TABLE, _DRAW, _STYLE = (
    "{" + _URN + name + ":1.0}" for name in ("office", "text", "table", "drawing", "style")
)
_MANIFEST = "{" + _URN + "manifest:1.0}"
_INDEXES = tuple(
    _TEXT + name
    for name in (
        "table-of-content", "illustration-index", "table-index", "object-index", "user-index", "alphabetical-index",
        "bibliography",
    )
)  # fmt: skip
_UNSEEN = (_TEXT + "note", _OFFICE + "annotation", _TEXT + "tracked-changes", _TEXT + "ruby-text", *_INDEXES)
_HEADINGS = {"Title": 1, **{f"Heading_20_{level}": level for level in range(1, 10)}}
_BOXES = (_TEXT + "section", _DRAW + "frame", _DRAW + "text-box", _TEXT + "index-body", _TABLE + "table-header-rows")


def read_odt(path: Path) -> ParsedDocument:
    """Read an OpenDocument text as one page."""
    check_zip(path, "content.xml", "an OpenDocument text (odt)")
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        if "META-INF/manifest.xml" in names:
            manifest = read_part(archive, "META-INF/manifest.xml", path)
            if next(manifest.iter(_MANIFEST + "encryption-data"), None) is not None:
                raise FileUnusable(path=str(path), reason="it is protected by a password; save a copy without one.")
        root = read_part(archive, "content.xml", path)
        lists = dict(_list_styles(root))
        if "styles.xml" in names:
            lists = dict(_list_styles(read_part(archive, "styles.xml", path))) | lists
        title, modified = _meta(archive, names, path)
    body = root.find(f"{_OFFICE}body/{_OFFICE}text")
    if body is None:
        raise FileUnusable(path=str(path), reason="it is no text: it holds a sheet, a presentation or a drawing.")
    page = make_page(1, _Reader(lists, dict(_heading_styles(root))).blocks(body))
    if not page.text:
        raise FileUnusable(path=str(path), reason="it holds no text.")
    if not title:
        first = page.headings[0] if page.headings else None
        title = page.text[first.start : first.end] if first else path.stem
    return ParsedDocument(title=title, format="odt", pages=(page,), paged=False, modified=modified)


def _meta(archive: zipfile.ZipFile, names: set[str], path: Path) -> tuple[str, str]:
    """Title and time of the last change."""
    if "meta.xml" not in names:
        return "", ""
    try:
        root = read_part(archive, "meta.xml", path)
    except FileUnusable:  # the text is sound, and it is what counts
        return "", ""
    found = {node.tag.rpartition("}")[2]: node.text or "" for node in root.iter()}
    return one_line(found.get("title", "")), from_iso(found.get("date", "")) or from_iso(found.get("creation-date", ""))


def _list_styles(root: Element) -> Iterator[tuple[str, frozenset[int]]]:
    """Names of list styles, each with the levels that are numbered."""
    for style in root.iter(_TEXT + "list-style"):
        levels = (node.get(_TEXT + "level", "1") for node in style.iter(_TEXT + "list-level-style-number"))
        yield style.get(_STYLE + "name", ""), frozenset(int(level) for level in levels if level.isdigit())


def _heading_styles(root: Element) -> Iterator[tuple[str, int]]:
    """Styles of paragraphs that are shown as the title or a heading, with their level."""
    yield from _HEADINGS.items()
    for style in root.iter(_STYLE + "style"):
        if level := _HEADINGS.get(style.get(_STYLE + "parent-style-name", "")):
            yield style.get(_STYLE + "name", ""), level


class _Reader:
    def __init__(self, list_styles: dict[str, frozenset[int]], heading_styles: dict[str, int]) -> None:
        self._list_styles, self._heading_styles = list_styles, heading_styles

    def blocks(self, parent: Element) -> Iterator[Block]:
        for node in parent:
            if node.tag in _UNSEEN:
                continue
            if node.tag == _TEXT + "h":
                given = node.get(_TEXT + "outline-level", "1")
                yield Block("heading", _text(node), int(given) if given.isdigit() else 1)
                yield from self._inside(node)
            elif node.tag == _TEXT + "p":
                level = self._heading_styles.get(node.get(_TEXT + "style-name", ""), 0)
                if text := _text(node).strip():
                    yield Block("heading" if level else "paragraph", text, level)
                yield from self._inside(node)
            elif node.tag == _TEXT + "list":
                yield from self._list(node, 1, "")
            elif node.tag == _TABLE + "table":
                yield from _rows(node)
            elif node.tag in _BOXES:
                yield from self.blocks(node)

    def _inside(self, paragraph: Element) -> Iterator[Block]:
        """Text boxes that hang on a paragraph."""
        for box in paragraph.iter(_DRAW + "text-box"):
            yield from self.blocks(box)

    def _list(self, node: Element, level: int, style: str) -> Iterator[Block]:
        style = node.get(_TEXT + "style-name", "") or style
        numbered = level in self._list_styles.get(style, frozenset())
        number = 0
        for item in node:
            if item.tag not in (_TEXT + "list-item", _TEXT + "list-header"):
                continue
            first = item.tag == _TEXT + "list-item"
            for child in item:
                if child.tag == _TEXT + "list":
                    yield from self._list(child, level + 1, style)
                elif child.tag == _TEXT + "h":  # numbered headings stand in lists
                    yield from self.blocks([child])  # type: ignore[arg-type]
                elif child.tag == _TEXT + "p" and (text := _text(child).strip()):
                    number += numbered and first
                    mark = (f"{number}. " if numbered else "• ") if first else ""
                    first = False
                    yield Block("item", mark + text)


def _rows(table: Element) -> Iterator[Block]:
    """One block per row, cells apart by bars; a table inside a cell reads as text of that cell."""
    pending = list(reversed(table))
    while pending:
        node = pending.pop()
        if node.tag != _TABLE + "table-row":
            if node.tag in (_TABLE + "table-header-rows", _TABLE + "table-rows", _TABLE + "table-row-group"):
                pending.extend(reversed(node))
            continue
        cells = [
            one_line("\n".join(_text(part) for part in cell.iter() if part.tag in (_TEXT + "p", _TEXT + "h")))
            for cell in node
            if cell.tag == _TABLE + "table-cell"
        ]
        if any(cells):
            yield Block("row", " | ".join(cells))


def _text(node: Element) -> str:
    """Shown text of a paragraph; what hangs on it (notes, comments, text boxes) is not part of it."""
    parts: list[str] = [node.text or ""]
    for child in node:
        if child.tag == _TEXT + "s":
            parts.append(" ")
        elif child.tag == _TEXT + "tab":
            parts.append("\t")
        elif child.tag == _TEXT + "line-break":
            parts.append("\n")
        elif child.tag not in _UNSEEN and child.tag != _DRAW + "frame":
            parts.append(_text(child))
        parts.append(child.tail or "")
    return "".join(parts)
