"""What a training report says, ready to be shown."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import msgspec
from PySide6.QtCore import QCoreApplication

from engine.api import ClassifierTrained, RiskPoint
from gui.text.shares import count


def report_of(plain: dict[str, Any]) -> ClassifierTrained | None:
    """The report of a skill as the model card keeps it; None where it has none (a skill from elsewhere)."""
    if not plain:
        return None
    try:
        return msgspec.convert(plain, ClassifierTrained, strict=False)
    except msgspec.ValidationError:
        return None


def coverage_at(points: Sequence[RiskPoint], precision: float) -> RiskPoint | None:
    """The point that answers most texts while being right at least as often as wished; None where none does."""
    reached = [point for point in points if point.precision >= precision - 1e-9]
    return max(reached, key=lambda point: point.coverage) if reached else None


def from_memory(taught: int, texts: int) -> str:
    """What a measurement on texts that the skill learned from is worth; "" where there were none."""
    if not taught:
        return ""
    words = QCoreApplication.translate(
        "measured",
        "It learned from {taught} of these {texts} texts: on them it answers from memory, and the figures flatter it.",
    )
    return words.format(taught=count(taught), texts=count(texts))


def interval_95(share: float, texts: int) -> tuple[float, float]:
    """The 95 % interval of a share that was counted on so many texts.

    Source: Wilson 1927, as engine/train/classify/metrics.py has it for held-out texts.
    """
    if texts == 0:
        return 0.0, 1.0
    z2 = 1.959963984540054**2
    centre = (share + z2 / (2 * texts)) / (1 + z2 / texts)
    half = math.sqrt(z2 * (share * (1 - share) / texts + z2 / (4 * texts * texts))) / (1 + z2 / texts)
    return max(0.0, centre - half), min(1.0, centre + half)


def reliability(points: Sequence[RiskPoint], bins: int = 10) -> list[tuple[float, float]]:
    """(score told, share right) in bins of about equal size, read off the risk-coverage curve.

    Between two points of the curve lie known shares of texts and of right answers; their scores lie between the two
    thresholds, and the middle is taken for their mean.
    """
    found: list[tuple[float, float]] = []
    covered = right = mass = weighted = hits = 0.0
    above = 1.0
    ordered = sorted(points, key=lambda point: point.coverage)
    for point in ordered:
        share = point.coverage - covered
        mass += share
        weighted += share * (above + point.threshold) / 2
        hits += point.coverage * point.precision - right
        covered, right, above = point.coverage, point.coverage * point.precision, point.threshold
        if mass >= 1 / bins - 1e-9 or (point is ordered[-1] and mass > 0):
            found.append((weighted / mass, min(1.0, max(0.0, hits / mass))))
            mass = weighted = hits = 0.0
    return found


def confused_pairs(confusion: Sequence[Sequence[int]]) -> list[tuple[int, int, int]]:
    """(true, answered, count) of every mix-up, most frequent first."""
    pairs = [
        (row, column, count)
        for row, counts in enumerate(confusion)
        for column, count in enumerate(counts)
        if row != column and count
    ]
    return sorted(pairs, key=lambda pair: (-pair[2], pair[0], pair[1]))
