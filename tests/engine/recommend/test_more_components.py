"""Factors, what comes next, and popularity that fades: against numbers worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from engine.train.recommend.baselines import NAMES, BaselineSetting, baseline_lists
from engine.train.recommend.blend import Setting, blend, blend_scores, fit_parts, recent_of
from engine.train.recommend.fit import Events, FitSpec, fit
from engine.train.recommend.holdout import split_people
from engine.train.recommend.ials import FactorSetting, fit_factors
from engine.train.recommend.popularity import decayed
from engine.train.recommend.sequence import LONG_AGO, is_ordered, places_back, recent, transitions
from engine.train.recommend.text import text_neighbours

DAY = 86_400.0


def go_on() -> None:
    pass


class Quiet:
    def report(self, done: int, total: int | None, stage: str, note: str = "") -> None: ...
    def check(self) -> None: ...


def blocks_of_taste(people: int = 40, items: int = 20) -> csr_matrix:
    """Two halves of people who each choose within one half of the items."""
    rng = np.random.default_rng(5)
    chosen = np.zeros((people, items), np.float32)
    for person in range(people):
        half = slice(0, items // 2) if person % 2 else slice(items // 2, items)
        chosen[person, half] = rng.random(items // 2) < 0.6
    return csr_matrix(chosen)


def test_factors_find_the_halves_and_are_the_same_twice() -> None:
    people = blocks_of_taste()
    first = fit_factors(people, FactorSetting(4, 5.0, 0.1, 15), go_on, seed=1)
    scores = first.scores(np.array([1]))[0]
    assert scores[:10].min() > scores[10:].max()
    again = fit_factors(people, FactorSetting(4, 5.0, 0.1, 15), go_on, seed=1)
    assert np.array_equal(first.items, again.items)


def test_the_table_of_factors_is_what_one_choice_alone_would_score() -> None:
    setting = FactorSetting(4, 5.0, 0.1, 15)
    factors = fit_factors(blocks_of_taste(), setting, go_on, seed=1)
    y = factors.items.astype(float)
    table = factors.table(go_on, keep=20).toarray()
    for chosen in (0, 13):
        confidence = np.ones(20)
        confidence[chosen] = setting.alpha
        gram = y.T @ (confidence[:, None] * y) + setting.regularization * np.eye(4)
        person = np.linalg.solve(gram, setting.alpha * y[chosen])
        expected = np.maximum(y @ person, 0)
        expected[chosen] = 0
        assert table[chosen] == pytest.approx(expected, abs=1e-4)


def test_stopping_is_heard_between_rounds_of_factors() -> None:
    def stop() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fit_factors(blocks_of_taste(), FactorSetting(4), stop)


def test_steps_count_by_their_distance() -> None:
    people = csr_matrix(np.array([[1, 1, 1, 0], [0, 1, 1, 0]], np.float32))
    times = np.array([3, 1, 2, 5, 4], float) * DAY  # person 0: items 1, 2, 0; person 1: items 2, 1
    weights = transitions(people, times, go_on).toarray()
    norm = np.sqrt(2)
    assert weights[1, 2] == pytest.approx(1 / 2)  # n = 2 and 2
    assert weights[1, 0] == pytest.approx(0.5 / norm)
    assert weights[2, 0] == pytest.approx(1 / norm)
    assert weights[2, 1] == pytest.approx(1 / 2)
    assert weights[0].sum() == weights[3].sum() == 0


def test_the_newest_choice_is_nothing_back() -> None:
    people = np.array([0, 0, 0, 2, 2])
    times = np.array([3, np.nan, 5, 7, 7.0])
    assert places_back(people, times).tolist() == [1, LONG_AGO, 0, 0, 1]
    rows = csr_matrix(np.array([[1, 0, 1], [0, 1, 1]], np.float32))
    last = recent(rows, np.array([1.0, 2, 4, 3]), 2, 0.5).toarray()
    assert last.tolist() == [[0.5, 0, 1], [0, 1, 0.5]]
    assert recent(rows, np.array([1.0, 2, 4, 3]), 1, 0.5).toarray().tolist() == [[0, 0, 1], [0, 1, 0]]


def test_order_needs_different_times() -> None:
    people = csr_matrix(np.ones((4, 2), np.float32))
    assert not is_ordered(people, None)
    assert not is_ordered(people, np.full(8, 5.0))
    assert not is_ordered(people, np.array([1, 2, 3, 3, np.nan, 4, 5, 5]))
    assert is_ordered(people, np.array([1, 2, 3, 3, 1, 4, 5, 5.0]))


def test_popularity_halves_with_every_half_life() -> None:
    people = csr_matrix(np.array([[1, 0], [1, 1], [0, 1]], np.float32))
    times = np.array([0, 10, 20, np.nan]) * DAY
    assert decayed(people, times, 10.0) == pytest.approx([0.25 + 0.5, 1 + 0.25])
    assert decayed(people, np.full(4, np.nan), 10.0).tolist() == [2, 2]


def test_the_latest_items_are_held_out() -> None:
    people = csr_matrix(np.ones((30, 10), np.float32))
    times = np.tile(np.arange(10.0)[::-1], 30)  # item 0 is the latest
    split = split_people(people, np.random.default_rng(0), most_people=30, share=0.2, times=times)
    assert all(held.tolist() == [0, 1] for held in split.relevant)
    assert split.times is not None
    assert split.times.tolist() == np.tile(np.arange(8.0)[::-1], 30).tolist()


def test_factors_leave_no_lock_between_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    import multiprocessing.synchronize

    from tqdm import tqdm

    def made(*_args: object, **_more: object) -> None:
        raise AssertionError("a lock between processes")

    monkeypatch.setattr(multiprocessing.synchronize.SemLock, "__init__", made)
    monkeypatch.delattr(tqdm, "_lock", raising=False)
    fit_factors(walks()[0], FactorSetting(4, 2.0, 1.0, 1), go_on)


def walks(people: int = 300, items: int = 40, seed: int = 3) -> tuple[csr_matrix, np.ndarray]:
    """People who go round a circle of items from wherever they begin, now and then with a leap."""
    rng = np.random.default_rng(seed)
    rows, columns, times = [], [], []
    for person in range(people):
        at, seen = int(rng.integers(items)), set[int]()
        for step in range(8):
            at = int(rng.integers(items)) if rng.random() < 0.2 else (at + 1) % items
            if at not in seen:
                seen.add(at)
                rows.append(person)
                columns.append(at)
                times.append(step * DAY)
    order = np.lexsort((columns, rows))
    matrix = csr_matrix((np.ones(len(rows), np.float32), (np.array(rows)[order], np.array(columns)[order])),
                        shape=(people, items))  # fmt: skip
    return matrix, np.array(times)[order]


def test_what_comes_next_is_learned_where_the_order_tells() -> None:
    matrix, times = walks()
    entries = matrix.tocoo()
    events = Events(
        300, 40, entries.row.astype(np.int32).tobytes(), entries.col.astype(np.int32).tobytes(),
        matrix.data.tobytes(), times.tobytes(),
    )  # fmt: skip
    found = fit(FitSpec(events), Quiet())
    assert found.setting.next_weight > 0
    assert found.metrics["model"].ndcg_10 > found.metrics["item_knn"].ndcg_10 * 1.2
    unordered = fit(FitSpec(Events(300, 40, events.user, events.item, events.strength)), Quiet())
    assert unordered.setting.next_weight == 0
    setting = Setting(next_weight=1.0, next_last=1, next_decay=1.0)
    model = blend(fit_parts(matrix, None, setting, 1000, go_on, times=times), setting)
    last = recent_of(model, matrix, times)
    assert last is not None
    assert (last.sum(axis=1) == 1).all()
    assert (blend_scores(model, matrix, last) - blend_scores(model, matrix)).max() > 0


def test_baselines_are_those_that_are_known_enough_and_take_a_longer_list() -> None:
    matrix, times = walks()
    setting = BaselineSetting(half_life_days=2.0)
    plain = baseline_lists(matrix, np.arange(5), setting, 1000, go_on, k=20)
    assert list(plain) == ["popularity", "item_knn", "ease", "ials"]
    near = text_neighbours(np.eye(40, 12, dtype=np.float32), np.ones(40, np.float32), go_on)
    found = baseline_lists(matrix, np.arange(5), setting, 1000, go_on, times=times, k=20, near=near)
    assert tuple(found) == NAMES
    assert {len(ranked) for lists in found.values() for ranked in lists} == {20}


def test_what_comes_next_is_served_as_it_was_fitted() -> None:
    from engine.serve.recommend.model import open_model, pack_files
    from engine.serve.recommend.order import ORDER, order_file
    from engine.serve.recommend.rank import rank_items, score_items
    from engine.serve.recommend.reasons import contributions
    from engine.train.recommend.fit import pack_arrays

    matrix, times = walks()
    setting = Setting(next_weight=2.0, next_last=2, next_decay=0.5, half_life_days=3.0)
    fitted = blend(fit_parts(matrix, None, setting, 1000, go_on, times=times), setting)
    ids = [str(item) for item in range(40)]
    entries = matrix.tocoo()
    people, items = entries.row.astype(np.int32), entries.col.astype(np.int32)
    files = pack_files(pack_arrays(fitted), ids, ids, [str(n) for n in range(300)], people, items, matrix.data)
    files[ORDER] = order_file(places_back(people, times))
    model = open_model("walks", files, {})
    direct = blend_scores(fitted, matrix, recent_of(fitted, matrix, times))
    for person in range(0, 300, 40):
        history = model.history(person)
        assert score_items(model, history) == pytest.approx(direct[person], abs=0.02, rel=0.005)
        ranking = rank_items(model, history, 10)
        assert contributions(model, history, ranking.items).behaviour.sum(axis=1) == pytest.approx(
            ranking.scores, rel=1e-4, abs=1e-4
        )
    one, other = model.history_of([3, 20]), model.history_of([20, 3])
    assert one.recent is not None
    assert one.recent.tolist() == [0.5, 1.0]
    assert other.recent is not None
    assert other.recent.tolist() == [1.0, 0.5]
    assert rank_items(model, one, 1).items.tolist() != rank_items(model, other, 1).items.tolist()
    assert model.by_popularity.tolist()[0] == int(np.argmax(fitted.trend))


def test_text_neighbours_of_very_many_items_are_looked_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    import engine.train.recommend.blend as blend_module
    import engine.train.recommend.ease as ease_module
    import engine.train.recommend.fit as fit_module
    import engine.train.recommend.tune as tune_module

    def never(*_: object, **__: object) -> None:
        raise AssertionError("looked for again")

    for module in (ease_module, fit_module, tune_module):
        monkeypatch.setattr(module, "LARGEST_SIDE", 20)
    monkeypatch.setattr(tune_module, "TUNED_SIDE", 15)
    monkeypatch.setattr(tune_module, "FACTOR_CHOICES", (FactorSetting(8, 2.0, 1.0),))
    monkeypatch.setattr(blend_module, "text_neighbours", never)
    matrix, times = walks()
    entries = matrix.tocoo()
    vectors = np.random.default_rng(0).normal(size=(40, 8)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    events = Events(
        300, 40, entries.row.astype(np.int32).tobytes(), entries.col.astype(np.int32).tobytes(),
        matrix.data.tobytes(), times.tobytes(),
    )  # fmt: skip
    found = fit(FitSpec(events, vectors.tobytes()), Quiet())
    assert found.metrics["model"].ndcg_10 > found.metrics["popularity"].ndcg_10
    assert found.setting.penalty == 0.0
