"""From a labelled data set to a stored version of a skill, put to use if it does not lose."""

from __future__ import annotations

import math
import time
from collections import defaultdict
from typing import Any

import msgspec
import numpy as np
from msgspec.structs import replace

from engine.api import ClassifierTrained, Control, TrainClassifier
from engine.dataset.lint import folded_text
from engine.dataset.split import sample_rows
from engine.errors import DataUnusable, UnknownName, UsageError
from engine.host.context import Context
from engine.host.read.adapting import adapt_settings, adapts, teacher_probabilities
from engine.host.read.compare import compare_versions
from engine.host.read.label_names import name_texts
from engine.host.read.skills import COVERED_SHARE, label_vectors
from engine.host.teach import pseudo, replay
from engine.host.teach.check_device import check_device
from engine.host.teach.check_fields import check_fields
from engine.host.teach.forecast import Data, choose_method
from engine.host.teach.labelled import Labelled, read_labelled, read_valid
from engine.host.teach.memory import need_for
from engine.host.teach.search import search_settings
from engine.host.teach.unfinished import Keeper
from engine.runtimes.long_texts import embed_long
from engine.serve.classify.skill import TASK
from engine.store import packs
from engine.train.classify.card import write_card
from engine.train.classify.champion import Verdict
from engine.train.classify.work import Taught, TeachSpec
from engine.train.classify.zero import descriptions

FORMAT = 1
MOST_TEXTS = 200_000  # taught at once: 300 MB of vectors; more texts of the same kind no longer change a head
LEAST_PER_LABEL = 200
SHARE_SAMPLE = 2_000
IDLE_S = 600.0
SMOOTHING = 0.1  # where nothing else is asked for
METHODS = ("auto", "zero", "head", "lora", "adalora", "prefix", "full")


def teach(ctx: Context, request: TrainClassifier, ctl: Control, resume: bytes = b"") -> ClassifierTrained:
    """Teach a skill.

    Args:
        resume: the checkpoint of an interrupted training to go on with (engine/host/teach/unfinished.py).

    Raises:
        UsageError: method or device that this version or this machine does not have.
        DataUnusable: what the lint calls an error, or too few labelled texts.
        UnknownName, PackUnusable, Cancelled.
    """
    began = time.monotonic()
    _check_request(request)
    check_device(ctx, request.device, ctl)
    _check_name_is_free(ctx, request.pack)
    if request.options.teacher is not None:
        packs.current_version(ctx.store, request.options.teacher, TASK)
    data, findings = read_labelled(ctx, request.dataset, ctl, more_follow=request.options.continual)
    notes: list[str] = []
    replayed = 0
    if request.options.continual:
        texts, labels, replayed = replay.with_replayed(ctx, request.pack, data.name, data.texts, data.labels)
        data = Labelled(data.name, texts, labels, data.columns)
        if replayed:
            notes.append(f"{replayed:,} texts that the version in use was taught were learned along.")
    names = tuple(sorted(set(data.labels)))
    method = _method(request.method, data, names)
    if request.method == "auto" and method == "head":
        method, why = choose_method(ctx, request, Data(data.name, data.texts, data.labels), ctl)
        notes.append(why)
    needs_mb = need_for(method, data.texts[:MOST_TEXTS], len(names))
    ctx.workers.governor.require(f"Training {request.pack} ({method})", needs_mb)
    valid, more = read_valid(ctx, request.valid_dataset, data, ctl)
    findings = (*findings, *more)

    spec = _spec(ctx, request, method, data, names, valid, ctl)
    if request.options.unlabelled is not None and method != "zero":
        spec, told_of_guessed = pseudo.with_guessed(ctx, request.pack, request.options.unlabelled, spec, ctl)
        notes.append(told_of_guessed)
    settled = replace(request, method=method)
    if adapts(method):
        spec = _adapting(ctx, settled, spec, resume, began)
    if request.options.search_minutes and method != "zero" and not resume:
        settled, spec, told_of_search = search_settings(ctx, settled, spec, ctl, needs_mb)
        notes.append(told_of_search)
    with Keeper(ctx, settled, "classify") as keeper:
        taught: Taught = ctx.workers.run(
            "train_classifier", spec, ctl, title=f"Train {request.pack}", idle_s=IDLE_S, needs_mb=needs_mb,
            on_item=keeper.take,
        )  # fmt: skip
    ctl.check()
    version, verdict = compare_versions(ctx, request.pack, names, taught, spec, ctl)
    result = ClassifierTrained(
        pack=request.pack,
        version=version,
        method=method,
        seconds=round(time.monotonic() - began, 2),
        epochs=math.ceil(taught.passes) if taught.passes else taught.rounds,
        metrics=taught.metrics,
        promoted=verdict.promote,
        peak_mb=taught.peak_mb,
        adapter_bytes=taught.adapter_bytes,
        per_label=taught.per_label,
        labels=names,
        confusion=taught.confusion,
        risk_coverage=taught.risk_coverage,
        mistakes=taught.mistakes,
        lint=findings if taught.doubts is None else (*findings, taught.doubts),
        forgetting=replay.forgetting(verdict) if request.options.continual else {},
        notes=(*notes, *taught.notes),
        curve=taught.curve,
        quantisation=taught.quantisation,
        slices=taught.slices,
        robustness=taught.robustness,
        out_of_scope=taught.out_of_scope,
    )
    card = write_card(request, result, taught, verdict)
    manifest = _manifest(request, result, taught, verdict, card)
    files = dict(taught.files) | {"card.md": card.encode()}
    if replayed:
        files[replay.REPLAY_FILE] = replay.replay_file(
            data.texts, data.labels, per_label=replay.per_label(len(names)), seed=request.seed
        )
    ctl.check()
    with ctx.store.write():  # version and checkpoint in one transaction
        packs.save_version(ctx.store, request.pack, TASK, files, manifest, promote=verdict.promote)
        keeper.finished()
    return result


