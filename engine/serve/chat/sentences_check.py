"""Checks a text that was written over numbered passages, sentence by sentence.

A sentence names its passage in brackets, within or after its full stop: "Refunds take five days. [2]". What counts
is the passage and not the number: a sentence without a number, or with one whose passage does not hold it, is compared
with the others and gets the number of one that does. Where none does, it is not supported.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from engine.language.sentences import sentences
from engine.language.terms import cjk_share, normalise
from engine.serve.chat.candidates import Candidate
from engine.serve.chat.support import Likeness, Support, SupportModels, support_of

_CITED = re.compile(r"[\[【［]\s*(\d{1,3}(?:\s*[,，、;；]\s*\d{1,3})*)\s*[\]】］]")
_NUMBER = re.compile(r"\d+")
_BEFORE_STOP = re.compile(r"\s+([.!?,;:。！？，；：])")
_LIST_MARK = re.compile(r"^(?:[-*•]|\d{1,2}[.)])\s+")
_REFUSES = re.compile(
    r"\b(?:passages?|documents?|texts?|context|sources?)\b[^.]{0,30}\b(?:do|does|did) not\b"
    r"[^.]{0,20}\b(?:answer|say|contain|mention|provide|include|specify|state|tell|have|address)"
    r"|\b(?:not|n't|no)\b[^.]{0,30}\b(?:mentioned|specified|stated|found|provided|information|answer)\b[^.]{0,20}"
    r"\b(?:in|from|by) the (?:passages?|documents?|texts?|context|sources?)"
    r"|\bi (?:do not|don't|cannot|can't) (?:know|answer|find|help|tell)\b"
    r"|(?:段落|文档|文件|资料|材料|原文|上文|上下文)[^。]{0,10}(?:没有|未|并未|无法)[^。]{0,8}(?:提到|提及|说明|回答|包含|提供|涉及|答案|信息)"
    r"|(?:无法|不能)[^。]{0,6}(?:回答|找到)|我不知道",
    re.IGNORECASE,
)


class Said(Struct, frozen=True):
    """A sentence without its numbers; `cited` are the passages that it names, counted from 0."""

    text: str
    cited: tuple[int, ...]


class Checked(Struct, frozen=True):
    """A sentence and what became of it; `passage` is the one that holds it (or was nearest), from 0, None where
    there is none to compare with."""

    text: str
    passage: int | None
    support: Support


def split_cited(text: str) -> list[Said]:
    """The sentences of a written text with the passages they name; a number after a full stop belongs to what stands
    before it."""
    plain: list[str] = []
    marks: list[tuple[int, list[int]]] = []
    at = length = 0
    for found in _CITED.finditer(text):
        piece = text[at : found.start()]
        plain.append(piece)
        length += len(piece)
        marks.append((length, [int(one) - 1 for one in _NUMBER.findall(found[1])]))
        # A space in place of the number, so that the full stop before it still ends a sentence.
        plain.append(" ")
        length += 1
        at = found.end()
    bare = "".join([*plain, text[at:]])
    spans = sentences(bare)
    cited: list[list[int]] = [[] for _ in spans]
    for place, numbers in marks:
        owner = max((i for i, (start, _end) in enumerate(spans) if start < place), default=0)
        if spans:
            cited[owner] += numbers
    said = []
    for (start, end), numbers in zip(spans, cited, strict=True):
        sentence = _BEFORE_STOP.sub(r"\1", _LIST_MARK.sub("", " ".join(bare[start:end].split())))
        if any(char.isalnum() for char in sentence):
            said.append(Said(sentence, tuple(dict.fromkeys(one for one in numbers if one >= 0))))
    return said


def refuses(sentence: str) -> bool:
    """Whether a sentence says that the passages hold no answer."""
    return _REFUSES.search(sentence) is not None


def check(
    said: Sequence[Said], passages: Sequence[Candidate], models: SupportModels, likeness: Likeness | None
) -> list[Checked]:
    """What became of each sentence, in order; one that repeats an earlier one is left out.

    Args:
        likeness: of the reranker that reads English or Chinese as the sentences do, or None.
    """
    found: list[Checked] = []
    seen: set[str] = set()
    for one in said:
        key = "".join(normalise(one.text).split())
        if key not in seen:
            seen.add(key)
            found.append(_checked(one, passages, models, likeness))
    return found


def _checked(one: Said, passages: Sequence[Candidate], models: SupportModels, likeness: Likeness | None) -> Checked:
    named = [number for number in one.cited if number < len(passages)]
    best: Checked | None = None
    for number in [*named, *(i for i in range(len(passages)) if i not in named)]:
        support = support_of(one.text, passages[number], models, likeness)
        # Of passages that do not hold it, the one that is about it tells why.
        if best is None or (support.probability, support.why != "empty") > (
            best.support.probability,
            best.support.why != "empty",
        ):
            best = Checked(one.text, number, support)
        if support.held and number in named:
            break
    return best or Checked(one.text, None, Support(held=False, probability=0.0, start=0, end=0, why="empty"))


def joined(texts: Sequence[str]) -> str:
    """Sentences in a row, without spaces where they are Chinese."""
    out = ""
    for text in texts:
        space = "" if not out or (cjk_share(text) > 0.3 and cjk_share(out[-30:]) > 0.3) else " "
        out += space + text
    return out
