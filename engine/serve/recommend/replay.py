"""What another version would have reached, from the clicks on lists that were shown: counterfactual replay.

A logged place tells something about a version only where that version would have put the same item there. Such a place
counts 1 / (the chance with which it was shown), at most `clip`. IPS divides the weighted clicks by all places:
unbiased, and unsteady. SNIPS divides them by the sum of the weights: slightly biased, and far steadier; verdicts go by
it. A place that was shown for sure (chance 1) says nothing about a version that would have shown something else: lists
without exploration can only be compared where both versions agree, so that no difference can come out of them.
Intervals: 2,000 bootstrap samples of whole lists, since the places of a list belong together.
Source: Swaminathan and Joachims 2015, "The Self-Normalized Estimator for Counterfactual Learning"; Li et al. 2018,
"Offline Evaluation of Ranking Policies with Click Models" for the item-position estimator.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.api import ReplayedVersion

SAMPLES = 2000
LEAST_EFFECTIVE = 100.0
LEAST_CLICKS = 15
Values = NDArray[np.float64]


class Logged(NamedTuple):
    """One list: what stood in each place, with which chance, and whether it was clicked."""

    items: tuple[str, ...]
    chances: tuple[float, ...]
    clicks: tuple[bool, ...]


class Sums(NamedTuple):
    """Per list, float64, (lists,): weighted clicks, weights and their squares; matched, clicked, clipped places."""

    gained: Values
    weight: Values
    square: Values
    matched: Values
    clicks: Values
    clipped: Values


def weigh(logs: Sequence[Logged], lists: Sequence[Sequence[str]], clip: float) -> Sums:
    """Hold the lists that a version would have shown against those that were.

    Args:
        lists: ids in the order of the places, for each logged list.
        clip: largest weight.
    """
    found = np.zeros((6, len(logs)))
    for row, (log, would) in enumerate(zip(logs, lists, strict=True)):
        for item, chance, clicked, own in zip(log.items, log.chances, log.clicks, would, strict=False):
            if item != own:
                continue
            full = 1 / chance
            weight = min(full, clip)
            found[:, row] += (weight * clicked, weight, weight * weight, 1, clicked, full > clip)
    return Sums(*found)


def estimate(version: int, sums: Sums, places: int, rng: np.random.Generator) -> tuple[ReplayedVersion, Values]:
    """The figures of one version, and its SNIPS in every bootstrap sample."""
    samples = bootstrap(sums, rng)
    known = samples[~np.isnan(samples)]
    low, high = (float(np.quantile(known, q)) for q in (0.025, 0.975)) if len(known) else (0.0, 1.0)
    total = float(sums.weight.sum())
    square = float(sums.square.sum())
    matched = int(sums.matched.sum())
    figures = ReplayedVersion(
        version=version,
        ips=round(float(sums.gained.sum()) / max(places, 1), 6),
        snips=round(float(sums.gained.sum()) / total, 6) if total else 0.0,
        low=round(low, 6),
        high=round(high, 6),
        matched=matched,
        clicks=int(sums.clicks.sum()),
        effective=round(total * total / square, 1) if square else 0.0,
        clipped=round(float(sums.clipped.sum()) / max(matched, 1), 4),
    )
    return figures, samples


def bootstrap(sums: Sums, rng: np.random.Generator) -> Values:
    """SNIPS of `SAMPLES` samples of lists, (samples,), NaN where a sample has no match."""
    count = len(sums.weight)
    if not count:
        return np.full(SAMPLES, np.nan)
    found = np.empty(SAMPLES)
    for sample in range(SAMPLES):
        chosen = np.bincount(rng.integers(0, count, count), minlength=count)
        weight = float(chosen @ sums.weight)
        found[sample] = float(chosen @ sums.gained) / weight if weight else np.nan
    return found


def difference(first: Sums, second: Sums, seed: int) -> tuple[float, float]:
    """95 % interval of SNIPS of the second less the first, on the same bootstrap samples of lists."""
    gap = bootstrap(second, np.random.default_rng(seed)) - bootstrap(first, np.random.default_rng(seed))
    gap = gap[~np.isnan(gap)]
    return (float(np.quantile(gap, 0.025)), float(np.quantile(gap, 0.975))) if len(gap) else (-1.0, 1.0)


def verdict(first: ReplayedVersion, second: ReplayedVersion, low: float, high: float, lists: int) -> tuple[bool, str]:
    """Whether the logs carry an answer, and the answer in a sentence that claims no more than they do."""
    for one in (first, second):
        if one.effective < LEAST_EFFECTIVE or one.clicks < LEAST_CLICKS:
            return False, (
                f"Too little was shown to compare them: the {lists:,} lists agree with version {one.version} in "
                f"{one.matched:,} places, worth {one.effective:,.0f} (at least {LEAST_EFFECTIVE:,.0f} are needed), "
                f"with {one.clicks:,} clicks (at least {LEAST_CLICKS})."
            )
    if low > 0 or high < 0:
        better, worse = (second, first) if low > 0 else (first, second)
        gain = better.snips / worse.snips - 1 if worse.snips else 1.0
        return True, (
            f"Version {better.version} would have got more clicks per shown item than version {worse.version}: "
            f"{better.snips:.2%} against {worse.snips:.2%} ({gain:+.0%})."
        )
    return True, (
        f"No difference can be told between version {first.version} ({first.snips:.2%}) and version {second.version} "
        f"({second.snips:.2%}): the interval of the difference holds 0."
    )
