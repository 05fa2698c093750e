"""A shop with three kinds of goods; people mostly stay with one kind, which a recommender has to find out."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

import pytest

TOPICS = {
    "tea": ("green", "black", "mint", "oolong"),
    "boot": ("hiking", "winter", "rain", "leather"),
    "lamp": ("desk", "floor", "wall", "reading"),
}


@dataclass
class Shop:
    items: list[dict[str, str]] = field(default_factory=list)
    events: list[dict[str, str]] = field(default_factory=list)

    def without(self, user: str) -> Shop:
        return Shop(self.items, [event for event in self.events if event["user"] != user])


def make_shop(people: int = 60, seed: int = 1) -> Shop:
    rng = random.Random(seed)
    shop = Shop()
    for topic, kinds in TOPICS.items():
        for kind in kinds:
            for number in range(3):
                title = f"{kind} {topic} {number}"
                shop.items.append({"item": f"{topic}-{kind}-{number}", "title": title, "text": f"A {kind} {topic}."})
    ids = [item["item"] for item in shop.items]
    for person in range(people):
        topic = list(TOPICS)[person % 3]
        own = [item for item in ids if item.startswith(topic)]
        for item in [*rng.sample(own, 5), rng.choice(ids)]:
            shop.events.append({"user": f"shopper-{person:03}", "item": item, "type": "purchase", "value": ""})
    return shop


@pytest.fixture
def shop() -> Shop:
    return make_shop()


@pytest.fixture(scope="session")
def shop_of_all() -> Shop:
    return make_shop()
