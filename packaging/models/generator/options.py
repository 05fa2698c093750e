"""What the stages' command lines have in common."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from generator import shapes
from generator.machine import Machine, choose
from generator.training import Goal


def stage(description: str | None, roles: Sequence[str] = ()) -> argparse.Namespace:
    """Parse the options of a stage that learns."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--shape", choices=sorted(shapes.TABLE), default="cpu")
    parser.add_argument("--device", default="auto")
    parser.add_argument("--minutes", type=float)
    parser.add_argument("--steps", type=int)
    parser.add_argument("--seed", type=int, default=0)
    if roles:
        parser.add_argument("--role", choices=roles, default=roles[0])
    chosen = parser.parse_args()
    if (chosen.minutes is None) == (chosen.steps is None):
        parser.error("give either --minutes or --steps")
    return chosen


def machine(chosen: argparse.Namespace) -> Machine:
    return choose(chosen.device)


def goal(chosen: argparse.Namespace, rate: float) -> Goal:
    return Goal(rate=rate, minutes=chosen.minutes, steps=chosen.steps, seed=chosen.seed)
