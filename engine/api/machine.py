"""What this machine is and can do."""

from __future__ import annotations

from typing import Any, ClassVar

from engine.api.base import Request, Result


class Diagnose(Request, frozen=True):
    OPEN: ClassVar[bool] = True


class Diagnosis(Result, frozen=True):
    """`hardware`: cores, threads, memory_mb, free_mb, cpu, instruction sets, os; `network`: attempts, refused, ways."""

    hardware: dict[str, Any]
    models: list[dict[str, Any]]
    network: dict[str, Any]
    workspace: dict[str, Any]
    versions: dict[str, str]
    ok: bool
