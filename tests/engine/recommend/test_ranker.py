"""The second look: kept where it pays, walked as LightGBM walks it, the same in serving as in learning."""

from __future__ import annotations

import importlib
import sys
from dataclasses import replace

import numpy as np
import pytest
from scipy.sparse import csr_matrix

import engine.train.recommend.fit as fit_module
from engine.serve.recommend.model import open_model, pack_files
from engine.serve.recommend.rank import rank_items
from engine.serve.recommend.ranker import FEATURES, RANKER, Goods, Ranker, between, lifted, ranker_file, read_ranker
from engine.train.recommend.baselines import BaselineSetting
from engine.train.recommend.blend import Setting, blend, fit_parts
from engine.train.recommend.fit import Events, FitSpec, fit, pack_arrays
from engine.train.recommend.holdout import split_people
from engine.train.recommend.ranker import Facts, Histories, _arrays, goods_of, learn_ranker, looked_at, seasons
from engine.train.recommend.tune import Tuned

PEOPLE, ITEMS = 1500, 600


def go_on() -> None:
    pass


class Quiet:
    def report(self, done: int, total: int | None, stage: str, note: str = "") -> None: ...
    def check(self) -> None: ...


def thrifty(seed: int = 0) -> tuple[csr_matrix, np.ndarray]:
    """People each buy around one price, of whatever kind: behaviour shows it dimly, prices clearly."""
    rng = np.random.default_rng(seed)
    price = np.exp(rng.uniform(0, 6, ITEMS)).astype(np.float32)
    chosen = np.zeros((PEOPLE, ITEMS), np.float32)
    for person in range(PEOPLE):
        wanted = rng.uniform(0, 6)
        near = np.exp(-8 * np.abs(np.log(price) - wanted)) * rng.random(ITEMS)
        chosen[person, np.argsort(-near)[:5]] = 1
    return csr_matrix(chosen), price


def facts_of(price: np.ndarray) -> Facts:
    return Facts(price, np.zeros(ITEMS + 1, np.int64), np.empty(0, np.int32), 0)


@pytest.fixture(scope="module")
def judged():
    matrix, price = thrifty()
    split = split_people(matrix, np.random.default_rng(1), most_people=PEOPLE, share=0.2)
    model = blend(fit_parts(split.train, None, Setting(), 1000, go_on), Setting())
    found = learn_ranker(
        model, Histories(split.train, None), split.people, split.relevant,
        goods_of(split.train, None, facts_of(price)), seed=0, check=go_on,
    )  # fmt: skip
    assert found is not None
    return found, model, split.train


def test_prices_that_tell_something_pay(judged) -> None:
    assert judged[0].pays
    assert judged[0].gain > 1.05


def test_what_tells_nothing_is_not_kept() -> None:
    rng = np.random.default_rng(2)
    matrix = csr_matrix((rng.random((300, 60)) < 0.1).astype(np.float32))
    split = split_people(matrix, np.random.default_rng(1), most_people=300, share=0.2)
    model = blend(fit_parts(split.train, None, Setting(), 1000, go_on), Setting())
    facts = Facts(rng.random(60).astype(np.float32), np.zeros(61, np.int64), np.empty(0, np.int32), 0)
    found = learn_ranker(
        model, Histories(split.train, None), split.people, split.relevant, goods_of(split.train, None, facts),
        seed=0, check=go_on,
    )  # fmt: skip
    assert found is None or not found.pays


def test_trees_are_walked_as_their_library_walks_them() -> None:
    library = importlib.import_module("lightgbm")
    rng = np.random.default_rng(0)
    table = rng.normal(size=(800, len(FEATURES))).astype(np.float32)
    data = library.Dataset(table, (table[:, 0] + table[:, 6] ** 2 > 1).astype(int), group=[100] * 8)
    settings = {"objective": "lambdarank", "num_leaves": 15, "use_missing": False, "verbosity": -1, "num_threads": 1}
    model = library.train(settings, data, num_boost_round=20)
    assert _arrays(model.dump_model(), 1.0).predict(table) == pytest.approx(model.predict(table), abs=1e-9)


