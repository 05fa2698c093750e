"""What stands around an opened recommender: facts of its items, its rules put to use, the encoder of its texts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.errors import UnknownName
from engine.host.context import Context
from engine.serve.recommend.facts import ItemFacts, no_facts, read_facts
from engine.serve.recommend.model import TASK, RecommendModel
from engine.serve.recommend.rules import Rules, apply_rules
from engine.store import datasets, packs, recommend

FACTS = "recommend facts"


def today() -> int:
    """Days since 1970, here."""
    return (dt.date.today() - dt.date(1970, 1, 1)).days


def facts_of(ctx: Context, model: RecommendModel) -> ItemFacts:
    """Facts as the item data set has them now; none where it is gone. Read once per version of the data set."""
    name = items_of(ctx, model.name)
    try:
        info = datasets.info(ctx.store, name) if name else None
    except UnknownName:
        info = None
    key = (FACTS, model.name)
    mark: tuple[Any, ...] = (len(model.item_ids), None if info is None else (info.name, info.version, info.created))
    held = ctx.cache.get(key)
    if held is not None and held[0] == mark:
        found: ItemFacts = held[1]
        return found
    found = no_facts(len(model.item_ids))
    if info is not None:
        found = read_facts(datasets.read_rows(ctx.store, info.name, "items"), model.item_index)
    ctx.cache[key] = (mark, found)
    return found


def items_of(ctx: Context, pack: str) -> str:
    """Name of the item data set that a pack was learned from; empty where it came from elsewhere."""
    current = next((one for one in packs.list_all(ctx.store, pack) if one.current and one.task == TASK), None)
    return str(current.manifest.get("data", {}).get("items", "")) if current else ""


def rules_of(ctx: Context, model: RecommendModel, facts: ItemFacts) -> Rules:
    """The rules of the pack, as they hold today."""
    return apply_rules(model, facts, recommend.rules(ctx.store, model.name), today())


def embedder(ctx: Context, model: RecommendModel) -> Callable[[list[str]], NDArray[np.float32]]:
    """Texts to vectors, by what made those of the items."""
    if model.texts_by == "lexical":
        from engine.language.lexical import lexical_vectors

        return lexical_vectors
    return ctx.bilingual.embed


def places_of(model: RecommendModel, items: tuple[str, ...]) -> NDArray[np.int64]:
    """Places of the ids that the model knows."""
    return np.array([model.item_index[item] for item in items if item in model.item_index], np.int64)
