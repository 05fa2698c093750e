"""Speed of a generator through our worker, beside a bare llama_cpp.Llama loop with the same file, threads and prompts.

Run from the root: python tests/bench/generator_speed.py [--threads 2] [--rounds 5] [FILE.gguf …]

Without files it takes the public story model where it is, and a model of 50 MB with random weights that it writes.
The two take turns, and each figure is the median of its rounds. Ours is timed in the host: from the ask to the first
piece, and from there to the answer, so that pipe, batching and decoding of text count. The second part asks a second
question over the same passages, with what is kept of the first prompt and without. Prints one JSON object.

On a machine that does other work at the same time, clocks say little: there, the ratios by processor time with
`--threads 1` tell more. llama.cpp's threads wait for each other at every step; OMP_WAIT_POLICY=PASSIVE, which our
workers set, lets them sleep meanwhile. Set it for this program too to give the bare loop the same.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "engine" / "generate")]

from tiny_gguf import tiny  # noqa: E402

from engine.jobs.control import JobControl  # noqa: E402
from engine.jobs.governor import Governor, resident_mb  # noqa: E402
from engine.jobs.resident import Resident  # noqa: E402
from engine.runtimes.gguf.facts import read_facts  # noqa: E402
from engine.runtimes.gguf.forecast import need_of  # noqa: E402
from engine.runtimes.llama import Sampling  # noqa: E402
from engine.serve.generate.values import Ask, LoadSpec  # noqa: E402

STORY = "Once upon a time there was a little girl who loved to play with her red ball in the garden. "
LEAST_SPEED, MOST_WAIT = 0.97, 0.4


class Ours:
    """A generator in our worker. `spent_s` is what it took of the processors, ours and the worker's together."""

    def spent_s(self) -> float:
        import psutil

        times = psutil.Process(self.worker.pid).cpu_times()
        return float(times.user + times.system) + time.process_time()

    def __init__(self, path: Path, context: int, threads: int) -> None:
        spec = LoadSpec("bench", str(path), context, threads, 0)
        self.worker = Resident(
            Governor(), "run_generator", spec, JobControl(), title="bench", start_timeout_s=120
        )  # fmt: skip

    def run(self, prompt: str, tokens: int, *, reuse: bool = False) -> dict[str, float]:
        """Seconds to the first piece, tokens per second after it, and what was read."""
        arrived: list[tuple[float, int]] = []
        ask = Ask(prompt=prompt, max_tokens=tokens, sampling=Sampling(temperature=0), reuse=reuse)
        began = time.perf_counter()
        written = self.worker.ask(
            ask, JobControl(), silence_s=600, on_item=lambda item: arrived.append((time.perf_counter(), item.tokens))
        )
        ended = time.perf_counter()
        first, had = arrived[0]
        rest = max(ended - first, 1e-9)
        return {
            "first_s": first - began,
            "decode": (written.tokens - had) / rest,
            "tokens": written.tokens,
            "prompt_tokens": written.prompt_tokens,
            "reused": written.reused_tokens,
            "pieces": len(arrived),
        }


class Bare:
    """llama_cpp.Llama and the plainest loop over it."""

    def spent_s(self) -> float:
        return time.process_time()

    def __init__(self, path: Path, context: int, threads: int) -> None:
        from llama_cpp import Llama

        self.llama = Llama(
            str(path), n_ctx=context, n_batch=512, n_ubatch=512, n_threads=threads, n_threads_batch=threads,
            verbose=False,
        )  # fmt: skip

    def run(self, prompt: str, tokens: int) -> dict[str, float]:
        self.llama.reset()
        self.llama._ctx.kv_cache_clear()
        words = self.llama.tokenize(prompt.encode())
        count, first = 0, 0.0
        began = time.perf_counter()
        for token in self.llama.generate(words, temp=0.0):
            count += 1
            self.llama.detokenize([token])
            if not first:
                first = time.perf_counter()
            if count == tokens or token == self.llama.token_eos():
                break
        ended = time.perf_counter()
        return {"first_s": first - began, "decode": (count - 1) / max(ended - first, 1e-9), "tokens": count}


def middle(rows: list[dict[str, float]], key: str) -> float:
    return statistics.median(row[key] for row in rows)


