"""From a labelled data set to a stored version of a skill, put to use if it does not lose."""

from __future__ import annotations

import math
import time
from collections import defaultdict
from typing import Any

import msgspec
from msgspec.structs import replace

from engine.api import ClassifierTrained, Control, TrainClassifier
from engine.dataset.lint import folded_text
from engine.errors import DataUnusable, UnknownName, UsageError
from engine.host.context import Context
from engine.host.teach import pseudo, replay
from engine.host.teach.adapting import adapts
from engine.host.teach.check_device import check_device
from engine.host.teach.check_fields import check_fields
from engine.host.teach.classifier_spec import MOST_TEXTS, make_spec, with_layers
from engine.host.teach.forecast import Data, choose_method
from engine.host.teach.labelled import Labelled, read_labelled, read_valid
from engine.host.teach.memory import need_for
from engine.host.teach.promotion import compare_versions
from engine.host.teach.search import search_settings
from engine.host.teach.unfinished import Keeper
from engine.serve.classify.skill import TASK
from engine.store import packs
from engine.train.classify.card import write_card
from engine.train.classify.champion import Verdict
from engine.train.classify.spec import Taught

FORMAT = 1
IDLE_S = 600.0
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

    spec = make_spec(ctx, request, method, data, names, valid, ctl)
    if request.options.unlabelled is not None and method != "zero":
        spec, told_of_guessed = pseudo.with_guessed(ctx, request.pack, request.options.unlabelled, spec, ctl)
        notes.append(told_of_guessed)
    settled = replace(request, method=method)
    if adapts(method):
        spec = with_layers(ctx, settled, spec, resume, began)
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
