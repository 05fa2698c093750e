"""Conversations and their messages, with each answer kept as it was given and the person's rating of it."""

from __future__ import annotations

import re
from typing import Any

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

DESK_SCHEMA = """
ALTER TABLE messages RENAME TO messages_before;
DROP INDEX messages_by_conversation;
CREATE TABLE messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation INTEGER NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    role TEXT NOT NULL CHECK (role IN ('user', 'assistant', 'person')),
    text TEXT NOT NULL,
    author TEXT NOT NULL DEFAULT '',
    created TEXT NOT NULL,
    mode TEXT NOT NULL DEFAULT '',
    confidence REAL,
    rating INTEGER NOT NULL DEFAULT 0 CHECK (rating IN (-1, 0, 1)),
    copy_of INTEGER
) STRICT;
CREATE TABLE message_answers (
    message INTEGER PRIMARY KEY REFERENCES messages (id) ON DELETE CASCADE,
    answer TEXT NOT NULL
) STRICT;
INSERT INTO messages (id, conversation, role, text, created, rating, mode, confidence)
    SELECT id, conversation, role, text, created, rating,
           CASE WHEN json_valid(answer) THEN coalesce(json_extract(answer, '$.mode'), '') ELSE '' END,
           CASE WHEN json_valid(answer) THEN CAST(json_extract(answer, '$.confidence') AS REAL) END
    FROM messages_before ORDER BY id;
INSERT INTO message_answers SELECT id, answer FROM messages_before WHERE json_valid(answer) ORDER BY id;
UPDATE sqlite_sequence SET seq = (SELECT max(seq) FROM sqlite_sequence WHERE name IN ('messages', 'messages_before'))
    WHERE name = 'messages';
INSERT INTO sqlite_sequence (name, seq) SELECT 'messages', seq FROM sqlite_sequence WHERE name = 'messages_before'
    AND NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'messages');
DROP TABLE messages_before;
CREATE INDEX messages_by_conversation ON messages (conversation);
CREATE INDEX messages_for_figures ON messages (created, conversation, id, role, mode, confidence, rating, copy_of);
"""
"""The second shape: a person may speak ("person", with a name), and answers stand apart from the texts, so that neither
a search through texts nor the figures read them. `copy_of` is the message that a branch copied."""
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


def say(
    connection: apsw.Connection, conversation: int, role: str, text: str, answer: Answer | None = None, author: str = ""
) -> int:
    """Add a message of a "user", an "assistant" or a "person" of the desk; returns its id."""
    connection.execute(
        "INSERT INTO messages (conversation, role, text, author, created, mode, confidence)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            conversation, role, text, author, now(),
            answer.mode if answer is not None else "", answer.confidence if answer is not None else None,
        ),
    )  # fmt: skip
    message = connection.last_insert_rowid()
    if answer is not None:
        connection.execute("INSERT INTO message_answers VALUES (?, ?)", (message, msgspec.json.encode(answer).decode()))
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


_MESSAGE = """SELECT m.id, m.role, m.text, m.created, m.author, a.answer, m.rating, m.conversation
               FROM messages m LEFT JOIN message_answers a ON a.message = m.id """


def messages(connection: apsw.Connection, conversation: int) -> list[ChatMessage]:
    """Everything that was said, in order."""
    return [
        _message(row)
        for row in connection.execute(_MESSAGE + "WHERE m.conversation = ? ORDER BY m.id", (conversation,))
    ]


def message(connection: apsw.Connection, number: int) -> tuple[int, ChatMessage]:
    """A message and the conversation it belongs to. Raises: UnknownName."""
    row = connection.execute(_MESSAGE + "WHERE m.id = ?", (number,)).fetchone()
    if row is None:
        raise UnknownName(what="message", name=str(number), known="see the conversation")
    return int(row[7]), _message(row)


def _message(row: Any) -> ChatMessage:
    number, role, text, created, author, packed, rating, conversation = row
    return ChatMessage(
        id=number, role=role, text=text, created=created, rating=rating, author=author,
        answer=_answer(packed, conversation, number) if packed else None,
    )  # fmt: skip


def _answer(packed: str, conversation: int, message: int) -> Answer:
    # The ids are not known yet when the answer is packed; they are those of its row.
    answer = msgspec.json.decode(packed, type=Answer)
    return msgspec.structs.replace(answer, conversation=conversation, message=message)


def last_questions(connection: apsw.Connection, conversation: int, count: int, before: int | None = None) -> list[str]:
    """The newest questions of the person, newest first; `before`: of those that were asked before this message."""
    rows = connection.execute(
        "SELECT text FROM messages WHERE conversation = ?1 AND role = 'user' AND (?3 IS NULL OR id < ?3)"
        " ORDER BY id DESC LIMIT ?2",
        (conversation, count, before),
    )
    return [str(text) for (text,) in rows]


