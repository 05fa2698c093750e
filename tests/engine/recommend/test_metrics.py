"""Numbers worked out by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from engine.train.recommend.metrics import ranking_metrics, tie_order, top_unseen


def places(*items: int) -> np.ndarray:
    return np.array(items, np.int64)


def test_one_hit_in_second_place_of_two_wanted() -> None:
    found = ranking_metrics([places(1, 2, 3)], [places(2, 9)], items=10)
    gain, best = 1 / math.log2(3), 1 + 1 / math.log2(3)
    assert found.ndcg_10 == pytest.approx(gain / best)
    assert found.recall_10 == pytest.approx(0.5)
    assert found.coverage == pytest.approx(0.3)


def test_mean_over_people_with_something_held_out() -> None:
    lists = [places(0, 1), places(2, 3), places(4, 5)]
    found = ranking_metrics(lists, [places(0), places(9), places()], items=10)
    assert found.ndcg_10 == pytest.approx(0.5)
    assert found.recall_10 == pytest.approx(0.5)
    assert found.coverage == pytest.approx(0.6)


def test_more_wanted_than_the_list_holds_can_still_be_perfect() -> None:
    found = ranking_metrics([places(*range(10))], [places(*range(40))], items=40)
    assert found.ndcg_10 == pytest.approx(1.0)
    assert found.recall_10 == pytest.approx(0.25)


def test_what_stands_after_the_tenth_place_does_not_count() -> None:
    found = ranking_metrics([places(*range(12))], [places(11)], items=12)
    assert (found.ndcg_10, found.recall_10) == (0.0, 0.0)
    assert found.coverage == pytest.approx(10 / 12)


def test_ties_go_to_the_better_known_then_to_the_first() -> None:
    popularity = np.array([1, 5, 5, 0], np.float32)
    scores = np.zeros(4, np.float32)
    assert top_unseen(scores, places(), tie_order(popularity), k=3).tolist() == [1, 2, 0]
    scores = np.array([0, 0, 0, 1], np.float32)
    assert top_unseen(scores, places(1), tie_order(popularity), k=2).tolist() == [3, 2]


def test_seen_items_never_appear_even_when_nothing_else_is_left() -> None:
    ties = tie_order(np.ones(3, np.float32))
    assert top_unseen(np.ones(3, np.float32), places(0, 1, 2), ties).tolist() == []
    assert top_unseen(np.array([3, 2, 1], np.float32), places(0), ties).tolist() == [1, 2]
    assert top_unseen(np.array([-3, -2, -1], np.float32), places(2), ties).tolist() == [1, 0]
