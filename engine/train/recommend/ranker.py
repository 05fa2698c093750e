"""Learn the second look (engine/serve/recommend/ranker.py) by LambdaMART, and say whether it pays.

It learns on a slice held out of the training data: the blend is fitted on the rest, the best `POOL` items of each
person are its candidates, and those that the person went on to choose are the right ones. Two thirds of the people
teach; on the last third the new order is compared with the blend's. It is kept where it is better by `PAYS` and the
95 % interval of the difference, person by person, stays above 0.
Source: Burges 2010 (LambdaMART); Ke et al. 2017 (LightGBM).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.serve.recommend.ranker import FEATURES, MONOTONE, POOL, UNKNOWN_MONTH, Goods, Ranker, Trees, lifted
from engine.train.recommend.blend import Blend
from engine.train.recommend.holdout import months_of
from engine.train.recommend.metrics import tie_order, top_unseen
from engine.train.recommend.neighbours import Dense
from engine.train.recommend.popularity import decayed, popularity
from engine.train.recommend.protocol import difference

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

LEAST_PEOPLE = 150
PAYS = 1.005
DAY = 86_400.0
YEAR = 365 * DAY
LEAST_MONTHS = 10
SEASON_SMOOTH = 20.0


class NoBoosting(Exception):
    """LightGBM does not load; on Linux it needs libgomp of the system."""


class Facts(NamedTuple):
    """Prices (items,), NaN where unknown, and categories by rows; see `ItemFacts`."""

    price: NDArray[np.float32]
    category_starts: NDArray[np.int64]
    category_places: NDArray[np.int32]
    categories: int


class Histories(NamedTuple):
    """Who the candidates are for: learning matrix and what counts for what comes next, both (users, items), and the
    month of each person's list, int8 (users,), where it is known."""

    rows: csr_matrix
    last: csr_matrix | None
    months: NDArray[np.int8] | None = None

    def month(self, person: int) -> int:
        return UNKNOWN_MONTH if self.months is None else int(self.months[person])


class Judged(NamedTuple):
    """A ranker, and NDCG@10 with it over that without it, on people it has not learned from."""

    ranker: Ranker
    gain: float
    pays: bool


def goods_of(user_items: csr_matrix, times: NDArray[np.float64] | None, facts: Facts) -> Goods:
    """What is known of items from the events and the catalogue."""
    counts = popularity(user_items)
    lately, age = counts, np.zeros(len(counts), np.float32)
    if times is not None and not np.isnan(times).all():
        lately = decayed(user_items, times, 30.0)
        first = np.full(len(counts), np.nan)
        np.fmin.at(first, user_items.indices, times)
        age = np.nan_to_num((np.nanmax(times) - first) / DAY, nan=0.0).astype(np.float32)
    return Goods(
        known=np.log1p(counts),
        lately=np.log1p(lately),
        age=np.log1p(age),
        price=np.log1p(facts.price).astype(np.float32),
        category_starts=facts.category_starts,
        category_places=facts.category_places,
        categories=facts.categories,
        season=None if times is None else seasons(user_items, times),
    )


def seasons(user_items: csr_matrix, times: NDArray[np.float64]) -> NDArray[np.float32] | None:
    """How much more each month is an item's than everything's: float32 logs, (items, 12).

    Items with few events stay near 0 (`SEASON_SMOOTH` events of the common course of the year are added to each).
    None where the events span less than a year or fall into fewer than `LEAST_MONTHS` months of it.
    """
    months = months_of(times)
    known = months >= 0
    if not known.any() or np.nanmax(times) - np.nanmin(times) < YEAR:
        return None
    whole = np.bincount(months[known], minlength=12).astype(np.float64)
    if (whole > 0).sum() < LEAST_MONTHS:
        return None
    share = whole / whole.sum()
    items = user_items.shape[1]
    places = user_items.indices[known].astype(np.int64) * 12 + months[known]
    counts = np.bincount(places, minlength=items * 12).reshape(items, 12) + SEASON_SMOOTH * share
    with np.errstate(divide="ignore", invalid="ignore"):
        lift = np.log(counts / counts.sum(axis=1, keepdims=True) / share)
    return np.asarray(np.nan_to_num(lift, nan=0.0, posinf=0.0, neginf=0.0), np.float32)


def parts_of(model: Blend, histories: Histories, batch: NDArray[np.int64]) -> list[Dense]:
    """Scores of each part, (people, items): behaviour, text, next."""
    rows = histories.rows[batch]
    nothing = np.zeros((len(batch), rows.shape[1]), np.float32)
    found = [np.asarray((rows @ model.behaviour).toarray(), np.float32)]
    found.append(nothing if model.text is None else np.asarray((rows @ model.text).toarray(), np.float32))
    if model.next is None or histories.last is None:
        return [*found, nothing]
    return [*found, np.asarray((histories.last[batch] @ model.next).toarray(), np.float32)]


def looked_at(ranker: Ranker, model: Blend, histories: Histories, batch: NDArray[np.int64]) -> Dense:
    """(people, items): scores in which the best of the blend are put in the ranker's order."""
    parts = parts_of(model, histories, batch)
    scores: Dense = np.asarray(sum(parts), np.float32)
    ties = tie_order(model.popularity)
    for row, person in enumerate(batch):
        seen = _seen(histories.rows, int(person))
        places = top_unseen(scores[row].copy(), seen, ties, POOL)
        own = np.column_stack([part[row, places] for part in parts])
        # As in serving, only what the history leads to is looked at again.
        places, own = places[own.sum(axis=1) > 0], own[own.sum(axis=1) > 0]
        if len(places):
            rest = np.delete(scores[row], places)
            scores[row, places] = lifted(ranker.scores(places, seen, own, histories.month(int(person))), rest)
    return scores


