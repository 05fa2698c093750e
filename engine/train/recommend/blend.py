"""The model: one sparse table of behaviour weights, one of text weights, one of what comes next, and how often each
item was chosen.

behaviour = EASE + knn_weight * neighbours + als_weight * factors; next = next_weight * transitions, for the last few
items of a history alone; text = neighbours by text, each target's column times
text_warm + text_cold * cold_share(target): known items live by behaviour, new ones by their text. Every component is
first divided by the spread of its scores over a sample of people, so that the weights mean the same on all data.
Both tables are (items, items), row = item in a history, so a score is a sum over the history and every reason that is
given for it is a part of that very sum.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from engine.serve.recommend.adapter import TextAdapter
from engine.train.recommend.adapter import learn_adapter
from engine.train.recommend.ease import Ease, plan
from engine.train.recommend.ials import FactorSetting, fit_factors
from engine.train.recommend.item_knn import item_knn, narrowed
from engine.train.recommend.neighbours import Dense
from engine.train.recommend.popularity import decayed, popularity
from engine.train.recommend.sequence import recent, transitions
from engine.train.recommend.text import cold_share, text_neighbours

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

SAMPLE_USERS = 500


class Setting(Struct, frozen=True):
    """Everything that is tuned; the defaults stand where there is too little data to tune on.

    Attributes:
        strengths: learn from strengths instead of the bare fact of an event.
        damping, ridge, penalty: of EASE.
        ease_keep: weights kept per item; so many lose nothing that can be measured.
        knn_keep, knn_split, knn_power: of the neighbours.
        adapted: texts are compared as the adapter corrects them.
        knn_weight, text_warm, text_cold, als_weight, next_weight: shares in the blend, EASE being 1.
        next_last, next_decay: how many of the last items count for what comes next, and how fast they fade.
        half_life_days: of popularity, for people without a history; 0 counts all events alike.
    """

    strengths: bool = False
    damping: float = 0.2
    ridge: float = 4.0
    penalty: float = 0.0
    ease_keep: int = 200
    knn_keep: int = 10
    knn_split: float = 0.35
    knn_power: float = 1.5
    knn_weight: float = 0.5
    text_keep: int = 10
    adapted: bool = False
    text_warm: float = 0.05
    text_cold: float = 1.0
    als: FactorSetting = FactorSetting()
    als_weight: float = 0.0
    next_weight: float = 0.0
    next_last: int = 3
    next_decay: float = 0.7
    half_life_days: float = 0.0


@dataclass(frozen=True)
class Parts:
    """Components before blending, each divided by the spread of its scores; float32, (items, items)."""

    ease: csr_matrix
    knn: csr_matrix | None
    text: csr_matrix | None
    popularity: NDArray[np.float32]
    als: csr_matrix | None = None
    next: csr_matrix | None = None
    trend: NDArray[np.float32] | None = None
    adapter: TextAdapter | None = None


@dataclass(frozen=True)
class Blend:
    """What serving needs; float32, (items, items) and (items,).

    Attributes:
        next: transitions, with `next_last` and `next_decay` of the setting for the last items of a history.
        trend: popularity in which old events fade; None where it is not better than the plain one.
        adapter: corrects texts before they are compared; None where that does not pay.
    """

    behaviour: csr_matrix
    text: csr_matrix | None
    popularity: NDArray[np.float32]
    next: csr_matrix | None = None
    trend: NDArray[np.float32] | None = None
    next_last: int = 0
    next_decay: float = 1.0
    adapter: TextAdapter | None = None


def learning_matrix(user_items: csr_matrix, setting: Setting) -> csr_matrix:
    """Strengths, or ones, as the setting says."""
    if setting.strengths:
        return user_items
    ones = user_items.copy()
    ones.data = np.ones_like(ones.data)
    return ones


def fit_parts(
    user_items: csr_matrix,
    vectors: Dense | None,
    setting: Setting,
    memory_mb: float,
    check: Callable[[], None],
    *,
    times: NDArray[np.float64] | None = None,
    seed: int = 0,
    largest: int | None = None,
    near: csr_matrix | None = None,
) -> Parts:
    """Fit every component that the setting gives a share, on the same data.

    Args:
        user_items: float32, (users, items), strengths.
        vectors: float32, (items, dimension), or None where items have no texts.
        times: aligned with the entries of `user_items`.
        largest: side of EASE, see `ease.plan`.
        near: text neighbours where they are known already.
    """
    matrix = learning_matrix(user_items, setting)
    counts = popularity(matrix)
    chosen = plan(matrix, memory_mb, largest)
    model = Ease(matrix, chosen, damping=setting.damping, ridge=setting.ridge, penalty=setting.penalty)
    check()
    ease = model.weights(setting.ease_keep, check)
    del model
    knn = None
    if setting.knn_weight:
        wide = item_knn(matrix, check, keep=setting.knn_keep, split=setting.knn_split)
        knn = scaled(matrix, narrowed(wide, setting.knn_keep, setting.knn_power))
    text, adapter = near, None
    if text is None and vectors is not None:
        if setting.adapted and (adapter := learn_adapter(matrix, vectors, seed, check)) is not None:
            vectors = adapter.of(vectors)
        text = text_neighbours(vectors, counts, check, keep=setting.text_keep)
    als = following = None
    if setting.als_weight:
        als = scaled(matrix, fit_factors(matrix, setting.als, check, seed=seed).table(check))
    if setting.next_weight and times is not None:
        steps = transitions(matrix, times, check)
        last = recent(matrix, times, setting.next_last, setting.next_decay)
        following = steps * (1 / spread(last, steps))
    trend = decayed(matrix, times, setting.half_life_days) if setting.half_life_days and times is not None else None
    text_scaled = None if text is None else scaled(matrix, text)
    return Parts(scaled(matrix, ease), knn, text_scaled, counts, als, following, trend, adapter)


def scaled(matrix: csr_matrix, weights: csr_matrix) -> csr_matrix:
    """Weights divided by the spread of their scores."""
    return weights * (1 / spread(matrix, weights))


def spread(matrix: csr_matrix, weights: csr_matrix) -> np.float32:
    """Standard deviation of the scores of up to `SAMPLE_USERS` people, evenly picked; 1 where all are equal."""
    rows = np.unique(np.linspace(0, matrix.shape[0] - 1, SAMPLE_USERS).astype(np.int64))
    scores = matrix[rows] @ weights
    count = float(scores.shape[0]) * scores.shape[1]
    mean = float(scores.sum()) / count
    variance = float(scores.multiply(scores).sum()) / count - mean * mean
    return np.float32(np.sqrt(variance)) if variance > 1e-12 else np.float32(1)


def text_column_weights(counts: NDArray[np.float32], setting: Setting) -> NDArray[np.float32]:
    """How much text counts for each target; (items,)."""
    return (setting.text_warm + setting.text_cold * cold_share(counts)).astype(np.float32)


def blend(parts: Parts, setting: Setting) -> Blend:
    """Put the components together."""
    from scipy.sparse import diags

    behaviour = parts.ease
    if parts.knn is not None:
        behaviour = behaviour + parts.knn * np.float32(setting.knn_weight)
    if parts.als is not None:
        behaviour = behaviour + parts.als * np.float32(setting.als_weight)
    following = None if parts.next is None else (parts.next * np.float32(setting.next_weight)).tocsr()
    text = None
    if parts.text is not None:
        text = (parts.text @ diags(text_column_weights(parts.popularity, setting))).tocsr().astype(np.float32)
        text.eliminate_zeros()
    return Blend(
        behaviour.tocsr(), text, parts.popularity, following, parts.trend, setting.next_last, setting.next_decay,
        parts.adapter,
    )  # fmt: skip


def recent_of(blended: Blend, user_items: csr_matrix, times: NDArray[np.float64] | None) -> csr_matrix | None:
    """What of each history counts for what comes next; None where nothing does."""
    if blended.next is None or times is None:
        return None
    return recent(user_items, times, blended.next_last, blended.next_decay)


def blend_scores(blended: Blend, rows: csr_matrix, last: csr_matrix | None = None) -> Dense:
    """(people, items): histories times weights; `last` from `recent_of`, for the same people."""
    scores = rows @ blended.behaviour
    if blended.text is not None:
        scores = scores + rows @ blended.text
    if blended.next is not None and last is not None:
        scores = scores + last @ blended.next
    return np.asarray(scores.toarray(), np.float32)
