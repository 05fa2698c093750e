"""Lexical features: the same everywhere, near for like texts in any script, quick, and calm about odd input."""

from __future__ import annotations

import numpy as np
import pytest

from engine.language.lexical import lexical_counts, lexical_vectors
from engine.language.rarity import rarity, weighted


def test_stays_what_it_is_across_machines_and_versions() -> None:
    """Skills keep weights by cell number, so a text's cells may never change (recorded with the first version)."""
    counts = lexical_counts(["Hello 世界"], 4096)
    expected = [347, 717, 975, 1056, 1589, 1661, 1772, 1795, 2406, 2425, 2727, 2786, 2854, 3108, 3517, 3915]
    assert counts.indices.tolist() == expected


def test_like_texts_are_near_in_both_scripts() -> None:
    vectors = lexical_vectors(["退款什么时候到账", "退款多久到账", "我要修改地址", "hello world", "hello wrold"], 4096)
    near = vectors @ vectors.T
    assert near[0, 1] > 0.25 > near[0, 2]
    assert near[3, 4] > 0.4 > near[3, 0]
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(5), abs=1e-6)


def test_case_and_width_do_not_matter() -> None:
    vectors = lexical_vectors(["ＲＥＦＵＮＤ Now", "refund now"])
    assert np.array_equal(vectors[0], vectors[1])


def test_neighbours_do_not_touch() -> None:
    texts = ["one two", "", "三四", "!!", "five"]
    together = lexical_vectors(texts, 1024)
    assert np.array_equal(together, np.concatenate([lexical_vectors([text], 1024) for text in texts]))


@pytest.mark.parametrize("text", ["", " \t\n", "\ud800", "\x00", "a" * 100_000, "̈" * 50, "𠀀" * 3, "😀👍"])
def test_odd_texts(text: str) -> None:
    assert np.isfinite(lexical_vectors([text, "x"])).all()


def test_dense_and_sparse_agree() -> None:
    texts = ["the card is lost", "卡丢了 please help"]
    dense, counts = lexical_vectors(texts, 512), lexical_counts(texts, 512)
    for row in range(2):
        begin, end = counts.indptr[row : row + 2]
        expected = np.zeros(512, dtype=np.float32)
        expected[counts.indices[begin:end]] = counts.values[begin:end]
        assert dense[row] == pytest.approx(expected / np.linalg.norm(expected), abs=1e-6)


def test_rare_features_weigh_more() -> None:
    counts = lexical_counts(["a card", "a card", "a card", "a loan"], 1 << 20)
    weights = rarity(counts, 1 << 20)
    common = set(counts.indices[: counts.indptr[1]].tolist()) & set(counts.indices[counts.indptr[3] :].tolist())
    rare = set(counts.indices[counts.indptr[3] :].tolist()) - common
    assert max(weights[list(common)]) < min(weights[list(rare)])
    rows = weighted(counts, weights)
    assert np.square(rows.values[: rows.indptr[1]]).sum() == pytest.approx(1)


def test_no_texts() -> None:
    assert lexical_vectors([], 64).shape == (0, 64)
