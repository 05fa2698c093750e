"""Numbers, amounts and days out of a customer's words, as values that can be compared.

English and Chinese. A day that can be read in two ways (3/4/2026) stays unread: better asked again than wrong.
"""

from __future__ import annotations

import datetime
import re

_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
         "sep sept september", "oct october", "nov november", "dec december"), 1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
DAY = re.compile(
    rf"(?P<iso>\b\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}\b)|(?P<numbers>\b\d{{1,2}}[-/.]\d{{1,2}}[-/.]\d{{2,4}}\b)"
    rf"|(?P<dm>\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)? (?:{_MONTH})\b\.?(?:,? \d{{4}}\b)?)"
    rf"|(?P<md>\b(?:{_MONTH})\b\.? \d{{1,2}}(?:st|nd|rd|th)?\b(?:,? \d{{4}}\b)?)"
    r"|(?P<zh>(?:\d{4}年)?\d{1,2}月\d{1,2}[日号]?)"
    r"|(?P<near>\b(?:today|tomorrow|yesterday|the day after tomorrow)\b|今天|明天|后天|昨天|前天)",
    re.IGNORECASE,
)
_NEAR = {
    "today": 0, "tomorrow": 1, "yesterday": -1, "the day after tomorrow": 2,
    "今天": 0, "明天": 1, "后天": 2, "昨天": -1, "前天": -2,
}  # fmt: skip
_NUMBER = re.compile(r"(?<![A-Za-z\d_.,−-])[-−]?(?:\d{1,3}(?:[,\u00a0\u202f ]\d{3})+(?:\.\d+)?(?!\d)|\d+(?:[.,]\d+)?)")
_CURRENCY_CODE = re.compile(r"(?i)(?<![a-z])(?:usd|eur|gbp|cny|rmb)(?=[\d\s]|$)")
_CHINESE_DIGITS = {char: i for i, char in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_CHINESE_UNITS = {"十": 10, "百": 100, "千": 1000}
_CHINESE = re.compile("[零〇一二两三四五六七八九十百千万]+")
_SHIFT = re.compile(r"^(today|今天)\s*(?:([+-])\s*(\d{1,5})\s*(?:days?|天)?)?$", re.IGNORECASE)


def number_of(text: str) -> float | None:
    """The number a text holds: "$1,200.50", "2k", "五百元"; None where it holds none or more than one."""
    bare = _CURRENCY_CODE.sub(" ", text.replace("，", ",")).strip()
    found = _NUMBER.findall(bare)
    if len(found) == 1:
        value = _plain(found[0])
        tail = bare[bare.index(found[0]) + len(found[0]) :].lstrip().lower()
        factor = 1000 if re.match(r"k\b|thousand|千", tail) else 10_000 if tail.startswith("万") else 1
        return value * (1_000_000 if re.match(r"million\b", tail) else factor)
    words = _CHINESE.findall(bare)
    return float(_chinese(words[0])) if not found and len(words) == 1 else None


def _plain(digits: str) -> float:
    digits = digits.replace("−", "-")
    if re.fullmatch(r"-?\d+,\d{1,2}", digits):
        return float(digits.replace(",", "."))  # a decimal comma
    return float(re.sub(r"[,\s]", "", digits))


def _chinese(word: str) -> int:
    total, section, digit = 0, 0, 0
    for char in word:
        if char == "万":
            total, section, digit = (total + section + digit) * 10_000, 0, 0
        elif char in _CHINESE_UNITS:
            section, digit = section + (digit or 1) * _CHINESE_UNITS[char], 0
        else:
            digit = _CHINESE_DIGITS[char]
    return total + section + digit


def day_of(text: str, today: str) -> str | None:
    """The day a text names, ISO 8601; None where it names none, or one that can be read in two ways.

    Args:
        today: ISO day that "tomorrow" and days without a year are counted from.
    """
    if shifted := _SHIFT.match(text.strip()):
        days = int(shifted[3] or 0) * (-1 if shifted[2] == "-" else 1)
        return (datetime.date.fromisoformat(today) + datetime.timedelta(days=days)).isoformat()
    found = DAY.search(text)
    if found is None:
        return None
    try:
        return _day(found, datetime.date.fromisoformat(today))
    except (ValueError, OverflowError):
        return None


def _day(found: re.Match[str], today: datetime.date) -> str | None:
    kind, said = str(found.lastgroup), found[0].lower()
    if kind == "near":
        return (today + datetime.timedelta(days=_NEAR[said])).isoformat()
    numbers = [int(part) for part in re.findall(r"\d+", said)]
    if kind == "iso":
        year, month, day = numbers
    elif kind == "numbers":
        first, second, year = numbers
        if first <= 12 and second <= 12 and first != second:
            return None
        day, month = (second, first) if second > 12 else (first, second)
        year += 2000 if year < 100 else 0
    elif kind == "zh":
        year, month, day = numbers if len(numbers) == 3 else (today.year, *numbers)
    else:
        month = _MONTHS[next(word for word in re.findall("[a-z]+", said) if word in _MONTHS)]
        day, year = numbers[0], numbers[1] if len(numbers) > 1 else today.year
    return datetime.date(year, month, day).isoformat()
