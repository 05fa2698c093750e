"""Why an item stands in a list: read off the very sum that put it there, never made up afterwards.

The items of the history that added most are named; "behaviour" or "text" is whichever part of the sum was larger.
Where nothing in the history added anything, popularity placed the item, and that is what the reason says.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.api import RankedItem
from engine.serve.recommend.model import History, RecommendModel, SparseRows
from engine.serve.recommend.rank import Ranking

NAMED = 2
TITLE_CHARS = 80


class Contributions(NamedTuple):
    """float32, (ranked items, items of the history): what each added by behaviour and by text."""

    behaviour: NDArray[np.float32]
    text: NDArray[np.float32]


def contributions(model: RecommendModel, history: History, ranked: NDArray[np.int64]) -> Contributions:
    """Take the scores of some items apart; their sums over the history are the scores."""
    empty = np.zeros((len(ranked), len(history.items)), np.float32)
    return Contributions(
        _shares(model.behaviour, history, ranked, len(model.item_ids)),
        empty if model.text is None else _shares(model.text, history, ranked, len(model.item_ids)),
    )


def explained(model: RecommendModel, history: History, ranking: Ranking) -> tuple[RankedItem, ...]:
    """The ranking with titles and reasons."""
    if not ranking.personal:
        return tuple(
            _popular(model, int(place), float(score))
            for place, score in zip(ranking.items, ranking.scores, strict=True)
        )
    parts = contributions(model, history, ranking.items)
    return tuple(
        _reasoned(model, history, int(place), float(score), behaviour, text)
        for place, score, behaviour, text in zip(
            ranking.items, ranking.scores, parts.behaviour, parts.text, strict=True
        )
    )


def _shares(table: SparseRows, history: History, ranked: NDArray[np.int64], items: int) -> NDArray[np.float32]:
    row_of = np.full(items, -1, np.int32)
    row_of[ranked] = np.arange(len(ranked))
    position, targets, weights = table.gather(history.items)
    rows = row_of[targets]
    kept = rows >= 0
    shares = np.zeros((len(ranked), len(history.items)), np.float32)
    np.add.at(shares, (rows[kept], position[kept]), weights[kept] * history.strengths[position[kept]])
    return shares


def _reasoned(
    model: RecommendModel,
    history: History,
    place: int,
    score: float,
    behaviour: NDArray[np.float32],
    text: NDArray[np.float32],
) -> RankedItem:
    by_text = float(text.sum()) > float(behaviour.sum())
    part = text if by_text else behaviour
    leading = [int(i) for i in np.argsort(-part, kind="stable")[:NAMED] if part[i] > 0]
    if not leading:
        return _popular(model, place, score)
    if part[leading[-1]] < part[leading[0]] / 4:
        leading = leading[:1]
    because = [int(history.items[i]) for i in leading]
    named = " and ".join(f"“{_title(model, item)}”" for item in because)
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


def _popular(model: RecommendModel, place: int, score: float) -> RankedItem:
    count, people = int(model.popularity[place]), len(model.user_ids)
    reason = f"Chosen by {count:,} of {people:,} people." if count else "Nobody has chosen it yet."
    return RankedItem(
        item=model.item_ids[place], title=model.titles[place], score=round(score, 6), reason=reason, why="popular"
    )


def _title(model: RecommendModel, item: int) -> str:
    title = model.titles[item] or model.item_ids[item]
    return title if len(title) <= TITLE_CHARS else title[: TITLE_CHARS - 1] + "…"
