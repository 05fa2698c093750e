"""From a data set of marked texts to a stored version of a reader, put to use if it does not lose."""

from __future__ import annotations

import time
from typing import Any

import msgspec
from msgspec.structs import replace

from engine.api import Control, EntitiesTrained, LintFinding, TrainEntities
from engine.dataset.leakage import checkable, leakage
from engine.errors import DataUnusable, UnknownName, UsageError
from engine.host.context import Context
from engine.host.entities.compare import Verdict, compare_versions
from engine.host.entities.marked import Marked, chosen, read_marked
from engine.host.teach.adapting import adapt_settings, adapts
from engine.host.teach.check_device import check_device
from engine.host.teach.check_fields import check_fields
from engine.host.teach.memory import need_for_entities
from engine.host.teach.unfinished import Keeper
from engine.serve.entities.reader import TASK
from engine.store import packs
from engine.train.encoder.settings import AdaptSettings
from engine.train.entities.card import write_card
from engine.train.entities.work import EntitySpec, TaughtEntities

FORMAT = 1
METHODS = ("auto", "head", "lora", "adalora", "prefix", "full")
FOR_CLASSIFIERS = ("balance", "augment", "teacher", "search_minutes", "unlabelled", "continual", "label_smoothing")
MOST_LABELS = 200
LEAST_TEXTS = 10
LEAST_WITH_ENTITIES = 5
MOST_CHARS = 4_000_000  # taught at once: about 700,000 words, whose states take 600 MB
IDLE_S = 600.0
STEPS, LEAST_PASSES, MOST_PASSES = 1_200, 4, 20  # of a training that adapts the encoder
HEAD_RATE = 1e-3


def teach(ctx: Context, request: TrainEntities, ctl: Control, resume: bytes = b"") -> EntitiesTrained:
    """Teach a reader.

    Args:
        resume: body of a checkpoint of the same training.
    Raises:
        UsageError: a method or an option that there is not for entities.
        DataUnusable: what the lint calls an error, or too few marked texts.
        UnknownName, PackUnusable, Cancelled.
    """
    began = time.monotonic()
    _check_request(request)
    check_device(ctx, request.device, ctl)
    _check_name_is_free(ctx, request.pack)
    data, findings = read_marked(ctx, request.dataset, ctl)
    _check_enough(data)
    valid, more = _read_valid(ctx, request, data, ctl)
    data, notes = _bounded(data)
    if request.method == "auto":
        from engine.host.teach.forecast_entities import choose_entity_method

        method, why = choose_entity_method(ctx, request, data, ctl)
        request = replace(request, method=method)
        notes.append(why)
    needs_mb = need_for_entities(request.method, data.texts)
    ctx.workers.governor.require(f"Training {request.pack} ({request.method})", needs_mb)
    spec = make_spec(request, data, valid)
    settled = replace(request, method=spec.method)
    with Keeper(ctx, settled, TASK) as keeper:
        taught: TaughtEntities = ctx.workers.run(
            "train_entities", replace(spec, resume=resume), ctl, title=f"Train {request.pack}", idle_s=IDLE_S,
            needs_mb=needs_mb, on_item=keeper.take,
        )  # fmt: skip
    ctl.check()
    asked = Marked(data.name, [*data.texts, *valid.texts], [*data.spans, *valid.spans])
    version, verdict = compare_versions(ctx, request.pack, taught.files, asked, ctl)
    result = EntitiesTrained(
        pack=request.pack,
        version=version,
        method=taught.method,
        seconds=round(time.monotonic() - began, 2),
        epochs=taught.epochs,
        metrics=taught.metrics,
        promoted=verdict.promote,
        peak_mb=taught.peak_mb,
        adapter_bytes=taught.adapter_bytes,
        labels=spec.labels,
        per_label=taught.per_label,
        mistakes=taught.mistakes,
        curve=taught.curve,
        quantisation=taught.quantisation,
        notes=(*notes, *taught.notes),
        lint=(*findings, *more),
    )
    card = write_card(request, result, taught, verdict._asdict())
    files = dict(taught.files) | {"card.md": card.encode()}
    ctl.check()
    with ctx.store.write():  # version and checkpoint in one transaction
        packs.save_version(
            ctx.store, request.pack, TASK, files, _manifest(request, result, taught, verdict, card),
            promote=verdict.promote,
        )  # fmt: skip
        keeper.finished()
    return result


def _check_request(request: TrainEntities) -> None:
    if request.method not in METHODS:
        raise UsageError(reason=f"There is no method {request.method} for entities; use {', '.join(METHODS)}.")
    check_fields(request)
    given = [name for name in FOR_CLASSIFIERS if getattr(request.options, name)]
    if given:
        named = ", ".join(name.replace("_", " ") for name in given)
        raise UsageError(reason=f"These options are for classifiers and change nothing in entities: {named}.")


