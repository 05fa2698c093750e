"""Figures of the chat: each question counts once by its last answer, and topics gather what is alike."""

from __future__ import annotations

import random
import time
from typing import Any

import apsw
import numpy as np
import pytest

from engine import api
from engine.errors import UnknownName, UsageError
from engine.feedback.topics import group, telling_words
from engine.host.handoff.figures import outcomes
from engine.host.service import Service
from engine.store import answers, conversations, documents
from engine.store import figures as stored

ROUTER = ["my router blinks red", "router has a red light", "why does the router blink red?", "red light on the router"]
PARROT = ["do you sell parrots?", "can I buy a parrot here", "price of a parrot", "buy two parrots please"]
CHINESE = ["发票怎么开", "如何开发票", "发票抬头怎么改", "能开电子发票吗"]


def test_each_question_counts_once_by_its_last_answer(service: Service, talk: Any, said: Any) -> None:
    talk(("How long?", said(confidence=0.8)), ("And boots?", said("not_found")))
    conversation, (_, first) = talk(("Who are you?", said("not_found")))
    with service.context.store.write() as connection:  # asked again with other sources: the last answer counts
        conversations.say(connection, conversation, "assistant", "A shop.", said("template", "A shop.", 0.6))
        conversations.say(connection, conversation, "user", "A question nobody answered yet")
    talk(("Let me talk to a person", said("handoff", "I hand you over.")))
    _, (_, rated) = talk(("Is it open?", said(confidence=0.9)))
    service.call(api.HandOver(message=rated))
    service.call(api.RateMessage(message=first, rating=1))
    found = service.call(api.GetChatFigures(days=7))
    today = found.per_day[-1]
    assert len(found.per_day) == 7
    assert (today.date, today.questions) == (answers.today(), 6)
    assert (today.answered, today.handed_over, today.not_found) == (2, 2, 1)
    assert all(day.questions == 0 for day in found.per_day[:-1])
    assert (found.questions, found.answered, found.handed_over, found.not_found) == (6, 2, 2, 1)
    assert found.answered_share == round(2 / 6, 4)
    assert found.median_confidence == pytest.approx(0.7)
    assert (found.ratings_good, found.ratings_bad, found.open_handoffs) == (1, 0, 1)
    assert found.unanswered == 3
    assert found.median_wait_hours is None


def test_a_branch_does_not_count_twice(service: Service, talk: Any, said: Any) -> None:
    _, messages = talk(("One?", said()), ("Two?", said()))
    service.call(api.BranchConversation(message=messages[2]))
    assert service.call(api.GetChatFigures()).questions == 2


def test_closed_questions_are_no_gap_any_more(service: Service, talk: Any, said: Any) -> None:
    for text in ROUTER:
        _, (_, message) = talk((text, said("not_found")))
        number = service.call(api.HandOver(message=message)).handoff.id
    found = service.call(api.GetChatFigures())
    assert (found.unanswered, found.top_unanswered[0].count) == (4, 4)
    service.call(api.AnswerHandoff(id=number, answer="Pull the plug."))
    found = service.call(api.GetChatFigures())
    assert (found.unanswered, found.top_unanswered[0].count) == (3, 3)
    assert found.median_wait_hours == pytest.approx(0, abs=0.1)


def test_topics_in_two_languages(service: Service, talk: Any, said: Any) -> None:
    for text in (*ROUTER, *PARROT[:3], *CHINESE, ROUTER[0].upper()):
        talk((text, said("not_found")))
    talk((PARROT[3], said(confidence=0.9)))
    topics = service.call(api.GetChatFigures()).top_unanswered
    assert [topic.count for topic in topics] == sorted((topic.count for topic in topics), reverse=True)
    by_word = {word: topic for topic in topics for word in topic.words}
    assert by_word["router"].count == 5
    assert set(by_word["router"].examples) <= {*ROUTER, ROUTER[0].upper()}
    assert sum(topic.count for topic in topics if any("parrot" in one for one in topic.examples)) == 3
    assert any("发票" in word for word in by_word)
    again = service.call(api.GetChatFigures())
    assert again.top_unanswered == topics
    with service.context.store.read() as connection:
        assert connection.execute("SELECT count(*) FROM question_vectors").fetchone() == (11,)
    for info in service.call(api.ListConversations()).conversations:
        service.call(api.DeleteConversation(id=info.id))
    with service.context.store.read() as connection:
        assert connection.execute("SELECT count(*) FROM question_vectors").fetchone() == (0,)


