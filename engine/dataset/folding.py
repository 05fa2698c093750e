"""When two texts count as the same."""

from __future__ import annotations

import re
import unicodedata

_SPACES = re.compile(r"\s+")
_NOT_WORDS = re.compile(r"[\W_]+")


def folded_text(text: str) -> str:
    """A text as it is compared for being the same: without case, width and differences of spacing."""
    return _SPACES.sub(" ", unicodedata.normalize("NFKC", text)).strip().casefold()


def bare_words(text: str) -> str:
    """The letters and digits of a text alone, folded, words apart by one space."""
    return _NOT_WORDS.sub(" ", unicodedata.normalize("NFKC", text)).strip().casefold()


def folded_label(label: str) -> str:
    """A label without case, spaces, hyphens and underscores: what is the same here was meant to be one label."""
    return re.sub(r"[\s_-]+", "", folded_text(label))
