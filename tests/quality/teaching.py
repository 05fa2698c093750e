"""Accuracy of a taught classifier through the api, in the 8 bits that serve, on public sets.

    python tests/quality/teaching.py banking77 [--method lora] [--per-label 10] [--seeds 0 1 2 3 4] [--texts 20000]

Prints, per seed: accuracy on the published test split, coverage at the asked-for precision, seconds, peak memory and
the size of what was taught. Sets: banking77, sst2 (test.csv is GLUE's dev file), ag_news, sms_spam and the others of
the public folder with train.csv.gz and test.csv.gz. `--per-label` and `--texts` draw by seed, so splits can be made
again.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))
DATA = ROOT.parent / "shared" / "data"

Rows = list[tuple[str, str]]


def rows_of(name: str, part: str) -> Rows:
    with gzip.open(DATA / name / f"{part}.csv.gz", "rt", encoding="utf-8", newline="") as file:
        return [((f"{row.get('title') or ''} {row['text']}").strip(), row["label"]) for row in csv.DictReader(file)]


def drawn(rows: Rows, per_label: int, texts: int, seed: int) -> Rows:
    rng = np.random.default_rng(seed)
    if texts:
        return [rows[at] for at in rng.permutation(len(rows))[:texts].tolist()]
    if not per_label:
        return rows
    by_label: dict[str, list[str]] = defaultdict(list)
    for text, label in rows:
        by_label[label].append(text)
    return [
        (by_label[label][at], label)
        for label in sorted(by_label)
        for at in rng.permutation(len(by_label[label]))[:per_label].tolist()
    ]


def write(path: Path, rows: Rows) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("text", "label"))
        writer.writerows(rows)


def run(name: str, method: str, per_label: int, texts: int, seed: int, precision: float) -> dict[str, Any]:
    from engine import api
    from engine.host.service import Service

    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        test = rows_of(name, "test")
        write(folder / "train.csv", drawn(rows_of(name, "train"), per_label, texts, seed))
        write(folder / "test.csv", test)
        service = Service(folder / "workspace")
        service.call(api.Unlock(passphrase="measured in the open", create=True))
        for part in ("train", "test"):
            path = str(folder / f"{part}.csv")
            service.call(
                api.ImportData(path=path, name=part, kind="labelled", mapping={"text": "text", "label": "label"})
            )
        taught = service.call(api.TrainClassifier(dataset="train", pack="skill", method=method, seed=seed))
        told = service.call(api.Evaluate(pack="skill", dataset="test"))
        answers = service.call(
            api.Classify(texts=tuple(text for text, _ in test), pack="skill", precision=precision)
        ).results
        service.close()
    kept = [(one.label == label) for one, (_, label) in zip(answers, test, strict=True) if not one.abstain]
    return {
        "set": name,
        "method": taught.method,
        "seed": seed,
        "taught": int(taught.metrics["n_train"]),
        "accuracy": round(100 * told.accuracy, 2),
        "macro_f1": round(100 * told.macro_f1, 2),
        "ece": round(told.ece, 4),
        "held_out": round(100 * taught.metrics["accuracy"], 2),
        "coverage": round(100 * len(kept) / len(test), 1),
        "precision": round(100 * sum(kept) / max(1, len(kept)), 2),
        "seconds": taught.seconds,
        "peak_mb": taught.peak_mb,
        "adapter_bytes": taught.adapter_bytes,
        "quantisation": {key: round(value, 4) for key, value in taught.quantisation.items()},
        "notes": taught.notes,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("set")
    parser.add_argument("--method", default="lora")
    parser.add_argument("--per-label", type=int, default=0)
    parser.add_argument("--texts", type=int, default=0)
    parser.add_argument("--seeds", type=int, nargs="+", default=[0])
    parser.add_argument("--precision", type=float, default=0.98)
    options = parser.parse_args()
    if not DATA.is_dir():
        sys.exit(f"The public data sets are not in {DATA}.")
    found = []
    for seed in options.seeds:
        found.append(run(options.set, options.method, options.per_label, options.texts, seed, options.precision))
        print(json.dumps(found[-1]), flush=True)
    scores = [one["accuracy"] for one in found]
    print(f"mean {np.mean(scores):.2f}, from {min(scores)} to {max(scores)}, {len(scores)} seeds")


if __name__ == "__main__":
    main()
