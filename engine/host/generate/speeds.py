"""How fast each generator was on this machine: kept beside the generators, for every workspace.

One small file of JSON. A speed belongs to the weights (their hash) and to the machine; where the folder came over from
another machine, its speeds are not told.
"""

from __future__ import annotations

import contextlib
import os
import platform
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from msgspec import Struct

from engine.paths import models_folder

NAME = "speeds.json"
MOST_BYTES = 1 << 20
MOST_KEPT = 500


class Speed(Struct, frozen=True):
    """Tokens per second of prompt and answer, with how many threads, where and when (ISO 8601)."""

    prompt: float
    decode: float
    threads: int
    machine: str
    when: str


def measured(sha256: str) -> Speed | None:
    """What was measured of these weights on this machine."""
    found = _read().get(sha256)
    return found if found is not None and found.machine == _machine() else None


def keep(sha256: str, prompt: float, decode: float, threads: int) -> None:
    """Keep what was measured; a folder that cannot be written to keeps nothing, which is no reason to stop."""
    kept = _read()
    kept.pop(sha256, None)
    kept[sha256] = Speed(prompt, decode, threads, _machine(), datetime.now(UTC).isoformat(timespec="seconds"))
    newest = dict(list(kept.items())[-MOST_KEPT:])
    path = _path()
    part = path.with_name(f".{NAME}.{os.getpid()}")
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(msgspec.json.encode(newest))
        part.replace(path)


def _path() -> Path:
    return models_folder() / NAME


def _machine() -> str:
    return f"{platform.node()} {platform.machine()} {os.cpu_count() or 1}"


def _read() -> dict[str, Speed]:
    try:
        with _path().open("rb") as file:
            return msgspec.json.decode(file.read(MOST_BYTES), type=dict[str, Speed])
    except (OSError, msgspec.DecodeError):
        return {}
