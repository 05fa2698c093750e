"""How long the window takes: process start to painted window against a bare PySide6 window, and idle memory.

    python tests/bench/window_start.py [--runs 15] [--json]

Both windows are started in turn in the same run, so that a busy machine is busy for both; the figure is the ratio of
the medians. The clock starts before the interpreter does and stops once the first picture has been painted and
handed to the platform. Memory is the resident set of window and host ten seconds after the start, pages opened.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

BARE = """
import sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, lambda: (print(time.time_ns(), flush=True), QApplication.quit()))
app = QApplication(sys.argv)
window = Window()
window.resize(1280, 800)
window.show()
app.exec()
"""


def one_start(*arguments: str) -> float:
    """Seconds from before the process exists to its first picture."""
    environment = os.environ | {"CASEMATE_MEASURE_START": "1"}
    began = time.time_ns()
    done = subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, check=True, env=environment
    )
    return (int(done.stdout.split()[0]) - began) / 1e9


def make_workspace(folder: Path) -> None:
    """The everyday start is in front of a workspace that exists."""
    sys.path.insert(0, str(ROOT))
    from engine.api import Unlock
    from engine.host.service import Service

    service = Service(folder)
    service.call(Unlock(passphrase="a passphrase for measuring", create=True))
    service.close()


def write_bare(folder: Path) -> str:
    (folder / "bare.py").write_text(BARE)
    return str(folder / "bare.py")


def resident_mb(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError(f"process {pid} has no resident set")


def children(pid: int) -> list[int]:
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        found += [int(child) for child in (task / "children").read_text().split()]
    return found


def idle_memory(seconds: float) -> dict[str, float]:
    """MB of the window and of everything it started, after it has been idle for a while (Linux)."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, str(ROOT / "main.py"), "--workspace", str(Path(folder) / "w")]
        window = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            time.sleep(seconds)
            if window.poll() is not None:
                raise RuntimeError(f"the window ended with code {window.returncode}")
            below = children(window.pid)
            memory = {"window": resident_mb(window.pid), "host": sum(resident_mb(pid) for pid in below)}
        finally:
            window.terminate()
            window.wait(10)
    return memory | {"both": memory["window"] + memory["host"]}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--idle-s", type=float, default=10)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    bare, ours = [], []
    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder) / "w"
        make_workspace(workspace)
        command = ("main.py", "--workspace", str(workspace))
        bare_command = (write_bare(Path(folder)),)
        one_start(*bare_command), one_start(*command)  # warm the file cache
        for _ in range(args.runs):
            bare.append(one_start(*bare_command))
            ours.append(one_start(*command))
    result: dict[str, object] = {
        "bare_s": round(statistics.median(bare), 3),
        "window_s": round(statistics.median(ours), 3),
        "ratio": round(statistics.median(ours) / statistics.median(bare), 2),
        "runs": args.runs,
    }
    if sys.platform == "linux":
        result["idle_mb"] = {name: round(value) for name, value in idle_memory(args.idle_s).items()}
    print(json.dumps(result) if args.json else "\n".join(f"{name}: {value}" for name, value in result.items()))


if __name__ == "__main__":
    main()
