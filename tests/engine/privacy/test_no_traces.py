"""Libraries leave no traces of their own outside the workspace: no telemetry stores, no caches, no temporary files."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PLACES = ("HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME")
EMBED = """
from engine.runtimes.encoder import Encoder, bundled_encoder_folder
print(Encoder.open(bundled_encoder_folder()).embed(["a text"]).shape)
"""


def files_after(code: str, places: Path) -> list[str]:
    """Every file under the places that a fresh process may write to."""
    env = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    env.pop("ORT_DISABLE_TELEMETRY", None)
    for name in PLACES:
        (places / name).mkdir()
        env[name] = str(places / name)
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=env, check=True, capture_output=True, timeout=120)
    return [str(path.relative_to(places)) for path in places.rglob("*") if path.is_file()]


def test_the_encoder_leaves_nothing_behind(tmp_path: Path) -> None:
    assert files_after(EMBED, tmp_path) == []


def test_a_trace_would_be_seen(tmp_path: Path) -> None:
    code = "import tempfile; tempfile.NamedTemporaryFile(delete=False)"
    assert len(files_after(code, tmp_path)) == 1
