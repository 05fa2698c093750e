"""`chat summarise`, `chat rewrite`, `chat translate` and `chat draft`"""

from __future__ import annotations

import argparse
import sys
from typing import Any

from engine import api
from engine.cli.commands.base import add, simple

TONES = ("formal", "friendly", "short")


def _given(text: str) -> str:
    return sys.stdin.read() if text == "-" else text


def _summarise(args: argparse.Namespace) -> api.Request:
    return api.Summarise(
        text=_given(args.text), document_id=args.document, conversation=args.conversation, pack=args.pack,
        seed=args.seed,
    )  # fmt: skip


def _choices(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--pack", default="", help="the generator; otherwise the first there is")
    parser.add_argument("--seed", type=int, help="other words; without it the same ones each time")


def register(chat: Any) -> None:
    """Add the commands to the group `chat`."""
    parser = add(chat, "summarise", "what a text, document or conversation says", simple(_summarise))
    parser.add_argument("text", nargs="?", default="", help="- reads standard input")
    parser.add_argument("--document", type=int, metavar="ID")
    parser.add_argument("--conversation", type=int, metavar="ID")
    _choices(parser)
    parser = add(
        chat, "rewrite", "the same in another tone",
        simple(lambda a: api.Rewrite(text=_given(a.text), tone=a.tone, pack=a.pack, seed=a.seed)),
    )  # fmt: skip
    parser.add_argument("text", help="- reads standard input")
    parser.add_argument("--tone", choices=TONES, required=True)
    _choices(parser)
    parser = add(
        chat, "translate", "the same in another language, as far as the generator can",
        simple(lambda a: api.Translate(text=_given(a.text), to=a.to, pack=a.pack, seed=a.seed)),
    )  # fmt: skip
    parser.add_argument("text", help="- reads standard input")
    parser.add_argument("--to", choices=("en", "zh"), required=True)
    _choices(parser)
    parser = add(
        chat, "draft", "a reply to a message, from the documents",
        simple(
            lambda a: api.DraftReply(
                collection=a.collection, message=_given(a.message), tone=a.tone, profile=a.profile, pack=a.pack,
                seed=a.seed,
            )
        ),
    )  # fmt: skip
    parser.add_argument("message", help="- reads standard input")
    parser.add_argument("--collection", default="", help="may be left out with --profile")
    parser.add_argument("--profile", default="")
    parser.add_argument("--tone", choices=TONES, default="")
    _choices(parser)
