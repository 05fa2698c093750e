"""Indexing killed and started again loses nothing; the large run is tests/quality/library_kill.py."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "quality"))

import library_kill


@pytest.mark.skipif(sys.platform == "win32", reason="kills process groups")
@pytest.mark.timeout(600)
def test_killed_indexing_loses_and_doubles_nothing() -> None:
    told = library_kill.run(documents_count=100, bad_count=5, kills=3, seed=7)
    assert told["kills"] == 3
    for kind in ("lost", "doubled", "different", "unexplained", "faults_after_kills"):
        assert told[kind] == [], kind
    assert len(told["reasons"]) == 5
