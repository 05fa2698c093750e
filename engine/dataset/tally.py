"""Counting what a lint finds, and showing examples of it: short, and with personal data covered."""

from __future__ import annotations

import re

from engine.privacy.personal import find_personal

EXAMPLES_MAX = 5
EXAMPLE_CHARS = 80
MASK = "•••"
_SPACES = re.compile(r"\s+")


class Tally:
    """Counts something and keeps the first few examples of it."""

    def __init__(self) -> None:
        self.count = 0
        self._examples: list[str] = []

    def add(self, example: str) -> None:
        self.count += 1
        if len(self._examples) < EXAMPLES_MAX:
            self._examples.append(shown(example))

    @property
    def examples(self) -> tuple[str, ...]:
        return tuple(self._examples)

    def __bool__(self) -> bool:
        return self.count > 0


def shown(text: str, limit: int = EXAMPLE_CHARS) -> str:
    """A text as an example: on one line, at most `limit` characters, e-mail addresses and such covered."""
    text = _SPACES.sub(" ", masked(text[: 4 * limit])).strip()
    return text if len(text) <= limit else text[: limit - 1] + "…"


def masked(text: str) -> str:
    """A text whose personal data (engine/privacy/personal.py) is covered."""
    for found in reversed(find_personal(text)):
        text = text[: found.start] + MASK + text[found.end :]
    return text
