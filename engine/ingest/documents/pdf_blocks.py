"""Printed lines to headings, paragraphs, items and rows, by size, room and place."""

from __future__ import annotations

import re

from engine.ingest.documents.clean import Block
from engine.ingest.documents.pdf_lines import ITEM, Line, join_lines

_END = re.compile(r"[.!?。！？：:；;][\"'”’」』)）]*$")


def page_blocks(lines: list[Line], body_size: float, compounds: frozenset[str]) -> list[tuple[Block, list[Line]]]:
    """Join lines to headings, items and paragraphs, each with its lines.

    Args:
        lines: of one page, in reading order.
        body_size: height of the letters of ordinary text, points.
        compounds: words of the document that are written with a hyphen inside a line ("walk-in").
    """
    blocks: list[tuple[Block, list[Line]]] = []
    group: list[Line] = []
    edge = max((line.right for line in lines), default=0.0)

    def end() -> None:
        if group:
            blocks.append((_block(group, body_size, compounds), list(group)))
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
    if ITEM.match(line.text):
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
    if ITEM.match(text):
        return Block("item", re.sub(r"^[·▪●◦\uf0b7]\s*", "• ", text))
    return Block("paragraph", text)
