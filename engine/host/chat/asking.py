"""Answers one question within a conversation and keeps both, if the person wants that."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import msgspec

from engine.api import Answer, AskQuestion, Control
from engine.errors import UsageError
from engine.host.chat.searching import Searcher
from engine.serve.chat.confidence import bundled_judge
from engine.serve.chat.followup import leans_back
from engine.serve.chat.ladder import decide, not_found
from engine.store import conversations, documents

if TYPE_CHECKING:
    from engine.host.context import Context

CANDIDATES = 10
MOST_CHARACTERS = 4000


def ask(ctx: Context, request: AskQuestion, ctl: Control) -> Answer:
    """See `engine.api.AskQuestion`."""
    began = time.monotonic()
    question = request.question.strip()
    if not question:
        raise UsageError(reason="The question is empty.")
    if len(question) > MOST_CHARACTERS:
        raise UsageError(reason=f"The question has {len(question)} characters; the most is {MOST_CHARACTERS}.")
    with ctx.store.read() as connection:
        collection = documents.collection(connection, request.collection)
        earlier: list[str] = []
        if request.conversation is not None:
            conversations.info(connection, request.conversation)
            earlier = conversations.last_questions(connection, request.conversation, 1)
        searcher = Searcher(connection, collection, lambda texts: ctx.encoder.embed(texts), ctx.cache)
        answer = _with_context(searcher, question, earlier, ctl)
    answer = msgspec.structs.replace(answer, confidence=round(answer.confidence, 4))
    for i, sentence in enumerate(answer.sentences):
        ctl.report(i + 1, len(answer.sentences), "answer", sentence.text)
    answer = msgspec.structs.replace(
        answer, conversation=request.conversation, seconds=round(time.monotonic() - began, 4)
    )
    return _keep(ctx, request, question, answer) if request.keep else answer


def _with_context(searcher: Searcher, question: str, earlier: list[str], ctl: Control) -> Answer:
    leaning = leans_back(question) if earlier else "no"
    first, second = ([], earlier) if leaning != "yes" else (earlier, [])
    answer = answer_once(searcher, question, first)
    if leaning == "no" or answer.mode != "not_found":
        return answer
    ctl.check()
    other = answer_once(searcher, question, second)
    return other if other.mode != "not_found" else answer


def answer_once(searcher: Searcher, question: str, context: list[str]) -> Answer:
    """One walk down the ladder; `context` are earlier questions that this one leans on."""
    asked = searcher.understand(question, context)
    candidates = searcher.candidates(searcher.rank(asked, "auto")[:CANDIDATES])
    faq = searcher.faq(asked)
    if not candidates and not faq:
        return not_found(question, 1.0, ())
    return decide(asked, faq, candidates, bundled_judge(), searcher.embed if asked.vector is not None else None)


def _keep(ctx: Context, request: AskQuestion, question: str, answer: Answer) -> Answer:
    with ctx.store.write() as connection:
        conversation = request.conversation
        if conversation is None:
            conversation = conversations.start(connection, request.collection, question)
        conversations.say(connection, conversation, "user", question)
        message = conversations.say(connection, conversation, "assistant", answer.answer, answer)
    return msgspec.structs.replace(answer, conversation=conversation, message=message)
