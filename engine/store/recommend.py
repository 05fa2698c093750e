"""Beside a recommender: its rules, the lists that were shown with what became of them, and what people dismissed.

Everything goes by the name of the pack and outlives its versions. A person's rows go when the person is forgotten,
all rows go with the pack.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import cast

import apsw
from msgspec import Struct

from engine.api import RecommendRule
from engine.store.audit import now, record
from engine.store.connection import Store

SCHEMA = """
CREATE TABLE recommend_rules (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    pack TEXT NOT NULL,
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    created TEXT NOT NULL,
    UNIQUE (pack, kind, value)
) STRICT;
CREATE TABLE recommend_lists (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    pack TEXT NOT NULL,
    name TEXT NOT NULL,
    version INTEGER NOT NULL,
    time TEXT NOT NULL,
    user TEXT NOT NULL,
    history TEXT NOT NULL,
    UNIQUE (pack, name)
) STRICT;
CREATE INDEX recommend_lists_by_user ON recommend_lists (user);
CREATE TABLE recommend_shown (
    list INTEGER NOT NULL REFERENCES recommend_lists (id) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    item TEXT NOT NULL,
    chance REAL,
    clicked TEXT,
    dismissed TEXT,
    taught INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (list, item)
) STRICT;
CREATE TABLE recommend_dismissed (
    pack TEXT NOT NULL,
    user TEXT NOT NULL,
    item TEXT NOT NULL,
    time TEXT NOT NULL,
    PRIMARY KEY (pack, user, item)
) STRICT;
"""


class Shown(Struct, frozen=True):
    """One place of a list; `clicked` and `dismissed` are moments, empty where it did not happen."""

    place: int
    item: str
    chance: float | None
    clicked: str = ""
    dismissed: str = ""


class ShownList(Struct, frozen=True):
    """A list as it was shown. `history`: ids of somebody without a name."""

    id: int
    version: int
    time: str
    user: str
    history: tuple[str, ...]
    places: tuple[Shown, ...]


def rules(store: Store, pack: str) -> tuple[RecommendRule, ...]:
    """In the order they were made."""
    with store.read() as connection:
        rows = connection.execute("SELECT kind, value FROM recommend_rules WHERE pack = ? ORDER BY id", (pack,))
        return tuple(RecommendRule(str(kind), str(value)) for kind, value in rows)


def add_rule(store: Store, pack: str, rule: RecommendRule, *, alone: bool) -> None:
    """Add a rule once.

    Args:
        alone: it takes the place of other rules of its kind.
    """
    with store.write() as connection:
        if alone:
            connection.execute("DELETE FROM recommend_rules WHERE pack = ? AND kind = ?", (pack, rule.kind))
        connection.execute(
            "INSERT OR IGNORE INTO recommend_rules (pack, kind, value, created) VALUES (?, ?, ?, ?)",
            (pack, rule.kind, rule.value, now()),
        )
        record(connection, "recommendation rule added", f"{pack}: {rule.kind} {rule.value}")


def remove_rules(store: Store, pack: str, kind: str, value: str) -> int:
    """Remove a rule, or without a value every rule of the kind; returns how many."""
    with store.write() as connection:
        connection.execute(
            "DELETE FROM recommend_rules WHERE pack = ?1 AND kind = ?2 AND (?3 = '' OR value = ?3)", (pack, kind, value)
        )
        removed = connection.changes()
        if removed:
            record(connection, "recommendation rule removed", f"{pack}: {kind} {value}".strip())
    return removed


def start_list(
    connection: apsw.Connection,
    pack: str,
    version: int,
    *,
    user: str,
    history: Sequence[str] = (),
    name: str = "",
    time: str = "",
) -> int:
    """The number of a list, made where the pack has none of that name (an empty name is always a new one)."""
    if name:
        row = connection.execute("SELECT id FROM recommend_lists WHERE pack = ? AND name = ?", (pack, name)).fetchone()
        if row is not None:
            return int(cast(tuple[int], row)[0])
    connection.execute(
        "INSERT INTO recommend_lists (pack, name, version, time, user, history) VALUES (?, ?, ?, ?, ?, ?)",
        (pack, name, version, time or now(), user, "\n".join(history)),
    )
    number = connection.last_insert_rowid()
    if not name:
        connection.execute("UPDATE recommend_lists SET name = ? WHERE id = ?", (str(number), number))
    return number


def add_shown(connection: apsw.Connection, number: int, places: Iterable[Shown]) -> int:
    """Places of a list that were not known yet; returns how many."""
    added = 0
    for one in places:
        connection.execute(
            "INSERT OR IGNORE INTO recommend_shown (list, place, item, chance) VALUES (?, ?, ?, ?)",
            (number, one.place, one.item, one.chance),
        )
        added += connection.changes()
    return added


def find_list(connection: apsw.Connection, pack: str, name: str, item: str) -> int | None:
    """The number of a list by its name, if it holds an item."""
    row = connection.execute(
        "SELECT l.id FROM recommend_lists l JOIN recommend_shown s ON s.list = l.id"
        " WHERE l.pack = ? AND l.name = ? AND s.item = ?",
        (pack, name, item),
    ).fetchone()
    return None if row is None else int(cast(tuple[int], row)[0])


def latest_list_with(connection: apsw.Connection, pack: str, user: str, item: str) -> int | None:
    """The newest list of a person that holds an item."""
    row = connection.execute(
        "SELECT l.id FROM recommend_lists l JOIN recommend_shown s ON s.list = l.id"
        " WHERE l.pack = ? AND l.user = ? AND s.item = ? ORDER BY l.id DESC LIMIT 1",
        (pack, user, item),
    ).fetchone()
    return None if row is None else int(cast(tuple[int], row)[0])


def mark(connection: apsw.Connection, number: int, item: str, kind: str, time: str) -> bool:
    """Note a click or a dismissal; False where it was noted before or the list does not hold the item."""
    column = {"clicked": "clicked", "dismissed": "dismissed"}[kind]
    connection.execute(
        f"UPDATE recommend_shown SET {column} = ? WHERE list = ? AND item = ? AND {column} IS NULL",  # noqa: S608
        (time or now(), number, item),
    )
    return connection.changes() > 0


def dismiss(connection: apsw.Connection, pack: str, user: str, item: str, time: str) -> bool:
    connection.execute(
        "INSERT OR IGNORE INTO recommend_dismissed VALUES (?, ?, ?, ?)", (pack, user, item, time or now())
    )
    return connection.changes() > 0


def take_back(store: Store, pack: str, user: str, item: str) -> bool:
    """Undo a dismissal; False where there is none."""
    with store.write() as connection:
        connection.execute(
            "DELETE FROM recommend_dismissed WHERE pack = ? AND user = ? AND item = ?", (pack, user, item)
        )
        removed = connection.changes() > 0
        connection.execute(
            "UPDATE recommend_shown SET dismissed = NULL WHERE item = ? AND list IN"
            " (SELECT id FROM recommend_lists WHERE pack = ? AND user = ?)",
            (item, pack, user),
        )
    return removed


def dismissed(store: Store, pack: str, user: str) -> tuple[str, ...]:
    """Ids that a person does not want to see."""
    with store.read() as connection:
        rows = connection.execute("SELECT item FROM recommend_dismissed WHERE pack = ? AND user = ?", (pack, user))
        return tuple(str(row[0]) for row in rows)


def dismissed_by(store: Store, pack: str) -> dict[str, tuple[str, ...]]:
    """The same of everybody."""
    found: dict[str, list[str]] = {}
    with store.read() as connection:
        for user, item in connection.execute("SELECT user, item FROM recommend_dismissed WHERE pack = ?", (pack,)):
            found.setdefault(str(user), []).append(str(item))
    return {user: tuple(items) for user, items in found.items()}


def lists(store: Store, pack: str, *, after: int = 0, limit: int = 500) -> tuple[ShownList, ...]:
    """Lists of a pack in the order they were shown, from number `after` on."""
    with store.read() as connection:
        heads = connection.execute(
            "SELECT id, version, time, user, history FROM recommend_lists"
            " WHERE pack = ? AND id > ? ORDER BY id LIMIT ?",
            (pack, after, limit),
        ).fetchall()
        found = []
        for number, version, time, user, history in cast(list[tuple[int, int, str, str, str]], heads):
            rows = connection.execute(
                "SELECT place, item, chance, coalesce(clicked, ''), coalesce(dismissed, '') FROM recommend_shown"
                " WHERE list = ? ORDER BY place",
                (number,),
            )
            places = tuple(Shown(*cast(tuple[int, str, float | None, str, str], row)) for row in rows)
            found.append(ShownList(number, version, time, user, tuple(history.split("\n")) if history else (), places))
    return tuple(found)


def all_lists(store: Store, pack: str) -> Iterator[ShownList]:
    after = 0
    while part := lists(store, pack, after=after):
        yield from part
        after = part[-1].id


def periods(store: Store, pack: str, cut: str) -> list[tuple[str, int, int, int, int, str]]:
    """(start, lists, shown, clicked, dismissed, versions) per period, oldest first.

    Args:
        cut: "day", "week" (starts on Monday) or "month".
    """
    start = {
        "day": "date(l.time)", "week": "date(l.time, 'weekday 0', '-6 days')", "month": "date(l.time, 'start of month')"
    }[cut]  # fmt: skip
    with store.read() as connection:
        rows = connection.execute(
            f"SELECT {start} AS period, count(DISTINCT l.id), count(*), count(s.clicked), count(s.dismissed),"  # noqa: S608
            " group_concat(DISTINCT l.version) FROM recommend_lists l JOIN recommend_shown s ON s.list = l.id"
            " WHERE l.pack = ? GROUP BY period ORDER BY period",
            (pack,),
        ).fetchall()
    return cast(list[tuple[str, int, int, int, int, str]], rows)


class Untaught(Struct, frozen=True):
    """A click or a dismissal that is no event of a data set yet."""

    list: int
    user: str
    item: str
    clicked: bool
    time: str


def untaught(store: Store, pack: str) -> list[Untaught]:
    with store.read() as connection:
        rows = connection.execute(
            "SELECT l.id, l.user, s.item, s.clicked IS NOT NULL, coalesce(s.clicked, s.dismissed)"
            " FROM recommend_shown s JOIN recommend_lists l ON l.id = s.list WHERE l.pack = ? AND s.taught = 0"
            " AND (s.clicked IS NOT NULL OR s.dismissed IS NOT NULL) ORDER BY l.id, s.place",
            (pack,),
        ).fetchall()
    found = cast(list[tuple[int, str, str, int, str]], rows)
    return [Untaught(number, user, item, bool(clicked), time) for number, user, item, clicked, time in found]


def set_taught(connection: apsw.Connection, done: Iterable[Untaught]) -> None:
    connection.executemany(
        "UPDATE recommend_shown SET taught = 1 WHERE list = ? AND item = ?", [(one.list, one.item) for one in done]
    )


def knows(store: Store, pack: str, user: str) -> bool:
    """Whether lists or dismissals of a person are kept."""
    with store.read() as connection:
        row = connection.execute(
            "SELECT EXISTS (SELECT 1 FROM recommend_lists WHERE pack = ?1 AND user = ?2)"
            " OR EXISTS (SELECT 1 FROM recommend_dismissed WHERE pack = ?1 AND user = ?2)",
            (pack, user),
        ).fetchone()
    return bool(cast(tuple[int], row)[0])


def forget_person(connection: apsw.Connection, packs: Iterable[str], user: str) -> int:
    """Remove every list and dismissal of a person; returns the number of lists."""
    removed = 0
    for pack in packs:
        where = (pack, user)
        connection.execute(
            "DELETE FROM recommend_shown WHERE list IN (SELECT id FROM recommend_lists WHERE pack = ? AND user = ?)",
            where,
        )
        connection.execute("DELETE FROM recommend_lists WHERE pack = ? AND user = ?", where)
        removed += connection.changes()
        connection.execute("DELETE FROM recommend_dismissed WHERE pack = ? AND user = ?", where)
    return removed


def forget_pack(connection: apsw.Connection, pack: str) -> None:
    """Remove what belongs to a pack that is removed."""
    connection.execute(
        "DELETE FROM recommend_shown WHERE list IN (SELECT id FROM recommend_lists WHERE pack = ?)", (pack,)
    )
    for table in ("recommend_lists", "recommend_dismissed", "recommend_rules"):
        connection.execute(f"DELETE FROM {table} WHERE pack = ?", (pack,))  # noqa: S608
