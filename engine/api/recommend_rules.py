"""Recommend: rules of the business, new items without learning anew, the map of the catalogue."""

from __future__ import annotations

from typing import ClassVar

from msgspec import Struct

from engine.api.base import Request, Result
from engine.values import Rejection


class RecommendRule(Struct, frozen=True):
    """`kind`: exclude, pin, in_stock, per_category, age, sensitive or diversity; see
    `engine/serve/recommend/rules.py`."""

    kind: str
    value: str


class ListRules(Request, frozen=True):
    pack: str


class AddRule(Request, frozen=True):
    """Add a rule; a rule that has one value (in_stock, per_category, age, diversity) is changed."""

    pack: str
    kind: str
    value: str = ""


class RemoveRule(Request, frozen=True):
    """Without a value every rule of the kind."""

    pack: str
    kind: str
    value: str = ""


class RecommendRules(Result, frozen=True):
    pack: str
    rules: tuple[RecommendRule, ...]
    unknown: tuple[str, ...] = ()
    """Items and categories of rules that the pack does not know."""
    categories: tuple[str, ...] = ()
    hidden: int = 0
    """Items that the rules keep out of every list, those out of their dates among them."""


class AddItems(Request, frozen=True):
    """Take new items from a table: they are added to the pack by their texts, and to its item data set, and can be
    recommended at once. Nothing is learned anew; items that are known already are left as they are."""

    LONG: ClassVar[bool] = True
    TITLE: ClassVar[str] = "Add items to {pack}"
    pack: str
    input: str


class ItemsAdded(Result, frozen=True):
    pack: str
    version: int
    added: int
    known: int
    items: int
    rejected_count: int
    rejected: tuple[Rejection, ...]
    seconds: float
    warnings: tuple[str, ...] = ()


class MapItems(Request, frozen=True):
    """Items in two dimensions, near ones alike, with groups named by their telling words."""

    LONG: ClassVar[bool] = True
    TITLE: ClassVar[str] = "Map of the items of {pack}"
    pack: str
    most: int = 3000


class MapGroup(Struct, frozen=True):
    """`x`, `y`: its middle, -1..1; `words`: the most telling first."""

    words: tuple[str, ...]
    x: float
    y: float
    size: int


class MapPoint(Struct, frozen=True):
    item: str
    title: str
    x: float
    y: float
    group: int
    chosen: int


class ItemMap(Result, frozen=True):
    """`by`: "text" or "behaviour", what nearness means; `left_out`: items that were not drawn."""

    by: str
    points: tuple[MapPoint, ...]
    groups: tuple[MapGroup, ...]
    left_out: int = 0
