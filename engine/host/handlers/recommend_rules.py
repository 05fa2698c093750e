"""Rules of recommenders, new items without learning anew, the map of the catalogue."""

from __future__ import annotations

from engine.api import (
    AddItems,
    AddRule,
    Control,
    ItemMap,
    ItemsAdded,
    ListRules,
    MapItems,
    RecommendRules,
    RemoveRule,
)
from engine.host.context import Context
from engine.host.recommend import keep_rules
from engine.host.recommend.add_items import add_items
from engine.host.recommend.map_items import map_items
from engine.host.registry import handles


@handles(ListRules)
def list_rules(ctx: Context, request: ListRules, _ctl: Control) -> RecommendRules:
    return keep_rules.shown(ctx, request.pack)


@handles(AddRule)
def add_rule(ctx: Context, request: AddRule, _ctl: Control) -> RecommendRules:
    return keep_rules.add(ctx, request.pack, request.kind, request.value)


@handles(RemoveRule)
def remove_rule(ctx: Context, request: RemoveRule, _ctl: Control) -> RecommendRules:
    return keep_rules.remove(ctx, request.pack, request.kind, request.value)


@handles(AddItems)
def add_new_items(ctx: Context, request: AddItems, ctl: Control) -> ItemsAdded:
    return add_items(ctx, request.pack, request.input, ctl)


@handles(MapItems)
def map_of_items(ctx: Context, request: MapItems, ctl: Control) -> ItemMap:
    return map_items(ctx, request.pack, request.most, ctl)
