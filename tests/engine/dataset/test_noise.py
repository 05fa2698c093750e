"""Wrong labels found from probabilities."""

from __future__ import annotations

import numpy as np
import pytest

from engine.dataset.noise import label_noise, suspects

LABELS = ["apple", "pear", "plum", "fig"]


def answers(count: int, seed: int = 0):
    """Calibrated answers: the true label is drawn from the probabilities themselves."""
    rng = np.random.default_rng(seed)
    logits = rng.normal(size=(count, len(LABELS))) * 5
    probabilities = np.exp(logits - logits.max(axis=1, keepdims=True))
    probabilities /= probabilities.sum(axis=1, keepdims=True)
    truth = np.array([rng.choice(len(LABELS), p=row) for row in probabilities])
    return probabilities.astype(np.float32), truth.astype(np.int64)


def test_finds_changed_labels_and_says_what_they_look_like():
    probabilities, truth = answers(2000)
    rng = np.random.default_rng(1)
    changed = np.flatnonzero(rng.random(len(truth)) < 0.05)
    given = truth.copy()
    given[changed] = (truth[changed] + rng.integers(1, 4, len(changed))) % 4
    found = suspects(probabilities, given)
    right = np.isin(found.rows, changed)
    assert right.mean() > 0.6
    assert right.sum() > 0.6 * len(changed)
    assert right[:20].mean() >= 0.9, "the most suspicious come first"
    margins = probabilities[found.rows, found.looks_like] - probabilities[found.rows, given[found.rows]]
    assert (np.diff(margins) <= 0).all()
    assert (found.looks_like == probabilities[found.rows].argmax(axis=1)).all()

    texts = [f"text {row} of bob@example.org" for row in range(len(truth))]
    finding = label_noise(probabilities, given, texts, LABELS)
    assert finding is not None
    assert (finding.code, finding.severity, finding.count) == ("label_noise", "warning", len(found.rows))
    first, other = int(found.rows[0]), LABELS[int(found.looks_like[0])]
    assert finding.examples[0] == (
        f"text {first} of •••: labelled {LABELS[given[first]]}, looks like {other} ({found.scores[0]:.2f})"
    )
    assert len(finding.examples) == 5


def test_right_labels_are_left_in_peace():
    probabilities, truth = answers(2000, seed=5)
    assert len(suspects(probabilities, truth).rows) < 0.03 * len(truth), "calibrated answers err as often as they say"
    sure = np.eye(4, dtype=np.float32)[truth] * 0.97 + 0.0075
    assert label_noise(sure, truth, ["t"] * len(truth), LABELS) is None


@pytest.mark.parametrize("shape", [(0, 4), (5, 1), (0, 0)])
def test_nothing_to_judge(shape):
    truth = np.zeros(shape[0], dtype=np.int64)
    assert label_noise(np.ones(shape, dtype=np.float32), truth, ["t"] * shape[0], LABELS) is None


def test_rows_without_a_known_label_are_left_out():
    probabilities = np.array([[0.999, 0.001], [0.001, 0.999], [0.999, 0.001]], dtype=np.float32)
    found = suspects(probabilities, np.array([-1, 0, 0]))
    assert found.rows.tolist() == [1]
    finding = label_noise(probabilities, np.array([-1, 0, 0]), ["a", "b", "c"], ["x", "y"])
    assert finding is not None
    assert finding.message.startswith("1 of 2 texts")
