"""Approved answers that people write: checked, embedded, stored in the place of one to the same question."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import apsw
from msgspec.structs import replace

from engine.api.handoff import (
    AnswerSaved,
    ApprovedAnswer,
    ApprovedAnswers,
    DeleteAnswer,
    ListAnswers,
    SaveAnswer,
)
from engine.dataset.folding import folded_text
from engine.errors import InputError, UsageError
from engine.host.chat.searching import embed_covered
from engine.host.handoff import masking
from engine.store import answers, approved, audit, documents
from engine.store.approved import OwnAnswer
from engine.store.passages import Vectors

if TYPE_CHECKING:
    from engine.host.context import Context

MOST_ANSWER_CHARACTERS = 20_000
MOST_QUESTION_CHARACTERS = 4_000
MOST_VARIANTS = 50
MOST_OWNER_CHARACTERS = 120
MOST_NAME_CHARACTERS = 120
MOST_LISTED = 10_000


def vectors_of(ctx: Context, new: OwnAnswer) -> Vectors:
    encoder = ctx.bilingual
    return Vectors.quantise(embed_covered(encoder.embed, new.questions, encoder.dimension))


def approve(ctx: Context, connection: apsw.Connection, collection: int, new: OwnAnswer) -> int:
    """Store an answer in the place of what was written here before to the same questions; returns its number.

    That is what a person wants who answers anew what expired or was rated bad. Other ways to put an earlier answer's
    question come along; where only one of them is the new one's, it leaves the earlier answer, which stays.
    """
    earlier = [approved.get(connection, number) for number in _same(connection, collection, new.questions)]
    asked = {folded_text(one) for one in new.questions}
    replaced = [one for one in earlier if folded_text(one.question) in asked]
    for one in earlier:
        if one not in replaced:
            left = OwnAnswer(
                one.question,
                one.answer,
                one.owner,
                one.expires,
                [variant for variant in one.variants if folded_text(variant) not in asked],
            )
            approved.change(connection, one.id, left, vectors_of(ctx, left))
    for one in replaced:
        new = replace(new, variants=[*new.variants, one.question, *one.variants])
    new = replace(new, variants=new.questions[1 : MOST_VARIANTS + 1])
    if replaced:
        number = replaced[0].id
        for one in replaced[1:]:
            approved.delete(connection, one.id)
        approved.change(connection, number, new, vectors_of(ctx, new))
    else:
        number = approved.add(connection, collection, new, vectors_of(ctx, new))
    audit.record(connection, "answer approved", f"answer {number}")
    return number


def _same(connection: apsw.Connection, collection: int, questions: Sequence[str]) -> list[int]:
    found = [approved.same_question(connection, collection, one) for one in questions]
    return list(dict.fromkeys(number for number in found if number is not None))


def listed(ctx: Context, request: ListAnswers) -> ApprovedAnswers:
    """Raises: UnknownName: there is no such collection."""
    if not 1 <= request.limit <= MOST_LISTED:
        raise UsageError(reason=f"From 1 to {MOST_LISTED:,} answers can be listed at once; not {request.limit:,}.")
    with ctx.store.read() as connection:
        collection = documents.collection(connection, request.collection).id if request.collection else None
        found = approved.find(connection, collection, request.query, request.state, request.limit)
        current, expired = approved.counts(connection, collection)
    return ApprovedAnswers(tuple(_shown(one) for one in found), current, expired)


def save(ctx: Context, request: SaveAnswer) -> AnswerSaved:
    """See `engine.api.SaveAnswer`. The words are masked as the policies of the collection's profiles say.

    Raises:
        UnknownName: no answer has this number. InputError: it comes from a file, another answer has this question, or a
        text or a date cannot be.
    """
    before = None
    if request.id is not None:
        with ctx.store.read() as connection:
            before = _written_here(connection, request.id)
    name = request.collection.strip() or (before.collection if before else "")
    if before is not None and name != before.collection:
        raise UsageError(reason=f"Answer {before.id} stands in the collection {before.collection}, not in {name}.")
    if not name or len(name) > MOST_NAME_CHARACTERS:
        raise UsageError(reason=f"A collection needs a name of 1 to {MOST_NAME_CHARACTERS} characters.")
    if len(request.variants) > MOST_VARIANTS:
        raise InputError(reason=f"An answer takes at most {MOST_VARIANTS} other ways to put its question.")
    with ctx.store.read() as connection:
        mask = masking.for_collection(connection, name)
    new = OwnAnswer(
        question=mask(checked_question(request.question)),
        answer=mask(checked_answer(request.answer)),
        owner=checked_owner(request.owner),
        expires=checked_expiry(request.expires, before.expires if before else ""),
        variants=[mask(checked_question(one)) for one in request.variants if one.strip()],
    )
    vectors = vectors_of(ctx, new)
    with ctx.store.write() as connection:
        collection = documents.ensure_collection(connection, name)
        for other in _same(connection, collection, new.questions):
            if other != request.id:
                raise InputError(
                    reason=f"Answer {other} of {name} has this question, or another way to put it, already. "
                    "Change that one."
                )
        if before is None:
            number = approved.add(connection, collection, new, vectors)
        else:
            number = before.id
            approved.change(connection, number, new, vectors)
        audit.record(connection, "answer approved" if before is None else "approved answer changed", f"answer {number}")
        return AnswerSaved(_shown(approved.get(connection, number)), mask.found)


def delete(ctx: Context, request: DeleteAnswer) -> None:
    """Raises: UnknownName, or InputError where the answer comes from a file."""
    with ctx.store.write() as connection:
        _written_here(connection, request.id)
        approved.delete(connection, request.id)
        audit.record(connection, "approved answer deleted", f"answer {request.id}")


def checked_answer(text: str) -> str:
    text = text.strip()
    if not text or len(text) > MOST_ANSWER_CHARACTERS:
        raise InputError(
            reason=f"An answer needs 1 to {MOST_ANSWER_CHARACTERS:,} characters; this one has {len(text):,}."
        )
    return text


def checked_question(text: str) -> str:
    text = text.strip()
    if not text or len(text) > MOST_QUESTION_CHARACTERS:
        raise InputError(
            reason=f"A question needs 1 to {MOST_QUESTION_CHARACTERS:,} characters; this one has {len(text):,}."
        )
    return text


def checked_owner(owner: str) -> str:
    owner = " ".join(owner.split())
    if len(owner) > MOST_OWNER_CHARACTERS:
        raise InputError(reason=f"The name of an owner has at most {MOST_OWNER_CHARACTERS} characters.")
    return owner


def checked_expiry(expires: str, before: str = "") -> str:
    """The last day on which an answer is used. One that was kept as it is (`before`) may have passed."""
    expires = expires.strip()
    if not expires or expires == before:
        return expires
    try:
        day = date.fromisoformat(expires)
    except ValueError as error:
        raise InputError(
            reason=f"“{expires[:40]}” is no day; write it as year, month and day, like 2027-01-31."
        ) from error
    if day.isoformat() < answers.today():
        raise InputError(reason=f"The last day {day.isoformat()} has passed already.")
    return day.isoformat()


def _written_here(connection: apsw.Connection, number: int) -> approved.Listed:
    found = approved.get(connection, number)
    if found.file:
        raise InputError(
            reason=f"Answer {number} comes from {found.file}, line {found.line}: change it there and index the file "
            "again, or save an answer of your own."
        )
    return found


def _shown(one: approved.Listed) -> ApprovedAnswer:
    return ApprovedAnswer(
        id=one.id,
        collection=one.collection,
        question=one.question,
        answer=one.answer,
        variants=one.variants,
        owner=one.owner,
        created=one.created,
        changed=one.changed,
        expires=one.expires,
        expired=bool(one.expires) and one.expires < answers.today(),
        file=one.file,
        line=one.line,
    )
