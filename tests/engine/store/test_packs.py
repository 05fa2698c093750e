"""Packs in the store."""

from __future__ import annotations

import os
from pathlib import Path

import apsw
import pytest

from engine.store import audit, packs
from engine.store.connection import Store


@pytest.fixture
def store(tmp_path: Path):
    store = Store(tmp_path / "w.casemate", b"k" * 32)
    with store.write() as connection:
        connection.execute(audit.SCHEMA)
        connection.execute(packs.SCHEMA)
    yield store
    store.close()


def test_a_loaded_pack_leaves_no_pages_behind(store: Store) -> None:
    """A skill is read once and kept open; the pages it was read from would stay in the reader's cache."""
    body = os.urandom(3 << 20)
    packs.save_version(store, "big", "classify", {"head.npz": body}, {"name": "big"}, promote=True)
    packs.load(store, "big")  # what every reader holds, such as the schema
    with store.read() as connection:
        before = connection.status(apsw.SQLITE_DBSTATUS_CACHE_USED)[0]
    assert packs.load(store, "big").files["head.npz"] == body
    with store.read() as connection:
        after = connection.status(apsw.SQLITE_DBSTATUS_CACHE_USED)[0]
    assert before < 512 << 10
    assert after < 512 << 10
