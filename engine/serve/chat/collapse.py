"""Leaves out passages that say the same as one before them."""

from __future__ import annotations

from collections.abc import Sequence

from engine.language.terms import terms

SAME_SHARE = 0.85
"""Two passages say the same when this share of the words of both together is in each."""
COMPARED = 60
"""Passages that are compared word by word; among the later ones only equal texts are found."""


def distinct(texts: Sequence[str]) -> list[int]:
    """Places of the texts to keep, in their order: of near-duplicates the first.

    Args:
        texts: best first.
    Returns:
        Positions in `texts`, ascending. A text without words is always kept.
    """
    kept: list[int] = []
    seen: set[frozenset[str]] = set()
    bags: list[frozenset[str]] = []
    for place, text in enumerate(texts):
        bag = frozenset(terms(text))
        if bag and (bag in seen or any(_same(bag, other) for other in bags)):
            continue
        kept.append(place)
        seen.add(bag)
        if len(bags) < COMPARED:
            bags.append(bag)
    return kept


def _same(one: frozenset[str], other: frozenset[str]) -> bool:
    if min(len(one), len(other)) < SAME_SHARE * max(len(one), len(other)):
        return False
    return len(one & other) >= SAME_SHARE * len(one | other)
