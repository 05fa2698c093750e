"""The hard facts of a sentence: numbers, amounts with units, days, codes, names, and what it denies.

A sentence that somebody wrote over a passage must hold none that the passage does not hold, and must deny what the
passage denies. Rules, in English and Chinese; a rule that is too strict costs a sentence, one too lax lets a false one
through, so they are strict.
"""

from __future__ import annotations

import re

from engine.language.stopwords import CHINESE_NEGATIONS, ENGLISH, NEGATIONS
from engine.language.terms import is_cjk, normalise, query_terms, stem, terms, words
from engine.serve.chat.conflicts import names_in, negated, opposed
from engine.serve.chat.contradict import days, measures

_FIGURE = re.compile(r"\d+(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)*")
_WORDS = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    "nineteen"
)
_ENGLISH = {word: number for number, word in enumerate(_WORDS.split(), start=2)} | {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
    "hundred": 100, "thousand": 1000, "million": 1_000_000, "once": 1, "twice": 2, "half": 0.5,
}  # fmt: skip
_ENGLISH_FIGURE = re.compile(rf"\b(?:{'|'.join(_ENGLISH)})\b", re.IGNORECASE)
_COUNTED = re.compile(r"(?<![\w.])(\d+(?:,\d{3})*(?:\.\d+)?)[ -]([a-z]{3,})")
_DIGITS = {char: number for number, char in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_TENS = {"十": 10, "百": 100, "千": 1000}
_CHINESE_FIGURE = re.compile(
    "[零〇一二两三四五六七八九十百千]*[一二两三四五六七八九][十百千][零〇一二三四五六七八九十百千]*万?"
    "|十[一二三四五六七八九]"
    "|[一二两三四五六七八九十](?=[个次步种项条名位篇份台天年月日周时分秒小元块倍号])"
)
_VAGUE = re.compile("一个(?!月|小时|工作日|星期)|一[次种项条名位份台]|一分|一时|一月前")
"""An article, and no count."""
_CODE = re.compile(
    r"https?://[^\s，。；）)]+|[\w.+-]+@[\w-]+\.[\w.]+|(?<![\w.])(?=[\w.-]*\d)(?=[\w.-]*[A-Za-z])[A-Za-z0-9][\w.-]*\w|\w+_\w+"
    r"|`[^`]+`",
    re.ASCII,
)
HALF = 0.5
"""Least share of the words of a clause that denies that the other side's clause must have."""
MOSTLY = 0.75
_CONTRARY = ("un", "in", "im", "ir", "non", "dis")
_ALSO_DENIED = frozenset(["unable", "impossible", "unavailable", "hardly", "nobody", "nothing", "nowhere"])
_CLAUSE = re.compile(
    r"[,;:，；：、。.!?！？]+(?:\s|$)|[，；：。！？]|\b(?:and|but|or|so|because|if|when|unless|while|which)\b|但|而|如果|因为|所以"
)


def figures(text: str) -> set[str]:
    """The numbers of a text in one spelling: digits, and numbers in words that count something."""
    folded = normalise(text)
    found = {_plain(one) for one in _FIGURE.findall(folded)}
    found |= {f"{_ENGLISH[one]:g}" for one in _ENGLISH_FIGURE.findall(folded)}
    found |= {f"{_chinese(one)}" for one in _CHINESE_FIGURE.findall(_VAGUE.sub(" ", folded))}
    return found


def in_digits(text: str) -> str:
    """A text with its numbers in words written as digits, so that "thirty days" and "30 days" have the same words."""
    text = _ENGLISH_FIGURE.sub(lambda found: f"{_ENGLISH[found.group().lower()]:g}", text)
    if not any(map(is_cjk, text)):
        return text
    kept = [found.span() for found in _VAGUE.finditer(text)]

    def number(found: re.Match[str]) -> str:
        vague = any(a <= found.start() < b for a, b in kept)
        return found.group() if vague else f" {_chinese(found.group())} "

    return _CHINESE_FIGURE.sub(number, text)


def _plain(number: str) -> str:
    bare = number.replace(",", "")
    return bare if bare.count(".") > 1 else f"{float(bare):.12g}"


def _chinese(text: str) -> int:
    total = part = 0
    for char in text:
        if char in _DIGITS:
            part = _DIGITS[char]
        elif char in _TENS:
            total += (part or 1) * _TENS[char]
            part = 0
        else:
            total, part = (total + part) * 10_000, 0
    return total + part


def codes(text: str) -> set[str]:
    """Addresses, versions, order numbers, names of settings: what must be copied letter by letter."""
    found = {one.strip("`.,;:!?").casefold() for one in _CODE.findall(text)}
    return {one for one in found if not re.fullmatch(r"\d+(?:st|nd|rd|th|am|pm|[a-z]{1,2})", one)}


def strange_fact(sentence: str, evidence: str, around: str) -> str | None:
    """The kind of a fact that a sentence holds and its evidence does not, or None.

    Args:
        evidence: the lines that the sentence was written from; numbers must be there.
        around: the whole passage with its title and heading; names and codes must be there.
    Returns:
        "number", "unit", "date", "code" or "name".
    """
    if figures(sentence) - figures(evidence):
        return "number"
    held = measures(evidence)
    # A number that keeps its value and changes its unit ("30 days", "30 hours") is another fact.
    for unit, numbers in measures(sentence).items():
        if numbers - held.get(unit, set()):
            return "unit"
    # The same with other things that are counted: "3 items" and "5 items".
    counted = _counted(evidence)
    if any(found.isdisjoint(counted[thing]) for thing, found in _counted(sentence).items() if thing in counted):
        return "number"
    dates = days(evidence)
    if any(found - dates.get(kind, set()) for kind, found in days(sentence).items()):
        return "date"
    folded = normalise(around).casefold()
    if any(normalise(code) not in folded for code in codes(sentence)):
        return "code"
    known = set(terms(around))
    if any(term not in known for term in names_in(sentence)):
        return "name"
    return None


def _counted(text: str) -> dict[str, set[str]]:
    """The numbers that stand right before a word, by that word."""
    found: dict[str, set[str]] = {}
    for number, thing in _COUNTED.findall(normalise(in_digits(text))):
        if thing not in ENGLISH:
            found.setdefault(stem(thing), set()).add(_plain(number))
    return found


def turned_round(sentence: str, evidence: str) -> str | None:
    """Whether a sentence denies what its evidence says, or the other way round: "negation", "opposite" or None.

    A "not" on one side alone is one. Where both deny something, each clause that denies has to meet one of the other
    side that is about the same.
    """
    mine, theirs = denied(sentence), denied(evidence)
    if bool(mine) != bool(theirs) or _denials(sentence) > _denials(evidence):
        return "negation"
    if any(not _met(clause, theirs) for clause in mine if clause):
        return "negation"
    said = set(terms(sentence))
    # What the evidence denies and the sentence speaks of must be denied there too; it need not speak of all.
    if any(len(clause & said) >= MOSTLY * len(clause) and not _met(clause, mine) for clause in theirs if clause):
        return "negation"
    return "opposite" if opposed(sentence, evidence) or _undone(sentence, evidence) else None


def _undone(sentence: str, evidence: str) -> bool:
    """Whether one side has a word and the other only its contrary by a prefix: worn and unworn."""
    mine, theirs = set(words(sentence)), set(words(evidence))
    for here, there in ((mine, theirs), (theirs, mine)):
        for word in here - there:
            if len(word) > 3 and any(prefix + word in there - here for prefix in _CONTRARY):
                return True
    return False


def _denials(text: str) -> int:
    found = words(text)
    english = sum(word.replace("'", "").replace("’", "") in NEGATIONS or word in _ALSO_DENIED for word in found)
    chinese = re.sub(r"(.)[不没]\1", "", "".join(word for word in found if is_cjk(word[0])))
    return english + sum(chinese.count(mark) for mark in CHINESE_NEGATIONS)


def _met(clause: set[str], others: list[set[str]]) -> bool:
    return any(len(clause & other) >= HALF * min(len(clause), len(other) or len(clause)) for other in others)


def denied(text: str) -> list[set[str]]:
    """The content words of each clause that denies; some may have none."""
    found: list[set[str]] = []
    for clause in _CLAUSE.split(text):
        if negated(clause) or any(word in _ALSO_DENIED for word in words(clause)):
            found.append({term for term in query_terms(clause) if term not in ENGLISH})
    return found
