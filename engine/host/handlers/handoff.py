"""The hand-off queue, approved answers, figures, branches and transcripts of conversations."""

from __future__ import annotations

from engine.api import (
    AnswerHandoff,
    AnswerSaved,
    ApprovedAnswers,
    BranchConversation,
    Branched,
    ChatFigures,
    Control,
    CopyConversation,
    DeleteAnswer,
    DismissHandoff,
    Done,
    ExportConversation,
    Exported,
    FeedbackTaken,
    FeedbackToDataset,
    GetChatFigures,
    GetHandoff,
    HandoffDone,
    Handoffs,
    HandoffShown,
    HandOver,
    ListAnswers,
    ListHandoffs,
    SaveAnswer,
    Transcript,
)
from engine.host.context import Context
from engine.host.handoff import answering, approving, transcripts
from engine.host.registry import handles
from engine.store import conversations


@handles(ListHandoffs)
def list_handoffs(ctx: Context, request: ListHandoffs, ctl: Control) -> Handoffs:
    return answering.listed(ctx, request)


@handles(GetHandoff)
def get_handoff(ctx: Context, request: GetHandoff, ctl: Control) -> HandoffShown:
    return answering.shown(ctx, request)


@handles(AnswerHandoff)
def answer_handoff(ctx: Context, request: AnswerHandoff, ctl: Control) -> HandoffDone:
    return answering.answer(ctx, request)


@handles(DismissHandoff)
def dismiss_handoff(ctx: Context, request: DismissHandoff, ctl: Control) -> HandoffDone:
    return answering.dismiss(ctx, request)


@handles(HandOver)
def hand_over(ctx: Context, request: HandOver, ctl: Control) -> HandoffDone:
    return answering.sent(ctx, request)


@handles(ListAnswers)
def list_answers(ctx: Context, request: ListAnswers, ctl: Control) -> ApprovedAnswers:
    return approving.listed(ctx, request)


@handles(SaveAnswer)
def save_answer(ctx: Context, request: SaveAnswer, ctl: Control) -> AnswerSaved:
    return approving.save(ctx, request)


@handles(DeleteAnswer)
def delete_answer(ctx: Context, request: DeleteAnswer, ctl: Control) -> Done:
    approving.delete(ctx, request)
    return Done()


@handles(GetChatFigures)
def get_chat_figures(ctx: Context, request: GetChatFigures, ctl: Control) -> ChatFigures:
    from engine.host.handoff.figures import figures

    return figures(ctx, request, ctl)


@handles(FeedbackToDataset)
def feedback_to_dataset(ctx: Context, request: FeedbackToDataset, ctl: Control) -> FeedbackTaken:
    from engine.host.handoff.learning import take_feedback

    return take_feedback(ctx, request, ctl)


@handles(BranchConversation)
def branch_conversation(ctx: Context, request: BranchConversation, ctl: Control) -> Branched:
    with ctx.store.write() as connection:
        _, message = conversations.message(connection, request.message)
        made, copied = conversations.branch(connection, request.message)
    return Branched(made, copied, message.text if message.role == "user" else "")


@handles(CopyConversation)
def copy_conversation(ctx: Context, request: CopyConversation, ctl: Control) -> Transcript:
    return transcripts.copied(ctx, request)


@handles(ExportConversation)
def export_conversation(ctx: Context, request: ExportConversation, ctl: Control) -> Exported:
    return transcripts.exported(ctx, request, ctl)
