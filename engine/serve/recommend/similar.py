"""Items like one item: what would be offered to somebody who chose that alone."""

from __future__ import annotations

from engine.api import RankedItem
from engine.serve.recommend.facts import ItemFacts
from engine.serve.recommend.lists import finished
from engine.serve.recommend.model import RecommendModel
from engine.serve.recommend.rank import Ranking, rank_items
from engine.serve.recommend.reasons import explained
from engine.serve.recommend.rules import Rules


def similar_items(
    model: RecommendModel, item: int, k: int, rules: Rules | None = None, facts: ItemFacts | None = None
) -> tuple[RankedItem, ...]:
    """Best first; only items that behaviour or text ties to this one, so possibly fewer than `k`, or none. Of the rules
    those count that hide items."""
    history = model.history_of([item])
    ranking = rank_items(model, history, k, allowed=rules.allowed if rules else None)
    tied = ranking.scores > 0
    found = explained(model, history, Ranking(ranking.items[tied], ranking.scores[tied], personal=True), facts)
    return finished(model, facts, found, Rules())
