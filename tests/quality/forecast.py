"""Forecast, then train: time, memory and score as they were told beforehand and as they came.

    python tests/quality/forecast.py [--sets sst2:1500 banking77:3000 ag_news:800] [--methods head lora] [--json]

Each set is a sample of the training part of a public data set in ../shared/data. Forecast and trainings run one after
the other on the same machine; other work on it falls on both, though seldom evenly. Misses over 25 % are marked.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import random
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
DATA = ROOT.parent / "shared" / "data"
PASSPHRASE = "a bench needs no secret"
MOST_OFF = 0.25
SETS = ("ag_news:800", "sst2:1500", "banking77:3000")


def read_some(name: str, count: int, seed: int) -> list[tuple[str, str]]:
    with gzip.open(DATA / name / "train.csv.gz", "rt", encoding="utf-8", newline="") as file:
        rows = [(row["text"], row["label"]) for row in csv.DictReader(file) if row["text"].strip()]
    random.Random(seed).shuffle(rows)
    return rows[:count]


def off(told: float, came: float) -> float:
    return told / came - 1 if came else 0.0


def compare(name: str, count: int, methods: list[str], seed: int) -> list[dict[str, object]]:
    from engine import api
    from engine.host.service import Service

    found = []
    with tempfile.TemporaryDirectory() as folder:
        service = Service(Path(folder) / "workspace")
        service.call(api.Unlock(passphrase=PASSPHRASE, create=True))
        table = Path(folder) / "set.csv"
        with table.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([("text", "label"), *read_some(name, count, seed)])
        service.call(api.ImportData(path=str(table), name="set", kind="labelled"))
        told = service.call(api.ForecastTraining(dataset="set", device="cpu"))
        by_method = {one.method: one for one in told.methods}
        for method in methods:
            expected = by_method[method]
            came = service.call(
                api.TrainClassifier(dataset="set", pack=f"{name}-{method}", method=method, device="cpu")
            )
            accuracy = came.metrics["accuracy"]
            found.append(
                {
                    "set": f"{name} {count:,}",
                    "method": method,
                    "forecast_s": told.seconds,
                    "chosen": told.chosen,
                    "seconds_told": expected.seconds,
                    "seconds": came.seconds,
                    "seconds_off": round(off(expected.seconds, came.seconds), 3),
                    "mb_told": expected.peak_mb,
                    "mb": came.peak_mb,
                    "mb_off": round(off(expected.peak_mb, came.peak_mb), 3),
                    "score_told": expected.score,
                    "score": round(accuracy, 4),
                    "within": expected.score_low <= accuracy <= expected.score_high,
                    "passes": came.epochs,
                }
            )
        service.close()
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sets", nargs="*", default=list(SETS), help="name:texts")
    parser.add_argument("--methods", nargs="*", default=["head", "lora"])
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    for one in given.sets:
        name, count = one.split(":")
        for row in compare(name, int(count), given.methods, given.seed):
            if given.json:
                print(json.dumps(row), flush=True)
                continue
            late = "  <- off by more than 25 %" if abs(float(str(row["seconds_off"]))) > MOST_OFF else ""
            print(
                f"{row['set']:18} {row['method']:6} time {row['seconds_told']:7} told {row['seconds']:7} came "
                f"({row['seconds_off']:+.0%})  memory {row['mb_told']} / {row['mb']:.0f} MB ({row['mb_off']:+.0%})  "
                f"score {row['score_told']:.3f} / {row['score']:.3f} "
                f"({'in' if row['within'] else 'OUT OF'} the interval)  passes {row['passes']}{late}",
                flush=True,
            )


if __name__ == "__main__":
    main()
