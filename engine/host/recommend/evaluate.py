"""Lists against events held out: of the version in use, and of baselines fitted on the same training events."""

from __future__ import annotations

import msgspec
import numpy as np
from numpy.typing import NDArray

from engine.api import Control, Difference, RankingMetrics, RecommenderEvaluated, SliceMetrics
from engine.dataset.chunks import unpack
from engine.errors import FileUnusable
from engine.host.context import Context
from engine.host.recommend.learn import IDLE_S, memory_allowed_mb
from engine.host.recommend.opened import opened
from engine.ingest.import_table import Chunk, ImportSpec, path_bytes
from engine.serve.recommend.model import TASK, RecommendModel
from engine.serve.recommend.order import LONG_AGO
from engine.serve.recommend.rank import rank_items
from engine.store import packs
from engine.train.recommend.baselines import BaselineSetting
from engine.train.recommend.fit import BaselineResult, BaselineSpec, Events
from engine.train.recommend.metrics import K, ranking_metrics
from engine.train.recommend.protocol import DEPTH, Ground, described, difference

CHECK_EVERY = 20


class Holdout:
    """Held-out items per person, as far as the model knows both.

    Attributes:
        wanted: positions of items per position of a person.
        people: ids of all people of the file; `strangers`: positions of items per id of a person that is unknown;
            `unusable`: ids of items that are unknown; `learned`: whether something in it was learned from.
    """

    def __init__(self, model: RecommendModel) -> None:
        self._model = model
        self._seen: dict[int, set[int]] = {}
        self.wanted: dict[int, set[int]] = {}
        self.people: set[str] = set()
        self.unusable: set[str] = set()
        self.strangers: dict[str, set[int]] = {}
        self.learned = False

    def add(self, chunk: Chunk) -> None:
        rows = unpack(chunk.data)
        user_column, item_column = rows.columns.index("user"), rows.columns.index("item")
        for row in rows.rows:
            self._add(row[user_column].strip(), row[item_column].strip())

    def _add(self, user: str, item: str) -> None:
        self.people.add(user)
        who, what = self._model.user_index.get(user), self._model.item_index.get(item)
        if what is None:
            self.unusable.add(item)
        elif who is None:
            self.strangers.setdefault(user, set()).add(what)
        elif what in self._history(who):
            self.learned = True
        else:
            self.wanted.setdefault(who, set()).add(what)

    def _history(self, who: int) -> set[int]:
        if who not in self._seen:
            self._seen[who] = set(self._model.history(who).items.tolist())
        return self._seen[who]


def evaluate(ctx: Context, pack: str, path: str, baselines: bool, ctl: Control) -> RecommenderEvaluated:
    """Rank all items that each person has no training event with; every held-out item counts as relevant.

    Raises:
        UnknownName, PackUnusable, FileMissing, FileUnusable, ColumnsUnknown.
    """
    model = opened(ctx, pack)
    holdout = Holdout(model)
    ctx.workers.run("import_table", ImportSpec(path_bytes(path), "events", {}), ctl, title=path, on_item=holdout.add)
    people = np.array(sorted(holdout.wanted), np.int64)
    if len(people) == 0:
        if holdout.learned:
            raise FileUnusable(path=path, reason=f"{pack} has learned from every event in it that it can use.")
        raise FileUnusable(path=path, reason=f"none of its people and items is known to {pack}.")
    relevant = [np.array(sorted(holdout.wanted[int(who)]), np.int64) for who in people]
    lists = []
    for done, who in enumerate(people):
        if done % CHECK_EVERY == 0:
            ctl.report(done, len(people), "rank")
        lists.append(rank_items(model, model.history(int(who)), DEPTH).items)
    ground = _ground(model, people, relevant)
    ours = described(lists, ground)
    slices = dict(ours.slices)
    if holdout.strangers:
        slices["new people"] = _new_people(model, holdout)
    others: dict[str, RankingMetrics] = {}
    differences: dict[str, Difference] = {}
    if baselines:
        for name, ranked in _baseline_lists(ctx, model, pack, people, ctl).items():
            ctl.check()
            others[name] = described(ranked, ground)
            differences[name] = difference(lists, ranked, relevant)
    return RecommenderEvaluated(
        users=len(people),
        ndcg_10=ours.ndcg_10,
        recall_10=ours.recall_10,
        coverage=ours.coverage,
        baselines=others,
        skipped_users=len(holdout.people) - len(people),
        skipped_items=len(holdout.unusable),
        mrr=ours.mrr,
        novelty=ours.novelty,
        diversity=ours.diversity,
        popularity_bias=ours.popularity_bias,
        interval=ours.interval,
        at=ours.at,
        slices=slices,
        differences=differences,
    )


def _ground(model: RecommendModel, people: NDArray[np.int64], relevant: list[NDArray[np.int64]]) -> Ground:
    from scipy.sparse import csr_matrix

    kept = model.history_strengths > 0
    users = np.repeat(np.arange(len(model.user_ids)), np.diff(model.history_starts))[kept]
    ones = np.ones(len(users), np.float32)
    shape = (len(model.user_ids), len(model.item_ids))
    vectors = None
    if model.vectors is not None:
        vectors = model.vectors.of(np.arange(len(model.item_ids)))
    return Ground(csr_matrix((ones, (users, model.history_items[kept])), shape=shape), people, relevant, vectors)


def _new_people(model: RecommendModel, holdout: Holdout) -> SliceMetrics:
    """People that the pack does not know: all of them get what is popular."""
    popular = rank_items(model, model.history_of([]), K).items
    relevant = [np.array(sorted(wanted), np.int64) for wanted in holdout.strangers.values()]
    plain = ranking_metrics([popular] * len(relevant), relevant, len(model.item_ids))
    return SliceMetrics(len(relevant), plain.ndcg_10, plain.recall_10)


def _baseline_lists(
    ctx: Context, model: RecommendModel, pack: str, people: NDArray[np.int64], ctl: Control
) -> dict[str, list[NDArray[np.int64]]]:
    manifest = packs.current(ctx.store, pack, TASK).manifest
    users = np.repeat(np.arange(len(model.user_ids), dtype=np.int32), np.diff(model.history_starts))
    events = Events(
        users=len(model.user_ids),
        items=len(model.item_ids),
        user=users.tobytes(),
        item=model.history_items.tobytes(),
        strength=model.history_strengths.tobytes(),
        time=_order(model),
    )
    memory_mb = memory_allowed_mb()
    setting = msgspec.convert(manifest["baselines"], BaselineSetting)
    trend = b"" if model.trend is None else model.trend.astype(np.float32).tobytes()
    vectors = b"" if model.vectors is None else model.vectors.of(np.arange(len(model.item_ids))).tobytes()
    spec = BaselineSpec(events, people.tobytes(), setting, memory_mb, manifest.get("seed", 0), DEPTH, trend, vectors)
    result: BaselineResult = ctx.workers.run(
        "recommend_baselines", spec, ctl, title=pack, idle_s=IDLE_S, memory_mb=memory_mb + 800
    )
    tables = {name: np.frombuffer(raw, np.int32).reshape(len(people), DEPTH) for name, raw in result.lists.items()}
    return {name: [row[row >= 0].astype(np.int64) for row in table] for name, table in tables.items()}


def _order(model: RecommendModel) -> bytes:
    """Numbers in place of times, the newest choice of a person 0; nothing where the order is not part of the model."""
    if model.history_back is None:
        return b""
    back = model.history_back.astype(np.float64)
    return np.where(model.history_back == LONG_AGO, np.nan, -back).tobytes()
