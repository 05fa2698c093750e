"""The labelling queue: texts that wait for a person's label, and the answers given."""

from __future__ import annotations

SCHEMA = """
CREATE TABLE queue (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    pack TEXT NOT NULL,
    text TEXT NOT NULL,
    digest BLOB NOT NULL,
    source TEXT NOT NULL,
    suggested BLOB NOT NULL,
    priority REAL NOT NULL,
    created TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting',
    label TEXT,
    answered INTEGER,
    UNIQUE (pack, digest)
) STRICT;
"""
