"""From the ranks at which right passages were found to figures with their bounds, and to the mode to use."""

from __future__ import annotations

import math
import statistics
from collections.abc import Mapping, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from engine.values import SearchMode

Z = 1.96
DEPTHS = (1, 3, 10)
RESAMPLES = 2000
SURE = 0.9
"""Share of the resampled sets of questions in which another mode has to beat the usual one."""
FEW = 20
"""Below this many questions nothing is chosen by figures."""


class Ranks(Struct, frozen=True):
    """`ranks` counts from 1, 0 for "not found"; `seconds` has one entry per search."""

    ranks: tuple[int, ...]
    seconds: tuple[float, ...]


def figures(found: Ranks) -> dict[str, float]:
    """Recall at 1, 3 and 10 and MRR, each with its 95 % bounds, and the median time in milliseconds."""
    n = len(found.ranks)
    told: dict[str, float] = {}
    for depth in DEPTHS:
        hits = sum(1 for rank in found.ranks if 0 < rank <= depth)
        low, high = wilson(hits, n)
        told |= {f"recall@{depth}": hits / n, f"recall@{depth}_low": low, f"recall@{depth}_high": high}
    values = reciprocal(found.ranks)
    means = _resampled(values).mean(axis=1)
    low, high = np.quantile(means, [0.025, 0.975]).tolist()
    told |= {"mrr": float(values.mean()), "mrr_low": low, "mrr_high": high}
    told["ms"] = 1000 * statistics.median(found.seconds)
    return {name: round(value, 4) for name, value in told.items()}


def wilson(hits: int, n: int) -> tuple[float, float]:
    """95 % bounds of a share. Source: Wilson 1927."""
    if n == 0:
        return 0.0, 1.0
    middle, spread = hits + Z * Z / 2, Z * math.sqrt(hits * (n - hits) / n + Z * Z / 4)
    return max(0.0, (middle - spread) / (n + Z * Z)), min(1.0, (middle + spread) / (n + Z * Z))


def pick(found: Mapping[SearchMode, Ranks], usual: SearchMode) -> tuple[SearchMode, str]:
    """The mode that finds most, and why.

    The usual mode stays unless another has the higher MRR and keeps it in `SURE` of the resampled sets of questions: a
    handful of questions must not decide by chance. Modes that are equally good differ in time; the quicker one wins.
    """
    n = len(found[usual].ranks)
    if n < FEW:
        return usual, f"{n} questions are too few to choose by; at least {FEW} are needed."
    best, share = usual, 0.0
    mine = reciprocal(found[usual].ranks)
    for mode, ranks in found.items():
        gain = reciprocal(ranks.ranks) - mine
        if mode == usual or gain.mean() <= 0:
            continue
        wins = float((_resampled(gain).mean(axis=1) > 0).mean())
        if wins >= SURE and (best == usual or reciprocal(ranks.ranks).mean() > reciprocal(found[best].ranks).mean()):
            best, share = mode, wins
    if best == usual:
        return usual, f"No other mode is better than {usual} with {SURE:.0%} certainty on these {n} questions."
    return best, f"{best} finds more than {usual} with {share:.0%} certainty on these {n} questions."


def reciprocal(ranks: Sequence[int]) -> NDArray[np.float64]:
    """1 / rank, 0 for "not found"."""
    return np.array([1.0 / rank if rank else 0.0 for rank in ranks], dtype=np.float64)


def _resampled(
    values: NDArray[np.float64],
) -> NDArray[np.float64]:
    """The values drawn again with replacement, float64 (`RESAMPLES`, n). Source: Efron 1979."""
    chosen = np.random.default_rng(0).integers(0, len(values), size=(RESAMPLES, len(values)))
    return values[chosen]