def _check_name_is_free(ctx: Context, name: str) -> None:
    """Fail before the work when the name belongs to a model of another task."""
    try:
        packs.current_version(ctx.store, name, TASK)
    except UnknownName:
        return


def _check_enough(data: Marked) -> None:
    marked = sum(1 for row in data.spans if row)
    if len(data.texts) < LEAST_TEXTS or marked < LEAST_WITH_ENTITIES:
        raise DataUnusable(
            name=data.name,
            reason=f"it has {len(data.texts):,} texts, {marked:,} of them with entities; teaching needs at least "
            f"{LEAST_TEXTS} texts, {LEAST_WITH_ENTITIES} of them with entities.",
        )
    if len(data.labels) > MOST_LABELS:
        raise DataUnusable(
            name=data.name, reason=f"it has {len(data.labels):,} labels, and at most {MOST_LABELS} can be told apart."
        )


def _read_valid(
    ctx: Context, request: TrainEntities, data: Marked, ctl: Control
) -> tuple[Marked, tuple[LintFinding, ...]]:
    if request.valid_dataset is None:
        return Marked("", [], []), ()
    valid, _ = read_marked(ctx, request.valid_dataset, ctl)
    kept, leaks = checkable(data.texts, valid.texts)
    findings = list(leakage(leaks, valid.texts, request.valid_dataset))
    ctl.check()
    valid = chosen(valid, kept)
    if not valid.texts:
        raise DataUnusable(name=request.valid_dataset, reason="it has no marked text that is not also taught.")
    unknown = sorted(set(valid.labels) - set(data.labels))
    if unknown:
        message = f"{len(unknown):,} labels of {request.valid_dataset} are not taught; their entities count as missed."
        findings.append(LintFinding("unknown_labels", "warning", message, len(unknown), tuple(unknown[:5])))
    return valid, tuple(findings)


def _bounded(data: Marked) -> tuple[Marked, list[str]]:
    """As much of the data as is taught at once, from the beginning; the same texts each time."""
    total = 0
    for row, text in enumerate(data.texts):
        total += len(text)
        if total > MOST_CHARS and row >= LEAST_TEXTS:
            note = f"The first {row:,} of {len(data.texts):,} texts were taught; more would not fit into memory."
            return Marked(data.name, data.texts[:row], data.spans[:row]), [note]
    return data, []


def make_spec(request: TrainEntities, data: Marked, valid: Marked) -> EntitySpec:
    labels = data.labels
    extra = tuple(sorted(set(valid.labels) - set(labels)))
    numbers = {label: number for number, label in enumerate((*labels, *extra))}

    def numbered(marked: Marked) -> tuple[tuple[tuple[int, int, int], ...], ...]:
        return tuple(tuple((span.start, span.end, numbers[span.label]) for span in row) for row in marked.spans)

    return EntitySpec(
        method="head" if request.method == "auto" else request.method,
        labels=labels,
        texts=tuple(data.texts),
        spans=numbered(data),
        seed=request.seed,
        max_seconds=None if request.max_minutes is None else 60 * request.max_minutes,
        device=request.device,
        epochs=request.options.epochs,
        rate=request.options.learning_rate,
        adversarial=request.options.adversarial,
        dataset=request.dataset,
        adapt=adapt_for(request, len(data.texts)),
        valid_texts=tuple(valid.texts),
        valid_spans=numbered(valid),
        valid_labels=extra,
    )


def adapt_for(request: TrainEntities, texts: int) -> AdaptSettings | None:
    """How the encoder is adapted; None where it stays as it is."""
    if not adapts(request.method):
        return None
    seconds = None if request.max_minutes is None else 60 * request.max_minutes
    settings = adapt_settings(request, texts, seconds)
    settings = replace(settings, batch_texts=16 if texts >= 300 else 8)
    passes = request.options.epochs or min(MOST_PASSES, max(LEAST_PASSES, round(STEPS * settings.batch_texts / texts)))
    return replace(settings, epochs=passes, head_rate=HEAD_RATE)


def _manifest(
    request: TrainEntities, result: EntitiesTrained, taught: TaughtEntities, verdict: Verdict, card: str
) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "base": "encoder-en" if taught.layers else "",
        "method": result.method,
        "dataset": request.dataset,
        "valid_dataset": request.valid_dataset,
        "seed": request.seed,
        "labels": list(result.labels),
        "metrics": taught.metrics,
        "comparison": verdict._asdict(),
        "card": card,
        "report": msgspec.to_builtins(result),
    }
