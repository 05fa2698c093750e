"""One turn after the other: intents, slots, rules, asking back, handing over. No model and no store takes part."""

from __future__ import annotations

import msgspec
import pytest

from engine.api import DeskState
from engine.serve.desk.heard import Look, Move
from engine.serve.desk.turn import after_looking, answered, first

CANCEL = ("cancel_order", 0.97)


def test_a_template_waits_for_its_slot_and_keeps_it_for_the_next_intent(talk, hear) -> None:
    asked, filled, tracked = talk(
        hear("I want to cancel my order", CANCEL), hear("it is 12345"), hear("and track it please",
        ("track_order", 0.9))
    )  # fmt: skip
    assert (asked.asks, asked.text, asked.mode) == ("order_number", "What is your order number?", "template")
    assert (filled.text, filled.intent, filled.confidence) == ("Order 12345 is cancelled.", "cancel_order", 0.97)
    assert tracked.text == "Order 12345 is on its way."


def test_another_order_is_asked_for_anew(talk, hear) -> None:
    _, again = talk(hear("cancel order 12345", CANCEL), hear("please cancel another order too", CANCEL))
    assert again.asks == "order_number"


def test_the_language_of_the_customer_chooses_the_text(talk, hear) -> None:
    asked, filled = talk(hear("我想取消订单", CANCEL, language="zh"), hear("12345", language="zh"))
    assert (asked.text, filled.text) == ("您的订单号是多少？", "订单 12345 已取消。")


@pytest.mark.parametrize(
    ("amount", "mode"), [("500 dollars", "template"), ("$500.01", "handoff"), ("1,200 euros", "handoff")]
)
def test_a_rule_gives_large_refunds_to_a_person(talk, hear, amount: str, mode: str) -> None:
    (move,) = talk(hear(f"I want a refund of {amount}", ("get_refund", 0.9)))
    assert move.mode == mode
    assert move.because == ("rule" if mode == "handoff" else "approved")
    if mode == "handoff":
        assert amount in move.text


def test_a_rule_asks_for_what_it_compares(talk, hear) -> None:
    asked, over = talk(hear("refund please", ("get_refund", 0.9)), hear("it was 900"))
    assert asked.asks == "amount"
    assert over.because == "rule"


def test_a_rule_answers_in_place_of_the_template(talk, hear) -> None:
    past, future = (
        talk(hear(f"deliver order 12345 on {day}", ("move_delivery", 0.9)))[0] for day in ("2026-03-09", "2026-03-12")
    )
    assert (past.text, past.mode, past.because) == ("2026-03-09 is over already.", "template", "rule")
    assert future.text == "Order 12345 will come on 2026-03-12."


def test_a_slot_that_is_not_given_twice_goes_to_a_person(talk, hear) -> None:
    _, again, over = talk(hear("cancel it", CANCEL), hear("I have no idea"), hear("really not"))
    assert again.asks == "order_number"
    assert (over.mode, over.because) == ("handoff", "slot_not_given")


def test_a_question_meanwhile_is_looked_up_and_the_slot_stays_asked(talk, hear) -> None:
    _, look, filled = talk(hear("cancel it", CANCEL), hear("where do I find the number?"), hear("12345"))
    assert isinstance(look, Look)
    assert look.again == "order_number"
    assert filled.text == "Order 12345 is cancelled."


def test_a_new_sure_intent_leaves_the_slot(talk, hear) -> None:
    _, other = talk(hear("cancel it", CANCEL), hear("no wait, I want a refund of 20 euros", ("get_refund", 0.95)))
    assert other.text == "Your refund is on its way."


def test_never_mind_stops_asking(talk, hear) -> None:
    _, stopped = talk(hear("cancel it", CANCEL), hear("never mind"))
    assert (stopped.because, stopped.state.waiting, stopped.state.intent) == ("stopped", "", "")


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("the second one", "track_order"),
        ("1", "cancel_order"),
        ("I want to track it", "track_order"),
        ("第二个", "track_order"),
    ],
)
def test_two_near_intents_are_asked_about(talk, hear, said: str, intent: str) -> None:
    near = (("cancel_order", 0.5), ("track_order", 0.45), ("get_refund", 0.05))
    which, done = talk(hear("order 12345", *near), hear(said))
    assert (which.asks, which.because) == ("choice", "ambiguous")
    assert "1. cancel an order\n2. track an order" in which.text
    assert (done.intent, done.because) == (intent, "confirmed")
    assert "12345" in done.text, "what was said before the choice is kept"


