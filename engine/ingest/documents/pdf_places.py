"""Which characters of a page's text each printed line became: lines were joined, mended and cleaned on the way."""

from __future__ import annotations

from engine.ingest.documents.clean import Block, normalise, one_line
from engine.ingest.documents.pdf_lines import HYPHENS, Line
from engine.values import LineBox

_FARTHEST = 6
"""Characters that cleaning may have put between two letters of a line, such as the bar between two cells."""


def place_lines(text: str, blocks: list[tuple[Block, list[Line]]]) -> tuple[LineBox, ...]:
    """Boxes of the printed lines of a page, in the order of its text.

    Args:
        text: of the page, made of the blocks (`engine.ingest.documents.clean.make_page`).
        blocks: with the lines that each was joined from.
    """
    boxes: list[LineBox] = []
    at = 0
    for block, lines in blocks:
        clean = one_line(block.text) if block.kind != "paragraph" else normalise(block.text)
        found = text.find(clean, at) if clean else -1
        if found < 0:
            continue
        at = found + len(clean)
        boxes += _in_block(text, found, at, lines)
    return tuple(boxes)


def _in_block(text: str, start: int, end: int, lines: list[Line]) -> list[LineBox]:
    """Follow the letters of the lines through the text of their block; what was added or dropped is stepped over."""
    boxes: list[LineBox] = []
    at = start
    for part in (part for line in lines for part in line.parts):
        first = last = -1
        for letter in one_line(part.text):
            if letter.isspace():
                continue
            place = text.find(letter, at, min(end, at + _FARTHEST))
            if place < 0 or (letter in HYPHENS and text[at:place].strip()):
                continue  # a hyphen that was mended away, a bullet that was written in another way
            first = place if first < 0 else first
            last, at = place, place + 1
        if first >= 0 and part.right > part.left and part.bottom > part.top:
            boxes.append(LineBox(first, last + 1, part.left, part.top, part.right, part.bottom))
    return boxes
