"""The marked entities of a stored row: read, checked, and brought apart where they overlap."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from msgspec import Struct


class Span(Struct, frozen=True, order=True):
    """Characters `start` up to `end` of a text carry `label`."""

    start: int
    end: int
    label: str


_decoder = msgspec.json.Decoder(list[Span])


def decode_spans(cell: str) -> list[Span] | None:
    """Spans of a row as it is stored (a JSON list), in order of start; None where the cell holds something else."""
    if not cell.strip():
        return []
    try:
        return sorted(_decoder.decode(cell))
    except (msgspec.DecodeError, RecursionError):
        return None


def inside(span: Span, text: str) -> bool:
    """Whether a span lies in the text and holds at least one character."""
    return 0 <= span.start < span.end <= len(text)


def trimmed(span: Span, text: str) -> Span | None:
    """A span without the spaces around what it marks; None where nothing else is in it."""
    marked = text[span.start : span.end]
    if not marked.strip():
        return None
    start = span.start + len(marked) - len(marked.lstrip())
    return Span(start, start + len(marked.strip()), span.label)


def apart(spans: Iterable[Span]) -> list[Span]:
    """Spans without overlaps: of two that share characters the longer stays, of equally long ones the earlier."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda one: (one.start - one.end, one.start, one.label)):
        if all(span.end <= other.start or span.start >= other.end for other in kept):
            kept.append(span)
    return sorted(kept)
