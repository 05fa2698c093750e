"""Occlusion on skills whose inner life is known."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from engine.serve.explain.occlusion import occlude
from engine.serve.explain.units import MOST_UNITS, cut_units, only, without

WORTH = {"refund": 2.0, "please": 0.5, "not": -1.5, "退款": 2.0}


def additive(texts: list[str]) -> np.ndarray:
    """Two labels; the chance of the second grows with what its words are worth."""
    logits = np.array([sum(worth for word, worth in WORTH.items() if word in text.lower()) - 1 for text in texts])
    share = 1 / (1 + np.exp(-logits))
    return np.stack([1 - share, share], axis=1).astype(np.float32)


def weights_of(text: str, label: int | None = None) -> dict[str, float]:
    found = occlude(additive, text, label)
    assert found is not None
    return {text[unit.start : unit.end]: weight for unit, weight in zip(found.units, found.weights, strict=True)}


def test_a_weight_is_what_the_label_loses_without_the_word() -> None:
    weights = weights_of("please refund my order today", 1)
    full, without_refund = (additive([text])[0, 1] for text in ("please refund my order", "please my order"))
    assert weights["refund"] == pytest.approx(float(full - without_refund), abs=1e-6)
    assert weights["refund"] > weights["please"] > 0
    assert weights["order"] == weights["today"] == 0


def test_signs_are_those_of_the_label_asked_for() -> None:
    text = "do not refund me"
    for_it, against_it = weights_of(text, 1), weights_of(text, 0)
    assert for_it["refund"] > 0 > for_it["not"]
    assert against_it["refund"] == pytest.approx(-for_it["refund"], abs=1e-6)


def test_without_a_label_the_answer_is_explained() -> None:
    found = occlude(additive, "please refund it")
    assert found is not None
    assert (found.label, found.score) == (1, pytest.approx(additive(["please refund it"])[0, 1]))


def test_the_named_words_are_more_faithful_than_random_ones() -> None:
    found = occlude(additive, "one two three refund four five six seven eight nine", 1)
    assert found is not None
    faith = found.faithfulness
    full, bare = (float(additive([text])[0, 1]) for text in ("refund", "bare"))
    # The two words of the top fifth hold "refund": without them the score of a bare text is left, with them all of it.
    assert faith.comprehensiveness == pytest.approx(full - bare, abs=1e-6)
    assert faith.sufficiency == pytest.approx(0.0, abs=1e-6)
    assert 0 <= faith.random_comprehensiveness < faith.comprehensiveness / 2
    assert faith.random_sufficiency > faith.sufficiency
    assert faith.share == 0.2


def test_the_same_text_is_explained_alike() -> None:
    assert str(occlude(additive, "a b c refund d e")) == str(occlude(additive, "a b c refund d e"))


def test_the_skill_is_asked_three_times_at_most() -> None:
    calls: list[int] = []

    def counted(texts: list[str]) -> np.ndarray:
        calls.append(len(texts))
        return additive(texts)

    occlude(counted, " ".join(f"word{number}" for number in range(40)))
    assert calls == [1, 40 + 20, 2]


def test_chinese_is_cut_in_pairs_and_explained() -> None:
    weights = weights_of("我要退款谢谢", 1)
    assert list(weights) == ["我要", "退款", "谢谢"]
    assert max(weights, key=lambda word: weights[word]) == "退款"
    assert [(unit.start, unit.end) for unit in cut_units("用iPhone手机壳 v2")] == [
        (0, 1),
        (1, 7),
        (7, 9),
        (9, 10),
        (11, 13),
    ]


@pytest.mark.parametrize("text", ["", "   ", "\n\t"])
def test_a_text_without_a_word_has_no_explanation(text: str) -> None:
    assert occlude(additive, text) is None


def test_a_long_text_has_few_units_that_cover_all_words() -> None:
    text = " ".join(f"word{number}" for number in range(1000))
    units = cut_units(text)
    assert len(units) == MOST_UNITS
    assert all(before.end <= after.start for before, after in itertools.pairwise(units))
    covered = " ".join(text[unit.start : unit.end] for unit in units)
    assert covered.split() == text.split()


def test_a_unit_is_taken_out_and_kept_alone() -> None:
    text = "Where is  my card, please?"
    units = cut_units(text)
    assert [text[unit.start : unit.end] for unit in units] == ["Where", "is", "my", "card", ",", "please", "?"]
    assert without(text, [units[0], units[3]]) == "is my , please?"
    assert only(text, [units[3], units[0]]) == "Where card"
    assert only("我要退款", cut_units("我要退款")) == "我要退款"
    assert cut_units("don't e-mail a.b@c.de 3.5%") == [(0, 5), (6, 12), (13, 21), (22, 26)]
