"""Whatever a reason names is a cause: without it the score is lower. Over many people and models."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import api
from engine.host.recommend.opened import opened
from engine.serve.recommend.lists import make_list
from engine.serve.recommend.model import History, RecommendModel, SparseRows
from engine.serve.recommend.rank import rank_items, score_items
from engine.serve.recommend.rules import Rules
from engine.store import datasets


def random_model(rng: np.random.Generator, items: int, people: int) -> RecommendModel:
    """Weights of both signs, a few per item, as EASE gives them; text weights are positive."""

    def table(low: float, kept: float) -> SparseRows:
        dense = rng.uniform(low, 1, (items, items)) * (rng.random((items, items)) < kept)
        np.fill_diagonal(dense, 0)
        rows, columns = np.nonzero(dense)
        starts = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=items))]).astype(np.int64)
        return SparseRows(starts, columns.astype(np.int32), dense[rows, columns].astype(np.float32))

    histories = [np.sort(rng.choice(items, rng.integers(1, 8), replace=False)) for _ in range(people)]
    flat = np.concatenate(histories).astype(np.int32)
    ids = tuple(f"i{place}" for place in range(items))
    return RecommendModel(
        name="m", item_ids=ids, titles=ids, user_ids=tuple(f"u{place}" for place in range(people)),
        item_index={item: place for place, item in enumerate(ids)},
        user_index={f"u{place}": place for place in range(people)},
        behaviour=table(-0.8, 0.4), text=table(0, 0.2),
        popularity=np.bincount(flat, minlength=items).astype(np.float32),
        history_starts=np.concatenate([[0], np.cumsum([len(one) for one in histories])]).astype(np.int64),
        history_items=flat, history_strengths=rng.uniform(0.2, 1, len(flat)).astype(np.float32), strengths=True,
    )  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_removing_the_named_cause_lowers_the_score(seed: int) -> None:
    model = random_model(np.random.default_rng(seed), 30, 10)
    named = 0
    for user in range(10):
        history = model.history(user)
        for item in make_list(model, history, 10, Rules()):
            before = float(score_items(model, history)[model.item_index[item.item]])
            for cause in item.because:
                kept = history.items != model.item_index[cause]
                assert not kept.all()
                less = score_items(model, History(history.items[kept], history.strengths[kept]))
                assert less[model.item_index[item.item]] < before
                named += 1
            if item.why == "popular":
                assert not item.because
    assert named > 20


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_the_ground_is_the_larger_part_of_what_the_causes_added(seed: int) -> None:
    model = random_model(np.random.default_rng(seed), 20, 5)
    bare = RecommendModel(**{**vars_of(model), "text": None})
    for user in range(5):
        history = model.history(user)
        for item in make_list(model, history, 5, Rules()):
            if not item.because:
                continue
            causes = np.array([model.item_index[cause] for cause in item.because])
            at = np.isin(history.items, causes)
            alone = History(history.items[at], history.strengths[at])
            place = model.item_index[item.item]
            by_behaviour = float(score_items(bare, alone)[place])
            by_text = float(score_items(model, alone)[place]) - by_behaviour
            assert (item.why == "text") == (by_text > by_behaviour) or by_text == pytest.approx(by_behaviour, abs=1e-5)


def test_reasons_of_a_learned_model_are_causes_for_everybody(service, shop) -> None:
    """Whatever the model learned to look at: the score with which an item was placed falls without the named cause."""
    store = service.context.store
    datasets.add(store, "goods", "items", source="", mapping={}, batches=[shop.items])
    datasets.add(store, "sales", "events", source="", mapping={}, batches=[shop.events])
    service.call(api.FitRecommender(items="goods", events="sales", pack="taste", max_minutes=0.1))
    model = opened(service.context, "taste")
    items = len(model.item_ids)
    named = 0
    for user in range(len(model.user_ids)):
        history = model.history(user)
        for item in make_list(model, history, 5, Rules()):
            place = model.item_index[item.item]
            for cause in item.because:
                ranking = rank_items(model, history.kept(history.items != model.item_index[cause]), items)
                after = dict(zip(ranking.items.tolist(), ranking.scores.tolist(), strict=True))
                if len(history.items) > 1:
                    assert after[place] < item.score + 1e-6
                    named += 1
    assert named > 200


def vars_of(model: RecommendModel) -> dict[str, object]:
    return {name: getattr(model, name) for name in model.__dataclass_fields__}
