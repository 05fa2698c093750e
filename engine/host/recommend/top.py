"""The list for one person, one history or one wish: rules, dismissals, what-if, and the record of what was shown."""

from __future__ import annotations

import secrets
from random import Random
from typing import NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from engine.api import RankedItem, RankedItems, RecommendTop
from engine.errors import UnknownName, UsageError
from engine.host.context import Context
from engine.host.recommend.around import embedder, facts_of, places_of, rules_of
from engine.host.recommend.opened import examples, opened, user_place
from engine.serve.recommend.explore import EXPLORE_MOST, explored, width
from engine.serve.recommend.facts import ItemFacts
from engine.serve.recommend.lists import make_list
from engine.serve.recommend.model import TASK, History, RecommendModel
from engine.serve.recommend.rules import DIVERSITY, Rules
from engine.serve.recommend.search import search_items
from engine.store import packs, recommend

HISTORY_TOLD = 200


class Asker(NamedTuple):
    """Who a list is for. `unknown`: ids of a typed history that the model does not know."""

    user: str
    history: History
    typed: tuple[str, ...]
    unknown: tuple[str, ...]
    dismissed: NDArray[np.int64]


def top(ctx: Context, request: RecommendTop, k: int) -> RankedItems:
    """Answer the request.

    Raises:
        UnknownName: nobody of that name, or no item of the history is known.
        UsageError: a setting is out of range, or person and history are both given.
    """
    model = opened(ctx, request.pack)
    facts = facts_of(ctx, model)
    rules = with_diversity(rules_of(ctx, model, facts), request.diversity)
    if not 0 <= request.explore <= EXPLORE_MOST:
        raise UsageError(reason=f"The share to explore is between 0 and {EXPLORE_MOST:g}, not {request.explore:g}.")
    if request.explore and not request.record:
        raise UsageError(reason="Exploring needs the list to be recorded: without a record it teaches nothing.")
    who = asker(ctx, model, request)
    profile = rules.profile(who.history)
    if request.text.strip():
        if request.record:
            raise UsageError(reason="A list for words cannot be recorded; record lists for people and histories.")
        found = search_items(
            model, facts, request.text, who.history, k, rules, embedder(ctx, model), exclude=who.dismissed
        )
        return RankedItems(found.items, who.unknown, found.understood, history=told(model, profile))
    if not request.record:
        items = make_list(model, who.history, k, rules, facts, exclude=who.dismissed)
        return RankedItems(items, who.unknown, history=told(model, profile))
    items, number = _recorded(ctx, model, who, k, rules, facts, request.explore)
    return RankedItems(items, who.unknown, shown=number, history=told(model, profile))


def asker(ctx: Context, model: RecommendModel, request: RecommendTop) -> Asker:
    """Who asks, with what is taken out of their history."""
    nobody = np.empty(0, np.int64)
    if request.user is not None and request.history:
        raise UsageError(reason="Give a person or a history, not both.")
    if request.user is not None:
        history = model.history(user_place(model, request.user))
        dismissed = places_of(model, recommend.dismissed(ctx.store, model.name, request.user.strip()))
        found = Asker(request.user.strip(), history, (), (), dismissed)
    else:
        asked = tuple(item.strip() for item in request.history if item.strip())
        unknown = tuple(item for item in asked if item not in model.item_index)
        if asked and len(unknown) == len(asked) and not request.text.strip():
            raise UnknownName(what=f"item in {model.name}", name=", ".join(unknown[:5]), known=examples(model.item_ids))
        history = model.history_of([model.item_index[item] for item in asked if item in model.item_index])
        found = Asker("", history, asked, unknown, nobody)
    if not request.without:
        return found
    missing = [item for item in request.without if item.strip() not in model.item_index]
    if missing:
        raise UnknownName(what=f"item in {model.name}", name=", ".join(missing[:5]), known=examples(model.item_ids))
    kept = ~np.isin(history.items, places_of(model, tuple(item.strip() for item in request.without)))
    return found._replace(history=history.kept(kept))


def with_diversity(rules: Rules, wanted: str | None) -> Rules:
    """The rules with another setting for this list alone."""
    if wanted is None:
        return rules
    if wanted not in DIVERSITY:
        raise UsageError(reason=f"Diversity is one of {', '.join(DIVERSITY)}, not “{wanted}”.")
    from dataclasses import replace

    return replace(rules, diversity=wanted)


def told(model: RecommendModel, profile: History) -> tuple[tuple[str, str], ...]:
    """The history that counted, for a person to look at."""
    places = profile.items[profile.strengths != 0][:HISTORY_TOLD].tolist()
    return tuple((model.item_ids[place], model.titles[place]) for place in places)


def _recorded(
    ctx: Context, model: RecommendModel, who: Asker, k: int, rules: Rules, facts: ItemFacts, explore: float
) -> tuple[tuple[RankedItem, ...], int]:
    pool = make_list(model, who.history, width(k) if explore else k, rules, facts, exclude=who.dismissed)
    chosen = explored(pool, k, explore, Random(secrets.randbits(64)), pinned=len(rules.pinned))
    items = tuple(
        msgspec.structs.replace(one.item, why="explored", reason=f"By lot, to learn from: {one.item.reason}")
        if one.by_lot
        else one.item
        for one in chosen
    )
    with ctx.store.write() as connection:
        number = recommend.start_list(
            connection, model.name, packs.current_version(ctx.store, model.name, TASK), user=who.user, history=who.typed
        )
        recommend.add_shown(
            connection, number,
            [recommend.Shown(place, one.item.item, one.chance) for place, one in enumerate(chosen, 1)],
        )  # fmt: skip
    return items, number
