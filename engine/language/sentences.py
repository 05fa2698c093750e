"""Where the sentences of a text begin and end, for English (and its like) and Chinese.

Works on normalised text: a line break that is not followed by a small letter ends a sentence, because wrapped lines
were joined before. Rules only, no model: an abbreviation that is not listed and stands before a capital letter
ends a sentence wrongly.
"""

from __future__ import annotations

import re

_CLOSERS = "\"'”’»)]}）】」』》〉〕"
_BREAK = re.compile(
    r"\n+"
    r"|[。！？；｡]+[" + re.escape(_CLOSERS) + r"]*"
    r"|…{2,}[" + re.escape(_CLOSERS) + r"]*"
    r"|[.!?…]+[" + re.escape(_CLOSERS) + r"]*(?=\s|$)"
    r"|[!?]+(?=[㐀-鿿])"
)
# Never the end of a sentence, whatever follows.
_TITLE_LIST = (
    "mr mrs ms mx dr prof rev hon gen col capt lt sgt st jr sr vs cf e.g i.e eg ie viz fig figs no nos art sec ch "
    "vol pp ed eds approx ca dept tel ext incl excl resp op al ave blvd rd mt"
)
# The end of a sentence only before a capital letter that starts a new thought; never before a digit or small letter.
_SHORT_FORM_LIST = (
    "a.m p.m am pm etc inc ltd co corp bros u.s u.k e.u u.n d.c ph.d b.sc m.sc jan feb mar apr jun jul aug sept sep "
    "oct nov dec mon tue tues wed thu thur thurs fri sat sun hr hrs min mins max sec secs est oz lb lbs kg"
)
_TITLES = frozenset(_TITLE_LIST.split())
_SHORT_FORMS = frozenset(_SHORT_FORM_LIST.split())
_LAST_WORD = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]+$")
_LIST_NUMBER = re.compile(r"(?:^|\n)\s*[(（]?(?:\d{1,3}|[A-Za-z]|[ivxlc]{1,5})$")


def sentences(text: str) -> list[tuple[int, int]]:
    """Spans of the sentences, in order.

    Returns:
        (start, end) in characters, without the white space around; together they hold every character that is not
        white space exactly once.
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for found in _BREAK.finditer(text):
        if _ends_sentence(text, start, found):
            _add(spans, text, start, found.end())
            start = found.end()
    _add(spans, text, start, len(text))
    return spans


def _add(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    if stripped := piece.strip():
        begin = start + len(piece) - len(piece.lstrip())
        spans.append((begin, begin + len(stripped)))


def _ends_sentence(text: str, start: int, found: re.Match[str]) -> bool:
    mark = found.group()
    following = text[found.end() : found.end() + 40].lstrip()
    if mark[0] == "\n":
        return len(mark) > 1 or not following[:1].islower()
    if mark[0] in "。！？；｡" or mark.startswith("……"):
        return True
    if not following:
        return True
    opened = following.lstrip("\"'“‘«([{（【「『《-–—•*")
    first = opened[:1]
    if first.islower():
        return False  # a question inside a sentence, an abbreviation, or an ellipsis that goes on
    if mark[0] != "." or mark.startswith(".."):
        return True
    before = text[start : found.start()]
    if _LIST_NUMBER.search(before):
        return False
    word = _LAST_WORD.search(before)
    if word is None:
        return True
    name = word.group().lower()
    if name in _TITLES:
        # "The answer is no." ends; "No. 5" and "see fig. 3" go on.
        is_name = first.isdigit() or word.group()[:1].isupper()
        return name in {"no", "art", "ed", "al"} and not is_name
    if name in _SHORT_FORMS:
        return not first.isdigit()
    # "J. Smith" goes on, "plan B. Then" cannot be told from it and goes on too, unless the letter is a word: "I."
    return not (len(word.group()) == 1 and word.group().isupper() and name != "i")
