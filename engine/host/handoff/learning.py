"""What the desk learnt, as examples for a skill that reads intents."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from engine.api import Control
from engine.api.handoff import FeedbackTaken, FeedbackToDataset
from engine.dataset.folding import folded_text
from engine.errors import DataUnusable, UsageError
from engine.host.teach.queue import store_answers
from engine.store import audit, conversations, datasets, handoffs, queue

if TYPE_CHECKING:
    from engine.host.context import Context


def take_feedback(ctx: Context, request: FeedbackToDataset, ctl: Control) -> FeedbackTaken:
    """See `engine.api.FeedbackToDataset`. What a person said outright goes before what was only rated good.

    Raises:
        UsageError: the data set has no name. DataUnusable: there is nothing to learn from yet.
        PackUnusable: a data set of this name holds another kind.
    """
    name = request.name.strip()
    if not name:
        raise UsageError(reason="The data set needs a name.")
    with ctx.store.read() as connection:
        rated = conversations.intents_rated_good(connection)
        answered = handoffs.taught(connection)
        corrected = queue.corrections(connection, request.pack or None, "chat")
    found: dict[str, tuple[str, str]] = {}
    for text, label in (*rated, *answered, *corrected):
        found[folded_text(text)] = (text, label)
    if not found:
        raise DataUnusable(
            name=name,
            reason="nobody has given a question of the chat an intent yet: choose one when answering in the queue, "
            "correct one in the chat, or rate an answer by an intent as good.",
        )
    ctl.check()
    examples = [queue.Answered(number, text, label) for number, (text, label) in enumerate(found.values())]
    store_answers(ctx, name, examples, ctl)
    with ctx.store.write() as connection:
        audit.record(connection, "feedback taken", name)
    return FeedbackTaken(
        dataset=name,
        examples=len(examples),
        rows=datasets.info(ctx.store, name).rows,
        from_handoffs=len(answered),
        from_corrections=len(corrected),
        from_ratings=len(rated),
        labels=dict(Counter(one.label for one in examples).most_common()),
    )
