"""Recommendation: learn, rank for one person or a file of them, similar items, forget, evaluate."""

from __future__ import annotations

import time
from pathlib import Path

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
    UserForgotten,
)
from engine.errors import FileUnusable, UnknownName, UsageError
from engine.host.context import Context
from engine.host.recommend.evaluate import evaluate
from engine.host.recommend.forget import forget
from engine.host.recommend.learn import learn, read_source
from engine.host.recommend.lists_file import ListsWriter, Strangers
from engine.host.recommend.opened import dropped, examples, item_place, opened, user_place
from engine.host.registry import handles
from engine.ingest.import_table import path_bytes
from engine.ingest.read_people import People as PeopleBatch
from engine.ingest.read_people import PeopleRead, PeopleSpec
from engine.serve.recommend.model import TASK
from engine.serve.recommend.rank import rank_items
from engine.serve.recommend.reasons import explained
from engine.serve.recommend.similar import similar_items
from engine.store import packs

K_MAX = 1000
LISTED_MAX = 1000
CHECK_EVERY = 20


@handles(FitRecommender)
def fit_recommender(ctx: Context, request: FitRecommender, ctl: Control) -> RecommenderFitted:
    if request.max_minutes is not None and request.max_minutes <= 0:
        raise UsageError(reason=f"The time allowed is more than 0 minutes, not {request.max_minutes:g}.")
    began = time.monotonic()
    source = read_source(ctx, request.items, request.events, ctl)
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
    k = _checked(request.k)
    model = opened(ctx, request.pack)
    if request.user is not None and request.history:
        raise UsageError(reason="Give a person or a history, not both.")
    if request.user is not None:
        history = model.history(user_place(model, request.user))
        return RankedItems(explained(model, history, rank_items(model, history, k)))
    asked = tuple(item.strip() for item in request.history if item.strip())
    unknown = tuple(item for item in asked if item not in model.item_index)
    if asked and len(unknown) == len(asked):
        raise UnknownName(what=f"item in {model.name}", name=", ".join(unknown[:5]), known=examples(model.item_ids))
    history = model.history_of([model.item_index[item] for item in asked if item in model.item_index])
    return RankedItems(explained(model, history, rank_items(model, history, k)), unknown)


@handles(RecommendFile)
def recommend_file(ctx: Context, request: RecommendFile, ctl: Control) -> FileRecommended:
    began = time.monotonic()
    k = _checked(request.k)
    model = opened(ctx, request.pack)
    strangers = Strangers(model.name)
    with ListsWriter(Path(request.output).expanduser()) as out:

        def answer(batch: PeopleBatch) -> None:
            for done, (line, user) in enumerate(zip(batch.lines, batch.users, strict=True)):
                if done % CHECK_EVERY == 0:
                    ctl.check()
                place = model.user_index.get(user)
                if place is None:
                    strangers.add(line, user)
                    continue
                history = model.history(place)
                out.write(user, explained(model, history, rank_items(model, history, k)))

        spec = PeopleSpec(path_bytes(request.input))
        read: PeopleRead = ctx.workers.run("read_people", spec, ctl, title=request.input, on_item=answer)
        if out.count == 0:
            raise FileUnusable(path=request.input, reason=f"none of its people is known to {model.name}.")
    rejected = sorted((*read.rejected, *strangers.rejected), key=lambda row: row.line)[:100]
    return FileRecommended(
        output=str(out.path),
        users=out.count,
        rejected_count=read.rejected_count + strangers.count,
        rejected=tuple(rejected),
        seconds=round(time.monotonic() - began, 3),
    )


@handles(SimilarItems)
def similar(ctx: Context, request: SimilarItems, _ctl: Control) -> RankedItems:
    k = _checked(request.k)
    model = opened(ctx, request.pack)
    return RankedItems(similar_items(model, item_place(model, request.item), k))


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
