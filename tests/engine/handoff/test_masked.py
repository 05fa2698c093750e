"""What people of the desk write is masked as the policy of the conversation's profile says, before it is stored."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from engine import api
from engine.host.service import Service

HELICOPTER = "How do I repair the rotor of a helicopter?"
ANSWER = "Write to Anna at anna.berg@example.org, and quote order 4711-2205."


@pytest.fixture
def masked(desk: Service) -> Service:
    slot = api.Slot("order_number", "Which order?", "哪个订单？", "order_number")
    profile = api.Profile("Agent", "shop", slots=(slot,), mask=("email", "slots"), language="en")
    desk.call(api.SaveProfile(profile=profile))
    return desk


def handed_over(service: Service, profile: str = "Agent", first: str = HELICOPTER) -> tuple[api.Handoff, api.Answer]:
    """A question that waits for a person; with a profile it is asked to be put in other words first."""
    asked = service.call(api.AskQuestion(collection="shop", question=first, profile=profile))
    if asked.handoff is None:
        again = api.AskQuestion(
            collection="shop", question=HELICOPTER, profile=profile, conversation=asked.conversation
        )
        asked = service.call(again)
    (item,) = service.call(api.ListHandoffs()).handoffs
    assert item.id == asked.handoff
    return item, asked


def everything(service: Service) -> str:
    """All texts that conversations, the queue and the approved answers hold."""
    with service.context.store.read() as connection:
        tables = ("messages", "message_answers", "handoffs", "answers", "answer_questions")
        known = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        rows = [row for table in tables if table in known for row in connection.execute(f"SELECT * FROM {table}")]
    return "\n".join(str(cell) for row in rows for cell in row)


@pytest.mark.parametrize("profile", ["Agent", ""])
def test_a_persons_answer_is_masked_like_the_conversation(masked: Service, profile: str) -> None:
    item, asked = handed_over(masked, profile)
    shown = masked.call(api.GetHandoff(id=item.id))
    assert shown.masks == ("email", "slots")
    question = "How do I repair a rotor (from bo@example.org)?"
    done = masked.call(api.AnswerHandoff(id=item.id, answer=ANSWER, question=question, owner="Maria"))
    assert done.masked == ("email",)
    assert done.handoff.answer == "Write to Anna at [email], and quote order 4711-2205."
    assert asked.conversation is not None
    said = masked.call(api.GetConversation(id=asked.conversation)).messages[-1]
    assert (said.role, said.text, said.author) == ("person", done.handoff.answer, "Maria")
    (kept,) = masked.call(api.ListAnswers(collection="shop")).answers
    assert kept.answer == done.handoff.answer
    assert kept.question == "How do I repair a rotor (from [email])?"
    assert "example.org" not in everything(masked)


def test_the_values_of_slots_that_were_said_are_masked_too(masked: Service) -> None:
    item, asked = handed_over(masked, first="My order is 4711-2205. Do you mend rotors?")
    assert asked.desk is not None
    assert asked.desk.slots == {"order_number": "4711-2205"}
    done = masked.call(api.AnswerHandoff(id=item.id, answer=ANSWER))
    assert done.masked == ("email", "slots")
    assert "4711" not in everything(masked)


def test_notes_are_masked(masked: Service) -> None:
    _, asked = handed_over(masked)
    assert asked.message is not None
    sent = masked.call(api.HandOver(message=asked.message, reason="He is bo@example.org."))
    assert "He is [email]." in sent.handoff.note
    done = masked.call(api.DismissHandoff(id=sent.handoff.id, reason="Wrote to bo@example.org."))
    assert (done.handoff.note, done.masked) == ("Wrote to [email].", ("email",))


def test_an_approved_answer_is_masked_as_the_profiles_of_its_collection_say(masked: Service) -> None:
    saved = masked.call(
        api.SaveAnswer(
            collection="shop", question="Who mends rotors?", answer=ANSWER, variants=("Is it bo@example.org?",)
        )
    )
    assert saved.masked == ("email",)
    assert saved.saved.answer == "Write to Anna at [email], and quote order 4711-2205."
    assert saved.saved.variants == ("Is it [email]?",)
    elsewhere = masked.call(api.SaveAnswer(collection="other", question="Who mends rotors?", answer=ANSWER))
    assert (elsewhere.saved.answer, elsewhere.masked) == (ANSWER, ())


def test_without_a_policy_nothing_is_changed(desk: Service, ask: Callable[..., api.Answer]) -> None:
    ask(HELICOPTER)
    (item,) = desk.call(api.ListHandoffs()).handoffs
    assert desk.call(api.GetHandoff(id=item.id)).masks == ()
    done = desk.call(api.AnswerHandoff(id=item.id, answer=ANSWER))
    assert (done.handoff.answer, done.masked) == (ANSWER, ())


def test_the_policy_of_a_profile_that_was_deleted_is_that_of_the_collection(masked: Service, ask: Any) -> None:
    item, _ = handed_over(masked)
    other = api.Profile("Other", "shop", mask=("phone",), language="en")
    masked.call(api.SaveProfile(profile=other))
    masked.call(api.DeleteProfile(name="Agent"))
    assert masked.call(api.GetHandoff(id=item.id)).masks == ("phone",)
