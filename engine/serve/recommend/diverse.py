"""Lists whose items differ: maximal marginal relevance over the texts of items, or over who chose them.

The next item is the one with the largest  weight * score - (1 - weight) * (likeness to the nearest one above it).
Scores are first divided by the best one of the list, so that the setting means the same on all data.
Source: Carbonell and Goldstein 1998, "The Use of MMR, Diversity-Based Reranking".
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.serve.recommend.model import RecommendModel

WEIGHTS = {"some": 0.8, "strong": 0.5}
Cosines = NDArray[np.float32]


def likeness(model: RecommendModel, items: NDArray[np.int64]) -> Cosines:
    """Cosines of some items with each other, (items, items), 0..1: of their texts, else of who chose them."""
    if model.vectors is not None:
        rows = model.vectors.of(items)
        return np.asarray(np.maximum(rows @ rows.T, 0), np.float32)
    starts, people = model.people_of
    sets = [people[starts[item] : starts[item + 1]] for item in items]
    found = np.zeros((len(items), len(items)), np.float32)
    for row, own in enumerate(sets):
        for column in range(row):
            if len(own) and len(sets[column]):
                shared = len(np.intersect1d(own, sets[column], assume_unique=True))
                found[row, column] = found[column, row] = shared / np.sqrt(len(own) * len(sets[column]))
    return found


def diversified(scores: NDArray[np.float32], like: Cosines, setting: str, k: int) -> NDArray[np.int64]:
    """The order in which the best `k` of some candidates are shown.

    Args:
        scores: (candidates,), best first.
        like: (candidates, candidates).
        setting: "off", "some" or "strong".
    Returns:
        int64, (min(k, candidates),): places in `scores`.
    """
    count = min(k, len(scores))
    if setting not in WEIGHTS or count == 0:
        return np.arange(count)
    weight = WEIGHTS[setting]
    best = float(scores.max())
    worth = weight * (scores / best if best > 0 else scores.astype(np.float32))
    nearest = np.zeros(len(scores), np.float32)
    left = np.ones(len(scores), bool)
    order = np.empty(count, np.int64)
    for place in range(count):
        margin = np.where(left, worth - (1 - weight) * nearest, -np.inf)
        chosen = int(np.argmax(margin))
        order[place] = chosen
        left[chosen] = False
        nearest = np.maximum(nearest, like[chosen])
    return order