def test_a_message_that_fits_every_intent_is_looked_up_first(shop, hear) -> None:
    spread = hear("How do I clean shoes?", ("cancel_order", 0.34), ("track_order", 0.33), ("get_refund", 0.33))
    look = first(shop, DeskState("shop"), spread)
    assert isinstance(look, Look)
    assert after_looking(shop, look, spread).asks == "choice"


def test_two_intents_that_are_together_unsure_are_not_asked_about(talk, hear) -> None:
    (move,) = talk(hear("blue", ("cancel_order", 0.3), ("track_order", 0.25)))
    assert isinstance(move, Look)


def _without_documents(profile, state: DeskState, heard) -> Move:
    look = first(profile, state, heard)
    assert isinstance(look, Look)
    return after_looking(profile, look, heard)


def test_confirm_then_rephrase_then_a_person(shop, hear) -> None:
    sure_enough = hear("something about my order", ("cancel_order", 0.6))
    confirm = _without_documents(shop, DeskState("shop"), sure_enough)
    assert (confirm.asks, confirm.because) == ("confirm", "unsure")
    assert "cancel an order" in confirm.text
    rephrase = first(shop, confirm.state, hear("no"))
    assert (rephrase.asks, rephrase.mode) == ("rephrase", "not_found")
    over = _without_documents(shop, rephrase.state, hear("well, the thing", ("cancel_order", 0.6)))
    assert (over.mode, over.because) == ("handoff", "not_understood")


def test_yes_takes_the_offered_intent(shop, hear) -> None:
    confirm = _without_documents(shop, DeskState("shop"), hear("order 12345", ("cancel_order", 0.6)))
    assert first(shop, confirm.state, hear("yes please")).text == "Order 12345 is cancelled."


def test_nothing_is_handed_over_where_the_profile_says_so(shop, hear) -> None:
    quiet = msgspec.structs.replace(shop, handoff_not_found=False)
    one = _without_documents(quiet, DeskState("shop"), hear("blub"))
    two = _without_documents(quiet, one.state, hear("blub blub"))
    assert (one.mode, two.mode) == ("not_found", "not_found")


def test_an_answer_from_documents_settles_the_state(shop, hear) -> None:
    rephrase = _without_documents(shop, DeskState("shop"), hear("blub"))
    look = first(shop, rephrase.state, hear("how long is the warranty?"))
    assert isinstance(look, Look)
    assert (answered(look).tries, answered(look).waiting) == (0, "")


@pytest.mark.parametrize(
    ("text", "because"),
    [("I want to talk to a human", "asked_for_person"), ("转人工", "asked_for_person"), ("you are an idiot", "abuse"),
     ("I want to kill myself", "self_harm")],
)  # fmt: skip
def test_some_messages_go_to_a_person_at_once(talk, hear, text: str, because: str) -> None:
    _, move = talk(hear("cancel it", CANCEL), hear(text, CANCEL))
    assert (move.mode, move.because) == ("handoff", because)


def test_words_for_distress_are_warm_and_carry_only_the_desks_own_line(shop, hear) -> None:
    plain = first(shop, DeskState("shop"), hear("I want to end my life"))
    line = "The helpline of our town: 0123 456"
    helped = first(msgspec.structs.replace(shop, helpline=line), DeskState("shop"), hear("I want to end my life"))
    assert "sorry" in plain.text
    assert not any(char.isdigit() for char in plain.text), "no telephone number is invented"
    assert helped.text.endswith(line)


def test_out_of_scope_greeting_and_thanks(talk, hear) -> None:
    hello, weather, thanks = talk(
        hear("good morning!"), hear("nice weather today", ("chitchat", 0.95)), hear("thank you")
    )
    assert (hello.because, weather.because, thanks.because) == ("greeting", "out_of_scope", "thanks")
    assert (hello.mode, weather.mode) == ("template", "handoff")


def test_a_slot_value_is_never_read_as_a_template(talk, hear, shop) -> None:
    free = msgspec.structs.replace(shop.slots[0], kind="text")
    profile = msgspec.structs.replace(shop, slots=(free, *shop.slots[1:]))
    _, move = talk(hear("cancel it", CANCEL), hear("{amount} {0.__class__}"), profile=profile)
    assert move.text == "Order {amount} {0.__class__} is cancelled."
