"""A tone for every label, the same wherever the label is shown; the label itself always stands beside it."""

from __future__ import annotations

from collections.abc import Iterable

TONES = ("accent", "success", "warning", "danger", "neutral")


def tones_of(labels: Iterable[str]) -> dict[str, str]:
    """Tones in the order of the labels' names, so that they do not change with the text; beyond five they repeat."""
    return {label: TONES[place % len(TONES)] for place, label in enumerate(sorted(set(labels)))}
