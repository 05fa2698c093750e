"""Changes that a skill was tried with, and columns by which its results are split, in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def change_text(change: str) -> str:
    """What was done to the texts."""
    translate = QCoreApplication.translate
    texts = {
        "typos": translate("changes", "with typing slips"),
        "upper case": translate("changes", "IN CAPITALS"),
        "lower case": translate("changes", "without capitals"),
        "negation": translate("changes", "turned into the negative"),
        "names": translate("changes", "with other names"),
        "gender": translate("changes", "with he and she exchanged"),
    }
    return texts.get(change, change)


def slice_text(column: str, value: str) -> str:
    """A part of the held-back texts."""
    translate = QCoreApplication.translate
    if column == "length":
        # "short (4-31)": the third of the texts, and the lengths in characters that it spans.
        name, _, span = value.partition(" ")
        words = {
            "short": translate("changes", "Short texts {span}"),
            "medium": translate("changes", "Texts of middle length {span}"),
            "long": translate("changes", "Long texts {span}"),
        }
        return words.get(name, "{span}").format(span=span.replace("-", "–")).strip() or value
    if column == "language":
        return translate("changes", "Language: {value}").format(value=value)
    return translate("changes", "{column}: {value}").format(column=column, value=value or "–")
