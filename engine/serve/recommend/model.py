"""A recommender as it is stored and as it is used: sparse tables, ids, titles and histories. numpy alone.

Files of a pack (no pickle anywhere):
    arrays.npz    `behaviour_*` and `text_*` (starts, targets, weights, scale: rows = item in a history, columns =
                  item that is scored), `popularity`; made by `engine.train.recommend.fit`
    history.npz   `starts` int64 (people + 1), `items` int32, `strengths` float32: what each person has seen
    items.json    [[id, title], ...]
    users.json    [id, ...]
    ranker.npz    the second look at the best (see `ranker.py`); absent where it does not pay
    order.npz     in which order people chose (see `order.py`); absent where that is unknown
    adapter.npz   corrects vectors of texts before they are compared (see `adapter.py`); absent where it does not pay
    vectors.npz   what the items' texts mean (see `vectors.py`); absent where items have no texts
    added.npz     items that came after the last learning (see `added.py`); absent where none did
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple
from zipfile import BadZipFile

import msgspec
import numpy as np
from numpy.typing import NDArray

from engine.errors import PackUnusable
from engine.serve.recommend.adapter import ADAPTER, TextAdapter, read_adapter
from engine.serve.recommend.order import LONG_AGO, ORDER, read_order, recent_weights
from engine.serve.recommend.ranker import RANKER, Ranker, read_ranker
from engine.serve.recommend.title_words import TitleWords, index_titles
from engine.serve.recommend.vectors import VECTORS, ItemVectors, read_vectors

TASK = "recommend"
ARRAYS, HISTORY, ITEMS, USERS = "arrays.npz", "history.npz", "items.json", "users.json"
ADDED = "added.npz"


class SparseRows(NamedTuple):
    """(items, items): row i holds `targets[starts[i]:starts[i + 1]]`, ascending, with `weights` beside them."""

    starts: NDArray[np.int64]
    targets: NDArray[np.int32]
    weights: NDArray[np.float32]


class History(NamedTuple):
    """Item positions int64 and strengths float32 of one person; a strength of 0 is seen and rejected."""

    items: NDArray[np.int64]
    strengths: NDArray[np.float32]
    recent: NDArray[np.float32] | None = None
    """What each item counts for what comes next; None where the model does not look at the order."""

    def kept(self, rows: NDArray[np.bool_]) -> History:
        """A part of the history."""
        return History(self.items[rows], self.strengths[rows], None if self.recent is None else self.recent[rows])

    def next_part(self) -> History:
        """The history as it counts for what comes next; what was rejected leads nowhere."""
        assert self.recent is not None
        return History(self.items, np.where(self.strengths > 0, self.recent, 0).astype(np.float32))


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
    vectors: ItemVectors | None = None
    texts_by: str = "none"
    next: SparseRows | None = None
    next_last: int = 0
    next_decay: float = 1.0
    history_back: NDArray[np.uint16] | None = None
    trend: NDArray[np.float32] | None = None
    ranker: Ranker | None = None
    adapter: TextAdapter | None = None
    learned_from: int = 0
    """People that the model learned from, where it came without them."""

    @property
    def people(self) -> int:
        """How many people the counts of `popularity` are of."""
        return len(self.user_ids) or self.learned_from

    @cached_property
    def by_popularity(self) -> NDArray[np.int64]:
        """All items, most chosen first (lately, where old choices were found to mean less), ties by place."""
        known = self.popularity if self.trend is None else self.trend
        return np.lexsort((np.arange(len(known)), -known))

    @cached_property
    def title_words(self) -> TitleWords:
        """The words of the titles."""
        return index_titles(self.titles)

    @cached_property
    def people_of(self) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
        """Who chose each item: item i by the people `places[starts[i]:starts[i + 1]]`; rejections left out."""
        users = np.repeat(np.arange(len(self.user_ids), dtype=np.int32), np.diff(self.history_starts))
        kept = self.history_strengths > 0
        items = self.history_items[kept]
        order = np.argsort(items, kind="stable")
        counts = np.bincount(items, minlength=len(self.item_ids))
        return np.concatenate([[0], np.cumsum(counts)]).astype(np.int64), users[kept][order]

    def history(self, user: int) -> History:
        part = slice(int(self.history_starts[user]), int(self.history_starts[user + 1]))
        recent = None
        if self.next is not None and self.history_back is not None:
            recent = recent_weights(self.history_back[part], self.next_last, self.next_decay)
        return History(self.history_items[part].astype(np.int64), self._counted(self.history_strengths[part]), recent)

    def history_of(self, items: Sequence[int]) -> History:
        """The history of somebody unknown: items chosen fully, the last one named being the newest."""
        back = {item: place for place, item in enumerate(dict.fromkeys(reversed(items)))}
        chosen = np.array(sorted(back), np.int64)
        recent = None
        if self.next is not None:
            places = np.array([min(back[item], LONG_AGO) for item in chosen.tolist()], np.uint16)
            recent = recent_weights(places, self.next_last, self.next_decay)
        return History(chosen, np.ones(len(chosen), np.float32), recent)

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
    vectors = read_vectors(files[VECTORS]) if VECTORS in files else None
    added = read_added(files[ADDED]) if ADDED in files else None
    learned = len(items) - (added.items if added else 0)
    with np.load(io.BytesIO(files[ARRAYS]), allow_pickle=False) as arrays:
        behaviour = _rows(arrays, "behaviour", learned)
        text = _rows(arrays, "text", learned) if "text_starts" in arrays.files else None
        popularity = np.asarray(arrays["popularity"], np.float32)
        following = _rows(arrays, "next", learned) if "next_starts" in arrays.files else None
        next_last = int(arrays["next_last"][0]) if following is not None else 0
        next_decay = float(arrays["next_decay"][0]) if following is not None else 1.0
        trend = np.asarray(arrays["trend"], np.float32) if "trend" in arrays.files else None
    _expect(trend is None or len(trend) == learned, "trend")
    if added is not None:
        behaviour, text = widened(behaviour, added.items), joined(text, added, learned)
        popularity = np.concatenate([popularity, np.zeros(added.items, np.float32)])
        following = None if following is None else widened(following, added.items)
        trend = None if trend is None else np.concatenate([trend, np.zeros(added.items, np.float32)])
        vectors = vectors.joined(added.vectors) if vectors is not None else None
    _expect(vectors is None or len(vectors.bytes) == len(items), "vectors")
    with np.load(io.BytesIO(files[HISTORY]), allow_pickle=False) as arrays:
        starts = np.asarray(arrays["starts"], np.int64)
        history_items = np.asarray(arrays["items"], np.int32)
        strengths = np.asarray(arrays["strengths"], np.float32)
    _expect(len(popularity) == len(items), "popularity")
    _expect(len(starts) == len(users) + 1 and _runs(starts, len(history_items)), "histories")
    _expect(len(strengths) == len(history_items) and _within(history_items, len(items)), "histories")
    ranker = read_ranker(files[RANKER], learned) if RANKER in files else None
    if ranker is not None and added is not None:
        ranker = Ranker(ranker.trees, ranker.goods.widened(added.items))
    adapter = None
    if ADAPTER in files and vectors is not None:
        adapter = read_adapter(files[ADAPTER], vectors.bytes.shape[1])
    back = read_order(files[ORDER]) if ORDER in files else None
    _expect(back is None or len(back) == len(history_items), "order")
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
        vectors=vectors,
        texts_by=str(manifest.get("texts", "none")),
        next=following,
        next_last=next_last,
        next_decay=next_decay,
        history_back=back,
        trend=trend,
        ranker=ranker,
        adapter=adapter,
        learned_from=_learned_from(manifest),
    )


def _learned_from(manifest: Mapping[str, Any]) -> int:
    report = manifest.get("report")
    users = report.get("users") if isinstance(report, dict) else None
    return users if isinstance(users, int) and users > 0 else 0


def without_people(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files of a pack as they may leave the workspace: what was learned, and nobody's name or history."""
    nobody = io.BytesIO()
    np.savez_compressed(
        nobody, allow_pickle=False, starts=np.zeros(1, np.int64), items=np.empty(0, np.int32),
        strengths=np.empty(0, np.float32),
    )  # fmt: skip
    kept = {name: body for name, body in files.items() if name != ORDER}
    return kept | {HISTORY: nobody.getvalue(), USERS: b"[]"}


