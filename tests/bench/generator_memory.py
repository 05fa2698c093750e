"""Memory of a generator's worker beside its forecast (engine/runtimes/gguf/forecast.py), for models of several shapes.

Run from the root: python tests/bench/generator_memory.py [FILE.gguf …]

Without files it writes models with random weights: narrow, wide, of a large vocabulary, of a long context. Each is
loaded in a fresh worker, reads a prompt that fills its context but for 64 tokens, and writes those; the worker's peak
is what the system says. The forecast has to be within 15 %. Prints one JSON object.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "engine" / "generate")]

from tiny_gguf import tiny  # noqa: E402

from engine.jobs.control import JobControl  # noqa: E402
from engine.jobs.governor import Governor  # noqa: E402
from engine.jobs.resident import Resident  # noqa: E402
from engine.runtimes.gguf.facts import read_facts  # noqa: E402
from engine.runtimes.gguf.forecast import need_of  # noqa: E402
from engine.runtimes.llama import Sampling  # noqa: E402
from engine.serve.generate.values import Ask, LoadSpec  # noqa: E402

FARTHEST = 0.15
MIDDLE = {"width": 512, "layers": 12, "heads": 8, "inner": 1408, "size": 8192}
SHAPES: dict[str, dict[str, int]] = {
    "tiny": {},
    "50 MB": MIDDLE | {"kv_heads": 4, "context": 2048},
    "50 MB, 8,192 tokens": MIDDLE | {"kv_heads": 8, "context": 8192},
    "large vocabulary": {
        "width": 256, "layers": 4, "heads": 4, "kv_heads": 4, "inner": 768, "size": 120_000, "context": 1024,
    },
    "250 MB": {
        "width": 1024, "layers": 12, "heads": 16, "kv_heads": 4, "inner": 4096, "size": 32_000, "context": 2048,
    },
}  # fmt: skip


def peak_mb(pid: int) -> float:
    """The most resident memory that a process had (Linux), or has now elsewhere."""
    status = Path(f"/proc/{pid}/status")
    if status.exists():
        line = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    import psutil

    return float(psutil.Process(pid).memory_info().rss) / 2**20


def measure(path: Path) -> dict[str, Any]:
    facts = read_facts(path)
    context = min(8192, facts.context_length)
    need = need_of(facts, context)
    spec = LoadSpec("bench", str(path), context, 2, 0)
    worker = Resident(Governor(), "run_generator", spec, JobControl(), title="bench", start_timeout_s=120)
    loaded = peak_mb(worker.pid or 0)
    ask = Ask(prompt="the desk and you " * 4, max_tokens=1, sampling=Sampling(temperature=0), reuse=False)
    tokens = worker.ask(ask, JobControl(), silence_s=600).prompt_tokens
    times = (context - 64 - 8) * 4 // tokens
    ask = Ask(prompt="the desk and you " * times, max_tokens=64, sampling=Sampling(temperature=0), reuse=False)
    written = worker.ask(ask, JobControl(), silence_s=600)
    peak = peak_mb(worker.pid or 0)
    worker.end()
    return {
        "file_mb": round(path.stat().st_size / 2**20, 1),
        "context": context,
        "prompt_tokens": written.prompt_tokens,
        "loaded_mb": round(loaded, 1),
        "peak_mb": round(peak, 1),
        "forecast_mb": round(need.total, 1),
        "weights": round(need.weights, 1),
        "context_mb": round(need.context, 1),
        "batch": round(need.batch, 1),
        "process": round(need.process, 1),
        "off": round(need.total / peak - 1, 3),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    options = parser.parse_args()
    results: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        for path in options.files:
            results[path.name] = measure(path)
        for name, shape in ({} if options.files else SHAPES).items():
            path = tiny(Path(folder) / "model.gguf", **shape)
            results[name] = measure(path)
    print(json.dumps(results, indent=1))
    return 0 if all(abs(one["off"]) <= FARTHEST for one in results.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
