"""Conversations and their messages, with each answer kept as it was given and the person's rating of it."""

from __future__ import annotations

import apsw
import msgspec

from engine.api import Answer, ChatMessage, ConversationInfo
from engine.errors import UnknownName
from engine.store.audit import now, record

SCHEMA = """
CREATE TABLE conversations (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    title TEXT NOT NULL,
    collection TEXT NOT NULL,
    created TEXT NOT NULL,
    updated TEXT NOT NULL
) STRICT;
CREATE TABLE messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation INTEGER NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    role TEXT NOT NULL CHECK (role IN ('user', 'assistant')),
    text TEXT NOT NULL,
    created TEXT NOT NULL,
    answer TEXT,
    rating INTEGER NOT NULL DEFAULT 0 CHECK (rating IN (-1, 0, 1))
) STRICT;
CREATE INDEX messages_by_conversation ON messages (conversation);
"""
TITLE_CHARACTERS = 60

_INFO = """SELECT c.id, c.title, c.collection, c.updated,
                  (SELECT count(*) FROM messages m WHERE m.conversation = c.id) FROM conversations c """


def start(connection: apsw.Connection, collection: str, first_question: str) -> int:
    """Make a conversation; its title is the beginning of its first question."""
    line = " ".join(first_question.split())
    title = line if len(line) <= TITLE_CHARACTERS else line[: TITLE_CHARACTERS - 1].rstrip() + "…"
    moment = now()
    connection.execute(
        "INSERT INTO conversations (title, collection, created, updated) VALUES (?, ?, ?, ?)",
        (title, collection, moment, moment),
    )
    return connection.last_insert_rowid()


def say(connection: apsw.Connection, conversation: int, role: str, text: str, answer: Answer | None = None) -> int:
    """Add a message; returns its id."""
    packed = msgspec.json.encode(answer).decode() if answer is not None else None
    connection.execute(
        "INSERT INTO messages (conversation, role, text, created, answer) VALUES (?, ?, ?, ?, ?)",
        (conversation, role, text, now(), packed),
    )
    message = connection.last_insert_rowid()
    connection.execute("UPDATE conversations SET updated = ? WHERE id = ?", (now(), conversation))
    return message


def find(connection: apsw.Connection, query: str = "") -> list[ConversationInfo]:
    """Conversations whose title or messages hold the words of the query, newest first."""
    where, values = "", []
    for word in query.split():
        like = "%" + word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        where += (" AND " if where else "WHERE ") + (  # noqa: S608 (values are bound)
            "(c.title LIKE ? ESCAPE '\\' OR EXISTS (SELECT 1 FROM messages m "
            "WHERE m.conversation = c.id AND m.text LIKE ? ESCAPE '\\'))"
        )
        values += [like, like]
    rows = connection.execute(f"{_INFO} {where} ORDER BY c.updated DESC, c.id DESC", tuple(values))
    return [ConversationInfo(*row) for row in rows]


def info(connection: apsw.Connection, conversation: int) -> ConversationInfo:
    """Raises: UnknownName."""
    row = connection.execute(_INFO + "WHERE c.id = ?", (conversation,)).fetchone()
    if row is None:
        raise UnknownName(what="conversation", name=str(conversation), known="see the list of conversations")
    return ConversationInfo(*row)


def messages(connection: apsw.Connection, conversation: int) -> list[ChatMessage]:
    rows = connection.execute(
        "SELECT id, role, text, created, answer, rating FROM messages WHERE conversation = ? ORDER BY id",
        (conversation,),
    )
    return [
        ChatMessage(
            id=message, role=role, text=text, created=created, rating=rating,
            answer=_answer(packed, conversation, message) if packed else None,
        )
        for message, role, text, created, packed, rating in rows
    ]  # fmt: skip


def _answer(packed: str, conversation: int, message: int) -> Answer:
    # The ids are not known yet when the answer is packed; they are those of its row.
    answer = msgspec.json.decode(packed, type=Answer)
    return msgspec.structs.replace(answer, conversation=conversation, message=message)


def last_questions(connection: apsw.Connection, conversation: int, count: int) -> list[str]:
    """The newest questions of the person, newest first."""
    rows = connection.execute(
        "SELECT text FROM messages WHERE conversation = ? AND role = 'user' ORDER BY id DESC LIMIT ?",
        (conversation, count),
    )
    return [str(text) for (text,) in rows]


def rename(connection: apsw.Connection, conversation: int, title: str) -> None:
    info(connection, conversation)
    connection.execute("UPDATE conversations SET title = ? WHERE id = ?", (title, conversation))


def delete(connection: apsw.Connection, conversation: int) -> None:
    """Delete a conversation. Its bytes are overwritten in the file: every connection runs with secure_delete."""
    info(connection, conversation)
    connection.execute("DELETE FROM messages WHERE conversation = ?", (conversation,))
    connection.execute("DELETE FROM conversations WHERE id = ?", (conversation,))
    record(connection, "delete conversation", str(conversation))


def rate(connection: apsw.Connection, message: int, rating: int) -> None:
    """Set the person's rating (1, 0, -1) of an answer. Raises: UnknownName for a message that is no answer."""
    connection.execute("UPDATE messages SET rating = ? WHERE id = ? AND role = 'assistant'", (rating, message))
    if connection.changes() == 0:
        raise UnknownName(what="answer", name=str(message), known="see the conversation")
