"""Conversations that a desk writes down to test its agent: the readable form, and the check of an answer.

docs/conversation-tests.md describes the form. One line says one thing; every line that cannot be understood is named
with its number, and then nothing is played.
"""

from __future__ import annotations

import re
from typing import Literal

from msgspec import Struct

from engine.api import Answer

Field = Literal[
    "mode", "intent", "says", "says not", "asks", "slot", "cites", "because", "notice", "confidence", "person",
]  # fmt: skip
_FIELDS: dict[str, Field] = {
    "mode": "mode", "方式": "mode", "intent": "intent", "意图": "intent", "says": "says", "包含": "says",
    "says not": "says not", "不包含": "says not", "asks": "asks", "追问": "asks", "cites": "cites", "引用": "cites",
    "because": "because", "原因": "because", "notice": "notice", "提示": "notice", "confidence": "confidence",
    "置信度": "confidence", "person": "person", "人工": "person",
}  # fmt: skip
_LINE = re.compile(r"^(?P<key>[^:：]+?)\s*[:：]\s*(?P<value>.*)$")
_SLOT = re.compile(r"^(?:slot|槽位|信息)\s+(?P<name>\w+)$")
_TEST, _CUSTOMER, _EXPECT = ("test", "测试"), ("customer", "客户", "顾客"), ("expect", "期望")
_HEADERS = {
    "profile": "profile", "坐席": "profile", "collection": "collection", "资料库": "collection",
    "today": "today", "今天": "today",
}  # fmt: skip
_MODES = ("template", "quote", "generated", "not_found", "handoff")
_YES, _NO = ("yes", "是"), ("no", "否")
_BOUND = re.compile(r"^(>=|<=|>|<)\s*(0(?:\.\d+)?|1(?:\.0+)?)$")
MOST_LINES = 20_000


class Expectation(Struct, frozen=True):
    line: int
    field: Field
    value: str
    name: str = ""
    """Of the slot, for `field` "slot"."""

    @property
    def sentence(self) -> str:
        return f"{self.field} {self.name}: {self.value}" if self.name else f"{self.field}: {self.value}"


class Turn(Struct):
    line: int
    text: str
    expected: list[Expectation]


class Script(Struct):
    """One conversation. `profile` and `collection` are empty where the file names none."""

    name: str
    line: int
    turns: list[Turn]
    profile: str = ""
    collection: str = ""
    today: str = ""


def parse(text: str) -> tuple[list[Script], list[str]]:
    """The conversations of a file, and what is wrong with it, each with its line number."""
    scripts: list[Script] = []
    faults: list[str] = []
    headers: dict[str, str] = {}
    lines = text.lstrip("\ufeff").splitlines()
    if len(lines) > MOST_LINES:
        return [], [f"the file has {len(lines):,} lines; the most is {MOST_LINES:,}"]
    for number, raw in enumerate(lines, 1):
        line = raw.strip()
        if line and not line.startswith("#"):
            fault = _read(line, number, scripts, headers)
            if fault:
                faults.append(f"line {number}: {fault}")
    for one in scripts:
        if not one.turns:
            faults.append(f"line {one.line}: the test “{one.name}” has no customer")
        elif not any(turn.expected for turn in one.turns):
            faults.append(f"line {one.line}: the test “{one.name}” expects nothing, so it could not fail")
    names = [one.name for one in scripts]
    faults += [f"line {one.line}: the name “{one.name}” is there twice" for i, one in enumerate(scripts)
               if one.name in names[:i]]  # fmt: skip
    if not scripts and not faults:
        faults.append("line 1: there is no test in the file")
    return scripts, faults


def _read(line: str, number: int, scripts: list[Script], headers: dict[str, str]) -> str:
    """Take one line in; returns what is wrong with it, or ""."""
    found = _LINE.match(line)
    if found is None:
        return f"“{_clip(line)}” has no colon; lines begin with test:, customer:, expect …:, profile: or #"
    key, value = " ".join(found["key"].split()), found["value"].strip()
    head = key.casefold()
    if not value:
        return f"nothing stands after “{key}:”"
    if head in _HEADERS:
        if _HEADERS[head] == "today" and not re.fullmatch(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])", value):
            return f"today is a day like 2026-01-31, not “{_clip(value)}”"
        if scripts and scripts[-1].turns:
            return f"“{key}:” stands above the tests, or between test: and its first customer:"
        if scripts:
            setattr(scripts[-1], _HEADERS[head], value)
        else:
            headers[_HEADERS[head]] = value
        return ""
    if head in _TEST:
        scripts.append(Script(value, number, [], **headers))
        return ""
    if head in _CUSTOMER:
        if not scripts:
            return "a customer speaks before the first test:"
        scripts[-1].turns.append(Turn(number, value, []))
        return ""
    for word in _EXPECT:
        if head.startswith(word):
            return _expect(key[len(word) :].strip(), value, number, scripts)
    return f"“{_clip(key)}” is not known; lines begin with test:, customer:, expect …:, profile: or #"


def _expect(what: str, value: str, number: int, scripts: list[Script]) -> str:
    if not scripts or not scripts[-1].turns:
        return "something is expected before a customer has spoken"
    slot = _SLOT.match(what)
    field: Field | None = "slot" if slot else _FIELDS.get(what.casefold())
    if field is None:
        known = "mode, intent, says, says not, asks, slot NAME, cites, because, notice, confidence, person"
        return f"“expect {_clip(what)}” is not known; known: {known}"
    if field == "mode" and value not in _MODES:
        return f"the mode “{_clip(value)}” is not known; known: {', '.join(_MODES)}"
    if field == "confidence" and not _BOUND.match(value):
        return f"a confidence is expected like “>= 0.8”, not “{_clip(value)}”"
    if field == "person" and value.casefold() not in _YES + _NO:
        return f"a person is expected as “yes” or “no”, not “{_clip(value)}”"
    scripts[-1].turns[-1].expected.append(Expectation(number, field, value, slot["name"] if slot else ""))
    return ""


def check(expected: Expectation, answer: Answer) -> tuple[bool, str]:
    """Whether an answer is as expected, and what it was."""
    wanted = expected.value
    match expected.field:
        case "says":
            return _holds(answer.answer, wanted), answer.answer
        case "says not":
            return not _holds(answer.answer, wanted), answer.answer
        case "cites":
            places = [f"{one.title} ({one.doc})" if one.title else one.doc for one in answer.citations]
            return any(_holds(place, wanted) for place in places), ", ".join(places) or "nothing"
        case "slot":
            got = answer.slots.get(expected.name, "")
            return got.casefold() == wanted.casefold(), got or "nothing"
        case "notice":
            if wanted.casefold() in _YES + _NO:
                return bool(answer.notice) == (wanted.casefold() in _YES), answer.notice or "none"
            return _holds(answer.notice, wanted), answer.notice or "none"
        case "confidence":
            bound = _BOUND.match(wanted)
            assert bound is not None
            limit = float(bound[2])
            good = {">=": answer.confidence >= limit, ">": answer.confidence > limit,
                    "<=": answer.confidence <= limit, "<": answer.confidence < limit}  # fmt: skip
            return good[bound[1]], f"{answer.confidence:.2f}"
        case "person":
            return (answer.mode == "handoff") == (wanted.casefold() in _YES), answer.mode
        case _:
            got = str(getattr(answer, expected.field)) or "none"
            return got.casefold() == wanted.casefold(), got


def _holds(text: str, piece: str) -> bool:
    return " ".join(piece.split()).casefold() in " ".join(text.split()).casefold()


def _clip(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
