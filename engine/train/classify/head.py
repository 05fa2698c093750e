"""The head: multinomial logistic regression with an L2 penalty, solved by L-BFGS in well-scaled coordinates.

scikit-learn's solver works in the features' own coordinates and needs about 75 rounds on BANKING77 where this one
needs 25: the encoder block comes turned to its principal axes, and each axis (each lexical cell) is divided by the
square root of its expected curvature. That changes the path, not the optimum. The tests compare with scikit-learn's.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.train.classify.features import Features

# A text's curvature is p (1 - p) per label; 0.05 stands for a head half-way to being sure. Measured on banking77:
# 0.1 and 0.03 need as many rounds, 1.0 and none at all three times as many.
CURVATURE = 0.05
ROUNDS = 30
STOP_AT = 1e-5
MEMORY = 8
THREADS = max(1, min(4, os.cpu_count() or 1))
LEAST_VALUES = 200_000  # of a matrix that is worth being split


class Head(NamedTuple):
    """logits = dense @ dense_weights + sparse @ sparse_weights + bias.

    dense_weights float32 (dimension, labels), sparse_weights float32 (cells, labels), bias float32 (labels,).
    """

    dense_weights: NDArray[np.float32] | None
    sparse_weights: NDArray[np.float32] | None
    bias: NDArray[np.float32]
    rounds: int

    def logits(self, features: Features) -> NDArray[np.float32]:
        """float32 (rows, labels)."""
        rows = features.dense if features.dense is not None else features.sparse
        total = np.repeat(self.bias[None, :], 0 if rows is None else rows.shape[0], axis=0)
        if features.dense is not None and self.dense_weights is not None:
            total += features.dense @ self.dense_weights
        if features.sparse is not None and self.sparse_weights is not None:
            total += features.sparse @ self.sparse_weights
        return total


class _Block:
    """One block of features, each divided by its scale; weights of it times `scales` are weights of the features."""

    def __init__(self, features: Any, strength: float) -> None:
        if isinstance(features, np.ndarray):
            spread = (features**2).mean(axis=0, dtype=np.float64)
            self.scales = 1 / np.sqrt(CURVATURE * spread + strength)
            scaled: Any = features * self.scales.astype(np.float32)
            turned: Any = scaled.T
        else:
            from scipy.sparse import diags

            spread = np.asarray(features.multiply(features).mean(axis=0)).ravel()
            self.scales = 1 / np.sqrt(CURVATURE * spread + strength)
            scaled = (features @ diags(self.scales.astype(np.float32))).tocsr().astype(np.float32)
            turned = scaled.T.tocsr()
        self.penalty = (strength * self.scales**2)[:, None]
        self.width = int(scaled.shape[1])
        self._forward, self._backward = _bands(scaled), _bands(turned)

    def times(self, weights: NDArray[np.float32], pool: ThreadPoolExecutor) -> NDArray[np.float32]:
        return _product(self._forward, weights, pool)

    def turned_times(self, errors: NDArray[np.float32], pool: ThreadPoolExecutor) -> NDArray[np.float32]:
        return _product(self._backward, errors, pool)


def _bands(matrix: Any) -> list[Any]:
    """A matrix in bands of rows, one per thread: scipy's sparse product uses one thread only, and BLAS's own threads
    (which a worker switches off, see engine/jobs/tasks.py) lose most of their time when other programs run."""
    values = matrix.size if isinstance(matrix, np.ndarray) else matrix.nnz
    if values < LEAST_VALUES or THREADS == 1:
        return [matrix]
    edges = np.linspace(0, matrix.shape[0], THREADS + 1).astype(int)
    return [matrix[begin:end] for begin, end in itertools.pairwise(edges)]


def _product(bands: list[Any], right: NDArray[np.float32], pool: ThreadPoolExecutor) -> NDArray[np.float32]:
    if len(bands) == 1:
        return np.asarray(bands[0] @ right)
    return np.concatenate(list(pool.map(lambda band: band @ right, bands)))


def fit_head(
    features: Features,
    labels: NDArray[np.int64],
    label_count: int,
    *,
    looseness: float,
    balance: float = 0.0,
    rounds: int = ROUNDS,
    stop_at: float = STOP_AT,
    on_round: Callable[[], None] | None = None,
) -> Head:
    """Fit a head.

    Args:
        features: at least one block, n rows.
        labels: int64 (n,), 0..label_count - 1.
        looseness: scikit-learn's C: larger means a weaker penalty, which is 1 / (2 C n) times the squared weights.
        balance: 0 counts every text alike, 1 every label alike, between them in between.
        stop_at: relative gain of a round below which the search ends.
        on_round: called after each evaluation; what it raises stops the work.
    """
    from scipy.optimize import minimize

    count = len(labels)
    strength = 1.0 / (looseness * count)
    blocks = [_Block(block, strength) for block in (features.dense, features.sparse) if block is not None]
    share = text_weights(labels, label_count, balance)[:, None]
    bias_scale = 1 / np.sqrt(CURVATURE)
    here = np.arange(count)

    with ThreadPoolExecutor(THREADS) as pool:

        def cost(point: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
            if on_round is not None:
                on_round()
            bias = (bias_scale * point[-label_count:]).astype(np.float32)
            logits = np.repeat(bias[None, :], count, axis=0)
            penalty = 0.0
            weights = _cut(point, blocks, label_count)
            for block, part in zip(blocks, weights, strict=True):
                logits += block.times(part.astype(np.float32), pool)
                penalty += 0.5 * float((block.penalty * part * part).sum())
            logits -= logits.max(axis=1, keepdims=True)
            own = logits[here, labels]
            np.exp(logits, out=logits)
            total = logits.sum(axis=1, keepdims=True)
            loss = float(((np.log(total[:, 0]) - own) * share[:, 0]).sum(dtype=np.float64))
            logits /= total
            logits[here, labels] -= 1
            logits *= share
            gradient = [
                (block.turned_times(logits, pool) + block.penalty * part).ravel()
                for block, part in zip(blocks, weights, strict=True)
            ]
            gradient.append(bias_scale * logits.sum(axis=0, dtype=np.float64))
            return loss + penalty, np.concatenate(gradient).astype(np.float64)

        size = (sum(block.width for block in blocks) + 1) * label_count
        found = minimize(
            cost, np.zeros(size), jac=True, method="L-BFGS-B",
            options={"maxiter": rounds, "ftol": stop_at, "gtol": 1e-9, "maxcor": MEMORY},
        )  # fmt: skip
    fitted = [
        (block.scales[:, None] * part).astype(np.float32)
        for block, part in zip(blocks, _cut(found.x, blocks, label_count), strict=True)
    ]
    return Head(
        fitted[0] if features.dense is not None else None,
        fitted[-1] if features.sparse is not None else None,
        (bias_scale * found.x[-label_count:]).astype(np.float32),
        int(found.nit),
    )


def _cut(point: NDArray[np.float64], blocks: list[_Block], label_count: int) -> list[NDArray[np.float64]]:
    parts, begin = [], 0
    for block in blocks:
        end = begin + block.width * label_count
        parts.append(point[begin:end].reshape(block.width, label_count))
        begin = end
    return parts


def text_weights(labels: NDArray[np.int64], label_count: int, balance: float) -> NDArray[np.float32]:
    """Weight of each text, float32 (n,), summing to one; a label's texts weigh (its count) ** -balance each."""
    counts = np.maximum(np.bincount(labels, minlength=label_count), 1).astype(np.float64)
    weights = counts[labels] ** -balance
    return np.asarray(weights / weights.sum(), dtype=np.float32)
