"""Whether a translation can be shown: right script, whole, not going in circles, the same numbers, amounts and codes.

Rules over both texts; whether the words mean the same is not seen. English and Chinese.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Literal

from engine.api import Language
from engine.language.stopwords import ENGLISH
from engine.language.terms import cjk_share, is_cjk, latin_share, normalise, words
from engine.serve.chat.contradict import measures
from engine.serve.chat.facts import codes, figures

Fault = Literal["empty", "script", "length", "loop", "number", "unit", "code", ""]

LEAST_CJK = 0.5
"""Of the letters of a Chinese text: product names and addresses may stand in it."""
LEAST_LATIN = 0.9
LENGTHS: dict[Language, tuple[float, float]] = {"zh": (0.12, 1.1), "en": (1.1, 9.0)}
"""Characters of a translation for one of the original, least and most, by the language it is in. Good ones have about a
third, and about three."""
LEAST_TO_COMPARE = 12
"""Characters of an original whose translation has a length that tells."""
MOST_REPEATED = 3
"""Times that the same four words in a row may come."""
_MONTH_LIST = "january february march april may june july august september october november december"
_MONTHS = _MONTH_LIST.split()
_MONTH = "|".join(f"{name}|{name[:3]}" if name != "may" else name for name in _MONTHS)
_DATED = re.compile(rf"\b({_MONTH})\b\.?(?=\s+\d)|(?<=\d)(?:st|nd|rd|th)?\s+(?:of\s+)?({_MONTH})\b", re.IGNORECASE)
_SCALES = {"hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "百": 100, "千": 10**3, "万": 10**4,
           "亿": 10**8}  # fmt: skip
_SCALED = re.compile(r"(\d+(?:,\d{3})*(?:\.\d+)?)\s*(hundred|thousand|million|billion|[百千万亿])", re.IGNORECASE)
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b")
_DIGITS = re.compile(r"\d+(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)*")
_UNSURE = {"1", "0.5"}
"""Numbers in words that a good translation often leaves out: a day, half of it."""
_LATIN = re.compile(r"[A-Za-z][A-Za-z'’-]*[A-Za-z]")
_SENTENCE_START = re.compile(r"(?:^|[.!?:;\n“\"(]\s*)$")


def fault_of(original: str, new: str, to: Language) -> Fault:
    """Why a translation is not shown, "" where nothing speaks against it."""
    if not new.strip() or normalise(new).split() == normalise(original).split():
        return "empty"
    if not written_in(new, to):
        return "script"
    if codes(original) - codes(new) or codes(new) - codes(original):
        return "code"
    if _numbers_differ(original, new):
        return "number"
    if _unit_differs(original, new):
        return "unit"
    if _turns_in_circles(new):
        return "loop"
    least, most = LENGTHS[to]
    length = len(original.strip())
    if length >= LEAST_TO_COMPARE and not least * length <= len(new.strip()) <= most * length:
        return "length"
    return ""


def written_in(text: str, language: Language) -> bool:
    """Whether a text is in the script of a language; what is copied letter by letter does not count."""
    bare = text
    for code in codes(text):
        bare = re.sub(re.escape(code), " ", bare, flags=re.IGNORECASE)
    if not any(char.isalpha() for char in bare):
        return True
    return cjk_share(bare) >= LEAST_CJK if language == "zh" else latin_share(bare) >= LEAST_LATIN


def missing_names(original: str, new: str) -> list[str]:
    """Names in Latin letters that the original has and the translation does not, in order.

    A good Chinese translation may write a person's name in characters, so these are told and not refused.
    """
    there = {one.casefold() for one in _LATIN.findall(new)}
    found: dict[str, None] = {}
    for match in _LATIN.finditer(original):
        word = match.group()
        before = original[: match.start()]
        in_chinese = bool(before.strip()) and is_cjk(before.rstrip()[-1])
        inside = not _SENTENCE_START.search(before)
        named = in_chinese or (inside and word[0].isupper()) or word[1:] != word[1:].lower()
        dated = re.fullmatch(_MONTH, word, re.IGNORECASE) is not None
        if named and not dated and word.casefold() not in there and word.casefold() not in ENGLISH and word != "I":
            found[word] = None
    return list(found)


def _plainer(text: str) -> str:
    """A text in which months are numbers, and "3 million" is one number."""

    def month(match: re.Match[str]) -> str:
        name = (match[1] or match[2]).lower()
        return f" {next(i for i, one in enumerate(_MONTHS, start=1) if one.startswith(name[:3]))} "

    text = _DATED.sub(month, text)
    text = _ORDINAL.sub("", text)
    return _SCALED.sub(lambda m: f" {float(m[1].replace(',', '')) * _SCALES[m[2].lower()]:.12g} ", text)


def _numbers_differ(original: str, new: str) -> bool:
    texts = _plainer(original), _plainer(new)
    every = [figures(text) for text in texts]
    digits = [figures(" ".join(_DIGITS.findall(normalise(text)))) for text in texts]
    for here, there in ((0, 1), (1, 0)):
        if digits[here] - every[there]:
            return True
        if every[here] - digits[here] - _UNSURE - every[there]:
            return True
    return False


def _unit_differs(original: str, new: str) -> bool:
    """Whether a number that counted one thing counts another now: "30 days", "30 小时"."""
    mine, theirs = measures(_plainer(original)), measures(_plainer(new))
    for unit, numbers in mine.items():
        elsewhere = {number for other, found in theirs.items() if other != unit for number in found}
        kept = theirs.get(unit, set())
        others = {number for other, found in mine.items() if other != unit for number in found}
        if (numbers & elsewhere) - kept - others:
            return True
    return False


def _turns_in_circles(text: str) -> bool:
    """Whether the same words come again and again, as from a model that has lost the thread."""
    parts = [part for word in words(text) for part in (word if is_cjk(word[0]) else [word])]
    runs = Counter(tuple(parts[i : i + 4]) for i in range(len(parts) - 3))
    return bool(runs) and max(runs.values()) > MOST_REPEATED
