"""Time and memory of learning a recommender from very many events, made up: people with tastes, a long tail of items.

    python tests/bench/recommend_fit.py [--events 1000000] [--items 20000] [--users 40000] [--texts] [--minutes M]

The full size is --events 10000000 --items 100000 --users 200000. What is timed: rows to merged events (cleaning
included) and the worker's task (tuning, measuring beside the baselines, learning); --texts adds vectors of texts,
which are made up as well, since embedding is timed elsewhere.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from engine.train.recommend.fit import Events, FitSpec, fit  # noqa: E402
from engine.train.recommend.interactions import collect  # noqa: E402

TASTES = 50
KINDS = ("view", "view", "view", "click", "buy")


class Shown:
    def __init__(self) -> None:
        self.began, self.stage = time.monotonic(), ""

    def report(self, done: int, total: int | None, stage: str, note: str = "") -> None:
        if stage != self.stage:
            self.stage = stage
            print(f"{time.monotonic() - self.began:7.1f} s  {stage}  {peak_mb():.0f} MB", flush=True)

    def check(self) -> None: ...


def peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def made_up(
    events: int, items: int, users: int, seed: int = 0
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """User, item, kind and second of each event; mostly of the person's own tastes, by a long tail."""
    rng = np.random.default_rng(seed)
    who = np.minimum((users * rng.random(events) ** 1.5).astype(np.int64), users - 1)
    own = rng.integers(0, TASTES, (users, 3))
    taste = np.where(rng.random(events) < 0.8, own[who, rng.integers(0, 3, events)], rng.integers(0, TASTES, events))
    inside = (items // TASTES * rng.random(events) ** 2.5).astype(np.int64)
    what = inside * TASTES + taste
    kind = rng.integers(0, len(KINDS), events)
    second = rng.integers(1_600_000_000, 1_700_000_000, events)
    return who, np.minimum(what, items - 1), kind, second


def rows(made: tuple[np.ndarray, ...]) -> Iterator[dict[str, str]]:
    who, what, kind, second = made
    times = second.astype("datetime64[s]").astype(str)
    for place in range(len(who)):
        yield {
            "user": f"u{who[place]}", "item": f"i{what[place]}", "type": KINDS[kind[place]], "time": times[place],
            "value": "", "weight": "",
        }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--items", type=int, default=20_000)
    parser.add_argument("--users", type=int, default=40_000)
    parser.add_argument("--minutes", type=float, help="time allowed for learning; the product's own limit otherwise")
    parser.add_argument("--memory", type=float, default=2400.0, help="MB that the algebra may plan with")
    parser.add_argument("--texts", action="store_true")
    args = parser.parse_args()
    made = made_up(args.events, args.items, args.users)
    index = {f"i{place}": place for place in range(args.items)}
    began = time.monotonic()
    found = collect(rows(made), index)
    read_s = time.monotonic() - began
    print(f"read, cleaned and merged in {read_s:.1f} s: {len(found.user):,} pairs, {peak_mb():.0f} MB", flush=True)
    del made
    vectors = b""
    if args.texts:
        drawn = np.random.default_rng(1).normal(size=(args.items, 384)).astype(np.float32)
        vectors = (drawn / np.linalg.norm(drawn, axis=1, keepdims=True)).tobytes()
        del drawn
    events = Events(
        len(found.users), args.items, found.user.tobytes(), found.item.tobytes(), found.strength.tobytes(),
        found.times.tobytes(),
    )  # fmt: skip
    del found
    seconds = None if args.minutes is None else args.minutes * 60
    result = fit(FitSpec(events, vectors, max_seconds=seconds, memory_mb=args.memory), Shown())
    told = {
        "events": args.events, "items": args.items, "users": args.users, "read seconds": round(read_s, 1),
        "fit seconds": round(result.seconds, 1), "peak MB": round(peak_mb()),
        "pack MB": round(len(result.arrays) / 1e6, 1),
        "ndcg@10": {name: round(one.ndcg_10, 4) for name, one in result.metrics.items()},
        "setting": str(result.setting), "notes": result.notes,
    }  # fmt: skip
    print(json.dumps(told, indent=1))


if __name__ == "__main__":
    main()
