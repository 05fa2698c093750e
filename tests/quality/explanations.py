"""Faithfulness of explanations beside words taken at random, on BANKING77 (77 labels) and SST-2 (moods).

    python tests/quality/explanations.py [texts]

For each of `texts` test texts (default 200): how much the label's probability falls without the fifth of words that
weigh most (comprehensiveness, high is good) and with them alone (sufficiency, low is good). Exit code 1 where the
named words do not beat random ones clearly.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

from reading import Rows, engine, read, store

from engine import api
from engine.host.service import Service

TAUGHT = 3_000
LEAST_TIMES = 1.5  # comprehensiveness over that of random words


def measure(service: Service, name: str, train: Rows, test: Rows, count: int) -> bool:
    chance = random.Random(0)
    with tempfile.TemporaryDirectory() as folder:
        store(service, name, chance.sample(train, min(TAUGHT, len(train))), Path(folder))
    service.call(api.TrainClassifier(dataset=name, pack=name, method="head"))
    began = time.monotonic()
    found = [
        service.call(api.Explain(pack=name, text=text)).faithfulness
        for text, _ in chance.sample(test, min(count, len(test)))
    ]
    seconds = (time.monotonic() - began) / len(found)
    ours, theirs, kept, kept_random = (
        statistics.mean(getattr(one, key) for one in found)
        for key in ("comprehensiveness", "random_comprehensiveness", "sufficiency", "random_sufficiency")
    )
    beaten = statistics.mean(one.comprehensiveness > one.random_comprehensiveness for one in found)
    print(f"{name:10} comprehensiveness {ours:.3f} (random {theirs:.3f})  sufficiency {kept:.3f} "
          f"(random {kept_random:.3f})  better than random on {beaten:.0%} of {len(found)} texts  "
          f"{1000 * seconds:.0f} ms a text", flush=True)  # fmt: skip
    return ours >= LEAST_TIMES * theirs and kept < kept_random


def main(count: int) -> int:
    with engine() as service:
        good = [
            measure(service, "banking77", read("banking77", "train"), read("banking77", "test"), count),
            measure(service, "sst2", read("sst2", "train"), read("sst2", "dev"), count),
        ]
    return not all(good)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 200))
