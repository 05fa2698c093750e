"""A recommender as it is stored and as it is used: sparse tables, ids, titles and histories. numpy alone.

Files of a pack (no pickle anywhere):
    arrays.npz    `behaviour_*` and `text_*` (starts, targets, weights, scale: rows = item in a history, columns =
                  item that is scored), `popularity`; made by `engine.train.recommend.fit`
    history.npz   `starts` int64 (people + 1), `items` int32, `strengths` float32: what each person has seen
    items.json    [[id, title], ...]
    users.json    [id, ...]
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from zipfile import BadZipFile

import msgspec
import numpy as np
from numpy.typing import NDArray

from engine.errors import PackUnusable

TASK = "recommend"
ARRAYS, HISTORY, ITEMS, USERS = "arrays.npz", "history.npz", "items.json", "users.json"


class SparseRows(NamedTuple):
    """(items, items): row i holds `targets[starts[i]:starts[i + 1]]` with `weights` beside them."""

    starts: NDArray[np.int64]
    targets: NDArray[np.int32]
    weights: NDArray[np.float32]

    def gather(self, rows: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.float32]]:
        """All entries of some rows: position in `rows`, target, weight."""
        counts = self.starts[rows + 1] - self.starts[rows]
        position = np.repeat(np.arange(len(rows)), counts)
        first = np.repeat(self.starts[rows] - (np.cumsum(counts) - counts), counts)
        entries = first + np.arange(int(counts.sum()))
        return position, self.targets[entries], self.weights[entries]


class History(NamedTuple):
    """Item positions int64 and strengths float32 of one person; a strength of 0 is seen and rejected."""

    items: NDArray[np.int64]
    strengths: NDArray[np.float32]


@dataclass(frozen=True)
class RecommendModel:
    """An opened recommender.

    Attributes:
        behaviour, text: the two parts of every score; `text` is None for items without texts.
        popularity: float32, (items,): how many people chose each item.
        strengths: whether strengths count, or the bare fact of an event.
    """

    name: str
    item_ids: tuple[str, ...]
    titles: tuple[str, ...]
    user_ids: tuple[str, ...]
    item_index: dict[str, int]
    user_index: dict[str, int]
    behaviour: SparseRows
    text: SparseRows | None
    popularity: NDArray[np.float32]
    history_starts: NDArray[np.int64]
    history_items: NDArray[np.int32]
    history_strengths: NDArray[np.float32]
    strengths: bool

    def history(self, user: int) -> History:
        part = slice(int(self.history_starts[user]), int(self.history_starts[user + 1]))
        return History(self.history_items[part].astype(np.int64), self._counted(self.history_strengths[part]))

    def history_of(self, items: Sequence[int]) -> History:
        """The history of somebody unknown: items chosen fully."""
        chosen = np.unique(np.array(items, np.int64))
        return History(chosen, np.ones(len(chosen), np.float32))

    def _counted(self, strengths: NDArray[np.float32]) -> NDArray[np.float32]:
        return strengths if self.strengths else (strengths > 0).astype(np.float32)


def pack_files(
    arrays: bytes,
    item_ids: Sequence[str],
    titles: Sequence[str],
    user_ids: Sequence[str],
    user: NDArray[np.int32],
    item: NDArray[np.int32],
    strength: NDArray[np.float32],
) -> dict[str, bytes]:
    """The files of a pack.

    Args:
        arrays: as fitted.
        user, item, strength: merged events, sorted by user.
    """
    out = io.BytesIO()
    starts = np.concatenate([[0], np.cumsum(np.bincount(user, minlength=len(user_ids)))]).astype(np.int64)
    np.savez_compressed(out, allow_pickle=False, starts=starts, items=item, strengths=strength)
    return {
        ARRAYS: arrays,
        HISTORY: out.getvalue(),
        ITEMS: msgspec.json.encode(list(zip(item_ids, titles, strict=True))),
        USERS: msgspec.json.encode(list(user_ids)),
    }


def open_model(name: str, files: Mapping[str, bytes], manifest: Mapping[str, Any]) -> RecommendModel:
    """Open a pack.

    Raises:
        PackUnusable: a file is missing, damaged, or does not fit the others.
    """
    try:
        return _open(name, files, manifest)
    except (LookupError, ValueError, OSError, EOFError, BadZipFile, zlib.error, msgspec.DecodeError) as error:
        raise PackUnusable(name=name, reason=f"its files are damaged ({type(error).__name__}: {error}).") from error


def _open(name: str, files: Mapping[str, bytes], manifest: Mapping[str, Any]) -> RecommendModel:
    items = msgspec.json.decode(files[ITEMS], type=list[tuple[str, str]])
    users = msgspec.json.decode(files[USERS], type=list[str])
    with np.load(io.BytesIO(files[ARRAYS]), allow_pickle=False) as arrays:
        behaviour = _rows(arrays, "behaviour", len(items))
        text = _rows(arrays, "text", len(items)) if "text_starts" in arrays.files else None
        popularity = np.asarray(arrays["popularity"], np.float32)
    with np.load(io.BytesIO(files[HISTORY]), allow_pickle=False) as arrays:
        starts = np.asarray(arrays["starts"], np.int64)
        history_items = np.asarray(arrays["items"], np.int32)
        strengths = np.asarray(arrays["strengths"], np.float32)
    _expect(len(popularity) == len(items), "popularity")
    _expect(len(starts) == len(users) + 1 and _runs(starts, len(history_items)), "histories")
    _expect(len(strengths) == len(history_items) and _within(history_items, len(items)), "histories")
    ids = tuple(item for item, _ in items)
    return RecommendModel(
        name=name,
        item_ids=ids,
        titles=tuple(title for _, title in items),
        user_ids=tuple(users),
        item_index={item: place for place, item in enumerate(ids)},
        user_index={user: place for place, user in enumerate(users)},
        behaviour=behaviour,
        text=text,
        popularity=popularity,
        history_starts=starts,
        history_items=history_items,
        history_strengths=strengths,
        strengths=bool(manifest.get("setting", {}).get("strengths", False)),
    )


def _rows(arrays: Mapping[str, NDArray[Any]], name: str, items: int) -> SparseRows:
    starts = np.asarray(arrays[f"{name}_starts"], np.int64)
    targets = np.asarray(arrays[f"{name}_targets"]).astype(np.int32)
    weights = np.asarray(arrays[f"{name}_weights"], np.float32) * np.float32(arrays[f"{name}_scale"][0])
    _expect(len(starts) == items + 1 and _runs(starts, len(targets)), name)
    _expect(len(weights) == len(targets) and _within(targets, items), name)
    return SparseRows(starts, targets, weights)


def _runs(starts: NDArray[np.int64], entries: int) -> bool:
    return bool(starts[0] == 0 and starts[-1] == entries and (np.diff(starts) >= 0).all())


def _within(places: NDArray[np.int32], count: int) -> bool:
    return len(places) == 0 or bool(places.min() >= 0 and places.max() < count)


def _expect(holds: bool, part: str) -> None:
    if not holds:
        raise ValueError(f"the {part} do not fit")