def compare(path: Path, threads: int, rounds: int) -> dict[str, Any]:
    facts = read_facts(path)
    context = min(2048, facts.context_length)
    ours, bare = Ours(path, context, threads), Bare(path, context, threads)
    tokens = min(128, context // 4)
    prompt = STORY * 60
    while len(bare.llama.tokenize(prompt.encode())) > context - tokens - 8:
        prompt = prompt[: int(len(prompt) * 0.9)]
    short = STORY[:16]
    for runner in (ours, bare):
        runner.run(prompt, 4)
        runner.run(short, 16)
    long_ours, long_bare, short_ours, short_bare = [], [], [], []
    spent = dict.fromkeys(("read ours", "read bare", "write ours", "write bare"), 0.0)
    for _ in range(rounds):  # in turn, so that what else the machine does meets both
        for name, runner, rows in (("bare", bare, long_bare), ("ours", ours, long_ours)):
            before = runner.spent_s()
            rows.append(runner.run(prompt, 2))
            spent[f"read {name}"] += runner.spent_s() - before
        for name, runner, rows in (("bare", bare, short_bare), ("ours", ours, short_ours)):
            before = runner.spent_s()
            rows.append(runner.run(short, tokens))
            spent[f"write {name}"] += runner.spent_s() - before
    count = middle(long_ours, "prompt_tokens")
    read = {"ours": count / middle(long_ours, "first_s"), "bare": count / middle(long_bare, "first_s")}
    write = {"ours": middle(short_ours, "decode"), "bare": middle(short_bare, "decode")}
    result = {
        "file": path.name,
        "mb": round(path.stat().st_size / 1e6, 1),
        "context": context,
        "prompt_tokens": count,
        "prompt_speed": {name: round(value, 1) for name, value in read.items()},
        "prompt_ratio": round(read["ours"] / read["bare"], 3),
        "decode_tokens": middle(short_ours, "tokens"),
        "decode_speed": {name: round(value, 1) for name, value in write.items()},
        "decode_ratio": round(write["ours"] / write["bare"], 3),
        "processor_s": {name: round(value, 3) for name, value in spent.items()},
        "prompt_ratio_by_processor_time": round(spent["read bare"] / max(spent["read ours"], 1e-9), 3),
        "decode_ratio_by_processor_time": round(spent["write bare"] / max(spent["write ours"], 1e-9), 3),
        "second_question": second_question(ours, prompt, rounds),
        "memory_mb": round(resident_mb(ours.worker.pid), 1),
        "forecast_mb": round(need_of(facts, context).total, 1),
    }
    ours.worker.end()
    result["ok"] = (
        min(result["prompt_ratio"], result["decode_ratio"]) >= LEAST_SPEED
        and result["second_question"]["ratio"] <= MOST_WAIT
    )
    return result


def second_question(ours: Ours, passages: str, rounds: int) -> dict[str, Any]:
    """Seconds to the first token of a question over passages that the question before was asked over."""
    passages = passages[: int(len(passages) * 0.9)]
    questions = ["Who plays?", "What colour is it?"]
    waits: dict[bool, list[dict[str, float]]] = {True: [], False: []}
    for _ in range(rounds):
        for reuse, rows in waits.items():
            ours.run(f"{passages}\nQuestion: {questions[0]}\nAnswer:", 8)
            rows.append(ours.run(f"{passages}\nQuestion: {questions[1]}\nAnswer:", 8, reuse=reuse))
    kept, fresh = (middle(waits[reuse], "first_s") for reuse in (True, False))
    return {
        "prompt_tokens": waits[True][0]["prompt_tokens"],
        "reused_tokens": waits[True][0]["reused"],
        "first_ms_reused": round(kept * 1000, 2),
        "first_ms_fresh": round(fresh * 1000, 2),
        "ratio": round(kept / fresh, 3),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        files = list(options.files)
        if not files:
            files = sorted((ROOT.parent / "shared" / "models").glob("stories260k/*q8_0.gguf"))
            files.append(
                tiny(
                    Path(folder) / "random-47m.gguf",
                    width=512, layers=12, heads=8, kv_heads=4, inner=1408, context=2048, size=8192,
                )
            )  # fmt: skip
        results = [compare(path, options.threads, options.rounds) for path in files]
    print(json.dumps({"threads": options.threads, "models": results}, indent=1))
    return 0 if all(result["ok"] for result in results) else 1


if __name__ == "__main__":
    sys.exit(main())
