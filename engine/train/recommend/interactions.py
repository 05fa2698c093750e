"""Events to who chose what, how strongly, and when last.

Strength of an event, in -1..1 (`TYPE_WEIGHTS`, which a person can change): a purchase counts more than a look, and a
rejection ("dislike", "return") below 0. A weight of 0 leaves events of that type out. A rating counts
`LOWEST_RATING_STRENGTH` at the bottom of the scale that the data uses and 1 at its top: whoever rated a thing chose it
first, and that choice says more than the stars. The `weight` of an event multiplies its strength. Several events of
one person with one item add up, within -1..1; where the sum is 0 or less the person has seen the item, so it is not
offered again, and the item is not learned as a choice. Whether learning uses these strengths or the bare fact of an
event is decided on validation data (`tune.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.api import LintFinding
from engine.dataset.events import RATING_TYPES, EventTable, clean_events, folded_kind, read_events

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

TYPE_WEIGHTS: dict[str, float] = {
    "shown": 0.0, "impression": 0.0, "search": 0.2, "view": 0.3, "click": 0.3, "clicked": 0.3, "open": 0.3,
    "read": 0.5, "play": 0.5, "comment": 0.6, "cart": 0.6, "add_to_cart": 0.6, "save": 0.7, "bookmark": 0.7,
    "wishlist": 0.7, "share": 0.8, "like": 0.9, "favourite": 0.9, "favorite": 0.9,
    "purchase": 1.0, "buy": 1.0, "order": 1.0, "sale": 1.0,
    "skip": -0.3, "dismiss": -0.5, "dismissed": -0.5, "hide": -0.7, "remove_from_cart": -0.3, "unlike": -0.7,
    "complaint": -0.7, "dislike": -1.0, "return": -1.0, "returned": -1.0, "refund": -1.0, "refunded": -1.0,
    "not_interested": -1.0, "block": -1.0,
    "浏览": 0.3, "点击": 0.3, "加购": 0.6, "收藏": 0.7, "分享": 0.8, "评论": 0.6, "喜欢": 0.9, "购买": 1.0, "下单": 1.0,
    "不喜欢": -1.0, "退货": -1.0, "退款": -1.0,
}  # fmt: skip
OTHER_WEIGHT = 1.0
"""Of an event whose type is empty or not in the table."""
LOWEST_RATING_STRENGTH = 0.2


@dataclass(frozen=True)
class Interactions:
    """What is left of the events, one entry per person and item.

    Attributes:
        users: ids of the people, in order of first appearance.
        user, item: int32, (entries,), positions in `users` and in the item list, sorted by user, then item.
        strength: float32, (entries,), -1..1; 0 and less is seen and not wanted.
        events: rows used.
        missing: events for items that are not in the list; `missing_ids` names up to five of them.
        incomplete: events without a user or an item.
        time: float64, (entries,), seconds since 1970 of the latest event, NaN where no time is known.
        cleaned: what was left out, by reason, with examples.
        types: type -> (events that are left, weight), "(none)" for events without one.
    """

    users: tuple[str, ...]
    user: NDArray[np.int32]
    item: NDArray[np.int32]
    strength: NDArray[np.float32]
    events: int
    missing: int
    missing_ids: tuple[str, ...]
    incomplete: int
    time: NDArray[np.float64] = field(default_factory=lambda: np.empty(0))
    cleaned: tuple[LintFinding, ...] = ()
    types: Mapping[str, tuple[int, float]] = field(default_factory=dict)

    @property
    def times(self) -> NDArray[np.float64]:
        """`time`, NaN everywhere where it was never known."""
        return self.time if len(self.time) == len(self.user) else np.full(len(self.user), np.nan)

    def warnings(self) -> tuple[str, ...]:
        """Sentences about what was left out."""
        found = []
        if self.missing:
            examples = ", ".join(self.missing_ids)
            found.append(
                f"Events left out: {self.missing:,} about items that are not in the item list (such as {examples})."
            )
        if self.incomplete:
            found.append(f"Events left out: {self.incomplete:,} without a user or an item.")
        more = [one for one in self.cleaned if one.code not in ("unknown_item", "incomplete")]
        found += [f"Cleaned: {one.message}" for one in more]
        return tuple(found)


def collect(
    rows: Iterable[Mapping[str, str]],
    item_index: Mapping[str, int],
    *,
    weights: Mapping[str, float] | None = None,
    value_means: str = "",
) -> Interactions:
    """Read, clean and merge events, in one pass and without keeping the rows.

    Args:
        rows: fields `user`, `item` and, where known, `type`, `time`, `value`, `weight`.
        item_index: position of every item id.
        weights: type -> weight, before those of `TYPE_WEIGHTS`.
        value_means: see `engine.dataset.events.clean_events`.
    """
    read = read_events(rows, item_index)
    table, cleaned = clean_events(read, value_means)
    asked = {folded_kind(kind): float(weight) for kind, weight in (weights or {}).items()}
    by_kind = np.array([asked.get(k, TYPE_WEIGHTS.get(k, OTHER_WEIGHT)) for k in table.kinds] or [0.0], np.float32)
    counts = np.bincount(table.kind, minlength=len(by_kind))
    types = {
        kind or "(none)": (int(counts[place]), round(float(by_kind[place]), 4))
        for place, kind in enumerate(table.kinds)
    }
    strength = by_kind[table.kind]
    meant = strength != 0
    strength = _with_ratings(table, strength, value_means, asked)
    factor = np.nan_to_num(table.weight, nan=1.0)
    strength = strength * factor
    meant &= factor != 0
    if not meant.all():
        table, strength = table.kept(meant), strength[meant]
    users, user = _only_those_left(table)
    merged = _merge(user, table.item, strength, table.time, len(item_index))
    return Interactions(
        users, *merged[:3], len(table.user), read.missing, read.missing_ids, read.incomplete, merged[3], cleaned, types
    )


def _only_those_left(table: EventTable) -> tuple[tuple[str, ...], NDArray[np.int32]]:
    """People with an event that is left, in the order of their first row in the data."""
    left = np.unique(table.user)
    if len(left) == len(table.users):
        return table.users, table.user
    return tuple(table.users[place] for place in left), np.searchsorted(left, table.user).astype(np.int32)


def as_matrix(
    user: NDArray[np.int32], item: NDArray[np.int32], strength: NDArray[np.float32], users: int, items: int
) -> csr_matrix:
    """float32, (users, items); entries of strength 0 are left out."""
    from scipy.sparse import csr_matrix

    kept = strength > 0
    return csr_matrix((strength[kept], (user[kept], item[kept])), shape=(users, items), dtype=np.float32)


def _with_ratings(
    table: EventTable, strength: NDArray[np.float32], value_means: str, asked: Mapping[str, float]
) -> NDArray[np.float32]:
    """Strengths in which the stars of ratings count; a type with a weight of the person's own keeps that."""
    kinds = (RATING_TYPES if value_means == "amount" else {*RATING_TYPES, ""}) - asked.keys()
    rated = table.of_kind(kinds) & ~np.isnan(table.value)
    if not rated.any():
        return strength
    stars = table.value[rated]
    low, high = float(stars.min()), float(stars.max())
    if high > low:
        strength = strength.copy()
        strength[rated] = LOWEST_RATING_STRENGTH + (1 - LOWEST_RATING_STRENGTH) * (stars - low) / (high - low)
    return strength


def _merge(
    user: NDArray[np.int32],
    item: NDArray[np.int32],
    strength: NDArray[np.float32],
    time: NDArray[np.float64],
    items: int,
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float32], NDArray[np.float64]]:
    keys = user.astype(np.int64) * max(items, 1) + item
    pairs, place = np.unique(keys, return_inverse=True)
    total = np.bincount(place, weights=strength, minlength=len(pairs)).clip(-1, 1).astype(np.float32)
    last = np.full(len(pairs), np.nan)
    np.fmax.at(last, place, time)
    return (pairs // max(items, 1)).astype(np.int32), (pairs % max(items, 1)).astype(np.int32), total, last
