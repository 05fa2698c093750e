"""Conversations: kept with their answers, found by words, and gone when deleted."""

from __future__ import annotations

import pytest

from engine.api import Answer
from engine.errors import UnknownName
from engine.store import conversations
from engine.values import Citation, Sentence


def _answer() -> Answer:
    return Answer(
        "Thirty days.", "quote", 0.9, (Citation("a.md", None, "Thirty days.", 3, 15, 1, "Returns"),),
        (Sentence("Thirty days.", True, 0),), 0.02,
    )  # fmt: skip


def test_an_answer_comes_back_with_its_ids(connection) -> None:
    with connection:
        one = conversations.start(connection, "shop", "How long may I\n return shoes?")
        conversations.say(connection, one, "user", "How long may I return shoes?")
        message = conversations.say(connection, one, "assistant", "Thirty days.", _answer())
        conversations.rate(connection, message, 1)
    user, assistant = conversations.messages(connection, one)
    assert (user.role, user.answer, user.rating) == ("user", None, 0)
    assert (assistant.rating, assistant.answer.citations) == (1, _answer().citations)
    assert (assistant.answer.conversation, assistant.answer.message) == (one, message)
    info = conversations.info(connection, one)
    assert (info.title, info.messages, info.collection) == ("How long may I return shoes?", 2, "shop")
    assert conversations.last_questions(connection, one, 2) == ["How long may I return shoes?"]


def test_search_finds_words_in_titles_and_messages(connection) -> None:
    with connection:
        one = conversations.start(connection, "shop", "Returns")
        conversations.say(connection, one, "user", "Can I bring back 100% of my boots?")
        two = conversations.start(connection, "shop", "退货需要几天")
    assert [found.id for found in conversations.find(connection, "boots back")] == [one]
    assert [found.id for found in conversations.find(connection, "退货")] == [two]
    assert [found.id for found in conversations.find(connection, "0%")] == [one]
    assert conversations.find(connection, "_") == []
    assert {found.id for found in conversations.find(connection)} == {one, two}


def test_deleting_takes_the_messages_along(connection) -> None:
    with connection:
        one = conversations.start(connection, "shop", "secretword")
        conversations.say(connection, one, "user", "secretword")
    with connection:
        conversations.delete(connection, one)
    for table in ("conversations", "messages"):
        assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
    for call in (
        lambda: conversations.delete(connection, one),
        lambda: conversations.rename(connection, one, "x"),
        lambda: conversations.rate(connection, 1, 1),
    ):
        with pytest.raises(UnknownName):
            call()


def test_long_titles_are_cut(connection) -> None:
    with connection:
        one = conversations.start(connection, "shop", "word " * 50)
    assert len(conversations.info(connection, one).title) <= conversations.TITLE_CHARACTERS