def _check_request(request: TrainClassifier) -> None:
    if request.method not in METHODS:
        raise UsageError(reason=f"There is no method {request.method}; use {', '.join(METHODS)}.")
    check_fields(request)


def _check_name_is_free(ctx: Context, name: str) -> None:
    """Fail before the work when the name belongs to a model of another task."""
    try:
        packs.current_version(ctx.store, name, TASK)
    except UnknownName:
        return


def _method(asked: str, data: Labelled, names: tuple[str, ...]) -> str:
    distinct: dict[str, set[str]] = defaultdict(set)
    for text, label in zip(data.texts, data.labels, strict=True):
        distinct[label].add(folded_text(text))
    taught = sum(len(texts) >= 2 for texts in distinct.values())
    if asked == "zero":
        return "zero"
    if asked == "auto" and all(len(texts) == 1 for texts in distinct.values()):
        return "zero"
    if taught < 2:
        raise DataUnusable(
            name=data.name,
            reason="a skill needs two labels with at least two different texts each; "
            f"{taught} of {len(names)} labels have them.",
        )
    return "head" if asked == "auto" else asked


def _spec(
    ctx: Context,
    request: TrainClassifier,
    method: str,
    data: Labelled,
    names: tuple[str, ...],
    valid: Labelled,
    ctl: Control,
) -> TeachSpec:
    """What the worker gets. Texts that the encoder does not cover are not embedded at all."""
    began = time.monotonic()
    numbers = {name: number for number, name in enumerate(names)}
    truth = np.fromiter((numbers[label] for label in data.labels), np.int64, len(data.labels))
    rows = sample_rows(truth, MOST_TEXTS, seed=request.seed, least=LEAST_PER_LABEL)
    texts = [data.texts[row] for row in rows.tolist()]
    rng = np.random.default_rng(request.seed)
    sample = rng.choice(len(texts), min(SHARE_SAMPLE, len(texts)), replace=False).tolist()
    share = float(np.median(ctx.encoder.known_share([texts[row] for row in sample])))
    covered = share >= COVERED_SHARE
    label_bytes = b""
    if method == "zero":
        if not covered:
            raise DataUnusable(
                name=request.dataset,
                reason="the bundled encoder does not know its script; give at least two texts per label and use head.",
            )
        by_label: dict[str, list[str]] = defaultdict(list)
        for text, label in zip(data.texts, data.labels, strict=True):
            by_label[label].append(text)
        described = descriptions(names, by_label)
        label_bytes = label_vectors(ctx, described).tobytes()

    def embedded(parts: list[str], stage: str) -> bytes:
        if not covered or not parts:
            return b""
        return embed_long(ctx.encoder, parts, on_batch=lambda done, total: ctl.report(done, total, stage)).tobytes()

    vectors, valid_vectors = embedded(texts, "embed"), embedded(valid.texts, "embed valid")
    named: list[str] = []
    taught = truth[rows]
    if vectors and method != "zero":
        known = np.frombuffer(vectors, dtype=np.float32).reshape(len(texts), -1)
        named, more = name_texts(ctx, names, known, taught)
        vectors += more.tobytes()
        taught = np.concatenate([taught, np.repeat(np.arange(len(names)), len(named) // len(names))])
    allowed = None if request.max_minutes is None else max(1.0, 60 * request.max_minutes - (time.monotonic() - began))
    return TeachSpec(
        method=method,
        labels=names,
        texts=(*texts, *named),
        truth=tuple(taught.tolist()),
        vectors=vectors,
        dimension=ctx.encoder.dimension,
        known_share=share,
        seed=request.seed,
        max_seconds=allowed,
        label_vectors=label_bytes,
        valid_texts=tuple(valid.texts),
        valid_truth=tuple(numbers.get(label, -1) for label in valid.labels),
        valid_vectors=valid_vectors,
        columns=_columns(data, rows.tolist()),
        valid_columns={name: tuple(values) for name, values in valid.columns.items()},
        encoder_folder=str(ctx.encoder.trunk.folder),
        threads=ctx.encoder.threads,
        named=len(named),
    )


def _columns(data: Labelled, rows: list[int]) -> dict[str, tuple[str, ...]]:
    """Values of the other columns for the texts in these rows; replayed texts have none."""
    return {
        name: tuple(values[row] if row < len(values) else "" for row in rows) for name, values in data.columns.items()
    }


def _adapting(ctx: Context, request: TrainClassifier, spec: TeachSpec, resume: bytes, began: float) -> TeachSpec:
    """The spec with what the methods need that teach the encoder's layers."""
    if not spec.vectors:
        raise DataUnusable(
            name=request.dataset,
            reason=f"the bundled encoder does not know its script, so the method {request.method} has nothing to "
            "adapt; use head.",
        )
    options = request.options
    left = None if request.max_minutes is None else max(5.0, 60 * request.max_minutes - (time.monotonic() - began))
    teacher = b""
    if options.teacher is not None:
        teacher = teacher_probabilities(ctx, options.teacher, spec.labels, list(spec.texts))
    return replace(
        spec,
        adapt=adapt_settings(request, len(spec.texts), left),
        smoothing=options.label_smoothing or SMOOTHING,
        balance=options.balance,
        augment=options.augment,
        teacher=teacher,
        resume=resume,
    )


def _manifest(
    request: TrainClassifier, result: ClassifierTrained, taught: Taught, verdict: Verdict, card: str
) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "base": "encoder-en" if taught.features != "lexical" else "",
        "method": result.method,
        "dataset": request.dataset,
        "valid_dataset": request.valid_dataset,
        "seed": request.seed,
        "features": taught.features,
        "looseness": taught.looseness,
        "balance": taught.balance,
        "labels": list(result.labels),
        "metrics": taught.metrics,
        "comparison": verdict._asdict(),
        "card": card,
        "report": msgspec.to_builtins(result),
    }
