"""A workspace of the version before: its conversations come through, whatever stands in them."""

from __future__ import annotations

import time
from pathlib import Path

import apsw
import pytest

from engine import api
from engine.host.service import Service
from engine.store import audit, conversations, migrations, vault

ANSWER = (
    '{"answer":"Thirty days.","mode":"quote","confidence":0.875,"citations":[{"doc":"a.md","page":null,'
    '"excerpt":"Thirty days."}],"sentences":[{"text":"Thirty days.","supported":true,"citation":0}],"seconds":0.1}'
)


def of_before(connection: apsw.Connection) -> None:
    """Two conversations as they were stored before; the last message is deleted, so its number must not come again."""
    for title in ("Returns", "Deleted"):
        connection.execute(
            "INSERT INTO conversations (title, collection, created, updated) VALUES (?, 'shop', '2026-01-01', '2026')",
            (title,),
        )
    rows = [
        (1, "user", "How long may I return shoes?", None, 0),
        (1, "assistant", "Thirty days.", ANSWER, 1),
        (1, "assistant", "Broken.", "{not json", 0),
        (2, "user", "gone", None, 0),
    ]
    connection.executemany(
        "INSERT INTO messages (conversation, role, text, created, answer, rating) VALUES (?, ?, ?, '2026-01-01', ?, ?)",
        rows,
    )
    connection.execute("DELETE FROM messages WHERE conversation = 2")
    connection.execute("DELETE FROM conversations WHERE id = 2")


def test_an_older_workspace_is_unlocked_with_all_it_holds(
    workspace: Path, passphrase: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as older:
        older.setattr(migrations, "MIGRATIONS", migrations.MIGRATIONS[:2])
        vault.prepare_folder(workspace)
        store = vault.create(workspace, passphrase)
        with store.write() as connection:
            of_before(connection)
            assert migrations.version(connection) == 2
        store.close()
    service = Service(workspace)
    service.call(api.Unlock(passphrase=passphrase))
    try:
        assert [path.name[:32] for path in workspace.glob("*-before-*")], "a copy was made first"
        with service.context.store.read() as connection:
            user, assistant = conversations.messages(connection, 1)[:2]
            columns = connection.execute("SELECT id, mode, confidence, rating FROM messages ORDER BY id").fetchall()
            assert list(connection.execute("PRAGMA foreign_key_check")) == []
        assert (user.role, user.text) == ("user", "How long may I return shoes?")
        assert assistant.answer is not None
        assert (assistant.answer.mode, assistant.answer.citations[0].doc, assistant.rating) == ("quote", "a.md", 1)
        assert columns == [(1, "", None, 0), (2, "quote", 0.875, 1), (3, "", None, 0)]
        with service.context.store.write() as connection:
            assert conversations.say(connection, 1, "person", "A person.", author="Ann") == 5
            assert audit.verify(connection)[1] is None
        service.call(api.RateMessage(message=2, rating=-1))
        assert service.call(api.ListHandoffs()).handoffs[0].question == "How long may I return shoes?"
        figures = service.call(api.GetChatFigures(days=3000))
        assert (figures.questions, figures.answered, figures.ratings_bad) == (1, 0, 1)
    finally:
        service.close()


def test_a_migration_that_is_cut_short_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    connection = apsw.Connection(":memory:")
    connection.pragma("foreign_keys", 1)
    with monkeypatch.context() as older:
        older.setattr(migrations, "MIGRATIONS", migrations.MIGRATIONS[:2])
        migrations.migrate(connection)
    with connection:
        of_before(connection)
    shape = connection.execute("SELECT name, sql FROM sqlite_schema ORDER BY name").fetchall()
    with monkeypatch.context() as broken:
        broken.setattr(conversations, "DESK_SCHEMA", conversations.DESK_SCHEMA + "SELECT no_such_function();")
        with pytest.raises(apsw.SQLError):
            migrations.migrate(connection)
    assert migrations.version(connection) == 2
    assert connection.execute("SELECT name, sql FROM sqlite_schema ORDER BY name").fetchall() == shape
    migrations.migrate(connection)
    assert len(conversations.find(connection)) == 1


@pytest.mark.parametrize("count", [20_000])
def test_many_messages_come_through_in_seconds(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    connection = apsw.Connection(":memory:")
    with monkeypatch.context() as older:
        older.setattr(migrations, "MIGRATIONS", migrations.MIGRATIONS[:2])
        migrations.migrate(connection)
    with connection:
        of_before(connection)
        connection.executemany(
            "INSERT INTO messages (conversation, role, text, created, answer) VALUES (1, 'assistant', 'x', '2026', ?)",
            [(ANSWER,)] * count,
        )
    began = time.monotonic()
    migrations.migrate(connection)
    assert time.monotonic() - began < 30
    assert conversations.info(connection, 1).messages == count + 3
