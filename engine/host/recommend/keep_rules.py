"""The table of rules of a pack: shown, added to, taken from."""

from __future__ import annotations

from engine.api import RecommendRule, RecommendRules
from engine.errors import UnknownName
from engine.host.context import Context
from engine.host.recommend.around import facts_of, rules_of
from engine.host.recommend.opened import item_place, opened
from engine.serve.recommend.rules import KINDS, ONE_VALUE, checked_rule
from engine.store import recommend


def shown(ctx: Context, pack: str) -> RecommendRules:
    """Raises `UnknownName`, `PackUnusable`."""
    model = opened(ctx, pack)
    facts = facts_of(ctx, model)
    rules = rules_of(ctx, model, facts)
    hidden = 0 if rules.allowed is None else int((~rules.allowed).sum())
    return RecommendRules(pack, recommend.rules(ctx.store, pack), rules.unknown, facts.category_names, hidden)


def add(ctx: Context, pack: str, kind: str, value: str) -> RecommendRules:
    """Add a rule about something that the pack knows.

    Raises:
        UnknownName: of the item or the category.
        UsageError: there is no such rule, or the value does not suit it.
    """
    model = opened(ctx, pack)
    rule = checked_rule(kind, value)
    if rule.kind in ("exclude", "pin"):
        item_place(model, rule.value)
    if rule.kind == "sensitive":
        facts = facts_of(ctx, model)
        place = facts.category_index.get(rule.value.casefold())
        if place is None:
            names = ", ".join(facts.category_names[:10]) or "none; the item data set has no column with categories"
            raise UnknownName(what="category", name=rule.value, known=names)
        rule = RecommendRule(rule.kind, facts.category_names[place])
    recommend.add_rule(ctx.store, pack, rule, alone=rule.kind in ONE_VALUE)
    return shown(ctx, pack)


def remove(ctx: Context, pack: str, kind: str, value: str) -> RecommendRules:
    """Raises `UnknownName`: there is no such rule."""
    opened(ctx, pack)
    kind = kind.strip().casefold().replace("-", "_")
    if not recommend.remove_rules(ctx.store, pack, kind, value.strip()):
        there = recommend.rules(ctx.store, pack)
        known = ", ".join(f"{rule.kind} {rule.value}" for rule in there) or f"none yet (kinds: {', '.join(KINDS)})"
        raise UnknownName(what=f"rule of {pack}", name=f"{kind} {value}".strip(), known=known)
    return shown(ctx, pack)
