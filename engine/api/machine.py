"""What this machine is and can do."""

from __future__ import annotations

from typing import Any, ClassVar

from engine.api.base import Request, Result


class Diagnose(Request, frozen=True):
    OPEN: ClassVar[bool] = True


class Diagnosis(Result, frozen=True):
    """`hardware`: cores, threads, memory_mb, free_mb, cpu, instruction sets, os; `network`: attempts, refused, ways;
    `memory`: who holds how much now (`what`, `kind`, `held_mb`, `forecast_mb`, `pid`); `generators`: whether llama.cpp
    is here (`installed`), and the graphics processors that it was built for (`graphics`)."""

    hardware: dict[str, Any]
    models: list[dict[str, Any]]
    network: dict[str, Any]
    workspace: dict[str, Any]
    versions: dict[str, str]
    ok: bool
    memory: list[dict[str, Any]] = []
    generators: dict[str, Any] = {}
