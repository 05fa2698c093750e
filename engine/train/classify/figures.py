"""What is told of a taught skill: its figures on held-out texts, and how it does on parts and changes of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

import msgspec
import numpy as np
from numpy.typing import NDArray

from engine.train.classify import calibrate, metrics
from engine.train.classify.choose import HeldOut
from engine.train.classify.spec import TeachSpec
from engine.train.report.measure import Measured


class Link(Protocol):
    """What the worker's side of a job offers (engine/jobs/child.py)."""

    def report(
        self, done: int, total: int | None, stage: str, note: str = "", values: dict[str, float] | None = None
    ) -> None: ...


def calibrated(answers: HeldOut, truth: NDArray[np.int64]) -> tuple[float, list[calibrate.Level]]:
    if len(answers.rows) == 0:
        return 1.0, []
    asked = truth[answers.rows]
    temperature = calibrate.fit_temperature(answers.logits, asked)
    scores = calibrate.probabilities(answers.logits, temperature)
    return temperature, calibrate.levels(scores.max(axis=1), scores.argmax(axis=1) == asked)


def figures(
    texts: tuple[str, ...],
    truth: NDArray[np.int64],
    logits: NDArray[np.float32],
    temperature: float,
    labels: tuple[str, ...],
) -> dict[str, Any]:
    before = calibrate.probabilities(logits, 1.0)
    after = calibrate.probabilities(logits, temperature)
    answers, scores = after.argmax(axis=1), after.max(axis=1) if len(after) else np.zeros(0, dtype=np.float32)
    right = answers == truth
    counts = metrics.count_answers(truth, answers, labels)
    low, high = metrics.wilson_interval(int(right.sum()), len(truth))
    known = truth >= 0
    return {
        "metrics": {
            "accuracy": counts.accuracy,
            "accuracy_low": low,
            "accuracy_high": high,
            "macro_f1": counts.macro_f1,
            "ece": metrics.calibration_error(scores, right),
            "ece_before": metrics.calibration_error(before.max(axis=1), right) if len(right) else 0.0,
            "surprise": calibrate.surprise(logits[known], truth[known], temperature) if known.any() else 0.0,
            "n_valid": float(len(truth)),
        },
        "per_label": counts.per_label,
        "confusion": tuple(tuple(row) for row in counts.confusion.tolist()),
        "risk_coverage": metrics.risk_coverage(scores, right),
        "mistakes": metrics.confident_mistakes(texts, truth, answers, scores, labels),
    }


def measure_skill(
    spec: TeachSpec,
    logits_of: Callable[[Sequence[str]], NDArray[np.float32]],
    texts: list[str],
    truth: NDArray[np.int64],
    given: NDArray[np.float32],
    rows: NDArray[np.int64],
    columns: dict[str, list[str]],
    temperature: float,
    vectors: NDArray[np.float32] | None,
    taught_truth: NDArray[np.int64],
    link: Link,
) -> Measured:
    """Slices, robustness and what belongs to no label, on texts that the answering head was not taught.

    Args:
        texts, truth, given: held-out texts, their labels and the answers to them.
        rows: of these, the ones that `logits_of` was not taught.
        columns: of the data set, a value per held-out text.
    """
    from engine.train.report.measure import measure
    from engine.train.report.out_of_scope import leave_labels_out

    def check() -> None:
        link.report(0, None, "check")

    def answer(changed: Sequence[str]) -> NDArray[np.float32]:
        return calibrate.probabilities(logits_of(changed), temperature)

    check()
    every = measure(
        answer, texts, truth, spec.labels, seed=spec.seed, check=check, probabilities=given, untaught=rows,
        columns=columns,
    )  # fmt: skip
    if vectors is None or len(taught_truth) != len(vectors):
        return every
    foreign = leave_labels_out(vectors, taught_truth, spec.labels, spec.seed, check=check)
    return msgspec.structs.replace(every, out_of_scope=foreign)


def held_columns(spec: TeachSpec, answers: HeldOut) -> dict[str, list[str]]:
    """Values of the data set's other columns for the held-out texts."""
    if spec.valid_texts:
        return {name: list(values) for name, values in spec.valid_columns.items()}
    return {name: [values[row] for row in answers.rows.tolist()] for name, values in spec.columns.items()}
