"""Sizes of the window on a grid of 8 px, times the chosen font size."""

from __future__ import annotations

FONT_SCALES: dict[str, float] = {"small": 0.9, "normal": 1.0, "large": 1.2, "larger": 1.4}

# Name -> pixels at scale 1. `control` is the inner height of buttons and fields.
_SIZES = {
    "fs_tiny": 11,
    "fs_small": 12,
    "fs_body": 14,
    "fs_h3": 15,
    "fs_h2": 18,
    "fs_h1": 24,
    "control": 32,
    "control_small": 26,
    "row": 36,
}


def sizes(scale: float) -> dict[str, int]:
    """Pixels of every named size."""
    return {name: round(pixels * scale) for name, pixels in _SIZES.items()}
