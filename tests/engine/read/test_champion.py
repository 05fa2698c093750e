"""A new version is put to use unless it is worse than chance explains."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import binomtest

from engine.train.classify.champion import compare, compare_grown


def answers(right: int, texts: int) -> np.ndarray:
    return np.arange(texts) < right


def test_clearly_worse_loses() -> None:
    verdict = compare(answers(90, 100), answers(60, 100))
    assert not verdict.promote
    assert (verdict.texts, verdict.champion_right, verdict.challenger_right) == (100, 90, 60)


@pytest.mark.parametrize("new", [89, 90, 95])
def test_as_good_or_better_is_promoted(new: int) -> None:
    assert compare(answers(90, 100), answers(new, 100)).promote


def test_too_few_texts_decide_nothing() -> None:
    assert compare(answers(15, 15), answers(0, 15)).promote


def test_the_chance_is_that_of_the_sign_test() -> None:
    champion = np.array([True] * 12 + [False] * 5 + [True] * 30)
    challenger = np.array([False] * 12 + [True] * 5 + [True] * 30)
    assert compare(champion, challenger).chance == pytest.approx(binomtest(5, 17, alternative="less").pvalue)


def test_answers_of_new_labels_are_made_up_for_by_texts_of_new_labels() -> None:
    champion, challenger = answers(95, 100), answers(85, 100)
    new_label = np.arange(100) >= 85  # the ten texts lost got one of the new labels
    assert not compare(champion, challenger).promote
    grown = compare_grown(champion, challenger, new_label, gained=60)
    assert (grown.promote, grown.texts, grown.champion_right, grown.challenger_right) == (True, 100, 95, 85)
    assert not compare_grown(champion, challenger, new_label, gained=0).promote
    # Confusing the old labels with each other is not made up for.
    assert not compare_grown(champion, challenger, np.zeros(100, dtype=bool), gained=60).promote


def test_without_new_labels_both_ways_to_compare_agree() -> None:
    for right in (85, 88, 90, 95):
        champion, challenger = answers(92, 100), answers(right, 100)
        assert compare_grown(champion, challenger, np.zeros(100, dtype=bool), gained=0) == compare(champion, challenger)
