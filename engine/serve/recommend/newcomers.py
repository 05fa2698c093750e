"""Weights of items that came after the last learning: by their texts alone, on the scale of the model as it is.

A learned text weight is  factor * max(cosine, 0) ** 4 * share(people of the target); the factor of a model is read off
its own weights (their median over the formula), so that a new item counts as a learned one without people would.
Sources are the nearest items that somebody chose; back from the new item lead the same pairs, so that items similar to
it are found too.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from engine.serve.recommend.model import Added, RecommendModel
from engine.serve.recommend.vectors import BLOCK, ItemVectors, shrink

POWER = 4.0
KEEP = 10
SAMPLE = 20_000
Dense = NDArray[np.float32]


def newcomers(model: RecommendModel, vectors: Dense, warm: float, cold: float, check: Callable[[], None]) -> Added:
    """Text weights from and to new items, whose places follow those of the model.

    Args:
        vectors: float32, (new items, dimension), rows of length one or zero, made as those of the model.
        warm, cold: shares of text for items that many and that no people chose.
        check: asked between blocks; may raise `Cancelled`.
    """
    assert model.vectors is not None
    near, like = nearest(model, vectors, model.popularity > 0, check)
    factor = text_factor(model, warm, cold)
    kept = like > 0
    new = np.repeat(np.arange(len(vectors), dtype=np.int32) + len(model.item_ids), near.shape[1]).reshape(near.shape)
    base = np.power(like[kept], np.float32(POWER)) * np.float32(factor)
    there, own = near[kept].astype(np.int32), new[kept]
    back = base * (warm + cold * cold_share(model.popularity[there]))
    return Added(
        len(vectors),
        np.concatenate([there, own]),
        np.concatenate([own, there]),
        np.concatenate([base * np.float32(warm + cold), back]).astype(np.float32),
        shrink(vectors),
    )


def nearest(
    model: RecommendModel, wanted: Dense, allowed: NDArray[np.bool_], check: Callable[[], None]
) -> tuple[NDArray[np.int64], Dense]:
    """The `KEEP` items of the model nearest to each wanted row: places and cosines, (wanted, up to KEEP), 0 where none
    is. Texts are compared as the model's adapter corrects them."""
    assert model.vectors is not None
    known = model.vectors
    if model.adapter is not None:
        wanted = model.adapter.of(wanted)
    places = np.zeros((len(wanted), KEEP), np.int64)
    best = np.zeros((len(wanted), KEEP), np.float32)
    for start in range(0, len(known.bytes), BLOCK):
        check()
        part = ItemVectors(known.bytes[start : start + BLOCK], known.scale[start : start + BLOCK])
        if model.adapter is None:
            like = np.maximum(part.cosines(wanted).T, 0)
        else:
            like = np.maximum(wanted @ model.adapter.of(part.of(np.arange(len(part.bytes)))).T, 0)
        like[:, ~allowed[start : start + BLOCK]] = 0
        width = min(KEEP, like.shape[1])
        top = np.argpartition(-like, width - 1, axis=1)[:, :width]
        values = np.concatenate([best, np.take_along_axis(like, top, axis=1)], axis=1)
        where = np.concatenate([places, top + start], axis=1)
        order = np.argsort(-values, axis=1, kind="stable")[:, :KEEP]
        best, places = np.take_along_axis(values, order, axis=1), np.take_along_axis(where, order, axis=1)
    return places, best


def text_factor(model: RecommendModel, warm: float, cold: float) -> float:
    """What the model multiplies its text weights with; the mean size of behaviour weights where it has none."""
    assert model.vectors is not None
    table = model.text
    if table is None or len(table.targets) == 0:
        size = np.abs(model.behaviour.weights)
        return float(size.mean()) if len(size) else 1.0
    rng = np.random.default_rng(0)
    entries = np.sort(rng.choice(len(table.targets), min(SAMPLE, len(table.targets)), replace=False))
    sources = np.searchsorted(table.starts, entries, side="right") - 1
    targets = table.targets[entries].astype(np.int64)
    from_, to = model.vectors.of(sources), model.vectors.of(targets)
    if model.adapter is not None:
        from_, to = model.adapter.of(from_), model.adapter.of(to)
    like = (from_ * to).sum(axis=1)
    expected = np.power(np.maximum(like, 0), POWER) * (warm + cold * cold_share(model.popularity[targets]))
    usable = expected > 1e-9
    if not usable.any():
        return float(np.median(table.weights[entries]))
    return float(np.median(table.weights[entries][usable] / expected[usable]))


def cold_share(popularity: Dense) -> Dense:
    """As in learning: 1 for an item without people, falling fast; (items,)."""
    return (1 / (1 + popularity) ** 2).astype(np.float32)


def merged(before: Added | None, new: Added) -> Added:
    """Items that were added earlier, and those of now."""
    if before is None:
        return new
    return Added(
        before.items + new.items,
        np.concatenate([before.source, new.source]),
        np.concatenate([before.target, new.target]),
        np.concatenate([before.weight, new.weight]),
        before.vectors.joined(new.vectors),
    )
