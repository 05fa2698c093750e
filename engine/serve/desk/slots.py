"""Finds what an answer needs to know in a customer's message."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from engine.api import Slot
from engine.privacy.customer import find_customer
from engine.serve.desk import patterns
from engine.serve.desk.heard import Heard
from engine.serve.desk.reading import DAY, day_of, number_of

NAMED = re.compile(r"\{(\w+)\}")
_CODE = r"[A-Za-z]{0,5}-?\d[\dA-Za-z]*(?:-[\dA-Za-z]+)*"
_ORDERS = (
    re.compile(
        rf"\b(?:order|purchase|booking|reservation|reference|ref|ticket|invoice|case|tracking|confirmation|parcel)\b\.?"
        rf"(?:\s+(?:number|no|nr|id|code))?\.?\s*(?:is|was|:|：|=|#|number|"
        rf"no\.?)?\s*#?\s*({_CODE})(?![\w])", re.IGNORECASE,
    ),
    re.compile(rf"(?:订单|单号|编号|预订|快递|发票)(?:号码?|编号)?\s*(?:是|为|:|：)?\s*#?\s*({_CODE})"),
    re.compile(rf"#\s?({_CODE})(?!\w)"),
    re.compile(r"(?<![\w$€£¥.,-])((?=[A-Za-z-]*\d)[A-Z]{1,5}-?\d{3,}[\dA-Z-]*|\d{5,20})(?![\w%]|[.,]\d)"),
)  # fmt: skip
_CURRENCY = r"(?:usd|eur|gbp|cny|rmb|dollars?|euros?|pounds?|yuan|bucks|元|块钱?|人民币|美元|欧元|英镑)"
_SUM = r"\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:[.,]\d{1,2})?"
_AMOUNTS = (
    re.compile(rf"(?:[$€£¥￥]|\b(?:usd|eur|gbp|cny|rmb)\b)\s?(?:{_SUM})(?:\s?k\b)?", re.IGNORECASE),
    re.compile(rf"(?:{_SUM})\s?(?:k\s|thousand\s|千|万)?\s?{_CURRENCY}(?![a-z])", re.IGNORECASE),
    re.compile(rf"[零一二两三四五六七八九十百千万]+\s?{_CURRENCY}"),
    re.compile(
        rf"\b(?:amount|refund|refunded|paid|pay|cost|costs|price|charged?|worth|sum|"
        rf"total)(?:\s+(?:of|for|is|was|about|over|me))*"
        rf"\s+((?:{_SUM})(?:\s?k\b)?)(?![\w-])", re.IGNORECASE,
    ),
    re.compile(rf"(?:金额|退款|付了|支付了?|花了|价格|收了)\s*(?:是|为|:|：|我)?\s*({_SUM})"),
)  # fmt: skip
_PLAIN_NAME = re.compile(
    r"^(?:my name is|i am|i'm|it is|it's|this is|name[:：]|我叫|我是|我的名字是)?\s*(.{1,60}?)[\s.。!！]*$",
    re.IGNORECASE,
)
MOST_NAME_WORDS = 5
MOST_VALUE_CHARACTERS = 400


def needed(text: str) -> list[str]:
    """The slots that a template names, in its order."""
    return list(dict.fromkeys(NAMED.findall(text)))


def fill(text: str, values: dict[str, str]) -> str:
    """A template with its slots filled; a value is never read as a template itself."""
    return NAMED.sub(lambda found: values.get(found[1], found[0]), text)


def find_slots(slots: Iterable[Slot], heard: Heard, asked: str = "") -> dict[str, str]:
    """The values of slots that a message holds.

    Args:
        asked: the slot that the customer was just asked for: a bare value counts for it.
    """
    found = {}
    for slot in slots:
        value = _value(slot, heard, asked=slot.name == asked)
        if value:
            found[slot.name] = value[:MOST_VALUE_CHARACTERS]
    return _apart(slots, found, asked)


def _apart(slots: Iterable[Slot], found: dict[str, str], asked: str) -> dict[str, str]:
    """One stretch of a message fills one slot: the one that was asked for, else the first that claims it."""
    names = sorted(found, key=lambda name: name != asked)
    kinds = {slot.name: (slot.kind, slot.pattern, slot.entity) for slot in slots}
    taken: dict[str, str] = {}
    for name in names:
        same = [other for other, value in taken.items() if value == found[name] and kinds[other] != kinds[name]]
        if not same:
            taken[name] = found[name]
    return {name: value for name, value in found.items() if name in taken}


def _value(slot: Slot, heard: Heard, *, asked: bool) -> str:
    if slot.pattern and (value := patterns.search(slot.pattern, heard.text)):
        return value
    if slot.entity and (values := heard.entities.get(slot.entity)):
        return _day_or_text(slot, values[0], heard.today)
    match slot.kind:
        case "order_number":
            return _order(heard.text, asked=asked)
        case "amount":
            return _amount(heard.text, asked=asked)
        case "date":
            found = DAY.search(heard.text)
            return _day_or_text(slot, found[0], heard.today) if found else ""
        case "number":
            number = number_of(heard.text)
            return f"{number:g}" if number is not None and (asked or not _order(heard.text, asked=False)) else ""
        case "email" | "phone" | "name":
            own = [heard.text[one.start : one.end] for one in find_customer(heard.text, (slot.kind,))]
            return own[0] if own else _bare_name(heard.text) if slot.kind == "name" and asked else ""
        case "text":
            return " ".join(heard.text.split()) if asked else ""
        case _:
            return ""


def _day_or_text(slot: Slot, said: str, today: str) -> str:
    return (day_of(said, today) or said) if slot.kind == "date" else said


def _first(found: Sequence[re.Pattern[str]], text: str) -> re.Match[str] | None:
    return next((match for pattern in found if (match := pattern.search(text))), None)


def _order(text: str, *, asked: bool) -> str:
    plain = _without(text, [*_AMOUNTS[:3], DAY])
    for one in reversed(find_customer(plain, ("phone", "email", "card", "iban", "identity_number"))):
        # A customer who is asked for a number and says nothing but digits means that number.
        if not (asked and plain[one.start : one.end] == plain.strip()):
            plain = plain[: one.start] + " " * (one.end - one.start) + plain[one.end :]
    found = _first(_ORDERS, plain)
    if found is None and asked:
        found = re.search(rf"(?<!\w)({_CODE})(?!\w)", plain)
    return found[1].strip("-") if found else ""


def _amount(text: str, *, asked: bool) -> str:
    found = _first(_AMOUNTS, text)
    if found:
        return (found[1] if found.re.groups else found[0]).strip()
    if asked and number_of(text) is not None:
        bare = re.search(rf"(?:{_SUM})(?:\s?k\b|\s?万|千)?|[零一二两三四五六七八九十百千万]+", text)
        return bare[0] if bare else ""
    return ""


def _without(text: str, found: Iterable[re.Pattern[str]]) -> str:
    for pattern in found:
        text = pattern.sub(lambda match: " " * len(match[0]), text)
    return text


def _bare_name(text: str) -> str:
    found = _PLAIN_NAME.match(" ".join(text.split()))
    value = found[1].strip(" ,，") if found else ""
    letters = all(char.isalpha() or char in " .'’-·" for char in value)
    return value if value and letters and len(value.split()) <= MOST_NAME_WORDS else ""
