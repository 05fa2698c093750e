"""How questions come to wait for a person, and how a rating taken back takes them out again.

The functions take the connection of the transaction that stores the message or the rating: neither stands without the
other.
"""

from __future__ import annotations

import apsw

from engine.api.handoff import HANDOFF_REASONS
from engine.errors import InputError
from engine.store import audit, conversations, handoffs

RATED_BAD = "rated_bad"
PERSON = "person"


def open_handoff(
    connection: apsw.Connection,
    *,
    conversation: int,
    message: int,
    question: str,
    reason: str,
    collection: str,
    note: str = "",
) -> int:
    """Let a question wait for a person; one that waits in this conversation already is not doubled.

    Args:
        message: the answer that was not good enough, or the question where there is none.
        reason: one of `engine.api.HANDOFF_REASONS`.
        note: what a person should know beside the conversation, for example which rule applied.
    Returns:
        The number of the item.
    """
    assert reason in HANDOFF_REASONS, reason
    number, new = handoffs.open_item(
        connection,
        conversation=conversation,
        message=message,
        collection=collection,
        question=question,
        reason=reason,
        note=note,
    )
    if new:
        audit.record(connection, "handed over", f"item {number}, {reason}")
    return number


def rate(connection: apsw.Connection, message: int, rating: int) -> None:
    """Keep a person's rating of an answer. A bad one opens an item; taking it back withdraws the item, as long as
    nobody has closed it.

    Raises:
        UnknownName: the message is no answer.
    """
    conversations.rate(connection, message, rating)
    audit.record(connection, "answer rated", f"message {message}")
    if rating >= 0:
        for number in handoffs.withdraw(connection, message, RATED_BAD):
            audit.record(connection, "hand-off withdrawn", f"item {number}")
        return
    earlier = handoffs.of_message(connection, message)
    if earlier is not None and earlier.state in ("answered", "dismissed"):
        return  # a person has looked at this answer already
    _open_for(connection, message, RATED_BAD, "")


def hand_over(connection: apsw.Connection, message: int, note: str) -> int:
    """A person sends a message to the queue.

    Raises:
        UnknownName: there is no such message. InputError: nothing was asked before it.
    """
    number = _open_for(connection, message, PERSON, note)
    if number is None:
        raise InputError(reason=f"Nothing was asked before message {message}, so there is nothing to hand over.")
    return number


def _open_for(connection: apsw.Connection, message: int, reason: str, note: str) -> int | None:
    conversation, _ = conversations.message(connection, message)
    asked = conversations.question_before(connection, conversation, message)
    if asked is None:
        return None
    return open_handoff(
        connection,
        conversation=conversation,
        message=message,
        question=asked[1],
        reason=reason,
        collection=conversations.info(connection, conversation).collection,
        note=note,
    )
