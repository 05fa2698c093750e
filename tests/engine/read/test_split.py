"""No text stands on both sides of a split, labels keep their shares, and a seed gives the same split again."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as some

from engine.dataset.split import ALWAYS_TAUGHT, group_texts, make_folds, sample_rows


@given(
    some.lists(some.tuples(some.sampled_from(["a", "A ", "b", "c", "ｃ", "d", "e"]), some.integers(0, 3)), min_size=1)
)
def test_equal_texts_stay_together(rows: list[tuple[str, int]]) -> None:
    groups = group_texts([text for text, _ in rows])
    folds = make_folds(np.array([label for _, label in rows]), groups, count=3, seed=1)
    for group in set(groups.tolist()):
        assert len(set(folds.fold_of[groups == group].tolist())) == 1
    assert set(folds.fold_of.tolist()) <= {ALWAYS_TAUGHT, 0, 1, 2}


def test_texts_that_differ_in_case_width_and_spaces_are_one() -> None:
    assert group_texts(["Card  lost", "card lost", "ｃard lost ", "card found"]).tolist() == [0, 0, 0, 1]


def test_every_fold_has_its_share_of_every_label() -> None:
    labels = np.array([0] * 50 + [1] * 20 + [2] * 5)
    folds = make_folds(labels, np.arange(75), count=5, seed=0)
    table = np.array([np.bincount(labels[folds.fold_of == fold], minlength=3) for fold in range(5)])
    assert (table == [10, 4, 1]).all()


def test_a_label_with_one_text_is_taught_and_told() -> None:
    folds = make_folds(np.array([0, 0, 1, 1, 2]), np.array([0, 1, 2, 2, 3]), count=2)
    assert folds.single == (1, 2)  # label 1 has one text twice
    assert folds.fold_of[2:].tolist() == [ALWAYS_TAUGHT] * 3


def test_the_seed_decides() -> None:
    labels, groups = np.arange(100) % 4, np.arange(100)
    same = [make_folds(labels, groups, seed=5).fold_of.tolist() for _ in range(2)]
    assert same[0] == same[1] != make_folds(labels, groups, seed=6).fold_of.tolist()


def test_a_sample_keeps_shares_and_small_labels() -> None:
    labels = np.array([0] * 9000 + [1] * 1000 + [2] * 5)
    rows = sample_rows(labels, 1000, seed=0, least=5)
    assert np.bincount(labels[rows]).tolist() == [900, 100, 5]
    assert len(set(rows.tolist())) == len(rows)
