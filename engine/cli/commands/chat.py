"""`kb …` and `chat …`"""

from __future__ import annotations

import argparse
from typing import Any

import msgspec

from engine import api
from engine.cli.batch import run_lines
from engine.cli.commands import desk, handoff, library, phrasing, search
from engine.cli.commands.base import add, group, simple
from engine.cli.output import piece_writer
from engine.cli.session import Session
from engine.errors import UsageError


def _ask(args: argparse.Namespace, session: Session) -> Any:
    if not (args.collection or args.profile or args.conversation):
        raise UsageError(reason="Give --collection, --profile or --conversation.")
    if args.input:
        _one_source(args.question, args)

        def request(question: str) -> api.AskQuestion:
            return api.AskQuestion(
                collection=args.collection, question=question, keep=False, profile=args.profile, pack=args.pack
            )  # fmt: skip

        return run_lines(session, args.input, args.output, request, msgspec.to_builtins)
    if not args.question:
        raise UsageError(reason="Give a question, or --input and --output.")
    asked = api.AskQuestion(
        collection=args.collection, question=args.question, conversation=args.conversation, profile=args.profile,
        instead_of=args.instead_of, pack=args.pack, seed=args.seed, reword=args.reword,
    )  # fmt: skip
    return session.call(asked, on_note=piece_writer(as_json=args.json) if args.stream else None)


def _one_source(text: str | None, args: argparse.Namespace) -> None:
    if text or not args.output:
        raise UsageError(reason="--input needs --output, and no question beside it.")


def _remove(args: argparse.Namespace) -> api.Request:
    return api.RemoveDocuments(collection=args.collection, path=args.path)


def register(commands: Any) -> None:
    kb = group(commands, "kb", "collections of documents")
    parser = add(
        kb, "add", "index files or folders (pdf, docx, pptx, odt, rtf, eml, xlsx, html, md, txt, FAQ tables)",
        simple(lambda a: api.AddDocuments(collection=a.collection, paths=tuple(a.path))),
    )  # fmt: skip
    parser.add_argument("--collection", required=True)
    parser.add_argument("path", nargs="+")
    library.register(kb)
    add(kb, "list", "the collections", simple(lambda a: api.ListCollections()))
    parser = add(kb, "remove", "remove a collection, or one document of it", simple(_remove))
    parser.add_argument("collection")
    parser.add_argument("path", nargs="?")
    parser = add(
        kb, "export", "write a collection as json lines",
        simple(lambda a: api.ExportCollection(collection=a.collection, path=a.file)),
    )  # fmt: skip
    parser.add_argument("collection")
    parser.add_argument("file")
    search.register(kb)

    chat = group(commands, "chat", "answers from your documents")
    parser = add(chat, "ask", "ask a question", _ask)
    parser.add_argument("--collection", default="", help="may be left out with --profile or --conversation")
    parser.add_argument("--profile", default="", help="the agent that answers")
    parser.add_argument("--conversation", type=int)
    parser.add_argument("--instead-of", type=int, metavar="MESSAGE", help="an answer to give again from other sources")
    parser.add_argument("--pack", default="", help="a generator that phrases what the passages say")
    parser.add_argument("--seed", type=int, help="with --pack: other words; without it the same ones each time")
    parser.add_argument("--reword", action="store_true", help="with --instead-of: from any source, for other words")
    parser.add_argument("--stream", action="store_true")
    parser.add_argument("question", nargs="?")
    parser.add_argument("--input")
    parser.add_argument("--output")
    desk.register(chat)
    handoff.register(chat)
    phrasing.register(chat)
    parser = add(chat, "list", "the conversations", simple(lambda a: api.ListConversations(query=a.query)))
    parser.add_argument("--query", default="")
