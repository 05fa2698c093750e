"""Split labelled rows for checking what was learned: by label, by seed, and never the same text on both sides.

Rows whose texts are the same but for case, width and spacing form a group, and a group stays together
(`near_groups.py` adds those that are nearly the same). A label with a single group cannot be taught and checked at
once: its rows are always taught, never held out, and reported.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.dataset.folding import folded_text

ALWAYS_TAUGHT = -1


class Folds(NamedTuple):
    """`fold_of` int64 (rows,): 0..total - 1, or `ALWAYS_TAUGHT`; `single` are labels that cannot be checked. The last
    `guessed` rows carry labels that a skill gave them."""

    fold_of: NDArray[np.int64]
    total: int
    single: tuple[int, ...]
    guessed: int = 0

    def with_guessed(self, rows: int) -> Folds:
        """The folds with `rows` guessed rows behind the others: never held out."""
        return self._replace(fold_of=np.append(self.fold_of, np.full(rows, ALWAYS_TAUGHT)), guessed=rows)


def group_texts(texts: Sequence[str]) -> NDArray[np.int64]:
    """Group number per row, int64 (rows,): rows with the same text share it."""
    numbers: dict[str, int] = {}
    return np.fromiter((numbers.setdefault(folded_text(text), len(numbers)) for text in texts), np.int64, len(texts))


def make_folds(labels: NDArray[np.int64], groups: NDArray[np.int64], *, count: int = 5, seed: int = 0) -> Folds:
    """Spread the rows over folds so that each fold has every label's share, as far as its rows go.

    Args:
        labels: int64 (rows,), label numbers from 0.
        groups: int64 (rows,), from `group_texts` or `group_near`.
        count: folds, at least 2.
        seed: the same seed gives the same folds.
    """
    rng = np.random.default_rng(seed)
    _, first, where, sizes = np.unique(groups, return_index=True, return_inverse=True, return_counts=True)
    group_label = labels[first]  # a group of conflicting labels counts as its first row's
    fold_of_group = np.full(len(first), ALWAYS_TAUGHT, dtype=np.int64)
    single: list[int] = []
    next_fold = 0
    for label in range(int(labels.max()) + 1 if len(labels) else 0):
        members = np.flatnonzero(group_label == label)
        if len(members) < 2:
            single.append(label)
            continue
        # Large groups are dealt out first, so that small ones even out the folds. Going on where the last label ended
        # keeps folds of equal size when labels have few rows each.
        members = rng.permutation(members)
        members = members[np.argsort(-sizes[members], kind="stable")]
        fold_of_group[members] = (next_fold + np.arange(len(members))) % count
        next_fold = (next_fold + len(members)) % count
    return Folds(fold_of_group[where], count, tuple(single))


def sample_rows(labels: NDArray[np.int64], most: int, *, seed: int = 0, least: int = 0) -> NDArray[np.int64]:
    """About `most` row numbers, ascending, with every label's share kept.

    Args:
        labels: int64 (rows,), label numbers from 0.
        least: each label keeps at least this many rows, or all it has; these may come on top of `most`.
    """
    if len(labels) <= most:
        return np.arange(len(labels))
    rng = np.random.default_rng(seed)
    kept = []
    for label, count in enumerate(np.bincount(labels).tolist()):
        wanted = min(count, max(least, round(count * most / len(labels))))
        kept.append(rng.permutation(np.flatnonzero(labels == label))[:wanted])
    return np.sort(np.concatenate(kept))
