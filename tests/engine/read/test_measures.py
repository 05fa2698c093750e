"""Calibration, promises and counts against answers worked out by hand or by scikit-learn."""

from __future__ import annotations

import math

import numpy as np
import pytest
from sklearn.metrics import confusion_matrix, f1_score, precision_recall_fscore_support

from engine.train.classify import calibrate, metrics
from engine.train.classify.calibrate import Level


def test_calibration_error_by_hand() -> None:
    # Two bins of 0..1: scores 0.3 and 0.5 (one right of two), 0.9 and 1.0 (both right).
    scores = np.array([0.3, 0.5, 0.9, 1.0], dtype=np.float32)
    correct = np.array([True, False, True, True])
    # |0.3 + 0.5 - 1| = 0.2 and |0.9 + 1.0 - 2| = 0.1, over 4 texts.
    assert metrics.calibration_error(scores, correct, bins=2) == pytest.approx(0.3 / 4)


def test_risk_coverage_by_hand() -> None:
    scores = np.array([0.9, 0.4, 0.8, 0.6], dtype=np.float32)
    correct = np.array([True, False, True, False])
    curve = metrics.risk_coverage(scores, correct, points=4)
    assert [(round(p.threshold, 2), p.coverage, p.precision) for p in curve] == [
        (0.9, 0.25, 1.0), (0.8, 0.5, 1.0), (0.6, 0.75, pytest.approx(2 / 3)), (0.4, 1.0, 0.5),
    ]  # fmt: skip


def test_equal_scores_count_together() -> None:
    scores = np.array([0.7, 0.7, 0.7, 0.2], dtype=np.float32)
    curve = metrics.risk_coverage(scores, np.array([True, False, True, True]), points=4)
    assert [(p.coverage, p.precision) for p in curve] == [(0.75, pytest.approx(2 / 3)), (1.0, 0.75)]


def test_wilson_interval_as_in_the_textbook() -> None:
    low, high = metrics.wilson_interval(8, 10)  # Brown, Cai, DasGupta 2001: 0.490 to 0.943
    assert (low, high) == (pytest.approx(0.4902, abs=5e-4), pytest.approx(0.9433, abs=5e-4))
    assert metrics.wilson_interval(0, 0) == (0.0, 1.0)


def test_counts_equal_scikit_learns() -> None:
    rng = np.random.default_rng(3)
    truth, answers = rng.integers(0, 5, 200), rng.integers(0, 6, 200)
    names = [f"label {number}" for number in range(7)]  # label 6 neither occurs nor is answered
    counts = metrics.count_answers(truth, answers, names)
    assert (counts.confusion == confusion_matrix(truth, answers, labels=range(7))).all()
    assert counts.macro_f1 == pytest.approx(f1_score(truth, answers, average="macro", zero_division=0))
    assert counts.accuracy == pytest.approx((truth == answers).mean())
    expected = precision_recall_fscore_support(truth, answers, labels=range(7), zero_division=0)
    for number, report in enumerate(counts.per_label):
        values = (report.precision, report.recall, report.f1, report.support)
        assert values == pytest.approx(tuple(column[number] for column in expected))


def test_unknown_truth_counts_as_wrong() -> None:
    counts = metrics.count_answers(np.array([0, 1, -1]), np.array([0, 1, 1]), ["a", "b"])
    assert counts.accuracy == pytest.approx(2 / 3)
    assert counts.confusion.tolist() == [[1, 0], [0, 1]]
    assert counts.per_label[1].precision == 0.5


@pytest.mark.parametrize("true_temperature", [0.5, 1.0, 2.5])
def test_a_known_temperature_is_found_again(true_temperature: float) -> None:
    rng = np.random.default_rng(0)
    logits = rng.normal(0, 3, (20_000, 4)).astype(np.float32)
    shares = calibrate.probabilities(logits, true_temperature)
    labels = (shares.cumsum(axis=1) > rng.random((20_000, 1))).argmax(axis=1)
    assert calibrate.fit_temperature(logits, labels) == pytest.approx(true_temperature, rel=0.05)


def test_a_faultless_record_on_few_texts_stays_modest() -> None:
    logits = np.array([[5.0, 0.0], [0.0, 4.0], [6.0, 1.0]] * 6, dtype=np.float32)
    labels = np.array([0, 1, 0] * 6)
    shares = calibrate.probabilities(logits, calibrate.fit_temperature(logits, labels))
    assert shares.max(axis=1).mean() == pytest.approx(1 - 0.5 / 20, abs=0.01)  # half of one doubt in 18 + 2 texts


def test_the_bound_of_a_clean_record() -> None:
    # n right of n: the one-sided bound is risk ** (1 / n).
    table = calibrate.levels(np.linspace(0.5, 1, 200, dtype=np.float32), np.ones(200, dtype=bool), steps=1)
    assert table == [Level(0.5, 200, 200, pytest.approx(0.025 ** (1 / 200)))]


def test_too_few_texts_promise_nothing() -> None:
    table = calibrate.levels(np.linspace(0.5, 1, 100, dtype=np.float32), np.ones(100, dtype=bool))
    assert calibrate.threshold_for(0.98, table) is None  # ln(0.025) / ln(0.98) = 183 clean texts are needed
    assert calibrate.threshold_for(0.95, table) == pytest.approx(0.5)
    assert calibrate.best_promise(table) == math.floor(0.025 ** (1 / 100) * 100) / 100


def test_a_promised_precision_is_kept_in_nearly_all_worlds() -> None:
    """300 draws from a known world; the promise may fail in 5 % of them (and 3 more standard errors of 1.3 %)."""
    rng = np.random.default_rng(7)
    broken = answered = 0
    grid = np.linspace(0, 1, 100_001)
    for _ in range(300):
        scores = rng.random(1500).astype(np.float32)
        correct = rng.random(1500) < scores**0.25  # the higher the score, the likelier right
        threshold = calibrate.threshold_for(0.9, calibrate.levels(scores, correct))
        if threshold is not None:
            answered += 1
            broken += float((grid[grid >= threshold] ** 0.25).mean()) < 0.9
    assert answered > 250
    assert broken / 300 <= 0.05 + 0.038


def test_mistakes_are_the_surest_ones() -> None:
    found = metrics.confident_mistakes(
        ["x", "y", "z"], np.array([0, 1, 0]), np.array([1, 1, 1]),
        np.array([0.6, 0.9, 0.8], dtype=np.float32), ["no", "yes"],
    )  # fmt: skip
    assert [one["text"] for one in found] == ["z", "x"]
    assert found[0] == {"text": "z", "label": "no", "predicted": "yes", "score": 0.8}
