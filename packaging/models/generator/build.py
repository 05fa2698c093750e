"""The whole way from texts to the bundled generator, in a given number of minutes.

    python packaging/models/generator/build.py --minutes N --device auto --work DIR [--corpus DIR --data DIR]
        [--shape cpu|gpu] [--out assets/models/generator-en]

prepare -> tokenizer -> pretrain -> tune -> distil -> quantise -> evaluate -> card. Started again with the same --work
it goes on where it stopped, at most a checkpoint (two minutes) back; minutes spent before count. Reading and cutting
the texts takes what it takes; what is left after it, less the last stages, but a fifth of the minutes at least, is
shared by the stages that learn (`shapes.Plan`). With --until tokenizer the texts are made ready alone, for a machine
whose minutes count: carried there, the same command without it goes on, and what was spent before is free. Progress:
work/build.log and work/STAGE/log.jsonl. Another plan (other minutes, seed or shape) in the same work folder is refused.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TextIO

# Threads that wait give the processor to other programs: with none, a busy machine slows training tenfold.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from generator import card, distil, evaluate, machine, prepare, pretrain, quantise, shapes, tokenizer, tune
from generator.training import Goal, State

BOOKS_MB = {"cpu": 30.0, "cpu-wide": 60.0, "gpu": 200.0, "tiny": 1.0}
ROWS = {"cpu": 36_000, "cpu-wide": 100_000, "gpu": 150_000, "tiny": 500}
LAST_SHARE = 0.03
"""Share of the minutes kept for quantising and measuring, as long as nothing better is known."""
MOST_FOR_LAST = 300.0
"""Seconds."""


class Tee:
    """Standard output and a log file together."""

    def __init__(self, log: TextIO) -> None:
        self.screen, self.log = sys.stdout, log

    def write(self, text: str) -> int:
        self.log.write(text)
        self.log.flush()
        return self.screen.write(text)

    def flush(self) -> None:
        self.screen.flush()


class Run:
    """The plan and the time spent, kept in work/run.json."""

    def __init__(self, work: Path, plan: dict[str, Any]) -> None:
        self.path = work / "run.json"
        self.kept: dict[str, Any] = {"plan": plan, "seconds": {}, "learning": {}}
        if self.path.exists():
            self.kept = json.loads(self.path.read_text())
            if self.kept["plan"] != plan:
                raise SystemExit(
                    f"{self.path} holds another plan: {self.kept['plan']}, not {plan}. Use another --work."
                )

    def save(self) -> None:
        new = self.path.with_suffix(".new")
        new.write_text(json.dumps(self.kept, indent=1))
        new.replace(self.path)

    def free(self) -> None:
        """What was spent so far does not count."""
        self.kept["seconds_before"] = {**self.kept.get("seconds_before", {}), **self.kept["seconds"]}
        self.kept["seconds"] = {}
        self.save()

    def stage(self, name: str, work: Callable[[], object]) -> None:
        """Do a stage once. Its seconds add up over restarts."""
        seconds = self.kept["seconds"]
        if self.kept.get("done", {}).get(name):
            print(f"{name}: done before", flush=True)
            return
        started, before = time.monotonic(), seconds.get(name, 0.0)
        print(f"== {name} {time.strftime('%H:%M:%S')}", flush=True)
        try:
            result = work()
        finally:
            seconds[name] = round(before + time.monotonic() - started, 1)
            self.save()
        if isinstance(result, State):  # its checkpoints count what was spent before a kill too
            seconds[name] = max(seconds[name], round(result.seconds, 1))
        self.kept.setdefault("done", {})[name] = True
        self.save()


def learning_minutes(run: Run, plan: shapes.Plan, minutes: float) -> dict[str, float]:
    """Minutes of each stage that learns, fixed once the texts are cut."""
    if not run.kept["learning"]:
        total = minutes * 60
        spent = sum(run.kept["seconds"].values())
        left = max(total - spent - min(MOST_FOR_LAST, total * LAST_SHARE), 0.2 * total)
        shares = {"pretrain-student": plan.pretrain_share, "tune-student": plan.tune_share}
        if plan.teacher is not None:
            shares["pretrain-teacher"] = plan.teacher_share
            shares["tune-teacher"] = plan.tune_share
            shares["tune-student"] = plan.baseline_share
            shares["distil-student"] = plan.baseline_share
        whole = sum(shares.values())
        run.kept["learning"] = {name: round(left * share / whole / 60, 3) for name, share in shares.items()}
        run.save()
    return dict(run.kept["learning"])


def build(options: argparse.Namespace) -> None:
    """Everything, in order."""
    where = machine.choose(options.device)
    name = options.shape or ("gpu" if where.device.type == "cuda" else "cpu")
    plan, work = shapes.TABLE[name], options.work
    run = Run(work, {"shape": name, "minutes": options.minutes, "seed": options.seed})
    run.kept["device"] = where.name
    data = options.data if options.data.is_dir() else None
    print(f"build: shape {name}, {plan.student.parameters / 1e6:.1f} million parameters, {where}", flush=True)

    run.stage("prepare", lambda: prepare.prepare(
        work, options.corpus, data, books_mb=BOOKS_MB[name], rows_limit=ROWS[name], seed=options.seed))  # fmt: skip
    run.stage("tokenizer", lambda: tokenizer.run(work, plan.student.vocabulary))
    if options.until == "tokenizer":
        run.free()
        return
    minutes = learning_minutes(run, plan, options.minutes)
    print(f"minutes of learning: {minutes}", flush=True)

    def goal(stage: str, rate: float) -> Goal:
        return Goal(
            rate=rate,
            minutes=minutes[stage],
            seed=options.seed,
            warm_steps=100 if "pretrain" in stage else 30,
            save_seconds=min(120.0, max(5.0, minutes[stage] * 6)),
        )

    for role in ("teacher", "student"):
        if f"pretrain-{role}" in minutes:
            run.stage(f"pretrain-{role}", lambda role=role: pretrain.run(
                work, plan, role, where, goal(f"pretrain-{role}", plan.rate)))  # type: ignore[misc] # fmt: skip
            run.stage(f"tune-{role}", lambda role=role: tune.run(
                work, plan, role, where, goal(f"tune-{role}", plan.tune_rate)))  # type: ignore[misc] # fmt: skip
    if "distil-student" in minutes:
        run.stage("distil", lambda: distil.run(work, plan, where, goal("distil-student", plan.tune_rate)))
    else:
        print("distil: skipped, this shape has no teacher", flush=True)
    run.stage("quantise", lambda: quantise.run(work, plan))
    run.stage("evaluate", lambda: evaluate.run(work, plan, where))
    if options.out is not None:
        card.run(work, plan, options.out, where.name)
    spent = sum(run.kept["seconds"].values()) / 60
    print(f"build: {spent:.1f} of {options.minutes:g} minutes; {run.kept['seconds']}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, required=True)
    parser.add_argument("--device", default="auto")
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--shape", choices=sorted(shapes.TABLE))
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--until", choices=("tokenizer",))
    parser.add_argument("--nice", type=int, default=19, help="how far to stand back for other programs")
    options = parser.parse_args()
    if hasattr(os, "nice"):
        os.nice(max(0, options.nice - os.nice(0)))
    options.work.mkdir(parents=True, exist_ok=True)
    with (options.work / "build.log").open("a", encoding="utf-8") as log:
        sys.stdout = Tee(log)
        try:
            build(options)
        finally:
            sys.stdout = sys.__stdout__


if __name__ == "__main__":
    main()
