"""Sources that answer the same question and say different things: another number, another day, yes against no.

Compared are the best quotes of different documents, for only those that fit the question about as well are taken to
answer it. Two numbers disagree where both stand before the same unit and no number of the one is in the other; two
sentences deny each other where they share their words and only one has a "not". Rules, and careful ones: a missed
contradiction still shows one true quote, a false one discredits a right answer. Not seen are contradictions in other
words ("free of charge" against "costs 5 dollars") and between places of one document.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Literal

from engine.language.terms import query_terms, terms
from engine.serve.chat.candidates import Asked
from engine.serve.chat.conflicts import negated
from engine.serve.chat.evidence import quoted_text
from engine.serve.chat.quote import Quote
from engine.serve.chat.retrieve import coverage

Kind = Literal["number", "date", "negation"]

NEAR_SCORE = 0.8
"""Share of the best quote's score that another must reach to answer the same question."""
NEAR_COVERAGE = 0.75
"""The same for the terms of the question."""
NEAR_COSINE = 0.85
NEAR_COVERAGE_ALIKE = 0.5
"""Where the sentence means about as much of the question as the best one, fewer of its words do."""
SHARED = 0.5
"""Least share of the shorter sentence's content words that both must have."""
SHARED_DENIED = 0.6
_UNIT_WORDS = {
    "second": "second sec 秒", "minute": "minute min 分钟", "hour": "hour 小时 个小时", "day": "day 天 日",
    "week": "week 周 星期", "month": "month 月 个月", "year": "year 年", "%": "percent % ％",
    "$": "dollar usd 美元", "€": "euro eur 欧元", "£": "pound", "¥": "元 块", "mg": "mg 毫克", "ml": "ml 毫升",
    "kg": "kg 公斤", "times": "time 次", "mb": "mb", "gb": "gb",
}  # fmt: skip
_UNITS = {word: unit for unit, words in _UNIT_WORDS.items() for word in words.split()} | dict.fromkeys(
    ("business day", "working day", "工作日", "个工作日"), "working day"
)
_ENGLISH_NUMBERS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
_WORD_NUMBERS = {word: str(i) for i, word in enumerate(_ENGLISH_NUMBERS.split())} | {
    "twenty": "20", "thirty": "30", "forty-five": "45", "sixty": "60", "ninety": "90", "两": "2", "三十": "30",
}  # fmt: skip
_WORD_NUMBERS |= {char: str(i) for i, char in enumerate("零一二三四五六七八九十")}
_UNIT = "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True))
_WORD = "|".join(sorted(_WORD_NUMBERS, key=len, reverse=True))
_MEASURE = re.compile(
    rf"(?P<sign>[$€£¥￥])\s?(?P<sum>\d+(?:,\d{{3}})*(?:\.\d+)?)"
    rf"|(?<![A-Za-z0-9.第])(?P<number>\d+(?:,\d{{3}})*(?:\.\d+)?|{_WORD})[\s-]?(?P<unit>{_UNIT})s?(?![a-z])",
    re.IGNORECASE,
)
_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_DAY = re.compile(
    rf"\b(?P<dm>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?(?P<m1>{'|'.join(_MONTHS)})\b"
    rf"|\b(?P<m2>{'|'.join(_MONTHS)}) (?P<md>\d{{1,2}})\b"
    r"|(?P<zm>\d{1,2})月(?P<zd>\d{1,2})[日号]",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"\b(\d{1,2})(?:[:.：](\d\d))?\s?(am|pm|a\.m\.|p\.m\.)(?!\w)|\b(\d{1,2})[:：](\d\d)\b", re.IGNORECASE
)
_APART = (
    ("standard", "express"), ("adult", "child"), ("weekday", "weekend"), ("domestic", "international"),
    ("national", "international"), ("first", "second"), ("monthly", "yearly"), ("monthly", "annual"),
    ("free", "premium"), ("basic", "pro"), ("online", "store"), ("sale", "regular"), ("minimum", "maximum"),
    ("least", "most"), ("before", "after"), ("digital", "physical"), ("business", "private"), ("student", "teacher"),
    ("标准", "加急"), ("国内", "国际"), ("成人", "儿童"), ("工作日", "周末"), ("最多", "最少"), ("免费", "付费"),
    ("个人", "企业"),
)  # fmt: skip


