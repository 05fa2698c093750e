"""What is told about lists, worked out by hand."""

from __future__ import annotations

import csv
import math
from pathlib import Path

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from engine import api
from engine.host.service import Service
from engine.store import datasets
from engine.train.recommend.protocol import Ground, described, difference, interval, per_person


def places(*items: int) -> np.ndarray:
    return np.array(items, np.int64)


def ground(**more) -> Ground:
    # Item 0: three people; 1: two; 2: one; 3: none.
    events = csr_matrix(np.array([[1, 1, 0, 0], [1, 1, 0, 0], [1, 0, 1, 0], [0, 0, 0, 0]], np.float32))
    return Ground(events, places(0, 1), [places(2, 3), places(2)], **more)


def test_the_first_hit_decides_mrr() -> None:
    found = per_person([places(5, 7, 9), places(1, 2)], [places(7, 9), places(8)])
    assert found.mrr.tolist() == [0.5, 0.0]
    assert found.recall.tolist() == [1.0, 0.0]
    assert found.ndcg[0] == pytest.approx((1 / math.log2(3) + 0.5) / (1 + 1 / math.log2(3)))


def test_novelty_bias_and_slices_by_hand() -> None:
    found = described([places(2, 3), places(3, 2)], ground())
    assert found.novelty == pytest.approx((-math.log2(2 / 5) * 2 - math.log2(1 / 5) * 2) / 4)
    assert found.popularity_bias == pytest.approx(0.5 / (2 / 3))  # listed: 1, 0, 0, 1; held out: 1, 0, 1
    assert found.mrr == pytest.approx((1 + 0.5) / 2)
    assert found.slices["new items"].users == 1
    assert found.slices["new items"].recall_10 == 1.0
    assert found.slices["rare items"].users == 2
    assert found.slices["history 1-9"].users == 2
    assert found.at["recall@5"] == 1.0


def test_diversity_is_by_text_where_there_is_text() -> None:
    lists = [places(0, 1), places(0, 2)]
    assert described(lists, ground()).diversity == pytest.approx(1 - (2 / math.sqrt(6) + 1 / math.sqrt(3)) / 2)
    vectors = np.array([[1, 0], [1, 0], [0, 1], [0, 1]], np.float32)
    assert described(lists, ground(vectors=vectors)).diversity == pytest.approx(0.5)


def test_the_interval_holds_the_mean_and_narrows_with_people() -> None:
    rng = np.random.default_rng(0)
    few, many = rng.random(50), rng.random(5000)
    for values in (few, many):
        low, high = interval(values)
        assert low < values.mean() < high
    assert np.diff(interval(many)) < np.diff(interval(few)) / 5
    assert interval(np.ones(9)) == (1.0, 1.0)
    assert interval(np.empty(0)) == (0.0, 0.0)


def test_differences_are_of_the_same_people() -> None:
    wanted = [places(person) for person in range(40)]
    better = [places(person, 99) for person in range(40)]
    worse = [places(99, person) for person in range(40)]
    found = difference(better, worse, wanted)
    assert found.mean == pytest.approx(1 - 1 / math.log2(3))
    assert found.low == pytest.approx(found.mean) == pytest.approx(found.high)
    assert difference(better, better, wanted).mean == 0


def test_evaluate_tells_the_whole_protocol(service: Service, shop, tmp_path: Path) -> None:
    held = shop.events[::6]
    kept = [event for event in shop.events if event not in held]
    datasets.add(service.context.store, "goods", "items", source="", mapping={}, batches=[shop.items])
    datasets.add(service.context.store, "sales", "events", source="", mapping={}, batches=[kept])
    service.call(api.FitRecommender(items="goods", events="sales", pack="taste", max_minutes=0.05))
    with (tmp_path / "held.csv").open("w", newline="") as file:
        out = csv.writer(file)
        out.writerow(["user", "item"])
        out.writerows([[event["user"], event["item"]] for event in held])
        out.writerow(["nobody", "tea-mint-0"])
    found = service.call(api.EvaluateRecommender(pack="taste", holdout=str(tmp_path / "held.csv"), baselines=True))
    assert set(found.baselines) == {"popularity", "item_knn", "ease", "ials", "text"} == set(found.differences)
    assert found.interval[0] <= found.ndcg_10 <= found.interval[1]
    told = found.differences["popularity"]
    assert told.mean == pytest.approx(found.ndcg_10 - found.baselines["popularity"].ndcg_10)
    assert told.low > 0
    assert found.slices["new people"].users == 1
    assert found.skipped_users == 1
    assert found.slices["history 1-9"].users == found.users
    assert 0 < found.diversity < 1
    assert found.popularity_bias > 0
    assert found.at["recall@20"] >= found.recall_10 >= found.at["recall@5"]


def test_numbers_are_told_on_the_command_line() -> None:
    from engine.cli.show_measured import evaluated, fitted

    one = api.RankingMetrics(
        0.4, 0.2, 0.1, mrr=0.6, novelty=7.0, diversity=0.5, popularity_bias=1.2, interval=(0.3, 0.5)
    )
    told = evaluated(
        api.RecommenderEvaluated(
            users=1234, ndcg_10=0.4, recall_10=0.2, coverage=0.1, baselines={"ials": one}, interval=(0.39, 0.41),
            slices={"new items": api.SliceMetrics(7, 0.1, 0.2)},
            differences={"ials": api.Difference(0.01, -0.02, 0.03)},
        )
    )  # fmt: skip
    for part in ("1,234 people", "this model", "0.390 to 0.410", "0.300 to 0.500", "-0.0200 to +0.0300", "new items"):
        assert part in told
    found = api.RecommenderFitted(
        pack="taste", version=2, users=3, items=4, events=5, seconds=1.0, peak_mb=9.0, metrics={},
        cleaned=(api.LintFinding("undone", "note", "2 purchases were cancelled later.", 2, ("u · a · 3",)),),
        types={"view": api.EventType(5, 0.3)},
    )  # fmt: skip
    for part in ("taste version 2", "undone", "u · a · 3", "view", "0.3"):
        assert part in fitted(found)
