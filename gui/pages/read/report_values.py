"""What a training report says, ready to be shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from engine.api import ClassifierTrained, RiskPoint


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


def confused_pairs(confusion: Sequence[Sequence[int]]) -> list[tuple[int, int, int]]:
    """(true, answered, count) of every mix-up, most frequent first."""
    pairs = [
        (row, column, count)
        for row, counts in enumerate(confusion)
        for column, count in enumerate(counts)
        if row != column and count
    ]
    return sorted(pairs, key=lambda pair: (-pair[2], pair[0], pair[1]))
