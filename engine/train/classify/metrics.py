"""How good answers are, counted on texts that were not taught."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.api import LabelReport, RiskPoint

BINS = 15
_Z_95 = 1.959964


class Counts(NamedTuple):
    """`confusion` int64 (labels, labels): rows are true labels, columns are answers."""

    confusion: NDArray[np.int64]
    accuracy: float
    macro_f1: float
    per_label: tuple[LabelReport, ...]


def count_answers(truth: NDArray[np.int64], answers: NDArray[np.int64], labels: Sequence[str]) -> Counts:
    """Accuracy, F1 and the confusion matrix.

    Args:
        truth, answers: int64 (n,), numbers into `labels`. A truth of -1 (a label that the skill does not know) counts
            as wrong and stands in no row of the matrix.
    Returns:
        Precision, recall and F1 are 0 where nothing was answered or nothing was there. `macro_f1` is the mean over
        labels that occur in the truth or the answers, as scikit-learn has it.
    """
    size = len(labels)
    known = truth >= 0
    confusion = np.bincount(truth[known] * size + answers[known], minlength=size * size).reshape(size, size)
    right = np.diag(confusion)
    support, answered = confusion.sum(axis=1), np.bincount(answers, minlength=size)
    precision = right / np.maximum(answered, 1)
    recall = right / np.maximum(support, 1)
    f1 = 2 * right / np.maximum(support + answered, 1)
    seen = (support + answered) > 0
    per_label = tuple(
        LabelReport(
            label=label,
            precision=float(precision[number]),
            recall=float(recall[number]),
            f1=float(f1[number]),
            support=int(support[number]),
        )
        for number, label in enumerate(labels)
    )
    return Counts(
        confusion.astype(np.int64),
        float(right.sum() / max(1, len(truth))),
        float(f1[seen].mean()) if seen.any() else 0.0,
        per_label,
    )


def wilson_interval(correct: int, count: int) -> tuple[float, float]:
    """95 % interval of a share. Source: Wilson 1927."""
    if count == 0:
        return 0.0, 1.0
    share, square = correct / count, _Z_95**2
    middle = (share + square / (2 * count)) / (1 + square / count)
    half = _Z_95 * math.sqrt(share * (1 - share) / count + square / (4 * count * count)) / (1 + square / count)
    return max(0.0, middle - half), min(1.0, middle + half)


def calibration_error(scores: NDArray[np.float32], correct: NDArray[np.bool_], bins: int = BINS) -> float:
    """Expected calibration error of the top score over equal bins of 0..1, weighted by their texts.

    Source: Guo et al. 2017, equation 3.
    """
    if len(scores) == 0:
        return 0.0
    where = np.clip(np.ceil(scores.astype(np.float64) * bins).astype(int) - 1, 0, bins - 1)
    told = np.bincount(where, weights=scores, minlength=bins)
    kept = np.bincount(where, weights=correct.astype(np.float64), minlength=bins)
    return float(np.abs(told - kept).sum() / len(scores))


def risk_coverage(scores: NDArray[np.float32], correct: NDArray[np.bool_], points: int = 50) -> tuple[RiskPoint, ...]:
    """What answering only the surest texts would give, from few texts to all of them."""
    if len(scores) == 0:
        return ()
    order = np.argsort(-scores, kind="stable")
    ranked, right = scores[order], np.cumsum(correct[order])
    found: list[RiskPoint] = []
    for step in range(1, points + 1):
        threshold = float(ranked[math.ceil(len(ranked) * step / points) - 1])
        count = int(np.searchsorted(-ranked, -threshold, side="right"))
        if not found or count > found[-1].coverage * len(ranked) + 0.5:
            found.append(RiskPoint(threshold, count / len(ranked), float(right[count - 1] / count)))
    return tuple(found)


def confident_mistakes(
    texts: Sequence[str],
    truth: NDArray[np.int64],
    answers: NDArray[np.int64],
    scores: NDArray[np.float32],
    labels: Sequence[str],
    most: int = 20,
) -> tuple[dict[str, str | float], ...]:
    """The wrong answers with the highest scores: text (300 characters), label, predicted, score."""
    wrong = np.flatnonzero(truth != answers)
    wrong = wrong[np.argsort(-scores[wrong], kind="stable")][:most]
    return tuple(
        {
            "text": texts[row][:300],
            "label": labels[truth[row]] if truth[row] >= 0 else "",
            "predicted": labels[answers[row]],
            "score": round(float(scores[row]), 4),
        }
        for row in wrong.tolist()
    )
