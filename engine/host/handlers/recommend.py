"""Recommendation: learn, rank for one person or a file of them, similar items, forget, evaluate."""

from __future__ import annotations

import time

import msgspec

from engine.api import (
    Control,
    EvaluateRecommender,
    FileRecommended,
    FitRecommender,
    ForgetUser,
    ListPeople,
    People,
    RankedItems,
    RecommenderEvaluated,
    RecommenderFitted,
    RecommendFile,
    RecommendTop,
    SimilarItems,
    TogetherItems,
    UserForgotten,
)
from engine.errors import UsageError
from engine.host.context import Context
from engine.host.recommend.around import facts_of, rules_of
from engine.host.recommend.evaluate import evaluate
from engine.host.recommend.everybody import recommend_all
from engine.host.recommend.forget import forget
from engine.host.recommend.learn import learn, read_source
from engine.host.recommend.opened import dropped, item_place, opened
from engine.host.recommend.top import top
from engine.host.registry import handles
from engine.serve.recommend.lists import finished
from engine.serve.recommend.model import TASK
from engine.serve.recommend.rules import Rules
from engine.serve.recommend.similar import similar_items
from engine.serve.recommend.together import bundle, chosen_together
from engine.store import packs

K_MAX = 1000
LISTED_MAX = 1000


@handles(FitRecommender)
def fit_recommender(ctx: Context, request: FitRecommender, ctl: Control) -> RecommenderFitted:
    if request.max_minutes is not None and request.max_minutes <= 0:
        raise UsageError(reason=f"The time allowed is more than 0 minutes, not {request.max_minutes:g}.")
    began = time.monotonic()
    if outside := [kind for kind, weight in request.weights.items() if not -1 <= weight <= 1]:
        raise UsageError(reason=f"The weight of {outside[0]} is between -1 and 1, not {request.weights[outside[0]]:g}.")
    source = read_source(ctx, request.items, request.events, ctl, request.weights)
    learned = learn(ctx, request.pack, source, seed=request.seed, max_minutes=request.max_minutes, ctl=ctl, began=began)
    ctl.check()
    with ctx.store.write():
        # A new fit follows new data, on which the old version was never measured: it is put to use at once, and
        # the one before can be rolled back to. Saving and the number in the report belong together.
        version = packs.save_version(ctx.store, request.pack, TASK, learned.files, learned.manifest, promote=True)
        packs.replace_files(ctx.store, request.pack, version, learned.files, learned.manifest_as(version))
    dropped(ctx, request.pack)
    return msgspec.structs.replace(learned.result, version=version)


@handles(RecommendTop)
def recommend_top(ctx: Context, request: RecommendTop, _ctl: Control) -> RankedItems:
    return top(ctx, request, _checked(request.k))


@handles(RecommendFile)
def recommend_file(ctx: Context, request: RecommendFile, ctl: Control) -> FileRecommended:
    return recommend_all(ctx, request, _checked(request.k), ctl)


@handles(SimilarItems)
def similar(ctx: Context, request: SimilarItems, _ctl: Control) -> RankedItems:
    k = _checked(request.k)
    model = opened(ctx, request.pack)
    facts = facts_of(ctx, model)
    rules = rules_of(ctx, model, facts)
    return RankedItems(similar_items(model, item_place(model, request.item), k, rules, facts))


@handles(TogetherItems)
def together(ctx: Context, request: TogetherItems, _ctl: Control) -> RankedItems:
    k = _checked(request.k)
    model = opened(ctx, request.pack)
    if not request.items:
        raise UsageError(reason="Name at least one item.")
    places = list(dict.fromkeys(item_place(model, item) for item in request.items))
    facts = facts_of(ctx, model)
    rules = rules_of(ctx, model, facts)
    found = bundle(model, places[0], k, rules) if request.bundle else chosen_together(model, places, k, rules)
    return RankedItems(finished(model, facts, found, Rules()))


@handles(ListPeople)
def list_people(ctx: Context, request: ListPeople, _ctl: Control) -> People:
    model = opened(ctx, request.pack)
    query, limit = request.query.strip().casefold(), max(0, min(request.limit, LISTED_MAX))
    if request.what not in ("users", "items"):
        raise UsageError(reason=f"What to list is “users” or “items”, not “{request.what}”.")
    found: list[tuple[str, str]] = []
    if request.what == "users":
        for place, user in enumerate(model.user_ids):
            if len(found) >= limit:
                break
            if query in user.casefold():
                found.append((user, str(model.history_starts[place + 1] - model.history_starts[place])))
    else:
        for item, title in zip(model.item_ids, model.titles, strict=True):
            if len(found) >= limit:
                break
            if query in item.casefold() or query in title.casefold():
                found.append((item, title))
    return People(tuple(found))


@handles(ForgetUser)
def forget_user(ctx: Context, request: ForgetUser, ctl: Control) -> UserForgotten:
    return forget(ctx, request.pack, request.user, ctl)


@handles(EvaluateRecommender)
def evaluate_recommender(ctx: Context, request: EvaluateRecommender, ctl: Control) -> RecommenderEvaluated:
    return evaluate(ctx, request.pack, request.holdout, request.baselines, ctl)


def _checked(k: int) -> int:
    if not 1 <= k <= K_MAX:
        raise UsageError(reason=f"A list has 1 to {K_MAX} items, not {k}.")
    return k
