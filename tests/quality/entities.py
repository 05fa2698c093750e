"""Quality of readers of entities on public data: NCBI-disease, CLUENER (Chinese) and CrossNER, through the engine.

    python tests/quality/entities.py [ncbi] [cluener] [crossner] [--method head] [--seed 0]

NCBI-disease: taught on the published train and dev parts, measured on test. CLUENER: nine of ten rows of its train
part taught, every tenth measured. CrossNER: each domain's 100 or 200 train sentences and dev taught, test measured.
Prints one JSON line per set.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from engine import api
from engine.host.service import Service

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
SETS = {
    "ncbi": ("ncbi_disease", ("train", "dev"), "test"),
    "crossner-ai": ("crossner", ("ai_train", "ai_dev"), "ai_test"),
    "crossner-politics": ("crossner", ("politics_train", "politics_dev"), "politics_test"),
    "crossner-science": ("crossner", ("science_train", "science_dev"), "science_test"),
}


def _rows(folder: str, part: str) -> list[dict[str, Any]]:
    with gzip.open(DATA / folder / f"{part}.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    kept = ("tokens", "tags", "text", "entities")
    return [{name: row[name] for name in kept if name in row} for row in rows]


def _parts(name: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    if name == "cluener":
        rows = _rows("cluener", "train")
        return [row for at, row in enumerate(rows) if at % 10], rows[::10]
    folder, taught, asked = SETS[name]
    return [row for part in taught for row in _rows(folder, part)], _rows(folder, asked)


def measure(name: str, method: str, seed: int) -> dict[str, Any]:
    """Teach on one part and evaluate on the other, in a throwaway workspace."""
    with tempfile.TemporaryDirectory() as folder:
        service = Service(Path(folder) / "workspace")
        service.call(api.Unlock(passphrase="a throwaway passphrase", create=True))
        for kind, rows in zip(("taught", "asked"), _parts(name), strict=True):
            path = Path(folder) / f"{kind}.jsonl"
            path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
            service.call(api.ImportData(path=str(path), name=kind, kind="entities"))
        trained = service.call(api.TrainEntities(dataset="taught", pack="reader", method=method, seed=seed))
        found = service.call(api.EvaluateEntities(pack="reader", dataset="asked"))
        service.close()
    return {
        "set": name, "method": trained.method, "seed": seed, "texts": found.n, "precision": round(found.precision, 4),
        "recall": round(found.recall, 4), "f1": round(found.f1, 4), "macro_f1": round(found.macro_f1, 4),
        "held_out_f1": round(trained.metrics["f1"], 4), "ece": round(trained.metrics["ece"], 4),
        "seconds": trained.seconds, "epochs": trained.epochs, "peak_mb": trained.peak_mb,
        "adapter_bytes": trained.adapter_bytes, "quantisation": trained.quantisation,
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="*", help="ncbi, cluener, crossner (all three domains); all of them without")
    parser.add_argument("--method", default="head")
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    wanted = args.sets or ["ncbi", "cluener", "crossner"]
    for name in (one for one in (*SETS, "cluener") if one in wanted or one.partition("-")[0] in wanted):
        print(json.dumps(measure(name, args.method, args.seed)), flush=True)


if __name__ == "__main__":
    main()
