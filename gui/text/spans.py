"""The marked names and terms of a row as the data set keeps them."""

from __future__ import annotations

from typing import Any, NamedTuple

import msgspec


class Span(NamedTuple):
    """Offsets count characters of the row's text."""

    start: int
    end: int
    label: str


def spans_of(cell: str) -> list[Span]:
    """Spans of a cell of the column "spans" (a JSON list of objects with start, end and label); what cannot be read
    as such is left out, so that the text at least is shown."""
    try:
        plain = msgspec.json.decode(cell or "[]")
    except (msgspec.DecodeError, RecursionError):
        return []
    return [span for mark in plain if (span := _span(mark)) is not None] if isinstance(plain, list) else []


def _span(mark: Any) -> Span | None:
    if not isinstance(mark, dict):
        return None
    start, end, label = mark.get("start"), mark.get("end"), mark.get("label")
    if type(start) is not int or type(end) is not int or not isinstance(label, str) or not 0 <= start < end:
        return None
    return Span(start, end, label)
