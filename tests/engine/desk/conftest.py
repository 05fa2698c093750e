"""A desk in memory: a profile of a shop, and messages as the models would have understood them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine.api import DeskState, Profile, Rule, Slot, Template
from engine.serve.desk.heard import Heard, Look, Move
from engine.serve.desk.turn import first
from engine.values import LabelScore

SHOP = Profile(
    name="shop",
    collection="shop",
    intent_pack="intents",
    slots=(
        Slot("order_number", "What is your order number?", "您的订单号是多少？", kind="order_number"),
        Slot("amount", "How much is it about?", "金额是多少？", kind="amount"),
        Slot("date", "Which day?", kind="date"),
    ),
    templates=(
        Template("cancel_order", "Order {order_number} is cancelled.", "订单 {order_number} 已取消。",
        "cancel an order", "取消订单"),
        Template("track_order", "Order {order_number} is on its way.", title="track an order"),
        Template("get_refund", "Your refund is on its way.", title="get a refund"),
        Template("move_delivery", "Order {order_number} will come on {date}.", title="move a delivery"),
    ),
    rules=(
        Rule("amount", ">", "500", "get_refund", "handoff", "A refund of {amount} is looked at by a colleague."),
        Rule("date", "<", "today", "move_delivery", "answer", "{date} is over already."),
    ),
    out_of_scope=("chitchat",),
)  # fmt: skip


@pytest.fixture
def shop() -> Profile:
    return SHOP


def understood(text: str, *intents: tuple[str, float], language: str = "en", **more: object) -> Heard:
    """A message with its intents; sure from 0.8 on."""
    found = tuple(LabelScore(label, score) for label, score in intents)
    return Heard(text, language, found, threshold=0.8, today="2026-03-10", **more)


@pytest.fixture
def hear() -> Callable[..., Heard]:
    return understood


@pytest.fixture
def talk(shop: Profile) -> Callable[..., list[Move | Look]]:
    """Play messages one after the other, each from the state that the one before left; documents answer nothing."""

    def play(*messages: Heard, profile: Profile = shop) -> list[Move | Look]:
        state, moves = DeskState(profile.name), []
        for message in messages:
            moves.append(first(profile, state, message))
            state = moves[-1].state
        return moves

    return play
