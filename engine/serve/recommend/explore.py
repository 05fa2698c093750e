"""A little chance in recorded lists, with the chance written down: the price of being able to compare afterwards.

Place s of a list of k shows the item ranked s with probability 1 - share, and with probability share one of its own
`ALTERNATIVES` further down, ranked s + k, s + 2k and so on, each equally likely. No two places share an alternative,
so that no item can stand twice and every chance is exact. Pins are never moved. A list without enough candidates
explores with as many alternatives as there are, and not at all in places that have none.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import NamedTuple

from engine.api import RankedItem

EXPLORE_MOST = 0.5
ALTERNATIVES = 4


class Place(NamedTuple):
    """`chance`: probability with which this item stands in this place; 1 where nothing else could."""

    item: RankedItem
    chance: float
    by_lot: bool


def width(k: int) -> int:
    """Candidates that a list of `k` needs."""
    return k * (1 + ALTERNATIVES)


def explored(pool: Sequence[RankedItem], k: int, share: float, rng: Random, *, pinned: int = 0) -> tuple[Place, ...]:
    """The list that is shown.

    Args:
        pool: ranked, at least the list and at most `width(k)` items.
        share: 0..0.5, of the places.
        pinned: so many items at the front stay.
    """
    chosen = []
    for place, item in enumerate(pool[:k]):
        others = pool[place + k : width(k) : k] if place >= pinned else ()
        if not others or share <= 0:
            chosen.append(Place(item, 1.0, False))
        elif rng.random() < share:
            chosen.append(Place(rng.choice(others), share / len(others), True))
        else:
            chosen.append(Place(item, 1 - share, False))
    return tuple(chosen)
