"""The search finds better settings than the defaults, keeps to its time, and touches neither disk nor network."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("optuna")

from engine.train.search import Range, Tell, search

SPACE = {"rate": Range(1e-4, 1e-1, log=True), "rank": Range(2, 32, step=1)}
FIRST = {"rate": 1e-4, "rank": 2.0}


def bowl(settings: Mapping[str, float], tell: Tell) -> None:
    """Best at a rate of 0.01; grows over four passes."""
    import math

    distance = abs(math.log10(settings["rate"]) + 2)
    for step in range(4):
        tell(step, (step + 1) / 4 - 0.3 * distance)


def test_beats_the_defaults_and_repeats_by_seed() -> None:
    def few(settings: Mapping[str, float], tell: Tell) -> None:
        bowl(settings, tell)
        time.sleep(0.001)

    found = search(few, SPACE, FIRST, seconds=2.0, seed=1)
    assert found.trials[0].settings == FIRST
    assert found.score > found.trials[0].score + 0.3
    assert found.score == max(trial.score for trial in found.trials)
    assert all(float(trial.settings["rank"]).is_integer() for trial in found.trials)
    assert any(trial.pruned and trial.steps < 4 for trial in found.trials), "bad trials end early"
    again = search(few, SPACE, FIRST, seconds=2.0, seed=1)
    shared = min(len(found.trials), len(again.trials), 10)
    assert [one.settings for one in found.trials[:shared]] == [one.settings for one in again.trials[:shared]]


def test_keeps_to_its_time() -> None:
    def slow(settings: Mapping[str, float], tell: Tell) -> None:
        for step in range(1_000):
            time.sleep(0.02)
            tell(step, 0.5)

    began = time.monotonic()
    found = search(slow, SPACE, FIRST, seconds=0.5, seed=0)
    assert time.monotonic() - began < 2.5
    assert len(found.trials) == 1
    assert found.trials[0].pruned
    assert found.score == 0.5, "what was reached by then counts"


def test_what_a_trial_raises_arrives() -> None:
    def broken(settings: Mapping[str, float], tell: Tell) -> None:
        raise ValueError("a bolt came loose")

    with pytest.raises(ValueError, match="bolt"):
        search(broken, SPACE, FIRST, seconds=1.0, seed=0)


def test_nothing_is_written_and_nobody_is_called(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    seen: list[tuple[str, Any]] = []
    watching = [True]

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if not watching[0]:
            return
        written = event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)
        if event.startswith(("socket.", "sqlite3.")) or written:
            seen.append((event, arguments[:2]))

    sys.addaudithook(hook)
    try:
        search(bowl, SPACE, FIRST, seconds=0.5, seed=0)
    finally:
        watching[0] = False
    assert seen == []
    assert list(tmp_path.iterdir()) == []
