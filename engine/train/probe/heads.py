"""Heads on growing parts of the sample: how fast they are fitted, and how their errors fall."""

from __future__ import annotations

import time
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.dataset.near_groups import group_near
from engine.dataset.split import ALWAYS_TAUGHT, make_folds
from engine.train.classify.features import candidates, cells_for, learn_scaling, only
from engine.train.classify.head import fit_head
from engine.train.probe.values import HeadPoint, ProbeSpec

FOLDS = 5
LOOSENESS = 10.0
SHARES = (0.25, 0.5, 1.0)
LEAST_TAUGHT = 20

Floats = NDArray[np.float32]
Rows = NDArray[np.int64]


class Sample(NamedTuple):
    """Rows of the sample that are taught and rows that are asked, and what the best head answered for these."""

    taught: Rows
    asked: Rows
    answers: Rows


def head_points(
    spec: ProbeSpec, texts: tuple[str, ...], truth: Rows, vectors: Floats | None, until: float
) -> tuple[tuple[HeadPoint, ...], Sample, float]:
    """Teach heads on a quarter, a half and all of four fifths of the sample, and ask the last fifth.

    Small samples are asked fold by fold, so that every text counts; the time may leave out folds and small parts.

    Args:
        vectors: float32 (texts, 384), None where the encoder does not know the script.
        until: of the monotonic clock.
    Returns:
        A point per size, the first fold's rows and answers, and seconds per text to make the features.
    """
    folds = make_folds(truth, group_near(texts, truth), count=FOLDS, seed=spec.seed)
    sets = candidates(spec.known_share if vectors is not None else 0.0, spec.labels)
    began = time.monotonic()
    _, features = learn_scaling(texts, vectors if sets[0] != "lexical" else None, cells_for(spec.labels))
    features_s = (time.monotonic() - began) / max(1, len(texts))
    blocks = only(features, sets[0])
    sums: dict[float, list[HeadPoint]] = {share: [] for share in SHARES}
    first: Sample | None = None
    for fold in range(FOLDS):
        asked = np.flatnonzero(folds.fold_of == fold)
        every = np.flatnonzero(folds.fold_of != fold)
        every = np.random.default_rng(spec.seed).permutation(every)
        for share in reversed(SHARES):
            taught = every[: round(share * len(every))]
            late = time.monotonic() > until
            if len(taught) < LEAST_TAUGHT or len(asked) == 0 or (late and first is not None):
                continue
            began = time.monotonic()
            head = fit_head(blocks.take(taught), truth[taught], spec.labels, looseness=LOOSENESS)
            fit_s = time.monotonic() - began
            answers = head.logits(blocks.take(asked)).argmax(axis=1)
            sums[share].append(HeadPoint(len(taught), len(asked), int((answers != truth[asked]).sum()), fit_s))
            if first is None:
                first = Sample(taught, asked, answers)
    if first is None:
        nothing = np.zeros(0, dtype=np.int64)
        first = Sample(np.flatnonzero(folds.fold_of != ALWAYS_TAUGHT), nothing, nothing)
    return tuple(_joined(points) for share in SHARES if (points := sums[share])), first, features_s


def _joined(points: list[HeadPoint]) -> HeadPoint:
    """Folds of one size as one point."""
    count = len(points)
    return HeadPoint(
        round(sum(one.taught for one in points) / count),
        sum(one.asked for one in points),
        sum(one.wrong for one in points),
        sum(one.fit_s for one in points) / count,
    )


def zero_wrong(spec: ProbeSpec, vectors: Floats, truth: Rows) -> int | None:
    """Zero-shot's wrong answers, None where it cannot be asked."""
    if not spec.label_vectors:
        return None
    labels = np.frombuffer(spec.label_vectors, dtype=np.float32).reshape(spec.labels, -1)
    return int(((vectors @ labels.T).argmax(axis=1) != truth).sum())
