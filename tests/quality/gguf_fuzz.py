"""Mutates sound GGUF files and shows each to the reader of headers, which has to refuse or read it within two seconds.

Run from the root: python tests/quality/gguf_fuzz.py [--files 10000] [--seed 1] [--load 200]

Every mutated file is read by our own reader in this process: anything but a refusal or a reading is a crash. With
`--load`, so many of the files that it lets through are put to llama.cpp in a worker, as an import does; a crash there
ends the worker, is counted, and is a refusal for the host. Prints one JSON object; exit code 1 after a crash here.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import random
import struct
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "engine" / "generate")]

from tiny_gguf import CHATML, tiny  # noqa: E402

from engine.errors import GgufUnusable  # noqa: E402
from engine.runtimes.gguf.facts import facts_of  # noqa: E402
from engine.runtimes.gguf.header import read_header  # noqa: E402
from engine.runtimes.gguf.vocabulary import read_steering  # noqa: E402

SLOWEST_S = 2.0
NUMBERS = (
    0,
    1,
    2,
    127,
    255,
    1 << 15,
    1 << 16,
    (1 << 31) - 1,
    1 << 31,
    (1 << 32) - 1,
    1 << 40,
    (1 << 63) - 1,
    (1 << 64) - 1,
)


def mutated(body: bytes, head: int, pick: random.Random) -> bytes:
    """A file with its header changed in one of the ways in which files are wrong or made wrong."""
    found = bytearray(body)
    way = pick.randrange(8)
    if way == 0:  # cut short
        return bytes(found[: pick.randrange(len(found))])
    if way == 1:  # single bits
        for _ in range(pick.randrange(1, 12)):
            found[pick.randrange(head)] ^= 1 << pick.randrange(8)
    elif way == 2:  # numbers of eight bytes
        for _ in range(pick.randrange(1, 4)):
            at = pick.randrange(head - 8)
            found[at : at + 8] = struct.pack("<Q", pick.choice(NUMBERS))
    elif way == 3:  # numbers of four bytes
        for _ in range(pick.randrange(1, 4)):
            at = pick.randrange(head - 4)
            found[at : at + 4] = struct.pack("<I", pick.choice(NUMBERS) & 0xFFFFFFFF)
    elif way == 4:  # a piece twice
        at, size = pick.randrange(head), pick.randrange(1, 400)
        found[at:at] = found[at : at + size]
    elif way == 5:  # a piece gone
        at, size = pick.randrange(head), pick.randrange(1, 400)
        del found[at : at + size]
    elif way == 6:  # noise over a piece
        at, size = pick.randrange(head), pick.randrange(1, 200)
        found[at : at + size] = pick.randbytes(len(found[at : at + size]))
    else:  # counts at the start
        at = pick.choice((4, 8, 16))
        found[at : at + 8] = struct.pack("<Q", pick.choice(NUMBERS) if pick.random() < 0.5 else pick.randrange(64))
    return bytes(found)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--load", type=int, default=0)
    options = parser.parse_args()
    pick = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sources = [tiny(folder / "plain.gguf"), tiny(folder / "chat.gguf", template=CHATML)]
        shared = ROOT.parent / "shared" / "models"
        sources += sorted(shared.glob("stories260k/*q8_0.gguf"))
        bodies = [(path.read_bytes(), read_header(path).weights_start) for path in sources]
        result = read_all(folder, bodies, options.files, pick)
        passed = result.pop("passed")
        if options.load:
            result["loaded"] = load_some(folder, passed[: options.load])
    print(json.dumps(result, indent=1))
    return 1 if result["crashes"] or result["slow"] else 0


def read_all(folder: Path, bodies: list[tuple[bytes, int]], count: int, pick: random.Random) -> dict:
    refused, crashes, slow, slowest = 0, [], 0, 0.0
    passed: list[bytes] = []
    reasons: Counter[str] = Counter()
    file = folder / "mutated.gguf"
    for number in range(count):
        body, head = pick.choice(bodies)
        wrong = mutated(body, head, pick)
        file.write_bytes(wrong)
        began = time.perf_counter()
        try:
            header = read_header(file)
            facts_of(header)
            read_steering(header)
        except GgufUnusable as error:
            refused += 1
            reasons[" ".join(str(error.details["reason"]).split()[:4])] += 1
        except Exception as error:
            crashes.append(f"file {number}: {type(error).__name__}: {error}")
        else:
            if len(passed) < 2000 and wrong != body:
                passed.append(wrong)
        spent = time.perf_counter() - began
        slowest = max(slowest, spent)
        slow += spent > SLOWEST_S
    return {
        "files": count,
        "refused": refused,
        "let_through": count - refused - len(crashes),
        "crashes": crashes[:20],
        "slow": slow,
        "slowest_s": round(slowest, 4),
        "reasons": dict(reasons.most_common(12)),
        "passed": passed,
    }


def load_some(folder: Path, bodies: list[bytes]) -> dict:
    """Put files to llama.cpp in workers, as `models import` does."""
    from engine.errors import EngineError, WorkerDied, WorkerHung
    from engine.jobs.control import JobControl
    from engine.jobs.worker import Workers
    from engine.serve.generate.values import LoadSpec

    ends: Counter[str] = Counter()
    slowest = 0.0
    file = folder / "passed.gguf"
    for body in bodies:
        file.write_bytes(body)
        began = time.perf_counter()
        try:
            spec = LoadSpec("fuzz", str(file), 256, 1, 0)
            Workers().run("try_generator", spec, JobControl(), title="fuzz", timeout_s=60, memory_mb=2000)
            ends["opened"] += 1
        except (WorkerDied, WorkerHung) as error:
            ends[type(error).__name__] += 1
        except EngineError as error:
            ends[f"refused: {error.code}"] += 1
        slowest = max(slowest, time.perf_counter() - began)
    with contextlib.suppress(OSError):
        file.unlink()
    return {"files": len(bodies), "ends": dict(ends), "slowest_s": round(slowest, 2)}


if __name__ == "__main__":
    sys.exit(main())
