"""Weighting of lexical features by how rare they are in the texts that were taught (tf-idf, rows of length one)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.language.lexical import LexicalCounts

LEAST_TEXTS = 2  # a feature of one text only cannot be told from chance


def rarity(counts: LexicalCounts, dimension: int) -> NDArray[np.float32]:
    """Weight per cell, float32 (dimension,): 1 + ln((texts + 1) / (texts with it + 1)), 0 for cells hardly seen."""
    texts = len(counts.indptr) - 1
    seen = np.bincount(counts.indices, minlength=dimension)
    least = LEAST_TEXTS if texts > 50 else 1
    return ((1 + np.log((texts + 1) / (seen + 1))) * (seen >= least)).astype(np.float32)


def weighted(counts: LexicalCounts, rarities: NDArray[np.float32]) -> LexicalCounts:
    """Values times rarity, each row scaled to length one; a row without known features stays zero."""
    values = counts.values * rarities[counts.indices]
    rows = np.repeat(np.arange(len(counts.indptr) - 1), np.diff(counts.indptr))
    squares = np.bincount(rows, weights=values.astype(np.float64) ** 2, minlength=len(counts.indptr) - 1)
    lengths = np.sqrt(np.where(squares > 0, squares, 1.0))
    return LexicalCounts(counts.indptr, counts.indices, (values / lengths[rows]).astype(np.float32))
