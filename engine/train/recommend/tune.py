"""Choose every hyper-parameter on validation data cut out of the training data; what is tested on is never looked at.

Coordinate search in an order from what matters most: EASE (ridge as published, damping, strengths or bare events),
neighbours and their share of the blend, factors, what comes next (where times are known), the share of text, and last
the extra share of text for new items, measured on a second split in which whole items are new. A part that does not
pay (`PAYS`) is left out, so that a model is as small as the data allow. When time runs out the best so far stands.

Where times are known the latest items of each person are held out, otherwise any. Of very many people a sample is
tuned on, and of very many items EASE solves fewer together.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from engine.train.recommend.adapter import learn_adapter
from engine.train.recommend.baselines import BaselineSetting
from engine.train.recommend.blend import (
    Setting,
    blend,
    blend_scores,
    fit_parts,
    learning_matrix,
    recent_of,
    scaled,
    spread,
    text_column_weights,
)
from engine.train.recommend.ease import LARGEST_SIDE, Ease, plan
from engine.train.recommend.holdout import Split, lists_for, split_items, split_people
from engine.train.recommend.ials import FactorSetting, fit_factors
from engine.train.recommend.item_knn import item_knn, narrowed
from engine.train.recommend.metrics import ranking_metrics
from engine.train.recommend.neighbours import Dense
from engine.train.recommend.popularity import decayed, popularity
from engine.train.recommend.sequence import recent, transitions
from engine.train.recommend.text import text_neighbours

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

PEOPLE = 2400
CELLS = 24_000_000
"""Of one table of scores: validation people times items, at most."""
LEAST_PEOPLE = 20
VALIDATION_SHARE = 0.1
"""A small share keeps the data that is tuned on close to the data that is learned from in the end."""
RIDGES = (1.0, 2.0, 3.0, 5.0, 8.0, 13.0)
DAMPINGS = (0.1, 0.2, 0.3)
BASELINE_KEEPS = (5, 10, 20, 50, 100)
BASELINE_SHRINKS = (0.0, 10.0)
KNN_CHOICES = tuple((keep, power) for keep in (5, 10, 20) for power in (1.0, 1.5))
KNN_SPLITS = (0.35, 0.5)
KNN_WEIGHTS = (0.25, 0.5, 1.0, 2.0)
TEXT_WARM = (0.0, 0.05, 0.1, 0.2)
TEXT_COLD = (0.2, 0.35, 0.5, 0.7, 1.0, 1.4, 2.0, 2.8, 4.0)
"""Never nothing: an item that nobody has chosen has its text alone."""
COLD_MAY_COST = 0.005
COLD_MAY_COST_OF_SHARE = 1 / 3
"""What new items may cost known ones of their NDCG@10: half a per cent, or a third of the share that new items have of
the catalogue where that is more. Known items win every such comparison, since nothing is known of what people would
have chosen of the new ones; without a part of the places nobody ever would."""
ADAPTER_SHARE = 0.1
"""Of the items, all of whose events are held out to judge it."""
ADAPTER_PAYS = 1.01
"""The adapter is kept where it makes NDCG@10 among new items better by this factor."""
PAYS = 1.003
"""A further part is kept where it makes NDCG@10 better by this factor."""
TUNED_PEOPLE = 40_000
TUNED_SIDE = 4_000
FACTOR_CHOICES = (
    FactorSetting(64, 2.0, 10.0), FactorSetting(64, 10.0, 10.0), FactorSetting(32, 5.0, 3.0),
    FactorSetting(128, 3.0, 20.0), FactorSetting(256, 3.0, 20.0), FactorSetting(256, 1.5, 10.0),
)  # fmt: skip
MANY_EVENTS = 1_000_000
"""Above so many, more than 64 factors are not tried: they cost minutes and gain little where events are many."""
ALS_WEIGHTS = (0.25, 0.5, 1.0)
NEXT_LAST = ((1, 1.0), (3, 0.7), (5, 0.8), (10, 0.9))
NEXT_WEIGHTS = (0.25, 0.5, 1.0, 2.0)
HALF_LIVES = (3.0, 10.0, 30.0, 90.0, 365.0)


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
        times: NDArray[np.float64] | None,
        near: csr_matrix | None,
    ) -> None:
        self.vectors, self.seed, self.near = vectors, seed, near
        self.deadline, self.memory_mb, self.check = deadline, memory_mb, check
        self._tell, self._steps = tell, 0
        self.rng = np.random.default_rng(seed)
        self.most_people = max(100, min(PEOPLE, CELLS // max(user_items.shape[1], 1)))
        if user_items.shape[0] > TUNED_PEOPLE:
            chosen = np.sort(self.rng.choice(user_items.shape[0], TUNED_PEOPLE, replace=False))
            if times is not None:
                times = times[np.isin(np.repeat(np.arange(user_items.shape[0]), np.diff(user_items.indptr)), chosen)]
            user_items = user_items[chosen]
        self.whole, self.times = user_items, times
        self.side = TUNED_SIDE if user_items.shape[1] > LARGEST_SIDE else None
        self.split = split_people(
            user_items, self.rng, most_people=self.most_people, share=VALIDATION_SHARE, times=times
        )
        self._counts = popularity(self.split.train)

    def late(self) -> bool:
        return time.monotonic() > self.deadline

    def step(self) -> None:
        self._steps += 1
        self._tell(min(self._steps, STEPS), STEPS)

    def quality(self, split: Split, matrix: csr_matrix, scores: Callable[..., Dense]) -> float:
        """NDCG@10 of a way to score."""
        lists = lists_for(split.people, split.train, popularity(matrix), scores, self.check)
        return ranking_metrics(lists, split.relevant, matrix.shape[1]).ndcg_10

    def dense_quality(self, scores: Dense) -> float:
        """NDCG@10 of scores of the validation people, (people, items)."""
        people = self.split.people
        lists = lists_for(
            people, self.split.train, self._counts, lambda batch: scores[np.searchsorted(people, batch)], self.check
        )
        return ranking_metrics(lists, self.split.relevant, scores.shape[1]).ndcg_10


STEPS = len(RIDGES) + len(DAMPINGS) + 2 + len(BASELINE_SHRINKS) + len(KNN_SPLITS) + 3 + len(FACTOR_CHOICES) + 3


def tune(
    user_items: csr_matrix,
    vectors: Dense | None,
    *,
    seed: int,
    deadline: float,
    memory_mb: float,
    tell: Callable[[int, int], None],
    check: Callable[[], None],
    times: NDArray[np.float64] | None = None,
    near: csr_matrix | None = None,
) -> Tuned:
    """Search on the given data.

    Args:
        user_items: float32, (users, items), strengths.
        deadline: `time.monotonic()` after which no further step begins.
        tell: gets steps done and their number.
        times: aligned with the entries, where the order of events is known (`sequence.is_ordered`).
        near: text neighbours where they are known already.
    """
    search = _Search(user_items, vectors, seed, deadline, memory_mb, tell, check, times, near)
    if len(search.split.people) < LEAST_PEOPLE:
        note = f"Only {len(search.split.people)} people have two or more items; usual settings were used."
        return Tuned(Setting(), BaselineSetting(), note)
    setting, plain = _tune_ease(search, Setting())
    if search.side:
        # The penalty of fewer items is not that of all; the ridge, relative to the data, is what carries over.
        setting, plain = replace(setting, penalty=0.0), replace(plain, penalty=0.0)
    baselines = _tune_baseline_knn(search, BaselineSetting(ease_ridge=plain.ridge, ease_penalty=plain.penalty))
    half_life = _tune_half_life(search)
    baselines = _tune_factors(search, replace(baselines, half_life_days=half_life))
    setting = _tune_blend(search, replace(setting, half_life_days=half_life, als=baselines.ials))
    return Tuned(setting, baselines, "Time ran out before everything was tuned." if search.late() else "")


def _best(
    search: _Search, choices: Iterable[Setting], start: Setting, quality: Callable[[Setting], float]
) -> tuple[Setting, float]:
    best, best_quality = start, -1.0
    for choice in choices:
        if search.late() and best_quality >= 0:
            break
        if (reached := quality(choice)) > best_quality:
            best, best_quality = choice, reached
    return best, best_quality


def _tune_ease(search: _Search, setting: Setting) -> tuple[Setting, Setting]:
    """The best EASE, and the best one as published; both with the penalty that their ridge came to."""
    penalties: dict[Setting, float] = {}

    def settled(candidate: Setting) -> Setting:
        return replace(candidate, penalty=penalties.get(candidate, 0.0))

    def quality(candidate: Setting) -> float:
        search.step()
        matrix = learning_matrix(search.split.train, candidate)
        chosen = plan(matrix, search.memory_mb, search.side)
        model = Ease(matrix, chosen, damping=candidate.damping, ridge=candidate.ridge)
        penalties[candidate] = model.penalty
        return search.quality(search.split, matrix, model.scores)

    ridges, dampings = (RIDGES[1::2], DAMPINGS[1:2]) if search.side else (RIDGES, DAMPINGS)
    plain, plain_reached = _best(search, [replace(setting, damping=0.0, ridge=r) for r in ridges], setting, quality)
    if search.late():
        return replace(plain, damping=setting.damping), settled(plain)
    damped = [replace(plain, damping=damping) for damping in dampings]
    found, reached = _best(search, damped, setting, quality)
    if plain_reached > reached:
        found, reached = plain, plain_reached
    if search.late():
        return settled(found), settled(plain)
    stronger = replace(found, strengths=True)
    found = stronger if quality(stronger) > reached else found
    return settled(found), settled(plain)


def _tune_baseline_knn(search: _Search, setting: BaselineSetting) -> BaselineSetting:
    matrix = learning_matrix(search.split.train, Setting())
    best, best_quality = setting, -1.0
    for shrink in BASELINE_SHRINKS:
        if search.late():
            break
        search.step()
        wide = item_knn(matrix, search.check, keep=max(BASELINE_KEEPS), shrink=shrink)
        for keep in reversed(BASELINE_KEEPS):
            wide = narrowed(wide, keep, 1.0)
            reached = search.quality(search.split, matrix, _sparse_scores(matrix, wide))
            if reached > best_quality or (reached == best_quality and keep < best.knn_keep):
                best, best_quality = replace(setting, knn_keep=keep, knn_shrink=shrink), reached
    return best


def _tune_half_life(search: _Search) -> float:
    """How fast popularity fades; 0 where fading does not pay, or times are unknown."""
    if search.late() or search.split.times is None:
        return 0.0
    search.step()
    matrix = learning_matrix(search.split.train, Setting())
    people = len(search.split.people)

    def quality(known: NDArray[np.float32]) -> float:
        return search.dense_quality(np.tile(known, (people, 1)))

    best, best_quality = 0.0, quality(popularity(matrix)) * PAYS
    for days in HALF_LIVES:
        if (reached := quality(decayed(matrix, search.split.times, days))) > best_quality:
            best, best_quality = days, reached
    return best


def _tune_factors(search: _Search, setting: BaselineSetting) -> BaselineSetting:
    matrix = learning_matrix(search.split.train, Setting())
    best, best_quality = setting, -1.0
    for choice in FACTOR_CHOICES:
        if search.late() or (choice.factors > 64 and matrix.nnz > MANY_EVENTS):
            break
        search.step()
        factors = fit_factors(matrix, choice, search.check, seed=search.seed)
        if (reached := search.quality(search.split, matrix, factors.scores)) > best_quality:
            best, best_quality = replace(setting, ials=choice), reached
    return best


def _sparse_scores(matrix: csr_matrix, weights: csr_matrix) -> Callable[..., Dense]:
    return lambda batch: np.asarray((matrix[batch] @ weights).toarray(), np.float32)


def _tune_blend(search: _Search, setting: Setting) -> Setting:
    """Neighbours are chosen for what they add to EASE, not for how good they are alone; then the text's share."""
    if search.late():
        return setting
    setting = _tune_adapter(search, setting)
    search.step()
    split = search.split
    matrix = learning_matrix(split.train, setting)
    parts = fit_parts(
        split.train, search.vectors, replace(setting, knn_weight=0.0), search.memory_mb, search.check,
        seed=search.seed, largest=search.side, near=search.near,
    )  # fmt: skip
    mine = matrix[split.people]
    ease = _dense(mine, parts.ease)
    best, best_quality, best_scores = replace(setting, knn_weight=0.0), search.dense_quality(ease), ease
    for norms in KNN_SPLITS:
        if search.late():
            break
        search.step()
        wide = item_knn(matrix, search.check, keep=max(keep for keep, _ in KNN_CHOICES), split=norms)
        for keep, power in KNN_CHOICES:
            near = _dense(mine, scaled(matrix, narrowed(wide, keep, power)))
            for weight in KNN_WEIGHTS:
                scores = ease + np.float32(weight) * near
                if (reached := search.dense_quality(scores)) > best_quality:
                    best = replace(setting, knn_split=norms, knn_keep=keep, knn_power=power, knn_weight=weight)
                    best_quality, best_scores = reached, scores
    best, best_quality, best_scores = _add_factors(search, best, best_quality, best_scores, matrix)
    best, best_quality, best_scores = _add_next(search, best, best_quality, best_scores, matrix)
    if parts.text is None or search.late():
        return best
    search.step()
    text = _dense(mine, parts.text)
    warm_best, warm_quality = 0.0, best_quality
    for warm in TEXT_WARM:
        if (reached := search.dense_quality(best_scores + np.float32(warm) * text)) > warm_quality:
            warm_best, warm_quality = warm, reached
    best = replace(best, text_warm=warm_best)
    return _tune_cold(search, best, best_scores, text, parts.popularity, warm_quality)


