"""Read: teach a skill, label texts and files with it, and evaluate it."""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np

from engine.api import (
    Classified,
    ClassifierTrained,
    Classify,
    ClassifyFile,
    Control,
    Evaluate,
    Evaluated,
    FileClassified,
    TextLabel,
    TrainClassifier,
)
from engine.errors import DataUnusable, UsageError
from engine.host.context import Context
from engine.host.read import label_file
from engine.host.read.skills import foreign, open_pack, vectors_for, zero_skill
from engine.host.registry import handles
from engine.host.teach import classifier
from engine.host.teach.taught import count_taught
from engine.serve.classify.answers import text_labels
from engine.serve.classify.skill import NOBODY, Skill
from engine.store import datasets
from engine.train.classify import metrics
from engine.train.report.area import binary_auc

BATCH_TEXTS = 1000


@handles(TrainClassifier)
def train_classifier(ctx: Context, request: TrainClassifier, ctl: Control) -> ClassifierTrained:
    return classifier.teach(ctx, request, ctl)


@handles(Classify)
def classify(ctx: Context, request: Classify, ctl: Control) -> Classified:
    began = time.monotonic()
    skill = _skill(ctx, request.pack, request.labels)
    threshold, notice = _threshold(skill, request.precision)
    results: list[TextLabel] = []
    for begin in range(0, len(request.texts), BATCH_TEXTS):
        ctl.check()
        results.extend(_label(ctx, skill, request.texts[begin : begin + BATCH_TEXTS], threshold, ctl))
    return Classified(
        results=tuple(results), threshold=threshold, seconds=round(time.monotonic() - began, 4), notice=notice
    )


@handles(ClassifyFile)
def classify_file(ctx: Context, request: ClassifyFile, ctl: Control) -> FileClassified:
    skill = _skill(ctx, request.pack, request.labels)
    threshold, notice = _threshold(skill, request.precision)

    def label(texts: Sequence[str]) -> list[TextLabel]:
        return _label(ctx, skill, texts, threshold, ctl)

    return label_file.label_file(ctx, request, label, notice, ctl)


@handles(Evaluate)
def evaluate(ctx: Context, request: Evaluate, ctl: Control) -> Evaluated:
    skill = open_pack(ctx, request.pack).skill
    rows = [
        (row["text"], row["label"].strip())
        for row in datasets.read_rows(ctx.store, request.dataset, "labelled")
        if row["text"].strip() and row["label"].strip()
    ]
    if not rows:
        raise DataUnusable(name=request.dataset, reason="it has no labelled texts.")
    texts = [text for text, _ in rows]
    numbers = {label: number for number, label in enumerate(skill.labels)}
    truth = np.fromiter((numbers.get(label, -1) for _, label in rows), np.int64, len(rows))
    vectors = vectors_for(ctx, skill, texts, lambda done, total: ctl.report(done, total, "embed"))
    ctl.check()
    probabilities = skill.probabilities(texts, vectors)
    answers, scores = probabilities.argmax(axis=1), probabilities.max(axis=1)
    counts = metrics.count_answers(truth, answers, skill.labels)
    return Evaluated(
        n=len(rows),
        accuracy=counts.accuracy,
        macro_f1=counts.macro_f1,
        per_label=counts.per_label,
        labels=skill.labels,
        confusion=tuple(tuple(row) for row in counts.confusion.tolist()),
        ece=metrics.calibration_error(scores, answers == truth),
        risk_coverage=metrics.risk_coverage(scores, answers == truth),
        unknown_labels=tuple(sorted({label for _, label in rows} - set(skill.labels))),
        auc=binary_auc(probabilities, truth),
        taught=count_taught(ctx, request.pack, texts),
    )


def _skill(ctx: Context, pack: str | None, labels: Sequence[str]) -> Skill:
    if pack and labels:
        raise UsageError(reason="Give either a skill or labels, not both.")
    if pack:
        return open_pack(ctx, pack).skill
    return zero_skill(ctx, labels)


def _threshold(skill: Skill, precision: float | None) -> tuple[float, str]:
    """The score below which to abstain, and what a person should know about it."""
    if precision is None:
        return 0.0, ""
    if not 0 < precision < 1:
        raise UsageError(reason=f"The precision must lie between 0 and 1, for example 0.98; {precision} was given.")
    promise = skill.promise(precision)
    if promise.kept:
        return promise.threshold, ""
    if skill.calibration.held_out == 0:
        raise UsageError(reason="A precision can only be promised by a skill that was checked on labelled texts.")
    can = f"at most {promise.best:g} can be" if promise.best else "no precision can be"
    return NOBODY, (
        f"A precision of {precision:g} cannot be promised from the {skill.calibration.held_out:,} held-out texts "
        f"of this skill ({can}), so every text is left to you. Ask for less, or teach with more texts."
    )


def _label(ctx: Context, skill: Skill, texts: Sequence[str], threshold: float, ctl: Control) -> list[TextLabel]:
    vectors = vectors_for(ctx, skill, texts, lambda _done, _total: ctl.check())
    answers = text_labels(texts, skill.probabilities(texts, vectors), skill.labels, threshold)
    if threshold == 0:
        return list(answers)
    # A script that the encoder does not know gives scores that mean nothing, however high they are.
    unread = foreign(ctx, skill, texts)
    return [
        TextLabel(one.text, one.label, one.score, one.abstain or bool(unread[row]), one.top)
        for row, one in enumerate(answers)
    ]
