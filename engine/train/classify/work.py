"""The worker's side of teaching: texts, labels and vectors in, the files of a skill and its report out.

Procedure: five folds, stratified by label, equal and nearly equal texts kept together. Features and penalty are chosen
on folds (`choose.py`); heads taught on four folds answer for the fifth, and these answers give the temperature, the
thresholds and every number of the report; the head that is kept is taught on all texts. With a separate valid set, the
kept head itself is measured on it, and temperature and thresholds come from the folds as before.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import msgspec
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from engine.api import CurvePoint, LabelReport, LintFinding, OutOfScope, RiskPoint, RobustnessScore, SliceScore
from engine.dataset.near_groups import group_near
from engine.dataset.noise import label_noise
from engine.dataset.split import ALWAYS_TAUGHT, Folds, make_folds
from engine.train.classify import calibrate, metrics
from engine.train.classify.choose import Choice, HeldOut, choose, held_out, reported_folds
from engine.train.classify.features import Scaling, candidates, cells_for, learn_scaling, make_features, only
from engine.train.classify.files import ADAPTER_FILES, HELD_OUT_FILE, digests, held_out_file, skill_files
from engine.train.classify.head import Head, fit_head
from engine.train.classify.zero import zero_head
from engine.train.encoder.checkpoint import Checkpoint as Checkpoint  # sent by a running training
from engine.train.encoder.settings import AdaptSettings
from engine.train.report.measure import Measured

if TYPE_CHECKING:
    from engine.runtimes.encoder import Encoder
    from engine.train.classify.adapt import AdaptedPart

FOLDS = 5
CHOOSING_SHARE = 0.4  # of the time allowed; the rest is for the report and the head that is kept


class Link(Protocol):
    """What the worker's side of a job offers (engine/jobs/child.py)."""

    def report(
        self, done: int, total: int | None, stage: str, note: str = "", values: dict[str, float] | None = None
    ) -> None: ...


class TeachSpec(Struct, frozen=True):
    """Labels are numbers into `labels`, which is sorted. `vectors` float32 bytes (texts, dimension), empty where the
    encoder does not cover the texts; `label_vectors` (labels, dimension) for zero-shot alone. Valid texts whose label
    the training texts lack carry -1. The last `guessed` texts carry labels that a skill gave them: they are never
    held out, and heads that answer for held-out texts are not taught them."""

    method: str
    labels: tuple[str, ...]
    texts: tuple[str, ...]
    truth: tuple[int, ...]
    vectors: bytes
    dimension: int
    known_share: float
    seed: int = 0
    max_seconds: float | None = None
    label_vectors: bytes = b""
    valid_texts: tuple[str, ...] = ()
    valid_truth: tuple[int, ...] = ()
    valid_vectors: bytes = b""
    guessed: int = 0
    named: int = 0
    """So many texts before the guessed ones are made of the labels' names; they are never held out either."""
    adapt: AdaptSettings | None = None
    """For lora, adalora, prefix and full; the fields below belong to these methods alone."""
    encoder_folder: str = ""
    threads: int = 0
    smoothing: float = 0.1
    balance: bool = False
    augment: bool = False
    teacher: bytes = b""
    """float32 (texts, labels), a larger skill's probabilities; empty for none."""
    columns: dict[str, tuple[str, ...]] = {}
    """Other columns of the data set, a value for each text that may be held out; the report tells the accuracy by
    their values. With valid texts, it goes by `valid_columns`."""
    valid_columns: dict[str, tuple[str, ...]] = {}
    resume: bytes = b""
    looseness: float | None = None
    """Of the head, with `share_balance`, where a search has found them; None lets the training choose."""
    share_balance: float = 0.0


class Taught(Struct, frozen=True):
    """The skill's files and what is known of it. `checked`: "folds" or "valid set"; `adapter_bytes` counts what
    serving needs."""

    files: dict[str, bytes]
    adapter_bytes: int
    features: str
    looseness: float
    balance: float
    rounds: int
    checked: str
    folds: int
    metrics: dict[str, float]
    per_label: tuple[LabelReport, ...]
    confusion: tuple[tuple[int, ...], ...]
    risk_coverage: tuple[RiskPoint, ...]
    mistakes: tuple[dict[str, Any], ...]
    unchecked_labels: tuple[str, ...]
    peak_mb: float
    passes: float = 0.0
    curve: tuple[CurvePoint, ...] = ()
    quantisation: dict[str, float] = {}
    notes: tuple[str, ...] = ()
    slices: tuple[SliceScore, ...] = ()
    robustness: tuple[RobustnessScore, ...] = ()
    out_of_scope: OutOfScope | None = None
    doubts: LintFinding | None = None
    """Labels that are probably wrong, by what heads say that were not taught them."""


