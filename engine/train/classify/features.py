"""What the head learns from: the encoder's vectors, lexical features, or both side by side.

Encoder vectors are centred and scaled to a mean squared length of one; lexical features are tf-idf rows of length one.
Both blocks then weigh alike under one penalty. Means and rarities are learned without looking at labels.

Which blocks are used is decided by measuring (`choose.py`) among what `candidates` names. Measured on test sets (the
first two with the encoder before int8): an English encoder on Chinese headlines (tnews) reaches 29 %, lexical features
44 %, both 37 %; on English messages (banking77) the encoder reaches 93.1 %, both 93.7 %; on tweets about finance the
encoder reaches 78.6 %, lexical features 81.5 %, both 83.3 %. With few texts the letters are heard half as loud beside
the encoder: banking77 with 10 texts per label 86.3 instead of 85.8 % (mean of five seeds), with 3,000 texts 91.0
instead of 90.5 %, with all 10,003 93.3 instead of 93.5 %.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.language.lexical import lexical_counts
from engine.language.rarity import rarity, weighted

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

FeatureSet = Literal["encoder", "lexical", "both"]
COVERED_SHARE = 0.9  # of word pieces known to the encoder: below, its vectors may mislead
UNCOVERED_SHARE = 0.5  # below, they say next to nothing
FEW_LABELS = 20
FEW_TEXTS = 5_000  # up to as many, lexical features beside the encoder weigh half
BYTES_FOR_CELLS = 700_000  # more cells gained nothing on banking77 and cost time


class Features(NamedTuple):
    """Rows ready for the head. `dense` float32 (rows, dimension) and `sparse` CSR float32 (rows, cells), or None.
    `loudness` is what lexical features are multiplied by beside the encoder's."""

    dense: NDArray[np.float32] | None
    sparse: csr_matrix | None
    loudness: float = 1.0

    def take(self, rows: NDArray[np.int64]) -> Features:
        dense = None if self.dense is None else self.dense[rows]
        return Features(dense, None if self.sparse is None else self.sparse[rows], self.loudness)


class Scaling(NamedTuple):
    """How features are made. `mean` float32 (dimension,), `scale` its divisor, `rarities` float32 (cells,).

    `axes` float32 (dimension, dimension) turns vectors to their principal axes, which helps the solver and leaves the
    penalty as it is; None leaves them unturned. `loudness` is that of the `Features`.
    """

    mean: NDArray[np.float32] | None
    scale: float
    rarities: NDArray[np.float32] | None
    axes: NDArray[np.float32] | None = None
    loudness: float = 1.0


def candidates(known_share: float, labels: int) -> tuple[FeatureSet, ...]:
    """Feature sets worth trying, the likeliest first.

    Args:
        known_share: median share of word pieces that the encoder knows, 0..1.
        labels: how many; lexical features alone are tried on covered texts only where that is cheap.
    """
    if known_share < UNCOVERED_SHARE:
        return ("lexical",)
    if known_share < COVERED_SHARE or labels <= FEW_LABELS:
        return ("both", "encoder", "lexical")
    return ("both", "encoder")


def cells_for(labels: int) -> int:
    """Lexical cells (a power of two, 2,048 to 8,192): the more labels, the fewer, for the size of the skill."""
    cells = 8_192
    while cells > 2_048 and 2 * cells * labels > BYTES_FOR_CELLS:
        cells //= 2
    return cells


def learn_scaling(texts: Sequence[str], vectors: NDArray[np.float32] | None, cells: int) -> tuple[Scaling, Features]:
    """Learn means and rarities from all texts, and make their features.

    Args:
        texts: n texts.
        vectors: float32 (n, dimension) of the encoder, or None for lexical features alone.
        cells: lexical cells, or 0 for none.
    """
    mean, scale, rarities, axes = None, 1.0, None, None
    if vectors is not None:
        mean = vectors.mean(axis=0, dtype=np.float64).astype(np.float32)
        centred = vectors - mean
        scale = float(np.sqrt(np.mean((centred**2).sum(axis=1)))) or 1.0
        axes = np.linalg.eigh((centred.T @ centred).astype(np.float64))[1].astype(np.float32)
    if cells:
        counts = lexical_counts(texts, cells)
        rarities = rarity(counts, cells)
    scaling = Scaling(mean, scale, rarities, axes, 0.5 if len(texts) <= FEW_TEXTS else 1.0)
    return scaling, make_features(texts, vectors, scaling)


def make_features(texts: Sequence[str], vectors: NDArray[np.float32] | None, scaling: Scaling) -> Features:
    """Features of texts by what was learned before; see `learn_scaling`."""
    from scipy.sparse import csr_matrix

    dense = sparse = None
    if scaling.mean is not None and vectors is not None:
        dense = ((vectors - scaling.mean) / np.float32(scaling.scale)).astype(np.float32)
        if scaling.axes is not None:
            dense = dense @ scaling.axes
    if scaling.rarities is not None:
        cells = len(scaling.rarities)
        counts = weighted(lexical_counts(texts, cells), scaling.rarities)
        sparse = csr_matrix((counts.values, counts.indices, counts.indptr), shape=(len(texts), cells))
        sparse.eliminate_zeros()
    return Features(dense, sparse, scaling.loudness)


def only(features: Features, chosen: FeatureSet) -> Features:
    """The blocks that a feature set uses; lexical features beside the encoder's at their loudness."""
    if chosen == "lexical" or features.dense is None:
        return Features(None, features.sparse)
    if chosen == "encoder" or features.sparse is None:
        return Features(features.dense, None)
    return Features(features.dense, features.sparse * np.float32(features.loudness))
