"""What every recommender must do, and what the blend must do beyond that."""

from __future__ import annotations

import io
from collections.abc import Callable

import numpy as np
import pytest
from scipy.sparse import csr_matrix, vstack

from engine.errors import Cancelled, InputError, PackUnusable
from engine.serve.recommend.model import ARRAYS, HISTORY, ITEMS, RecommendModel, open_model, pack_files
from engine.serve.recommend.rank import rank_items, score_items
from engine.serve.recommend.reasons import contributions, explained
from engine.serve.recommend.similar import similar_items
from engine.train.recommend.baselines import BaselineSetting, baseline_lists
from engine.train.recommend.blend import Setting, blend, blend_scores, fit_parts
from engine.train.recommend.fit import BaselineSpec, Events, FitResult, FitSpec, baselines, fit, pack_arrays
from engine.train.recommend.holdout import lists_for, split_items, split_people
from engine.train.recommend.interactions import Interactions, as_matrix, collect
from engine.train.recommend.popularity import popularity


class Link:
    def __init__(self, stop_at: str = "") -> None:
        self.stages: list[str] = []
        self._stop_at = stop_at

    def report(self, done: int, total: int | None, stage: str, note: str = "") -> None:
        self.stages.append(stage)
        self.check()

    def check(self) -> None:
        if self._stop_at and self._stop_at in self.stages:
            raise Cancelled


def go_on() -> None:
    pass


@pytest.fixture(scope="module")
def found(shop_of_all) -> Interactions:
    return collect(shop_of_all.events, {item["item"]: place for place, item in enumerate(shop_of_all.items)})


@pytest.fixture(scope="module")
def matrix(found: Interactions, shop_of_all) -> csr_matrix:
    return as_matrix(found.user, found.item, found.strength, len(found.users), len(shop_of_all.items))


@pytest.fixture(scope="module")
def vectors(shop_of_all) -> np.ndarray:
    from engine.language.lexical import lexical_vectors

    return lexical_vectors([item["title"] for item in shop_of_all.items], 64)


def spec_of(found: Interactions, items: int, vectors: np.ndarray | None, **more) -> FitSpec:
    events = Events(len(found.users), items, found.user.tobytes(), found.item.tobytes(), found.strength.tobytes())
    return FitSpec(events, b"" if vectors is None else vectors.tobytes(), **more)


@pytest.fixture(scope="module")
def fitted(found: Interactions, shop_of_all, vectors: np.ndarray) -> FitResult:
    return fit(spec_of(found, len(shop_of_all.items), vectors), Link())


@pytest.fixture(scope="module")
def model(fitted: FitResult, found: Interactions, shop_of_all) -> RecommendModel:
    ids = [item["item"] for item in shop_of_all.items]
    titles = [item["title"] for item in shop_of_all.items]
    files = pack_files(fitted.arrays, ids, titles, found.users, found.user, found.item, found.strength)
    return open_model("shop", files, {"setting": {"strengths": fitted.setting.strengths}})


def ours(matrix: csr_matrix, people: np.ndarray) -> list[np.ndarray]:
    blended = blend(fit_parts(matrix, None, Setting(), 1000, go_on), Setting())
    return lists_for(people, matrix, popularity(matrix), lambda batch: blend_scores(blended, matrix[batch]), go_on)


def baseline(name: str) -> Callable[[csr_matrix, np.ndarray], list[np.ndarray]]:
    return lambda matrix, people: baseline_lists(matrix, people, BaselineSetting(), 1000, go_on)[name]


@pytest.mark.parametrize(
    "ranked",
    [ours, baseline("popularity"), baseline("item_knn"), baseline("ease")],
    ids=["ours", "popularity", "knn", "ease"],
)
class TestEveryRecommender:
    def test_lists_hold_ten_different_unseen_items(self, ranked, matrix: csr_matrix) -> None:
        people = np.arange(matrix.shape[0])
        for person, found in zip(people, ranked(matrix, people), strict=True):
            assert len(found) == 10 == len(set(found.tolist()))
            assert not set(found.tolist()) & set(matrix[person].indices.tolist())

    def test_who_has_seen_nearly_everything_gets_the_rest(self, ranked, matrix: csr_matrix) -> None:
        everything = np.ones((1, matrix.shape[1]), np.float32)
        nearly = everything.copy()
        nearly[0, [3, 8]] = 0
        wider = vstack([matrix, csr_matrix(everything), csr_matrix(nearly)]).tocsr()
        all_seen, two_left = ranked(wider, np.array([wider.shape[0] - 2, wider.shape[0] - 1]))
        assert all_seen.tolist() == []
        assert sorted(two_left.tolist()) == [3, 8]

    def test_the_same_data_give_the_same_lists(self, ranked, matrix: csr_matrix) -> None:
        people = np.arange(20)
        for first, second in zip(ranked(matrix, people), ranked(matrix.copy(), people), strict=True):
            assert first.tolist() == second.tolist()

    def test_one_person_and_one_item_are_enough_not_to_fail(self, ranked) -> None:
        assert ranked(csr_matrix(np.ones((1, 1), np.float32)), np.array([0]))[0].tolist() == []


