"""`train …`, `classify`, `evaluate`"""

from __future__ import annotations

import argparse
from typing import Any

from engine import api
from engine.cli.commands import entities, teach, teach_generator
from engine.cli.commands.base import add, group, simple
from engine.cli.session import Session
from engine.errors import UsageError


def _classify(args: argparse.Namespace, session: Session) -> Any:
    labels = tuple(label.strip() for label in (args.labels or "").split(",") if label.strip())
    if bool(args.pack) == bool(labels):
        raise UsageError(reason="Give either --pack, or --labels with at least one label.")
    if args.precision is not None and not 0 < args.precision < 1:
        raise UsageError(reason=f"--precision is a share between 0 and 1, not {args.precision}.")
    if args.input:
        if args.text or not (args.text_column and args.output):
            raise UsageError(reason="--input needs --text-column and --output, and no texts beside it.")
        return session.call(
            api.ClassifyFile(
                input=args.input, output=args.output, text_column=args.text_column, pack=args.pack, labels=labels,
                precision=args.precision,
            )
        )  # fmt: skip
    if not args.text:
        raise UsageError(reason="Give at least one text, or --input.")
    return session.call(api.Classify(texts=tuple(args.text), pack=args.pack, labels=labels, precision=args.precision))


def register(commands: Any) -> None:
    train = group(commands, "train", "teach a model on your own examples")
    parser = add(
        train, "classify", "train a classifier of texts",
        simple(lambda a: api.TrainClassifier(**teach.training_fields(a))),
    )  # fmt: skip
    teach.add_training(parser)
    teach.register_in(train)
    entities.register_in(train)
    teach_generator.register_in(train)

    parser = add(commands, "classify", "label texts", _classify)
    parser.add_argument("text", nargs="*")
    parser.add_argument("--pack")
    parser.add_argument("--labels", help="comma-separated labels, without any training")
    parser.add_argument("--input")
    parser.add_argument("--text-column")
    parser.add_argument("--output")
    parser.add_argument(
        "--precision", type=float, help="leave texts to a person below the score that reached this share"
    )

    parser = add(commands, "evaluate", "how good a model is on a data set", entities.evaluate)
    parser.add_argument("--pack", required=True)
    parser.add_argument("--dataset", required=True)
