"""Sizes of the window on a grid of 8 px, times the chosen font size."""

from __future__ import annotations

import sys

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


# Source Sans, used on Linux, looks smaller than the fonts of Windows and macOS at the same size.
_FACE = 1.0 if sys.platform in ("win32", "darwin") else 1.07


def sizes(scale: float) -> dict[str, int]:
    """Pixels of every named size."""
    return {name: round(pixels * scale * (_FACE if name.startswith("fs_") else 1.0)) for name, pixels in _SIZES.items()}
