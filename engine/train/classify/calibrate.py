"""Honest scores: a temperature for the logits, and thresholds whose precision holds for texts not yet seen.

Everything here is computed from held-out texts only (texts that the head which scored them was not taught).
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

RISK = 0.05  # chance, at most, that a promised precision is not kept by the head that was measured
_HALF = RISK / 2  # two ways down the thresholds are tried, each with half of the risk
STEPS = 100
_LOG_RANGE = (math.log(0.05), math.log(20.0))


def probabilities(logits: NDArray[np.float32], temperature: float) -> NDArray[np.float32]:
    """Softmax of logits / temperature, float32 (rows, labels)."""
    scaled = logits / np.float32(temperature)
    scaled -= scaled.max(axis=1, keepdims=True)
    np.exp(scaled, out=scaled)
    scaled /= scaled.sum(axis=1, keepdims=True)
    return scaled


def surprise(
    logits: NDArray[np.float32], labels: NDArray[np.int64], temperature: float = 1.0, *, doubt: float = 0.0
) -> float:
    """Mean negative log likelihood (nats) of the true labels; `doubt` is the share spread evenly over all labels."""
    scaled = logits.astype(np.float64) / temperature
    top = scaled.max(axis=1)
    total = top + np.log(np.exp(scaled - top[:, None]).sum(axis=1))
    wanted = (1 - doubt) * scaled[np.arange(len(labels)), labels] + doubt * scaled.mean(axis=1)
    return float((total - wanted).mean())


def fit_temperature(logits: NDArray[np.float32], labels: NDArray[np.int64]) -> float:
    """The temperature in 0.05..20 with the least surprise, by golden section on its logarithm.

    One text in n + 2 is taken to be any label, or a faultless record on few texts would call every later text certain.
    Source: Guo et al. 2017, "On Calibration of Modern Neural Networks"; the pseudo-count is that of Platt 1999.
    """
    doubt = 1.0 / (len(labels) + 2)

    def surprise_at(log: float) -> float:
        return surprise(logits, labels, math.exp(log), doubt=doubt)

    low, high = _LOG_RANGE
    golden = (math.sqrt(5) - 1) / 2
    left, right = high - golden * (high - low), low + golden * (high - low)
    at_left, at_right = surprise_at(left), surprise_at(right)
    for _ in range(24):
        if at_left < at_right:
            high, right, at_right = right, left, at_left
            left = high - golden * (high - low)
            at_left = surprise_at(left)
        else:
            low, left, at_left = left, right, at_right
            right = low + golden * (high - low)
            at_right = surprise_at(right)
    return math.exp((low + high) / 2)


class Level(NamedTuple):
    """Held-out texts with a score of at least `threshold`: how many, how many right, and the precision that is
    surpassed with a chance of at least 1 - RISK / 2."""

    threshold: float
    texts: int
    correct: int
    at_least: float


def levels(scores: NDArray[np.float32], correct: NDArray[np.bool_], *, steps: int = STEPS) -> list[Level]:
    """Thresholds from the highest down, at even steps of coverage.

    Args:
        scores: float32 (n,), the top probability of each held-out text.
        correct: bool (n,), whether its label was right.
    Source of the bound: Clopper and Pearson 1934.
    """
    from scipy.special import betaincinv

    order = np.argsort(-scores, kind="stable")
    ranked, right = scores[order], np.cumsum(correct[order])
    found: list[Level] = []
    for step in range(1, steps + 1):
        threshold = float(ranked[max(0, math.ceil(len(ranked) * step / steps) - 1)])
        count = int(np.searchsorted(-ranked, -threshold, side="right"))  # equal scores count together
        if found and found[-1].texts == count:
            continue
        hits = int(right[count - 1])
        bound = float(betaincinv(hits, count - hits + 1, _HALF)) if hits else 0.0
        found.append(Level(threshold, count, hits, bound))
    return found


def threshold_for(precision: float, table: list[Level]) -> float | None:
    """The lowest score from which `precision` is promised; None where the held-out texts are too few or too mixed.

    The levels are tested from the highest score down, and the first that fails ends the search, so testing many costs
    no extra risk. A mistake among the very best scores could end it at once; so there are two starts (twice the
    least possible count, and half of the texts), each with half of the risk.
    Source: fixed sequence testing, Angelopoulos et al. 2021, "Learn then Test", section 3.2.
    """
    if not table or precision >= 1:
        return None
    if precision <= 0:
        return 0.0
    least = math.log(_HALF) / math.log(precision)  # with fewer texts not even a clean record is enough
    total = table[-1].texts
    passed: list[float] = []
    for start in (min(2 * least, total), max(total / 2, least)):
        for level in table:
            if level.texts < start:
                continue
            if level.at_least < precision:
                break
            passed.append(level.threshold)
    return min(passed) if passed else None


def best_promise(table: list[Level]) -> float:
    """The highest precision that can be promised for any score, in steps of 0.01, 0 where none."""
    for hundredths in range(99, 0, -1):
        if threshold_for(hundredths / 100, table) is not None:
            return hundredths / 100
    return 0.0
