"""What is chosen together with an item: counted, not guessed.

Partners are ranked by  shared / sqrt(people of the one * (people of the other + SHRINK)), a cosine that does not fall
for pairs of two people, and named with the very counts.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.api import RankedItem
from engine.serve.recommend.model import RecommendModel
from engine.serve.recommend.reasons import title_of
from engine.serve.recommend.rules import Rules

LEAST_SHARED = 2
SHRINK = 5.0


def chosen_together(model: RecommendModel, items: list[int], k: int, rules: Rules) -> tuple[RankedItem, ...]:
    """Items that the people who chose all of `items` chose too, best first; fewer than `k` where little is known."""
    people = people_of_all(model, items)
    if len(people) < LEAST_SHARED:
        return ()
    shared = _counts(model, people)
    shared[items] = 0
    if rules.allowed is not None:
        shared[~rules.allowed] = 0
    if rules.sensitive is not None and rules.sensitive[items].any():
        return ()
    places = np.flatnonzero(shared >= LEAST_SHARED)
    scores = shared[places] / np.sqrt(len(people) * (model.popularity[places] + SHRINK))
    order = np.lexsort((places, -scores))[:k]
    named = " and ".join(f"“{title_of(model, item)}”" for item in items)
    return tuple(
        RankedItem(
            item=model.item_ids[place],
            title=model.titles[place],
            score=round(float(score), 6),
            reason=f"{int(shared[place]):,} of {len(people):,} people who chose {named} chose this too.",
            why="together",
            because=tuple(model.item_ids[item] for item in items),
        )
        for place, score in zip(places[order].tolist(), scores[order].tolist(), strict=True)
    )


def bundle(model: RecommendModel, item: int, size: int, rules: Rules) -> tuple[RankedItem, ...]:
    """A set around an item: each further one is the best partner of all that are in it so far.

    Returns:
        up to `size` items, without the first; as many as people really chose together.
    """
    inside = [item]
    found: list[RankedItem] = []
    while len(found) < size:
        best = chosen_together(model, inside, 1, rules)
        if not best:
            break
        found.append(best[0])
        inside.append(model.item_index[best[0].item])
    return tuple(found)


def people_of_all(model: RecommendModel, items: list[int]) -> NDArray[np.int32]:
    """People who chose every one of some items."""
    starts, people = model.people_of
    found = people[starts[items[0]] : starts[items[0] + 1]]
    for item in items[1:]:
        found = np.intersect1d(found, people[starts[item] : starts[item + 1]], assume_unique=True)
    return found


def _counts(model: RecommendModel, people: NDArray[np.int32]) -> NDArray[np.int64]:
    starts = model.history_starts
    counts = starts[people + 1] - starts[people]
    first = np.repeat(starts[people] - (np.cumsum(counts) - counts), counts)
    entries = first + np.arange(int(counts.sum()))
    chosen = model.history_items[entries][model.history_strengths[entries] > 0]
    return np.bincount(chosen, minlength=len(model.item_ids))
