"""What people write about goods: prices, whether there are any, and signs that stand where a number is missing."""

from __future__ import annotations

import math
import re
from pathlib import Path

_PLACEHOLDERS = frozenset({"", "null", "none", "nan", "n/a", "na", "undefined", "-", "?", "#n/a", "nil", "无", "空"})
_YES = frozenset({"yes", "y", "true", "t", "available", "in stock", "instock", "in_stock", "有货", "是", "在售", "有"})
_NO = frozenset(
    {"no", "n", "false", "f", "unavailable", "out of stock", "outofstock", "out_of_stock", "sold out", "discontinued",
     "缺货", "无货", "否", "售罄", "下架", "停售", "无"}
)  # fmt: skip
_MONEY = re.compile(r"^\D{0,4}?\s*(-?\d[\d,.'\s]*)\s*\D{0,4}$")


def is_placeholder(value: str) -> bool:
    """Whether an id is empty, or a word that exports write where there is none."""
    return len(value) <= 9 and value.lower() in _PLACEHOLDERS


def picture_at(folder: Path, value: str) -> str:
    """Where the picture of an item is: beside the file that names it, if it is there; otherwise as it was written.

    Nothing is fetched: an address on a network stays an address.
    """
    written = value.replace("\\", "/")
    if not value or "://" in value or written.startswith("//"):
        return value
    try:
        place = folder / Path(written).expanduser()
        found = str(place.resolve()) if place.is_file() else value
        found.encode("utf-8")  # a path that is no text cannot be kept
    except (OSError, ValueError, RuntimeError):  # RuntimeError: "~somebody" who is not here
        return value
    return found


def read_price(value: str) -> str | None:
    """A price without its currency, as a plain number: “$1,299.00” is 1299, “12,50 €” is 12.5; None for none.

    Of comma and point, the last one is the decimal sign, unless three digits follow a single one (1,299).
    """
    found = _MONEY.match(value.strip())
    if found is None:
        return None
    digits = re.sub(r"[\s']", "", found[1]).rstrip(".,")
    comma, point = digits.rfind(","), digits.rfind(".")
    if comma > point:
        grouped = point < 0 and (digits.count(",") > 1 or len(digits) - comma == 4)
        digits = digits.replace(",", "") if grouped else digits.replace(".", "").replace(",", ".")
    else:
        digits = digits.replace(",", "") if digits.count(".") < 2 else digits.replace(".", "")
    try:
        price = float(digits)
    except ValueError:
        return None
    return f"{price:.10g}" if math.isfinite(price) and price >= 0 else None


def read_available(value: str) -> str | None:
    """ "yes" or "no", from words or from how many are left; None for what is neither."""
    word = value.strip().lower()
    if word in _YES:
        return "yes"
    if word in _NO:
        return "no"
    try:
        return "yes" if float(word) > 0 else "no"
    except ValueError:
        return None
