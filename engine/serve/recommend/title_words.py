"""Which titles hold a word, and how rare it is: the word half of a search among items."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.language.terms import terms


class TitleWords(NamedTuple):
    """`places`: term -> places of the titles that hold it, ascending."""

    places: dict[str, NDArray[np.int64]]
    titles: int

    def weight(self, term: str) -> float:
        """More for rarer terms."""
        return float(np.log1p(self.titles / (1 + len(self.of(term)))))

    def of(self, term: str) -> NDArray[np.int64]:
        return self.places.get(term, _NOWHERE)


_NOWHERE = np.empty(0, np.int64)


def index_titles(titles: Sequence[str]) -> TitleWords:
    places: dict[str, list[int]] = {}
    for place, title in enumerate(titles):
        for term in set(terms(title)):
            places.setdefault(term, []).append(place)
    return TitleWords({term: np.array(found, np.int64) for term, found in places.items()}, len(titles))
