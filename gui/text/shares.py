"""Shares and counts as people read them, in the language of the window."""

from __future__ import annotations

from PySide6.QtCore import QLocale


def percent(share: float, digits: int = 1) -> str:
    """A share 0..1 in percent; trailing zeros are kept, so that columns line up."""
    return f"{QLocale().toString(share * 100, 'f', digits)}%"


def count(number: int) -> str:
    """A whole number with the separators of the language."""
    return QLocale().toString(number)
