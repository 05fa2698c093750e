"""Learning curves: from errors on growing parts of the data to the error on all of it.

Errors of classifiers fall as a power of the number of examples over the range that matters here (Hestness et al. 2017,
"Deep Learning Scaling is Predictable, Empirically"): log error = a - b log examples. With few, noisy points b is pulled
towards what is usual.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

USUAL_FALL = 0.25  # b of the encoder's head on banking77, ag_news, sst2 and sms_spam lies between 0.1 and 0.45
FALL_SPREAD = 0.15
NORMAL_90 = 1.645
LEAST_ERROR = 0.5  # of a text: an error of zero among n texts is counted as this many wrong


class Point(NamedTuple):
    """`wrong` of `asked` held-out texts after teaching `taught` texts."""

    taught: int
    asked: int
    wrong: float


class Expected(NamedTuple):
    """A share between 0 and 1 with its 90 % interval."""

    value: float
    low: float
    high: float


def expected_error(
    points: Sequence[Point],
    examples: int,
    asked: int,
    *,
    usual_fall: float = USUAL_FALL,
    fall_spread: float = FALL_SPREAD,
) -> Expected:
    """The error to expect on `asked` held-out texts after teaching `examples` texts.

    Args:
        points: at least one, all measured on the same texts.
        examples: texts that will be taught.
        asked: held-out texts that it will be measured on; their luck is part of the interval.
        usual_fall, fall_spread: what b mostly is, and its standard deviation.
    """
    middle, level, fall, spread_of_fall = _line(points, usual_fall, fall_spread)
    distance = math.log(max(1, examples)) - middle
    value = min(1 - 1e-6, math.exp(level - fall * distance))
    # All points are measured on the same texts, so that they share their luck: together they are no surer than one.
    surest = max(_weight(point) for point in points)
    luck = (1 - value) / (max(value, 1e-6) * max(1, asked))
    spread = math.sqrt(1 / surest + (spread_of_fall * distance) ** 2 + luck)
    factor = math.exp(NORMAL_90 * spread)
    return Expected(value, value / factor, min(1.0, value * factor))


def _share(point: Point) -> float:
    return min(max(point.wrong, LEAST_ERROR) / point.asked, 1 - LEAST_ERROR / point.asked)


def _weight(point: Point) -> float:
    """One over the variance of the logarithm of the error."""
    error = _share(point)
    return error * point.asked / (1 - error)


def _line(points: Sequence[Point], usual_fall: float, fall_spread: float) -> tuple[float, float, float, float]:
    """Place and height of the middle, b, and b's standard deviation: weighted least squares of the logarithms, with the
    usual fall as one more observation."""
    places = np.array([math.log(point.taught) for point in points])
    heights = np.array([math.log(_share(point)) for point in points])
    weights = np.array([_weight(point) for point in points])
    middle = float((weights * places).sum() / weights.sum())
    level = float((weights * heights).sum() / weights.sum())
    reach = float((weights * (places - middle) ** 2).sum())
    measured = -float((weights * (places - middle) * (heights - level)).sum())
    prior = 1 / fall_spread**2
    fall = (measured + prior * usual_fall) / (reach + prior)
    return middle, level, max(0.0, fall), math.sqrt(1 / (reach + prior))
