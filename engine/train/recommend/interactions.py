"""Event rows to who chose what, how strongly.

Strength of an event, in 0..1 (`TYPE_STRENGTHS`): a purchase counts more than a look. A rating counts
`LOWEST_RATING_STRENGTH` at the bottom of the scale that the data uses and 1 at its top: whoever rated a thing chose it
first, and that choice says more than the stars. Rejections ("dislike", "return") count 0: the person has seen the
item, so it is not offered again, and nothing is learned from it. Several events of one person with one item add up
to at most 1. Whether learning uses these strengths or the bare fact of an event is decided on validation data
(`tune.py`). Times are not used yet.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

TYPE_STRENGTHS: dict[str, float] = {
    "view": 0.3, "click": 0.3, "impression": 0.1, "open": 0.3, "read": 0.5, "play": 0.5, "search": 0.2,
    "cart": 0.6, "add_to_cart": 0.6, "save": 0.7, "bookmark": 0.7, "wishlist": 0.7, "share": 0.8,
    "like": 0.9, "favourite": 0.9, "favorite": 0.9, "purchase": 1.0, "buy": 1.0, "order": 1.0, "sale": 1.0,
    "dislike": 0.0, "hide": 0.0, "return": 0.0, "refund": 0.0, "skip": 0.0,
}  # fmt: skip
RATING_TYPES = frozenset({"rating", "rate", "rated", "review", "stars"})
OTHER_STRENGTH = 1.0
"""Of an event whose type is empty or not in the table."""
LOWEST_RATING_STRENGTH = 0.2


@dataclass(frozen=True)
class Interactions:
    """What is left of the events, one entry per person and item.

    Attributes:
        users: ids of the people, in order of first appearance.
        user, item: int32, (entries,), positions in `users` and in the item list, sorted by user, then item.
        strength: float32, (entries,), 0..1.
        events: rows used.
        missing: events for items that are not in the list; `missing_ids` names up to five of them.
        incomplete: events without a user or an item.
    """

    users: tuple[str, ...]
    user: NDArray[np.int32]
    item: NDArray[np.int32]
    strength: NDArray[np.float32]
    events: int
    missing: int
    missing_ids: tuple[str, ...]
    incomplete: int

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
        return tuple(found)


def collect(rows: Iterable[Mapping[str, str]], item_index: Mapping[str, int]) -> Interactions:
    """Read events, in one pass and without keeping the rows.

    Args:
        rows: fields `user`, `item` and, where known, `type` and `value`.
        item_index: position of every item id.
    """
    users: dict[str, int] = {}
    user, item, strength, rating = array("i"), array("i"), array("f"), array("f")
    missing = incomplete = 0
    missing_ids: dict[str, None] = {}
    for row in rows:
        who, what = row.get("user", "").strip(), row.get("item", "").strip()
        if not who or not what:
            incomplete += 1
            continue
        place = item_index.get(what)
        if place is None:
            missing += 1
            if len(missing_ids) < 5:
                missing_ids[what] = None
            continue
        user.append(users.setdefault(who, len(users)))
        item.append(place)
        known, stars = _kind(row.get("type", ""), row.get("value", ""))
        strength.append(known)
        rating.append(stars)
    amounts = _with_ratings(np.array(strength, np.float32), np.array(rating, np.float32))
    merged = _merge(np.array(user, np.int32), np.array(item, np.int32), amounts, len(item_index))
    return Interactions(tuple(users), *merged, len(user), missing, tuple(missing_ids), incomplete)


def as_matrix(
    user: NDArray[np.int32], item: NDArray[np.int32], strength: NDArray[np.float32], users: int, items: int
) -> csr_matrix:
    """float32, (users, items); entries of strength 0 are left out."""
    from scipy.sparse import csr_matrix

    kept = strength > 0
    return csr_matrix((strength[kept], (user[kept], item[kept])), shape=(users, items), dtype=np.float32)


def _kind(kind: str, value: str) -> tuple[float, float]:
    """Strength by type, and the rating (NaN where the event is none)."""
    name = kind.strip().lower().replace(" ", "_").replace("-", "_")
    if name in RATING_TYPES or not name:
        try:
            stars = float(value)
        except ValueError:
            return OTHER_STRENGTH, np.nan
        return OTHER_STRENGTH, stars if np.isfinite(stars) else np.nan
    return TYPE_STRENGTHS.get(name, OTHER_STRENGTH), np.nan


def _with_ratings(strength: NDArray[np.float32], rating: NDArray[np.float32]) -> NDArray[np.float32]:
    rated = ~np.isnan(rating)
    if not rated.any():
        return strength
    low, high = float(rating[rated].min()), float(rating[rated].max())
    if high > low:
        share = (rating[rated] - low) / (high - low)
        strength[rated] = LOWEST_RATING_STRENGTH + (1 - LOWEST_RATING_STRENGTH) * share
    return strength


def _merge(
    user: NDArray[np.int32], item: NDArray[np.int32], strength: NDArray[np.float32], items: int
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float32]]:
    keys = user.astype(np.int64) * max(items, 1) + item
    pairs, place = np.unique(keys, return_inverse=True)
    total = np.bincount(place, weights=strength, minlength=len(pairs)).clip(0, 1).astype(np.float32)
    return (pairs // max(items, 1)).astype(np.int32), (pairs % max(items, 1)).astype(np.int32), total
