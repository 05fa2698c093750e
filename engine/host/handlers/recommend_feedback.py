"""Feedback on recommended lists: recorded, imported, counted, learned from, replayed."""

from __future__ import annotations

from engine.api import (
    Control,
    Done,
    FeedbackAdded,
    FeedbackFigures,
    FeedbackRecorded,
    FeedbackToEvents,
    GetFeedbackFigures,
    ImportFeedback,
    RecordFeedback,
    ReplayVersions,
    UndoDismissal,
    VersionsReplayed,
)
from engine.errors import UnknownName
from engine.host.context import Context
from engine.host.recommend import feedback
from engine.host.recommend.replay import replay
from engine.host.registry import handles
from engine.store import recommend


@handles(RecordFeedback)
def record_feedback(ctx: Context, request: RecordFeedback, _ctl: Control) -> FeedbackRecorded:
    return feedback.take_events(ctx, request.pack, request.events)


@handles(ImportFeedback)
def import_feedback(ctx: Context, request: ImportFeedback, ctl: Control) -> FeedbackRecorded:
    return feedback.import_events(ctx, request.pack, request.input, ctl)


@handles(UndoDismissal)
def undo_dismissal(ctx: Context, request: UndoDismissal, _ctl: Control) -> Done:
    if not recommend.take_back(ctx.store, request.pack, request.user, request.item):
        known = ", ".join(recommend.dismissed(ctx.store, request.pack, request.user)[:10]) or "none"
        raise UnknownName(what="dismissed item", name=request.item, known=known)
    return Done()


@handles(FeedbackToEvents)
def feedback_to_events(ctx: Context, request: FeedbackToEvents, _ctl: Control) -> FeedbackAdded:
    return feedback.to_events(ctx, request.pack, request.dataset)


@handles(GetFeedbackFigures)
def get_figures(ctx: Context, request: GetFeedbackFigures, _ctl: Control) -> FeedbackFigures:
    return feedback.figures(ctx, request.pack, request.per)


@handles(ReplayVersions)
def replay_versions(ctx: Context, request: ReplayVersions, ctl: Control) -> VersionsReplayed:
    return replay(ctx, request, ctl)
