"""Recommendation quality on goodbooks: our blend beside popularity, item-kNN and EASE; what text does for new items.

    python tests/quality/goodbooks.py [--seeds 0 1 2] [--cold] [--best] [--readers N] [--out F.json]

A fifth of each reader's ratings is held out with a seed; every item that the reader has no training rating for is
ranked. Two numbers: every held-out book is relevant (the usual one), and only those rated 4 or 5. All models are
tuned on a validation part of the training ratings. `differences` are ours minus each baseline, with 95 % by drawing
readers again. With --best, `ease_best` and `item_knn_best` are the best of a grid chosen ON THE TEST PART: no honest
baseline can be better than these. --cold takes every training rating from a fifth of the books.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import resource
import sys
import time
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from engine.serve.recommend.adapter import ADAPTER  # noqa: E402
from engine.serve.recommend.model import open_model, pack_files  # noqa: E402
from engine.serve.recommend.rank import rank_items  # noqa: E402
from engine.serve.recommend.ranker import RANKER  # noqa: E402
from engine.serve.recommend.vectors import VECTORS, vector_file  # noqa: E402
from engine.train.recommend.baselines import baseline_lists  # noqa: E402
from engine.train.recommend.blend import Setting, learning_matrix  # noqa: E402
from engine.train.recommend.ease import Ease, plan  # noqa: E402
from engine.train.recommend.fit import Events, FitResult, FitSpec, fit  # noqa: E402
from engine.train.recommend.holdout import lists_for  # noqa: E402
from engine.train.recommend.interactions import collect  # noqa: E402
from engine.train.recommend.item_knn import item_knn, narrowed  # noqa: E402
from engine.train.recommend.metrics import ranking_metrics  # noqa: E402
from engine.train.recommend.popularity import popularity  # noqa: E402
from engine.train.recommend.protocol import DEPTH, Ground, described, difference, interval, per_person  # noqa: E402

DATA = ROOT.parent / "shared" / "data" / "goodbooks"
MEMORY_MB = 2400.0
MAX_SECONDS = 3600.0
"""Enough to tune everything also on a machine that is busy with other work."""


class Quiet:
    def report(self, done: int, total: int | None, stage: str, note: str = "") -> None: ...
    def check(self) -> None: ...


def rows(name: str) -> list[dict[str, str]]:
    with gzip.open(DATA / name, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def split(ratings: list[dict[str, str]], seed: int) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """A fifth of each reader's ratings, rounded, at least one."""
    rng = np.random.default_rng(seed)
    by_reader: dict[str, list[int]] = {}
    for place, rating in enumerate(ratings):
        by_reader.setdefault(rating["user_id"], []).append(place)
    held: set[int] = set()
    for places in by_reader.values():
        held.update(rng.choice(places, max(1, round(len(places) * 0.2)), replace=False).tolist())
    return [r for p, r in enumerate(ratings) if p not in held], [r for p, r in enumerate(ratings) if p in held]


def events_of(ratings: list[dict[str, str]]) -> list[dict[str, str]]:
    return [{"user": r["user_id"], "item": r["book_id"], "type": "rating", "value": r["rating"]} for r in ratings]


def vectors_of(books: list[dict[str, str]]) -> np.ndarray:
    from engine.runtimes.encoder import Encoder, bundled_encoder_folder

    texts = [". ".join(part for part in (book["title"], book["original_title"], book["authors"]) if part)
             for book in books]  # fmt: skip
    return Encoder.open(bundled_encoder_folder()).embed(texts)


