"""The desk's profiles, one row each; and where a conversation of the desk stands."""

from __future__ import annotations

import apsw
import msgspec

from engine.api import Answer, DeskState, Profile
from engine.errors import ProfileUnusable, UnknownName
from engine.store.audit import now, record

SCHEMA = """
CREATE TABLE profiles (
    name TEXT PRIMARY KEY,
    body TEXT NOT NULL,
    updated TEXT NOT NULL
) STRICT;
"""


def every(connection: apsw.Connection) -> list[Profile]:
    """All profiles, by name."""
    rows = connection.execute("SELECT name, body FROM profiles ORDER BY name")
    return [_read(str(name), str(body)) for name, body in rows]


def get(connection: apsw.Connection, name: str) -> Profile:
    """Raises: UnknownName, ProfileUnusable."""
    row = connection.execute("SELECT body FROM profiles WHERE name = ?", (name,)).fetchone()
    if row is None:
        known = [str(found) for (found,) in connection.execute("SELECT name FROM profiles ORDER BY name")]
        raise UnknownName(what="profile", name=name, known=", ".join(known[:20]) or "none yet")
    return _read(name, str(row[0]))


def of_collection(connection: apsw.Connection, collection: str) -> list[Profile]:
    """The profiles that answer from this collection."""
    return [one for one in every(connection) if one.collection == collection]


def save(connection: apsw.Connection, profile: Profile) -> None:
    """Store a profile, in place of the one with its name."""
    connection.execute(
        "INSERT INTO profiles VALUES (?, ?, ?) "
        "ON CONFLICT (name) DO UPDATE SET body = excluded.body, updated = excluded.updated",
        (profile.name, msgspec.json.encode(profile).decode(), now()),
    )
    record(connection, "save profile", profile.name)


def delete(connection: apsw.Connection, name: str) -> None:
    """Raises: UnknownName."""
    get(connection, name)
    connection.execute("DELETE FROM profiles WHERE name = ?", (name,))
    record(connection, "delete profile", name)


def last_state(connection: apsw.Connection, conversation: int, before: int | None = None) -> DeskState | None:
    """Where the desk stood after its last answer in a conversation (`before`: the last one before that message); None
    where no profile answered."""
    row = connection.execute(
        "SELECT a.answer FROM messages m JOIN message_answers a ON a.message = m.id WHERE m.conversation = ?1"
        " AND (?2 IS NULL OR m.id < ?2) ORDER BY m.id DESC LIMIT 1",
        (conversation, before),
    ).fetchone()
    return msgspec.json.decode(str(row[0]), type=Answer).desk if row else None


def _read(name: str, body: str) -> Profile:
    try:
        return msgspec.json.decode(body, type=Profile)
    except msgspec.MsgspecError as error:
        raise ProfileUnusable(name=name, reason=f"the stored form does not fit this program ({error}).") from error
