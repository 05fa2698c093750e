"""A list as people get it: ranked, within the rules, made diverse, with pins on top and a reason for everything."""

from __future__ import annotations

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from engine.api import RankedItem
from engine.serve.recommend.diverse import diversified, likeness
from engine.serve.recommend.facts import ItemFacts
from engine.serve.recommend.model import History, RecommendModel
from engine.serve.recommend.rank import Ranking, rank_items
from engine.serve.recommend.reasons import explained
from engine.serve.recommend.rules import Rules

POOL = 60
"""Candidates among which a diverse list is chosen, beyond three times its length."""


def make_list(
    model: RecommendModel,
    history: History,
    k: int,
    rules: Rules,
    facts: ItemFacts | None = None,
    *,
    exclude: NDArray[np.int64] | None = None,
) -> tuple[RankedItem, ...]:
    """The list for a history.

    Args:
        exclude: places that must not appear (dismissed before).
    """
    profile = rules.profile(history)
    ranking = choose(model, profile, k, rules, facts, exclude=exclude)
    return finished(model, facts, explained(model, profile, ranking, facts), rules)


def choose(
    model: RecommendModel,
    profile: History,
    k: int,
    rules: Rules,
    facts: ItemFacts | None,
    *,
    exclude: NDArray[np.int64] | None = None,
) -> Ranking:
    """Which items, in which order. Pins come first, whatever their score, unless the person has them already."""
    out = np.empty(0, np.int64) if exclude is None else exclude
    taken = set(out.tolist()) | set(profile.items.tolist())
    pins = np.array([place for place in rules.pinned if place not in taken][:k], np.int64)
    without = np.concatenate([out, pins]) if len(pins) else exclude
    plain = rules.diversity == "off" and not rules.per_category
    missing = k - len(pins)
    width = missing if plain else 3 * missing + POOL
    while True:
        found = rank_items(model, profile, width, exclude=without, allowed=rules.allowed)
        kept = limited(found.items, rules.per_category, facts)
        # A limit per category may empty the pool of candidates: look further down while there is something.
        if len(kept) >= missing or len(found.items) < width:
            break
        width *= 4
    pool = kept[: max(missing, 3 * missing + POOL)]
    if rules.diversity != "off" and len(pool) > 1:
        order = diversified(found.scores[pool], likeness(model, found.items[pool]), rules.diversity, missing)
        pool = pool[order]
    pool = pool[:missing]
    items, scores = found.items[pool], found.scores[pool]
    if len(pins):
        items = np.concatenate([pins, items])
        scores = np.concatenate([scores_of(model, profile, pins, found.personal), scores])
    return Ranking(items, scores, found.personal)


def limited(items: NDArray[np.int64], per_category: int, facts: ItemFacts | None) -> NDArray[np.int64]:
    """Where the first so many of each main category stand; items without a category have no limit."""
    if not per_category or facts is None:
        return np.arange(len(items))
    categories = facts.main_category[items]
    order = np.argsort(categories, kind="stable")
    ordered = categories[order]
    first = np.searchsorted(ordered, ordered, side="left")
    place = np.arange(len(items)) - first
    return np.sort(order[(place < per_category) | (ordered < 0)])


def scores_of(model: RecommendModel, profile: History, items: NDArray[np.int64], personal: bool) -> NDArray[np.float32]:
    """Scores of some items, for a history."""
    if not personal:
        return (model.popularity[items] / np.float32(max(model.people, 1))).astype(np.float32)
    only = np.zeros(len(model.item_ids), bool)
    only[items] = True
    found = rank_items(model, profile, len(items), allowed=only)
    by_item = dict(zip(found.items.tolist(), found.scores.tolist(), strict=True))
    return np.array([by_item.get(int(item), 0.0) for item in items], np.float32)


def finished(
    model: RecommendModel, facts: ItemFacts | None, items: tuple[RankedItem, ...], rules: Rules
) -> tuple[RankedItem, ...]:
    """With price, categories and picture; pinned ones say that a rule put them there."""
    pinned = {model.item_ids[place] for place in rules.pinned}
    found = []
    for item in items:
        if item.item in pinned:
            item = replace(item, why="pinned", reason="Placed here by a rule.", because=())
        if facts is not None:
            place = model.item_index[item.item]
            price = float(facts.price[place])
            item = replace(
                item, price=None if price != price else round(price, 4), categories=facts.categories_of(place),
                image=facts.images.get(place, ""),
            )  # fmt: skip
        found.append(item)
    return tuple(found)
