"""Memory of the idle window and its host, once the samples are loaded and everything has come to rest.

Run by path: `python tests/bench/idle_memory.py`. Prints resident memory (RSS, counts shared pages twice) and
proportional memory (PSS, Linux only) per process. Needs no screen.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[2]
REST_S = 8.0
LONGEST_S = 240.0


def family(process: psutil.Process) -> list[psutil.Process]:
    return [process, *process.children(recursive=True)]


def cpu_seconds(processes: list[psutil.Process]) -> float:
    total = 0.0
    for one in processes:
        try:
            times = one.cpu_times()
        except psutil.Error:
            continue
        total += times.user + times.system
    return total


def wait_for_rest(process: psutil.Process) -> None:
    """Until the family has used less than a twentieth of a core for `REST_S` seconds."""
    began = time.monotonic()
    while time.monotonic() - began < LONGEST_S:
        before = cpu_seconds(family(process))
        time.sleep(REST_S)
        used = cpu_seconds(family(process)) - before
        if 0 <= used < REST_S / 20:
            return
    raise SystemExit("It never came to rest.")


def what(process: psutil.Process) -> str:
    words = " ".join(process.cmdline())
    if "resource_tracker" in words:
        return "resource tracker"
    return "host" if "spawn_main" in words else "window"


def main() -> None:
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen([sys.executable, str(ROOT / "main.py"), "demo"], env=env) as started:
        process = psutil.Process(started.pid)
        try:
            time.sleep(20)
            wait_for_rest(process)
            total_rss = total_pss = 0.0
            for one in family(process):
                full = one.memory_full_info()
                rss, pss = full.rss / 2**20, getattr(full, "pss", 0) / 2**20
                total_rss, total_pss = total_rss + rss, total_pss + pss
                print(f"{what(one):18} RSS {rss:6.0f} MB   PSS {pss:6.0f} MB")
            print(f"{'together':18} RSS {total_rss:6.0f} MB   PSS {total_pss:6.0f} MB")
        finally:
            for one in reversed(family(process)):
                one.kill()


if __name__ == "__main__":
    main()
