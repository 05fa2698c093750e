"""Branches of conversations, search through many, and learning from what was said of answers."""

from __future__ import annotations

import time
from typing import Any

import apsw
import pytest

from engine import api
from engine.errors import DataUnusable, UnknownName, UsageError
from engine.host.service import Service
from engine.store import conversations, datasets


def test_a_branch_has_what_was_said_before(service: Service, talk: Any, said: Any, actions: Any) -> None:
    conversation, messages = talk(("One?", said()), ("Two?", said("template", "Two.")), ("Three?", said()))
    service.call(api.RateMessage(message=messages[1], rating=1))
    branched = service.call(api.BranchConversation(message=messages[4]))
    assert (branched.messages, branched.question) == (4, "Three?")
    old, new = (service.call(api.GetConversation(id=one)) for one in (conversation, branched.conversation))
    assert [one.text for one in new.messages] == [one.text for one in old.messages[:4]]
    assert new.messages[3].answer.mode == "template"
    assert new.messages[3].answer.conversation == branched.conversation
    assert [one.rating for one in new.messages] == [0, 0, 0, 0]
    assert (new.info.title, new.info.collection) == ("One? (2)", "shop")
    again = service.call(api.BranchConversation(message=new.messages[2].id))
    assert service.call(api.GetConversation(id=again.conversation)).info.title == "One? (3)"
    service.call(api.DeleteConversation(id=conversation))
    assert len(service.call(api.GetConversation(id=branched.conversation)).messages) == 4
    assert actions().count("conversation branched") == 2
    with pytest.raises(UnknownName):
        service.call(api.BranchConversation(message=messages[0]))


def test_editing_a_question_is_a_branch_and_asking(desk: Service, ask: Any) -> None:
    first = ask("Within how many days may shoes be returned?")
    second = ask("When is the moon open?", first.conversation)
    question = second.message - 1
    branched = desk.call(api.BranchConversation(message=question))
    edited = ask("When is the shop open?", branched.conversation)
    assert edited.conversation == branched.conversation
    texts = [one.text for one in desk.call(api.GetConversation(id=branched.conversation)).messages]
    assert texts[::2] == ["Within how many days may shoes be returned?", "When is the shop open?"]
    assert len(desk.call(api.GetConversation(id=first.conversation)).messages) == 4


def test_search_through_ten_thousand_conversations(connection: apsw.Connection) -> None:
    with connection:
        connection.executemany(
            "INSERT INTO conversations (title, collection, created, updated) VALUES (?, 'shop', '2026', '2026')",
            [(f"Conversation {i}",) for i in range(10_000)],
        )
        connection.executemany(
            "INSERT INTO messages (conversation, role, text, created) VALUES (?, 'user', ?, '2026')",
            [(1 + i % 10_000, f"a question about parcel {i} and its delivery to the garden") for i in range(100_000)],
        )
        conversations.say(connection, 77, "person", "包裹在门口 beside the quixotrel")
    for query, count in (("quixotrel", 1), ("门口 beside", 1), ("parcel delivery", 10_000), ("nowhere", 0)):
        began = time.monotonic()
        assert len(conversations.find(connection, query)) == count
        assert time.monotonic() - began < 3, "a quarter of a second on a machine with nothing else to do"


# --- learning -------------------------------------------------------------------------------------------------


def test_feedback_becomes_examples(service: Service, talk: Any, said: Any) -> None:
    with pytest.raises(DataUnusable, match="nobody has given"):
        service.call(api.FeedbackToDataset(name="intents"))
    _, (_, waiting) = talk(("Where is my parcel?", said("not_found")))
    number = service.call(api.HandOver(message=waiting)).handoff.id
    service.call(api.AnswerHandoff(id=number, answer="Here.", intent="track", pack="desk"))
    service.call(api.AddCorrection(pack="other", text="Give me my money", label="refund", source="chat"))
    service.call(api.AddCorrection(pack="desk", text="where is MY parcel?", label="delivery", source="chat"))
    taught = service.call(api.FeedbackToDataset(name="intents"))
    assert (taught.dataset, taught.examples, taught.rows) == ("intents", 2, 2)
    assert (taught.from_handoffs, taught.from_corrections, taught.from_ratings) == (1, 2, 0)
    rows = {row["text"]: row["label"] for row in datasets.read_rows(service.context.store, "intents", "labelled")}
    assert rows == {"Where is my parcel?": "delivery", "Give me my money": "refund"}, "the last word counts"
    again = service.call(api.FeedbackToDataset(name="intents", pack="desk"))
    assert (again.examples, again.rows) == (1, 2)
    with pytest.raises(UsageError):
        service.call(api.FeedbackToDataset(name="  "))


def test_an_intent_given_in_the_queue_lands_in_the_labelling_queue(service: Service, talk: Any, said: Any) -> None:
    _, (_, waiting) = talk(("Where is my parcel?", said("not_found")))
    number = service.call(api.HandOver(message=waiting)).handoff.id
    done = service.call(api.AnswerHandoff(id=number, answer="Here.", intent=" track ", pack="desk"))
    assert done.handoff.intent == "track"
    labelled = service.call(api.GetQueue(pack="desk"))
    assert (labelled.waiting, labelled.labelled, labelled.labels) == (0, 1, ("track",))
    _, (_, other) = talk(("Where is it now?", said("not_found")))
    item = service.call(api.HandOver(message=other)).handoff
    assert service.call(api.GetHandoff(id=item.id)).intents == ("track",)


def test_a_good_rating_of_an_answer_by_intent_is_an_example(service: Service, talk: Any, said: Any) -> None:
    import msgspec

    by_intent = msgspec.structs.replace(said("template", "Cancelled."), intent="cancel")
    _, (_, good) = talk(("stop my order", by_intent))
    talk(("drop my order", by_intent))
    _, (_, quoted) = talk(("How long?", said()))
    for message in (good, quoted):
        service.call(api.RateMessage(message=message, rating=1))
    taught = service.call(api.FeedbackToDataset(name="intents"))
    assert (taught.examples, taught.labels, taught.from_ratings) == (1, {"cancel": 1}, 1)