def test_serving_ranks_as_learning_did(judged) -> None:
    found, model, train = judged
    ids = [str(item) for item in range(ITEMS)]
    entries = train.tocoo()
    files = pack_files(
        pack_arrays(model), ids, ids, [str(p) for p in range(PEOPLE)], entries.row.astype(np.int32),
        entries.col.astype(np.int32), np.ones(train.nnz, np.float32),
    )  # fmt: skip
    plain = open_model("plain", files, {})
    served = open_model("ranked", files | {RANKER: ranker_file(found.ranker)}, {})
    people = np.arange(0, PEOPLE, 75)
    direct = looked_at(found.ranker, model, Histories(train, None), people)
    same = different = 0
    for row, person in enumerate(people):
        history = served.history(int(person))
        ranking = rank_items(served, history, 10)
        assert (np.diff(ranking.scores) <= 0).all()
        direct[row, history.items] = -np.inf
        # Weights are stored in 16 bits, so a few neighbours in the order may change places.
        same += len(set(np.argsort(-direct[row], kind="stable")[:10]) & set(ranking.items.tolist()))
        different += ranking.items.tolist() != rank_items(plain, history, 10).items.tolist()
    assert same >= 9.5 * len(people)
    assert different > len(people) / 2


def test_taking_away_what_made_a_score_lowers_it(judged) -> None:
    ranker = judged[0].ranker
    parts = np.array([[2.0, 0.5, 0], [1.0, 0.5, 0], [1.0, 0, 0], [0.2, 0, 0]], np.float32)
    scores = ranker.scores(np.zeros(4, np.int64), np.array([3]), parts)
    assert (np.diff(scores) < 0).all()


def test_items_that_nobody_chose_keep_their_places() -> None:
    blend_known, second = np.array([4.0, 3.0, 1.0], np.float32), np.array([0.2, 0.9, 0.1])
    moved = between(np.array([5.0, 3.5, 2.0, 0.5], np.float32), blend_known, second)
    above = [(second > score).sum() for score in moved]
    assert above == [0, 1, 2, 3]
    assert (np.diff(moved) < 0).all()


def test_a_new_item_is_not_put_last_by_trees_that_never_saw_one_chosen(judged) -> None:
    ranker = judged[0].ranker
    goods = ranker.goods
    known = goods.known.copy()
    known[7] = 0
    trees = ranker.trees
    harsh = Ranker(replace(trees, scale=1.0), replace(goods, known=known))
    places = np.arange(10, dtype=np.int64)
    parts = np.column_stack([np.linspace(2, 0.2, 10), np.zeros(10), np.zeros(10)]).astype(np.float32)
    parts[7] = (0, parts[0, 0] + parts[1, 0], 0)  # by its text the best of all
    scores = harsh.scores(places, np.array([3]), parts)
    assert scores.argmax() == 7
    parts[7] = (0, 1e-6, 0)
    assert harsh.scores(places, np.array([3]), parts).argmin() == 7


def test_the_month_tells_what_sells() -> None:
    """People take what is at hand, but skates in winter and tents in summer; every kind is liked by everybody."""
    rng = np.random.default_rng(5)
    people, items, each = 900, 60, 6
    summer = np.arange(items) % 2 == 0
    rows, columns, times = [], [], []
    for person in range(people):
        start = rng.uniform(0, 3 * 365)
        taken: set[int] = set()
        for day in np.sort(rng.uniform(start, start + 200, each)):
            warm = 90 < day % 365 < 270
            free = np.array([item for item in range(items) if item not in taken])
            likely = np.where(summer[free] == warm, 8.0, 1.0)
            item = int(rng.choice(free, p=likely / likely.sum()))
            taken.add(item)
            rows.append(person)
            columns.append(item)
            times.append((365 * 31 + day) * 86_400)
    found = csr_matrix((np.array(times), (rows, columns)), shape=(people, items))
    when = found.data.copy()
    found.data = np.ones(found.nnz, np.float32)
    matrix = found.astype(np.float32)
    split = split_people(matrix, np.random.default_rng(1), most_people=people, share=0.2, times=when)
    assert split.times is not None
    assert split.months is not None
    facts = Facts(np.full(items, np.nan, np.float32), np.zeros(items + 1, np.int64), np.empty(0, np.int32), 0)
    model = blend(fit_parts(split.train, None, Setting(), 1000, go_on), Setting())

    def gain(months: np.ndarray | None) -> float:
        goods = goods_of(split.train, split.times, facts)
        assert goods.season is not None
        learned = learn_ranker(
            model, Histories(split.train, None, months), split.people, split.relevant, goods, seed=0, check=go_on
        )
        assert learned is not None
        again = read_ranker(ranker_file(learned.ranker), items)
        assert again.goods.season == pytest.approx(goods.season, abs=2e-3)
        return learned.gain

    assert gain(split.months) > gain(None) + 0.1