class Added(NamedTuple):
    """So many items came after the last learning, and the text weights from and to them: from `source` to `target`,
    places in the whole list, int32."""

    items: int
    source: NDArray[np.int32]
    target: NDArray[np.int32]
    weight: NDArray[np.float32]
    vectors: ItemVectors


def read_added(raw: bytes) -> Added:
    with np.load(io.BytesIO(raw), allow_pickle=False) as arrays:
        vectors = ItemVectors(np.asarray(arrays["bytes"], np.int8), np.asarray(arrays["scale"], np.float32))
        return Added(
            len(vectors.bytes), np.asarray(arrays["source"], np.int32), np.asarray(arrays["target"], np.int32),
            np.asarray(arrays["weight"], np.float32), vectors,
        )  # fmt: skip


def added_file(added: Added) -> bytes:
    out = io.BytesIO()
    np.savez(
        out, allow_pickle=False, source=added.source, target=added.target, weight=added.weight,
        bytes=added.vectors.bytes, scale=added.vectors.scale,
    )  # fmt: skip
    return out.getvalue()


def widened(table: SparseRows, more: int) -> SparseRows:
    """With empty rows for further items."""
    return SparseRows(np.concatenate([table.starts, np.full(more, table.starts[-1])]), table.targets, table.weights)


