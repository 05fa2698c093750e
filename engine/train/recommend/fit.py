"""The worker's task: learn a recommender from numbers alone (no id, title or text reaches this process)."""

from __future__ import annotations

import io
import time
from typing import TYPE_CHECKING, Protocol

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from engine.api import RankingMetrics
from engine.errors import InputError
from engine.serve.recommend.adapter import adapter_file
from engine.serve.recommend.ranker import Ranker, Trees, ranker_file
from engine.train.recommend.baselines import BaselineSetting, baseline_lists
from engine.train.recommend.blend import Blend, Setting, blend, blend_scores, fit_parts, learning_matrix, recent_of
from engine.train.recommend.ease import LARGEST_SIDE
from engine.train.recommend.holdout import Split, lists_for, split_people
from engine.train.recommend.interactions import as_matrix
from engine.train.recommend.popularity import popularity
from engine.train.recommend.protocol import DEPTH, Ground, described
from engine.train.recommend.ranker import Facts, Histories, Judged, NoBoosting, goods_of, learn_ranker, looked_at
from engine.train.recommend.sequence import is_ordered
from engine.train.recommend.text import text_neighbours
from engine.train.recommend.tune import LEAST_PEOPLE, TUNED_SIDE, Tuned, tune

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

TEST_PEOPLE = 2000
TEST_SHARE = 0.1
TEST_CELLS = 60_000_000
RANKER_BEFORE = 0.6
"""Of the time allowed; later than that the second look is not tried."""
DEFAULT_SECONDS = 600.0
TUNING_SHARE = 0.5
"""Of the time allowed; the rest is for the test and for the model itself."""


class Link(Protocol):
    """What a task needs of its host."""

    def report(self, done: int, total: int | None, stage: str, note: str = "") -> None: ...
    def check(self) -> None: ...


class Events(Struct, frozen=True):
    """Merged events as bytes: `user` and `item` int32, `strength` float32, `time` float64 (or nothing where no time is
    known); see `Interactions`."""

    users: int
    items: int
    user: bytes
    item: bytes
    strength: bytes
    time: bytes = b""

    def times(self) -> NDArray[np.float64] | None:
        """Aligned with the entries of `matrix`; None where the order of events is not known."""
        if not self.time:
            return None
        kept = np.frombuffer(self.time, np.float64)[np.frombuffer(self.strength, np.float32) > 0]
        return kept if is_ordered(self.matrix(), kept) else None

    def matrix(self) -> csr_matrix:
        return as_matrix(
            np.frombuffer(self.user, np.int32),
            np.frombuffer(self.item, np.int32),
            np.frombuffer(self.strength, np.float32),
            self.users,
            self.items,
        )


class FitSpec(Struct, frozen=True):
    """`vectors`: float32, (items, dimension), rows of length one, as bytes; empty where there are no texts. `price`:
    float32 bytes, NaN where unknown; categories by rows: `category_starts` int64, `category_places` int32."""

    events: Events
    vectors: bytes = b""
    seed: int = 0
    max_seconds: float | None = None
    memory_mb: float = 2200.0
    price: bytes = b""
    category_starts: bytes = b""
    category_places: bytes = b""
    categories: int = 0

    def facts(self) -> Facts:
        """What is known of items beside texts and events."""
        items = self.events.items
        price = np.frombuffer(self.price, np.float32) if self.price else np.full(items, np.nan, np.float32)
        starts = np.frombuffer(self.category_starts, np.int64)
        return Facts(
            price,
            starts if len(starts) else np.zeros(items + 1, np.int64),
            np.frombuffer(self.category_places, np.int32),
            self.categories,
        )


class FitResult(Struct, frozen=True):
    """`arrays`: npz (see `engine.serve.recommend.model`); `metrics` by name ("model", and each baseline). `ranker`: the
    file of the second look, empty where it does not pay; `ranker_gain`: NDCG@10 with it over that without, 0 where
    it was not tried. `adapter`: the file of the texts' correction, empty where it does not pay."""

    arrays: bytes
    setting: Setting
    baselines: BaselineSetting
    metrics: dict[str, RankingMetrics]
    seconds: float
    peak_mb: float
    notes: tuple[str, ...]
    ranker: bytes = b""
    ranker_gain: float = 0.0
    adapter: bytes = b""


