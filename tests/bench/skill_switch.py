"""Ten taught skills beside one: memory, the time to switch between loaded ones, and the latency of one answer.

    python tests/bench/skill_switch.py [--skills 10] [--method lora] [--per-label 8] [--json]

Each skill is taught on a few texts of other labels of BANKING77 (../shared/data), with few passes: what is measured
does not depend on how well they answer. Memory is the resident memory of this process, which holds the encoder and the
skills, after a collection; latency is one text through `Service.call(Classify)`; a switch is an answer of another
loaded skill less an answer of the same one.
"""

from __future__ import annotations

import argparse
import csv
import gc
import gzip
import json
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

import psutil

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
DATA = ROOT.parent / "shared" / "data" / "banking77"
PASSPHRASE = "a bench needs no secret"
LABELS_EACH = 7
ROUNDS = 30


def resident_mb() -> float:
    gc.collect()
    return psutil.Process().memory_info().rss / 2**20


def read_labels() -> dict[str, list[str]]:
    by_label: dict[str, list[str]] = defaultdict(list)
    with gzip.open(DATA / "train.csv.gz", "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            by_label[row["label"]].append(row["text"])
    return by_label


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--skills", type=int, default=10)
    parser.add_argument("--method", default="lora")
    parser.add_argument("--per-label", type=int, default=8)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()

    from engine import api
    from engine.host.service import Service

    by_label = read_labels()
    names = sorted(by_label)
    asked = [texts[-1] for texts in by_label.values()]
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "workspace"
        teacher = Service(place)
        teacher.call(api.Unlock(passphrase=PASSPHRASE, create=True))
        sizes = []
        for number in range(given.skills):
            mine = [names[(number * LABELS_EACH + step) % len(names)] for step in range(LABELS_EACH)]
            table = Path(folder) / f"set{number}.csv"
            with table.open("w", encoding="utf-8", newline="") as file:
                rows = [(text, label) for label in mine for text in by_label[label][: given.per_label]]
                csv.writer(file).writerows([("text", "label"), *rows])
            teacher.call(api.ImportData(path=str(table), name=f"set{number}", kind="labelled"))
            trained = teacher.call(
                api.TrainClassifier(
                    dataset=f"set{number}", pack=f"skill{number}", method=given.method, device="cpu",
                    options=api.TrainOptions(epochs=2),
                )
            )  # fmt: skip
            sizes.append(trained.adapter_bytes)
        teacher.close()
        result = measure(api, Service(place), given.skills, asked)
    result |= {"adapter_mb_most": round(max(sizes) / 1e6, 3), "method": given.method}
    print(json.dumps(result) if given.json else "\n".join(f"{name:28} {value}" for name, value in result.items()))


def measure(api: Any, service: Any, skills: int, asked: list[str]) -> dict[str, Any]:
    """A fresh engine that only serves."""
    service.call(api.Unlock(passphrase=PASSPHRASE))

    def ask(skill: int, text: str) -> float:
        began = time.perf_counter()
        service.call(api.Classify(texts=(text,), pack=f"skill{skill}"))
        return (time.perf_counter() - began) * 1000

    for text in asked[:20]:
        ask(0, text)
    one_mb = resident_mb()
    opening = [ask(skill, asked[0]) for skill in range(1, skills)]
    for skill in range(skills):
        for text in asked[:20]:
            ask(skill, text)
    all_mb = resident_mb()

    same, other = [], []
    for round_number in range(ROUNDS):
        for step in range(skills):
            text = asked[(round_number * skills + step) % len(asked)]
            ask(step, text)
            same.append(ask(step, text))
            other.append(ask((step + 1) % skills, text))
    service.close()
    return {
        "skills": skills,
        "one_skill_mb": round(one_mb, 1),
        "all_skills_mb": round(all_mb, 1),
        "more_mb": round(all_mb - one_mb, 1),
        "first_open_p50_ms": round(statistics.median(opening), 2) if opening else 0.0,
        "answer_p50_ms": round(statistics.median(same), 2),
        "answer_p95_ms": round(percentile(same, 0.95), 2),
        "switch_p50_ms": round(max(0.0, statistics.median(other) - statistics.median(same)), 2),
        "switch_p95_ms": round(max(0.0, percentile(other, 0.95) - statistics.median(same)), 2),
    }


if __name__ == "__main__":
    main()
