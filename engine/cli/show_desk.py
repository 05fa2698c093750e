"""How the desk's profiles and conversation tests look on a terminal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine import api
from engine.cli.output import clip, table


def profiles(r: api.Profiles) -> str:
    return table(
        ["name", "collection", "intents", "reader", "templates", "slots", "rules", "masks", "notice"],
        [
            (p.name, p.collection, p.intent_pack, p.entity_pack, len(p.templates), len(p.slots), len(p.rules),
             ", ".join(p.mask), p.notice)
            for p in r.profiles
        ],
    )  # fmt: skip


def shown(r: api.ProfileShown) -> str:
    p = r.profile
    lines = [f"{p.name} answers from the collection {p.collection}."]
    if p.templates:
        rows = [(one.intent, clip(one.text or one.text_zh, 80)) for one in p.templates]
        lines += ["", table(["intent", "answer"], rows)]
    if p.slots:
        slots = [
            (one.name, one.kind, one.pattern, one.entity, clip(one.ask or one.ask_zh, 60)) for one in p.slots
        ]  # fmt: skip
        lines += ["", table(["slot", "kind", "pattern", "entity", "asks"], slots)]
    if p.rules:
        rules = [
            (one.intent or "(any)", one.slot, one.operator, one.value, one.then, clip(one.text or one.text_zh, 60))
            for one in p.rules
        ]
        lines += ["", table(["intent", "slot", "is", "value", "then", "words"], rules)]
    lines += [f"Note: {remark}" for remark in r.remarks]
    return "\n".join(lines)


def tested(r: api.ConversationsTested) -> str:
    lines = []
    for one in r.cases:
        if not one.ok:
            lines.append(f"{one.name}, turn {one.turn} (line {one.line}): expected {one.expected}")
            lines.append(f"    got: {clip(' '.join(one.got.split()), 300)}")
    head = f"{r.passed} conversations passed, {r.failed} failed, {len(r.cases)} expectations, {r.seconds:.1f} s."
    return "\n".join([*lines, head])


SHOWN: dict[type, Callable[[Any], str]] = {
    api.Profiles: profiles,
    api.ProfileShown: shown,
    api.ConversationsTested: tested,
}
