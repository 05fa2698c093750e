"""The options of every training, and `train forecast | unfinished | resume | drop`"""

from __future__ import annotations

import argparse
from typing import Any

from engine import api
from engine.cli.commands.base import add, simple
from engine.cli.session import Session
from engine.errors import UsageError

METHODS = ("auto", "zero", "head", "lora", "adalora", "prefix", "full")
DEVICES = ("auto", "cpu", "cuda", "mps")


def add_training(parser: argparse.ArgumentParser, methods: tuple[str, ...] = METHODS) -> None:
    """The options that `train classify` and `train entities` share."""
    parser.add_argument("--dataset", required=True)
    parser.add_argument("--pack", required=True, help="the name of the model to make or to improve")
    parser.add_argument("--method", default="auto", choices=methods)
    parser.add_argument("--valid-dataset", help="measure on this data set instead of on held-out texts")
    parser.add_argument("--max-minutes", type=float, help="of training; what is best by then is kept")
    parser.add_argument("--seed", type=int, default=0)
    add_device(parser)
    add_options(parser)


def add_device(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--device", default="auto", choices=DEVICES)


def add_options(parser: argparse.ArgumentParser) -> None:
    """`TrainOptions`, one by one."""
    group = parser.add_argument_group("fine points (left out: measured defaults)")
    group.add_argument("--rank", type=int, help="of the LoRA matrices")
    group.add_argument("--layers", type=int, help="how many of the encoder's upper layers are adapted")
    group.add_argument("--epochs", type=int, help="at most; training stops when held-out texts gain nothing more")
    group.add_argument("--learning-rate", type=float)
    group.add_argument("--balance", action="store_true", help="small labels count as much as large ones")
    group.add_argument("--label-smoothing", type=float, default=0.0)
    group.add_argument("--augment", action="store_true", help="add changed copies of texts of small labels")
    group.add_argument("--adversarial", type=float, default=0.0, help="radius of the change to the input (FGM)")
    group.add_argument("--teacher", help="a larger model whose answers are learned too (distillation)")
    group.add_argument("--search-minutes", type=float, default=0.0, help="search good settings for this long first")
    group.add_argument("--unlabelled", help="a data set of texts; those the model is sure of are learned too")
    group.add_argument("--continual", action="store_true", help="keep what the version in use knows")


def options_of(args: argparse.Namespace) -> api.TrainOptions:
    return api.TrainOptions(
        rank=args.rank,
        layers=args.layers,
        epochs=args.epochs,
        learning_rate=args.learning_rate,
        balance=args.balance,
        label_smoothing=args.label_smoothing,
        augment=args.augment,
        adversarial=args.adversarial,
        teacher=args.teacher,
        search_minutes=args.search_minutes,
        unlabelled=args.unlabelled,
        continual=args.continual,
    )


def training_fields(args: argparse.Namespace) -> dict[str, Any]:
    """The fields that `TrainClassifier` and `TrainEntities` share."""
    return {
        "dataset": args.dataset,
        "pack": args.pack,
        "method": args.method,
        "valid_dataset": args.valid_dataset,
        "max_minutes": args.max_minutes,
        "seed": args.seed,
        "device": args.device,
        "options": options_of(args),
    }


def _forecast(args: argparse.Namespace) -> api.Request:
    return api.ForecastTraining(dataset=args.dataset, task=args.task, device=args.device, options=options_of(args))


def _resume(args: argparse.Namespace, session: Session) -> Any:
    return session.call(api.ResumeTraining(id=args.id if args.id is not None else _newest(session)))


def _newest(session: Session) -> int:
    trainings = session.call(api.ListUnfinished()).trainings
    if not trainings:
        raise UsageError(reason="No training was interrupted, so there is nothing to go on with.")
    newest: int = trainings[0].id
    return newest


def register_in(train: Any) -> None:
    """Add the commands to the group `train`."""
    parser = add(train, "forecast", "what each method would take and reach", simple(_forecast))
    parser.add_argument("--dataset", required=True)
    parser.add_argument("--task", default="classify", choices=("classify", "entities"))
    add_device(parser)
    add_options(parser)

    add(train, "unfinished", "trainings that were interrupted and can go on", simple(lambda a: api.ListUnfinished()))

    parser = add(train, "resume", "go on with an interrupted training", _resume)
    parser.add_argument("id", nargs="?", type=int, help="as `train unfinished` lists it; otherwise the newest")

    parser = add(train, "drop", "forget an interrupted training", simple(lambda a: api.DropTraining(id=a.id)))
    parser.add_argument("id", type=int)
