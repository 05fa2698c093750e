"""Why an item is recommended, in the language of the window.

The engine says the reason in English, with titles in “curly quotes” and counts; the sentence is taken apart and
said again. A sentence of another shape is shown as it came.
"""

from __future__ import annotations

import re

from PySide6.QtCore import QCoreApplication

_TITLES = r"“(?P<first>.+?)”(?: and “(?P<second>.+)”)?"
_CHOSEN = re.compile(rf"People who chose {_TITLES} often chose this too\.", re.DOTALL)
_DESCRIBED = re.compile(rf"Its description is close to {_TITLES}\.", re.DOTALL)
_POPULAR = re.compile(r"Chosen by (?P<count>[\d,]+) of (?P<people>[\d,]+) people\.")


def why_text(reason: str) -> str:
    """A reason of the engine as the window says it."""
    translate = QCoreApplication.translate
    if found := _CHOSEN.fullmatch(reason):
        words = translate("why", "People who chose {items} often chose this too.")
        return words.format(items=_named(found))
    if found := _DESCRIBED.fullmatch(reason):
        return translate("why", "Its description is close to {items}.").format(items=_named(found))
    if found := _POPULAR.fullmatch(reason):
        words = translate("why", "Chosen by {count} of {people} people.")
        return words.format(count=found["count"], people=found["people"])
    if reason == "Nobody has chosen it yet.":
        return translate("why", "Nobody has chosen it yet.")
    return reason


def _named(found: re.Match[str]) -> str:
    translate = QCoreApplication.translate
    first = translate("why", "“{item}”").format(item=found["first"])
    if not found["second"]:
        return first
    second = translate("why", "“{item}”").format(item=found["second"])
    return translate("why", "{first} and {second}").format(first=first, second=second)
