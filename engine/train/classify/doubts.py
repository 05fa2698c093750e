"""Wrong labels in a data set that nothing is taught from yet: quick heads on folds, and what they say.

A training looks at its own folds instead (`engine.dataset.noise.label_noise`) and needs nothing of this.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from engine.api import LintFinding
from engine.dataset.noise import label_noise
from engine.dataset.split import group_texts, make_folds
from engine.train.classify.calibrate import fit_temperature, probabilities
from engine.train.classify.choose import Choice, held_out
from engine.train.classify.features import COVERED_SHARE, FEW_LABELS, UNCOVERED_SHARE, cells_for, learn_scaling

LOOSENESS = 3.0  # among 3, 10 and 30 it told wrong labels best on banking77, by little
FOLDS, FOLDS_OF_MANY = 5, 3
MANY_LABELS = 100


class Link(Protocol):
    """What the worker's side of a job offers (engine/jobs/child.py)."""

    def report(self, done: int, total: int | None, stage: str, note: str = "") -> None: ...


class DoubtSpec(Struct, frozen=True):
    """`truth` are numbers into `labels`; `vectors` float32 bytes (texts, dimension), empty where the encoder does not
    cover the texts; `known_share` as for teaching."""

    labels: tuple[str, ...]
    texts: tuple[str, ...]
    truth: tuple[int, ...]
    vectors: bytes
    dimension: int
    known_share: float
    seed: int = 0


class Doubts(Struct, frozen=True):
    finding: LintFinding | None


def find_doubts(spec: DoubtSpec, link: Link) -> Doubts:
    """The finding about probably wrong labels, or None; see `engine.dataset.noise`."""
    truth = np.asarray(spec.truth, dtype=np.int64)
    answers, rows = answers_of_folds(spec, link)
    texts = [spec.texts[row] for row in rows.tolist()]
    return Doubts(label_noise(answers, truth[rows], texts, spec.labels) if len(rows) else None)


def answers_of_folds(spec: DoubtSpec, link: Link) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Calibrated answers, float32 (n, labels), by heads that were not taught the text, and the texts' rows."""
    count, truth = len(spec.labels), np.asarray(spec.truth, dtype=np.int64)
    vectors = np.frombuffer(spec.vectors, dtype=np.float32).reshape(-1, spec.dimension) if spec.vectors else None
    choice = Choice("both", LOOSENESS, 0.0)
    if vectors is None or spec.known_share < UNCOVERED_SHARE:
        choice, vectors = choice._replace(features="lexical"), None
    elif spec.known_share >= COVERED_SHARE and count > FEW_LABELS:
        choice = choice._replace(features="encoder")  # as good here as both, in a third of the time
    cells = 0 if choice.features == "encoder" else cells_for(count)
    _, features = learn_scaling(spec.texts, vectors, cells)
    folds = make_folds(
        truth, group_texts(spec.texts), count=FOLDS if count <= MANY_LABELS else FOLDS_OF_MANY, seed=spec.seed
    )
    done = 0

    def step(_stage: str) -> None:
        nonlocal done
        done += 1
        link.report(done, None, "check")

    found = held_out(features, truth, count, folds, range(folds.total), choice, step)
    if len(found.rows) == 0:
        return found.logits, found.rows
    temperature = fit_temperature(found.logits, truth[found.rows])
    return probabilities(found.logits, temperature), found.rows
