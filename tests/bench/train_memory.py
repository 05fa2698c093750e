"""The most memory a LoRA training on BANKING77 takes: worker and host apart, watched from outside.

    python tests/bench/train_memory.py [--method lora] [--texts 0] [--epochs 1]

Resident memory of every process is read twenty times a second; `peak_mb` is what the training itself reports. Data from
../shared/data.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import sys
import tempfile
import threading
import time
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
DATA = ROOT.parent / "shared" / "data" / "banking77" / "train.csv.gz"
PASSPHRASE = "a bench needs no secret"
MUST_MB = 1_500


class Watch(threading.Thread):
    """Highest resident memory of this process and of its largest child, in MB."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.host_mb = self.worker_mb = 0.0
        self._own = psutil.Process()

    def run(self) -> None:
        while True:
            self.host_mb = max(self.host_mb, self._own.memory_info().rss / 2**20)
            for child in self._own.children(recursive=True):
                try:
                    self.worker_mb = max(self.worker_mb, child.memory_info().rss / 2**20)
                except psutil.Error:
                    continue
            time.sleep(0.05)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--method", default="lora")
    parser.add_argument("--texts", type=int, default=0, help="0 takes all")
    parser.add_argument("--epochs", type=int, default=1, help="memory does not grow with them")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()

    from engine import api
    from engine.host.service import Service

    with gzip.open(DATA, "rt", encoding="utf-8", newline="") as file:
        rows = [(row["text"], row["label"]) for row in csv.DictReader(file)]
    step = max(1, len(rows) // given.texts) if given.texts else 1
    rows = rows[::step]
    with tempfile.TemporaryDirectory() as folder:
        service = Service(Path(folder) / "workspace")
        service.call(api.Unlock(passphrase=PASSPHRASE, create=True))
        table = Path(folder) / "banking77.csv"
        with table.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([("text", "label"), *rows])
        service.call(api.ImportData(path=str(table), name="banking77", kind="labelled"))
        watch = Watch()
        watch.start()
        trained = service.call(
            api.TrainClassifier(
                dataset="banking77", pack="bench", method=given.method, device="cpu",
                options=api.TrainOptions(epochs=given.epochs),
            )
        )  # fmt: skip
        service.close()
    result = {
        "method": trained.method,
        "texts": len(rows),
        "worker_mb": round(watch.worker_mb),
        "host_mb": round(watch.host_mb),
        "peak_mb": trained.peak_mb,
        "must_mb": MUST_MB,
        "seconds": round(trained.seconds, 1),
    }
    print(json.dumps(result) if given.json else "\n".join(f"{name:12} {value}" for name, value in result.items()))


if __name__ == "__main__":
    main()
