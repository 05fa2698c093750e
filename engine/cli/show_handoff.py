"""How the hand-off queue, approved answers, figures and conversations look on a terminal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine import api
from engine.cli.output import clip, table

WHO = {"user": "Customer", "assistant": "Casemate", "person": "Person"}


def _handoffs(r: api.Handoffs) -> str:
    head = f"{r.open:,} open, {r.answered:,} answered, {r.dismissed:,} dismissed."
    if len(r.handoffs) < r.total:
        head += f" {len(r.handoffs):,} of {r.total:,} are listed; --offset goes on."
    rows = [(h.id, h.state, h.reason, h.times, h.opened, h.collection, clip(h.question, 60)) for h in r.handoffs]
    columns = ["id", "state", "reason", "times", "opened", "collection", "question"]
    return f"{head}\n\n{table(columns, rows)}" if rows else head


def _handoff(h: api.Handoff) -> str:
    lines = [f"{h.id} ({h.state}, {h.reason}): {h.question}"]
    lines += [f"Note: {h.note}"] if h.note else []
    lines += [f"{h.owner or 'Somebody'}, {h.closed}: {h.answer}"] if h.answer else []
    return "\n".join(lines)


def _shown(r: api.HandoffShown) -> str:
    return f"{_handoff(r.handoff)}\n\n{r.title}\n{_messages(r.messages)}"


def _done(r: api.HandoffDone) -> str:
    return f"{_handoff(r.handoff)}\n{r.open:,} open in the queue.{_masked(r.masked)}"


def _masked(kinds: tuple[str, ...]) -> str:
    return f"\nMasked before storing: {', '.join(kinds)}." if kinds else ""


def _messages(messages: tuple[api.ChatMessage, ...]) -> str:
    return "\n".join(f"[{m.id}] {m.author or WHO.get(m.role, m.role)}: {m.text}" for m in messages)


def _conversation(r: api.Conversation) -> str:
    return f"{r.info.title} ({r.info.collection}, {r.info.updated})\n{_messages(r.messages)}"


def _answers(r: api.ApprovedAnswers) -> str:
    head = f"{r.current:,} in use, {r.expired:,} expired."
    rows = [
        (a.id, a.collection, clip(a.question, 40), clip(a.answer, 40), a.owner,
         f"{a.expires} (expired)" if a.expired else a.expires, a.file)
        for a in r.answers
    ]  # fmt: skip
    columns = ["id", "collection", "question", "answer", "owner", "last day", "file"]
    return f"{head}\n\n{table(columns, rows)}" if rows else head


def _saved(r: api.AnswerSaved) -> str:
    a = r.saved
    until = f" until {a.expires}" if a.expires else ""
    return f"Answer {a.id} of {a.collection} is in use{until}: {a.question}{_masked(r.masked)}"


def _figures(r: api.ChatFigures) -> str:
    if not r.questions:
        return "Nothing was asked in this time."
    sure = f", with a median confidence of {r.median_confidence:.0%}" if r.median_confidence is not None else ""
    lines = [
        f"{r.questions:,} questions: {r.answered:,} answered ({r.answered_share or 0:.0%}){sure}; "
        f"{r.handed_over:,} handed over, {r.not_found:,} not found.",
        f"Rated good {r.ratings_good:,} times, bad {r.ratings_bad:,} times; {r.open_handoffs:,} wait for a person.",
    ]
    if r.median_wait_hours is not None:
        lines.append(f"Half of those answered by a person waited less than {r.median_wait_hours:,.1f} hours.")
    days = [(d.date, d.questions, d.answered, d.handed_over, d.not_found) for d in r.per_day if d.questions]
    lines += ["", table(["day", "questions", "answered", "handed over", "not found"], days)]
    if r.top_unanswered:
        rows = [(t.count, ", ".join(t.words), clip(t.examples[0], 60)) for t in r.top_unanswered]
        lines += ["", f"{r.unanswered:,} without an answer:", table(["count", "words", "for example"], rows)]
    return "\n".join(lines)


def _branched(r: api.Branched) -> str:
    return f"Conversation {r.conversation} begins with {r.messages:,} messages of the old one."


def _taken(r: api.FeedbackTaken) -> str:
    rows = list(r.labels.items())
    return f"{r.examples:,} examples; the data set {r.dataset} has {r.rows:,} rows.\n" + table(
        ["intent", "examples"], rows
    )


SHOWN: dict[type, Callable[[Any], str]] = {
    api.Handoffs: _handoffs,
    api.HandoffShown: _shown,
    api.HandoffDone: _done,
    api.ApprovedAnswers: _answers,
    api.AnswerSaved: _saved,
    api.ChatFigures: _figures,
    api.Conversation: _conversation,
    api.Branched: _branched,
    api.Transcript: lambda r: r.text,
    api.FeedbackTaken: _taken,
}
