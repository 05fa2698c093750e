"""A plot's frame: a plane with axes, ticks and grid, from values to points on paper."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from engine.report.blocks import Label, Line, Shape

INK, MUTED, GRID = "#3b4652", "#66717d", "#e2e6ea"
BLUE, ORANGE, GREEN, PALE = "#2b6cb0", "#c05621", "#2f855a", "#dbe8f5"


class Axis(NamedTuple):
    low: float
    high: float
    ticks: tuple[float, ...]
    percent: bool = True
    title: str = ""

    def told(self, value: float) -> str:
        if self.percent:
            digits = 0 if abs(100 * value - round(100 * value)) < 1e-6 else 1
            return f"{100 * value:.{digits}f}\u00a0%"
        return f"{value:g}"


class Plane(NamedTuple):
    """Where values come to lie: the inner box in points and the two axes."""

    left: float
    top: float
    width: float
    height: float
    x: Axis
    y: Axis

    def at(self, x: float, y: float) -> tuple[float, float]:
        share_x = (x - self.x.low) / (self.x.high - self.x.low)
        share_y = (y - self.y.low) / (self.y.high - self.y.low)
        return round(self.left + share_x * self.width, 2), round(self.top + (1 - share_y) * self.height, 2)

    def frame(self) -> list[Shape]:
        """Grid, tick labels and titles of the axes."""
        shapes: list[Shape] = []
        right, bottom = self.left + self.width, self.top + self.height
        for tick in self.y.ticks:
            _, y = self.at(self.x.low, tick)
            shapes.append(Line(((self.left, y), (right, y)), GRID))
            shapes.append(Label(self.left - 6, y + 3.5, self.y.told(tick), "end", MUTED, 10))
        for tick in self.x.ticks:
            x, _ = self.at(tick, self.y.low)
            shapes.append(Line(((x, bottom), (x, bottom + 4)), MUTED))
            shapes.append(Label(x, bottom + 16, self.x.told(tick), "middle", MUTED, 10))
        shapes.append(Line(((self.left, bottom), (right, bottom)), MUTED))
        if self.x.title:
            shapes.append(Label(self.left + self.width / 2, bottom + 34, self.x.title, "middle"))
        if self.y.title:
            shapes.append(Label(self.left, self.top - 10, self.y.title))
        return shapes


def axis_for(values: Sequence[float], *, percent: bool, title: str = "", whole: bool = False) -> Axis:
    """An axis with four to six round ticks around the values; `percent` axes end at 100 % at most."""
    low, high = min(values), max(values)
    if high - low < 1e-9:
        low, high = low - (0.05 if percent else 0.5), high + (0.05 if percent else 0.5)
    step = _step((high - low) / 4)
    if whole:
        step = max(1.0, step)
    low, high = math.floor(low / step + 1e-9) * step, math.ceil(high / step - 1e-9) * step
    if percent:
        low, high = max(0.0, low), min(1.0, high)
    count = round((high - low) / step)
    return Axis(low, high, tuple(round(low + number * step, 6) for number in range(count + 1)), percent, title)


def _step(rough: float) -> float:
    power: float = 10.0 ** math.floor(math.log10(rough))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough * 0.999)


def shade(share: float, full: tuple[int, int, int]) -> str:
    """A colour between white (0) and `full` (1); small shares stay visible."""
    strength = 0.0 if share <= 0 else 0.12 + 0.88 * min(1.0, share)
    red, green, blue = (round(255 + (part - 255) * strength) for part in full)
    return f"#{red:02x}{green:02x}{blue:02x}"


def clipped(text: str, most: int) -> str:
    """A name that fits into a drawing; wide characters count twice."""
    text = " ".join(text.split())
    used = 0
    for place, char in enumerate(text):
        used += 2 if ord(char) > 0x2E7F else 1
        if used > most:
            return text[: max(1, place - 1)] + "…"
    return text