def fit(spec: FitSpec, link: Link) -> FitResult:
    """Tune, test on a held-out tenth of each person's items beside the baselines, then learn from everything.

    Raises:
        InputError: no event is left to learn from.
        MemoryShort: not even a reduced model fits into `memory_mb`.
    """
    began = time.monotonic()
    allowed = spec.max_seconds or DEFAULT_SECONDS
    user_items = spec.events.matrix()
    if user_items.nnz == 0:
        raise InputError(
            reason="There is no event to learn from: every event is missing, or says only what people rejected."
        )
    vectors = _vectors(spec.vectors, spec.events.items)
    notes: list[str] = []
    rng = np.random.default_rng(spec.seed)
    link.report(0, None, "prepare")
    times = spec.events.times()
    near = None
    if vectors is not None and spec.events.items > LARGEST_SIDE:
        # Of very many items it takes a minute, and splits change little of it: only which items have no event at all.
        near = text_neighbours(vectors, popularity(user_items), link.check, keep=Setting().text_keep)
    test = split_people(user_items, rng, most_people=most_people(spec.events.items), share=TEST_SHARE, times=times)
    enough = len(test.people) >= LEAST_PEOPLE
    tuned = tune(
        test.train if enough else user_items,
        vectors,
        seed=spec.seed,
        deadline=began + allowed * TUNING_SHARE,
        memory_mb=spec.memory_mb,
        tell=lambda done, total: link.report(done, total, "tune"),
        check=link.check,
        times=test.times if enough else times,
        near=near,
    )
    if tuned.note:
        notes.append(tuned.note)
    judged: Judged | None = None
    if enough and time.monotonic() < began + allowed * RANKER_BEFORE:
        link.report(0, 1, "rank")
        try:
            judged = _second_look(spec, test, vectors, near, tuned.setting, link)
        except NoBoosting as error:
            notes.append(f"The second look was left out: LightGBM does not load here ({error}).")
    second = judged.ranker.trees if judged is not None and judged.pays else None
    metrics: dict[str, RankingMetrics] = {}
    if not enough:
        notes.append("Too few people have two or more items to measure quality.")
    elif time.monotonic() > began + allowed * 0.7:
        notes.append("Time ran out before quality was measured.")
    else:
        link.report(0, 2, "measure")
        metrics = _measured(spec, test, vectors, near, tuned, second, link)
    link.report(0, 1, "learn")
    parts = fit_parts(
        user_items, vectors, tuned.setting, spec.memory_mb, link.check, times=times, seed=spec.seed, near=near
    )  # fmt: skip
    final = blend(parts, tuned.setting)
    link.report(1, 1, "learn")
    return FitResult(
        arrays=pack_arrays(final),
        setting=tuned.setting,
        baselines=tuned.baselines,
        metrics=metrics,
        seconds=time.monotonic() - began,
        peak_mb=_peak_mb(),
        notes=tuple(notes),
        ranker=b"" if second is None else ranker_file(Ranker(second, goods_of(user_items, times, spec.facts()))),
        ranker_gain=0.0 if judged is None else judged.gain,
        adapter=b"" if final.adapter is None else adapter_file(final.adapter),
    )


