"""What the scripts about reading share: the public tables, and an engine over a throwaway workspace."""

from __future__ import annotations

import csv
import gzip
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from engine import api  # noqa: E402
from engine.host.service import Service  # noqa: E402

DATA = ROOT.parent / "shared" / "data"
PRECISIONS = (0.95, 0.98, 0.99)

Rows = list[tuple[str, str]]


class Outcome(NamedTuple):
    """`promises`: per asked-for precision: share answered, share right of those."""

    accuracy: float
    macro_f1: float
    ece: float
    told: float
    seconds: float
    adapter_bytes: int
    features: str
    promises: dict[float, tuple[float, float]]


def read(name: str, split: str) -> Rows:
    """Texts and labels of a public table."""
    with gzip.open(DATA / name / f"{split}.csv.gz", "rt", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [(row["text"], row["label"]) for row in rows]


@contextmanager
def engine() -> Iterator[Service]:
    with tempfile.TemporaryDirectory() as folder:
        service = Service(Path(folder) / "workspace")
        service.call(api.Unlock(passphrase="only for measuring", create=True))
        yield service
        service.close()


def store(service: Service, name: str, rows: Rows, folder: Path) -> None:
    path = folder / f"{name}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["text", "label"])
        writer.writerows(rows)
    service.call(api.ImportData(path=str(path), name=name, kind="labelled", replace=True))


def teach_and_test(service: Service, pack: str, train: Rows, test: Rows, *, seed: int = 0) -> Outcome:
    """Teach on one table and ask every text of the other."""
    with tempfile.TemporaryDirectory() as folder:
        store(service, f"{pack} train", train, Path(folder))
        store(service, f"{pack} test", test, Path(folder))
    began = time.monotonic()
    taught = service.call(api.TrainClassifier(dataset=f"{pack} train", pack=pack, method="head", seed=seed))
    seconds = time.monotonic() - began
    scored = service.call(api.Evaluate(pack=pack, dataset=f"{pack} test"))
    card = service.call(api.GetModelCard(name=pack))
    features = next(line for line in card.card.splitlines() if line.startswith("- features"))
    promises = {precision: _promise(service, pack, test, precision) for precision in PRECISIONS}
    return Outcome(
        scored.accuracy, scored.macro_f1, scored.ece, taught.metrics["accuracy"], seconds, taught.adapter_bytes,
        "both" if "together" in features else "lexical" if "alone" in features else "encoder", promises,
    )  # fmt: skip


def _promise(service: Service, pack: str, test: Sequence[tuple[str, str]], precision: float) -> tuple[float, float]:
    texts = tuple(text for text, _ in test)
    answers = service.call(api.Classify(texts=texts, pack=pack, precision=precision)).results
    kept = [answer.label == label for answer, (_, label) in zip(answers, test, strict=True) if not answer.abstain]
    return len(kept) / len(test), sum(kept) / len(kept) if kept else float("nan")


def told_promises(promises: dict[float, tuple[float, float]]) -> str:
    return "  ".join(f"{asked}: {share:.1%} at {right:.2%}" for asked, (share, right) in promises.items())
