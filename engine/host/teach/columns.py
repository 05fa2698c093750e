"""Other columns of a labelled data set that are worth telling results by: a shop, a channel, a language.

A column with few different, short values is kept; one with more than twenty (numbers, dates, free text) is let go while
the rows are still being read, so that little is held in memory.
"""

from __future__ import annotations

from collections.abc import Mapping

from engine.train.report.slices import LEAST_VALUES, MOST_VALUES

MOST_COLUMNS = 20
MOST_CHARS = 60  # of a value; what is longer is a text
OWN = ("text", "label")


class Columns:
    """Rows are shown to it one after the other."""

    def __init__(self) -> None:
        self._values: dict[str, list[str]] = {}
        self._different: dict[str, set[str]] = {}
        self._let_go = set(OWN)
        self._rows = 0

    def look(self, row: Mapping[str, str]) -> None:
        """Take the values of a row; a column that an earlier row lacked was empty there."""
        for name in row:
            if name not in self._values and name not in self._let_go:
                self._values[name] = [""] * self._rows
                self._different[name] = set()
        for name in list(self._values):
            value = row.get(name, "").strip()
            self._values[name].append(value)
            if value:
                self._different[name].add(value)
            if len(value) > MOST_CHARS or len(self._different[name]) > MOST_VALUES:
                self._let_go.add(name)
                del self._values[name], self._different[name]
        self._rows += 1

    def found(self) -> dict[str, list[str]]:
        """Columns with two to twenty different values, a value per row; at most twenty of them."""
        kept = [name for name, different in self._different.items() if len(different) >= LEAST_VALUES]
        return {name: self._values[name] for name in kept[:MOST_COLUMNS]}
