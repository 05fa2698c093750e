"""A person answers or dismisses what waits: into the conversation, among the approved answers, and out of the queue.

All of it is one transaction. Two people who answer the same item do not both get through: the second is told who was
first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import apsw

from engine.api.handoff import (
    HANDOFF_REASONS,
    AnswerHandoff,
    DismissHandoff,
    GetHandoff,
    HandoffDone,
    Handoffs,
    HandoffShown,
    HandOver,
    ListHandoffs,
)
from engine.errors import InputError, UsageError
from engine.host.handoff import approving, masking
from engine.host.handoff.opening import hand_over
from engine.store import audit, conversations, documents, handoffs, queue
from engine.store.approved import OwnAnswer

if TYPE_CHECKING:
    from engine.host.context import Context

MOST_LISTED = 10_000
MOST_NOTE_CHARACTERS = 1_000
MOST_INTENT_CHARACTERS = 200
OF_A_PERSON = 2.0
"""Priority in the labelling queue of what a person said: above all that was chosen there, which is at most 1."""


def listed(ctx: Context, request: ListHandoffs) -> Handoffs:
    if not 1 <= request.limit <= MOST_LISTED:
        raise UsageError(reason=f"From 1 to {MOST_LISTED:,} items can be listed at once; not {request.limit:,}.")
    if request.offset < 0:
        raise UsageError(reason=f"The list begins at 0 or later; not at {request.offset:,}.")
    if request.reason and request.reason not in HANDOFF_REASONS:
        raise UsageError(reason=f"“{request.reason}” is no reason; there are {', '.join(HANDOFF_REASONS)}.")
    wanted = handoffs.Wanted(request.state, request.reason, request.collection, request.conversation)
    with ctx.store.read() as connection:
        found = handoffs.find(connection, wanted, request.limit, request.offset)
        counts = handoffs.counts(connection)
        reasons = handoffs.reasons(connection, wanted)
    return Handoffs(
        handoffs=tuple(found),
        open=counts.get("open", 0),
        answered=counts.get("answered", 0),
        dismissed=counts.get("dismissed", 0),
        total=reasons.get(request.reason, 0) if request.reason else sum(reasons.values()),
        reasons=reasons,
    )


def shown(ctx: Context, request: GetHandoff) -> HandoffShown:
    """Raises: UnknownName."""
    with ctx.store.read() as connection:
        item = handoffs.get(connection, request.id)
        return HandoffShown(
            handoff=item,
            title=conversations.info(connection, item.conversation).title,
            messages=tuple(conversations.messages(connection, item.conversation)),
            intents=tuple(handoffs.intents(connection)),
            masks=masking.for_conversation(ctx, connection, item.conversation).kinds,
        )


def answer(ctx: Context, request: AnswerHandoff) -> HandoffDone:
    """See `engine.api.AnswerHandoff`. The person's words are masked as the policy of the conversation's profile says.

    Raises:
        UnknownName: no such item. HandoffClosed: somebody was quicker. InputError: a text or a date that cannot be.
        UsageError: a skill without an intent to teach it.
    """
    text = approving.checked_answer(request.answer)
    owner = approving.checked_owner(request.owner)
    intent, pack = request.intent.strip(), request.pack.strip()
    if len(intent) > MOST_INTENT_CHARACTERS:
        raise InputError(reason=f"An intent has at most {MOST_INTENT_CHARACTERS} characters.")
    if pack and not intent:
        raise UsageError(reason=f"Say which intent {pack} should learn for this question.")
    with ctx.store.read() as connection:
        item = handoffs.get(connection, request.id)
        mask = masking.for_conversation(ctx, connection, item.conversation)
    text = mask(text)
    new = None
    if request.approve:
        expires = approving.checked_expiry(request.expires)
        asked = approving.checked_question(request.question or item.question)
        new = OwnAnswer(mask(asked), text, owner, expires, (mask(item.question),))
        assert ctx.bilingual.dimension  # opened before the transaction, which would wait for it
    with ctx.store.write() as connection:
        # The item is closed first: where somebody was quicker, nothing else happens.
        handoffs.close(connection, item.id, "answered", owner=owner, answer=text, intent=intent)
        reply = conversations.say(connection, item.conversation, "person", text, author=owner)
        answer_id = None
        if new is not None:
            collection = documents.ensure_collection(connection, item.collection)
            answer_id = approving.approve(ctx, connection, collection, new)
        handoffs.link(connection, item.id, reply, answer_id)
        if pack:
            queue.correct(connection, pack, queue.Candidate(mask(item.question), "chat", (), OF_A_PERSON), intent)
            audit.record(connection, "correction taken in", f"{pack} from the hand-off queue")
        audit.record(connection, "hand-off answered", f"item {item.id}")
        return _done(connection, item.id, mask)


def dismiss(ctx: Context, request: DismissHandoff) -> HandoffDone:
    """Raises: UnknownName, HandoffClosed, InputError."""
    note, owner = checked_note(request.reason), approving.checked_owner(request.owner)
    with ctx.store.write() as connection:
        item = handoffs.get(connection, request.id)
        mask = masking.for_conversation(ctx, connection, item.conversation)
        handoffs.close(connection, item.id, "dismissed", owner=owner, note=mask(note))
        audit.record(connection, "hand-off dismissed", f"item {item.id}")
        return _done(connection, item.id, mask)


def sent(ctx: Context, request: HandOver) -> HandoffDone:
    """Raises: UnknownName, InputError."""
    note = checked_note(request.reason)
    with ctx.store.write() as connection:
        conversation, _ = conversations.message(connection, request.message)
        mask = masking.for_conversation(ctx, connection, conversation)
        number = hand_over(connection, request.message, mask(note))
        return _done(connection, number, mask)


def checked_note(note: str) -> str:
    note = note.strip()
    if len(note) > MOST_NOTE_CHARACTERS:
        raise InputError(reason=f"A note has at most {MOST_NOTE_CHARACTERS:,} characters; this one has {len(note):,}.")
    return note


def _done(connection: apsw.Connection, number: int, mask: masking.Masker) -> HandoffDone:
    waiting = handoffs.counts(connection).get("open", 0)
    return HandoffDone(handoffs.get(connection, number), waiting, mask.found)
