"""The lines of a passage that can be quoted: sentences, list items, and rows of tables with the row of their headings.

Readers write a table as one line per row with " | " between the cells, its headings first.
"""

from __future__ import annotations

import re

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from engine.language.sentences import sentences
from engine.language.terms import is_cjk
from engine.serve.chat.candidates import Candidate

CELL = " | "
_CELLS = re.compile(r"\s*\|\s*")
_ENDS = ".!?。！？:：;；…\"'”’)）,，、"
MOST_HEADING_CHARACTERS = 60
MOST_HEADING_CJK = 24


class Line(Struct):
    """A sentence of a candidate, by offsets in the candidate's text."""

    candidate: int
    start: int
    end: int
    text: str
    heads: bool
    in_place: str
    """The text as it is read: below its heading, a row with the names of its cells."""
    header: tuple[int, int] | None = None
    """Of a row in a table: the row of headings above it."""
    header_text: str = ""
    cosine: float = 0.0
    coverage: float = 0.0
    bonus: float = 0.0
    score: float = 0.0
    vector: NDArray[np.float32] | None = None


def lines_of(index: int, candidate: Candidate) -> list[Line]:
    """The lines of a candidate, in order."""
    names = {part.strip().casefold() for part in candidate.heading.split("›")} | {candidate.title.casefold()}
    heading = candidate.heading.split("›")[-1].strip() or candidate.title
    found: list[Line] = []
    header: Line | None = None
    for start, end in sentences(candidate.text):
        text = candidate.text[start:end]
        asks = text.endswith(("?", "？"))
        heads = asks or text.strip("#*_ ").casefold() in names or _is_heading(candidate.text, start, end)
        line = Line(index, start, end, text, heads, f"{heading}: {text}" if heading and not heads else text)
        if CELL not in text:
            header = None
        elif header is None or "\n\n" in candidate.text[found[-1].end : start]:
            header = line
        else:
            line.header = (header.start, header.end)
            line.header_text = header.text
            line.in_place = f"{heading}: {_paired(header.text, text)}" if heading else _paired(header.text, text)
        if heads:
            heading = text.strip("#*_ ")
        found.append(line)
    _mark_headers(found)
    return found


def _mark_headers(lines: list[Line]) -> None:
    # The row of headings answers nothing by itself.
    headers = {line.header for line in lines if line.header}
    for line in lines:
        if (line.start, line.end) in headers:
            line.heads = True


def _is_heading(text: str, start: int, end: int) -> bool:
    """A short line alone between two empty lines, with more text below it."""
    line = text[start:end]
    most = MOST_HEADING_CJK if any(map(is_cjk, line)) else MOST_HEADING_CHARACTERS
    if len(line) > most or line[-1] in _ENDS or "|" in line or line[0] in "-•*·" or line[0].isdigit():
        return False
    above, below = text[:start].rstrip(" \t"), text[end:].lstrip(" \t")
    return (not above or above.endswith("\n\n")) and below.startswith("\n\n") and bool(below.strip())


def _paired(header: str, row: str) -> str:
    """A row in words: "Day: Saturday; Walk-in room: 9:00 to 12:00"."""
    names, cells = _CELLS.split(header.strip("| ")), _CELLS.split(row.strip("| "))
    if len(names) != len(cells):
        return row
    return "; ".join(f"{name}: {cell}" if name else cell for name, cell in zip(names, cells, strict=True) if cell)
