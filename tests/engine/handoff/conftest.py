"""A desk with one small document, and conversations put straight into the store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import apsw
import pytest

from engine import api
from engine.host.service import Service
from engine.store import conversations, migrations
from engine.values import Citation, Sentence

POLICY = """# Returns

Shoes may be returned within 30 days with the receipt.

# Opening hours

The shop is open from nine to six on working days.
"""


@pytest.fixture
def desk(service: Service, tmp_path: Path) -> Service:
    """An engine whose collection "shop" has a policy in it."""
    document = tmp_path / "policy.md"
    document.write_text(POLICY, encoding="utf-8")
    service.call(api.AddDocuments(collection="shop", paths=(str(document),)))
    return service


@pytest.fixture
def ask(desk: Service) -> Callable[..., api.Answer]:
    def put(question: str, conversation: int | None = None) -> api.Answer:
        return desk.call(api.AskQuestion(collection="shop", question=question, conversation=conversation))

    return put


@pytest.fixture
def said() -> Callable[..., api.Answer]:
    return _said


def _said(mode: str = "quote", text: str = "Thirty days.", confidence: float = 0.9) -> api.Answer:
    if mode == "not_found":
        return api.Answer("This is not in your documents.", "not_found", confidence, (), (), 0.01)
    citation = Citation("/files/policy.md", None, text, 3, 3 + len(text), 1, "Returns")
    return api.Answer(text, mode, confidence, (citation,), (Sentence(text, True, 0),), 0.01)  # type: ignore[arg-type]


@pytest.fixture
def talk(service: Service) -> Callable[..., tuple[int, list[int]]]:
    """Store a conversation of (question, answer) pairs; gives its id and the ids of its messages."""

    def put(*turns: tuple[str, api.Answer], collection: str = "shop") -> tuple[int, list[int]]:
        with service.context.store.write() as connection:
            conversation = conversations.start(connection, collection, turns[0][0])
            messages = []
            for question, answer in turns:
                messages.append(conversations.say(connection, conversation, "user", question))
                messages.append(conversations.say(connection, conversation, "assistant", answer.answer, answer))
        return conversation, messages

    return put


@pytest.fixture
def actions(service: Service) -> Callable[[], list[str]]:
    return lambda: [entry.action for entry in service.call(api.ListAudit(limit=200)).entries]


@pytest.fixture
def connection() -> Iterator[apsw.Connection]:
    """A store in memory, quicker than a workspace."""
    made = apsw.Connection(":memory:")
    made.pragma("foreign_keys", 1)
    made.pragma("secure_delete", 1)
    migrations.migrate(made)
    yield made
    made.close()
