"""HTML: what a reader would see, as headings, paragraphs, list items and table rows."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from engine.errors import FileUnusable
from engine.ingest.documents.clean import Block, BlockKind, make_page, one_line
from engine.ingest.documents.values import ParsedDocument
from engine.ingest.encoding import decode

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_UNSEEN_TAGS = (
    "script style noscript template svg math head nav footer iframe object canvas select option button input "
    "textarea audio video map datalist"
)
_BLOCK_TAGS = (
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr html legend li main ol p pre section summary table tbody td tfoot th thead tr ul "
    "caption menu"
)
_UNSEEN = frozenset(_UNSEEN_TAGS.split())
_BREAKS_BLOCK = frozenset(_BLOCK_TAGS.split())
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,40})", re.IGNORECASE)
_MAX_DEPTH = 3000


def read_html(path: Path) -> ParsedDocument:
    """Read an HTML file as one page."""
    data = path.read_bytes()
    named = _META_CHARSET.search(data[:4096])
    text, encoding = decode(data, str(path), declared=named.group(1).decode("ascii") if named else None)
    title, blocks = html_blocks(text)
    page = make_page(1, blocks)
    if not page.text:
        raise FileUnusable(path=str(path), reason="it holds no text that a reader would see.")
    if not title and page.headings:
        title = page.text[page.headings[0].start : page.headings[0].end]
    return ParsedDocument(
        title=title or path.stem, format="html", pages=(page,), paged=False, warnings=encoding.warnings()
    )


def html_blocks(text: str) -> tuple[str, list[Block]]:
    """The title (or "") and the blocks of an HTML text."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(text)
    title = tree.css_first("title")
    walker = _Walker()
    if tree.root is not None:
        walker.walk(tree.root)
    return (one_line(title.text()) if title is not None else ""), walker.blocks


class _Walker:
    """Goes through the tree with a stack of its own: hostile pages nest deeper than Python's calls."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._inline: list[str] = []
        self._row: list[str] | None = None
        self._bullet = ""
        self._lists: list[int | None] = []
        self._heading = 0
        self._items = 0
        self._pre = 0

    def walk(self, root: LexborNode) -> None:
        inside: list[LexborNode] = []
        node: LexborNode | None = root
        while node is not None or inside:
            if node is None:
                left = inside.pop()
                self._leave(left)
                node = left.next if inside else None
            elif len(inside) < _MAX_DEPTH and self._enter(node):
                inside.append(node)
                node = node.child
            else:
                node = node.next if inside else None
        self._flush()

    def _enter(self, node: LexborNode) -> bool:
        """Begin a node; False if what is inside is not read."""
        if node.is_text_node:
            content = node.text_content or ""
            self._inline.append(content if self._pre else re.sub(r"[ \t\r\n\f]+", " ", content))
            return False
        tag = node.tag or ""
        if not node.is_element_node:
            return node.is_document_node
        if tag in _UNSEEN or _is_hidden(node):
            return False
        if tag == "br":
            self._inline.append("\n")
        elif tag == "img":
            self._inline.append(f" {node.attributes.get('alt') or ''} ")
        if tag not in _BREAKS_BLOCK:
            return True
        if self._row is None or tag == "tr":
            self._flush()
        else:
            self._inline.append(" ")
        if tag in ("ul", "ol", "menu"):
            self._lists.append(_start(node) if tag == "ol" else None)
        elif tag == "li":
            self._items += 1
            number = self._lists[-1] if self._lists else None
            self._bullet = "• " if number is None else f"{number}. "
            if number is not None:
                self._lists[-1] = number + 1
        elif tag == "tr":
            self._end_row()  # of a table around this one
            self._row = []
        elif tag in ("td", "th"):
            self._inline = []
        elif tag == "pre":
            self._pre += 1
        elif tag[0] == "h" and tag[1:].isdigit():
            self._heading = int(tag[1])
        return True

    def _leave(self, node: LexborNode) -> None:
        tag = node.tag or ""
        if not node.is_element_node or tag not in _BREAKS_BLOCK:
            return
        if tag in ("td", "th") and self._row is not None:
            self._row.append(one_line("".join(self._inline)))
            self._inline = []
            return
        if tag == "tr":
            self._end_row()
            return
        if self._row is None:
            self._flush()
        else:
            self._inline.append(" ")
        if tag in ("ul", "ol", "menu"):
            self._lists.pop()
        elif tag == "li":
            self._items -= 1
            self._bullet = ""
        elif tag == "pre":
            self._pre -= 1
        elif tag[0] == "h" and tag[1:].isdigit():
            self._heading = 0

    def _end_row(self) -> None:
        if self._row is None:
            return
        cells, self._row = self._row, None
        if rest := one_line("".join(self._inline)):
            cells.append(rest)
        self._inline = []
        if any(cells):
            self.blocks.append(Block("row", " | ".join(cells)))

    def _flush(self) -> None:
        """End the running piece of text."""
        text = "".join(self._inline)
        self._inline = []
        if not text.strip():
            return
        kind: BlockKind = "heading" if self._heading else "item" if self._items else "paragraph"
        self.blocks.append(Block(kind, self._bullet + text.strip(), self._heading))
        self._bullet = ""


def _start(node: LexborNode) -> int:
    start = node.attributes.get("start") or ""
    return int(start) if start.isascii() and start.isdigit() and len(start) < 7 else 1


def _is_hidden(node: LexborNode) -> bool:
    attributes = node.attributes
    if not attributes:
        return False
    return (
        "hidden" in attributes
        or attributes.get("aria-hidden") == "true"
        or bool(_HIDDEN_STYLE.search(attributes.get("style") or ""))
    )
