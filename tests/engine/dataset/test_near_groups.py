"""Texts that are nearly the same stay on one side of a check, as far as a label's texts allow."""

from __future__ import annotations

import random

import numpy as np

from engine.dataset.near_groups import group_near
from engine.dataset.split import ALWAYS_TAUGHT, make_folds

WORDS = ["parcel", "invoice", "password", "shop", "courier", "refund", "window", "garden", "printer", "ladder"]


def sentences(count: int, seed: int = 0) -> list[str]:
    chance = random.Random(seed)
    return [" ".join(chance.choice(WORDS) + str(chance.randrange(1000)) for _ in range(8)) for _ in range(count)]


def test_twins_stay_on_one_side() -> None:
    texts = sentences(100)
    twins = [f"{text}." for text in texts[:20]] + [text.replace(" ", "  ").upper() for text in texts[:5]]
    labels = np.array([number % 2 for number in range(100)] * 1)
    labels = np.concatenate([labels, labels[:20], labels[:5]])
    groups = group_near([*texts, *twins], labels)
    assert groups[100:120].tolist() == groups[:20].tolist()
    assert groups[120:].tolist() == groups[:5].tolist()
    assert len(set(groups.tolist())) == 100
    folds = make_folds(labels, groups, count=5, seed=1).fold_of
    assert (folds[100:120] == folds[:20]).all()
    sizes = np.bincount(folds, minlength=5)
    assert sizes.max() - sizes.min() <= 6


def test_twins_with_other_labels_stay_apart() -> None:
    texts = sentences(20)
    labels = np.array([0] * 10 + [1] * 10)
    groups = group_near([*texts, f"{texts[0]}!"], np.append(labels, 1))
    assert groups[-1] == 20


def test_texts_of_one_pattern_can_still_be_checked() -> None:
    texts = [f"Your order {number} has been shipped and will arrive within three days." for number in range(100)]
    groups = group_near([*texts, *sentences(40)], np.array([0] * 100 + [1] * 40))
    sizes = np.bincount(groups[:100])
    assert sizes.max() == 10
    assert len(set(groups[:100].tolist())) < 30
    folds = make_folds(np.array([0] * 100 + [1] * 40), groups, count=5)
    assert folds.single == ()
    assert (np.bincount(folds.fold_of[:100]) >= 10).all()


def test_few_texts_are_not_put_together() -> None:
    texts = ["The delivery is late again, please help.", "The delivery is late again, please help!"]
    folds = make_folds(np.array([0, 0, 1, 1]), group_near([*texts, *sentences(2)], np.array([0, 0, 1, 1])), count=2)
    assert ALWAYS_TAUGHT not in folds.fold_of
    assert group_near([], np.zeros(0, dtype=np.int64)).tolist() == []
