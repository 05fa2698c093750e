"""Trainings under way: their last checkpoint, so that a training goes on after a crash or a power cut.

A checkpoint is the whole state of the training as one blob. It is replaced in one transaction; the one before is kept
until the new one is committed.
"""

from __future__ import annotations

SCHEMA = """
CREATE TABLE checkpoints (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    pack TEXT NOT NULL,
    task TEXT NOT NULL,
    method TEXT NOT NULL,
    request BLOB NOT NULL,
    epoch REAL NOT NULL,
    saved TEXT NOT NULL,
    body BLOB NOT NULL
) STRICT;
"""
