"""`train generator` and `models merge`"""

from __future__ import annotations

import argparse
from typing import Any

from engine import api
from engine.cli.commands.base import add, simple
from engine.cli.commands.teach import add_device


def _train(args: argparse.Namespace) -> api.Request:
    return api.TrainGenerator(
        dataset=args.dataset,
        base=args.base,
        pack=args.pack,
        valid_dataset=args.valid_dataset,
        max_minutes=args.max_minutes,
        seed=args.seed,
        device=args.device,
        options=api.GeneratorOptions(
            rank=args.rank, alpha=args.alpha, epochs=args.epochs, learning_rate=args.learning_rate, longest=args.longest
        ),
    )


def register_in(train: Any) -> None:
    """Add the command to the group `train`."""
    parser = add(train, "generator", "teach a generator your own answers (LoRA)", simple(_train))
    parser.add_argument(
        "--dataset", required=True,
        help="questions with answers (faq) or conversations (texts); `approved` or `approved:COLLECTION` for the "
        "desk's own",
    )  # fmt: skip
    parser.add_argument("--base", required=True, help="the generator that is taught")
    parser.add_argument("--pack", required=True, help="the name of what is learned, or of what is to be improved")
    parser.add_argument("--valid-dataset", help="measure on this data set instead of on held-out conversations")
    parser.add_argument("--max-minutes", type=float, help="of training; what is best by then is kept")
    parser.add_argument("--seed", type=int, default=0)
    add_device(parser)
    group = parser.add_argument_group("fine points (left out: sane defaults)")
    group.add_argument("--rank", type=int, help="of the LoRA matrices (16)")
    group.add_argument("--alpha", type=float, help="what is learned is scaled by alpha / rank (twice the rank)")
    group.add_argument("--epochs", type=int, help="at most; training stops when held-out answers gain nothing more")
    group.add_argument("--learning-rate", type=float)
    group.add_argument("--longest", type=int, help="tokens of a conversation that are learned from (1024)")


def register_in_models(models: Any) -> None:
    """Add the command to the group `models`."""
    parser = add(
        models, "merge", "make one file of a generator and what was learned over it",
        simple(lambda a: api.MergeGenerator(pack=a.pack, name=a.name, kind=a.kind)),
    )  # fmt: skip
    parser.add_argument("pack")
    parser.add_argument("--name", required=True, help="of the new generator")
    parser.add_argument("--kind", default="Q8_0", choices=("Q8_0", "F16", "F32"))
