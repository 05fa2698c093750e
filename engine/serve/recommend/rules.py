"""Rules of the business: what may not, must, or may only so often be shown. A small table of words, kept per pack.

| kind | value | means |
|---|---|---|
| exclude | an item | it is never shown |
| pin | an item | it stands on top of every list, in the order the rules were made |
| in_stock | yes | only items that are in stock |
| per_category | 1 to 100 | at most so many of one main category in a list |
| age | years | only items for that age or younger |
| sensitive | a category | its items are not shown, and do not count in anybody's profile |
| diversity | off, some, strong | how much a list avoids items like those above (`diverse.py`) |

Items out of their dates are never shown, rule or not.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from engine.api import RecommendRule
from engine.errors import UsageError
from engine.serve.recommend.facts import ItemFacts
from engine.serve.recommend.model import History, RecommendModel

KINDS = ("exclude", "pin", "in_stock", "per_category", "age", "sensitive", "diversity")
ONE_VALUE = frozenset({"in_stock", "per_category", "age", "diversity"})
DIVERSITY = ("off", "some", "strong")
MOST_PINS = 20


@dataclass(frozen=True)
class Rules:
    """Rules put to use on the items of one model.

    Attributes:
        allowed: bool, (items,), or None where everything may be shown.
        sensitive: bool, (items,), or None: not part of any profile.
        pinned: places, in order.
        per_category: 0 is no limit.
        unknown: ids and categories of rules that the model does not know, which do nothing.
    """

    allowed: NDArray[np.bool_] | None = None
    sensitive: NDArray[np.bool_] | None = None
    pinned: tuple[int, ...] = ()
    per_category: int = 0
    diversity: str = "off"
    unknown: tuple[str, ...] = field(default=())

    def profile(self, history: History) -> History:
        """What counts of a history: everything that is not sensitive. What was left out is still not offered."""
        if self.sensitive is None:
            return history
        strengths = np.where(self.sensitive[history.items], np.float32(0), history.strengths)
        return history._replace(strengths=strengths.astype(np.float32))


def checked_rule(kind: str, value: str) -> RecommendRule:
    """A rule as it is stored.

    Raises:
        UsageError: there is no such kind, or the value does not suit it.
    """
    kind, value = kind.strip().casefold().replace("-", "_"), value.strip()
    if kind not in KINDS:
        raise UsageError(reason=f"There is no rule “{kind}”; there are {', '.join(KINDS)}.")
    if kind == "in_stock":
        value = value or "yes"
        if value.casefold() not in ("yes", "no"):
            raise UsageError(reason=f"The rule in_stock is “yes” or “no”, not “{value}”.")
        return RecommendRule(kind, value.casefold())
    if kind == "diversity":
        if value.casefold() not in DIVERSITY:
            raise UsageError(reason=f"Diversity is one of {', '.join(DIVERSITY)}, not “{value}”.")
        return RecommendRule(kind, value.casefold())
    if kind in ("per_category", "age"):
        least, most = (1, 100) if kind == "per_category" else (0, 120)
        if not value.isdecimal() or not least <= int(value) <= most:
            raise UsageError(reason=f"The rule {kind} needs a whole number from {least} to {most}, not “{value}”.")
        return RecommendRule(kind, str(int(value)))
    if not value:
        raise UsageError(reason=f"The rule {kind} needs {'a category' if kind == 'sensitive' else 'an item'}.")
    return RecommendRule(kind, value)


def apply_rules(model: RecommendModel, facts: ItemFacts, rules: Iterable[RecommendRule], day: int) -> Rules:
    """Rules as masks over the items.

    Args:
        day: today, in days since 1970.
    """
    allowed = facts.on_offer(day)
    sensitive = np.zeros(len(allowed), bool)
    pinned: list[int] = []
    unknown: list[str] = []
    single: dict[str, str] = {}
    for rule in rules:
        if rule.kind in ONE_VALUE:
            single[rule.kind] = rule.value
        elif rule.kind == "sensitive":
            category = facts.category_index.get(rule.value.casefold())
            if category is None:
                unknown.append(rule.value)
            else:
                sensitive |= facts.in_category(category)
        else:
            place = model.item_index.get(rule.value)
            if place is None:
                unknown.append(rule.value)
            elif rule.kind == "pin":
                pinned.append(place)
            else:
                allowed[place] = False
    allowed &= ~sensitive
    if single.get("in_stock") == "yes":
        allowed &= facts.available
    if "age" in single:
        allowed &= ~(facts.age > int(single["age"]))
    return Rules(
        allowed=None if allowed.all() else allowed,
        sensitive=sensitive if sensitive.any() else None,
        pinned=tuple(place for place in dict.fromkeys(pinned) if allowed[place])[:MOST_PINS],
        per_category=int(single.get("per_category", 0)),
        diversity=single.get("diversity", "off"),
        unknown=tuple(unknown),
    )
