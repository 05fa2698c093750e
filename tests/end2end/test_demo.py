"""The whole main job on the bundled samples, as a person would start it, in each language."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.timeout(400)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_headless_demo(language: str, tmp_path: Path) -> None:
    env = {**os.environ, "TMPDIR": str(tmp_path)}
    env.pop("CASEMATE_PASSPHRASE", None)
    command = [sys.executable, str(ROOT / "main.py"), "--json", "--quiet", "demo", "--headless", "--language", language]
    run = subprocess.run(command, capture_output=True, text=True, env=env, timeout=380)
    assert run.returncode == 0, run.stdout[-2000:] + run.stderr[-2000:]
    report = json.loads(run.stdout)

    answer = report["chat"]["result"]
    assert answer["mode"] in ("template", "quote")
    assert answer["citations"][0]["excerpt"]
    assert report["chat"]["refused"]["mode"] == "not_found", "a question that no file answers is refused"

    assert set(report["classify"]["labels"]) >= {one["label"] for one in report["classify"]["result"]}
    assert report["classify"]["metrics"]["accuracy"] > 3 / len(report["classify"]["labels"])

    ranked = report["recommend"]["result"]
    assert len({item["item"] for item in ranked}) == 5
    metrics = report["recommend"]["metrics"]
    assert metrics["model"]["ndcg@10"] > metrics["popularity"]["ndcg@10"]

    assert list(tmp_path.iterdir()) == [], "the throwaway workspace is gone"
