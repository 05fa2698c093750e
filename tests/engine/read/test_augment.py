"""Changed copies and weights of small labels."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.dataset.folding import folded_text
from engine.train.augment.text import CHANGES, MOST_COPIES, augment
from engine.train.augment.weights import balanced_weights

TEXTS = ["How do I top up my card?", "Where is my money now", "退货要多久才能到账呢", "The large label has many texts"]


def test_small_labels_reach_the_target_and_large_ones_are_left_alone():
    texts = [*TEXTS, *(f"large text number {n} of the label" for n in range(20))]
    truth = [0, 0, 1, *[2] * 21]
    copies, labels = augment(texts, truth, target=12, seed=1)
    assert Counter(labels) == {0: 10, 1: 11}
    assert len(copies) == len(labels)
    everything = [folded_text(text) for text in (*texts, *copies)]
    assert len(set(everything)) == len(everything), "a copy is new"
    assert augment(texts, truth, target=12, seed=1) == (copies, labels)
    assert augment(texts, truth, target=12, seed=2)[0] != copies


def test_copies_are_near_their_texts():
    copies, _ = augment(TEXTS[:1], [0], target=15)
    words = set(TEXTS[0].split())
    assert len(copies) == 14
    for copy in copies:
        assert len(words & set(copy.split())) >= len(words) - 2
    chinese, _ = augment(TEXTS[2:3], [0], target=8)
    assert all(" " not in copy and set(copy) <= set(TEXTS[2]) for copy in chinese)


@pytest.mark.parametrize("change", CHANGES)
def test_each_change_alone(change):
    copies, _ = augment(["please send the parcel to another address"], [0], target=5, changes=[change])
    assert len(copies) == 4
    words = ["please", "send", "the", "parcel", "to", "another", "address"]
    for copy in copies:
        if change == "drop":
            assert len(copy.split()) < len(words)
        elif change == "swap":
            assert sorted(copy.split()) == sorted(words)
        else:
            assert len(copy.split()) == len(words)
            assert copy.split() != words


def test_little_to_change_gives_few_copies():
    assert augment(["ok", "", "  ", "no"], [0, 0, 0, 1], target=9) == ([], [])
    copies, _ = augment(["yes please do"], [0], target=1_000)
    assert 0 < len(copies) <= MOST_COPIES
    assert augment(["some text of unknown label"], [-1], target=5) == ([], [])
    assert augment(TEXTS, [0] * 4, target=9, changes=[]) == ([], [])


@given(st.lists(st.text(max_size=40), min_size=1, max_size=6), st.integers(0, 50))
def test_any_text(texts, seed):
    copies, labels = augment(texts, list(range(len(texts))), target=4, seed=seed)
    taken = {folded_text(text) for text in texts}
    assert all(folded_text(copy) not in taken and copy.strip() for copy in copies)
    assert max(Counter(labels).values(), default=0) <= 3


def test_weights_follow_the_paper():
    truth = np.array([0] * 90 + [1] * 9 + [2])
    weights = balanced_weights(truth, ["a", "b", "c"], overlap=0.9)
    effective = [(1 - 0.9**n) / 0.1 for n in (90, 9, 1)]
    assert weights[1] / weights[0] == pytest.approx(effective[0] / effective[1], rel=1e-5)
    assert weights[2] / weights[0] == pytest.approx(effective[0] / effective[2], rel=1e-5)
    assert weights[truth].mean() == pytest.approx(1, rel=1e-5)
    assert balanced_weights(truth, 3, overlap=0).tolist() == [1, 1, 1]
    near_one = balanced_weights(truth, 3, overlap=1 - 1e-9)
    assert near_one[2] / near_one[0] == pytest.approx(90, rel=1e-3)


def test_weights_of_odd_input():
    assert balanced_weights([], 2).tolist() == balanced_weights([-1, 5], 2).tolist()
    assert np.isfinite(balanced_weights([0, 0, 0], 3)).all()
    with pytest.raises(ValueError, match="overlap"):
        balanced_weights([0], 1, overlap=1.0)
    with pytest.raises(ValueError, match="no labels"):
        balanced_weights([0], 0)
