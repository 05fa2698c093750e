"""Why an item is recommended, in the language of the window.

The engine says the reason in English, with titles in “curly quotes” and counts; the sentence is taken apart and
said again. A sentence of another shape is shown as it came.
"""

from __future__ import annotations

import re

from PySide6.QtCore import QCoreApplication

from gui.text.sentences import sentences

_TITLES = r"“(?P<one>.+?)”(?: and “(?P<two>.+)”)?"
_CHOSEN = re.compile(rf"People who chose {_TITLES} often chose this too\.", re.DOTALL)
_DESCRIBED = re.compile(rf"Its description is close to {_TITLES}\.", re.DOTALL)
_POPULAR = re.compile(
    r"Chosen by (?P<count>[\d,]+) of (?P<people>[\d,]+) people\."
    r"(?: Among the (?P<first>\d+) most chosen in “(?P<category>.+)”\.)?",
    re.DOTALL,
)
_TOGETHER = re.compile(
    rf"(?P<count>[\d,]+) of (?P<people>[\d,]+) people who chose {_TITLES} chose this too\.", re.DOTALL
)
_BY_LOT = re.compile(r"By lot, to learn from: (?P<reason>.+)", re.DOTALL)
_WORDS = re.compile(r"Its title has “(?P<words>.+)”\.", re.DOTALL)


def why_text(reason: str) -> str:
    """A reason of the engine as the window says it."""
    translate = QCoreApplication.translate
    if found := _BY_LOT.fullmatch(reason):
        return translate("why", "By lot, to learn from: {reason}").format(reason=why_text(found["reason"]))
    if found := _CHOSEN.fullmatch(reason):
        words = translate("why", "People who chose {items} often chose this too.")
        return words.format(items=_named(found))
    if found := _DESCRIBED.fullmatch(reason):
        return translate("why", "Its description is close to {items}.").format(items=_named(found))
    if found := _POPULAR.fullmatch(reason):
        words = translate("why", "Chosen by {count} of {people} people.")
        told = words.format(count=found["count"], people=found["people"])
        if found["category"]:
            more = translate("why", "Among the {first} most chosen in “{category}”.")
            told = sentences(told, more.format(first=found["first"], category=found["category"]))
        return told
    if found := _TOGETHER.fullmatch(reason):
        words = translate("why", "{count} of {people} people who chose {items} chose this too.")
        return words.format(count=found["count"], people=found["people"], items=_named(found))
    if found := _WORDS.fullmatch(reason):
        return translate("why", "Its title has “{words}”.").format(words=found["words"])
    plain = _plain().get(reason)
    if plain is not None:
        return plain
    return reason


def _plain() -> dict[str, str]:
    translate = QCoreApplication.translate
    return {
        "Nobody has chosen it yet.": translate("why", "Nobody has chosen it yet."),
        "Placed here by a rule.": translate("why", "Placed here by a rule."),
        "Its description is close to your words.": translate("why", "Its description is close to your words."),
        "It suits what was chosen before.": translate("why", "It suits what was chosen before."),
    }


def _named(found: re.Match[str]) -> str:
    translate = QCoreApplication.translate
    first = translate("why", "“{item}”").format(item=found["one"])
    if not found["two"]:
        return first
    second = translate("why", "“{item}”").format(item=found["two"])
    return translate("why", "{first} and {second}").format(first=first, second=second)
