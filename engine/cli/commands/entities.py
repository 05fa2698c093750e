"""`train entities`, `entities`, and `evaluate` for readers of entities"""

from __future__ import annotations

import argparse
from typing import Any

from engine import api
from engine.cli.commands import teach
from engine.cli.commands.base import add, simple
from engine.cli.session import Session
from engine.errors import UsageError

METHODS = ("auto", "head", "lora", "adalora", "prefix", "full")


def _find(args: argparse.Namespace, session: Session) -> Any:
    if args.input:
        if args.text or not (args.text_column and args.output):
            raise UsageError(reason="--input needs --text-column and --output, and no texts beside it.")
        return session.call(
            api.ExtractFile(pack=args.pack, input=args.input, output=args.output, text_column=args.text_column)
        )
    if not args.text:
        raise UsageError(reason="Give at least one text, or --input.")
    return session.call(api.ExtractEntities(pack=args.pack, texts=tuple(args.text)))


def evaluate(args: argparse.Namespace, session: Session) -> Any:
    """`evaluate` of whatever the pack is: a classifier, or a reader of entities."""
    if session.call(api.ListVersions(pack=args.pack)).task == "entities":
        return session.call(api.EvaluateEntities(pack=args.pack, dataset=args.dataset))
    return session.call(api.Evaluate(pack=args.pack, dataset=args.dataset))


def register_in(train: Any) -> None:
    """Add the command to the group `train`."""
    parser = add(
        train, "entities", "train a reader of names and terms in texts",
        simple(lambda a: api.TrainEntities(**teach.training_fields(a))),
    )  # fmt: skip
    teach.add_training(parser, METHODS)


def register(commands: Any) -> None:
    parser = add(commands, "entities", "find names and terms in texts", _find)
    parser.add_argument("text", nargs="*")
    parser.add_argument("--pack", required=True)
    parser.add_argument("--input")
    parser.add_argument("--text-column")
    parser.add_argument("--output")
