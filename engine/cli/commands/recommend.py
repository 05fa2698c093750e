"""`recommend …`"""

from __future__ import annotations

import argparse
from typing import Any

from engine import api
from engine.cli.commands import recommend_serving
from engine.cli.commands.base import add, group, simple
from engine.cli.session import Session
from engine.errors import UsageError


def _fit(args: argparse.Namespace) -> api.Request:
    return api.FitRecommender(
        items=args.items, events=args.events, pack=args.pack, max_minutes=args.max_minutes, seed=args.seed,
        weights=_weights(args.weight),
    )  # fmt: skip


def _weights(pairs: list[str]) -> dict[str, float]:
    found = {}
    for pair in pairs:
        kind, _, weight = pair.rpartition("=")
        try:
            found[kind.strip()] = float(weight)
        except ValueError:
            kind = ""
        if not kind.strip():
            raise UsageError(reason=f"--weight takes TYPE=NUMBER, such as view=0.1, not {pair!r}.")
    return found


def _top(args: argparse.Namespace, session: Session) -> Any:
    if sum(source is not None for source in (args.user, args.history, args.input)) != 1 and not args.text:
        raise UsageError(reason="Give one of --user, --history and --input, or --text.")
    if args.k < 1:
        raise UsageError(reason=f"--k is at least 1, not {args.k}.")
    if args.input is not None:
        if not args.output:
            raise UsageError(reason="--input needs --output.")
        return session.call(api.RecommendFile(pack=args.pack, input=args.input, output=args.output, k=args.k))
    history = tuple(item.strip() for item in (args.history or "").split(",") if item.strip())
    return session.call(
        api.RecommendTop(
            pack=args.pack, user=args.user, history=history, k=args.k, text=args.text or "", diversity=args.diversity,
            without=tuple(item.strip() for item in args.without.split(",") if item.strip()),
            record=args.record or args.explore > 0, explore=args.explore,
        )
    )  # fmt: skip


def register(commands: Any) -> None:
    recommend = group(commands, "recommend", "items for people")
    parser = add(
        recommend, "fit", "learn from items and events",
        simple(_fit),
    )  # fmt: skip
    parser.add_argument("--items", required=True, help="a data set of kind items")
    parser.add_argument("--events", required=True, help="a data set of kind events")
    parser.add_argument("--pack", required=True)
    parser.add_argument("--max-minutes", type=float)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--weight", action="append", default=[], metavar="TYPE=NUMBER",
        help="how much events of a type count, -1 to 1; below 0 they speak against an item, 0 leaves them out",
    )  # fmt: skip
    parser = add(recommend, "top", "the best items for a person", _top)
    parser.add_argument("--pack", required=True)
    parser.add_argument("--user")
    parser.add_argument("--history", help="comma-separated items of somebody unknown to the model")
    parser.add_argument("--text", help="a wish in words, such as: like the Ridge 2 tent but cheaper")
    parser.add_argument("--without", default="", help="comma-separated items that are taken out of the history")
    parser.add_argument("--diversity", choices=("off", "some", "strong"))
    parser.add_argument("--record", action="store_true", help="keep the list, so that clicks on it can be counted")
    parser.add_argument("--explore", type=float, default=0.0, help="share of places by lot, 0 to 0.5; records the list")
    parser.add_argument("--input")
    parser.add_argument("--output")
    parser.add_argument("--k", type=int, default=10)
    parser = add(
        recommend, "similar", "items like this one",
        simple(lambda a: api.SimilarItems(pack=a.pack, item=a.item, k=a.k)),
    )  # fmt: skip
    parser.add_argument("--pack", required=True)
    parser.add_argument("--item", required=True)
    parser.add_argument("--k", type=int, default=10)
    parser = add(
        recommend, "forget", "remove a person and what was learned from them",
        simple(lambda a: api.ForgetUser(pack=a.pack, user=a.user)),
    )  # fmt: skip
    parser.add_argument("--pack", required=True)
    parser.add_argument("--user", required=True)
    parser = add(
        recommend, "evaluate", "how good the lists are on events held out",
        simple(lambda a: api.EvaluateRecommender(pack=a.pack, holdout=a.holdout, baselines=a.baselines)),
    )  # fmt: skip
    parser.add_argument("--pack", required=True)
    parser.add_argument("--holdout", required=True)
    parser.add_argument("--baselines", action="store_true")
    recommend_serving.register(recommend)
