"""Fusion by hand, nearest vectors against a plain sort, and the choice of a mode."""

from __future__ import annotations

import math

import numpy as np
import pytest

from engine.serve.chat import dense
from engine.serve.chat.dense import VectorTable, nearest
from engine.serve.chat.followup import context_of, leans_back
from engine.serve.chat.retrieve import choose_mode, coverage, covered, fuse, rarity


def test_reciprocal_rank_fusion_by_hand() -> None:
    hits = fuse([(1, 9.0), (2, 5.0), (3, 1.0)], [(3, 0.9), (1, 0.8), (4, 0.1)])
    expected = {1: 1 / 61 + 1 / 62, 3: 1 / 63 + 1 / 61, 2: 1 / 62, 4: 1 / 63}
    assert [hit.id for hit in hits] == [1, 3, 2, 4]
    assert {hit.id: hit.score for hit in hits} == pytest.approx(expected)
    first = hits[0]
    assert (first.bm25, first.cosine, first.word_rank, first.dense_rank) == (9.0, 0.8, 1, 2)
    assert (hits[2].cosine, hits[2].dense_rank) == (None, None)


def test_fusion_of_one_ranking_keeps_its_order() -> None:
    assert [hit.id for hit in fuse([(7, 3.0), (5, 2.0)], [])] == [7, 5]
    assert fuse([], []) == []


def test_ties_are_broken_by_id_so_that_results_repeat() -> None:
    assert [hit.id for hit in fuse([(9, 1.0)], [(4, 1.0)])] == [4, 9]


def test_nearest_equals_a_plain_sort_across_blocks(monkeypatch) -> None:
    monkeypatch.setattr(dense, "BLOCK_ROWS", 7)
    rng = np.random.default_rng(1)
    data = rng.integers(-127, 128, size=(100, 8), dtype=np.int8)
    scales = rng.uniform(0.001, 0.01, size=100).astype(np.float32)
    scales[[3, 50]] = 0.0
    ids = np.arange(1000, 1100)
    query = rng.normal(size=8).astype(np.float32)
    scores = data.astype(np.float32) @ query * scales
    order = [i for i in np.argsort(-scores, kind="stable") if scales[i] > 0][:10]
    found = nearest(
        [VectorTable(ids[:60], data[:60], scales[:60]), VectorTable(ids[60:], data[60:], scales[60:])], query, 10
    )
    assert [one for one, _ in found] == [1000 + i for i in order]
    assert [score for _, score in found] == pytest.approx([float(scores[i]) for i in order])
    assert nearest([], query, 10) == []


def test_auto_leans_on_words_where_the_encoder_cannot_read() -> None:
    assert choose_mode("How do I pay?", "auto") == "hybrid"
    assert choose_mode("怎么付款？", "auto") == "hybrid"
    assert choose_mode("Как оплатить?", "auto") == "bm25"
    assert choose_mode("Как оплатить?", "dense") == "dense"
    assert covered("怎么付款？")
    assert covered("Wie bezahle ich?")
    assert not covered("Как оплатить?")


def test_rarity_falls_with_the_number_of_passages() -> None:
    weights = rarity({"rare": 1, "common": 90, "absent": 0}, 100)
    assert weights["absent"] > weights["rare"] > weights["common"] > 0
    assert weights["rare"] == pytest.approx(math.log(1 + 99.5 / 1.5))
    assert coverage({"a": 3.0, "b": 1.0}, {"a"}) == 0.75
    assert coverage({}, {"a"}) == 0.0


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("And on an iPad?", "yes"),
        ("Can I do the opposite too?", "yes"),
        ("What about the trial?", "yes"),
        ("How do I undo that?", "yes"),
        ("Why?", "yes"),
        ("那企业版呢？", "yes"),
        ("它怎么关闭？", "yes"),
        ("My MIDI keyboard is not detected by the editor, how do I fix it?", "perhaps"),
        ("How do I change the paper size to A4?", "no"),
        ("怎么修改用户的登录密码？", "no"),
    ],
)
def test_leaning_on_the_question_before(question: str, expected: str) -> None:
    assert leans_back(question) == expected


def test_a_chain_of_questions_is_followed_back_to_the_one_that_names_the_matter() -> None:
    named, leaning = "How do I bring my songs over from Sibelius?", "And from Finale?"
    assert context_of("What about MuseScore?", [leaning, named, "How do I pay?"]) == [named, leaning]
    assert context_of("What about MuseScore?", [named, leaning]) == [named]
    assert context_of("How do I change the paper size to A4?", [named]) == []
    assert context_of("Why?", []) == []
    # None of the last three names a matter: the newest alone is kept.
    assert context_of("Why?", [leaning, "And that?", "How?", named]) == [leaning]
