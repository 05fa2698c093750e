"""Markdown: headings, paragraphs, lists, tables and code as text, without the marks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from engine.errors import FileUnusable
from engine.ingest.documents.clean import Block, make_page, one_line
from engine.ingest.documents.plain import read_text
from engine.ingest.documents.values import ParsedDocument

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_TITLE = re.compile(r"^title:[ \t]*[\"']?(.+?)[\"']?[ \t]*$", re.MULTILINE)


def read_markdown(path: Path) -> ParsedDocument:
    """Read a Markdown file (CommonMark with tables) as one page; front matter gives the title only."""
    text, warnings = read_text(path)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    title = ""
    if front := _FRONT_MATTER.match(text):
        named = _TITLE.search(front.group(1))
        title = one_line(named.group(1)) if named else ""
        text = text[front.end() :]
    blocks = markdown_blocks(text)
    page = make_page(1, blocks)
    if not page.text:
        raise FileUnusable(path=str(path), reason="it holds no text.")
    if not title and page.headings:
        title = page.text[page.headings[0].start : page.headings[0].end]
    return ParsedDocument(title=title or path.stem, format="md", pages=(page,), paged=False, warnings=warnings)


def markdown_blocks(text: str) -> list[Block]:
    """Blocks of a Markdown text."""
    from markdown_it import MarkdownIt

    blocks: list[Block] = []
    lists: list[int | None] = []  # next number of each open list, None for bullets
    bullet = ""  # waits for the first text of its item
    heading = 0
    row: list[str] | None = None
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        kind = token.type
        if kind == "heading_open":
            heading = int(token.tag[1])
        elif kind == "heading_close":
            heading = 0
        elif kind == "bullet_list_open":
            lists.append(None)
        elif kind == "ordered_list_open":
            lists.append(int(token.attrGet("start") or 1))
        elif kind in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
        elif kind == "list_item_open":
            number = lists[-1]
            bullet = "• " if number is None else f"{number}. "
            lists[-1] = None if number is None else number + 1
        elif kind == "tr_open":
            row = []
        elif kind == "tr_close" and row is not None:
            blocks.append(Block("row", " | ".join(row)))
            row = None
        elif kind == "inline":
            content = _inline(token.children or ())
            if row is not None:
                row.append(one_line(content))
            elif heading:
                blocks.append(Block("heading", content, heading))
            else:
                blocks.append(Block("item" if lists else "paragraph", bullet + content))
                bullet = ""
        elif kind in ("fence", "code_block"):
            blocks.append(Block("paragraph", bullet + token.content))
            bullet = ""
        elif kind == "html_block":
            from engine.ingest.documents.html import html_blocks

            blocks.extend(html_blocks(token.content)[1])
    return blocks


def _inline(children: Sequence[Token]) -> str:
    """Text of inline tokens; a wrapped line is joined, a forced line break stays."""
    parts = []
    for token in children:
        if token.type in ("text", "code_inline"):
            parts.append(token.content)
        elif token.type == "softbreak":
            parts.append(_SOFT)
        elif token.type == "hardbreak":
            parts.append("\n")
        elif token.type == "image":
            parts.append(token.content)
    return "\n".join(one_line(line.replace(_SOFT, "\n")) for line in "".join(parts).split("\n"))


_SOFT = "\x1d"