def learn_ranker(
    model: Blend,
    histories: Histories,
    people: NDArray[np.int64],
    relevant: tuple[NDArray[np.int64], ...],
    goods: Goods,
    *,
    seed: int,
    check: Callable[[], None],
) -> Judged | None:
    """Learn and judge; None where there are too few people, or nobody's right items are among the candidates.

    Args:
        model: fitted without what is held out; `relevant`: what was held out of each of `people`.
    Raises:
        NoBoosting.
    """
    if len(people) < LEAST_PEOPLE:
        return None
    ties = tie_order(model.popularity)
    lists, tables, labels = [], [], []
    for start in range(0, len(people), 100):
        check()
        batch = people[start : start + 100]
        parts = parts_of(model, histories, batch)
        scores: Dense = np.asarray(sum(parts), np.float32)
        for row, person in enumerate(batch):
            seen = _seen(histories.rows, int(person))
            places = top_unseen(scores[row], seen, ties, POOL)
            own = np.column_stack([part[row, places] for part in parts])
            places, own = places[own.sum(axis=1) > 0], own[own.sum(axis=1) > 0]
            lists.append(places)
            tables.append(goods.features(places, seen, own, histories.month(int(person))))
            labels.append(np.isin(places, relevant[start + row]))
    rng = np.random.default_rng(seed)
    judging = np.sort(rng.permutation(len(people))[: len(people) // 3])
    teaching = np.setdiff1d(np.arange(len(people)), judging)
    teaching = np.array([place for place in teaching if labels[place].any()], np.int64)
    if len(teaching) < LEAST_PEOPLE // 3:
        return None
    spread = float(np.std(np.concatenate([table[:, :3].sum(axis=1) for table in tables]))) or 1.0
    # Nobody could choose what nobody had chosen before: such items teach nothing (and keep their places in serving).
    chosen = [goods.known[lists[place]] > 0 for place in teaching]
    trees = _boosted(
        [tables[place][some] for place, some in zip(teaching, chosen, strict=True)],
        [labels[place][some] for place, some in zip(teaching, chosen, strict=True)],
        seed,
        spread,
    )
    check()
    ranker = Ranker(trees, goods)
    before = [lists[place] for place in judging]
    after = []
    for place in judging:
        own = tables[place][:, :3]
        person = int(people[place])
        new = ranker.scores(lists[place], _seen(histories.rows, person), own, histories.month(person))
        after.append(lists[place][np.argsort(-new, kind="stable")])
    wanted = [relevant[place] for place in judging]
    told = difference(after, before, wanted)
    base = difference(before, [np.empty(0, np.int64)] * len(before), wanted).mean
    gain = 1 + told.mean / base if base > 0 else 1.0
    return Judged(ranker, gain, gain > PAYS and told.low > 0)


def _seen(rows: csr_matrix, person: int) -> NDArray[np.int64]:
    return np.asarray(rows.indices[rows.indptr[person] : rows.indptr[person + 1]], np.int64)


def _boosted(tables: list[Dense], labels: list[NDArray[np.bool_]], seed: int, spread: float) -> Trees:
    try:
        import lightgbm
    except (ImportError, OSError) as error:
        raise NoBoosting(str(error)) from error

    data = lightgbm.Dataset(
        np.concatenate(tables), np.concatenate(labels).astype(np.int32), group=[len(table) for table in tables],
        feature_name=list(FEATURES), free_raw_data=True,
    )  # fmt: skip
    settings = {
        "objective": "lambdarank", "lambdarank_truncation_level": 20, "num_leaves": 15, "max_depth": 5,
        "learning_rate": 0.08, "min_data_in_leaf": 50, "lambda_l2": 5.0, "monotone_constraints": list(MONOTONE),
        "use_missing": False, "seed": seed, "deterministic": True, "force_row_wise": True, "num_threads": 1,
        "verbosity": -1,
    }  # fmt: skip
    return _arrays(lightgbm.train(settings, data, num_boost_round=80).dump_model(), spread)


def _arrays(dumped: dict[str, Any], spread: float) -> Trees:
    """LightGBM's trees as arrays, parents before children."""
    feature: list[int] = []
    threshold, value = [], []
    left: list[int] = []
    right: list[int] = []

    def add(node: dict[str, Any]) -> int:
        place = len(feature)
        inner = "split_feature" in node
        feature.append(int(node["split_feature"]) if inner else -1)
        threshold.append(float(node["threshold"]) if inner else 0.0)
        value.append(0.0 if inner else float(node["leaf_value"]))
        left.append(0)
        right.append(0)
        if inner:
            left[place], right[place] = add(node["left_child"]), add(node["right_child"])
        return place

    roots = [add(tree["tree_structure"]) for tree in dumped["tree_info"]]
    return Trees(
        np.array(roots, np.int32), np.array(feature, np.int16), np.array(threshold, np.float64),
        np.array(left, np.int32), np.array(right, np.int32), np.array(value, np.float64), spread,
    )  # fmt: skip
