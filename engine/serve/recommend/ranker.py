"""A second look at the best of the blend: boosted trees over the parts of the score and what is known of the item.

Trees are kept as arrays and walked here, so that serving needs no library for them. Every part of the score may only
raise a candidate (monotone trees), and the blend's own score is added with a share of its own: taking away the cause
of a score lowers it. Items that nobody chose keep their places among the others: in what the trees learned from,
nobody could have chosen them, so trees would put them last.

Features of a candidate, in this order (`FEATURES`):
    behaviour, text, next    the parts of the blend
    known, lately, age       log of how many chose it, of that with decay, and of the days since its first event
    price_gap                difference of log prices, to the mean of the history; -1 where unknown
    category                 share of the history that is in one of its categories; -1 where it has none
    season                   log of how much more this month is its month than everything's; 0 where events are of less
                             than a year
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Mapping

RANKER = "ranker.npz"
POOL = 100
FEATURES = ("behaviour", "text", "next", "known", "lately", "age", "price_gap", "category", "season")
MONOTONE = (1, 1, 1, 0, 0, 0, 0, 1, 0)
UNKNOWN_MONTH = -1
BLEND_SHARE = 0.05
"""Of the blend's score, spread to 1, beside the trees: keeps the order strict where trees see no difference."""

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Goods:
    """What is known of items, each (items,): float32 logs, `price` NaN where unknown; categories by rows; `season`
    (items, 12), None where the events do not span a year."""

    known: Floats
    lately: Floats
    age: Floats
    price: Floats
    category_starts: NDArray[np.int64]
    category_places: NDArray[np.int32]
    categories: int
    season: Floats | None = None

    def features(
        self, places: NDArray[np.int64], history: NDArray[np.int64], parts: Floats, month: int = UNKNOWN_MONTH
    ) -> Floats:
        """(candidates, features).

        Args:
            places: candidates. history: items that the person chose. parts: (candidates, 3), parts of the score.
            month: 0 to 11, in which the list is made.
        """
        season = np.zeros(len(places), np.float32)
        if self.season is not None and month != UNKNOWN_MONTH:
            season = self.season[places, month]
        prices = self.price[history]
        prices = prices[~np.isnan(prices)]
        gap = np.full(len(places), -1.0, np.float32)
        if len(prices):
            gap = np.nan_to_num(np.abs(self.price[places] - prices.mean()), nan=-1.0).astype(np.float32)
        return np.column_stack(
            [
                parts,
                self.known[places],
                self.lately[places],
                self.age[places],
                gap,
                self._affinity(places, history),
                season,
            ]
        ).astype(np.float32)

    def widened(self, more: int) -> Goods:
        """With further items that nothing is known of."""
        nothing = np.zeros(more, np.float32)
        season = None if self.season is None else np.concatenate([self.season, np.zeros((more, 12), np.float32)])
        return Goods(
            np.concatenate([self.known, nothing]), np.concatenate([self.lately, nothing]),
            np.concatenate([self.age, nothing]), np.concatenate([self.price, np.full(more, np.nan, np.float32)]),
            np.concatenate([self.category_starts, np.full(more, self.category_starts[-1])]), self.category_places,
            self.categories, season,
        )  # fmt: skip

    def _affinity(self, places: NDArray[np.int64], history: NDArray[np.int64]) -> Floats:
        if self.categories == 0:
            return np.full(len(places), -1.0, np.float32)
        chosen, _ = self._of(history)
        mine = np.bincount(chosen, minlength=self.categories).astype(np.float32)
        mine /= max(1, len(history))
        own, counts = self._of(places)
        best = np.full(len(places), -1.0, np.float32)
        some = counts > 0
        if some.any():
            best[some] = np.maximum.reduceat(mine[own], (np.cumsum(counts) - counts)[some])
        return best

    def _of(self, places: NDArray[np.int64]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        """The categories of some items, one after the other, and how many each has."""
        starts = self.category_starts[places]
        counts = self.category_starts[places + 1] - starts
        within = np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts, counts)
        return self.category_places[np.repeat(starts, counts) + within], counts


@dataclass(frozen=True)
class Trees:
    """All trees, their nodes one after the other.

    Attributes:
        roots: int32, (trees,). feature: int16, (nodes,), -1 at a leaf. threshold: float64, left if not above it.
        left, right: int32, (nodes,). value: float64, (nodes,), of leaves. scale: spread of the blend's scores.
    """

    roots: NDArray[np.int32]
    feature: NDArray[np.int16]
    threshold: NDArray[np.float64]
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    value: NDArray[np.float64]
    scale: float

    def predict(self, features: Floats) -> NDArray[np.float64]:
        """(candidates,): the sum over all trees."""
        asked, children, depth = self._walk
        values = np.ascontiguousarray(features, np.float64).ravel()
        rows = np.arange(len(features), dtype=np.int64)[:, None] * features.shape[1]
        at = np.repeat(self.roots[None, :].astype(np.int64), len(features), axis=0)
        for _ in range(depth):
            # `take` reads several times faster than an index does.
            goes_right = values.take(rows + asked.take(at)) > self.threshold.take(at)
            at = children.take(2 * at + goes_right)
        found: NDArray[np.float64] = self.value.take(at).sum(axis=1)
        return found

    @cached_property
    def _walk(self) -> tuple[NDArray[np.int64], NDArray[np.int64], int]:
        """Features that are asked for, the children of each node side by side (a leaf stays at itself), the depth."""
        own = np.arange(len(self.feature), dtype=np.int64)
        inner = self.feature >= 0
        children = np.stack([np.where(inner, side, own) for side in (self.left, self.right)], axis=1)
        depth, level = 0, np.unique(self.roots)
        while len(level := level[inner[level]]):
            depth, level = depth + 1, np.unique(children[level])
        return np.maximum(self.feature, 0).astype(np.int64), children.ravel(), depth