def _tune_adapter(search: _Search, setting: Setting) -> Setting:
    """Whether texts are compared as an adapter corrects them: judged by finding items whose every event is held out,
    among themselves. Not tried where neighbours by text are given (very many items)."""
    if search.vectors is None or search.near is not None or search.late():
        return setting
    search.step()
    split = split_items(
        search.whole, np.random.default_rng(search.seed), most_people=search.most_people, share=ADAPTER_SHARE,
        times=search.times,
    )  # fmt: skip
    matrix = learning_matrix(split.train, setting)
    if len(split.people) < LEAST_PEOPLE:
        return setting
    counts = popularity(matrix)
    known = counts > 0
    new = np.zeros(len(counts), np.bool_)
    new[np.unique(np.concatenate(split.relevant))] = True

    def found(vectors: Dense) -> float:
        near = text_neighbours(vectors, counts, search.check, keep=setting.text_keep)

        def scores(batch: NDArray[np.int64]) -> Dense:
            table = np.asarray((matrix[batch] @ near).toarray(), np.float32)
            table[:, known | ~new] = -1
            return table

        return search.quality(split, matrix, scores)

    adapter = learn_adapter(matrix, search.vectors, search.seed, search.check)
    if adapter is None or search.late():
        return setting
    pays = found(adapter.of(search.vectors)) > found(search.vectors) * ADAPTER_PAYS
    return replace(setting, adapted=pays)


