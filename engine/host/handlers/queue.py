"""The labelling queue: fill it, label, skip, undo, correct, and teach what was labelled."""

from __future__ import annotations

from engine.api import (
    AddCorrection,
    AnswerQueued,
    Control,
    FillQueue,
    GetQueue,
    LabellingQueue,
    QueueTaught,
    TeachQueue,
    UndoAnswer,
)
from engine.host.context import Context
from engine.host.registry import handles
from engine.host.teach import choose_texts, queue

SHOWN = 100


@handles(FillQueue)
def fill_queue(ctx: Context, request: FillQueue, ctl: Control) -> LabellingQueue:
    choose_texts.fill(ctx, request, ctl)
    return queue.get(ctx, request.pack, SHOWN)


@handles(GetQueue)
def get_queue(ctx: Context, request: GetQueue, ctl: Control) -> LabellingQueue:
    return queue.get(ctx, request.pack, request.limit)


@handles(AnswerQueued)
def answer_queued(ctx: Context, request: AnswerQueued, ctl: Control) -> LabellingQueue:
    return queue.get(ctx, queue.answer(ctx, request), SHOWN)


@handles(UndoAnswer)
def undo_answer(ctx: Context, request: UndoAnswer, ctl: Control) -> LabellingQueue:
    queue.undo(ctx, request.pack)
    return queue.get(ctx, request.pack, SHOWN)


@handles(AddCorrection)
def add_correction(ctx: Context, request: AddCorrection, ctl: Control) -> LabellingQueue:
    queue.correct(ctx, request)
    return queue.get(ctx, request.pack, SHOWN)


@handles(TeachQueue)
def teach_queue(ctx: Context, request: TeachQueue, ctl: Control) -> QueueTaught:
    return queue.teach_answers(ctx, request, ctl)
