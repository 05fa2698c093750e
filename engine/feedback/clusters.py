"""Groups of texts by their vectors: spherical k-means, and how typical a text is of those around it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]

ROUNDS = 10
NEIGHBOURS = 20
_ROWS_AT_ONCE = 1_000


class Clusters(NamedTuple):
    """`centres` float32 (clusters, dimension), of length one; `of` int64 (texts,), the cluster of each text."""

    centres: Vectors
    of: NDArray[np.int64]


def k_means(vectors: Vectors, count: int, rng: np.random.Generator, weights: Vectors | None = None) -> Clusters:
    """Spherical k-means, started by k-means++ (Arthur and Vassilvitskii 2007).

    Args:
        vectors: float32 (texts, dimension), of length one.
        count: clusters; at most as many as texts are made.
        weights: float32 (texts,), how much each text pulls its centre; all alike where None.
    """
    count = min(count, len(vectors))
    pull = np.ones(len(vectors), dtype=np.float32) if weights is None else np.maximum(weights, 1e-9)
    centres = _spread(vectors, count, rng, pull)
    of = np.zeros(len(vectors), dtype=np.int64)
    for turn in range(ROUNDS + 1):
        new = (vectors @ centres.T).argmax(axis=1)
        if turn == ROUNDS or (turn and np.array_equal(new, of)):
            of = new
            break
        of = new
        order = np.argsort(of, kind="stable")
        present, first = np.unique(of[order], return_index=True)
        sums = np.zeros_like(centres)
        sums[present] = np.add.reduceat(vectors[order] * pull[order, None], first, axis=0)
        lengths = np.linalg.norm(sums, axis=1, keepdims=True)
        centres = np.where(lengths > 0, sums / np.where(lengths > 0, lengths, 1), centres).astype(np.float32)
    return Clusters(centres, of)


def _spread(vectors: Vectors, count: int, rng: np.random.Generator, pull: Vectors) -> Vectors:
    """Starting centres: each next one far from those before, by chance in proportion to distance and weight."""
    far = np.full(len(vectors), 2.0, dtype=np.float64)
    free = np.ones(len(vectors), dtype=bool)
    rows: list[int] = []
    for _ in range(count):
        reach = np.cumsum(np.where(free, far * pull, 0.0))
        if reach[-1] > 0:
            row = int(np.searchsorted(reach, rng.random() * reach[-1], side="right"))
            row = min(row, int(np.searchsorted(reach, reach[-1])))
        else:  # only texts equal to those taken are left, and any of them will do
            row = int(rng.choice(np.flatnonzero(free)))
        free[row] = False
        rows.append(row)
        far = np.minimum(far, np.maximum(0.0, 2.0 - 2.0 * (vectors @ vectors[row])))
    return vectors[rows].copy()


def typicality(vectors: Vectors, neighbours: int = NEIGHBOURS) -> Vectors:
    """One over the mean distance to the nearest texts, float32 (texts,): high in the thick of things.

    Source: Hacohen, Dekel and Weinshall 2022, "Active Learning on a Budget".
    """
    near = min(neighbours, len(vectors) - 1)
    if near < 1:
        return np.ones(len(vectors), dtype=np.float32)
    found = np.empty(len(vectors), dtype=np.float32)
    for begin in range(0, len(vectors), _ROWS_AT_ONCE):
        part = vectors[begin : begin + _ROWS_AT_ONCE]
        alike = part @ vectors.T
        alike[np.arange(len(part)), begin + np.arange(len(part))] = -2.0  # a text is no neighbour of its own
        nearest = np.partition(alike, -near, axis=1)[:, -near:]
        distance = np.sqrt(np.maximum(0.0, 2.0 - 2.0 * nearest)).mean(axis=1)
        found[begin : begin + len(part)] = 1.0 / np.maximum(distance, 1e-6)
    return found
