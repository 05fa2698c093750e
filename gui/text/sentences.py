"""Sentences one after the other, as the language of the window parts them."""

from __future__ import annotations

_FULL_STOPS = "。！？：；，"


def sentences(*parts: str) -> str:
    """The parts that say something, with a blank between them, but not after a Chinese full stop, which has its own."""
    found = ""
    for part in filter(None, parts):
        found += f"{'' if not found or found[-1] in _FULL_STOPS else ' '}{part}"
    return found