def joined(table: SparseRows | None, added: Added, learned: int) -> SparseRows:
    """The text table with the weights from and to added items."""
    items = learned + added.items
    _expect(len(added.source) == len(added.target) == len(added.weight), "added items")
    _expect(_within(added.source, items) and _within(added.target, items), "added items")
    empty = SparseRows(np.zeros(learned + 1, np.int64), np.empty(0, np.int32), np.empty(0, np.float32))
    before = widened(table if table is not None else empty, added.items)
    rows = np.concatenate([np.repeat(np.arange(items), np.diff(before.starts)), added.source])
    targets = np.concatenate([before.targets, added.target])
    order = np.lexsort((targets, rows))
    starts = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=items))]).astype(np.int64)
    return SparseRows(starts, targets[order], np.concatenate([before.weights, added.weight])[order])


def _rows(arrays: Mapping[str, NDArray[Any]], name: str, items: int) -> SparseRows:
    starts = np.asarray(arrays[f"{name}_starts"], np.int64)
    targets = np.asarray(arrays[f"{name}_targets"]).astype(np.int32)
    weights = np.asarray(arrays[f"{name}_weights"], np.float32) * np.float32(arrays[f"{name}_scale"][0])
    _expect(len(starts) == items + 1 and _runs(starts, len(targets)), name)
    _expect(len(weights) == len(targets) and _within(targets, items), name)
    up = np.diff(targets) > 0
    up[starts[(starts > 0) & (starts < len(targets))] - 1] = True  # from one row to the next
    _expect(bool(up.all()), f"{name} rows, which are not in ascending order,")
    return SparseRows(starts, targets, weights)


def _runs(starts: NDArray[np.int64], entries: int) -> bool:
    return bool(starts[0] == 0 and starts[-1] == entries and (np.diff(starts) >= 0).all())


def _within(places: NDArray[np.int32], count: int) -> bool:
    return len(places) == 0 or bool(places.min() >= 0 and places.max() < count)


def _expect(holds: bool, part: str) -> None:
    if not holds:
        raise ValueError(f"the {part} do not fit")
