"""Shown, clicked, dismissed: recorded, counted, learned from, forgotten, and replayed for another version."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from random import Random

import numpy as np
import pytest

from engine import api
from engine.errors import DataUnusable, FileUnusable, InputError, UnknownName, UsageError
from engine.host.recommend.feedback import drifting, wilson
from engine.host.service import Service
from engine.serve.recommend.explore import explored, width
from engine.serve.recommend.replay import Logged, difference, estimate, verdict, weigh
from engine.store import datasets, recommend

PASSPHRASE = "correct horse battery staple"


@pytest.fixture
def engine(tmp_path: Path, shop_of_all) -> Iterator[Service]:
    service = Service(tmp_path / "workspace")
    service.call(api.Unlock(passphrase=PASSPHRASE, create=True))
    datasets.add(service.context.store, "goods", "items", source="", mapping={}, batches=[shop_of_all.items])
    datasets.add(service.context.store, "sales", "events", source="", mapping={}, batches=[shop_of_all.events])
    service.call(api.FitRecommender(items="goods", events="sales", pack="taste", max_minutes=0.01))
    yield service
    service.close()


def click(engine: Service, shown: api.RankedItems, item: str, kind: str = "clicked", user: str = "shopper-000"):
    event = api.FeedbackEvent(kind, item, user=user, list=str(shown.shown))
    return engine.call(api.RecordFeedback("taste", (event,)))


def test_a_recorded_list_takes_clicks_once(engine: Service) -> None:
    shown = engine.call(api.RecommendTop("taste", user="shopper-000", k=4, record=True))
    assert shown.shown > 0
    first = shown.items[0].item
    assert click(engine, shown, first).clicked == 1
    again = click(engine, shown, first)
    assert (again.clicked, again.repeated) == (0, 1)
    figures = engine.call(api.GetFeedbackFigures("taste", "day"))
    assert (figures.lists, figures.shown, figures.clicked) == (1, 4, 1)
    assert figures.periods[0].rate == 0.25
    assert figures.drift == "unknown"
    with pytest.raises(InputError, match="no list"):
        click(engine, shown, "hat")


def test_what_is_dismissed_is_not_shown_again_until_taken_back(engine: Service) -> None:
    shown = engine.call(api.RecommendTop("taste", user="shopper-000", k=4, record=True))
    gone = shown.items[1].item
    assert click(engine, shown, gone, "dismissed").dismissed == 1
    wanted = api.RecommendTop("taste", user="shopper-000", k=36)
    assert gone not in {item.item for item in engine.call(wanted).items}
    assert gone in {item.item for item in engine.call(api.RecommendTop("taste", user="shopper-003", k=36)).items}
    engine.call(api.UndoDismissal("taste", "shopper-000", gone))
    assert gone in {item.item for item in engine.call(wanted).items}
    with pytest.raises(UnknownName):
        engine.call(api.UndoDismissal("taste", "shopper-000", gone))


def test_a_table_of_feedback_comes_in_whole_and_says_what_it_left_out(engine: Service, tmp_path: Path) -> None:
    path = tmp_path / "feedback.csv"
    rows = [
        ["shopper-000", "tea-mint-0", "shown", "s1", "1", "0.9", "2026-01-05T10:00:00Z"],
        ["shopper-000", "tea-mint-1", "shown", "s1", "2", "0.9", "2026-01-05T10:00:00Z"],
        ["shopper-000", "tea-mint-1", "click", "s1", "", "", "2026-01-05T10:01:00Z"],
        ["shopper-001", "lamp-desk-0", "shown", "s2", "1", "2", "2026-01-06T10:00:00Z"],
        ["shopper-001", "lamp-desk-1", "bought twice", "s2", "1", "", ""],
        ["shopper-001", "lamp-desk-2", "click", "s9", "", "", ""],
    ]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["user", "item", "type", "list", "place", "chance", "time"], *rows])
    done = engine.call(api.ImportFeedback("taste", str(path)))
    assert (done.shown, done.clicked, done.rejected_count) == (2, 1, 3)
    assert {row.line for row in done.rejected} == {5, 6, 7}
    assert "chance" in next(row.reason for row in done.rejected if row.line == 5)
    figures = engine.call(api.GetFeedbackFigures("taste", "week"))
    assert [(one.start, one.shown, one.clicked) for one in figures.periods] == [("2026-01-05", 2, 1)]
    again = engine.call(api.ImportFeedback("taste", str(path)))
    assert (again.shown, again.clicked, again.repeated) == (0, 0, 3)
    path.write_text("user,item,type\na,b,sneezed\n", "utf-8")
    with pytest.raises(FileUnusable, match="sneezed"):
        engine.call(api.ImportFeedback("taste", str(path)))


def test_clicks_become_events_once(engine: Service, shop_of_all) -> None:
    shown = engine.call(api.RecommendTop("taste", user="shopper-000", k=4, record=True))
    click(engine, shown, shown.items[0].item)
    click(engine, shown, shown.items[1].item, "dismissed")
    done = engine.call(api.FeedbackToEvents("taste"))
    assert (done.dataset, done.added) == ("sales", 2)
    rows = list(datasets.read_rows(engine.context.store, "sales", "events"))[len(shop_of_all.events) :]
    assert [(row["user"], row["item"], row["type"]) for row in rows] == [
        ("shopper-000", shown.items[0].item, "click"),
        ("shopper-000", shown.items[1].item, "hide"),
    ]
    with pytest.raises(DataUnusable, match="no new clicks"):
        engine.call(api.FeedbackToEvents("taste"))


def test_a_forgotten_person_leaves_no_feedback(engine: Service) -> None:
    for user in ("shopper-007", "shopper-008"):
        shown = engine.call(api.RecommendTop("taste", user=user, k=3, record=True))
        click(engine, shown, shown.items[0].item, "dismissed", user)
    engine.call(api.ForgetUser("taste", "shopper-007"))
    store = engine.context.store
    assert [one.user for one in recommend.all_lists(store, "taste")] == ["shopper-008"]
    assert recommend.dismissed(store, "taste", "shopper-007") == ()
    assert len(recommend.dismissed(store, "taste", "shopper-008")) == 1


def test_lists_of_people_without_a_name_hold_their_history(engine: Service) -> None:
    engine.call(api.RecommendTop("taste", history=("tea-mint-0", "tea-mint-1"), k=3, record=True, explore=0.3))
    held = next(iter(recommend.all_lists(engine.context.store, "taste")))
    assert (held.user, held.history) == ("", ("tea-mint-0", "tea-mint-1"))
    assert all(place.chance in (0.7, 0.3 / 4) for place in held.places)


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        ({"explore": 0.2}, "recorded"),
        ({"explore": 0.9, "record": True}, "between 0 and 0.5"),
        ({"text": "tea", "record": True}, "cannot be recorded"),
        ({"diversity": "wild"}, "one of off"),
    ],
)
def test_settings_that_make_no_sense_are_refused(engine: Service, wanted, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        engine.call(api.RecommendTop("taste", user="shopper-000", **wanted))


# --- exploring ------------------------------------------------------------------------------------------------------


def test_chances_are_the_shares_in_which_items_stand_there() -> None:
    pool = [api.RankedItem(f"i{place}", "", 1.0, "") for place in range(width(3))]
    rng, counts, runs = Random(5), {}, 20_000
    for _ in range(runs):
        shown = explored(pool, 3, 0.3, rng, pinned=1)
        assert len({place.item.item for place in shown}) == 3
        for number, place in enumerate(shown):
            seen, _ = counts.get((number, place.item.item), (0, 0.0))
            counts[number, place.item.item] = (seen + 1, place.chance)
    assert {item for number, item in counts if number == 0} == {"i0"}  # pinned
    for seen, chance in counts.values():
        assert seen / runs == pytest.approx(chance, abs=0.012)


def test_short_pools_explore_with_what_there_is() -> None:
    pool = [api.RankedItem(f"i{place}", "", 1.0, "") for place in range(4)]
    shown = explored(pool, 3, 0.5, Random(1))
    assert [place.chance for place in shown][1:] == [1.0, 1.0]
    assert shown[0].chance == 0.5


# --- replay ---------------------------------------------------------------------------------------------------------


def world(
    lists: int, seed: int, explore: float = 0.3
) -> tuple[list[Logged], list[list[str]], list[list[str]], float, float]:
    """Logs of a policy that shows items 0, 1, 2 to everybody, in a world where item n is clicked with a known rate;
    two policies to be compared, with their true rates."""
    rng = Random(seed)
    rates = [0.05, 0.05, 0.05, 0.05, 0.05, 0.05, 0.3, 0.3, 0.3, 0.02, 0.02, 0.02, 0.02, 0.02, 0.02]
    pool = [api.RankedItem(str(place), "", 1.0, "") for place in range(width(3))]
    logs = []
    for _ in range(lists):
        shown = explored(pool, 3, explore, rng)
        items = tuple(place.item.item for place in shown)
        clicks = tuple(rng.random() < rates[int(item)] for item in items)
        logs.append(Logged(items, tuple(place.chance for place in shown), clicks))
    same, better = [["0", "1", "2"]] * lists, [["6", "7", "8"]] * lists
    return logs, same, better, 0.05, 0.3


def test_replay_finds_the_true_rates_of_what_was_hardly_shown() -> None:
    logs, same, better, low_rate, high_rate = world(3000, 1)
    sums = [weigh(logs, lists, 50.0) for lists in (same, better)]
    figures = [estimate(number, one, 9000, np.random.default_rng(0))[0] for number, one in enumerate(sums, 1)]
    assert figures[0].snips == pytest.approx(low_rate, abs=0.01)
    assert figures[1].snips == pytest.approx(high_rate, abs=0.05)
    assert figures[1].ips == pytest.approx(high_rate, abs=0.06)
    assert figures[1].low < high_rate < figures[1].high
    low, high = difference(sums[0], sums[1], 0)
    enough, words = verdict(*figures, low, high, 3000)
    assert enough
    assert low < high_rate - low_rate < high
    assert "Version 2 would have got more clicks" in words


def test_few_logs_get_an_honest_sentence_and_no_winner() -> None:
    logs, same, better, _, _ = world(40, 2)
    sums = [weigh(logs, lists, 50.0) for lists in (same, better)]
    figures = [estimate(number, one, 120, np.random.default_rng(0))[0] for number, one in enumerate(sums, 1)]
    enough, words = verdict(*figures, *difference(sums[0], sums[1], 0), 40)
    assert not enough
    assert words.startswith("Too little was shown")


def test_the_interval_holds_the_truth_as_often_as_it_says() -> None:
    hits = 0
    for seed in range(40):
        logs, _, better, _, rate = world(400, seed)
        figures, _ = estimate(1, weigh(logs, better, 1000.0), 1200, np.random.default_rng(seed))
        hits += figures.low <= rate <= figures.high
    assert hits >= 34  # 38 expected; fewer than 34 would happen about once in a hundred


def test_clipping_bounds_every_weight_and_tells() -> None:
    logs, _, better, _, _ = world(500, 3)
    free, _ = estimate(1, weigh(logs, better, 1000.0), 1500, np.random.default_rng(0))
    cut, _ = estimate(1, weigh(logs, better, 2.0), 1500, np.random.default_rng(0))
    assert free.clipped == 0
    assert cut.clipped == 1.0
    assert cut.ips < free.ips


def test_two_versions_are_replayed_through_the_engine(engine: Service) -> None:
    engine.call(api.FitRecommender(items="goods", events="sales", pack="taste", max_minutes=0.01, seed=4))
    with pytest.raises(DataUnusable, match="no list was recorded"):
        engine.call(api.ReplayVersions("taste", 1, 2))
    for person in range(10):
        shown = engine.call(api.RecommendTop("taste", user=f"shopper-{person:03}", k=5, record=True, explore=0.3))
        click(engine, shown, shown.items[person % 5].item, user=f"shopper-{person:03}")
    found = engine.call(api.ReplayVersions("taste", 1, 2))
    assert (found.lists, found.places, found.clicks) == (10, 50, 10)
    assert found.logged_rate == 0.2
    assert found.second.matched > 15  # it made the lists, but for what was left to chance
    assert not found.enough
    for wrong in (api.ReplayVersions("taste", 1, 1), api.ReplayVersions("taste", 1, 2, clip=0.5)):
        with pytest.raises(UsageError):
            engine.call(wrong)
    with pytest.raises(UnknownName):
        engine.call(api.ReplayVersions("taste", 1, 9))


# --- drift ----------------------------------------------------------------------------------------------------------


def weeks(*rates: float, shown: int = 400) -> list[api.FeedbackPeriod]:
    start = dt.date(2026, 1, 5)
    return [
        api.FeedbackPeriod(str(start + dt.timedelta(weeks=n)), 40, shown, round(shown * rate), 0, rate, 0, 1)
        for n, rate in enumerate(rates)
    ]


@pytest.mark.parametrize(
    ("rates", "expected"),
    [((0.1, 0.1, 0.1, 0.04), "down"), ((0.1, 0.1, 0.1, 0.105), "none"), ((0.1, 0.1, 0.2), "up"), ((0.1,), "unknown")],
)
def test_drift_is_told_where_there_is_some(rates: tuple[float, ...], expected: str) -> None:
    assert drifting(weeks(*rates), "week")[0] == expected


def test_wilson_agrees_with_known_values() -> None:
    assert wilson(5, 50) == pytest.approx((0.0435, 0.2136), abs=1e-4)
    assert wilson(0, 0) == (0.0, 1.0)
