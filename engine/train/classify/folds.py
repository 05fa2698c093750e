"""The folds of a training.

A new version is compared with the one in use on texts that both held out. Where that one held out a part of its texts,
as an adapted skill does, the same texts are held out again, in the first fold: others would share a fifth of a fifth.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.dataset.near_groups import group_near
from engine.dataset.split import ALWAYS_TAUGHT, Folds, make_folds
from engine.train.classify.spec import TeachSpec

FOLDS = 5
FIRST = 0  # the fold that an adapted skill is measured on
MOST_HELD_BEFORE = 0.3  # of the texts; more, as heads do, meet any fold


def folds_of(spec: TeachSpec) -> Folds:
    """The folds of a training; the same labelled texts and seed give the same folds, with guessed texts or without."""
    known = len(spec.texts) - spec.guessed
    truth = np.asarray(spec.truth[:known], dtype=np.int64)
    groups = group_near(spec.texts[:known], truth)
    folds = make_folds(truth, groups, count=FOLDS, seed=spec.seed)
    if 0 < len(spec.held_before) <= MOST_HELD_BEFORE * known:
        _as_before(folds.fold_of, groups, truth, np.asarray(spec.held_before, dtype=np.int64))
    folds.fold_of[known - spec.named :] = ALWAYS_TAUGHT
    return folds.with_guessed(spec.guessed)


def _as_before(
    fold_of: NDArray[np.int64], groups: NDArray[np.int64], truth: NDArray[np.int64], held: NDArray[np.int64]
) -> None:
    """Move the texts held out before into the first fold, and as many others of their label out of it.

    Args:
        fold_of: int64 (rows,), changed in place; groups stay together.
        held: row numbers.
    """
    _, first = np.unique(groups, return_index=True)
    before = np.zeros(len(first), dtype=bool)
    before[groups[held]] = True
    fold_of_group = fold_of[first].copy()
    for label in np.unique(truth[first]).tolist():
        own = truth[first] == label
        enter = np.flatnonzero(own & before & (fold_of_group > FIRST))
        # Texts that come late are replayed ones, which the version in use was taught: new ones rather stay.
        leave = np.flatnonzero(own & ~before & (fold_of_group == FIRST))[::-1]
        for come, go in zip(enter.tolist(), leave.tolist(), strict=False):
            fold_of_group[go] = fold_of_group[come]
        fold_of_group[enter] = FIRST
    fold_of[:] = fold_of_group[groups]
