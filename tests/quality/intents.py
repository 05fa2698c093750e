"""Intents of customers through the engine, with abstention: how many are answered when 98 % shall be right.

    python tests/quality/intents.py [bitext airline fastfood …] [--method head] [--precision 0.98] [--seed 0] [--json F]

Bitext customer support (intents.csv, 27 intents): taught on its train part, measured on its test part. MultiDoGO, six
domains, customers' turns as typed: taught on its train part, measured on its dev part (whole conversations apart; its
test part is not public). A turn with several intents is taught with its rarest one, counts as one turn, and an answer
is right if it is any of them. Turns repeat ("yes", "hi"): "all turns" counts each as often as it is said, "new texts"
only those whose text is not among the taught ones. "errands" is what a desk with templates does: of the turns with an
intent that wants something (no greeting, thanks, yes, no, bare value or chat) the share that is answered as such, and
of all turns answered so the share that is right, at the desk's own threshold (engine/host/desk/hearing.py). Nothing is
chosen on the measured part: the threshold is the one that the taught skill promises from its own held-out texts. The
seed is that of the training. Exit code 1 where a figure
(98 % right at 85 % answered) is missed.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

from reading import DATA, Rows, engine, store

from engine import api
from engine.host.desk.hearing import LEAST_THRESHOLD, PROMISED, UNPROMISED
from engine.host.read.skills import open_pack

DOMAINS = ("airline", "fastfood", "finance", "insurance", "media", "software")
LEAST_RIGHT, LEAST_ANSWERED = 0.98, 0.85
ACTS = {"openinggreeting", "closinggreeting", "thankyou", "confirmation", "rejection", "contentonly", "outofdomain"}
"""Turns of MultiDoGO that only steer the talk; the desk reads them by its own rules (engine/serve/desk/replies.py)."""


class Turn(NamedTuple):
    text: str
    intents: tuple[str, ...]


def bitext() -> tuple[list[Turn], list[Turn]]:
    parts: dict[str, list[Turn]] = {"train": [], "dev": [], "test": []}
    with gzip.open(DATA / "bitext_support" / "intents.csv.gz", "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            parts[row["split"]].append(Turn(row["utterance"], (row["intent"],)))
    return parts["train"], parts["test"]


def multidogo(domain: str) -> tuple[list[Turn], list[Turn]]:
    parts: dict[str, list[Turn]] = {"train": [], "dev": []}
    with gzip.open(DATA / "multidogo" / f"{domain}.jsonl.gz", "rt", encoding="utf-8") as file:
        for row in map(json.loads, file):
            if row["utterance"].strip():
                parts[row["split"]].append(Turn(row["utterance"], tuple(row["intents"])))
    return parts["train"], parts["dev"]


def taught(turns: list[Turn]) -> Rows:
    """One row a turn; of several intents the rarest, which is what the customer wants ("hi, I lost my card")."""
    often = Counter(intent for turn in turns for intent in turn.intents)
    return [(turn.text, min(turn.intents, key=lambda one: (often[one], one))) for turn in turns]


def share(kept: list[bool], count: int) -> dict[str, float]:
    return {
        "turns": count,
        "answered": round(len(kept) / max(1, count), 4),
        "right": round(sum(kept) / len(kept), 4) if kept else 0.0,
    }


def measure(service: Any, name: str, options: argparse.Namespace) -> dict[str, Any]:
    train, test = bitext() if name == "bitext" else multidogo(name)
    with tempfile.TemporaryDirectory() as folder:
        store(service, name, taught(train), Path(folder))
    began = time.monotonic()
    got = service.call(api.TrainClassifier(dataset=name, pack=name, method=options.method, seed=options.seed))
    seconds = time.monotonic() - began
    asked = api.Classify(texts=tuple(turn.text for turn in test), pack=name, precision=options.precision)
    answers = service.call(asked).results
    known = {turn.text.strip().casefold() for turn in train}
    right = [answer.label in turn.intents for answer, turn in zip(answers, test, strict=True)]
    new = [turn.text.strip().casefold() not in known for turn in test]
    kept = [not answer.abstain for answer in answers]
    return {
        "set": name,
        "method": got.method,
        "seed": options.seed,
        "taught": len(train),
        "accuracy": round(sum(right) / len(right), 4),
        "all turns": share([r for r, k in zip(right, kept, strict=True) if k], len(test)),
        "new texts": share([r for r, k, n in zip(right, kept, new, strict=True) if k and n], sum(new)),
        "errands": _errands(service, name, test, answers),
        "best possible": _ceiling(right, answers, options.precision),
        "seconds": round(seconds, 1),
    }


def _errands(service: Any, name: str, test: list[Turn], answers: Any) -> dict[str, float]:
    promise = open_pack(service.context, name).skill.promise(PROMISED)
    threshold = max(promise.threshold, LEAST_THRESHOLD) if promise.kept else UNPROMISED
    wanted = [bool(set(turn.intents) - ACTS) for turn in test]
    given = [answer.score >= threshold and answer.label not in ACTS for answer in answers]
    right = [a.label in turn.intents for a, turn, g in zip(answers, test, given, strict=True) if g]
    reached = sum(w and g for w, g in zip(wanted, given, strict=True))
    return {
        "turns": sum(wanted),
        "answered": round(reached / max(1, sum(wanted)), 4),
        "right": round(sum(right) / max(1, len(right)), 4),
        "threshold": round(threshold, 3),
    }


def _ceiling(right: list[bool], answers: Any, precision: float) -> float:
    """Share that could be answered at this precision by the best threshold, seen with hindsight."""
    order = sorted(range(len(right)), key=lambda i: -answers[i].score)
    hits, best = 0, 0
    for count, i in enumerate(order, 1):
        hits += right[i]
        if hits / count >= precision:
            best = count
    return round(best / len(right), 4)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sets", nargs="*", default=["bitext", *DOMAINS])
    parser.add_argument("--method", default="head")
    parser.add_argument("--precision", type=float, default=0.98)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    found = []
    with engine() as service:
        for name in options.sets:
            found.append(measure(service, name, options))
            print(json.dumps(found[-1]), flush=True)
    missed = [
        one["set"] for one in found
        if one["all turns"]["right"] < LEAST_RIGHT or one["all turns"]["answered"] < LEAST_ANSWERED
    ]  # fmt: skip
    if options.json:
        options.json.write_text(json.dumps(found, indent=2) + "\n")
    print("missed: " + ", ".join(missed) if missed else "all figures reached")
    return bool(missed)


if __name__ == "__main__":
    sys.exit(main())