def test_seasons_need_a_year() -> None:
    matrix = csr_matrix(np.ones((40, 3), np.float32))
    times = np.linspace(0, 300 * 86_400, matrix.nnz)
    assert seasons(matrix, times) is None
    whole = seasons(matrix, np.linspace(0, 730 * 86_400, matrix.nnz))
    assert whole is not None
    assert whole.shape == (3, 12)
    assert seasons(matrix, np.full(matrix.nnz, np.nan)) is None


def test_features_by_hand() -> None:
    nothing = np.zeros(3, np.float32)
    goods = Goods(
        nothing, nothing, nothing, np.log1p(np.array([9, 99, np.nan], np.float32)), np.array([0, 1, 3, 3]),
        np.array([0, 0, 1], np.int32), 2,
    )  # fmt: skip
    found = goods.features(np.array([0, 1, 2]), np.array([0, 1]), np.zeros((3, 3), np.float32))
    gap = np.log(10) / 2
    assert found[:, FEATURES.index("price_gap")] == pytest.approx([gap, gap, -1], abs=1e-5)
    assert found[:, FEATURES.index("category")].tolist() == [1.0, 1.0, -1.0]
    wider = goods.widened(2)
    assert wider.features(np.array([4]), np.array([0]), np.zeros((1, 3), np.float32)).shape == (1, len(FEATURES))


def test_looked_at_items_stay_above_the_others() -> None:
    moved = lifted(np.array([-3, 1], np.float32), np.array([0.5, -1], np.float32))
    assert moved.tolist() == pytest.approx([0.501, 4.501])
    assert lifted(np.array([2.0], np.float32), np.empty(0, np.float32))[0] > 0


def test_a_damaged_ranker_is_refused(judged) -> None:
    raw = ranker_file(judged[0].ranker)
    assert read_ranker(raw, ITEMS).trees.predict(np.zeros((1, len(FEATURES)), np.float32)).shape == (1,)
    with pytest.raises(ValueError, match="does not fit"):
        read_ranker(raw, ITEMS + 1)
    trees = judged[0].ranker.trees
    circle = trees.left.copy()
    circle[trees.feature >= 0] = 0
    broken = Ranker(type(trees)(trees.roots, trees.feature, trees.threshold, circle, trees.right, trees.value, 1.0),
                    judged[0].ranker.goods)  # fmt: skip
    with pytest.raises(ValueError, match="trees do not fit"):
        read_ranker(ranker_file(broken), ITEMS)


def test_fit_keeps_it_and_does_so_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    # Tuning takes long and is no matter here.
    monkeypatch.setattr(fit_module, "tune", lambda *_, **__: Tuned(Setting(), BaselineSetting(), ""))
    matrix, price = thrifty()
    entries = matrix.tocoo()
    events = Events(
        PEOPLE, ITEMS, entries.row.astype(np.int32).tobytes(), entries.col.astype(np.int32).tobytes(),
        matrix.data.tobytes(),
    )  # fmt: skip
    first = fit(FitSpec(events, price=price.tobytes()), Quiet())
    assert first.ranker
    assert first.ranker_gain > 1.005
    assert fit(FitSpec(events, price=price.tobytes()), Quiet()).ranker == first.ranker
    plain = fit(FitSpec(events, price=price.tobytes(), max_seconds=0.001), Quiet())
    assert (plain.ranker, plain.ranker_gain) == (b"", 0.0)
    monkeypatch.setitem(sys.modules, "lightgbm", None)  # as where its libgomp is missing
    without = fit(FitSpec(events, price=price.tobytes()), Quiet())
    assert without.ranker == b""
    assert any("LightGBM does not load" in note for note in without.notes)
