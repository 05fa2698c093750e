"""`recommend together`, `export`, `rules`, `add-items`, `feedback`, `replay`, `map`: what stands around the lists."""

from __future__ import annotations

import argparse
from typing import Any

from engine import api
from engine.cli.commands.base import add, group, simple
from engine.errors import UsageError


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _event(args: argparse.Namespace) -> api.Request:
    if not args.user and not args.list:
        raise UsageError(reason="Give --user, --list, or both.")
    event = api.FeedbackEvent(
        args.kind, args.item, args.user or "", args.list or "", args.place, args.chance, args.time
    )
    return api.RecordFeedback(pack=args.pack, events=(event,))


def _pack(commands: Any, name: str, about: str, build: Any) -> argparse.ArgumentParser:
    parser = add(commands, name, about, simple(build))
    parser.add_argument("--pack", required=True)
    return parser


def register(recommend: Any) -> None:
    """Add the commands to the group `recommend`."""
    parser = _pack(
        recommend, "together", "what is chosen together with items",
        lambda a: api.TogetherItems(pack=a.pack, items=_listed(a.items), k=a.k, bundle=a.bundle),
    )  # fmt: skip
    parser.add_argument("--items", required=True, help="comma-separated")
    parser.add_argument("--bundle", action="store_true", help="one set around the first item")
    parser.add_argument("--k", type=int, default=10)
    parser = _pack(
        recommend, "export", "lists for everybody into a file",
        lambda a: api.RecommendFile(pack=a.pack, input="", output=a.output, k=a.k),
    )  # fmt: skip
    parser.add_argument("--output", required=True, help="ends in .csv, or holds json lines")
    parser.add_argument("--k", type=int, default=10)
    parser = _pack(
        recommend, "add-items", "new items by their texts, without learning anew",
        lambda a: api.AddItems(pack=a.pack, input=a.input),
    )  # fmt: skip
    parser.add_argument("--input", required=True, help="a table of items")
    parser = _pack(
        recommend, "map", "items in two dimensions, in named groups",
        lambda a: api.MapItems(pack=a.pack, most=a.most),
    )  # fmt: skip
    parser.add_argument("--most", type=int, default=3000)
    parser = _pack(
        recommend, "replay", "two versions on the lists that were shown",
        lambda a: api.ReplayVersions(pack=a.pack, first=a.first, second=a.second, clip=a.clip, seed=a.seed),
    )  # fmt: skip
    parser.add_argument("first", type=int)
    parser.add_argument("second", type=int)
    parser.add_argument("--clip", type=float, default=50.0)
    parser.add_argument("--seed", type=int, default=0)
    _rules(group(recommend, "rules", "what may not, must, or may only so often be shown"))
    _feedback(group(recommend, "feedback", "what became of the lists"))


def _rules(rules: Any) -> None:
    _pack(rules, "list", "the rules of a recommender", lambda a: api.ListRules(a.pack))
    parser = _pack(rules, "add", "add or change a rule", lambda a: api.AddRule(a.pack, a.kind, a.value))
    parser.add_argument("kind", help="exclude, pin, in_stock, per_category, age, sensitive or diversity")
    parser.add_argument("value", nargs="?", default="")
    parser = _pack(
        rules, "remove", "remove a rule, or every rule of a kind",
        lambda a: api.RemoveRule(a.pack, a.kind, a.value),
    )  # fmt: skip
    parser.add_argument("kind")
    parser.add_argument("value", nargs="?", default="")


def _feedback(feedback: Any) -> None:
    parser = _pack(feedback, "add", "one event", _event)
    parser.add_argument("kind", choices=("shown", "clicked", "dismissed"))
    parser.add_argument("--item", required=True)
    parser.add_argument("--user")
    parser.add_argument("--list", help="the number that `recommend top --record` gave")
    parser.add_argument("--place", type=int, default=0)
    parser.add_argument("--chance", type=float)
    parser.add_argument("--time", default="")
    parser = _pack(
        feedback, "import", "a table of events", lambda a: api.ImportFeedback(pack=a.pack, input=a.input)
    )  # fmt: skip
    parser.add_argument("--input", required=True, help="columns user, item, type, and list, place, chance, time")
    parser = _pack(
        feedback, "undo", "take a dismissal back",
        lambda a: api.UndoDismissal(pack=a.pack, user=a.user, item=a.item),
    )  # fmt: skip
    parser.add_argument("--user", required=True)
    parser.add_argument("--item", required=True)
    parser = _pack(
        feedback, "figures", "the hit rate over time", lambda a: api.GetFeedbackFigures(pack=a.pack, per=a.per)
    )
    parser.add_argument("--per", choices=("day", "week", "month"), default="week")
    parser = _pack(
        feedback, "to-events", "add clicks and dismissals to the events that are learned from",
        lambda a: api.FeedbackToEvents(pack=a.pack, dataset=a.dataset),
    )  # fmt: skip
    parser.add_argument("--dataset", default="")