class _Steps:
    """Progress of a work whose number of rounds is not known beforehand: counts rounds, and keeps the time."""

    def __init__(self, link: Link, max_seconds: float | None) -> None:
        self._link, self._done = link, 0
        # Without a limit everything is tried, so that the same data and seed give the same skill on any machine.
        self._choose_until = math.inf if max_seconds is None else time.monotonic() + CHOOSING_SHARE * max_seconds

    def __call__(self, stage: str) -> None:
        self._done += 1
        self._link.report(self._done, None, stage)

    def may_choose(self) -> bool:
        return time.monotonic() < self._choose_until


def teach(spec: TeachSpec, link: Link) -> Taught:
    """Teach a skill; see the module's text."""
    steps = _Steps(link, spec.max_seconds)
    steps("teach")
    truth = np.asarray(spec.truth, dtype=np.int64)
    vectors = _vectors(spec.vectors, spec.dimension)
    folds = folds_of(spec)
    if spec.method == "zero":
        choice = Choice("encoder", 0.0, 0.0)
        scaling, head = zero_head(_require(_vectors(spec.label_vectors, spec.dimension)))
        # A label's only text was taken for its description (see zero.py), so nothing is left to check with.
        described = len(set(spec.truth)) == len(spec.truth)
        rows = np.arange(0 if described else len(truth))
        features = make_features(spec.texts, vectors, scaling)
        answers = HeldOut(rows, head.logits(features.take(rows)))
    else:
        choice, scaling, head, answers = _fit(spec, truth, vectors, folds, steps)
    temperature, table = _calibrated(answers, truth)
    doubts = None
    if spec.method != "zero" and len(answers.rows):
        asked = [spec.texts[row] for row in answers.rows.tolist()]
        told = calibrate.probabilities(answers.logits, temperature)
        doubts = label_noise(told, truth[answers.rows], asked, spec.labels)

    checked, texts, asked_truth, logits = "folds", spec.texts, truth[answers.rows], answers.logits
    taught_texts: tuple[str, ...] = tuple(spec.texts[row] for row in answers.rows.tolist())
    if spec.valid_texts:
        checked, texts = "valid set", spec.valid_texts
        asked_truth = np.asarray(spec.valid_truth, dtype=np.int64)
        logits = head.logits(make_features(texts, _vectors(spec.valid_vectors, spec.dimension), scaling))
    adapted: AdaptedPart | None = None
    head_asked = Asked(spec, choice, scaling, head if spec.valid_texts else answers.first)
    if spec.adapt is not None:
        adapted = _adapt(spec, truth, vectors, answers, logits, head_asked, link)
        answers, logits = HeldOut(adapted.rows, adapted.logits), adapted.logits
        if not spec.valid_texts:
            asked_truth = truth[answers.rows]
            taught_texts = tuple(spec.texts[row] for row in answers.rows.tolist())
            temperature, table = _calibrated(answers, truth)
        else:
            known = asked_truth >= 0
            rows = np.flatnonzero(known)
            temperature, table = _calibrated(HeldOut(np.arange(len(rows)), logits[known]), asked_truth[known])
            taught_texts = spec.valid_texts
    report = _report(texts if spec.valid_texts else taught_texts, asked_truth, logits, temperature, spec.labels)
    report["metrics"]["n_train"] = float(len(truth) - spec.guessed - spec.named)
    if spec.guessed:
        report["metrics"]["n_guessed"] = float(spec.guessed)
    report["metrics"]["temperature"] = temperature
    measured = Measured()
    if spec.method != "zero":
        rows = np.arange(len(asked_truth)) if spec.valid_texts or adapted else np.arange(answers.first_rows)
        measured = _measure(
            spec,
            adapted.answer if adapted is not None else head_asked,
            [*(spec.valid_texts or taught_texts)],
            asked_truth,
            calibrate.probabilities(logits, temperature),
            rows,
            _columns(spec, answers),
            temperature,
            vectors,
            truth,
            link,
        )
        if measured.auc is not None:
            report["metrics"]["auc"] = measured.auc

    files = skill_files(spec.labels, scaling, head, temperature, table, adapted)
    answered, rights = answers.logits.argmax(axis=1), asked_truth if adapted is not None else truth[answers.rows]
    kept = rights >= 0
    files[HELD_OUT_FILE] = held_out_file(digests(spec.texts), digests(taught_texts)[kept], rights[kept], answered[kept])
    return Taught(
        files=files,
        adapter_bytes=sum(len(files[name]) for name in ADAPTER_FILES if name in files),
        features=choice.features,
        looseness=choice.looseness,
        balance=choice.balance,
        rounds=head.rounds,
        checked=checked,
        folds=len(reported_folds(folds)) if spec.method != "zero" else 0,
        unchecked_labels=tuple(spec.labels[number] for number in folds.single) if spec.method != "zero" else (),
        peak_mb=_peak_mb(),
        passes=adapted.passes if adapted is not None else 0.0,
        curve=adapted.curve if adapted is not None else (),
        quantisation=adapted.quantisation if adapted is not None else {},
        notes=adapted.notes if adapted is not None else (),
        slices=measured.slices,
        robustness=measured.robustness,
        out_of_scope=measured.out_of_scope,
        doubts=doubts,
        **report,
    )


