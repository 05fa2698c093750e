"""Speed of serving recommendations: one person, everybody, new items.

    python tests/bench/recommend_serve.py one [--items 1000000]        top-10 for one person; p50 <= 20 ms
    python tests/bench/recommend_serve.py all [--people 100000]        top-10 for everybody x 20,000 items; <= 5 min
    python tests/bench/recommend_serve.py add [--items 20000]          1,000 new items with texts; <= 10 s, no refit

`one` and `all` make a model of the size in question with weights by lot, as many per item as learning keeps; sources
are drawn by popularity (Zipf), as in real data, where the best-known items have the longest rows. Lists come with
reasons, and `all` writes them. `--share 0.1` of `all` measures a part of the people and says what the whole would take.
`--second-look` adds a ranker of the size that learning makes, with trees by lot.
`add` goes through the engine: a workspace, a data set, the encoder; its model is learned with a limit of a second.
"""

from __future__ import annotations

import argparse
import csv
import random
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from engine import api  # noqa: E402
from engine.host.recommend.lists_file import ListsWriter  # noqa: E402
from engine.serve.recommend.facts import ItemFacts, no_facts  # noqa: E402
from engine.serve.recommend.lists import make_list  # noqa: E402
from engine.serve.recommend.model import RecommendModel, SparseRows  # noqa: E402
from engine.serve.recommend.ranker import FEATURES, Goods, Ranker, Trees  # noqa: E402
from engine.serve.recommend.rules import Rules, apply_rules  # noqa: E402

KEPT_BEHAVIOUR, KEPT_TEXT = 200, 10
TIMES = 200
TREES = 80