def _add_factors(
    search: _Search, setting: Setting, quality: float, scores: Dense, matrix: csr_matrix
) -> tuple[Setting, float, Dense]:
    """The share of factors, 0 where they do not pay."""
    if search.late():
        return setting, quality, scores
    search.step()
    table = fit_factors(matrix, setting.als, search.check, seed=search.seed).table(search.check)
    more = _dense(matrix[search.split.people], scaled(matrix, table))
    best, needed, best_scores = setting, quality * PAYS, scores
    for weight in ALS_WEIGHTS:
        both = scores + np.float32(weight) * more
        if (reached := search.dense_quality(both)) > needed:
            best, needed, best_scores = replace(setting, als_weight=weight), reached, both
    return best, needed if best is not setting else quality, best_scores


def _add_next(
    search: _Search, setting: Setting, quality: float, scores: Dense, matrix: csr_matrix
) -> tuple[Setting, float, Dense]:
    """The share of what comes next, 0 where it does not pay or the order is unknown."""
    times = search.split.times
    if search.late() or times is None:
        return setting, quality, scores
    search.step()
    steps = transitions(matrix, times, search.check)
    best, needed, best_scores = setting, quality * PAYS, scores
    for last, decay in NEXT_LAST:
        rows = recent(matrix, times, last, decay)
        more = _dense(rows[search.split.people], steps * (1 / spread(rows, steps)))
        for weight in NEXT_WEIGHTS:
            both = scores + np.float32(weight) * more
            if (reached := search.dense_quality(both)) > needed:
                best = replace(setting, next_weight=weight, next_last=last, next_decay=decay)
                needed, best_scores = reached, both
    return best, needed if best is not setting else quality, best_scores


