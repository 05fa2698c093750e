"""Values of config.json, each checked when it is asked for."""

from __future__ import annotations

import math
from typing import Any

from engine.packs.manifest import printable
from engine.runtimes.convert.folder import CONFIG, Folder

MOST_LAYERS = 1024
MOST_WIDTH = 1 << 18
MOST_WORDS = 1 << 22
MOST_CONTEXT = 1 << 26


class Config:
    """A JSON object; `name` is what messages call it."""

    def __init__(self, folder: Folder, values: dict[str, Any], name: str = CONFIG) -> None:
        self.folder, self.values, self._name = folder, values, name

    def __contains__(self, key: str) -> bool:
        """Whether there is a value that is not null."""
        return self.values.get(key) is not None

    def number(self, key: str, most: int, default: int | None = None) -> int:
        """A whole number from 1. Raises: GgufUnusable."""
        value = self.values.get(key)
        value = default if value is None else value
        if type(value) is not int:
            raise self.folder.bad(f"its {self._name} has no whole number “{key}”.")
        if not 1 <= value <= most:
            raise self.folder.bad(f"its {self._name} says “{key}”: {value:,}; 1 to {most:,} can be.")
        return value

    def real(self, key: str, default: float | None = None, *, least: float = 1e-12, most: float = 1e12) -> float:
        """A number. Raises: GgufUnusable."""
        value = self.values.get(key)
        value = default if value is None else value
        if not isinstance(value, int | float) or isinstance(value, bool):
            raise self.folder.bad(f"its {self._name} has no number “{key}”.")
        if not math.isfinite(value) or not least <= value <= most:
            raise self.folder.bad(f"its {self._name} says “{key}”: {value:g}, which cannot be.")
        return float(value)

    def flag(self, key: str, default: bool) -> bool:
        value = self.values.get(key)
        return value if isinstance(value, bool) else default

    def text(self, key: str, default: str = "") -> str:
        value = self.values.get(key)
        return printable(value, 200) if isinstance(value, str) else default

    def part(self, key: str) -> Config:
        """An object within; empty where there is none. Raises: GgufUnusable."""
        value = self.values.get(key)
        if value is not None and not isinstance(value, dict):
            raise self.folder.bad(f"its {self._name} has “{key}” that is no object.")
        return Config(self.folder, value or {}, f"{self._name}: {key}")

    def reals(self, key: str, count: int) -> list[float]:
        """A list of so many numbers. Raises: GgufUnusable."""
        value = self.values.get(key)
        if not isinstance(value, list) or len(value) != count:
            raise self.folder.bad(f"its {self._name} has no list “{key}” of {count} numbers.")
        return [Config(self.folder, {key: one}, self._name).real(key) for one in value]
