"""Figures of the chat: what was asked, how it was answered, how sure, how it was rated, and what had no answer.

A question counts once, by the last answer it got: asked again with other sources it is the same question. Copies of a
branch do not count.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.api import Control
from engine.api.handoff import ChatDay, ChatFigures, GetChatFigures, Topic
from engine.dataset.folding import folded_text
from engine.errors import DiskFull, UsageError
from engine.feedback.topics import MOST_EXAMPLES, telling_words, topics
from engine.language.lexical import lexical_vectors
from engine.serve.chat.retrieve import covered
from engine.store import answers, documents
from engine.store import figures as stored
from engine.store.figures import MODES, ROLES, Said
from engine.store.passages import Vectors

if TYPE_CHECKING:
    from engine.host.context import Context

MOST_DAYS = 3_660
MOST_LOOKED_AT = 1_000
MOST_TOPICS = 10
LIKE_BY_MEANING = 0.6
"""Cosine of sentence vectors from which questions are about one thing: chosen on support questions of 12 known intents,
where it does best of 0.5 to 0.75 (V-measure 0.89)."""
LIKE_BY_WORDS = 0.35
EMBED_SECONDS = 0.5
EMBED_AT_ONCE = 32
_USER, _ASSISTANT = ROLES.index("user"), ROLES.index("assistant")
_ANSWERED = [MODES.index(mode) for mode in ("template", "quote", "generated")]
_NOT_FOUND, _HANDOFF = MODES.index("not_found"), MODES.index("handoff")


class Outcomes(NamedTuple):
    """One row per question: its row among the messages, the row of its last answer (-1: none), how it ended."""

    asked: NDArray[np.int64]
    last: NDArray[np.int64]
    answered: NDArray[np.bool_]
    handed: NDArray[np.bool_]
    missing: NDArray[np.bool_]
    closed: NDArray[np.bool_]


def figures(ctx: Context, request: GetChatFigures, ctl: Control) -> ChatFigures:
    """See `engine.api.GetChatFigures`.

    Raises:
        UsageError: a number of days that cannot be. UnknownName: there is no such collection, nor a conversation in it.
    """
    began = time.monotonic()
    if not 1 <= request.days <= MOST_DAYS:
        raise UsageError(reason=f"Figures can be told for 1 to {MOST_DAYS:,} days; not {request.days:,}.")
    last_day = date.fromisoformat(answers.today())
    days = [(last_day - timedelta(days=i)).isoformat() for i in range(request.days - 1, -1, -1)]
    with ctx.store.read() as connection:
        if request.collection and not stored.asked_of(connection, request.collection):
            documents.collection(connection, request.collection)
        said = stored.said(connection, days[0], request.collection)
        sent, closed = stored.handed_over(connection, days[0])
        open_items, hours = stored.waits(connection, days[0], request.collection)
    found = outcomes(said, sent, closed)
    per_day = _per_day(said, found, days)
    questions = len(found.asked)
    answered = int(found.answered.sum())
    sure = said.confidence[found.last[found.answered]]
    sure = sure[~np.isnan(sure)]
    rating = said.rating[said.role == _ASSISTANT]
    bad = (found.last >= 0) & (said.rating[found.last] < 0) if len(said.id) else found.missing
    open_rows = found.asked[(found.missing | found.handed | bad) & ~found.closed]
    ctl.check()
    newest = np.sort(said.id[open_rows])[::-1][:MOST_LOOKED_AT]
    return ChatFigures(
        per_day=per_day,
        questions=questions,
        answered=answered,
        handed_over=int(found.handed.sum()),
        not_found=int(found.missing.sum()),
        answered_share=round(answered / questions, 4) if questions else None,
        median_confidence=round(float(np.median(sure)), 4) if len(sure) else None,
        ratings_good=int((rating > 0).sum()),
        ratings_bad=int((rating < 0).sum()),
        unanswered=len(open_rows),
        open_handoffs=open_items,
        median_wait_hours=round(float(np.median(hours)), 2) if hours else None,
        top_unanswered=_topics(ctx, [int(one) for one in newest], ctl),
        seconds=round(time.monotonic() - began, 4),
    )


def outcomes(said: Said, sent: set[int], closed: set[int]) -> Outcomes:
    """How each question of the period ended.

    Args:
        sent: messages that were handed over. closed: those whose item a person closed.
    """
    asked = np.flatnonzero(said.role == _USER)
    # The question before each message; -1 where it was asked before the period or in another conversation.
    turn = np.cumsum(said.role == _USER) - 1
    if len(asked):
        turn = np.where((turn >= 0) & (said.conversation[asked[turn]] == said.conversation), turn, -1)
    last = np.full(len(asked), -1, dtype=np.int64)
    replies = np.flatnonzero((said.role == _ASSISTANT) & (turn >= 0))
    last[turn[replies]] = replies  # in order: the last one stays
    mode = np.where(last >= 0, said.mode[last] if len(said.mode) else 0, -1)
    handed = (mode == _HANDOFF) | _any(said, turn, len(asked), sent)
    return Outcomes(
        asked=asked,
        last=last,
        answered=np.isin(mode, _ANSWERED) & ~handed,
        handed=handed,
        missing=(mode == _NOT_FOUND) & ~handed,
        closed=_any(said, turn, len(asked), closed),
    )


def _any(said: Said, turn: NDArray[np.int64], questions: int, messages: set[int]) -> NDArray[np.bool_]:
    """Which questions have one of these messages in their turn."""
    found = np.zeros(questions, dtype=bool)
    if messages:
        marked = np.isin(said.id, np.fromiter(messages, dtype=np.int64, count=len(messages))) & (turn >= 0)
        found[turn[marked]] = True
    return found


def _per_day(said: Said, found: Outcomes, days: Sequence[str]) -> tuple[ChatDay, ...]:
    place = {day: i for i, day in enumerate(days)}
    # A clock that ran ahead puts messages into days to come; they count with today's.
    at = np.array([place.get(day, len(days) - 1) for day in said.days], dtype=np.int64)[said.day[found.asked]]
    counts = [
        np.bincount(at[chosen], minlength=len(days))
        for chosen in (np.ones(len(at), dtype=bool), found.answered, found.handed, found.missing)
    ]
    return tuple(ChatDay(day, *(int(one[i]) for one in counts)) for i, day in enumerate(days))


# --- topics ---------------------------------------------------------------------------------------------------


def _topics(ctx: Context, messages: Sequence[int], ctl: Control) -> tuple[Topic, ...]:
    """What the questions without an answer are about; `messages` are theirs, newest first."""
    with ctx.store.read() as connection:
        texts = stored.texts(connection, messages)
    same: dict[str, list[int]] = {}
    for number, text in enumerate(texts):
        if text.strip():
            same.setdefault(folded_text(text), []).append(number)
    rows = [found[0] for found in same.values()]
    asked = {found[0]: len(found) for found in same.values()}
    read = [row for row in rows if covered(texts[row])]
    other = [row for row in rows if not covered(texts[row])]
    made = _meanings(ctx, [messages[row] for row in read], [texts[row] for row in read], ctl)
    read = [row for row in read if messages[row] in made]
    found: list[tuple[int, list[str], bool]] = []
    for chosen, by_meaning in ((read, True), (other, False)):
        if not chosen:
            continue
        if by_meaning:
            vectors = np.stack([made[messages[row]] for row in chosen])
        else:
            vectors = lexical_vectors([texts[row] for row in chosen])
        counts = [asked[row] for row in chosen]
        like = LIKE_BY_MEANING if by_meaning else LIKE_BY_WORDS
        for members, said in topics([texts[row] for row in chosen], vectors, counts, like):
            found.append((sum(counts[member] for member in members), said, by_meaning))
    # Words tell a topic from the others of its language.
    named: list[Topic] = []
    for by_meaning in (True, False):
        groups = sorted((one for one in found if one[2] == by_meaning), key=lambda one: -one[0])[:MOST_TOPICS]
        for (count, said, _), words in zip(groups, telling_words([one[1] for one in groups]), strict=True):
            named.append(Topic(words, count, tuple(said[:MOST_EXAMPLES])))
    return tuple(sorted(named, key=lambda topic: -topic.count)[:MOST_TOPICS])


def _meanings(
    ctx: Context, messages: Sequence[int], texts: Sequence[str], ctl: Control
) -> dict[int, NDArray[np.float32]]:
    """The vectors of questions: those kept, and as many new ones as there is time for, which are kept then."""
    with ctx.store.read() as connection:
        made = stored.vectors(connection, messages)
    missing = [(number, text) for number, text in zip(messages, texts, strict=True) if number not in made]
    if not missing:
        return made
    encoder = ctx.bilingual
    deadline = time.monotonic() + EMBED_SECONDS
    for start in range(0, len(missing), EMBED_AT_ONCE):
        if start and time.monotonic() > deadline:
            break  # the oldest questions wait for the next time
        ctl.check()
        part = missing[start : start + EMBED_AT_ONCE]
        vectors = encoder.embed([text for _, text in part])
        made.update({number: vectors[row] for row, (number, _) in enumerate(part)})
        # On a full disk they are made again the next time.
        with contextlib.suppress(DiskFull), ctx.store.write() as connection:
            stored.keep_vectors(connection, [number for number, _ in part], Vectors.quantise(vectors))
    return made
