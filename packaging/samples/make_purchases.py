"""Make the sample purchases: invented customers with believable tastes, from a fixed seed.

    python packaging/samples/make_purchases.py

Reads assets/samples/<language>/shop/catalogue.csv and writes purchases.csv beside it. Every customer follows one or two
of ten ways of being outdoors; each way prefers some categories, and within them some items over others. Customers look
at more than they buy, buy rarely the same thing twice, and some things are simply popular. The standard library alone
is used, so that the same seed gives the same file everywhere.
"""

from __future__ import annotations

import csv
import random
from datetime import datetime, timedelta
from pathlib import Path

SAMPLES = Path(__file__).resolve().parents[2] / "assets" / "samples"
SEED = 20260301
CUSTOMERS = {"en": 210, "zh": 180}
FIRST_DAY = datetime(2025, 3, 1)
DAYS = 360

# Share of interest by category. English and Chinese names of a category stand together.
WAYS: dict[str, dict[tuple[str, ...], float]] = {
    "family camping": {("tents", "帐篷"): 4, ("sleeping", "睡眠"): 4, ("cooking", "炊具"): 3, ("light", "照明"): 2},
    "long walks": {("packs", "背包"): 3, ("footwear", "鞋袜"): 4, ("trekking", "徒步"): 3, ("clothing", "服装"): 2},
    "light and fast": {("tents", "帐篷"): 3, ("sleeping", "睡眠"): 3, ("water", "饮水"): 2, ("packs", "背包"): 2},
    "trail running": {("footwear", "鞋袜"): 5, ("packs", "背包"): 2, ("light", "照明"): 2, ("navigation", "导航"): 2},
    "winter": {("snow", "雪地"): 6, ("clothing", "服装"): 3, ("navigation", "导航"): 1, ("cooking", "炊具"): 1},
    "climbing": {("climbing", "攀岩"): 7, ("footwear", "鞋袜"): 1, ("snow", "雪地"): 2, ("packs", "背包"): 1},
    "on the water": {("water sports",): 5, ("water", "饮水"): 3, ("packs", "背包"): 2, ("clothing", "服装"): 1},
    "commuting": {("clothing", "服装"): 5, ("packs", "背包"): 3, ("water", "饮水"): 2, ("light", "照明"): 1},
    "camp kitchen": {("cooking", "炊具"): 6, ("water", "饮水"): 2, ("light", "照明"): 2, ("trekking", "徒步"): 1},
    "maps and mending": {
        ("navigation", "导航"): 5,
        ("trekking", "徒步"): 4,
        ("light", "照明"): 2,
        ("water", "饮水"): 1,
    },
}


def make_purchases(catalogue: list[dict[str, str]], customers: int, rng: random.Random) -> list[dict[str, str]]:
    """Events of all customers in order of time: user, item, type (view, cart or purchase), time, value.

    `value` is the price paid for a purchase and empty otherwise.
    """
    items = [row["item"] for row in catalogue]
    price = {row["item"]: row["price"] for row in catalogue}
    popular = {item: rng.lognormvariate(0, 0.6) for item in items}
    tastes = [_taste(catalogue, way, popular, rng) for way in WAYS.values()]
    events: list[dict[str, str]] = []
    for number in range(1, customers + 1):
        main, other = rng.sample(tastes, 2)
        share = rng.choice((0.0, 0.0, 0.15, 0.35))
        wish = {item: (1 - share) * main[item] + share * other[item] + 0.0008 for item in items}
        day = FIRST_DAY + timedelta(days=rng.randrange(DAYS // 2))
        for _ in range(min(24, 4 + int(rng.expovariate(1 / 6)))):
            if not wish:
                break
            item = rng.choices(list(wish), list(wish.values()))[0]
            del wish[item]
            day += timedelta(days=rng.expovariate(1 / 14), minutes=rng.randrange(60 * 14))
            if day > FIRST_DAY + timedelta(days=DAYS):
                break
            kinds = rng.choices((("view",), ("view", "cart"), ("view", "cart", "purchase")), (0.28, 0.12, 0.60))[0]
            for step, kind in enumerate(kinds):
                events.append(
                    {
                        "user": f"c{1000 + number}",
                        "item": item,
                        "type": kind,
                        "time": (day + timedelta(minutes=7 * step)).strftime("%Y-%m-%dT%H:%M:%SZ"),
                        "value": price[item] if kind == "purchase" else "",
                    }
                )
    return sorted(events, key=lambda event: (event["time"], event["user"]))


def _taste(
    catalogue: list[dict[str, str]],
    way: dict[tuple[str, ...], float],
    popular: dict[str, float],
    rng: random.Random,
) -> dict[str, float]:
    """Weight of each item for people of one way; sums to 1."""
    weights = {}
    for row in catalogue:
        interest = max((weight for names, weight in way.items() if row["category"] in names), default=0.0)
        weights[row["item"]] = interest * popular[row["item"]] * rng.lognormvariate(0, 1.1)
    total = sum(weights.values())
    return {item: weight / total for item, weight in weights.items()}


def main() -> None:
    for language, customers in CUSTOMERS.items():
        folder = SAMPLES / language / "shop"
        with (folder / "catalogue.csv").open(encoding="utf-8", newline="") as file:
            catalogue = list(csv.DictReader(file))
        events = make_purchases(catalogue, customers, random.Random(f"{SEED}-{language}"))
        with (folder / "purchases.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, ["user", "item", "type", "time", "value"], lineterminator="\n")
            writer.writeheader()
            writer.writerows(events)
        bought = sum(event["type"] == "purchase" for event in events)
        users = len({event["user"] for event in events})
        print(f"{language}: {len(events)} events, {bought} purchases, {users} customers, {len(catalogue)} items")


if __name__ == "__main__":
    main()
