"""Two versions held against the lists that were shown."""

from __future__ import annotations

import numpy as np

from engine.api import Control, ReplayVersions, VersionsReplayed
from engine.errors import DataUnusable, UsageError
from engine.host.context import Context
from engine.host.recommend.around import facts_of, places_of, rules_of
from engine.serve.recommend.lists import choose
from engine.serve.recommend.model import TASK, RecommendModel, open_model
from engine.serve.recommend.replay import Logged, Sums, difference, estimate, verdict, weigh
from engine.store import packs, recommend

CHECK_EVERY = 50


def replay(ctx: Context, request: ReplayVersions, ctl: Control) -> VersionsReplayed:
    """Rank for every recorded list again, with both versions.

    Raises:
        UnknownName: no such pack or version.
        UsageError: the same version twice, or a clip below 1.
        DataUnusable: no list was recorded with its chances.
    """
    if request.first == request.second:
        raise UsageError(reason=f"Two versions are compared, not version {request.first} with itself.")
    if request.clip < 1:
        raise UsageError(reason=f"The largest weight is at least 1, not {request.clip:g}.")
    stored = [packs.load(ctx.store, request.pack, number, TASK) for number in (request.first, request.second)]
    shown = [one for one in recommend.all_lists(ctx.store, request.pack) if one.places]
    usable = [one for one in shown if all(place.chance for place in one.places)]
    if not usable:
        raise DataUnusable(
            name=request.pack,
            reason="no list was recorded with the chances of its places; record lists, and let some places explore.",
        )
    logs = [
        Logged(
            tuple(place.item for place in one.places),
            tuple(float(place.chance or 1) for place in one.places),
            tuple(bool(place.clicked) for place in one.places),
        )
        for one in usable
    ]
    sums: list[Sums] = []
    for number, pack in enumerate(stored):
        model = open_model(request.pack, pack.files, pack.manifest)
        lists = []
        for done, one in enumerate(usable):
            if done % CHECK_EVERY == 0:
                ctl.report(done + number * len(usable), 2 * len(usable), "rank")
            lists.append(_would_show(ctx, model, one))
        sums.append(weigh(logs, lists, request.clip))
    places = sum(len(log.items) for log in logs)
    clicks = sum(sum(log.clicks) for log in logs)
    first, _ = estimate(request.first, sums[0], places, np.random.default_rng(request.seed))
    second, _ = estimate(request.second, sums[1], places, np.random.default_rng(request.seed))
    low, high = difference(sums[0], sums[1], request.seed)
    enough, words = verdict(first, second, low, high, len(logs))
    notes = []
    if left_out := len(shown) - len(usable):
        notes.append(f"Lists left out, since they were recorded without chances: {left_out:,}.")
    if not any(chance < 1 for log in logs for chance in log.chances):
        notes.append("Nothing was left to chance in these lists: only places where a version shows the same count.")
    last = max(one.time for one in usable)
    notes += [
        f"Version {pack.version} was learned after some of these lists were shown and may know their clicks."
        for pack in stored
        if (pack.created > min(one.time for one in usable) and pack.created <= last) or pack.created > last
    ]
    return VersionsReplayed(
        pack=request.pack, lists=len(logs), places=places, clicks=clicks,
        logged_rate=round(clicks / max(places, 1), 6), first=first, second=second,
        difference=round(second.snips - first.snips, 6), difference_low=round(low, 6), difference_high=round(high, 6),
        enough=enough, verdict=words, notes=tuple(notes),
    )  # fmt: skip


def _would_show(ctx: Context, model: RecommendModel, one: recommend.ShownList) -> tuple[str, ...]:
    """What this version would have put into the places, with the rules of today. What was in the list is taken out of
    the history: it may have come there by the very clicks that are counted."""
    facts = facts_of(ctx, model)
    items = {place.item for place in one.places}
    user = model.user_index.get(one.user) if one.user else None
    if user is not None:
        history = model.history(user)
        kept = ~np.isin(history.items, places_of(model, tuple(items)))
        history = history.kept(kept)
    else:
        history = model.history_of([model.item_index[item] for item in one.history if item in model.item_index])
    rules = rules_of(ctx, model, facts)
    ranking = choose(model, rules.profile(history), len(one.places), rules, facts)
    return tuple(model.item_ids[place] for place in ranking.items)
