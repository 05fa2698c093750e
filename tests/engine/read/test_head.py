"""The solver against scikit-learn, and the opened skill against the head that was taught."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from engine.errors import PackUnusable
from engine.serve.classify.skill import open_skill
from engine.train.classify import calibrate
from engine.train.classify.features import Features, cells_for, learn_scaling, make_features, only
from engine.train.classify.files import LABELS_FILE, skill_files
from engine.train.classify.head import fit_head, text_weights

TEXTS = [
    f"{word} number {number}" for number in range(30) for word in ("refund please", "where is my parcel", "退款申请")
]
LABELS = np.array([0, 1, 2] * 30)


def blobs(seed: int, count: int = 300) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    labels = rng.integers(0, 4, count)
    return (rng.normal(0, 1, (4, 12))[labels] + rng.normal(0, 1.2, (count, 12))).astype(np.float32), labels


@pytest.mark.parametrize("looseness", [0.1, 1.0, 10.0])
def test_same_optimum_as_scikit_learn(looseness: float) -> None:
    rows, labels = blobs(1)
    ours = fit_head(Features(rows, None), labels, 4, looseness=looseness, rounds=500, stop_at=1e-12)
    theirs = LogisticRegression(C=looseness, max_iter=5000, tol=1e-8).fit(rows, labels)
    shares = calibrate.probabilities(ours.logits(Features(rows, None)), 1.0)
    assert np.abs(shares - theirs.predict_proba(rows)).max() < 2e-3


def test_sparse_and_dense_blocks_find_the_same_head() -> None:
    from scipy.sparse import csr_matrix

    rows, labels = blobs(2)
    dense = fit_head(Features(rows, None), labels, 4, looseness=1, rounds=500, stop_at=1e-12)
    sparse = fit_head(Features(None, csr_matrix(rows)), labels, 4, looseness=1, rounds=500, stop_at=1e-12)
    split = fit_head(Features(rows[:, :5], csr_matrix(rows[:, 5:])), labels, 4, looseness=1, rounds=500, stop_at=1e-12)
    expected = dense.logits(Features(rows, None))
    assert np.abs(sparse.logits(Features(None, csr_matrix(rows))) - expected).max() < 0.02
    assert np.abs(split.logits(Features(rows[:, :5], csr_matrix(rows[:, 5:]))) - expected).max() < 0.02


def test_balanced_weights_count_labels_alike() -> None:
    labels = np.array([0] * 9 + [1])
    assert text_weights(labels, 2, 0.0) == pytest.approx([0.1] * 10)
    even = text_weights(labels, 2, 1.0)
    assert even[:9].sum() == pytest.approx(even[9])


@pytest.mark.parametrize("chosen", ["encoder", "lexical", "both"])
def test_the_opened_skill_gives_the_taught_heads_probabilities(chosen: str) -> None:
    vectors = np.random.default_rng(0).normal(size=(90, 16)).astype(np.float32)
    scaling, features = learn_scaling(TEXTS, vectors, cells_for(3))
    head = fit_head(only(features, chosen), LABELS, 3, looseness=10)
    scaling = scaling._replace(
        mean=scaling.mean if chosen != "lexical" else None, rarities=scaling.rarities if chosen != "encoder" else None
    )
    skill = open_skill("s", skill_files(["a", "b", "c"], scaling, head, 1.5, []))
    asked, asked_vectors = [*TEXTS[:40], "", "!?"], vectors[:42]
    rows = only(make_features(asked, asked_vectors, scaling), chosen)
    slow = calibrate.probabilities(head.logits(rows), 1.5)
    fast = skill.probabilities(asked, asked_vectors if skill.uses_encoder else None)
    assert np.abs(slow - fast).max() < 2e-3  # half precision
    assert fast.sum(axis=1) == pytest.approx(np.ones(42), abs=1e-5)


def test_a_damaged_skill_is_refused() -> None:
    vectors = np.random.default_rng(0).normal(size=(90, 16)).astype(np.float32)
    scaling, features = learn_scaling(TEXTS, vectors, 2048)
    files = skill_files(["a", "b", "c"], scaling, fit_head(features, LABELS, 3, looseness=1), 1.0, [])
    open_skill("whole", files)
    for name in files:
        with pytest.raises(PackUnusable):
            open_skill("missing", {key: body for key, body in files.items() if key != name})
        with pytest.raises(PackUnusable):
            open_skill("cut", files | {name: files[name][: len(files[name]) // 2]})
    with pytest.raises(PackUnusable):
        open_skill("labels", files | {LABELS_FILE: b'["a","b"]'})
