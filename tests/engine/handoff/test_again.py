"""Asking again for another source: what was cited before is left out, and the question stands there once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from engine import api
from engine.errors import UnknownName, UsageError
from engine.host.service import Service
from engine.serve.chat.avoid import Avoided
from engine.serve.chat.candidates import Candidate, FaqCandidate
from engine.serve.chat.retrieve import Hit
from engine.values import Citation

FIRST = "# Returns\n\nShoes may be returned within 30 days with the receipt.\n"
SECOND = "# Returning shoes\n\nShoes may be returned by post within 30 days. Keep the receipt of the shoes.\n"


@pytest.fixture
def two(service: Service, tmp_path: Path) -> Service:
    for name, text in (("first.md", FIRST), ("second.md", SECOND)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    paths = (str(tmp_path / "first.md"), str(tmp_path / "second.md"))
    service.call(api.AddDocuments(collection="shop", paths=paths))
    return service


def test_another_source_each_time(two: Service) -> None:
    question = "Within how many days may shoes be returned?"
    two.call(api.SaveAnswer(collection="shop", question=question, answer="Within a month.", owner="Ann"))
    answers = [two.call(api.AskQuestion(collection="shop", question=question))]
    conversation = answers[0].conversation
    assert answers[0].answer == "Within a month."
    while answers[-1].mode != "not_found":
        assert len(answers) < 6
        again = api.AskQuestion(
            collection="", question=question, conversation=conversation, instead_of=answers[-1].message
        )
        answers.append(two.call(again))
    assert [one.mode for one in answers[:2]] == ["template", "quote"]
    places = [(c.doc, c.start) for one in answers if one.mode == "quote" for c in one.citations]
    assert len(set(places)) == len(places) == 2
    said = two.call(api.GetConversation(id=conversation)).messages
    assert [one.role for one in said] == ["user"] + ["assistant"] * len(answers)
    assert two.call(api.GetChatFigures()).questions == 1


@pytest.mark.parametrize("profile", ["", "Agent"])
def test_where_there_is_no_other_source_nobody_has_to_answer(two: Service, profile: str) -> None:
    if profile:
        two.call(api.SaveProfile(profile=api.Profile("Agent", "shop", language="en")))
    question = "Within how many days may shoes be returned?"
    answers = [two.call(api.AskQuestion(collection="shop", question=question, profile=profile))]
    while answers[-1].mode == "quote":
        assert len(answers) < 6
        again = api.AskQuestion(
            collection="",
            question=question,
            profile=profile,
            conversation=answers[0].conversation,
            instead_of=answers[-1].message,
        )
        answers.append(two.call(again))
    last = answers[-1]
    assert (last.mode, last.because, last.asks, last.handoff) == ("not_found", "no_other", "", None)
    assert last.answer == "I found no other answer to that."
    assert two.call(api.ListHandoffs(state="")).handoffs == ()
    # The question still goes to a person who is asked for.
    assert last.message is not None
    assert two.call(api.HandOver(message=last.message)).handoff.question == question


def test_a_refusal_asked_again_still_waits(two: Service) -> None:
    question = "How do I repair the rotor of a helicopter?"
    first = two.call(api.AskQuestion(collection="shop", question=question))
    again = api.AskQuestion(collection="", question=question, conversation=first.conversation, instead_of=first.message)
    assert two.call(again).answer == first.answer
    (item,) = two.call(api.ListHandoffs()).handoffs
    assert item.question == question


def test_an_earlier_question_is_repeated_at_the_end(two: Service) -> None:
    question = "Within how many days may shoes be returned?"
    first = two.call(api.AskQuestion(collection="shop", question=question))
    two.call(
        api.AskQuestion(collection="shop", question="Who is the king of the moon?", conversation=first.conversation)
    )
    two.call(
        api.AskQuestion(collection="", question=question, conversation=first.conversation, instead_of=first.message)
    )
    said = two.call(api.GetConversation(id=first.conversation)).messages
    assert [one.role for one in said] == ["user", "assistant"] * 3
    assert said[4].text == question


def test_only_answers_of_the_conversation_can_be_given_again(two: Service) -> None:
    ask: Callable[..., Any] = lambda **more: two.call(api.AskQuestion(collection="shop", question="Shoes?", **more))  # noqa: E731
    one, other = ask(), ask()
    for message in (one.message - 1, other.message, 999):
        with pytest.raises(UnknownName):
            ask(conversation=one.conversation, instead_of=message)
    with pytest.raises(UsageError):
        ask(instead_of=one.message)


# --- values ---------------------------------------------------------------------------------------------------


def candidate(document: int, page: int, start: int, end: int) -> Candidate:
    return Candidate(Hit(1, 1.0), document, "d", "", "", page, True, start, end, "")


def given(mode: str = "quote", **more: Any) -> api.Answer:
    citation = Citation("d", 2, "x", 100, 200, 7)
    return msgspec.structs.replace(api.Answer("Text.", mode, 0.9, (citation,), (), 0.1), **more)  # type: ignore[arg-type]


def test_overlapping_passages_go_and_touching_ones_stay() -> None:
    avoid = Avoided((given(),))
    around = [candidate(7, 2, 0, 100), candidate(7, 2, 200, 300), candidate(7, 3, 100, 200), candidate(8, 2, 100, 200)]
    assert avoid.passages([*around, candidate(7, 2, 0, 101), candidate(7, 2, 150, 160)], 9) == around
    assert avoid.passages(around, 2) == around[:2]
    pageless = Avoided((given(citations=(Citation("d", None, "x", 100, 200, 7),)),))
    assert pageless.passages([candidate(7, 1, 150, 160)], 9) == []


def test_places_near_a_refusal_may_still_answer() -> None:
    assert len(Avoided((given("not_found"),)).passages([candidate(7, 2, 100, 200)], 9)) == 1


def test_approved_answers_that_were_given_go() -> None:
    faq = FaqCandidate(Hit(1, 1.0), "Q", "Text.", 0, "d", "", 1, False, 0, 0)
    assert Avoided((given("template"),)).faq([faq]) == []
    assert Avoided((given("quote"),)).faq([faq]) == [faq]


def test_a_template_is_not_given_twice() -> None:
    said = given("template", citations=(), intent="cancel", because="approved")
    assert Avoided((said,)).template("cancel", "approved")
    assert not Avoided((said,)).template("track", "approved")
    assert not Avoided((said,)).template("cancel", "rule")
    assert not Avoided().template("cancel", "approved")
