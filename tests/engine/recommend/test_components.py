"""EASE, neighbours and text against numbers worked out by hand, and fast paths against slow ones."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from engine.errors import MemoryShort
from engine.train.recommend import ease as ease_module
from engine.train.recommend.ease import Ease, EasePlan, plan
from engine.train.recommend.item_knn import item_knn, narrowed
from engine.train.recommend.neighbours import GROUP, fewer, keep_largest
from engine.train.recommend.text import cold_share, text_neighbours


def go_on() -> None:
    pass


def random_matrix(users: int, items: int, seed: int = 0) -> csr_matrix:
    rng = np.random.default_rng(seed)
    return csr_matrix((rng.random((users, items)) < 0.3) * rng.random((users, items)), dtype=np.float32)


def by_items(items: int) -> EasePlan:
    return EasePlan(np.arange(items), over_users=False, need_mb=0)


def by_users(items: int) -> EasePlan:
    return EasePlan(np.arange(items), over_users=True, need_mb=0)


@pytest.mark.parametrize("chosen", [by_items(2), by_users(2)])
def test_ease_of_two_items_by_hand(chosen: EasePlan) -> None:
    # G + I = [[3, 1], [1, 2]], its inverse is [[2, -1], [-1, 3]] / 5; B_01 = (1/5)/(3/5), B_10 = (1/5)/(2/5).
    # The mean diagonal of G is 1.5, so a ridge of 2/3 is lambda = 1.
    people = csr_matrix(np.array([[1, 1], [1, 0]], np.float32))
    model = Ease(people, chosen, damping=0.0, ridge=2 / 3)
    assert model.penalty == pytest.approx(1.0)
    weights = model.weights(5, go_on).toarray()
    assert weights == pytest.approx(np.array([[0, 1 / 3], [1 / 2, 0]]), abs=1e-6)
    assert model.scores(np.array([1]))[0, 1] == pytest.approx(1 / 3, abs=1e-6)


@pytest.mark.parametrize("damping", [0.0, 0.25])
@pytest.mark.parametrize("shape", [(12, 30), (30, 12)])
@pytest.mark.parametrize("double_up_to", [4000, 0])
def test_both_sides_give_the_textbook_closed_form(
    shape: tuple[int, int], damping: float, double_up_to: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ease_module, "STRIP", 5)
    monkeypatch.setattr(ease_module, "DOUBLE_UP_TO", double_up_to)
    people = random_matrix(*shape)
    counts = np.maximum(np.count_nonzero(people.toarray(), axis=0), 1)
    damp = counts.astype(float) ** -damping
    y = people.toarray() * damp
    gram = y.T @ y
    penalty = 2.0 * np.diag(gram)[np.diag(gram) > 0].mean()
    inverse = np.linalg.inv(gram + penalty * np.eye(shape[1]))
    textbook = -inverse / np.diag(inverse)
    np.fill_diagonal(textbook, 0)
    unseen = people.toarray() == 0
    for chosen in (by_items(shape[1]), by_users(shape[1])):
        model = Ease(people, chosen, damping=damping, ridge=2.0)
        weights = model.weights(shape[1], go_on).toarray()
        assert weights == pytest.approx(damp[:, None] * textbook, abs=2e-5)
        scores = model.scores(np.arange(shape[0]))
        assert scores[unseen] == pytest.approx((y @ textbook)[unseen], abs=2e-5)
        assert scores[unseen] == pytest.approx((people @ weights)[unseen], abs=2e-5)


def test_ease_takes_the_cheaper_side() -> None:
    assert plan(random_matrix(10, 40), 1000).over_users
    assert not plan(random_matrix(40, 10), 1000).over_users


def test_ease_with_too_many_of_both_keeps_the_best_known_items(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ease_module, "LARGEST_SIDE", 5)
    people = csr_matrix(np.triu(np.ones((9, 9), np.float32)))  # item i is chosen by i + 1 people
    chosen = plan(people, 1000)
    assert chosen.items.tolist() == [4, 5, 6, 7, 8]
    model = Ease(people, chosen, damping=0.1, ridge=1.0)
    weights = model.weights(9, go_on).toarray()
    assert weights.shape == (9, 9)
    assert not weights[:4].any()
    assert weights[4:, 4:].any()
    # The others are solved as targets of these: P g, with g the people that they share.
    y = people.toarray()[:, 4:] * model.damp
    inverse = np.linalg.inv(y.T @ y + model.penalty * np.eye(5))
    targets = people.toarray()[:, :4] * np.arange(1, 5, dtype=np.float32) ** np.float32(-0.1)
    expected = model.damp[:, None] * np.maximum(inverse @ (y.T @ targets), 0)
    assert weights[4:, :4] == pytest.approx(expected, abs=1e-5)
    assert expected.max() > 0.01
    assert model.scores(np.array([0])).shape == (1, 9)


def test_ease_refuses_before_it_fills_the_memory() -> None:
    with pytest.raises(MemoryShort, match=r"needs about 1\d\d MB"):
        plan(random_matrix(400, 300), 10)


def test_cosine_by_hand() -> None:
    # item 0: people 0, 1; item 1: people 0, 1, 2; item 2: person 2.
    people = csr_matrix(np.array([[1, 0.5, 0], [1, 1, 0], [0, 1, 1]], np.float32))
    weights = item_knn(people, go_on, keep=5).toarray()
    assert weights[0, 1] == pytest.approx(2 / np.sqrt(6)) == pytest.approx(weights[1, 0])
    assert weights[1, 2] == pytest.approx(1 / np.sqrt(3))
    assert weights[0, 2] == 0
    assert not weights.diagonal().any()
    shrunk = item_knn(people, go_on, keep=5, shrink=2.0).toarray()
    assert shrunk[0, 1] == pytest.approx(2 / (np.sqrt(6) + 2))
    uneven = item_knn(people, go_on, keep=5, split=0.25).toarray()
    assert uneven[0, 1] == pytest.approx(2 / (2**0.75 * 3**0.25))


def test_each_target_keeps_its_nearest_sources() -> None:
    people = random_matrix(40, 25)
    wide = item_knn(people, go_on, keep=25)
    narrow = item_knn(people, go_on, keep=3, power=2.0)
    assert np.diff(narrow.tocsc().indptr).max() == 3
    for target in range(25):
        column, kept = wide[:, [target]].toarray().ravel(), narrow[:, [target]].toarray().ravel()
        assert np.sort(kept[kept > 0]) == pytest.approx(np.sort(column)[-3:] ** 2, rel=1e-5)
    assert (narrowed(wide, 3, 2.0) - narrow).nnz == 0


def test_keep_largest_agrees_with_sorting_and_cuts_ties() -> None:
    rng = np.random.default_rng(3)
    table = rng.normal(size=(20, 50)).astype(np.float32)
    for by_size in (False, True):
        rows, columns = keep_largest(table, 7, by_size=by_size)
        compared = np.abs(table) if by_size else np.maximum(table, 0)
        for row in range(20):
            expected = np.sort(compared[row])[-7:]
            assert np.sort(compared[row, columns[rows == row]]) == pytest.approx(expected)
    rows, columns = keep_largest(np.ones((2, 6), np.float32), 2)
    assert (rows.tolist(), columns.tolist()) == ([0, 0, 1, 1], [0, 1, 0, 1])
    assert fewer(csr_matrix(np.ones((4, 4), np.float32)), 1).nnz == 4


def test_fewer_is_the_same_whatever_is_looked_at_together(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(6)
    dense = np.round(rng.normal(size=(60, 45)) * 2).astype(np.float32)
    dense[:, 7] = 0
    whole = fewer(csr_matrix(dense), 4)
    for column in range(45):
        kept = whole[:, [column]].toarray().ravel()
        best = np.argsort(-np.where(dense[:, column] == 0, -np.inf, dense[:, column]), kind="stable")[:4]
        assert sorted(kept[kept != 0]) == sorted(dense[best, column][dense[best, column] != 0])
    for cells in (1, 30, 100):
        monkeypatch.setattr("engine.train.recommend.neighbours.BLOCK_CELLS", cells)
        assert (fewer(csr_matrix(dense), 4) != whole).nnz == 0


@pytest.mark.parametrize("ties", [True, False])
def test_keep_largest_of_very_many_columns_is_the_stable_order(ties: bool) -> None:
    rng = np.random.default_rng(4)
    table = rng.normal(size=(8, 12 * 4 * GROUP + 17)).astype(np.float32)
    if ties:
        table = np.round(table)
    table[2], table[3], table[4, 3:] = 0, -1, 0
    for keep in (1, 9):
        for by_size in (False, True):
            rows, columns = keep_largest(table, keep, by_size=by_size)
            compared = np.abs(table) if by_size else table
            for row in range(8):
                best = np.argsort(-compared[row], kind="stable")[:keep]
                assert columns[rows == row].tolist() == np.sort(best[compared[row, best] > 0]).tolist()


def test_text_reaches_cold_items_from_chosen_ones_only() -> None:
    vectors = np.array([[1, 0], [0.8, 0.6], [0.6, 0.8], [0, 0]], np.float32)
    weights = text_neighbours(vectors, np.array([3, 2, 0, 0], np.float32), go_on, keep=2).toarray()
    assert weights[0, 1] == pytest.approx(0.8**4) == pytest.approx(weights[1, 0])
    assert weights[1, 2] == pytest.approx(0.96**4)  # cold target, chosen sources
    assert weights[0, 2] == pytest.approx(0.6**4)
    assert weights[2, 1] == pytest.approx(0.96**4)  # and back, for a history that holds the cold item
    assert not weights[3].any()
    assert not weights[:, 3].any()
    assert not weights.diagonal().any()


def test_cold_share_falls_with_behaviour() -> None:
    assert cold_share(np.array([0, 2, 9], np.float32)) == pytest.approx([1, 1 / 9, 1 / 100])