def disagreement(asked: Asked, quotes: Sequence[Quote]) -> tuple[Quote, Kind] | None:
    """The first quote of another document that contradicts the best one, and in what; None where none does."""
    best = quotes[0]
    for other in quotes[1:]:
        if other.candidate.document == best.candidate.document or other.score < NEAR_SCORE * best.score:
            continue
        if not _as_fitting(asked, best, other):
            continue
        kind = differ(quoted_text(best), quoted_text(other), best.candidate.text, other.candidate.text)
        if kind:
            return other, kind
    return None


def _as_fitting(asked: Asked, best: Quote, other: Quote) -> bool:
    """Whether the other quote, with its place, holds about as much of the question as the best one."""
    mine, theirs = (
        coverage(asked.weights, set(terms(f"{one.candidate.title} {one.candidate.heading} {quoted_text(one)}")))
        for one in (best, other)
    )
    alike = best.cosine > 0 and other.cosine >= NEAR_COSINE * best.cosine
    return theirs >= (NEAR_COVERAGE_ALIKE if alike else NEAR_COVERAGE) * mine


def differ(one: str, other: str, one_around: str = "", other_around: str = "") -> Kind | None:
    """In what two texts contradict each other.

    Args:
        one_around, other_around: the passages; a passage that names both values contradicts nobody.
    """
    shared, fewer = _shared_words(one, other)
    if not fewer or _set_apart(one, other):
        return None
    share = shared / fewer
    if share >= SHARED:
        for kind, found in (("number", measures), ("date", days)):
            mine, theirs = found(one), found(other)
            both = mine.keys() & theirs.keys()
            around = found(one_around), found(other_around)
            if both and all(
                not mine[unit] & theirs[unit]
                and not (theirs[unit] & around[0].get(unit, set()))
                and not (mine[unit] & around[1].get(unit, set()))
                for unit in both
            ):
                return "number" if kind == "number" else "date"
    if share >= SHARED_DENIED and negated(one) != negated(other) and shared >= 2:
        return "negation"
    return None


def measures(text: str) -> dict[str, set[str]]:
    """The numbers of a text by their unit: {"day": {"30"}}."""
    found: dict[str, set[str]] = defaultdict(set)
    for match in _MEASURE.finditer(text):
        if match["sign"]:
            found["¥" if match["sign"] == "￥" else match["sign"]].add(_plain(match["sum"]))
        else:
            number = match["number"].lower()
            found[_UNITS[match["unit"].lower()]].add(_WORD_NUMBERS.get(number) or _plain(number))
    return dict(found)


def days(text: str) -> dict[str, set[str]]:
    """The days and times of day a text names, as {"day": {"3-12"}, "clock": {"9:00"}}."""
    found: dict[str, set[str]] = defaultdict(set)
    for match in _DAY.finditer(text):
        if match["zm"]:
            month, day = int(match["zm"]), int(match["zd"])
        else:
            month = _MONTHS.index((match["m1"] or match["m2"]).lower()) + 1
            day = int(match["dm"] or match["md"])
        found["day"].add(f"{month}-{day}")
    for match in _CLOCK.finditer(text):
        hour, minute, half = int(match[1] or match[4]), match[2] or match[5] or "00", (match[3] or "").lower()
        hour = hour % 12 + (12 if half.startswith("p") else 0) if half else hour
        found["clock"].add(f"{hour}:{minute}")
    return dict(found)


def _plain(number: str) -> str:
    value = float(number.replace(",", ""))
    return f"{value:g}"


def _shared_words(one: str, other: str) -> tuple[int, int]:
    """Content words that both have, and those of the shorter; numbers and units aside."""
    mine, theirs = (
        {term for term in query_terms(_MEASURE.sub(" ", text)) if not term.isdigit()} for text in (one, other)
    )
    return len(mine & theirs), min(len(mine), len(theirs))


def _set_apart(one: str, other: str) -> bool:
    """Whether the texts speak of two different cases (standard and express delivery)."""
    mine, theirs = one.casefold(), other.casefold()
    return any(
        (a in mine and a not in theirs and b in theirs and b not in mine)
        or (b in mine and b not in theirs and a in theirs and a not in mine)
        for a, b in _APART
    )
