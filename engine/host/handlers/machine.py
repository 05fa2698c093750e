"""What this machine is, whether the bundled models are sound and run, and whether every way out is refused."""

from __future__ import annotations

import os
import platform
import time
from importlib import metadata
from pathlib import Path
from typing import Any

from engine import api
from engine.errors import EngineError
from engine.host.context import Context
from engine.host.registry import handles
from engine.jobs.governor import resident_mb
from engine.paths import assets_folder
from engine.runtimes import llama_build
from engine.store import vault

NATIVE_WAYS = ("native code", "child process")
"""Held only where the kernel helps; elsewhere doctor shows them as open and says so."""
LIBRARIES = ("onnxruntime", "tokenizers", "numpy", "scipy", "torch", "apsw-sqlite3mc", "PySide6-Essentials")
INSTRUCTIONS = ("avx2", "avx512f", "avx512_vnni", "avx_vnni", "amx_int8", "asimd", "asimddp", "i8mm")


@handles(api.Diagnose)
def diagnose(ctx: Context, request: api.Diagnose, ctl: api.Control) -> api.Diagnosis:
    from engine.privacy.self_test import self_test

    models = [_bundled(folder) for folder in bundled_folders()]
    models.append(_encoder_runs(ctx))
    network = self_test()
    held = all(way["refused"] for way in network["ways"] if network["kernel"] or way["way"] not in NATIVE_WAYS)
    return api.Diagnosis(
        hardware=hardware(ctx),
        models=models,
        network=network,
        workspace={
            "path": str(ctx.workspace),
            "exists": vault.workspace_file(ctx.workspace).exists(),
            "unlocked": ctx.unlocked,
        },
        versions=versions(),
        memory=memory(ctx),
        generators={
            "installed": llama_build.library_folder() is not None,
            "graphics": list(llama_build.accelerators()),
        },
        ok=all(model["ok"] for model in models) and held,
    )


def memory(ctx: Context) -> list[dict[str, Any]]:
    """Who holds memory now: this process first, with the models in it; then its workers."""
    holders = ctx.workers.governor.holders()
    found: list[dict[str, Any]] = [
        {"what": "this process", "kind": "host", "held_mb": round(resident_mb(None), 1), "forecast_mb": None,
         "pid": None}
    ]  # fmt: skip
    for room in sorted(holders, key=lambda one: one.pid is not None):
        found.append(
            {"what": room.what, "kind": room.kind, "held_mb": round(room.used_mb(), 1),
             "forecast_mb": round(room.promised_mb, 1), "pid": room.pid}
        )  # fmt: skip
    return found


def bundled_folders() -> list[Path]:
    """The model packs that ship with the program."""
    return sorted(path.parent for path in (assets_folder() / "models").glob("*/manifest.json"))


def _bundled(folder: Path) -> dict[str, Any]:
    from engine.packs.verify import verify_folder

    size = sum(path.stat().st_size for path in folder.iterdir() if path.is_file())
    try:
        manifest = verify_folder(folder)
    except EngineError as error:
        return {"name": folder.name, "ok": False, "bytes": size, "problem": error.message}
    return {"name": folder.name, "task": manifest.task, "version": manifest.version, "ok": True, "bytes": size}


def _encoder_runs(ctx: Context) -> dict[str, Any]:
    """Two texts that mean the same lie closer to each other than to a third, on this very processor."""
    try:
        began = time.perf_counter()
        encoder = ctx.encoder
        loaded = time.perf_counter()
        same, alike, other = encoder.embed(
            ["How do I get my money back?", "I would like a refund.", "The moon is bright tonight."]
        )
        ended = time.perf_counter()
    except EngineError as error:
        return {"name": "encoder on this machine", "ok": False, "problem": error.message}
    return {
        "name": "encoder on this machine",
        "ok": bool(same @ alike > same @ other + 0.2),
        "load_ms": round((loaded - began) * 1000, 1),
        "embed_ms": round((ended - loaded) * 1000, 1),
        "threads": encoder.threads,
    }


def hardware(ctx: Context) -> dict[str, Any]:
    import psutil

    from engine.runtimes.threads import usable_threads

    memory = psutil.virtual_memory()
    flags = _cpu_flags()
    return {
        "cpu": _cpu_name(),
        "cores": psutil.cpu_count(logical=False) or os.cpu_count() or 1,
        "logical_cores": os.cpu_count() or 1,
        "threads_used": usable_threads(int(ctx.settings["threads"]) or None),
        "instructions": [name for name in INSTRUCTIONS if name in flags],
        "memory_mb": round(memory.total / 2**20),
        "free_mb": round(memory.available / 2**20),
        "os": f"{platform.system()} {platform.release()}",
        "machine": platform.machine(),
    }


def _cpu_field(name: str) -> str:
    try:
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            key, _, value = line.partition(":")
            if key.strip().lower() == name:
                return value.strip()
    except OSError:
        pass
    return ""


def _cpu_name() -> str:
    return _cpu_field("model name") or platform.processor() or platform.machine()


def _cpu_flags() -> set[str]:
    """Instruction sets; empty where the system does not list them in a file."""
    return set((_cpu_field("flags") or _cpu_field("features")).split())


def versions() -> dict[str, str]:
    found = {"python": platform.python_version()}
    for library in ("casemate", *LIBRARIES):
        try:
            found[library] = metadata.version(library)
        except metadata.PackageNotFoundError:
            found[library] = "not listed"
    return found | llama_build.versions()
