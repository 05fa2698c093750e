"""Seconds of a training, counted the way `engine/train/classify/work.py` and `adapt.py` go about it.

Every rate comes from a probe of this machine and these texts; what is written here is how often each thing is done.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from engine.train.classify.adapt import FEW, LAST_PART, LEAST_GATE
from engine.train.classify.choose import MOST_TAUGHT, REPORTED_TEXTS, SMALL, UNEQUAL_RATIO
from engine.train.classify.features import candidates
from engine.train.encoder.settings import AdaptSettings
from engine.train.probe.values import HeadPoint, Probed
from engine.train.report import out_of_scope
from engine.train.report.robustness import CHANGES, FIRST_TEXTS, MOST_TEXTS, changed_texts

FOLDS = 5
FURTHER_TRIALS = 2  # penalties tried around the first
DENSE_SHARE = 0.5  # of a fit's time, where the lexical features are left out
USUAL_SHARE = 0.85  # of the passes are made; early stopping leaves half of them at least
SHARE_OF_FEW = 0.95  # likewise where texts are few: they stop late or not at all
SAMPLE_FOR_CHANGES = 300
RANGE_TEXTS = 400  # as in engine/train/encoder/adapter.py, which loads torch
BLIND_TO = ("upper case", "lower case")  # the encoder and the letters read all letters as small ones

__all__ = ["Size", "adapted_seconds", "changed_count", "expected_passes", "head_seconds"]


class Size(NamedTuple):
    """`labels`; `smallest` and `largest` count a label's texts; `known_share` is the encoder's share of word pieces,
    0 where it does not know the script."""

    texts: int
    labels: int
    smallest: int
    largest: int
    known_share: float

    @property
    def taught(self) -> int:
        """Texts that are taught while the others are held out."""
        return max(1, self.texts - self.texts // FOLDS)

    @property
    def reported_folds(self) -> int:
        if self.texts < SMALL:
            return FOLDS
        return min(FOLDS, max(1, -(-REPORTED_TEXTS * FOLDS // self.texts)))

    @property
    def held(self) -> int:
        """Texts of one fold."""
        return max(1, self.texts // FOLDS)


def fit_seconds(points: Sequence[HeadPoint], texts: int) -> float:
    """Seconds to fit a head on so many texts: a line through what was measured, that does not fall."""
    sizes = np.array([one.taught for one in points], dtype=np.float64)
    times = np.array([one.fit_s for one in points])
    if len(points) == 1 or np.ptp(sizes) == 0:
        return float(times.mean() * max(1.0, texts / sizes.mean()))
    slope, start = np.polyfit(sizes, times, 1)
    slope = max(0.0, float(slope))
    start = max(0.0, float(times.mean() - slope * sizes.mean())) if start < 0 else float(start)
    return start + slope * texts


def changed_count(texts: Sequence[str], held: int) -> int:
    """How many changed texts the check of robustness asks, judged by a sample."""
    sample = list(texts[:SAMPLE_FOR_CHANGES])
    total = 0.0
    for name in CHANGES:
        share = len(changed_texts(name, sample).rows) / max(1, len(sample))
        most = FIRST_TEXTS if name in BLIND_TO else MOST_TEXTS
        total += min(most, share * held)
    return round(total)


def head_seconds(probed: Probed, size: Size, changed: int, start_s: float) -> float:
    """Seconds to teach a head, from the request to the stored version."""
    trials = len(candidates(size.known_share, size.labels)) + FURTHER_TRIALS
    if size.largest >= UNEQUAL_RATIO * max(1, size.smallest):
        trials += 2
    per_trial = FOLDS if size.texts < SMALL else 1
    fits = trials * per_trial * fit_seconds(probed.head, min(MOST_TAUGHT, size.taught))
    fits += size.reported_folds * fit_seconds(probed.head, size.taught)
    fits += fit_seconds(probed.head, size.texts)
    if probed.embed_s and size.labels >= out_of_scope.LEAST_LABELS:
        taught = min(out_of_scope.MOST_TAUGHT, round(0.64 * size.texts))
        fits += out_of_scope.ROUNDS * DENSE_SHARE * fit_seconds(probed.head, taught)
    reading = (size.texts + changed) * (probed.embed_s + probed.features_s)
    return start_s + fits + reading


def zero_seconds(probed: Probed, size: Size, start_s: float) -> float:
    """Seconds to make a zero-shot skill and measure it."""
    return start_s + size.texts * (probed.embed_s + probed.features_s)


def expected_passes(settings: AdaptSettings, texts: int | None = None) -> float:
    """Passes that will be made; early stopping ends long trainings, seldom those of few texts."""
    share = SHARE_OF_FEW if texts is not None and texts <= FEW else USUAL_SHARE
    return max(1.0, share * settings.epochs)


def adapted_seconds(
    probed: Probed, size: Size, changed: int, settings: AdaptSettings, start_s: float, *, full_passes: bool
) -> float:
    """Seconds to adapt the layers by `settings.method`, the head's part included.

    Args:
        full_passes: the number of passes was asked for, so that no early stop is reckoned with.
    """
    rates = probed.rates
    if rates is None:
        return math.inf
    passes = float(settings.epochs) if full_passes else expected_passes(settings, size.texts)
    step_s = rates.step_s[settings.method]
    seconds = head_seconds(probed, size, changed, start_s) + probed.load_s
    seconds += size.texts * rates.trunk_s
    seconds += passes * (size.taught * step_s + size.held * rates.look_s)
    seconds += max(1, round(passes if size.texts <= FEW else LAST_PART * passes)) * size.texts * step_s
    seconds += 2 * min(RANGE_TEXTS, size.texts) * rates.single_s
    seconds += size.held * probed.embed_s
    if size.held < LEAST_GATE:
        seconds += min(LEAST_GATE, size.taught) * (rates.look_s + probed.embed_s)
    return seconds + changed * probed.embed_s  # the head and the adapted part are both asked
