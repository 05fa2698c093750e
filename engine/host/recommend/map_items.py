"""The map of a catalogue: the items that most people chose, laid out in a worker."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.api import Control, ItemMap, MapGroup, MapPoint
from engine.errors import DataUnusable, UsageError
from engine.host.context import Context
from engine.host.recommend.around import facts_of, rules_of
from engine.host.recommend.opened import opened
from engine.serve.recommend.layout import Laid, LayoutSpec
from engine.serve.recommend.model import RecommendModel

MOST = 5000
IDLE_S = 120.0
MEMORY_MB = 1200.0
PEOPLE_DIMENSIONS = 64


def map_items(ctx: Context, pack: str, most: int, ctl: Control) -> ItemMap:
    """Lay out up to `most` items; sensitive ones and others that are never shown stay off the map.

    Raises:
        UnknownName, PackUnusable, DataUnusable: nothing is known that items could be near by.
    """
    if not 10 <= most <= MOST:
        raise UsageError(reason=f"A map has 10 to {MOST:,} items, not {most:,}.")
    model = opened(ctx, pack)
    facts = facts_of(ctx, model)
    allowed = rules_of(ctx, model, facts).allowed
    places = model.by_popularity
    if allowed is not None:
        places = places[allowed[places]]
    vectors, kept, by = _vectors(model, places[:most])
    if len(kept) < 2:
        raise DataUnusable(name=pack, reason="too little is known about its items to say which are near each other.")
    words = tuple(f"{model.titles[i]} {' '.join(facts.categories_of(int(i)))}" for i in kept)
    spec = LayoutSpec(np.ascontiguousarray(vectors, np.float32).tobytes(), words)
    laid: Laid = ctx.workers.run("map_items", spec, ctl, title=pack, idle_s=IDLE_S, memory_mb=MEMORY_MB)
    where = np.frombuffer(laid.places, np.float32).reshape(-1, 2)
    groups = np.frombuffer(laid.groups, np.int32)
    points = tuple(
        MapPoint(
            model.item_ids[item], model.titles[item], round(float(x), 4), round(float(y), 4), int(group),
            int(model.popularity[item]),
        )
        for item, (x, y), group in zip(kept.tolist(), where, groups, strict=True)
    )  # fmt: skip
    named = []
    for number, name in enumerate(laid.names):
        own = where[groups == number]
        middle = np.median(own, axis=0)
        named.append(MapGroup(name, round(float(middle[0]), 4), round(float(middle[1]), 4), len(own)))
    return ItemMap(by, points, tuple(named), len(model.item_ids) - len(kept))


def _vectors(model: RecommendModel, places: NDArray[np.int64]) -> tuple[NDArray[np.float32], NDArray[np.int64], str]:
    """Rows of length one, the items they are of, and what they say."""
    if model.vectors is not None:
        kept = places[model.vectors.scale[places] > 0]
        return model.vectors.of(kept), kept, "text"
    # Without texts: items are near that the same people chose, by random projections of the lists of people.
    starts, people = model.people_of
    rng = np.random.default_rng(0)
    directions = rng.standard_normal((len(model.user_ids), PEOPLE_DIMENSIONS)).astype(np.float32)
    kept = places[(starts[places + 1] - starts[places]) > 0]
    rows = [directions[people[starts[item] : starts[item + 1]]].sum(axis=0) for item in kept]
    found = np.array(rows, np.float32).reshape(len(kept), PEOPLE_DIMENSIONS)
    return found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9), kept, "behaviour"