def model_by_lot(items: int, people: int, events: int, kept: int, rng: np.random.Generator) -> RecommendModel:
    """A model whose rows are as long as learning makes them: `kept` weights per target, spread over sources by
    popularity."""
    share = 1 / (np.arange(items) + 20.0)
    order = rng.permutation(items)

    def zipf(count: int) -> np.ndarray:
        return order[np.searchsorted(np.cumsum(share) / share.sum(), rng.random(count))].astype(np.int32)

    def table(width: int, low: float) -> SparseRows:
        sources = zipf(items * width)
        targets = np.repeat(np.arange(items, dtype=np.int32), width)
        by_source = np.argsort(sources, kind="stable")
        starts = np.concatenate([[0], np.cumsum(np.bincount(sources, minlength=items))]).astype(np.int64)
        return SparseRows(starts, targets[by_source], rng.uniform(low, 1, items * width).astype(np.float32))

    each = max(1, events // people)
    history = np.sort(zipf(people * each).reshape(people, each), axis=1)
    keep = np.ones_like(history, bool)
    keep[:, 1:] = history[:, 1:] != history[:, :-1]
    starts = np.concatenate([[0], np.cumsum(keep.sum(axis=1))]).astype(np.int64)
    flat = history[keep]
    ids = tuple(f"item-{place}" for place in range(items))
    users = tuple(f"person-{place}" for place in range(people))
    return RecommendModel(
        name="bench", item_ids=ids, titles=ids, user_ids=users,
        item_index={item: place for place, item in enumerate(ids)},
        user_index={user: place for place, user in enumerate(users)},
        behaviour=table(kept, -0.3), text=table(KEPT_TEXT, 0.0),
        popularity=np.bincount(flat, minlength=items).astype(np.float32),
        history_starts=starts, history_items=flat, history_strengths=np.ones(len(flat), np.float32), strengths=False,
    )  # fmt: skip


def facts_by_lot(items: int, rng: np.random.Generator) -> ItemFacts:
    plain = no_facts(items)
    return ItemFacts(
        price=rng.uniform(1, 100, items).astype(np.float32), category_names=tuple(f"c{n}" for n in range(50)),
        category_starts=np.arange(items + 1, dtype=np.int64),
        category_places=rng.integers(0, 50, items).astype(np.int32), available=rng.random(items) < 0.95,
        start=plain.start, end=plain.end, age=plain.age, images={},
    )  # fmt: skip


def second_look(model: RecommendModel, facts: ItemFacts, rng: np.random.Generator) -> RecommendModel:
    """The model with `TREES` full trees of four questions each over it."""
    inner, nodes = 15, 31
    at = np.arange(nodes)
    feature = np.where(at < inner, rng.integers(0, len(FEATURES), (TREES, nodes)), -1).astype(np.int16)
    starts = np.arange(TREES, dtype=np.int32)[:, None] * nodes
    trees = Trees(
        starts.ravel(), feature.ravel(), rng.uniform(0, 2, TREES * nodes),
        (starts + np.where(at < inner, 2 * at + 1, 0)).astype(np.int32).ravel(),
        (starts + np.where(at < inner, 2 * at + 2, 0)).astype(np.int32).ravel(),
        rng.normal(size=TREES * nodes), 1.0,
    )  # fmt: skip
    known = np.log1p(model.popularity)
    age = rng.uniform(0, 7, len(known)).astype(np.float32)
    season = rng.normal(size=(len(known), 12)).astype(np.float32)
    goods = Goods(known, known, age, np.log1p(facts.price), facts.category_starts, facts.category_places,
                  len(facts.category_names), season)  # fmt: skip
    return replace(model, ranker=Ranker(trees, goods))


def one(items: int, again: bool) -> None:
    """Time whole lists, reasons and rules included, for people with ten to fifty events."""
    rng = np.random.default_rng(0)
    people = 20_000
    # A model of a million items keeps what its memory allows: 30 weights per item are 30 million.
    kept = KEPT_BEHAVIOUR if items <= 50_000 else 30
    model = model_by_lot(items, people, people * 30, kept, rng)
    facts = facts_by_lot(items, rng)
    if again:
        model = second_look(model, facts, rng)
    rules = apply_rules(model, facts, [api.RecommendRule("in_stock", "yes"), api.RecommendRule("per_category", "3")], 0)
    assert len(model.by_popularity) == items
    for name, with_rules in (("plain", Rules()), ("in stock, three per category", rules)):
        took = []
        for place in rng.integers(0, people, TIMES):
            began = time.perf_counter()
            found = make_list(model, model.history(int(place)), 10, with_rules, facts)
            took.append((time.perf_counter() - began) * 1000)
            assert len(found) == 10
        took.sort()
        print(
            f"top-10 among {items:,} items ({name}): p50 {statistics.median(took):.1f} ms, "
            f"p95 {took[int(TIMES * 0.95)]:.1f} ms"
        )


def everybody(people: int, items: int, share: float, again: bool) -> None:
    rng = np.random.default_rng(0)
    model = model_by_lot(items, people, people * 20, KEPT_BEHAVIOUR, rng)
    facts = facts_by_lot(items, rng)
    if again:
        model = second_look(model, facts, rng)
    measured = max(1, int(people * share))
    with tempfile.TemporaryDirectory() as folder:
        began, worked = time.perf_counter(), time.process_time()
        with ListsWriter(Path(folder) / "lists.jsonl") as out:
            for place in range(measured):
                out.write(model.user_ids[place], make_list(model, model.history(place), 10, Rules(), facts))
        took, worked = time.perf_counter() - began, time.process_time() - worked
        size = (Path(folder) / "lists.jsonl").stat().st_size / 1e6
    whole = took / share
    note = "" if share == 1 else f" (measured on {measured:,} people: {took:.1f} s)"
    print(
        f"top-10 for {people:,} people x {items:,} items, written: {whole:.0f} s{note}, "
        f"{worked / share:.0f} s of one core, {size / share:.0f} MB"
    )


WORDS = (
    "ridge", "summit", "harbour", "linen", "cedar", "amber", "quiet", "winter", "copper", "river", "meadow", "lantern",
    "granite", "willow", "ember", "frost", "tent", "stove", "boot", "lamp", "kettle", "jacket", "blanket", "mug",
    "rope", "pan", "knife", "saw", "drill", "brush", "paint", "shelf", "chair", "table", "desk", "light", "strong",
    "small", "large", "folding", "warm", "dry", "soft", "wide", "narrow", "double", "single", "steel", "wooden",
)  # fmt: skip


def sentence(rng: random.Random, words: int) -> str:
    return " ".join(rng.choice(WORDS) for _ in range(words))


def add(items: int, new: int) -> None:
    from engine.host.service import Service
    from engine.store import datasets

    rng = random.Random(0)
    with tempfile.TemporaryDirectory() as folder:
        service = Service(Path(folder) / "workspace")
        service.call(api.Unlock(passphrase="nine quiet words for a bench", create=True))
        rows = [
            {"item": f"i{n}", "title": sentence(rng, 4), "text": sentence(rng, 12), "price": str(n % 90)}
            for n in range(items)
        ]
        batches = [rows[start : start + 1000] for start in range(0, items, 1000)]
        datasets.add(service.context.store, "goods", "items", source="", mapping={}, batches=batches)
        events = [{"user": f"u{n % 2000}", "item": f"i{rng.randrange(items)}"} for n in range(20_000)]
        datasets.add(service.context.store, "sales", "events", source="", mapping={}, batches=[events])
        began = time.perf_counter()
        service.call(api.FitRecommender(items="goods", events="sales", pack="bench", max_minutes=0.02))
        print(f"(learned in {time.perf_counter() - began:.0f} s)")
        service.call(api.RecommendTop("bench", user="u1"))
        path = Path(folder) / "new.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            out = csv.writer(file)
            out.writerow(["item", "title", "text", "price"])
            for n in range(new):
                # Descriptions of a shop: a title and about forty words.
                out.writerow([f"new{n}", sentence(rng, 5), sentence(rng, 40), n % 90])
        began, worked = time.perf_counter(), time.process_time()
        done = service.call(api.AddItems("bench", str(path)))
        added, worked = time.perf_counter() - began, time.process_time() - worked
        found = service.call(api.RecommendTop("bench", text=rows[0]["title"], k=10))
        shown = service.call(api.SimilarItems("bench", "new0", 5)).items
        whole = time.perf_counter() - began
        service.close()
        assert done.added == new
        assert found.items
        assert shown
        print(
            f"{new:,} new items into {items:,}: {added:.1f} s ({worked:.1f} s of one core, on two threads), "
            f"the first lists with them after {whole:.1f} s"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("one", "all", "add"))
    parser.add_argument("--items", type=int)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--share", type=float, default=1.0)
    parser.add_argument("--new", type=int, default=1000)
    parser.add_argument("--second-look", action="store_true")
    args = parser.parse_args()
    if args.what == "one":
        one(args.items or 1_000_000, args.second_look)
    elif args.what == "all":
        everybody(args.people, args.items or 20_000, args.share, args.second_look)
    else:
        add(args.items or 20_000, args.new)


if __name__ == "__main__":
    main()