def _tune_cold(
    search: _Search, setting: Setting, behaviour: Dense, text: Dense, counts: NDArray[np.float32], quality: float
) -> Setting:
    """The share of text for new items that finds most of them, among those that cost known items little enough.

    Args:
        behaviour, text: (validation people, items), scores of the parts; `counts`: popularity there.
        quality: NDCG@10 on validation without any extra share.
    """
    new = float((popularity(search.whole) == 0).mean())
    least = quality * (1 - max(COLD_MAY_COST, new * COLD_MAY_COST_OF_SHARE))
    allowed = [replace(setting, text_cold=TEXT_COLD[0])]
    for cold in TEXT_COLD[1:]:
        candidate = replace(setting, text_cold=cold)
        if search.dense_quality(behaviour + text * text_column_weights(counts, candidate)) >= least:
            allowed.append(candidate)
    if search.late() or len(allowed) < 2:
        return allowed[-1]
    search.step()
    split = split_items(search.whole, search.rng, most_people=search.most_people, times=search.times)
    if len(split.people) < LEAST_PEOPLE:
        return allowed[len(allowed) // 2]
    parts = fit_parts(
        split.train, search.vectors, setting, search.memory_mb, search.check, times=split.times, seed=search.seed,
        largest=search.side, near=search.near,
    )  # fmt: skip
    matrix = learning_matrix(split.train, setting)

    def found(candidate: Setting) -> float:
        blended = blend(parts, candidate)
        last = recent_of(blended, matrix, split.times)
        return search.quality(
            split, matrix, lambda batch: blend_scores(blended, matrix[batch], None if last is None else last[batch])
        )

    return _best(search, allowed, allowed[0], found)[0]


def _dense(histories: csr_matrix, weights: csr_matrix) -> Dense:
    return np.asarray((histories @ weights).toarray(), np.float32)