def test_one_collection_alone(service: Service, talk: Any, said: Any) -> None:
    talk(("How long?", said()))
    talk(("Who?", said("not_found")), collection="other")
    assert service.call(api.GetChatFigures(collection="shop")).questions == 1
    assert service.call(api.GetChatFigures(collection="other")).not_found == 1
    with pytest.raises(UnknownName):
        service.call(api.GetChatFigures(collection="nowhere"))
    with service.context.store.write() as connection:
        documents.ensure_collection(connection, "empty")
    empty = service.call(api.GetChatFigures(collection="empty"))
    assert (empty.questions, empty.answered_share, empty.median_confidence) == (0, None, None)
    for days in (0, 4_000):
        with pytest.raises(UsageError):
            service.call(api.GetChatFigures(days=days))


def test_answers_to_questions_before_the_period_do_not_slip_to_another(connection: apsw.Connection, said: Any) -> None:
    with connection:
        for _ in range(2):
            conversation = conversations.start(connection, "shop", "x")
            conversations.say(connection, conversation, "user", "x")
            conversations.say(connection, conversation, "assistant", "y", said())
        connection.execute("UPDATE messages SET created = '2020-01-01' WHERE id IN (1, 3)")
    found = outcomes(stored.said(connection, "2021-01-01", ""), set(), set())
    assert (len(found.asked), found.answered.sum()) == (0, 0)
    nothing = outcomes(stored.said(connection, "2999-01-01", ""), {1}, {2})
    assert [len(column) for column in nothing] == [0] * 6


def test_counting_agrees_with_counting_by_hand(connection: apsw.Connection, said: Any) -> None:
    rng = random.Random(7)
    expected = {"answered": 0, "handed": 0, "missing": 0}
    sent = set()
    with connection:
        for _ in range(60):
            conversation = conversations.start(connection, "shop", "x")
            for _ in range(rng.randint(1, 4)):
                conversations.say(connection, conversation, "user", "x")
                mode, row = "", 0
                for _ in range(rng.randint(0, 3)):
                    mode = rng.choice(["quote", "template", "not_found", "handoff"])
                    row = conversations.say(connection, conversation, "assistant", "y", said(mode))
                handed = bool(row) and rng.random() < 0.2
                if handed:
                    sent.add(row)
                if handed or mode == "handoff":
                    expected["handed"] += 1
                elif mode:
                    expected["missing" if mode == "not_found" else "answered"] += 1
    found = outcomes(stored.said(connection, "2000-01-01", ""), sent, set())
    assert {name: int(getattr(found, name).sum()) for name in expected} == expected


def test_groups_do_not_take_in_what_is_far_off() -> None:
    rng = np.random.default_rng(1)
    centres = np.linalg.qr(rng.normal(size=(8, 4)))[0].T
    vectors = np.concatenate([centre + 0.05 * rng.normal(size=(20, 8)) for centre in centres[:3]] + [centres[3:]])
    vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    groups = group(vectors, np.ones(len(vectors), dtype=np.float32), 0.6)
    assert sorted(sorted(map(int, rows)) for rows in groups) == [
        list(range(20)), list(range(20, 40)), list(range(40, 60)), [60],
    ]  # fmt: skip
    assert group(vectors[:0], np.ones(0, dtype=np.float32), 0.6) == []


def test_words_tell_topics_apart() -> None:
    named = telling_words([ROUTER, PARROT, CHINESE])
    assert "router" in named[0]
    assert any(word.startswith("parrot") for word in named[1])
    assert named[2][0] == "发票"
    assert not {"my", "the", "怎么"} & {word for words in named for word in words}
    assert telling_words([["???"]]) == [()]


def test_a_hundred_thousand_messages_are_counted_in_a_second(connection: apsw.Connection) -> None:
    with connection:
        connection.execute(
            "INSERT INTO conversations (title, collection, created, updated) VALUES ('t', 'shop', '', '')"
        )
        connection.executemany(
            "INSERT INTO messages (conversation, role, text, created, mode, confidence) VALUES (1, ?, 'x', ?, ?, ?)",
            [
                (("user", "assistant")[i % 2], f"2026-10-{1 + i % 28:02d}", ("", "quote")[i % 2], (None, 0.5)[i % 2])
                for i in range(100_000)
            ],
        )
    began = time.monotonic()
    found = outcomes(stored.said(connection, "2026-01-01", ""), {2, 4}, set())
    assert time.monotonic() - began < 5, "a second on a machine with nothing else to do"
    assert (len(found.asked), int(found.answered.sum()), int(found.handed.sum())) == (50_000, 49_998, 2)
