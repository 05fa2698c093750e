"""Presentations (pptx): each slide a page with its title, text, lists, tables, diagrams and speaker's notes.

Left out: hidden slides (told in a warning), slide numbers, dates and footers, charts, text inside pictures.
Source: ECMA-376 part 1, 19 (PresentationML) and 21.1 (DrawingML).
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

from engine.errors import FileUnusable
from engine.ingest.documents.clean import Block, make_page, one_line
from engine.ingest.documents.dates import from_iso
from engine.ingest.documents.values import Page, ParsedDocument
from engine.ingest.documents.xml_part import read_part
from engine.ingest.documents.zipcheck import check_zip

MAX_SLIDES = 5000
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_DGM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_TITLES = ("title", "ctrTitle")
_NOT_TEXT = ("dt", "ftr", "hdr", "sldNum", "sldImg")
_CORE = "docProps/core.xml"


def read_pptx(path: Path, on_page: Callable[[int, int], None] | None = None) -> ParsedDocument:
    """Read a presentation slide by slide."""
    check_zip(path, "ppt/presentation.xml", "a presentation (pptx)")
    with zipfile.ZipFile(path) as archive:
        package = _Package(archive, path)
        slides = package.slides()
        if len(slides) > MAX_SLIDES:
            raise FileUnusable(path=str(path), reason=f"it has {len(slides):,} slides; the most is {MAX_SLIDES:,}.")
        pages: list[Page] = []
        hidden: list[int] = []
        for number, part in enumerate(slides, start=1):
            if on_page:
                on_page(number - 1, len(slides))
            root = package.part(part)
            shown = root.get("show", "1") not in ("0", "false")
            if not shown:
                hidden.append(number)
            pages.append(make_page(number, package.blocks(part, root) if shown else ()))
        title, modified = package.core()
    if not any(page.text for page in pages):
        raise FileUnusable(path=str(path), reason="its slides hold no text.")
    if title.lower() in ("", "powerpoint presentation", "presentation", "untitled"):
        first = next((page for page in pages if page.headings), None)
        title = first.text[first.headings[0].start : first.headings[0].end] if first else path.stem
    return ParsedDocument(
        title=title, format="pptx", pages=tuple(pages), paged=True, warnings=_told(hidden), modified=modified
    )


def _told(hidden: list[int]) -> tuple[str, ...]:
    if not hidden:
        return ()
    shown = ", ".join(map(str, hidden[:20])) + (" …" if len(hidden) > 20 else "")
    return (f"Slide {shown} is hidden and was left out." if len(hidden) == 1
            else f"Slides {shown} are hidden and were left out.",)  # fmt: skip


class _Package:
    """The parts of one file and how they refer to each other."""

    def __init__(self, archive: zipfile.ZipFile, path: Path) -> None:
        self._archive, self._path = archive, path
        self._names = set(archive.namelist())

    def part(self, name: str) -> Element:
        return read_part(self._archive, name, self._path)

    def slides(self) -> list[str]:
        """Parts of the slides, in the order of the presentation."""
        links = self._links("ppt/presentation.xml")
        ids = (node.get(_R + "id", "") for node in self.part("ppt/presentation.xml").iter(_P + "sldId"))
        return [part for one in ids if (part := links.get(one, ("", ""))[1]) in self._names]

    def core(self) -> tuple[str, str]:
        """Title and time of the last change."""
        if _CORE not in self._names:
            return "", ""
        try:
            root = self.part(_CORE)
        except FileUnusable:  # the slides are sound, and they are what counts
            return "", ""
        title = next((node.text or "" for node in root if node.tag.endswith("}title")), "")
        modified = next((node.text or "" for node in root if node.tag.endswith("}modified")), "")
        return one_line(title), from_iso(modified)

    def _links(self, part: str) -> dict[str, tuple[str, str]]:
        """Relationships of a part: id to (kind, part)."""
        folder, name = posixpath.split(part)
        rels = f"{folder}/_rels/{name}.rels"
        if rels not in self._names:
            return {}
        return {
            node.get("Id", ""): (
                node.get("Type", "").rpartition("/")[2],
                posixpath.normpath(posixpath.join("/" + folder, node.get("Target", ""))).lstrip("/"),
            )
            for node in self.part(rels)
            if node.get("TargetMode") != "External"
        }

    def blocks(self, part: str, root: Element) -> Iterator[Block]:
        """What a slide says, its title first, then its notes."""
        links = self._links(part)
        tree = root.find(f"{_P}cSld/{_P}spTree")
        shapes = list(_shapes(tree)) if tree is not None else []
        shapes.sort(key=lambda shape: _holder(shape) not in _TITLES)  # stable: the rest keeps the file's order
        for shape in shapes:
            if shape.tag == _P + "graphicFrame":
                yield from _frame(shape)
                yield from self._diagram(shape, links)
            else:
                yield from _shape(shape)
        for kind, target in links.values():
            if kind == "notesSlide" and target in self._names:
                yield from self._notes(target)

    def _diagram(self, frame: Element, links: dict[str, tuple[str, str]]) -> Iterator[Block]:
        for reference in frame.iter(_DGM + "relIds"):
            target = links.get(reference.get(_R + "dm", ""), ("", ""))[1]
            if target in self._names:
                for point in self.part(target).iter(_DGM + "t"):
                    for paragraph in point.iter(_A + "p"):
                        if text := _text(paragraph):
                            yield Block("item", "• " + text)

    def _notes(self, part: str) -> Iterator[Block]:
        tree = self.part(part).find(f"{_P}cSld/{_P}spTree")
        for shape in _shapes(tree) if tree is not None else ():
            if shape.tag == _P + "sp" and _holder(shape) == "body":
                for paragraph in shape.iter(_A + "p"):
                    if text := _text(paragraph):
                        yield Block("paragraph", text)


def _shapes(tree: Element) -> Iterator[Element]:
    """Shapes and frames in the order of the file, groups opened."""
    for child in tree:
        if child.tag == _P + "grpSp":
            yield from _shapes(child)
        elif child.tag in (_P + "sp", _P + "graphicFrame"):
            yield child
        elif child.tag.endswith("}AlternateContent"):  # a newer form first, which has the same text as the older
            choice = next(iter(child), None)
            if choice is not None:
                yield from _shapes(choice)


def _holder(shape: Element) -> str:
    """What a placeholder is for; "" for a box drawn by hand."""
    holder = next(shape.iter(_P + "ph"), None)
    return holder.get("type", "obj") if holder is not None else ""


def _shape(shape: Element) -> Iterator[Block]:
    holder = _holder(shape)
    body = shape.find(_P + "txBody")
    if body is None or holder in _NOT_TEXT:
        return
    if holder in _TITLES:
        yield Block("heading", " ".join(filter(None, map(_text, body.iter(_A + "p")))), 1)
        return
    counts: dict[int, int] = {}
    for paragraph in body.iter(_A + "p"):
        text = _text(paragraph)
        if not text:
            continue
        if holder == "subTitle":
            yield Block("paragraph", text)
            continue
        mark = _mark(paragraph, counts, listed=holder in ("body", "obj"))
        yield Block("item" if mark else "paragraph", mark + text)


def _mark(paragraph: Element, counts: dict[int, int], *, listed: bool) -> str:
    """The mark before a paragraph; the bodies of layouts (`listed`) are lists unless they say otherwise."""
    properties = paragraph.find(_A + "pPr")
    level = 0
    if properties is not None:
        given = properties.get("lvl", "0")
        level = int(given) if given.isdigit() else 0
        if properties.find(_A + "buNone") is not None:
            return ""
        if properties.find(_A + "buAutoNum") is not None:
            counts[level] = counts.get(level, 0) + 1
            for deeper in [known for known in counts if known > level]:
                del counts[deeper]
            return f"{counts[level]}. "
        listed = listed or properties.find(_A + "buChar") is not None
    return "• " if listed else ""


def _frame(frame: Element) -> Iterator[Block]:
    for table in frame.iter(_A + "tbl"):
        for row in table.iter(_A + "tr"):
            cells = [
                one_line("\n".join(map(_text, cell.iter(_A + "p"))))
                for cell in row.iter(_A + "tc")
                if cell.get("hMerge") not in ("1", "true") and cell.get("vMerge") not in ("1", "true")
            ]
            if any(cells):
                yield Block("row", " | ".join(cells))


def _text(paragraph: Element) -> str:
    parts = []
    for node in paragraph.iter():
        if node.tag == _A + "t":
            parts.append(node.text or "")
        elif node.tag in (_A + "br", _A + "tab"):
            parts.append("\n" if node.tag == _A + "br" else "\t")
    return "".join(parts).strip()