class Run:
    """One split, fitted once."""

    def __init__(self, books: list[dict[str, str]], vectors: np.ndarray | None, train, test, seed: int) -> None:
        ids = [book["book_id"] for book in books]
        self.vectors = vectors
        self.index = {item: place for place, item in enumerate(ids)}
        self.found = collect(events_of(train), self.index)
        self.events = Events(
            len(self.found.users), len(ids), self.found.user.tobytes(), self.found.item.tobytes(),
            self.found.strength.tobytes(),
        )  # fmt: skip
        began = time.monotonic()
        raw = b"" if vectors is None else vectors.tobytes()
        self.fitted: FitResult = fit(
            FitSpec(self.events, raw, seed=seed, memory_mb=MEMORY_MB, max_seconds=MAX_SECONDS), Quiet()
        )
        self.seconds = time.monotonic() - began
        files = pack_files(
            self.fitted.arrays, ids, [book["title"] for book in books], self.found.users, self.found.user,
            self.found.item, self.found.strength,
        )  # fmt: skip
        if self.fitted.ranker:
            files[RANKER] = self.fitted.ranker
        if self.fitted.adapter and vectors is not None:
            files |= {ADAPTER: self.fitted.adapter, VECTORS: vector_file(vectors)}
        self.pack_mb = sum(map(len, files.values())) / 1e6
        self.model = open_model("goodbooks", files, {"setting": {"strengths": self.fitted.setting.strengths}})
        self.people = np.arange(len(self.found.users))
        place = {user: at for at, user in enumerate(self.found.users)}
        self.relevant = {
            least: [np.array(sorted(wanted), np.int64) for wanted in self._wanted(test, place, least)]
            for least in (1, 4)
        }

    def _wanted(self, test: list[dict[str, str]], place: dict[str, int], least: int) -> list[set[int]]:
        wanted: list[set[int]] = [set() for _ in self.people]
        for rating in test:
            if int(rating["rating"]) >= least:
                wanted[place[rating["user_id"]]].add(self.index[rating["book_id"]])
        return wanted

    def measured(self, lists: list[np.ndarray]) -> dict[str, Any]:
        every = described(lists, Ground(self.events.matrix(), self.people, self.relevant[1], self.vectors))
        liked = ranking_metrics(lists, self.relevant[4], len(self.index))
        return msgspec.to_builtins(every) | {"ndcg@10 (4 and 5)": liked.ndcg_10}

    def ours(self) -> dict[str, Any]:
        began = time.monotonic()
        self.lists = [rank_items(self.model, self.model.history(int(person)), DEPTH).items for person in self.people]
        took = 1000 * (time.monotonic() - began) / len(self.lists)
        return self.measured(self.lists) | {"ms per person": took}

    def baselines(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """Measures, and ours minus each of them; call after `ours`."""
        lists = baseline_lists(
            self.events.matrix(), self.people, self.fitted.baselines, MEMORY_MB, lambda: None, k=DEPTH
        )
        gained = {
            name: msgspec.to_builtins(difference(self.lists, found, self.relevant[1])) for name, found in lists.items()
        }
        return {name: self.measured(found) for name, found in lists.items()}, gained

    def best_on_test(self) -> dict[str, Any]:
        """Baselines chosen on the test part itself: an upper bound for theirs."""
        ones = learning_matrix(self.events.matrix(), Setting(strengths=False))
        counts = popularity(ones)
        tried: dict[str, list[dict[str, Any]]] = {"ease_best": [], "item_knn_best": []}
        for ridge in (2.0, 3.0, 4.0, 5.0, 7.0, 10.0):
            model = Ease(ones, plan(ones, MEMORY_MB), damping=0.0, ridge=ridge)
            lists = lists_for(self.people, ones, counts, model.scores, lambda: None)
            tried["ease_best"].append(self.measured(lists) | {"with": f"ridge {ridge}"})
        for shrink in (0.0, 5.0, 20.0):
            wide = item_knn(ones, lambda: None, keep=100, shrink=shrink)
            for keep in (3, 5, 10, 20, 50, 100):
                near = narrowed(wide, keep, 1.0)
                lists = lists_for(
                    self.people, ones, counts,
                    lambda batch, near=near: (ones[batch] @ near).toarray().astype(np.float32), lambda: None,
                )  # fmt: skip
                tried["item_knn_best"].append(self.measured(lists) | {"with": f"keep {keep}, shrink {shrink}"})
        return {name: max(found, key=lambda one: one["ndcg@10"]) for name, found in tried.items()}


def warm(books, vectors, ratings, seed: int, best: bool) -> dict[str, Any]:
    run = Run(books, vectors, *split(ratings, seed), seed)
    models = {"ours": run.ours()}
    found, gained = run.baselines()
    models |= found
    if best:
        models |= run.best_on_test()
    better = max(models[name]["ndcg@10"] for name in models if name != "ours")
    return {
        "seed": seed,
        "readers": len(run.people),
        "fit seconds": run.seconds,
        "fit peak MB": run.fitted.peak_mb,
        "pack MB": run.pack_mb,
        "setting": msgspec.to_builtins(run.fitted.setting),
        "ranker gain": run.fitted.ranker_gain,
        "ranker kept": bool(run.fitted.ranker),
        "baselines": msgspec.to_builtins(run.fitted.baselines),
        "models": models,
        "differences": gained,
        "ours over best baseline": models["ours"]["ndcg@10"] / better - 1,
        "ours minus best baseline": models["ours"]["ndcg@10"] - better,
    }


def cold(books, vectors, ratings, seed: int, share: float = 0.2) -> dict[str, Any]:
    """A share of the books lose every training rating: are they found, among all books and among the new ones?

    Beside ours: popularity, which cannot know them, and the cosine between a book's text and the mean text of what
    the reader rated.
    """
    order = np.random.default_rng(seed).permutation(len(books))
    new = {books[place]["book_id"] for place in order[: int(len(books) * share)]}
    train = [rating for rating in ratings if rating["book_id"] not in new]
    known = {rating["user_id"] for rating in train}
    test = [rating for rating in ratings if rating["book_id"] in new and rating["user_id"] in known]
    run = Run(books, vectors, train, test, seed)
    matrix = run.events.matrix()
    counts = popularity(matrix)
    old = np.array([run.index[b["book_id"]] for b in books if b["book_id"] not in new], np.int64)
    profiles = matrix @ vectors
    ways = {
        "ours": None,
        "popularity": lambda batch: np.tile(counts, (len(batch), 1)),
        "text cosine": lambda batch: np.asarray(profiles[batch] @ vectors.T, np.float32),
    }
    report: dict[str, Any] = {"seed": seed, "new books": len(new), "setting": msgspec.to_builtins(run.fitted.setting)}
    for name, scores in ways.items():
        lists = {}
        for where, left_out in (("among all", None), ("among new", old)):
            if scores is None:
                lists[where] = [
                    rank_items(run.model, run.model.history(int(person)), 10, exclude=left_out).items
                    for person in run.people
                ]
                continue

            def masked(batch, scores=scores, left_out=left_out):
                found = scores(batch)
                if left_out is not None:
                    found[:, left_out] = -1e9
                return found

            lists[where] = lists_for(run.people, matrix, counts, masked, lambda: None)
        report[name] = {}
        for where, found in lists.items():
            one = per_person(found, run.relevant[1])
            has = [place for place, wanted in enumerate(run.relevant[1]) if len(wanted)]
            report[name][where] = {
                "recall@10": float(one.recall[has].mean()),
                "ndcg@10": float(one.ndcg[has].mean()),
                "recall interval": interval(one.recall[has]),
            }
    return report


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, nargs="+", default=[0])
    parser.add_argument("--cold", action="store_true", help="the experiment with new items instead")
    parser.add_argument("--no-text", action="store_true")
    parser.add_argument("--best", action="store_true", help="baselines chosen on the test part as well")
    parser.add_argument("--readers", type=int, help="so many readers alone, for a quick look")
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    if not DATA.is_dir():
        sys.exit(f"{DATA} is not there: the public data sets are needed.")
    books, ratings = rows("books.csv.gz"), rows("ratings.csv.gz")
    if args.readers:
        chosen = set(sorted({rating["user_id"] for rating in ratings})[: args.readers])
        ratings = [rating for rating in ratings if rating["user_id"] in chosen]
    # The file lists the best-known books first, and equal scores are ranked by place: that would tell of the test part.
    books = [books[place] for place in np.random.default_rng(0).permutation(len(books))]
    vectors = None if args.no_text else vectors_of(books)
    reports = []
    for seed in args.seeds:
        found = cold(books, vectors, ratings, seed) if args.cold else warm(books, vectors, ratings, seed, args.best)
        reports.append(found)
        print(json.dumps(reports[-1], indent=1), flush=True)
    print(f"most memory held: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    if args.out:
        args.out.write_text(json.dumps(reports, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