def test_the_kind_that_people_stay_with_is_found(fitted: FitResult, model: RecommendModel, shop_of_all) -> None:
    assert fitted.metrics["model"].ndcg_10 > fitted.metrics["popularity"].ndcg_10 * 2
    for person in range(12):
        user = model.user_index[f"shopper-{person:03}"]
        found = rank_items(model, model.history(user), 5).items
        topic = ("tea", "boot", "lamp")[person % 3]
        assert sum(model.item_ids[item].startswith(topic) for item in found) >= 4


def test_fitting_twice_gives_the_same_bytes(found, shop_of_all, vectors, fitted: FitResult) -> None:
    again = fit(spec_of(found, len(shop_of_all.items), vectors), Link())
    assert again.arrays == fitted.arrays
    assert again.setting == fitted.setting


@pytest.mark.parametrize("stage", ["prepare", "tune", "measure", "learn"])
def test_cancel_is_heard_in_every_stage(found, shop_of_all, vectors, stage: str) -> None:
    with pytest.raises(Cancelled):
        fit(spec_of(found, len(shop_of_all.items), vectors), Link(stop_at=stage))


def test_no_time_still_gives_a_model_and_says_so(found, shop_of_all, vectors) -> None:
    result = fit(spec_of(found, len(shop_of_all.items), vectors, max_seconds=0.001), Link())
    assert result.arrays
    assert any("Time ran out" in note for note in result.notes)


def test_only_rejections_cannot_be_learned_from() -> None:
    found = collect([{"user": "u", "item": "a", "type": "return", "value": ""}], {"a": 0})
    with pytest.raises(InputError, match="no event to learn from"):
        fit(spec_of(found, 1, None), Link())


def test_too_few_people_to_tune_are_told(shop_of_all) -> None:
    found = collect(shop_of_all.events[:30], {item["item"]: n for n, item in enumerate(shop_of_all.items)})
    result = fit(spec_of(found, len(shop_of_all.items), None), Link())
    assert result.metrics == {}
    assert result.setting == Setting()
    assert any("Too few people" in note for note in result.notes)


def test_baseline_task_gives_the_lists_of_the_plain_functions(found, matrix: csr_matrix) -> None:
    people = np.array([3, 5], np.int64)
    spec = BaselineSpec(spec_of(found, matrix.shape[1], None).events, people.tobytes(), BaselineSetting())
    lists = baselines(spec, Link()).lists
    plain = baseline_lists(matrix, people, BaselineSetting(), 1000, go_on)
    for name, raw in lists.items():
        assert np.frombuffer(raw, np.int32).reshape(2, 10).tolist() == [ranked.tolist() for ranked in plain[name]]


def test_stored_scores_are_the_fitted_ones(matrix: csr_matrix, vectors: np.ndarray, shop_of_all, found) -> None:
    blended = blend(fit_parts(matrix, vectors, Setting(text_warm=0.1), 1000, go_on), Setting(text_warm=0.1))
    ids = [item["item"] for item in shop_of_all.items]
    files = pack_files(pack_arrays(blended), ids, ids, found.users, found.user, found.item, found.strength)
    model = open_model("m", files, {})
    direct = blend_scores(blended, matrix)
    for user in range(len(found.users)):
        assert score_items(model, model.history(user)) == pytest.approx(direct[user], abs=0.02, rel=0.005)


def test_reasons_are_parts_of_the_score(model: RecommendModel) -> None:
    history = model.history(0)
    ranking = rank_items(model, history, 10)
    parts = contributions(model, history, ranking.items)
    assert (parts.behaviour + parts.text).sum(axis=1) == pytest.approx(ranking.scores, rel=1e-4, abs=1e-5)
    chosen = {model.item_ids[item] for item in history.items}
    for item, row, text in zip(explained(model, history, ranking), parts.behaviour, parts.text, strict=True):
        assert item.why == ("text" if text.sum() > row.sum() else "behaviour")
        assert set(item.because) <= chosen
        best = model.item_ids[history.items[int(np.argmax(text if item.why == "text" else row))]]
        assert item.because[0] == best
        assert model.titles[model.item_index[best]] in item.reason


