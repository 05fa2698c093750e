"""How many threads a native runtime should use on this machine.

Counts what this process may really use: physical cores (a second hyper-thread brings integer matrix products
nothing), the scheduler affinity it was started with, and the CPU quota of its control group (v1 and v2).
"""

from __future__ import annotations

import math
import os
from pathlib import Path

OVERRIDE = "CASEMATE_THREADS"
MOST = 16  # a small encoder stops gaining far below this; more threads only wait for each other


def usable_threads(setting: int | None = None) -> int:
    """Threads to use, at least 1.

    Args:
        setting: what the person chose; None or 0 means "from the machine". The environment variable
            CASEMATE_THREADS comes next.
    """
    if setting and setting > 0:
        return min(setting, os.cpu_count() or setting)
    named = os.environ.get(OVERRIDE, "")
    if named.isdigit() and int(named) > 0:
        return int(named)
    limits = [physical_cores(), affinity_cores(), MOST]
    quota = cgroup_cores()
    if quota is not None:
        limits.append(max(1, math.floor(quota + 0.5)))
    return max(1, min(limits))


def physical_cores() -> int:
    """Physical cores of the machine; the logical count where the system does not tell."""
    import psutil

    return psutil.cpu_count(logical=False) or os.cpu_count() or 1


def affinity_cores() -> int:
    """Logical cores that the scheduler lets this process use."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return os.cpu_count() or 1


def cgroup_cores(root: Path = Path("/sys/fs/cgroup"), own: Path = Path("/proc/self/cgroup")) -> float | None:
    """CPU quota of the control group in cores, the smallest on the way up; None where there is none."""
    found = [quota for folder in cgroup_folders(root, own) if (quota := _quota(folder)) is not None]
    return min(found) if found else None


def cgroup_folders(root: Path, own: Path, controller: str = "cpu") -> list[Path]:
    """The folders of this process's control group, from its own up to the root."""
    try:
        lines = own.read_text(encoding="utf-8").splitlines()
    except OSError:
        return []
    folders: list[Path] = []
    for line in lines:
        _number, controllers, path = ([*line.split(":", 2), "", ""])[:3]
        if controllers and controller not in controllers.split(","):
            continue
        base = root / controller if controllers else root
        parts = [part for part in path.split("/") if part and part != ".."]
        folders += [base.joinpath(*parts[:depth]) for depth in range(len(parts), -1, -1)]
    return folders


def _quota(folder: Path) -> float | None:
    try:
        if (folder / "cpu.max").is_file():  # version 2: "max 100000" or "150000 100000"
            quota, period = (folder / "cpu.max").read_text(encoding="ascii").split()
            return None if quota == "max" else int(quota) / int(period)
        if (folder / "cpu.cfs_quota_us").is_file():
            micro = int((folder / "cpu.cfs_quota_us").read_text(encoding="ascii"))
            period_us = int((folder / "cpu.cfs_period_us").read_text(encoding="ascii"))
            return micro / period_us if micro > 0 and period_us > 0 else None
    except (OSError, ValueError, ZeroDivisionError):
        return None
    return None
