"""Which texts to label next, so that a skill learns most from few labels.

Nothing known yet, or fewer than three labels per class: typical texts of groups in which nothing is labelled
(TypiClust). Later: the texts of which the skill is least sure (small margin between its two best labels), grouped with
that doubt as weight, and of each group the text nearest to its centre; so a batch does not ask the same thing twice.

Measured on BANKING77 (77 labels, the training set as the pool, first 77 texts and then 50 at a time, heads on frozen
vectors, test accuracy at 600 labels, two seeds each; 1,000 labels taken at random reach 84 %): this order 87.4 %,
weighted groups from the start 86.7 %, margin alone 85.7 %, TypiClust alone 85.6 %, BADGE 81.9 %. Doubt as entropy
instead of the margin gives 85.5 %.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.feedback.clusters import Vectors, k_means, typicality

TYPICAL_UNTIL = 3  # labelled texts per label
DOUBTFUL_PER_TEXT = 30  # this many of the least sure texts stand for choice per text chosen
MOST_DOUBTFUL_SHARE = 0.5  # of the pool
MOST_CLUSTERS = 1_000


class Chosen(NamedTuple):
    """`rows` int64 (n,) into the pool, most useful first; `priority` float32 (n,), 1 for the first, above 0."""

    rows: NDArray[np.int64]
    priority: Vectors


def doubt(probabilities: Vectors) -> Vectors:
    """One minus the margin between the two best labels, float32 (texts,), 0..1."""
    best = np.partition(probabilities, -2, axis=1)
    return np.asarray(1.0 - (best[:, -1] - best[:, -2]), dtype=np.float32)


def choose_texts(
    vectors: Vectors,
    count: int,
    *,
    known: NDArray[np.int64],
    probabilities: Vectors | None = None,
    labelled: int = 0,
    seed: int = 0,
) -> Chosen:
    """Choose texts of a pool.

    Args:
        vectors: float32 (texts, dimension), of length one.
        count: how many; fewer where the pool has fewer.
        known: int64, rows that are labelled or waiting already: never chosen, and nothing alike is sought.
        probabilities: float32 (texts, labels) of the present skill, None where there is none.
        labelled: texts that the present skill was taught.
    """
    rng = np.random.default_rng(seed)
    free = np.setdiff1d(np.arange(len(vectors)), known)
    count = min(count, len(free))
    if count <= 0:
        return Chosen(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32))
    if probabilities is None or labelled < TYPICAL_UNTIL * probabilities.shape[1]:
        return typical_texts(vectors, count, known, rng)
    chosen = doubtful_texts(vectors[free], doubt(probabilities[free]), count, rng)
    return Chosen(free[chosen.rows], chosen.priority)


def typical_texts(vectors: Vectors, count: int, known: NDArray[np.int64], rng: np.random.Generator) -> Chosen:
    """The most typical text of each of the largest groups that hold no known text."""
    groups = k_means(vectors, min(MOST_CLUSTERS, count + len(known)), rng)
    typical = typicality(vectors)
    sizes = np.bincount(groups.of, minlength=len(groups.centres)).astype(np.float32)
    empty = np.ones(len(sizes), dtype=bool)
    empty[groups.of[known]] = False
    taken = np.zeros(len(vectors), dtype=bool)
    taken[known] = True
    rows: list[int] = []
    worth: list[float] = []
    # Groups without a known text first; then, where groups are too few, every group again.
    for wanted in (empty, np.ones(len(sizes), dtype=bool)):
        while len(rows) < count:
            before = len(rows)
            for group in np.argsort(-sizes, kind="stable").tolist():
                members = np.flatnonzero((groups.of == group) & ~taken)
                if not wanted[group] or not len(members) or len(rows) == count:
                    continue
                row = int(members[typical[members].argmax()])
                taken[row] = True
                rows.append(row)
                worth.append(float(sizes[group]))
            if len(rows) == before or wanted is empty:
                break
    return _ranked(np.asarray(rows, dtype=np.int64), np.asarray(worth, dtype=np.float32))


def doubtful_texts(vectors: Vectors, doubts: Vectors, count: int, rng: np.random.Generator) -> Chosen:
    """Texts of little certainty that differ from each other.

    Args:
        doubts: float32 (texts,), from `doubt`.
    Source: Zhdanov 2019, "Diverse mini-batch Active Learning".
    """
    most = max(count, min(DOUBTFUL_PER_TEXT * count, int(MOST_DOUBTFUL_SHARE * len(vectors))))
    # Equal doubt (many texts of which nothing is known) must not follow the order of the data set.
    candidates = np.lexsort((rng.random(len(doubts)), -doubts))[:most]
    groups = k_means(vectors[candidates], min(MOST_CLUSTERS, count), rng, doubts[candidates])
    rows: list[int] = []
    worth: list[float] = []
    for group in range(len(groups.centres)):
        members = np.flatnonzero(groups.of == group)
        if len(members):
            nearest = members[(vectors[candidates[members]] @ groups.centres[group]).argmax()]
            rows.append(int(candidates[nearest]))
            worth.append(float(doubts[candidates[members]].sum()))
    chosen = set(rows)
    least = min(worth, default=1.0)
    for row in candidates.tolist():
        if len(rows) == count:
            break
        if row not in chosen:
            rows.append(row)
            worth.append(least * float(doubts[row]))
    return _ranked(np.asarray(rows, dtype=np.int64), np.asarray(worth, dtype=np.float32))


def _ranked(rows: NDArray[np.int64], worth: Vectors) -> Chosen:
    order = np.argsort(-worth, kind="stable")
    highest = float(worth.max(initial=0.0)) or 1.0
    return Chosen(rows[order], np.maximum(worth[order] / np.float32(highest), np.float32(1e-6)))