def most_people(items: int) -> int:
    """How many people are tested on: fewer where there are very many items to rank for each."""
    return max(300, min(TEST_PEOPLE, TEST_CELLS // max(items, 1)))


def _second_look(
    spec: FitSpec,
    test: Split,
    vectors: NDArray[np.float32] | None,
    near: csr_matrix | None,
    setting: Setting,
    link: Link,
) -> Judged | None:
    """A ranker, learned and judged on a slice held out of the training part."""
    rng = np.random.default_rng(spec.seed + 1)
    most = most_people(spec.events.items)
    inner = split_people(test.train, rng, most_people=most, share=TEST_SHARE, times=test.times)
    largest = TUNED_SIDE if spec.events.items > LARGEST_SIDE else None
    parts = fit_parts(
        inner.train,
        vectors,
        setting,
        spec.memory_mb,
        link.check,
        times=inner.times,
        seed=spec.seed,
        largest=largest,
        near=near,
    )
    blended = blend(parts, setting)
    del parts
    matrix = learning_matrix(inner.train, setting)
    goods = goods_of(inner.train, inner.times, spec.facts())
    histories = Histories(matrix, recent_of(blended, matrix, inner.times), inner.months)
    return learn_ranker(
        blended, histories, inner.people, inner.relevant, goods, seed=spec.seed, check=link.check
    )  # fmt: skip


def _measured(
    spec: FitSpec,
    test: Split,
    vectors: NDArray[np.float32] | None,
    near: csr_matrix | None,
    tuned: Tuned,
    second: Trees | None,
    link: Link,
) -> dict[str, RankingMetrics]:
    """The model and the baselines, all fitted on what was not held out."""
    setting = tuned.setting
    parts = fit_parts(
        test.train, vectors, setting, spec.memory_mb, link.check, times=test.times, seed=spec.seed, near=near
    )  # fmt: skip
    blended = blend(parts, setting)
    matrix = learning_matrix(test.train, setting)
    last = recent_of(blended, matrix, test.times)

    ranker = None if second is None else Ranker(second, goods_of(test.train, test.times, spec.facts()))

    def scores(batch: NDArray[np.int64]) -> NDArray[np.float32]:
        if ranker is not None:
            return looked_at(ranker, blended, Histories(matrix, last, test.months), batch)
        return blend_scores(blended, matrix[batch], None if last is None else last[batch])

    lists = {"model": lists_for(test.people, matrix, parts.popularity, scores, link.check, DEPTH)}
    by_text = parts.text
    del parts
    link.report(1, 2, "measure")
    lists |= baseline_lists(
        test.train,
        test.people,
        tuned.baselines,
        spec.memory_mb,
        link.check,
        times=test.times,
        seed=spec.seed,
        k=DEPTH,
        near=by_text,
    )
    ground = Ground(test.train, test.people, test.relevant, vectors)
    return {name: described(found, ground) for name, found in lists.items()}


def pack_arrays(model: Blend) -> bytes:
    """npz bytes: sparse tables by rows, weights in float16, and the popularity."""
    arrays: dict[str, NDArray[np.generic]] = {"popularity": model.popularity.astype(np.float32)}
    if model.trend is not None:
        arrays["trend"] = model.trend.astype(np.float32)
    if model.next is not None:
        arrays["next_last"] = np.array([model.next_last], np.int32)
        arrays["next_decay"] = np.array([model.next_decay], np.float32)
    for name, table in (("behaviour", model.behaviour), ("text", model.text), ("next", model.next)):
        if table is None:
            continue
        table.sort_indices()
        # The largest weight becomes 1, far from the ends of float16; the factor is kept beside it.
        scale = float(np.abs(table.data).max()) if table.nnz else 1.0
        arrays[f"{name}_starts"] = table.indptr.astype(np.int64)
        arrays[f"{name}_targets"] = table.indices.astype(np.uint16 if table.shape[0] <= 65536 else np.int32)
        arrays[f"{name}_weights"] = (table.data / scale).astype(np.float16)
        arrays[f"{name}_scale"] = np.array([scale], np.float32)
    out = io.BytesIO()
    np.savez_compressed(out, allow_pickle=False, **arrays)
    return out.getvalue()


class BaselineSpec(Struct, frozen=True):
    """`people`: int64 bytes, rows whose lists are wanted. `trend`: float32 bytes, popularity as it fades, where that is
    better and the times themselves are not at hand any more; the times of `events` may then be any numbers that grow.
    `vectors`: as in `FitSpec`."""

    events: Events
    people: bytes
    setting: BaselineSetting
    memory_mb: float = 2200.0
    seed: int = 0
    k: int = 10
    trend: bytes = b""
    vectors: bytes = b""


class BaselineResult(Struct, frozen=True):
    """`lists[name]`: int32 bytes, (people, k), filled up with -1."""

    lists: dict[str, bytes]


def baselines(spec: BaselineSpec, link: Link) -> BaselineResult:
    """Fit every baseline on the events and rank for the people asked for."""
    link.report(0, None, "baselines")
    people = np.frombuffer(spec.people, np.int64)
    user_items = spec.events.matrix()
    vectors = _vectors(spec.vectors, spec.events.items)
    near = None
    if vectors is not None:
        near = text_neighbours(vectors, popularity(user_items), link.check, keep=Setting().text_keep)
    found = baseline_lists(
        user_items, people, spec.setting, spec.memory_mb, link.check, times=spec.events.times(),
        seed=spec.seed, k=spec.k,
        trend=np.frombuffer(spec.trend, np.float32) if spec.trend else None, near=near,
    )  # fmt: skip
    return BaselineResult({name: _padded(lists, spec.k) for name, lists in found.items()})


def _padded(lists: list[NDArray[np.int64]], k: int) -> bytes:
    table = np.full((len(lists), k), -1, np.int32)
    for row, ranked in zip(table, lists, strict=True):
        row[: len(ranked)] = ranked
    return table.tobytes()


def _vectors(raw: bytes, items: int) -> NDArray[np.float32] | None:
    return np.frombuffer(raw, np.float32).reshape(items, -1) if raw else None


def _peak_mb() -> float:
    """Most memory this process has held, in MB; 0 where the system does not tell."""
    try:
        import resource
        import sys
    except ImportError:  # Windows
        import psutil

        return float(getattr(psutil.Process().memory_info(), "peak_wset", 0)) / 2**20
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (2**20 if sys.platform == "darwin" else 2**10)
