"""Cuts Chinese text into words that a vocabulary knows."""

from __future__ import annotations

import re
from collections.abc import Collection

from engine.language.terms import normalise

LONGEST_WORD = 6
_RUNS = re.compile(r"[\u3400-\u9fff]+|[a-z0-9_]+")


def segmented(text: str, known: Collection[str]) -> list[str]:
    """Words of a text in order: at each place the longest that is known, else a character; other scripts by words."""
    found: list[str] = []
    for run in _RUNS.findall(normalise(text)):
        if run[0] < "\u3400":
            found.append(run)
            continue
        at = 0
        while at < len(run):
            for length in range(min(LONGEST_WORD, len(run) - at), 1, -1):
                if run[at : at + length] in known:
                    break
            else:
                length = 1
            found.append(run[at : at + length])
            at += length
    return found
