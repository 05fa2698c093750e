"""Why an item stands in a list: read off the very sum that put it there, never made up afterwards.

The items of the history that added most in all are named, so that without a named one the score would be lower;
"behaviour" or "text" is whichever part of what they added was larger. Where nothing in the history added anything,
popularity placed the item, and that is what the reason says.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.api import RankedItem
from engine.serve.recommend.facts import ItemFacts
from engine.serve.recommend.model import History, RecommendModel
from engine.serve.recommend.rank import Ranking, shares_of

NAMED = 2
LEADERS = 10
TITLE_CHARS = 80


class Contributions(NamedTuple):
    """float32, (ranked items, items of the history): what each added by behaviour and by text."""

    behaviour: NDArray[np.float32]
    text: NDArray[np.float32]


def contributions(model: RecommendModel, history: History, ranked: NDArray[np.int64]) -> Contributions:
    """Take the scores of some items apart; their sums over the history are the scores."""
    empty = np.zeros((len(ranked), len(history.items)), np.float32)
    behaviour = shares_of(model.behaviour, history, ranked)
    if model.next is not None and history.recent is not None:
        behaviour += shares_of(model.next, history.next_part(), ranked)
    return Contributions(
        behaviour,
        empty if model.text is None else shares_of(model.text, history, ranked),
    )


def explained(
    model: RecommendModel, history: History, ranking: Ranking, facts: ItemFacts | None = None
) -> tuple[RankedItem, ...]:
    """The ranking with titles and reasons."""
    popular = Popular(model, facts)
    if not ranking.personal:
        return tuple(
            popular.reason(int(place), float(score)) for place, score in zip(ranking.items, ranking.scores, strict=True)
        )
    parts = contributions(model, history, ranking.items)
    return tuple(
        _reasoned(model, history, int(place), float(score), behaviour, text) or popular.reason(int(place), float(score))
        for place, score, behaviour, text in zip(
            ranking.items, ranking.scores, parts.behaviour, parts.text, strict=True
        )
    )


class Popular:
    """The reason of what popularity placed: how many people chose it, and whether it leads its category."""

    def __init__(self, model: RecommendModel, facts: ItemFacts | None) -> None:
        self._model, self._facts = model, facts
        self._leading: dict[int, frozenset[int]] = {}

    def reason(self, place: int, score: float) -> RankedItem:
        model = self._model
        count, people = int(model.popularity[place]), model.people
        words = f"Chosen by {count:,} of {people:,} people." if count else "Nobody has chosen it yet."
        category = -1 if self._facts is None else int(self._facts.main_category[place])
        if count and self._facts is not None and category >= 0 and place in self._leaders(category):
            words += f" Among the {LEADERS} most chosen in “{self._facts.category_names[category]}”."
        return RankedItem(
            item=model.item_ids[place], title=model.titles[place], score=round(score, 6), reason=words, why="popular"
        )

    def _leaders(self, category: int) -> frozenset[int]:
        if category not in self._leading:
            assert self._facts is not None
            own = np.flatnonzero(self._facts.main_category == category)
            best: NDArray[np.int64] = np.empty(0, np.int64)
            if len(own) > 2 * LEADERS:  # of a category of few items it says nothing to be among the first
                best = own[np.lexsort((own, -self._model.popularity[own]))[:LEADERS]]
            self._leading[category] = frozenset(best.tolist())
        return self._leading[category]


def _reasoned(
    model: RecommendModel,
    history: History,
    place: int,
    score: float,
    behaviour: NDArray[np.float32],
    text: NDArray[np.float32],
) -> RankedItem | None:
    added = behaviour + text
    leading = [int(i) for i in np.argsort(-added, kind="stable")[:NAMED] if added[i] > 0]
    if not leading:
        return None
    if added[leading[-1]] < added[leading[0]] / 4:
        leading = leading[:1]
    by_text = float(text[leading].sum()) > float(behaviour[leading].sum())
    because = [int(history.items[i]) for i in leading]
    named = " and ".join(f"“{title_of(model, item)}”" for item in because)
    chosen = f"People who chose {named} often chose this too."
    reason = f"Its description is close to {named}." if by_text else chosen
    return RankedItem(
        item=model.item_ids[place],
        title=model.titles[place],
        score=round(score, 6),
        reason=reason,
        why="text" if by_text else "behaviour",
        because=tuple(model.item_ids[item] for item in because),
    )


def title_of(model: RecommendModel, item: int) -> str:
    title = model.titles[item] or model.item_ids[item]
    return title if len(title) <= TITLE_CHARS else title[: TITLE_CHARS - 1] + "…"
