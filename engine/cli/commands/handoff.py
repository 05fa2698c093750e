"""The parts of `chat …` about people: the queue, approved answers, figures, and conversations themselves."""

from __future__ import annotations

import argparse
from typing import Any

from engine import api
from engine.cli.commands.base import add, group, simple
from engine.cli.session import Session

RATINGS = {"good": 1, "bad": -1, "none": 0}


def _queue(args: argparse.Namespace, session: Session) -> Any:
    if args.id is not None:
        return session.call(api.GetHandoff(id=args.id))
    state: Any = "" if args.state == "all" else args.state
    return session.call(
        api.ListHandoffs(
            state=state, collection=args.collection, limit=args.limit, reason=args.reason, offset=args.offset
        )
    )


def register(chat: Any) -> None:
    """Add the commands to those of `chat`."""
    _register_queue(chat)
    _register_answers(group(chat, "answers", "approved answers that people wrote, and those of FAQ files"))
    _register_conversations(chat)
    parser = add(
        chat, "figures", "what was asked and how it was answered, and what had no answer",
        simple(lambda a: api.GetChatFigures(days=a.days, collection=a.collection)),
    )  # fmt: skip
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument("--collection", default="")
    parser = add(
        chat, "learn", "put questions with the intents that people gave them into a data set",
        simple(lambda a: api.FeedbackToDataset(name=a.dataset, pack=a.pack)),
    )  # fmt: skip
    parser.add_argument("--dataset", required=True)
    parser.add_argument("--pack", default="", help="corrections of this model alone")


def _register_queue(chat: Any) -> None:
    parser = add(chat, "queue", "questions that wait for a person; with a number, one with its conversation", _queue)
    parser.add_argument("id", type=int, nargs="?")
    parser.add_argument("--state", default="open", choices=("open", "answered", "dismissed", "withdrawn", "all"))
    parser.add_argument("--collection", default="")
    parser.add_argument("--reason", default="", choices=("", *api.HANDOFF_REASONS))
    parser.add_argument("--limit", type=int, default=200)
    parser.add_argument("--offset", type=int, default=0, help="leave out so many, which were listed before")

    parser = add(
        chat, "answer", "answer what waits: into the conversation, and among the approved answers",
        simple(
            lambda a: api.AnswerHandoff(
                id=a.id, answer=a.text, owner=a.owner, expires=a.expires, approve=a.approve, question=a.question,
                intent=a.intent, pack=a.pack,
            )
        ),
    )  # fmt: skip
    parser.add_argument("id", type=int, help="as `chat queue` shows it")
    parser.add_argument("text")
    parser.add_argument("--owner", default="", help="who answers for it")
    parser.add_argument("--expires", default="", help="the last day on which it is used, YYYY-MM-DD")
    parser.add_argument("--question", default="", help="the question in words that stand for themselves")
    parser.add_argument("--no-approve", dest="approve", action="store_false", help="for this conversation alone")
    parser.add_argument("--intent", default="", help="what the question is about")
    parser.add_argument("--pack", default="", help="the model whose labelling queue gets question and intent")

    parser = add(
        chat, "dismiss", "take a question out of the queue without an answer",
        simple(lambda a: api.DismissHandoff(id=a.id, reason=a.reason, owner=a.owner)),
    )  # fmt: skip
    parser.add_argument("id", type=int)
    parser.add_argument("--reason", default="")
    parser.add_argument("--owner", default="")

    parser = add(
        chat, "handover", "send a message of a conversation to the queue",
        simple(lambda a: api.HandOver(message=a.message, reason=a.reason)),
    )  # fmt: skip
    parser.add_argument("message", type=int)
    parser.add_argument("--reason", default="", help="a note for whoever answers")


def _register_answers(answers: Any) -> None:
    parser = add(
        answers, "list", "the approved answers, the last changed first",
        simple(lambda a: api.ListAnswers(collection=a.collection, query=a.query, state=a.state, limit=a.limit)),
    )  # fmt: skip
    parser.add_argument("--collection", default="")
    parser.add_argument("--query", default="")
    parser.add_argument("--state", default="", choices=("", "current", "expired"))
    parser.add_argument("--limit", type=int, default=500)

    parser = add(
        answers, "save", "a new approved answer, or with --id another text for one",
        simple(
            lambda a: api.SaveAnswer(
                collection=a.collection, question=a.question, answer=a.answer, id=a.id, owner=a.owner,
                expires=a.expires, variants=tuple(a.variant),
            )
        ),
    )  # fmt: skip
    parser.add_argument("question")
    parser.add_argument("answer")
    parser.add_argument("--collection", default="", help="needed for a new one")
    parser.add_argument("--id", type=int)
    parser.add_argument("--owner", default="")
    parser.add_argument("--expires", default="", help="the last day on which it is used, YYYY-MM-DD")
    parser.add_argument("--variant", action="append", default=[], help="another way to put the question; repeatable")

    parser = add(answers, "delete", "remove an approved answer", simple(lambda a: api.DeleteAnswer(id=a.id)))
    parser.add_argument("id", type=int)


def _register_conversations(chat: Any) -> None:
    parser = add(chat, "show", "a conversation with its messages", simple(lambda a: api.GetConversation(id=a.id)))
    parser.add_argument("id", type=int)
    parser = add(
        chat, "rename", "another title for a conversation",
        simple(lambda a: api.RenameConversation(id=a.id, title=a.title)),
    )  # fmt: skip
    parser.add_argument("id", type=int)
    parser.add_argument("title")
    parser = add(chat, "delete", "delete a conversation", simple(lambda a: api.DeleteConversation(id=a.id)))
    parser.add_argument("id", type=int)
    parser = add(
        chat, "rate", "say whether an answer was good",
        simple(lambda a: api.RateMessage(message=a.message, rating=RATINGS[a.rating])),
    )  # fmt: skip
    parser.add_argument("message", type=int)
    parser.add_argument("rating", choices=tuple(RATINGS))
    parser = add(
        chat, "branch", "a new conversation with what was said before a message",
        simple(lambda a: api.BranchConversation(message=a.message)),
    )  # fmt: skip
    parser.add_argument("message", type=int)
    parser = add(
        chat, "copy", "a conversation, or one answer of it, as text with numbered sources",
        simple(lambda a: api.CopyConversation(id=a.id, message=a.message, language=a.language)),
    )  # fmt: skip
    parser.add_argument("id", type=int)
    parser.add_argument("--message", type=int)
    parser.add_argument("--language", default="", choices=("", "en", "zh"))
    parser = add(
        chat, "export", "write a conversation with its sources to a file",
        simple(lambda a: api.ExportConversation(id=a.id, path=a.file, format=a.format, language=a.language)),
    )  # fmt: skip
    parser.add_argument("id", type=int)
    parser.add_argument("file", help="ending in .md, .pdf or .json")
    parser.add_argument("--format", default="", choices=("", "md", "pdf", "json"))
    parser.add_argument("--language", default="", choices=("", "en", "zh"))