@dataclass(frozen=True)
class Ranker:
    """Trees and what they need to know of items."""

    trees: Trees
    goods: Goods

    def scores(
        self, places: NDArray[np.int64], history: NDArray[np.int64], parts: Floats, month: int = UNKNOWN_MONTH
    ) -> Floats:
        """(candidates,), comparable within one list."""
        own = parts.sum(axis=1) / np.float32(self.trees.scale)
        new = self.goods.known[places] == 0
        if new.all():
            return np.asarray(own, np.float32)
        known = places[~new]
        found = np.empty(len(places), np.float64)
        table = self.goods.features(known, history, parts[~new], month)
        found[~new] = self.trees.predict(table) + BLEND_SHARE * own[~new]
        found[new] = between(own[new], own[~new], found[~new])
        return np.asarray(found, np.float32)


def between(blend: Floats, known: Floats, second: NDArray[np.float64]) -> NDArray[np.float64]:
    """Scores for items that nobody chose: as many known ones stay above each as there were before.

    Args:
        blend: (new,), `known`: (others,), scores of the blend; `second`: (others,), the new scores of the others.
    """
    before, after = np.sort(known.astype(np.float64)), np.sort(second)
    over, under = np.maximum(blend - before[-1], 0), np.minimum(blend - before[0], 0)
    found: NDArray[np.float64] = np.interp(blend, before, after) + over + under
    return found


def lifted(new: Floats, others: Floats) -> Floats:
    """Scores of looked-at candidates, moved so that all of them stay above 0 and above every other candidate."""
    if len(new) == 0:
        return new
    floor = max(float(others.max()) if len(others) else 0.0, 0.0) + 1e-3
    return np.asarray(new - new.min() + np.float32(floor), np.float32)


def ranker_file(ranker: Ranker) -> bytes:
    """The file of a pack."""
    trees, goods = ranker.trees, ranker.goods
    out = io.BytesIO()
    season = {} if goods.season is None else {"season": goods.season.astype(np.float16)}
    np.savez_compressed(
        out, allow_pickle=False, **season, roots=trees.roots, feature=trees.feature, threshold=trees.threshold,
        left=trees.left, right=trees.right, value=trees.value, scale=np.array([trees.scale]),
        known=goods.known, lately=goods.lately,
        age=goods.age, price=goods.price, category_starts=goods.category_starts,
        category_places=goods.category_places, categories=np.array([goods.categories]),
    )  # fmt: skip
    return out.getvalue()


def read_ranker(raw: bytes, items: int) -> Ranker:
    """Open it; raises `ValueError` where it does not fit `items` or itself."""
    with np.load(io.BytesIO(raw), allow_pickle=False) as arrays:
        found: Mapping[str, NDArray[Any]] = {name: np.asarray(arrays[name]) for name in arrays.files}
    nodes = len(found["feature"])
    inner = np.flatnonzero(found["feature"] >= 0)
    # A child always stands behind its parent, so that every walk ends.
    for side in ("left", "right"):
        children = found[side]
        if len(children) != nodes or (children[inner] <= inner).any() or (children[inner] >= nodes).any():
            raise ValueError("the trees do not fit")
    starts, places = found["category_starts"].astype(np.int64), found["category_places"].astype(np.int32)
    fits = (
        len(found["threshold"]) == len(found["value"]) == nodes
        and (not nodes or int(found["feature"].max()) < len(FEATURES))
        and ((found["roots"] >= 0) & (found["roots"] < max(nodes, 1))).all()
        and all(len(found[name]) == items for name in ("known", "lately", "age", "price"))
        and len(starts) == items + 1 and starts[0] == 0 and starts[-1] == len(places) and (np.diff(starts) >= 0).all()
        and (len(places) == 0 or (places.min() >= 0 and places.max() < int(found["categories"][0])))
    )  # fmt: skip
    if not fits:
        raise ValueError("the ranker does not fit the items")
    trees = Trees(
        found["roots"].astype(np.int32), found["feature"].astype(np.int16), found["threshold"].astype(np.float64),
        found["left"].astype(np.int32), found["right"].astype(np.int32), found["value"].astype(np.float64),
        float(found["scale"][0]),
    )  # fmt: skip
    season = found["season"].astype(np.float32) if "season" in found else None
    if season is not None and (season.shape != (items, 12) or not np.isfinite(season).all()):
        raise ValueError("the seasons do not fit the items")
    logs = {name: found[name].astype(np.float32) for name in ("known", "lately", "age", "price")}
    goods = Goods(
        **logs, category_starts=starts, category_places=places, categories=int(found["categories"][0]), season=season,
    )  # fmt: skip
    return Ranker(trees, goods)
