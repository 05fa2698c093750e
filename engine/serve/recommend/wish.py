"""A wish in plain words, taken apart: what it should be like, and what it may cost, be or not be.

    something like the Ridge 2 tent but cheaper, not red, in stock

Understood: prices (under 20, at most $20, over 5, between 10 and 20, about 15), cheaper and dearer than the item that
is named, categories that the catalogue knows (in tents, only tents, no tents), “in stock”, and words that must not
appear (without zips, not red). Whatever is left over is searched by meaning and by words. What was understood is told,
so that a misreading shows at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from msgspec import Struct

from engine.serve.recommend.facts import amount

_COIN = r"(?:[$€£¥]|usd|euros?|eur|gbp|dollars?|pounds?)"
_MONEY = rf"{_COIN}?\s*(\d[\d.,]*)\s*{_COIN}?"
_NO_PRICE = r"(?!\s*[-\w]*\s*(?:people|persons?|litres?|liters?|kg|cm|mm|m\b))"
_FOR = r"(?:(?:for|costing|priced)\s+)?"
_BETWEEN = re.compile(rf"\b(?:between|from)\s+{_MONEY}\s+(?:and|to)\s+{_MONEY}", re.I)
_MOST = re.compile(
    rf"\b{_FOR}(?:under|below|less than|cheaper than|at most|up to|no more than|not more than|max(?:imum)?(?: of)?|"
    rf"within)\s+{_MONEY}{_NO_PRICE}",
    re.I,
)
_LEAST = re.compile(
    rf"\b{_FOR}(?:over|above|more than|at least|no less than|min(?:imum)?(?: of)?|from)\s+{_MONEY}{_NO_PRICE}", re.I
)
_ABOUT = re.compile(rf"\b(?:about|around|roughly)\s+(?:[$€£¥]\s*(\d[\d.,]*)|(\d[\d.,]*)\s*{_COIN})", re.I)
_CHEAPER = re.compile(r"\b(?:but\s+)?(?:(?:much|a bit|a little)\s+)?(?:cheaper|less expensive|lower[- ]priced)\b", re.I)
_DEARER = re.compile(r"\b(?:but\s+)?(?:more expensive|dearer|pricier|more upmarket)\b", re.I)
_STOCK = re.compile(r"\b(?:that (?:is|are) |which (?:is|are) )?(?:in stock|available(?: now)?)\b", re.I)
_NOT = re.compile(
    r"\b(?:without|no|not(?: an?)?|except|but not|nothing with|excluding)\s+([\w'-]+(?:\s+[\w'-]+)?)", re.I
)
_IN = re.compile(
    r"\b(?:only|just|in(?: the)?(?: category)?|from(?: the)?(?: category)?)\s+([\w'&-]+(?:\s+[\w'&-]+){0,3})", re.I
)
_LIKE = re.compile(
    r"\b(?:(?:something|anything|one|items?|things?|more)\s+)?"
    r"(?:similar to|just like|like|such as|in the style of)\s+",
    re.I,
)
_END = re.compile(r"\s*(?:[,;.!?]|\b(?:but|and|that|which|with|only|for)\b)", re.I)
_FILLER = re.compile(
    r"\b(?:i(?:'d| would)? (?:want|need|like|am looking for)|i'm looking for|looking for|show me|find me|"
    r"please|something|anything|but|and)\b|[,;]",
    re.I,
)
ABOUT_SHARE = 0.2


class Wish(Struct, frozen=True):
    """What was read out of the words.

    Attributes:
        text: what is left, searched by meaning.
        like: words after “like”, which may name an item.
        least, most: of the price; None is open.
        cheaper, dearer: than what is named, or than what the person usually chooses.
        categories, without_categories: names as the catalogue spells them.
        without: words that must not appear in a title or category.
        in_stock: only what is there.
    """

    text: str
    like: str = ""
    least: float | None = None
    most: float | None = None
    cheaper: bool = False
    dearer: bool = False
    categories: tuple[str, ...] = ()
    without_categories: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    in_stock: bool = False


def read_wish(words: str, categories: Iterable[str]) -> Wish:
    """Take a wish apart.

    Args:
        categories: names that the catalogue knows.
    """
    names = {_stem(name): name for name in categories}
    rest = " ".join(words.split())
    least = most = None
    if found := _BETWEEN.search(rest):
        least, most = sorted((amount(found[1]), amount(found[2])))
        rest = cut(rest, found)
    if found := _MOST.search(rest):
        most = amount(found[1])
        rest = cut(rest, found)
    if found := _LEAST.search(rest):
        least = amount(found[1])
        rest = cut(rest, found)
    if found := _ABOUT.search(rest):
        middle = amount(found[1] or found[2])
        least, most = middle * (1 - ABOUT_SHARE), middle * (1 + ABOUT_SHARE)
        rest = cut(rest, found)
    rest, flags = asked_for(rest, (_CHEAPER, _DEARER, _STOCK))
    rest, without, without_words = _excluded(rest, names)
    rest, wanted = _wanted(rest, names)
    like = ""
    if found := _LIKE.search(rest):
        tail = rest[found.end() :]
        end = _END.search(tail)
        like = (tail[: end.start()] if end else tail).strip(" \"'“”")
        rest = rest[: found.start()] + " " + (tail[end.start() :] if end else "")
    text = " ".join(_FILLER.sub(" ", rest).split()).strip(" .!?")
    return Wish(
        text=text, like=like, least=least, most=most, cheaper=flags[0], dearer=flags[1], in_stock=flags[2],
        categories=wanted, without_categories=without, without=without_words,
    )  # fmt: skip


def _excluded(rest: str, names: dict[str, str]) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    categories: list[str] = []
    words: list[str] = []
    while found := _NOT.search(rest):
        name, taken = _category(found[1], names)
        if name is None:
            taken = found[1].split()[:1]
            words.append(taken[0].casefold())
        else:
            categories.append(name)
        left = " ".join(found[1].split()[len(taken) :])
        rest = f"{rest[: found.start()]} {left} {rest[found.end() :]}"
    return rest, tuple(dict.fromkeys(categories)), tuple(dict.fromkeys(words))


def _wanted(rest: str, names: dict[str, str]) -> tuple[str, tuple[str, ...]]:
    wanted: list[str] = []
    start = 0
    while found := _IN.search(rest, start):
        name, taken = _category(found[1], names)
        if name is None:
            start = found.start() + 1
            continue
        wanted.append(name)
        left = " ".join(found[1].split()[len(taken) :])
        rest = f"{rest[: found.start()]} {left} {rest[found.end() :]}"
    return rest, tuple(dict.fromkeys(wanted))


def _category(words: str, names: dict[str, str]) -> tuple[str | None, Sequence[str]]:
    """The longest start of some words that is a category."""
    parts = words.split()
    for count in range(len(parts), 0, -1):
        if (name := names.get(_stem(" ".join(parts[:count])))) is not None:
            return name, parts[:count]
    return None, ()


def _stem(name: str) -> str:
    return " ".join(part.rstrip("s") if len(part) > 3 else part for part in name.casefold().split())


def asked_for(text: str, patterns: Iterable[re.Pattern[str]]) -> tuple[str, list[bool]]:
    """The text without what each pattern finds first, and whether it found anything."""
    flags = []
    for pattern in patterns:
        found = pattern.search(text)
        flags.append(found is not None)
        if found:
            text = cut(text, found)
    return text, flags


def cut(text: str, found: re.Match[str]) -> str:
    """The text without what was found."""
    return f"{text[: found.start()]} {text[found.end() :]}"
