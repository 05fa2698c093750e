"""Recommendation quality on goodbooks: our blend beside popularity, item-kNN and EASE; what text does for new items.

    python tests/quality/goodbooks.py [--seeds 0 1 2] [--cold] [--out F.json]

A fifth of each reader's ratings is held out with a seed; every item that the reader has no training rating for is
ranked. Two numbers: every held-out book is relevant (the usual one), and only those rated 4 or 5. All models are
tuned on a validation part of the training ratings. Besides the baselines as the program fits them, `ease_best` and
`item_knn_best` are the best of a grid chosen ON THE TEST PART: no honest baseline can be better than these.
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

from engine.api import RankingMetrics  # noqa: E402
from engine.serve.recommend.model import open_model, pack_files  # noqa: E402
from engine.serve.recommend.rank import rank_items  # noqa: E402
from engine.train.recommend.baselines import baseline_lists  # noqa: E402
from engine.train.recommend.blend import Setting, learning_matrix  # noqa: E402
from engine.train.recommend.ease import Ease, plan  # noqa: E402
from engine.train.recommend.fit import Events, FitResult, FitSpec, fit  # noqa: E402
from engine.train.recommend.holdout import lists_for  # noqa: E402
from engine.train.recommend.interactions import collect  # noqa: E402
from engine.train.recommend.item_knn import item_knn, narrowed  # noqa: E402
from engine.train.recommend.metrics import ranking_metrics  # noqa: E402
from engine.train.recommend.popularity import popularity  # noqa: E402

DATA = ROOT.parent / "shared" / "data" / "goodbooks"
MEMORY_MB = 2400.0


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
        self.index = {item: place for place, item in enumerate(ids)}
        self.found = collect(events_of(train), self.index)
        self.events = Events(
            len(self.found.users), len(ids), self.found.user.tobytes(), self.found.item.tobytes(),
            self.found.strength.tobytes(),
        )  # fmt: skip
        began = time.monotonic()
        raw = b"" if vectors is None else vectors.tobytes()
        self.fitted: FitResult = fit(FitSpec(self.events, raw, seed=seed, memory_mb=MEMORY_MB), Quiet())
        self.seconds = time.monotonic() - began
        files = pack_files(
            self.fitted.arrays, ids, [book["title"] for book in books], self.found.users, self.found.user,
            self.found.item, self.found.strength,
        )  # fmt: skip
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
        every: RankingMetrics = ranking_metrics(lists, self.relevant[1], len(self.index))
        liked = ranking_metrics(lists, self.relevant[4], len(self.index))
        return msgspec.to_builtins(every) | {"ndcg@10 (4 and 5)": liked.ndcg_10}

    def ours(self) -> dict[str, Any]:
        began = time.monotonic()
        lists = [rank_items(self.model, self.model.history(int(person)), 10).items for person in self.people]
        return self.measured(lists) | {"ms per person": 1000 * (time.monotonic() - began) / len(lists)}

    def baselines(self) -> dict[str, Any]:
        lists = baseline_lists(self.events.matrix(), self.people, self.fitted.baselines, MEMORY_MB, lambda: None)
        return {name: self.measured(found) for name, found in lists.items()}

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


def warm(books, vectors, ratings, seed: int) -> dict[str, Any]:
    run = Run(books, vectors, *split(ratings, seed), seed)
    models = {"ours": run.ours()} | run.baselines() | run.best_on_test()
    better = max(models[name]["ndcg@10"] for name in models if name != "ours")
    return {
        "seed": seed,
        "readers": len(run.people),
        "fit seconds": run.seconds,
        "fit peak MB": run.fitted.peak_mb,
        "pack MB": run.pack_mb,
        "setting": msgspec.to_builtins(run.fitted.setting),
        "models": models,
        "ours minus best baseline": models["ours"]["ndcg@10"] - better,
    }


def cold(books, vectors, ratings, seed: int) -> dict[str, Any]:
    """A tenth of the books lose every training rating: are they found, among all books and among the new ones?"""
    new = {books[place]["book_id"] for place in np.random.default_rng(seed).permutation(len(books))[: len(books) // 10]}
    train = [rating for rating in ratings if rating["book_id"] not in new]
    known = {rating["user_id"] for rating in train}
    test = [rating for rating in ratings if rating["book_id"] in new and rating["user_id"] in known]
    report: dict[str, Any] = {"seed": seed, "new books": len(new)}
    for name, given in (("with text", vectors), ("without text", None)):
        run = Run(books, given, train, test, seed)
        old = np.array([run.index[b["book_id"]] for b in books if b["book_id"] not in new], np.int64)
        among_all, among_new = [], []
        for person in run.people:
            history = run.model.history(int(person))
            among_all.append(rank_items(run.model, history, 10).items)
            among_new.append(rank_items(run.model, history, 10, exclude=old).items)
        report[name] = {"among all": run.measured(among_all), "among new": run.measured(among_new)}
    return report


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, nargs="+", default=[0])
    parser.add_argument("--cold", action="store_true", help="the experiment with new items instead")
    parser.add_argument("--no-text", action="store_true")
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    if not DATA.is_dir():
        sys.exit(f"{DATA} is not there: the public data sets are needed.")
    books, ratings = rows("books.csv.gz"), rows("ratings.csv.gz")
    # The file lists the best-known books first, and equal scores are ranked by place: that would tell of the test part.
    books = [books[place] for place in np.random.default_rng(0).permutation(len(books))]
    vectors = None if args.no_text else vectors_of(books)
    reports = []
    for seed in args.seeds:
        reports.append((cold if args.cold else warm)(books, vectors, ratings, seed))
        print(json.dumps(reports[-1], indent=1), flush=True)
    print(f"most memory held: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    if args.out:
        args.out.write_text(json.dumps(reports, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