def test_a_cold_item_is_offered_for_its_text_and_says_so(shop_of_all, vectors: np.ndarray) -> None:
    new = "tea-mint-1"
    events = [event for event in shop_of_all.events if event["item"] != new]
    ids = [item["item"] for item in shop_of_all.items]
    found = collect(events, {item: place for place, item in enumerate(ids)})
    matrix = as_matrix(found.user, found.item, found.strength, len(found.users), len(ids))
    setting = Setting(text_cold=2.0)
    models = {}
    for name, given in (("with", vectors), ("without", None)):
        arrays = pack_arrays(blend(fit_parts(matrix, given, setting, 1000, go_on), setting))
        files = pack_files(arrays, ids, ids, found.users, found.user, found.item, found.strength)
        models[name] = open_model(name, files, {})
    history = models["with"].history_of([ids.index("tea-mint-0"), ids.index("tea-mint-2")])
    place = {}
    for name, model in models.items():
        ranked = explained(model, history, rank_items(model, history, len(ids)))
        place[name] = [item.item for item in ranked].index(new)
        if name == "with":
            told = ranked[place[name]]
    assert place["with"] < 10 < place["without"]
    assert told.why == "text"
    assert set(told.because) <= {"tea-mint-0", "tea-mint-2"}
    assert "description" in told.reason
    assert new in [item.item for item in similar_items(models["with"], ids.index("tea-mint-0"), 5)]
    assert similar_items(models["with"], ids.index(new), 3)[0].item.startswith("tea-mint")


def test_without_a_history_the_best_known_come_first(model: RecommendModel) -> None:
    ranked = explained(model, model.history_of([]), rank_items(model, model.history_of([]), 5))
    counts = [model.popularity[model.item_index[item.item]] for item in ranked]
    assert counts == sorted(model.popularity, reverse=True)[:5]
    assert all(item.why == "popular" and not item.because for item in ranked)
    assert f"Chosen by {counts[0]:.0f} of 60 people" in ranked[0].reason


def test_splits_keep_everything_once() -> None:
    rng = np.random.default_rng(0)
    people = csr_matrix((rng.random((50, 40)) < 0.3).astype(np.float32))
    for split in (
        split_people(people, np.random.default_rng(1), most_people=50),
        split_items(people, np.random.default_rng(1), most_people=50, share=0.2),
    ):
        for person, held in zip(split.people, split.relevant, strict=True):
            kept = split.train[int(person)].indices
            assert sorted([*kept, *held]) == sorted(people[int(person)].indices)
    person_split = split_people(people, np.random.default_rng(1), most_people=50)
    for person, held in zip(person_split.people, person_split.relevant, strict=True):
        assert len(held) == max(1, round(0.2 * people[int(person)].nnz))


@pytest.mark.parametrize(
    "harm",
    [
        lambda files: files.pop(ARRAYS),
        lambda files: files.update({ARRAYS: files[ARRAYS][:200]}),
        lambda files: files.update({HISTORY: b"nothing"}),
        lambda files: files.update({ITEMS: b"[]"}),
        lambda files: files.update({ITEMS: b"{"}),
    ],
)
def test_a_damaged_pack_is_refused(fitted: FitResult, found, shop_of_all, harm) -> None:
    ids = [item["item"] for item in shop_of_all.items]
    files = pack_files(fitted.arrays, ids, ids, found.users, found.user, found.item, found.strength)
    harm(files)
    with pytest.raises(PackUnusable, match="shop"):
        open_model("shop", files, {})


def test_places_outside_of_the_item_list_are_refused(fitted: FitResult, found, shop_of_all) -> None:
    ids = [item["item"] for item in shop_of_all.items]
    files = pack_files(fitted.arrays, ids, ids, found.users, found.user, found.item, found.strength)
    with np.load(io.BytesIO(files[ARRAYS]), allow_pickle=False) as arrays:
        changed = dict(arrays)
    changed["behaviour_targets"][0] = 60_000
    out = io.BytesIO()
    np.savez(out, allow_pickle=False, **changed)
    with pytest.raises(PackUnusable):
        open_model("shop", files | {ARRAYS: out.getvalue()}, {})


def test_tuning_never_leaves_new_items_without_their_text(fitted: FitResult) -> None:
    assert fitted.setting.text_cold > 0
