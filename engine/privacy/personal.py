"""Where personal data stands in a text: e-mail addresses, phone numbers, payment cards and Chinese identity numbers.

Numbers with a check digit are only taken when it is right, so order numbers are seldom mistaken for them. Names and
addresses are not found here. Nothing is stored or logged.
Sources: ISO/IEC 7812-1 annex B (Luhn), GB 11643-1999 (identity number), the numbering plan of mainland China.
"""

from __future__ import annotations

import datetime
import re
from typing import NamedTuple

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,8}[^\W\d_]{2,24}(?![\w-])")
_DIGITS = re.compile(r"(?<![\w.])(?:\d[ -]?){12,18}[\dXx](?![\w])", re.ASCII)
_PHONE_INTERNATIONAL = re.compile(
    r"(?<![\w+])\+\d{1,3}[ .-]?(?:\(0\)[ .-]?)?(?:\(?\d{1,4}\)?[ .-]?){2,5}\d{2,4}(?!\w)", re.ASCII
)
_PHONE_CHINA = re.compile(r"(?<![\d.])1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?![\d.])", re.ASCII)
_PHONE_AMERICA = re.compile(
    r"(?<![\w-])(?:1[ .-])?(?:\([2-9]\d{2}\) ?|[2-9]\d{2}[ .-])[2-9]\d{2}[ .-]\d{4}(?![\w-])", re.ASCII
)
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
_MANY_DIGITS = re.compile(r"\d(?:[ .()-]{0,3}\d){6}", re.ASCII)


class Found(NamedTuple):
    """`kind` is email, phone, card or identity_number; `start` and `end` count characters."""

    kind: str
    start: int
    end: int


def find_personal(text: str) -> list[Found]:
    """Personal data in a text, in order, not overlapping."""
    found: list[Found] = []
    if "@" in text:
        found += [Found("email", *match.span()) for match in _EMAIL.finditer(text)]
    if _MANY_DIGITS.search(text):
        for match in _DIGITS.finditer(text):
            number = re.sub("[ -]", "", match[0])
            if len(number) == 18 and is_identity_number(number):
                found.append(Found("identity_number", *match.span()))
            elif number.isdigit() and is_card_number(number):
                found.append(Found("card", *match.span()))
        for pattern in (_PHONE_INTERNATIONAL, _PHONE_CHINA, _PHONE_AMERICA):
            found += [Found("phone", *match.span()) for match in pattern.finditer(text)]
    return _apart(found)


def _apart(found: list[Found]) -> list[Found]:
    kept: list[Found] = []
    for item in found:  # kinds with a check digit come first and win
        if all(item.end <= other.start or item.start >= other.end for other in kept):
            kept.append(item)
    return sorted(kept, key=lambda item: item.start)


def is_card_number(number: str) -> bool:
    """13 to 19 digits with a right check digit and the beginning of a payment card."""
    if not 13 <= len(number) <= 19 or number[0] not in "23456" or len(set(number)) < 2:
        return False
    total = 0
    for place, digit in enumerate(reversed(number)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def is_identity_number(number: str) -> bool:
    """18 characters: region, date of birth, sequence and a right check character."""
    if not number[:17].isdigit() or number[0] == "0":
        return False
    try:
        datetime.date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    if not 1880 <= int(number[6:10]) <= 2100:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number, _ID_WEIGHTS, strict=False))
    return _ID_CHECKS[total % 11] == number[17].upper()
