"""What is known of items beside their texts: price, categories, stock, dates, age. Read from the rows of the item
data set, so that a changed price or an empty shelf counts at once and nothing has to be learned again.

Columns go by their usual names (`COLUMNS`). What a cell does not say, or says in a way that cannot be read, is
unknown, and what is unknown never hides an item.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

COLUMNS: dict[str, tuple[str, ...]] = {
    "price": ("price", "unit_price", "list_price", "sale_price", "cost", "价格", "单价", "售价"),
    "categories": (
        "categories",
        "category",
        "genres",
        "genre",
        "department",
        "section",
        "product_type",
        "类别",
        "分类",
    ),
    "available": ("available", "availability", "in_stock", "stock", "on_stock", "stock_level", "库存"),
    "start": ("valid_from", "available_from", "start", "start_date", "from"),
    "end": ("valid_until", "valid_to", "available_until", "until", "end", "end_date", "expires", "expiry"),
    "age": ("age", "min_age", "age_rating", "age_limit", "fsk", "pegi", "年龄"),
    "image": ("image", "image_path", "picture", "photo", "cover", "图片"),
}
_NO = {"no", "n", "false", "0", "out", "out of stock", "out-of-stock", "sold out", "unavailable", "discontinued",
       "否", "无货", "缺货"}  # fmt: skip
_YES = {"yes", "y", "true", "in stock", "in-stock", "available", "instock", "是", "有货"}
_AGE_WORDS = {"g": 0, "u": 0, "all": 0, "pg": 8, "pg-13": 13, "r": 17, "nc-17": 18, "adult": 18, "adults": 18}
_NUMBER = re.compile(r"\d[\d.,' ]*")
_SPLIT = re.compile(r"\s*[|;>/,、，；]\s*")
NO_DAY = 0


@dataclass(frozen=True)
class ItemFacts:
    """Facts of all items of a recommender, in its order.

    Attributes:
        price: float32, (items,), NaN where unknown.
        category_names: as they are written, in order of first appearance.
        category_starts, category_places: item i has the categories `places[starts[i]:starts[i + 1]]`; the first of
            them is its main one.
        available: bool, (items,).
        start, end: int32, (items,), days since 1970 between which an item may be offered; `NO_DAY` is open.
        age: float32, (items,), the youngest age, NaN where unknown.
        images: path per item, where there is one.
    """

    price: NDArray[np.float32]
    category_names: tuple[str, ...]
    category_starts: NDArray[np.int64]
    category_places: NDArray[np.int32]
    available: NDArray[np.bool_]
    start: NDArray[np.int32]
    end: NDArray[np.int32]
    age: NDArray[np.float32]
    images: Mapping[int, str]

    @cached_property
    def main_category(self) -> NDArray[np.int32]:
        """(items,), -1 for none."""
        found = np.full(len(self.price), -1, np.int32)
        has = np.diff(self.category_starts) > 0
        found[has] = self.category_places[self.category_starts[:-1][has]]
        return found

    @cached_property
    def category_index(self) -> dict[str, int]:
        """Place of a category by its name, case aside."""
        return {name.casefold(): place for place, name in enumerate(self.category_names)}

    def in_category(self, category: int) -> NDArray[np.bool_]:
        """(items,): has it among its categories."""
        found = np.zeros(len(self.price), bool)
        rows = np.repeat(np.arange(len(self.price)), np.diff(self.category_starts))
        found[rows[self.category_places == category]] = True
        return found

    def categories_of(self, item: int) -> tuple[str, ...]:
        part = slice(int(self.category_starts[item]), int(self.category_starts[item + 1]))
        return tuple(self.category_names[place] for place in self.category_places[part])

    def on_offer(self, day: int) -> NDArray[np.bool_]:
        """(items,): within its dates."""
        return np.asarray((self.start <= day) & ((self.end == NO_DAY) | (self.end >= day)))


def no_facts(items: int) -> ItemFacts:
    """Of items nothing more is known of."""
    nothing = np.full(items, np.nan, np.float32)
    days = np.zeros(items, np.int32)
    return ItemFacts(
        nothing, (), np.zeros(items + 1, np.int64), np.empty(0, np.int32), np.ones(items, bool), days, days, nothing, {}
    )


def read_facts(rows: Iterable[Mapping[str, str]], index: Mapping[str, int]) -> ItemFacts:
    """Facts from rows of an item data set; of several rows of one item the last counts.

    Args:
        index: place of every item id.
    """
    found = no_facts(len(index))
    price, age = found.price.copy(), found.age.copy()
    available, start, end = found.available.copy(), found.start.copy(), found.end.copy()
    names: dict[str, int] = {}  # case folded
    spelled: list[str] = []
    of_item: dict[int, list[int]] = {}
    images: dict[int, str] = {}
    columns: dict[str, list[str]] | None = None
    for row in rows:
        if columns is None:
            columns = find_columns(row)
        place = index.get(row.get("item", "").strip())
        if place is None:
            continue
        cells = {
            fact: next((cell for name in names if (cell := row.get(name, "").strip())), "")
            for fact, names in columns.items()
        }
        if cells.get("price"):
            price[place] = amount(cells["price"])
        if cells.get("categories"):
            parts = _SPLIT.split(cells["categories"].strip("[]").replace('"', ""))
            of_item[place] = list(dict.fromkeys(_category(names, spelled, part) for part in parts if part))
        if cells.get("available"):
            available[place] = is_available(cells["available"])
        start[place], end[place] = day_of(cells.get("start", "")), day_of(cells.get("end", ""))
        if cells.get("age"):
            age[place] = age_of(cells["age"])
        if cells.get("image"):
            images[place] = cells["image"]
    counts = np.zeros(len(index), np.int64)
    for place, categories in of_item.items():
        counts[place] = len(categories)
    places = [category for place in sorted(of_item) for category in of_item[place]]
    starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    return ItemFacts(price, tuple(spelled), starts, np.array(places, np.int32), available, start, end, age, images)


def find_columns(row: Mapping[str, str]) -> dict[str, list[str]]:
    """Which columns of a row may say which fact, the surest first."""
    by_name = {name.strip().casefold().replace(" ", "_"): name for name in row}
    found = {fact: [by_name[name] for name in names if name in by_name] for fact, names in COLUMNS.items()}
    return {fact: names for fact, names in found.items() if names}


def amount(text: str) -> float:
    """A price in any of the usual spellings (“$1,299.00”, “12,50 €”); NaN where there is none."""
    match = _NUMBER.search(text)
    if match is None:
        return float("nan")
    digits = match.group().replace("'", "").replace(" ", "").rstrip(".,")
    comma, point = digits.rfind(","), digits.rfind(".")
    if comma >= 0 and point >= 0:
        digits = digits.replace(",", "") if point > comma else digits.replace(".", "").replace(",", ".")
    elif comma >= 0:
        digits = digits.replace(",", ".") if len(digits) - comma != 4 else digits.replace(",", "")
    try:
        value = float(digits)
    except ValueError:
        return float("nan")
    return -value if text.lstrip().startswith("-") else value


def is_available(text: str) -> bool:
    """Whether a cell says that there is some; what cannot be read says nothing against it."""
    word = text.casefold().strip()
    if word in _YES:
        return True
    if word in _NO:
        return False
    value = amount(word)
    return not value <= 0


def age_of(text: str) -> float:
    """The youngest age of a rating (“12+”, “PG-13”, “FSK 16”); NaN where it cannot be read."""
    word = text.casefold().strip()
    if word in _AGE_WORDS:
        return float(_AGE_WORDS[word])
    return amount(word)


def day_of(text: str) -> int:
    """Days since 1970 of a date in ISO 8601, or `NO_DAY`."""
    try:
        return (dt.date.fromisoformat(text.strip()[:10]) - dt.date(1970, 1, 1)).days
    except ValueError:
        return NO_DAY


def _category(names: dict[str, int], spelled: list[str], part: str) -> int:
    """The number of a category, a new one where it was not seen before."""
    folded = part.casefold()
    if folded not in names:
        names[folded] = len(spelled)
        spelled.append(part)
    return names[folded]
