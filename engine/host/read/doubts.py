"""Look for wrong labels in a stored data set: a sample of its rows, embedded here, judged in a worker."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

import numpy as np

from engine.api import Control, LintFinding
from engine.dataset.split import sample_rows
from engine.errors import WorkerDied, WorkerHung, WorkerOutOfMemory
from engine.host.context import Context
from engine.host.read.reading import reader_of, reading_of
from engine.runtimes.long_texts import embed_long
from engine.train.classify.doubts import Doubts, DoubtSpec

DRAWN_ROWS = 20_000
MOST_TEXTS, LEAST_TEXTS = 3_000, 50
MOST_CHARS = 400_000  # embedded in about eight seconds on two cores
MOST_LABELS, LEAST_PER_LABEL = 200, 5
TEXT_CHARS = 1_000
SHARE_SAMPLE = 500
TIMEOUT_S = 90.0
MEMORY_MB = 2048.0


class Draw:
    """Takes an even sample of labelled rows while they pass by (reservoir sampling, Vitter 1985, algorithm R)."""

    def __init__(self, seed: int = 0) -> None:
        self._chance = random.Random(seed)
        self._passed = 0
        self.rows: list[tuple[str, str]] = []

    def watch(self, rows: Iterable[Mapping[str, str]]) -> Iterator[Mapping[str, str]]:
        for row in rows:
            yield row
            text, label = row["text"].strip(), row["label"].strip()
            if not text or not label:
                continue
            self._passed += 1
            if len(self.rows) < DRAWN_ROWS:
                self.rows.append((text[:TEXT_CHARS], label))
            elif (place := self._chance.randrange(self._passed)) < DRAWN_ROWS:
                self.rows[place] = (text[:TEXT_CHARS], label)


def doubtful_labels(ctx: Context, name: str, rows: list[tuple[str, str]], ctl: Control) -> LintFinding | None:
    """The finding about labels that are probably wrong; None where there is none or too little to judge by.

    Args:
        name: of the data set, for messages.
        rows: (text, label), a sample of the data set.
    """
    spec = _spec(ctx, rows, ctl)
    if spec is None:
        return None
    try:
        found: Doubts = ctx.workers.run(
            "find_doubts", spec, ctl, title=f"Check {name}", timeout_s=TIMEOUT_S, memory_mb=MEMORY_MB
        )
    except (WorkerDied, WorkerHung, WorkerOutOfMemory) as error:
        return LintFinding("label_noise_unknown", "note", f"Wrong labels were not looked for: {error.message}", 0)
    return found.finding


def _spec(ctx: Context, rows: list[tuple[str, str]], ctl: Control) -> DoubtSpec | None:
    """The texts to be judged: of labels with enough texts, so many as can be embedded in a few seconds."""
    counts = Counter(label for _, label in rows)
    names = sorted(label for label, count in counts.most_common(MOST_LABELS) if count >= LEAST_PER_LABEL)
    numbers = {label: number for number, label in enumerate(names)}
    rows = [(text, label) for text, label in rows if label in numbers]
    if len(names) < 2 or len(rows) < LEAST_TEXTS:
        return None
    truth = np.fromiter((numbers[label] for _, label in rows), np.int64, len(rows))
    mean_chars = sum(len(text) for text, _ in rows) / len(rows)
    most = min(MOST_TEXTS, max(LEAST_TEXTS, int(MOST_CHARS / mean_chars)))
    kept = sample_rows(truth, most, least=LEAST_PER_LABEL)
    texts = [rows[row][0] for row in kept.tolist()]
    reading = reading_of(ctx, texts[:: -(-len(texts) // SHARE_SAMPLE)])
    vectors = b""
    if reading.covered:
        told = embed_long(reader_of(ctx, reading), texts, on_batch=lambda done, total: ctl.report(done, total, "embed"))
        vectors = told.tobytes()
    return DoubtSpec(
        labels=tuple(names),
        texts=tuple(texts),
        truth=tuple(truth[kept].tolist()),
        vectors=vectors,
        dimension=ctx.encoder.dimension,
        known_share=reading.known_share,
    )
