"""Items like one item: what would be offered to somebody who chose that alone."""

from __future__ import annotations

from engine.api import RankedItem
from engine.serve.recommend.model import RecommendModel
from engine.serve.recommend.rank import Ranking, rank_items
from engine.serve.recommend.reasons import explained


def similar_items(model: RecommendModel, item: int, k: int) -> tuple[RankedItem, ...]:
    """Best first; only items that behaviour or text ties to this one, so possibly fewer than `k`, or none."""
    history = model.history_of([item])
    ranking = rank_items(model, history, k)
    tied = ranking.scores > 0
    return explained(model, history, Ranking(ranking.items[tied], ranking.scores[tied], personal=True))
