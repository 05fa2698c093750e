"""Marked entities in a text: spans with character offsets, or words with BIO tags, brought to one form."""

from __future__ import annotations

from typing import Any, NamedTuple

import msgspec


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
    found = [_span(text, mark) for mark in marks]
    found.sort(key=lambda span: (span["start"], span["end"]))
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
        raise BadSpans("there are tags, but the text is no list of words") from None
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise BadSpans("there are tags, but the text is no list of words")
    if len(words) != len(tags):
        raise BadSpans(f"there are {len(tags)} tags for {len(words)} words")
    spans: list[dict[str, Any]] = []
    at = 0
    open_label = ""
    for word, tag in zip(words, tags, strict=True):
        place, _, label = tag.partition("-")
        if tag == "O" or not label:
            open_label = ""
        elif place in ("I", "E") and label == open_label:
            spans[-1]["end"] = at + len(word)
        else:
            spans.append({"start": at, "end": at + len(word), "label": label})
            open_label = label
        at += len(word) + 1
    return Marked(" ".join(words), msgspec.json.encode(spans).decode())
