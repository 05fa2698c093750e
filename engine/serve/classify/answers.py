"""From probabilities to what a person reads: the label, its score, the runners-up, and whether to abstain."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.api import TextLabel
from engine.values import LabelScore

TOP = 5
HIGHEST = 0.999999  # no score is certain, and a threshold of 1 must turn every text away


def text_labels(
    texts: Sequence[str], probabilities: NDArray[np.float32], labels: Sequence[str], threshold: float
) -> tuple[TextLabel, ...]:
    """One answer per text.

    Args:
        probabilities: float32 (texts, labels).
        threshold: abstain where the best score is lower; 0 never abstains.
    """
    order = np.argsort(-probabilities, axis=1, kind="stable")[:, :TOP]
    answers = []
    for row, text in enumerate(texts):
        top = tuple(LabelScore(labels[number], score_of(probabilities[row, number])) for number in order[row].tolist())
        answers.append(TextLabel(text, top[0].label, top[0].score, top[0].score < threshold, top))
    return tuple(answers)


def score_of(probability: float) -> float:
    """A probability as it is shown and stored: rounded down to six digits, never 1."""
    return min(math.floor(float(probability) * 1e6) / 1e6, HIGHEST)