def folds_of(spec: TeachSpec) -> Folds:
    """The folds of a training; the same labelled texts and seed give the same folds, with guessed texts or without."""
    known = len(spec.texts) - spec.guessed
    truth = np.asarray(spec.truth[:known], dtype=np.int64)
    folds = make_folds(truth, group_near(spec.texts[:known], truth), count=FOLDS, seed=spec.seed)
    folds.fold_of[known - spec.named :] = ALWAYS_TAUGHT
    return folds.with_guessed(spec.guessed)


class Asked:
    """Asks a head any texts: logits, float32 (texts, labels). The encoder is opened when it is first needed."""

    def __init__(self, spec: TeachSpec, choice: Choice, scaling: Scaling, head: Head | None) -> None:
        self._spec, self._choice, self._scaling, self._head = spec, choice, scaling, head
        self._encoder: Encoder | None = None

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        from engine.runtimes.encoder import Encoder
        from engine.runtimes.long_texts import embed_long

        if self._head is None:
            return np.zeros((len(texts), len(self._spec.labels)), dtype=np.float32)
        vectors = None
        if self._choice.features != "lexical":
            if self._encoder is None:
                self._encoder = Encoder.open(Path(self._spec.encoder_folder), threads=self._spec.threads or None)
            vectors = embed_long(self._encoder, texts)
        return self._head.logits(only(make_features(texts, vectors, self._scaling), self._choice.features))


def _adapt(
    spec: TeachSpec,
    truth: NDArray[np.int64],
    vectors: NDArray[np.float32] | None,
    answers: HeldOut,
    valid_logits: NDArray[np.float32],
    head_answer: Asked,
    link: Link,
) -> AdaptedPart:
    """Adapt the encoder; what is held out is the valid set, or the first of the reported folds."""
    from engine.train.classify.adapt import adapt

    if vectors is None:
        raise ValueError("the encoder does not cover these texts")
    if spec.valid_texts:
        rows = len(spec.texts) + np.arange(len(spec.valid_texts))
        return adapt(spec, truth, vectors, rows, valid_logits, head_answer, link)
    first = slice(answers.first_rows)
    return adapt(spec, truth, vectors, answers.rows[first], answers.logits[first], head_answer, link)


def _measure(
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


def _columns(spec: TeachSpec, answers: HeldOut) -> dict[str, list[str]]:
    """Values of the data set's other columns for the held-out texts."""
    if spec.valid_texts:
        return {name: list(values) for name, values in spec.valid_columns.items()}
    return {name: [values[row] for row in answers.rows.tolist()] for name, values in spec.columns.items()}


def _fit(
    spec: TeachSpec, truth: NDArray[np.int64], vectors: NDArray[np.float32] | None, folds: Folds, steps: _Steps
) -> tuple[Choice, Scaling, Head, HeldOut]:
    sets = candidates(spec.known_share if vectors is not None else 0.0, len(spec.labels))
    cells = cells_for(len(spec.labels))
    used = vectors if any(chosen != "lexical" for chosen in sets) else None
    scaling, features = learn_scaling(spec.texts, used, cells)
    choice = choose(features, truth, len(spec.labels), folds, sets, steps, steps.may_choose)
    if spec.looseness is not None:
        choice = choice._replace(looseness=spec.looseness, balance=spec.share_balance)
    answers = held_out(features, truth, len(spec.labels), folds, reported_folds(folds), choice, steps)
    head = fit_head(
        only(features, choice.features),
        truth,
        len(spec.labels),
        looseness=choice.looseness,
        balance=choice.balance,
        on_round=lambda: steps("teach"),
    )
    kept = Scaling(
        scaling.mean if choice.features != "lexical" else None,
        scaling.scale,
        scaling.rarities if choice.features != "encoder" else None,
        scaling.axes if choice.features != "lexical" else None,
    )
    return choice, kept, head, answers


def _calibrated(answers: HeldOut, truth: NDArray[np.int64]) -> tuple[float, list[calibrate.Level]]:
    if len(answers.rows) == 0:
        return 1.0, []
    asked = truth[answers.rows]
    temperature = calibrate.fit_temperature(answers.logits, asked)
    scores = calibrate.probabilities(answers.logits, temperature)
    return temperature, calibrate.levels(scores.max(axis=1), scores.argmax(axis=1) == asked)


def _report(
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


def _vectors(body: bytes, dimension: int) -> NDArray[np.float32] | None:
    return np.frombuffer(body, dtype=np.float32).reshape(-1, dimension) if body else None


def _require(vectors: NDArray[np.float32] | None) -> NDArray[np.float32]:
    if vectors is None:
        raise ValueError("zero-shot needs the labels' vectors")
    return vectors


def _peak_mb() -> float:
    """The most memory this process has used so far, in MB; 0 where the system does not tell."""
    try:
        import resource
        import sys
    except ImportError:
        return 0.0
    units = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / units, 1)
