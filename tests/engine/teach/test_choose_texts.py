"""Which texts are chosen for labelling: new ones only, spread out, and the doubtful before the certain."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.feedback.choose_texts import choose_texts, doubt
from engine.feedback.clusters import k_means, typicality

NOTHING = np.zeros(0, dtype=np.int64)


def groups(count: int, size: int, seed: int = 0) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Vectors of length one around `count` far centres, and the group of each."""
    rng = np.random.default_rng(seed)
    centres = np.eye(count, 16)
    of = np.repeat(np.arange(count), size)
    vectors = centres[of] + rng.normal(scale=0.05, size=(count * size, 16))
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32), of


def test_k_means_finds_the_groups() -> None:
    vectors, of = groups(6, 30)
    found = k_means(vectors, 6, np.random.default_rng(1))
    assert all(len(set(found.of[of == group].tolist())) == 1 for group in range(6))
    assert len(set(found.of.tolist())) == 6
    assert np.linalg.norm(found.centres, axis=1) == pytest.approx(1.0, abs=1e-5)


def test_equal_texts_do_no_harm() -> None:
    vectors = np.tile(np.array([[1.0, 0.0]], dtype=np.float32), (8, 1))
    assert len(k_means(vectors, 5, np.random.default_rng(0)).centres) == 5
    chosen = choose_texts(vectors, 5, known=np.array([0, 1]))
    assert sorted(chosen.rows.tolist()) == sorted(set(chosen.rows.tolist()))
    assert len(chosen.rows) == 5
    assert not {0, 1} & set(chosen.rows.tolist())


def test_typical_is_in_the_thick_of_things() -> None:
    vectors, _ = groups(1, 40)
    far = np.zeros((1, 16), dtype=np.float32)
    far[0, 9] = 1.0
    found = typicality(np.concatenate([vectors, far]))
    assert found.argmin() == 40
    assert len(typicality(far)) == 1


def test_a_cold_start_takes_one_of_every_group() -> None:
    vectors, of = groups(8, 20)
    chosen = choose_texts(vectors, 8, known=NOTHING)
    assert sorted(of[chosen.rows].tolist()) == list(range(8))
    assert chosen.priority[0] == 1.0
    assert (np.diff(chosen.priority) <= 0).all()
    assert (chosen.priority > 0).all()


def test_groups_with_a_known_text_come_last() -> None:
    vectors, of = groups(8, 20)
    known = np.array([0, 20, 40])  # groups 0, 1 and 2
    chosen = choose_texts(vectors, 5, known=known)
    assert sorted(of[chosen.rows].tolist()) == [3, 4, 5, 6, 7]


def test_the_doubtful_are_asked_and_not_all_of_one_kind() -> None:
    vectors, of = groups(10, 100)
    scores = np.tile(np.array([[0.98, 0.01, 0.01]], dtype=np.float32), (1000, 1))
    scores[of < 4] = [0.4, 0.38, 0.22]
    chosen = choose_texts(vectors, 8, known=NOTHING, probabilities=scores, labelled=500)
    assert (of[chosen.rows] < 4).sum() >= 6
    assert len(set(of[chosen.rows].tolist())) >= 4
    assert doubt(scores)[0] == pytest.approx(0.98)


def test_never_more_than_there_are() -> None:
    vectors, _ = groups(2, 5)
    scores = np.full((10, 2), 0.5, dtype=np.float32)
    for probabilities, labelled in ((None, 0), (scores, 2), (scores, 100)):
        chosen = choose_texts(vectors, 50, known=np.array([3]), probabilities=probabilities, labelled=labelled)
        assert sorted(chosen.rows.tolist()) == [0, 1, 2, 4, 5, 6, 7, 8, 9]
        none = choose_texts(vectors, 5, known=np.arange(10), probabilities=probabilities, labelled=labelled)
        assert len(none.rows) == 0


def test_the_same_seed_chooses_the_same() -> None:
    vectors, _ = groups(5, 40)
    first, second = (choose_texts(vectors, 12, known=NOTHING, seed=3).rows.tolist() for _ in range(2))
    assert first == second