def is_last_question(connection: apsw.Connection, conversation: int, question: int) -> bool:
    """Whether nobody has asked anything after this question."""
    row = connection.execute(
        "SELECT 1 FROM messages WHERE conversation = ? AND id > ? AND role = 'user' LIMIT 1", (conversation, question)
    ).fetchone()
    return row is None


def question_before(connection: apsw.Connection, conversation: int, message: int) -> tuple[int, str] | None:
    """The question (message, text) that a message answers, or that it is; None where nobody had asked yet."""
    row: Any = connection.execute(
        "SELECT id, text FROM messages WHERE conversation = ? AND id <= ? AND role = 'user' ORDER BY id DESC LIMIT 1",
        (conversation, message),
    ).fetchone()
    return (int(row[0]), str(row[1])) if row else None


def answers_since(connection: apsw.Connection, conversation: int, question: int) -> list[Answer]:
    """The answers that a question has got: several where other sources were asked for."""
    found = []
    for row in connection.execute(
        _MESSAGE + "WHERE m.conversation = ? AND m.id > ? ORDER BY m.id", (conversation, question)
    ):
        one = _message(row)
        if one.role == "user":
            break
        if one.answer is not None:
            found.append(one.answer)
    return found


def intents_rated_good(connection: apsw.Connection) -> list[tuple[str, str]]:
    """(question, intent) of answers by an intent that were rated good, oldest first."""
    rows: Any = connection.execute(
        "SELECT (SELECT q.text FROM messages q WHERE q.conversation = m.conversation AND q.id < m.id"
        " AND q.role = 'user' ORDER BY q.id DESC LIMIT 1), json_extract(a.answer, '$.intent')"
        " FROM messages m JOIN message_answers a ON a.message = m.id"
        " WHERE m.rating = 1 AND m.mode = 'template' AND coalesce(json_extract(a.answer, '$.intent'), '') <> ''"
        " ORDER BY m.id"
    )
    return [(str(text), str(intent)) for text, intent in rows if text is not None]


def branch(connection: apsw.Connection, message: int) -> tuple[int, int]:
    """A new conversation with what was said before a message; returns its id and how many messages it has.

    Ratings stay with the originals, and `copy_of` keeps the copies out of the figures.

    Raises:
        UnknownName: there is no such message.
    """
    row: Any = connection.execute(
        "SELECT c.id, c.title, c.collection FROM messages m JOIN conversations c ON c.id = m.conversation"
        " WHERE m.id = ?",
        (message,),
    ).fetchone()
    if row is None:
        raise UnknownName(what="message", name=str(message), known="see the conversation")
    source, title, collection = row
    moment = now()
    connection.execute(
        "INSERT INTO conversations (title, collection, created, updated) VALUES (?, ?, ?, ?)",
        (_branch_title(connection, title), collection, moment, moment),
    )
    made = connection.last_insert_rowid()
    before: Any = connection.execute(
        "SELECT id FROM messages WHERE conversation = ? AND id < ? ORDER BY id", (source, message)
    ).fetchall()
    for (number,) in before:
        connection.execute(
            "INSERT INTO messages (conversation, role, text, author, created, mode, confidence, copy_of)"
            " SELECT ?, role, text, author, created, mode, confidence, id FROM messages WHERE id = ?",
            (made, number),
        )
        connection.execute(
            "INSERT INTO message_answers SELECT ?, answer FROM message_answers WHERE message = ?",
            (connection.last_insert_rowid(), number),
        )
    record(connection, "conversation branched", f"{source} into {made}")
    return made, len(before)


def _branch_title(connection: apsw.Connection, title: str) -> str:
    """The title with the next free number: "Returns (2)"."""
    base = re.sub(r" \(\d+\)$", "", title)
    for number in range(2, 1000):
        chosen = f"{base[: TITLE_CHARACTERS - 6]} ({number})"
        if not connection.execute("SELECT 1 FROM conversations WHERE title = ?", (chosen,)).fetchone():
            return chosen
    return title


def rename(connection: apsw.Connection, conversation: int, title: str) -> None:
    info(connection, conversation)
    connection.execute("UPDATE conversations SET title = ? WHERE id = ?", (title, conversation))


def delete(connection: apsw.Connection, conversation: int) -> None:
    """Delete a conversation, and what the hand-off queue holds of it, with its row.

    Its bytes are overwritten in the file: every connection runs with secure_delete.
    """
    info(connection, conversation)
    connection.execute("DELETE FROM messages WHERE conversation = ?", (conversation,))
    connection.execute("DELETE FROM conversations WHERE id = ?", (conversation,))
    record(connection, "delete conversation", str(conversation))


def rate(connection: apsw.Connection, message: int, rating: int) -> None:
    """Set the person's rating (1, 0, -1) of an answer. Raises: UnknownName for a message that is no answer."""
    connection.execute("UPDATE messages SET rating = ? WHERE id = ? AND role = 'assistant'", (rating, message))
    if connection.changes() == 0:
        raise UnknownName(what="answer", name=str(message), known="see the conversation")
