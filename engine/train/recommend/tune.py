"""Choose every hyper-parameter on validation data cut out of the training data; what is tested on is never looked at.

Coordinate search in an order from what matters most: EASE (ridge as published, damping, ridge), neighbours, strengths
or bare events, shares of the blend, and last the share of text for new items, on a second split in which whole items
are new. When time runs out the best so far stands.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from msgspec.structs import replace

from engine.train.recommend.baselines import BaselineSetting
from engine.train.recommend.blend import Setting, blend, blend_scores, fit_parts, learning_matrix
from engine.train.recommend.ease import Ease, plan
from engine.train.recommend.holdout import Split, lists_for, split_items, split_people
from engine.train.recommend.item_knn import item_knn, narrowed
from engine.train.recommend.metrics import ranking_metrics
from engine.train.recommend.neighbours import Dense
from engine.train.recommend.popularity import popularity

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

PEOPLE = 1500
LEAST_PEOPLE = 20
RIDGES = (1.0, 2.0, 4.0, 8.0, 16.0)
DAMPINGS = (0.1, 0.2, 0.3)
BASELINE_KEEPS = (5, 10, 20, 50, 100)
BASELINE_SHRINKS = (0.0, 10.0)
KNN_CHOICES = tuple((keep, power) for keep in (5, 10, 20, 40) for power in (1.0, 1.5, 2.0))
KNN_SPLITS = (0.35, 0.5)
KNN_WEIGHTS = (0.0, 0.25, 0.5, 0.75, 1.0)
TEXT_WARM = (0.0, 0.05, 0.1, 0.2)
TEXT_COLD = (0.0, 0.1, 0.3, 0.6, 1.0, 2.0)


class Tuned(NamedTuple):
    setting: Setting
    baselines: BaselineSetting
    note: str
    """Why not everything was tuned; empty when it was."""


class _Search:
    """One search: the split, the clock, and how far it is."""

    def __init__(
        self,
        user_items: csr_matrix,
        vectors: Dense | None,
        seed: int,
        deadline: float,
        memory_mb: float,
        tell: Callable[[int, int], None],
        check: Callable[[], None],
    ) -> None:
        self.whole, self.vectors = user_items, vectors
        self.deadline, self.memory_mb, self.check = deadline, memory_mb, check
        self._tell, self._steps = tell, 0
        self.rng = np.random.default_rng(seed)
        self.split = split_people(user_items, self.rng, most_people=PEOPLE)

    @property
    def late(self) -> bool:
        return time.monotonic() > self.deadline

    def step(self) -> None:
        self._steps += 1
        self._tell(min(self._steps, STEPS), STEPS)

    def quality(self, split: Split, matrix: csr_matrix, scores: Callable[..., Dense]) -> float:
        """NDCG@10 of a way to score."""
        lists = lists_for(split.people, split.train, popularity(matrix), scores, self.check)
        return ranking_metrics(lists, split.relevant, matrix.shape[1]).ndcg_10


STEPS = len(RIDGES) + len(DAMPINGS) + 2 + len(BASELINE_SHRINKS) + 2 * len(KNN_SPLITS) + 5


def tune(
    user_items: csr_matrix,
    vectors: Dense | None,
    *,
    seed: int,
    deadline: float,
    memory_mb: float,
    tell: Callable[[int, int], None],
    check: Callable[[], None],
) -> Tuned:
    """Search on the given data.

    Args:
        user_items: float32, (users, items), strengths.
        deadline: `time.monotonic()` after which no further step begins.
        tell: gets steps done and their number.
    """
    search = _Search(user_items, vectors, seed, deadline, memory_mb, tell, check)
    if len(search.split.people) < LEAST_PEOPLE:
        note = f"Only {len(search.split.people)} people have two or more items; usual settings were used."
        return Tuned(Setting(), BaselineSetting(), note)
    setting, ease_ridge = _tune_ease(search, Setting())
    baselines = _tune_baseline_knn(search, BaselineSetting(ease_ridge=ease_ridge))
    setting = _tune_knn(search, setting)
    setting = _tune_blend(search, setting)
    if vectors is not None:
        setting = _tune_cold(search, setting)
    return Tuned(setting, baselines, "Time ran out before everything was tuned." if search.late else "")


def _best(
    search: _Search, choices: Iterable[Setting], start: Setting, quality: Callable[[Setting], float]
) -> tuple[Setting, float]:
    best, best_quality = start, -1.0
    for choice in choices:
        if search.late and best_quality >= 0:
            break
        if (reached := quality(choice)) > best_quality:
            best, best_quality = choice, reached
    return best, best_quality


def _tune_ease(search: _Search, setting: Setting) -> tuple[Setting, float]:
    def quality(candidate: Setting) -> float:
        search.step()
        matrix = learning_matrix(search.split.train, candidate)
        model = Ease(matrix, plan(matrix, search.memory_mb), damping=candidate.damping, ridge=candidate.ridge)
        return search.quality(search.split, matrix, model.scores)

    plain, _ = _best(search, [replace(setting, damping=0.0, ridge=r) for r in RIDGES], setting, quality)
    damped = [replace(plain, damping=damping) for damping in DAMPINGS]
    found, reached = _best(search, damped, setting, quality)
    if search.late:
        return found, plain.ridge
    stronger = replace(found, strengths=True)
    found = stronger if quality(stronger) > reached else found
    return found, plain.ridge


def _tune_baseline_knn(search: _Search, setting: BaselineSetting) -> BaselineSetting:
    matrix = learning_matrix(search.split.train, Setting())
    best, best_quality = setting, -1.0
    for shrink in BASELINE_SHRINKS:
        if search.late:
            break
        search.step()
        wide = item_knn(matrix, search.check, keep=max(BASELINE_KEEPS), shrink=shrink)
        for keep in BASELINE_KEEPS:
            weights = narrowed(wide, keep, 1.0)
            reached = search.quality(search.split, matrix, _sparse_scores(matrix, weights))
            if reached > best_quality:
                best, best_quality = replace(setting, knn_keep=keep, knn_shrink=shrink), reached
    return best


def _tune_knn(search: _Search, setting: Setting) -> Setting:
    matrix = learning_matrix(search.split.train, setting)
    best, best_quality = setting, -1.0
    for split in KNN_SPLITS:
        if search.late:
            break
        search.step()
        wide = item_knn(matrix, search.check, keep=max(keep for keep, _ in KNN_CHOICES), split=split)
        for keep, power in KNN_CHOICES:
            reached = search.quality(search.split, matrix, _sparse_scores(matrix, narrowed(wide, keep, power)))
            if reached > best_quality:
                best = replace(setting, knn_split=split, knn_keep=keep, knn_power=power)
                best_quality = reached
    return best


def _sparse_scores(matrix: csr_matrix, weights: csr_matrix) -> Callable[..., Dense]:
    return lambda batch: np.asarray((matrix[batch] @ weights).toarray(), np.float32)


def _tune_blend(search: _Search, setting: Setting) -> Setting:
    if search.late:
        return setting
    search.step()
    parts = fit_parts(search.split.train, search.vectors, setting, search.memory_mb, search.check)
    matrix = learning_matrix(search.split.train, setting)

    def quality(candidate: Setting) -> float:
        blended = blend(parts, candidate)
        return search.quality(search.split, matrix, lambda batch: blend_scores(blended, matrix[batch]))

    plain = replace(setting, text_warm=0.0, text_cold=0.0)
    found, _ = _best(search, [replace(plain, knn_weight=weight) for weight in KNN_WEIGHTS], plain, quality)
    if search.vectors is None:
        return found
    search.step()
    found, _ = _best(search, [replace(found, text_warm=weight) for weight in TEXT_WARM], found, quality)
    return replace(found, text_cold=setting.text_cold)


def _tune_cold(search: _Search, setting: Setting) -> Setting:
    if search.late:
        return setting
    search.step()
    split = split_items(search.whole, search.rng, most_people=PEOPLE)
    if len(split.people) < LEAST_PEOPLE:
        return setting
    # Half of the held-out events are of known items, or nothing would hold new items back.
    warm = split_people(split.train, search.rng, most_people=len(search.whole.indptr), share=0.05)
    wanted = {int(p): items for p, items in zip(split.people, split.relevant, strict=True)}
    none = np.empty(0, np.int64)
    relevant = tuple(
        np.concatenate([items, wanted.get(int(p), none)]) for p, items in zip(warm.people, warm.relevant, strict=True)
    )
    mixed = Split(warm.train, warm.people[:PEOPLE], relevant[:PEOPLE])
    parts = fit_parts(mixed.train, search.vectors, setting, search.memory_mb, search.check)
    matrix = learning_matrix(mixed.train, setting)

    def quality(candidate: Setting) -> float:
        blended = blend(parts, candidate)
        return search.quality(mixed, matrix, lambda batch: blend_scores(blended, matrix[batch]))

    return _best(search, [replace(setting, text_cold=cold) for cold in TEXT_COLD], setting, quality)[0]
