"""The worker's side of teaching: texts, labels and vectors in, the files of a skill and its report out.

Procedure: five folds, stratified by label, equal and nearly equal texts kept together. Features and penalty are chosen
on folds (`choose.py`); heads taught on four folds answer for the fifth, and these answers give the temperature, the
thresholds and every number of the report; the head that is kept is taught on all texts. With a separate valid set, the
kept head itself is measured on it, and temperature and thresholds come from the folds as before.
"""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.dataset.noise import label_noise
from engine.dataset.split import Folds
from engine.train.classify import calibrate
from engine.train.classify.asked import Asked
from engine.train.classify.choose import Choice, HeldOut, choose, held_out, reported_folds
from engine.train.classify.features import Scaling, candidates, cells_for, learn_scaling, make_features, only
from engine.train.classify.figures import Link, calibrated, figures, held_columns, measure_skill
from engine.train.classify.files import ADAPTER_FILES, HELD_OUT_FILE, digests, held_out_file, skill_files
from engine.train.classify.folds import folds_of
from engine.train.classify.head import Head, fit_head
from engine.train.classify.spec import Taught as Taught  # these three pass between this task and the host
from engine.train.classify.spec import TeachSpec as TeachSpec
from engine.train.classify.zero import zero_head
from engine.train.encoder.checkpoint import Checkpoint as Checkpoint
from engine.train.report.measure import Measured

if TYPE_CHECKING:
    from engine.train.classify.adapt import AdaptedPart

CHOOSING_SHARE = 0.4  # of the time allowed; the rest is for the report and the head that is kept


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
    temperature, table = calibrated(answers, truth)
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
            temperature, table = calibrated(answers, truth)
        else:
            known = asked_truth >= 0
            rows = np.flatnonzero(known)
            temperature, table = calibrated(HeldOut(np.arange(len(rows)), logits[known]), asked_truth[known])
            taught_texts = spec.valid_texts
    report = figures(texts if spec.valid_texts else taught_texts, asked_truth, logits, temperature, spec.labels)
    report["metrics"]["n_train"] = float(len(truth) - spec.guessed - spec.named)
    if spec.guessed:
        report["metrics"]["n_guessed"] = float(spec.guessed)
    report["metrics"]["temperature"] = temperature
    measured = Measured()
    if spec.method != "zero":
        rows = np.arange(len(asked_truth)) if spec.valid_texts or adapted else np.arange(answers.first_rows)
        measured = measure_skill(
            spec,
            adapted.answer if adapted is not None else head_asked,
            [*(spec.valid_texts or taught_texts)],
            asked_truth,
            calibrate.probabilities(logits, temperature),
            rows,
            held_columns(spec, answers),
            temperature,
            vectors,
            truth,
            link,
        )
        if measured.auc is not None:
            report["metrics"]["auc"] = measured.auc

    files = skill_files(spec.labels, scaling, head, temperature, table, adapted, spec.languages)
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
