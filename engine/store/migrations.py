"""The shape of the workspace file, as an ordered list of named steps.

A step is never changed once it has shipped: add another. Before a step runs on a file that holds data, the file is
copied beside itself (`engine/store/vault.py`).
"""

from __future__ import annotations

from collections.abc import Callable

import apsw

from engine.store import audit, jobs, settings


def _first(connection: apsw.Connection) -> None:
    from engine.store import conversations, datasets, documents, packs

    modules = (audit, jobs, settings, datasets, documents, conversations, packs)
    for schema in (module.SCHEMA for module in modules):
        connection.execute(schema)


def _teach(connection: apsw.Connection) -> None:
    from engine.store import checkpoints, queue

    for schema in (checkpoints.SCHEMA, queue.SCHEMA):
        connection.execute(schema)


def _desk(connection: apsw.Connection) -> None:
    from engine.store import (
        approved,
        conversations,
        handoffs,
        page_boxes,
        profiles,
        retrieval,
        signatures,
        watched,
    )

    connection.execute(conversations.DESK_SCHEMA)
    modules = (watched, page_boxes, profiles, approved, handoffs, retrieval, signatures)
    for schema in (module.SCHEMA for module in modules):
        connection.execute(schema)


def _queue_pages(connection: apsw.Connection) -> None:
    """Indexes for a queue of many thousand questions."""
    from engine.store import handoffs

    connection.execute(handoffs.PAGES_SCHEMA)


def _recommend(connection: apsw.Connection) -> None:
    """Rules of recommenders, lists that were shown, dismissals."""
    from engine.store import recommend

    connection.execute(recommend.SCHEMA)


MIGRATIONS: tuple[tuple[str, Callable[[apsw.Connection], None]], ...] = (
    ("0001 first shape", _first),
    ("0002 checkpoints and labelling queue", _teach),
    ("0003 desk", _desk),
    ("0004 pages of the hand-off queue", _queue_pages),
    ("0005 rules and feedback of recommendations", _recommend),
)


def version(connection: apsw.Connection) -> int:
    return int(connection.pragma("user_version"))


def pending(connection: apsw.Connection) -> tuple[tuple[str, Callable[[apsw.Connection], None]], ...]:
    return MIGRATIONS[version(connection) :]


def migrate(connection: apsw.Connection) -> list[str]:
    """Run what is missing, each step with its version number in one transaction; returns the names."""
    names = []
    for name, step in pending(connection):
        with connection:
            step(connection)
            connection.pragma("user_version", version(connection) + 1)
        names.append(name)
    return names
