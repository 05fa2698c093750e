"""Recommendation results as text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine import api
from engine.cli.output import table


def ranked(r: api.RankedItems) -> str:
    rows = [(i.item, i.title, i.score, i.reason) for i in r.items]
    lines = [*(f"{sentence}" for sentence in r.understood), table(["item", "title", "score", "reason"], rows)]
    if r.unknown:
        lines.append(f"Unknown to the model: {', '.join(r.unknown)}")
    if r.shown:
        lines.append(f"Recorded as list {r.shown}.")
    return "\n".join(lines)


def rules(r: api.RecommendRules) -> str:
    lines = [table(["rule", "value"], [(rule.kind, rule.value) for rule in r.rules])]
    if r.unknown:
        lines.append(f"Not known to the model, so without effect: {', '.join(r.unknown)}")
    if r.hidden:
        lines.append(f"Items that are never shown: {r.hidden:,}")
    return "\n".join(lines)


def figures(r: api.FeedbackFigures) -> str:
    rows = [
        (p.start, p.lists, p.shown, p.clicked, p.dismissed, f"{p.rate:.1%}", f"{p.low:.1%} to {p.high:.1%}", p.versions)
        for p in r.periods
    ]
    heads = ["from", "lists", "shown", "clicked", "dismissed", "rate", "95 %", "versions"]
    return f"{table(heads, rows)}\n{r.verdict}"


def replayed(r: api.VersionsReplayed) -> str:
    rows = [
        (v.version, f"{v.snips:.2%}", f"{v.low:.2%} to {v.high:.2%}", f"{v.ips:.2%}", v.matched, v.clicks, v.effective)
        for v in (r.first, r.second)
    ]
    heads = ["version", "SNIPS", "95 %", "IPS", "places alike", "clicks", "worth"]
    gap = f"Difference {r.difference:+.2%} ({r.difference_low:+.2%} to {r.difference_high:+.2%})."
    return "\n".join([f"{r.lists:,} lists, {r.places:,} places, {r.clicks:,} clicks.", table(heads, rows), gap,
                      r.verdict, *r.notes])  # fmt: skip


def item_map(r: api.ItemMap) -> str:
    rows = [(", ".join(group.words), group.size, group.x, group.y) for group in r.groups]
    drawn = f"{len(r.points):,} items by {r.by}, {r.left_out:,} left out."
    return f"{table(['group', 'items', 'x', 'y'], rows)}\n{drawn}"


SHOWN: dict[type, Callable[[Any], str]] = {
    api.RankedItems: ranked,
    api.RecommendRules: rules,
    api.FeedbackFigures: figures,
    api.VersionsReplayed: replayed,
    api.ItemMap: item_map,
}
