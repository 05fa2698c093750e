"""How a wish was read, in the language of the window: the engine says it in English, with titles and numbers."""

from __future__ import annotations

import re

from PySide6.QtCore import QCoreApplication

_LIKE = re.compile(r"Like “(?P<title>.+)”\.", re.DOTALL)
_ABOUT = re.compile(r"About: (?P<words>.+)\.", re.DOTALL)
_COMPARED = re.compile(r"(?P<how>Cheaper|Dearer) than (?P<named>.+) \((?P<price>[\d.,]+)\)\.", re.DOTALL)
_MOST = re.compile(r"At most (?P<price>[\d.,]+)\.")
_LEAST = re.compile(r"At least (?P<price>[\d.,]+)\.")
_ONLY = re.compile(r"Only in: (?P<names>.+)\.", re.DOTALL)
_WITHOUT = re.compile(r"Without: (?P<names>.+)\.", re.DOTALL)


def wish_text(sentence: str) -> str:
    """A sentence of the engine as the window says it; one of another shape as it came."""
    translate = QCoreApplication.translate
    if found := _LIKE.fullmatch(sentence):
        return translate("wish", "Like “{title}”.").format(title=found["title"])
    if found := _ABOUT.fullmatch(sentence):
        return translate("wish", "About: {words}.").format(words=found["words"])
    if found := _COMPARED.fullmatch(sentence):
        named = found["named"]
        if named == "what was chosen before":
            named = translate("wish", "what was chosen before")
        words = (
            translate("wish", "Cheaper than {named} ({price}).")
            if found["how"] == "Cheaper"
            else translate("wish", "Dearer than {named} ({price}).")
        )
        return words.format(named=named, price=found["price"])
    if found := _MOST.fullmatch(sentence):
        return translate("wish", "At most {price}.").format(price=found["price"])
    if found := _LEAST.fullmatch(sentence):
        return translate("wish", "At least {price}.").format(price=found["price"])
    if found := _ONLY.fullmatch(sentence):
        return translate("wish", "Only in: {names}.").format(names=found["names"])
    if found := _WITHOUT.fullmatch(sentence):
        return translate("wish", "Without: {names}.").format(names=found["names"])
    if sentence == "In stock.":
        return translate("wish", "In stock.")
    if sentence.startswith("No price is known to compare with"):
        return translate("wish", "No price is known to compare with, so that “cheaper” or “dearer” did not count.")
    return sentence
