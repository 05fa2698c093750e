"""From two data sets to a stored version of a recommender."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any, NamedTuple

import msgspec
import numpy as np

from engine.api import Control, EventType, RecommenderFitted
from engine.host.context import Context
from engine.host.recommend.data import Catalogue, read_catalogue, read_events, text_vectors
from engine.host.recommend.memory import need_mb
from engine.serve.recommend.adapter import ADAPTER
from engine.serve.recommend.model import TASK, pack_files
from engine.serve.recommend.order import ORDER, order_file
from engine.serve.recommend.ranker import RANKER
from engine.serve.recommend.vectors import VECTORS, vector_file
from engine.train.recommend.fit import Events, FitResult, FitSpec
from engine.train.recommend.interactions import Interactions
from engine.train.recommend.sequence import places_back

FORMAT = 1
IDLE_S = 900.0
"""One step of the algebra on the largest data may be silent for minutes on a slow machine."""
MEMORY_MB = 2400.0
LEAST_MEMORY_MB = 400.0


class Learned(msgspec.Struct, frozen=True):
    """A version that is not stored yet; `result.version` is 0."""

    files: dict[str, bytes]
    manifest: dict[str, Any]
    result: RecommenderFitted

    def manifest_as(self, version: int) -> dict[str, Any]:
        """The manifest with the number that the version got."""
        return self.manifest | {"report": self.manifest["report"] | {"version": version}}


class Source(NamedTuple):
    """What to learn from, and the names of the data sets that it comes from."""

    catalogue: Catalogue
    found: Interactions
    items: str
    events: str
    weights: Mapping[str, float] = {}


def read_source(
    ctx: Context, items: str, events: str, ctl: Control, weights: Mapping[str, float] | None = None
) -> Source:
    """Read both data sets; `weights` of types of events where others than usual are wanted.

    Raises:
        UnknownName, DataUnusable.
    """
    catalogue = read_catalogue(ctx, items, ctl)
    found = read_events(ctx, events, catalogue, ctl, weights)
    return Source(catalogue, found, items, events, dict(weights or {}))


def learn(
    ctx: Context, pack: str, source: Source, *, seed: int, max_minutes: float | None, ctl: Control, began: float
) -> Learned:
    """Fit. Texts become vectors here, where the encoder is; the algebra runs in a worker, which gets numbers alone.

    Args:
        began: `time.monotonic()` from which `max_minutes` counts.
    Raises:
        InputError: there is nothing to learn from.
        MemoryShort, Cancelled.
    """
    catalogue, found = source.catalogue, source.found
    vectors, texts_by = text_vectors(ctx, catalogue, ctl)
    left_s = None if max_minutes is None else max(1.0, max_minutes * 60 - (time.monotonic() - began))
    memory_mb = memory_allowed_mb()
    spec = FitSpec(
        events=numbers(found, len(catalogue.ids)),
        vectors=b"" if vectors is None else vectors.tobytes(),
        seed=seed,
        max_seconds=left_s,
        memory_mb=memory_mb,
        **_facts(catalogue),
    )
    kept = {} if vectors is None else {VECTORS: vector_file(vectors)}
    del vectors
    fitted: FitResult = ctx.workers.run(
        "fit_recommender", spec, ctl, title=f"Learn {pack}", idle_s=IDLE_S, memory_mb=memory_mb + 800,
        needs_mb=need_mb(len(found.users), len(catalogue.ids), memory_mb),
    )  # fmt: skip
    result = RecommenderFitted(
        pack=pack,
        version=0,
        users=len(found.users),
        items=len(catalogue.ids),
        events=found.events,
        seconds=round(time.monotonic() - began, 2),
        peak_mb=round(fitted.peak_mb, 1),
        metrics=fitted.metrics,
        warnings=(*catalogue.warnings, *found.warnings(), *fitted.notes),
        cleaned=found.cleaned,
        types={kind: EventType(count, weight) for kind, (count, weight) in found.types.items()},
    )
    files = pack_files(
        fitted.arrays, catalogue.ids, catalogue.titles, found.users, found.user, found.item, found.strength
    )
    files |= kept
    if fitted.ranker:
        files[RANKER] = fitted.ranker
    if fitted.adapter:
        files[ADAPTER] = fitted.adapter
    if fitted.setting.next_weight:
        files[ORDER] = order_file(places_back(found.user, found.times))
    ours = fitted.metrics.get("model")
    manifest = {
        "format": FORMAT,
        "task": TASK,
        "data": {"items": source.items, "events": source.events},
        "seed": seed,
        "max_minutes": max_minutes,
        "weights": dict(source.weights),
        "texts": texts_by,
        "ranker_gain": round(fitted.ranker_gain, 4),
        "setting": msgspec.to_builtins(fitted.setting),
        "baselines": msgspec.to_builtins(fitted.baselines),
        "metrics": msgspec.to_builtins(ours) if ours else {},
        "report": msgspec.to_builtins(result),
    }
    return Learned(files, manifest, result)


def _facts(catalogue: Catalogue) -> dict[str, Any]:
    """Prices and categories as the worker takes them."""
    facts = catalogue.facts
    if facts is None:
        return {}
    return {
        "price": facts.price.astype(np.float32).tobytes(),
        "category_starts": facts.category_starts.astype(np.int64).tobytes(),
        "category_places": facts.category_places.astype(np.int32).tobytes(),
        "categories": len(facts.category_names),
    }


def numbers(found: Interactions, items: int) -> Events:
    """Merged events as the worker takes them."""
    return Events(
        users=len(found.users),
        items=items,
        user=found.user.tobytes(),
        item=found.item.tobytes(),
        strength=found.strength.tobytes(),
        time=b"" if np.isnan(found.times).all() else found.times.tobytes(),
    )


def memory_allowed_mb() -> float:
    """What a fit may plan with: two thirds of what is free, at most `MEMORY_MB`."""
    import psutil

    free = float(psutil.virtual_memory().available) / 2**20
    return max(LEAST_MEMORY_MB, min(MEMORY_MB, free * 2 / 3))
