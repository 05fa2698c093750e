"""The conversations that a generator is taught: out of a data set, or what the desk itself approved.

A data set of kind faq gives one conversation per row, or per value of its column `conversation`; of kind texts each row
is a conversation as JSON. The desk's own are its approved answers (each way of putting the question is one), what
people wrote in conversations, and what was rated good there; of those conversations the earlier turns are read along
and not learned.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from engine.api import Control, TrainGenerator
from engine.dataset.folding import folded_text
from engine.errors import DataUnusable, UnknownName
from engine.host.chat.grounding import instruction_of
from engine.runtimes.gguf.template import Turn
from engine.serve.chat.grounded import Grounds, as_data, messages
from engine.store import approved, conversations, datasets, documents
from engine.train.generator.values import Talk

if TYPE_CHECKING:
    from engine.host.context import Context

APPROVED = "approved"
MOST_TALKS = 50_000
MOST_CHARS = 60_000_000
MOST_TURNS = 200
MOST_APPROVED = 1_000_000
_ROLES = {
    "user": "user", "human": "user", "customer": "user", "client": "user", "question": "user", "prompter": "user",
    "assistant": "assistant", "gpt": "assistant", "agent": "assistant", "bot": "assistant", "desk": "assistant",
    "person": "assistant", "model": "assistant", "answer": "assistant", "system": "system",
}  # fmt: skip
_PASSAGES = ("passages", "context", "contexts", "passage")


def read_talks(ctx: Context, dataset: str, base: str, ctl: Control) -> list[Talk]:
    """The conversations of a data set, or of the desk.

    Args:
        base: the generator; passages are put to it in the words that it was taught.
    Raises:
        UnknownName: there is neither such a data set nor such a collection.
        DataUnusable: it holds no conversations, or a row that is none.
    """
    try:
        found = datasets.find(ctx.store, dataset)
    except UnknownName:
        if dataset != APPROVED and not dataset.startswith(f"{APPROVED}:"):
            raise
        return _bounded(dataset, _approved(ctx, dataset.partition(":")[2]), ctl)
    kind = found.info.kind
    if kind == "faq":
        return _bounded(dataset, _questions(ctx, dataset, base), ctl)
    if kind == "texts":
        return _bounded(dataset, _written(ctx, dataset), ctl)
    raise DataUnusable(
        name=dataset,
        reason=f"it holds {kind}. A generator learns from questions with answers (import it as faq) or from "
        "conversations (import it as texts, each a JSON list of turns).",
    )


def _bounded(name: str, talks: Iterator[Talk], ctl: Control) -> list[Talk]:
    kept: dict[tuple[str, ...], Talk] = {}
    characters = 0
    for number, one in enumerate(talks):
        if number % 200 == 0:
            ctl.report(number, None, "read")
        kept.setdefault(tuple(f"{turn.role} {folded_text(turn.content)}" for turn in one.turns), one)
        characters += sum(len(turn.content) for turn in one.turns)
        if len(kept) > MOST_TALKS or characters > MOST_CHARS:
            raise DataUnusable(
                name=name,
                reason=f"it has more than {MOST_TALKS:,} conversations or {MOST_CHARS:,} characters, which is the most "
                "that is taught at once.",
            )
    return list(kept.values())


# --- data sets --------------------------------------------------------------------------------------------------


def _questions(ctx: Context, dataset: str, base: str) -> Iterator[Talk]:
    """One conversation per row; rows with the same value of `conversation` are turns of one, in their order."""
    together: dict[str, list[Turn]] = {}
    for row in datasets.read_rows(ctx.store, dataset, "faq"):
        question, answer = row["question"].strip(), row["answer"].strip()
        if not question or not answer:
            continue
        key = row.get("conversation", "").strip()
        passages = _passages(row)
        system = row.get("system", "").strip()
        if key and not passages:
            turns = together.setdefault(key, [Turn("system", system)] if system else [])
            turns += [Turn("user", question), Turn("assistant", answer)]
            continue
        yield Talk((*_asked(ctx, base, question, passages, system), Turn("assistant", answer)), passages)
    for turns in together.values():
        yield Talk(tuple(turns))


def _asked(ctx: Context, base: str, question: str, passages: tuple[str, ...], system: str) -> Iterator[Turn]:
    """As an answer from passages is asked for in Chat, or as the question alone."""
    if not passages:
        if system:
            yield Turn("system", system)
        yield Turn("user", question)
        return
    grounds = Grounds((), tuple(as_data(one) for one in passages))
    for one in messages(question, grounds, system or instruction_of(ctx, base)):
        yield Turn(one.role, one.content)


def _passages(row: dict[str, str]) -> tuple[str, ...]:
    text = next((row[name].strip() for name in _PASSAGES if row.get(name, "").strip()), "")
    if text.startswith("["):
        try:
            found = json.loads(text)
        except ValueError:
            return (text,)
        if isinstance(found, list) and all(isinstance(one, str) for one in found):
            return tuple(one for one in found if one.strip())
    return (text,) if text else ()


def _written(ctx: Context, dataset: str) -> Iterator[Talk]:
    for number, row in enumerate(datasets.read_rows(ctx.store, dataset, "texts"), start=1):
        yield Talk(tuple(_turns(dataset, number, row["text"])))


def _turns(dataset: str, number: int, text: str) -> Iterator[Turn]:
    """A conversation as JSON: objects with role and content (or from and value).

    Raises:
        DataUnusable: with the row.
    """

    def bad(reason: str) -> DataUnusable:
        return DataUnusable(name=dataset, reason=f"its row {number:,} is no conversation: {reason}")

    try:
        found: Any = json.loads(text)
    except ValueError:
        raise bad("it is no JSON. A conversation is a list like [{“role”: “user”, “content”: “…”}, …].") from None
    if isinstance(found, dict):
        found = next((found[key] for key in ("messages", "conversations", "turns") if key in found), None)
    if not isinstance(found, list) or not 2 <= len(found) <= MOST_TURNS:
        raise bad(f"it has to be a list of 2 to {MOST_TURNS} turns.")
    answers = 0
    for at, turn in enumerate(found, start=1):
        if not isinstance(turn, dict):
            raise bad(f"its turn {at} is no object.")
        said, by = turn.get("content", turn.get("value")), turn.get("role", turn.get("from"))
        if not isinstance(said, str) or not isinstance(by, str) or by.lower() not in _ROLES:
            raise bad(f"its turn {at} needs a role (system, user or assistant) and a content.")
        role = _ROLES[by.lower()]
        answers += role == "assistant" and at > 1
        yield Turn(role, said.strip())
    if not answers:
        raise bad("nobody answers in it.")


# --- the desk ---------------------------------------------------------------------------------------------------


def _approved(ctx: Context, collection: str) -> Iterator[Talk]:
    with ctx.store.read() as connection:
        number = documents.collection(connection, collection).id if collection else None
        listed = approved.find(connection, number, "", "current", MOST_APPROVED)
        talks = [one for one in conversations.find(connection) if collection in ("", one.collection)]
    for one in listed:
        for question in dict.fromkeys((one.question, *one.variants)):
            yield Talk((Turn("user", question.strip()), Turn("assistant", one.answer.strip())))
    for info in talks:
        with ctx.store.read() as connection:
            said = conversations.messages(connection, info.id)
        turns: list[Turn] = []
        for message in said[:MOST_TURNS]:
            role = "user" if message.role == "user" else "assistant"
            turns.append(Turn(role, message.text.strip()))
            vouched = message.role == "person" or (message.role == "assistant" and message.rating > 0)
            if vouched and message.text.strip() and len(turns) > 1:
                yield Talk(tuple(turns), last_only=True)


def mark_of(talks: list[Talk]) -> str:
    """Tells one state of the data from another."""
    from hashlib import blake2b

    digest = blake2b(digest_size=16)
    for one in talks:
        for turn in one.turns:
            digest.update(f"{turn.role}\0{turn.content}\0".encode())
        digest.update(b"\1")
    return f"{len(talks)} conversations, {digest.hexdigest()}"


def require_any(request: TrainGenerator, talks: list[Talk], least: int) -> None:
    """Raises: DataUnusable."""
    if len(talks) < least:
        where = "the desk has approved or vouched for only" if request.dataset.startswith(APPROVED) else "it has only"
        raise DataUnusable(
            name=request.dataset,
            reason=f"{where} {len(talks):,} different conversations with an answer, and at least {least} are needed.",
        )
