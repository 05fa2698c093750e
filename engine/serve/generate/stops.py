"""Turns the bytes of tokens into text that may be shown: whole characters, and nothing that may be part of a stop."""

from __future__ import annotations

import codecs
from collections.abc import Sequence


class Outlet:
    """Takes bytes, gives text; `stopped` once a stop text was met, which is not given."""

    def __init__(self, stops: Sequence[str]) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._stops = [one for one in stops if one]
        self._held = ""
        self.stopped = False

    def feed(self, raw: bytes, *, last: bool = False) -> str:
        """The text that is now sure to be part of the answer."""
        if self.stopped:
            return ""
        text = self._held + self._decoder.decode(raw, last)
        found = [at for stop in self._stops if (at := text.find(stop)) >= 0]
        if found:
            self.stopped, self._held = True, ""
            return text[: min(found)]
        held = 0 if last else max((_overlap(text, stop) for stop in self._stops), default=0)
        self._held = text[len(text) - held :]
        return text[: len(text) - held]


def _overlap(text: str, stop: str) -> int:
    """Characters at the text's end that the stop text begins with."""
    for length in range(min(len(text), len(stop) - 1), 0, -1):
        if text.endswith(stop[:length]):
            return length
    return 0
