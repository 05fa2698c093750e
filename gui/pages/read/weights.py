"""Weights of words as people read and hear them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLocale

from engine.api import Faithfulness, TokenWeight

LEAST = 0.0005
"""Below half a tenth of a point a weight reads as 0.0 and is not spoken."""


def signed_points(weight: float) -> str:
    """A change of a probability in percentage points with its sign: 0.123 -> "+12.3", -0.04 -> "−4.0"."""
    shown = QLocale().toString(abs(weight) * 100, "f", 1)
    return f"{'−' if weight <= -LEAST else '+' if weight >= LEAST else '±'}{shown}"


def spoken_weights(words: Sequence[TokenWeight], most: int | None = None) -> str:
    """ "late +31.0, parcel +12.4, thanks −3.1": the weightiest first."""
    ranked = sorted((word for word in words if abs(word.weight) >= LEAST), key=lambda word: -abs(word.weight))
    return ", ".join(f"{word.text} {signed_points(word.weight)}" for word in ranked[:most])


def believable(faith: Faithfulness) -> bool:
    """The named words carry more than as many taken at random, both when taken away and when left alone."""
    return faith.comprehensiveness > faith.random_comprehensiveness and faith.sufficiency < faith.random_sufficiency
