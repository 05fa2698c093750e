"""Marked entities in a text: spans with character offsets, or words with BIO tags, brought to one form."""

from __future__ import annotations

import itertools
import re
from typing import Any, NamedTuple

import msgspec

# BIO, BIOES, BILOU and BMES, with either sign behind the letter.
_TAG = re.compile(r"O|(?P<place>[BIESLUM])[-_](?P<label>\S.*)", re.DOTALL)
_GOES_ON, _ENDS = "IELM", "ESLU"
_SPACELESS = re.compile(
    "[\u2e80-\u2fdf\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]"
)
_NO_WORDS = "there are tags, but the text is no list of words; let the field text be the column of words"


class Marked(NamedTuple):
    """`spans` is JSON: a list of {start, end, label}, in order of start; offsets count characters."""

    text: str
    spans: str


class BadSpans(Exception):
    """Why the spans of a row cannot be used, as a sentence part."""


def read_spans(text: str, spans: str) -> Marked:
    """Bring the entities of a row to one form.

    Args:
        text: the text, or a JSON list of its words.
        spans: a JSON list of objects with start, end and label (or type, tag); or, beside words, a list of BIO tags
            as long as the words. Empty means that the text has no entities.
    Raises:
        BadSpans: not such a list, or a span that does not lie in the text.
    """
    marks = _list(spans) if spans.strip() else []
    if marks and all(isinstance(mark, str) for mark in marks):
        return _from_tags(text, marks)
    if marks and all(type(mark) is int for mark in marks):
        raise BadSpans("the tags are numbers; write their names instead, such as B-person and O")
    found = [_span(text, mark) for mark in marks]
    found.sort(key=lambda span: (span["start"], span["end"]))
    for one, other in itertools.pairwise(found):
        if other["start"] < one["end"]:
            raise BadSpans(
                f"the spans {one['start']} to {one['end']} ({one['label']}) and {other['start']} to {other['end']} "
                f"({other['label']}) overlap; an entity must not begin within another"
            )
    return Marked(text, msgspec.json.encode(found).decode())


def _list(cell: str) -> list[Any]:
    try:
        value = msgspec.json.decode(cell)
    except (msgspec.DecodeError, RecursionError):
        raise BadSpans("the spans are not valid JSON") from None
    if not isinstance(value, list):
        raise BadSpans("the spans are not a list")
    return value


def _span(text: str, mark: Any) -> dict[str, Any]:
    if not isinstance(mark, dict):
        raise BadSpans("a span is no object with start, end and label")
    start, end = mark.get("start"), mark.get("end")
    label = next((mark[name] for name in ("label", "type", "tag", "entity") if mark.get(name)), None)
    if type(start) is not int or type(end) is not int or not isinstance(label, str) or not label.strip():
        raise BadSpans("a span lacks start, end or label")
    if not 0 <= start < end <= len(text):
        raise BadSpans(f"the span {start} to {end} does not lie in the text of {len(text)} characters")
    quoted = mark.get("text")
    if isinstance(quoted, str) and quoted != text[start:end]:
        raise BadSpans(f"the span {start} to {end} does not hold the text that it names")
    return {"start": start, "end": end, "label": label.strip()}


def _from_tags(text: str, tags: list[str]) -> Marked:
    try:
        words = msgspec.json.decode(text)
    except msgspec.DecodeError:
        raise BadSpans(_NO_WORDS) from None
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise BadSpans(_NO_WORDS)
    if len(words) != len(tags):
        raise BadSpans(f"there are {len(tags)} tags for {len(words)} words")
    spans: list[dict[str, Any]] = []
    text = open_label = ""
    for word, tag in zip(words, tags, strict=True):
        found = _TAG.fullmatch(tag.strip())
        if found is None:
            raise BadSpans(f"the tag “{tag[:40]}” is neither O nor begins with B- or I-")
        place, label = found["place"] or "", found["label"]
        between = _between(text, word)
        at = len(text) + len(between)
        text += between + word
        if not place or not word:
            open_label = open_label if place and not word else ""
        elif place in _GOES_ON and label == open_label:
            spans[-1]["end"] = len(text)
        else:
            spans.append({"start": at, "end": len(text), "label": label})
            open_label = label
        if place and place in _ENDS:
            open_label = ""
    return Marked(text, msgspec.json.encode(spans).decode())


def _between(text: str, word: str) -> str:
    """What stands between words: a space, but nothing between characters of scripts that have none."""
    if not text or not word or (_SPACELESS.match(text[-1]) and _SPACELESS.match(word[0])):
        return ""
    return " "
