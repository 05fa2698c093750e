"""Lists against events held out: of the version in use, and of baselines fitted on the same training events."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.api import Control, RankingMetrics, RecommenderEvaluated
from engine.dataset.chunks import unpack
from engine.errors import FileUnusable
from engine.host.context import Context
from engine.host.recommend.learn import IDLE_S, memory_allowed_mb
from engine.host.recommend.opened import opened
from engine.ingest.import_table import Chunk, ImportSpec, path_bytes
from engine.serve.recommend.model import TASK, RecommendModel
from engine.serve.recommend.rank import rank_items
from engine.store import packs
from engine.train.recommend.baselines import BaselineSetting
from engine.train.recommend.fit import BaselineResult, BaselineSpec, Events
from engine.train.recommend.metrics import K, ranking_metrics

CHECK_EVERY = 20


class Holdout:
    """Held-out items per person, as far as the model knows both.

    Attributes:
        wanted: positions of items per position of a person.
        strangers: ids of people that are unknown; `unusable`: ids of items that are unknown; `seen`: rows that the
            person has a training event for, which no list may hold.
    """

    def __init__(self, model: RecommendModel) -> None:
        self._model = model
        self._seen: dict[int, set[int]] = {}
        self.wanted: dict[int, set[int]] = {}
        self.people: set[str] = set()
        self.unusable: set[str] = set()

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
        elif who is not None and what not in self._history(who):
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
        raise FileUnusable(path=path, reason=f"none of its people and items is known to {pack}.")
    relevant = [np.array(sorted(holdout.wanted[int(who)]), np.int64) for who in people]
    lists = []
    for done, who in enumerate(people):
        if done % CHECK_EVERY == 0:
            ctl.report(done, len(people), "rank")
        lists.append(rank_items(model, model.history(int(who)), K).items)
    items = len(model.item_ids)
    ours = ranking_metrics(lists, relevant, items)
    others: dict[str, RankingMetrics] = {}
    if baselines:
        found = _baseline_lists(ctx, model, pack, people, ctl)
        others = {name: ranking_metrics(ranked, relevant, items) for name, ranked in found.items()}
    return RecommenderEvaluated(
        users=len(people),
        ndcg_10=ours.ndcg_10,
        recall_10=ours.recall_10,
        coverage=ours.coverage,
        baselines=others,
        skipped_users=len(holdout.people) - len(people),
        skipped_items=len(holdout.unusable),
    )


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
    )
    memory_mb = memory_allowed_mb()
    spec = BaselineSpec(events, people.tobytes(), BaselineSetting(**manifest["baselines"]), memory_mb)
    result: BaselineResult = ctx.workers.run(
        "recommend_baselines", spec, ctl, title=pack, idle_s=IDLE_S, memory_mb=memory_mb + 800
    )
    tables = {name: np.frombuffer(raw, np.int32).reshape(len(people), K) for name, raw in result.lists.items()}
    return {name: [row[row >= 0].astype(np.int64) for row in table] for name, table in tables.items()}
