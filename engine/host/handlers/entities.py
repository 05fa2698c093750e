"""Entities: teach a reader, find entities in texts and files, and evaluate it."""

from __future__ import annotations

import time

from engine.api import (
    Control,
    EntitiesEvaluated,
    EntitiesFound,
    EntitiesTrained,
    EvaluateEntities,
    ExtractEntities,
    ExtractFile,
    FileExtracted,
    TextEntities,
    TrainEntities,
)
from engine.errors import DataUnusable
from engine.host.context import Context
from engine.host.entities import teach
from engine.host.entities.extract_file import extract_file
from engine.host.entities.marked import read_marked
from engine.host.entities.reading import find_entities, open_pack
from engine.host.registry import handles
from engine.host.teach.taught import count_taught
from engine.train.entities import measure
from engine.train.entities.measure import Answer


@handles(TrainEntities)
def train_entities(ctx: Context, request: TrainEntities, ctl: Control) -> EntitiesTrained:
    return teach.teach(ctx, request, ctl)


@handles(ExtractEntities)
def extract_entities(ctx: Context, request: ExtractEntities, ctl: Control) -> EntitiesFound:
    began = time.monotonic()
    opened = open_pack(ctx, request.pack)
    found = find_entities(opened, request.texts, lambda done, total: ctl.report(done, total, "read"))
    results = tuple(TextEntities(text, entities) for text, entities in zip(request.texts, found, strict=True))
    return EntitiesFound(results=results, seconds=round(time.monotonic() - began, 4))


@handles(ExtractFile)
def extract_from_file(ctx: Context, request: ExtractFile, ctl: Control) -> FileExtracted:
    return extract_file(ctx, request, open_pack(ctx, request.pack), ctl)


@handles(EvaluateEntities)
def evaluate_entities(ctx: Context, request: EvaluateEntities, ctl: Control) -> EntitiesEvaluated:
    opened = open_pack(ctx, request.pack)
    marked, _ = read_marked(ctx, request.dataset, ctl)
    if not marked.texts:
        raise DataUnusable(name=request.dataset, reason="it has no marked texts.")
    found = find_entities(opened, marked.texts, lambda done, total: ctl.report(done, total, "read"))
    answers = [[Answer(one.start, one.end, one.label, one.score) for one in row] for row in found]
    truth = [[Answer(span.start, span.end, span.label) for span in row] for row in marked.spans]
    precision, recall, f1 = measure.count(answers, truth).scores
    reports = measure.per_label(answers, truth, opened.reader.labels)
    return EntitiesEvaluated(
        n=len(marked.texts),
        precision=precision,
        recall=recall,
        f1=f1,
        macro_f1=measure.macro_f1(reports),
        per_label=reports,
        mistakes=measure.confident_mistakes(marked.texts, answers, truth),
        ece=measure.score_error(answers, truth),
        taught=count_taught(ctx, request.pack, marked.texts),
    )
