"""Which bundled encoder reads a text."""

from __future__ import annotations

import re
from typing import Literal

from engine.language.terms import latin_share

MOST_FOREIGN = 0.2
"""Of the letters of a text that its encoder does not know."""
LEAST_HAN = 0.1
_HAN = re.compile(r"[\u3400-\u9fff]")

ReadLanguage = Literal["en", "zh", ""]


def read_in(text: str) -> ReadLanguage:
    """ "en" for Latin script, "zh" for Chinese with Latin words in it or not, "" for what no bundled encoder reads."""
    latin = latin_share(text)
    if latin >= 1.0 - MOST_FOREIGN:
        return "en"
    letters = sum(1 for char in text if char.isalpha())
    han = len(_HAN.findall(text)) / letters
    return "zh" if han >= LEAST_HAN and han + latin >= 1.0 - MOST_FOREIGN else ""
