"""Forecast and peak of the memory that teaching a generator takes, for the ways in which it is gone about.

    python tests/bench/generator_train_memory.py [--width 512 --layers 8 --inner 1408 --vocabulary 16000]

Writes a base of random weights into a throwaway folder, teaches it a few steps in a process of its own for each way,
and prints both numbers. Weights do not matter for memory.
"""

from __future__ import annotations

import argparse
import contextlib
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "engine" / "generate")]

from msgspec.structs import replace  # noqa: E402

from engine.runtimes.gguf.facts import facts_of  # noqa: E402
from engine.runtimes.gguf.header import read_header  # noqa: E402
from engine.runtimes.gguf.template import Turn  # noqa: E402
from engine.train.generator.forecast import need_of  # noqa: E402
from engine.train.generator.shape import shape_of  # noqa: E402
from engine.train.generator.values import LoraSettings, LoraSpec, Talk  # noqa: E402

WAYS = (
    ("f32", False, 512, 256), ("f32", False, 2048, 256), ("f32", False, 1024, 1024), ("f32", True, 1024, 1024),
    ("f16", True, 256, 256),
)  # fmt: skip
STEPS = 3


class Enough(Exception):
    """So many steps are made."""


class Watching:
    def __init__(self) -> None:
        self.times: list[float] = []

    def report(self, done: int, total: int | None, stage: str, note: str = "", values: Any = None) -> None:
        if stage == "train" and values:
            self.times.append(time.monotonic())
            if done >= STEPS:
                raise Enough

    def check(self) -> None: ...

    def send(self, item: object) -> None: ...


def main() -> None:
    options = argparse.ArgumentParser()
    for name, value in (("width", 512), ("layers", 8), ("inner", 1408), ("vocabulary", 16_000)):
        options.add_argument(f"--{name}", type=int, default=value)
    options.add_argument("--one", nargs=5, help=argparse.SUPPRESS)
    args = options.parse_args()
    if args.one:
        one(Path(args.one[0]), args.one[1], args.one[2] == "True", int(args.one[3]), int(args.one[4]))
        return
    from tiny_gguf import CHATML, llama_tensors, llama_values, pack

    print(f"{'kept':>5} {'twice':>6} {'tokens':>7} {'longest':>8} {'forecast':>9} {'peak':>7} {'s/step':>7}")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "base.gguf"
        values = llama_values(
            width=args.width, layers=args.layers, heads=8, kv_heads=4, inner=args.inner, context=1024, template=CHATML,
            size=args.vocabulary,
        )  # fmt: skip
        path.write_bytes(pack(values, llama_tensors(values)))
        for way in WAYS:
            command = [sys.executable, __file__, "--one", str(path), *map(str, way)]
            subprocess.run(command, check=True)


def one(path: Path, kept: str, spare: bool, tokens: int, longest: int) -> None:
    """A few steps in this process."""
    import numpy as np

    from engine.train.generator.work import teach

    random = np.random.default_rng(0)

    def words(count: int) -> str:
        return " ".join("abcdefgh"[letter] * 3 for letter in random.integers(0, 8, count))

    talks = tuple(
        Talk((Turn("user", words(20)), Turn("assistant", f"{words(int(longest / 6.5))} {number}")))
        for number in range(60)
    )
    settings = replace(LoraSettings(), longest=longest, tokens_at_once=tokens, kept=kept, spare=spare)
    header = read_header(path)
    forecast = need_of(shape_of(header), facts_of(header), settings).total
    link = Watching()
    spec = LoraSpec(
        name="bench", base="base", path=str(path), sha256="0" * 64, talks=talks, settings=settings, dataset="bench"
    )  # fmt: skip
    with contextlib.suppress(Enough):
        teach(spec, link)  # type: ignore[arg-type]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    step = (link.times[-1] - link.times[0]) / max(1, len(link.times) - 1)
    print(f"{kept:>5} {spare!s:>6} {tokens:>7} {longest:>8} {forecast:>8.0f}M {peak:>6.0f}M {step:>7.1f}", flush=True)


if __name__ == "__main__":
    main()
