"""Stage 3: a model that continues English text.

    python packaging/models/generator/pretrain.py --work DIR --minutes N [--shape cpu] [--role student] [--device auto]

Reads windows of the token files in the shares of `sources.GROUP_SHARES`; every position counts.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import torch
from generator import options, shapes
from generator.machine import Machine, compiled
from generator.model import Llama, token_losses
from generator.optimiser import optimisers
from generator.sources import GROUP_SHARES
from generator.stream import Stream
from generator.training import Goal, State, train
from torch import Tensor

COMPILE_MINUTES = 10.0
"""On a processor compiling takes a minute and gives a tenth; a run must be this long to win it back."""


def run(
    work: Path, plan: shapes.Plan, role: str, machine: Machine, goal: Goal, *, stop_after: int | None = None
) -> State:
    """Train `role` ("student" or "teacher") into work/pretrain-ROLE."""
    shape = plan.teacher if role == "teacher" else plan.student
    if shape is None:
        raise ValueError("this shape has no teacher")
    files = {group: work / "tokens" / f"{group}.bin" for group in GROUP_SHARES}
    stream = Stream({name: path for name, path in files.items() if path.exists()}, GROUP_SHARES, plan.length, goal.seed)
    model = Llama(shape, goal.seed).to(machine.device)
    steps = optimisers(model, goal.rate, machine.fused, machine.half)
    if machine.fused or (goal.minutes or 0.0) >= COMPILE_MINUTES:
        compiled(model, machine)

    def make(step: int) -> Sequence[Tensor]:
        first = step * plan.rows * plan.gather
        return [torch.from_numpy(stream.rows(first + part * plan.rows, plan.rows)) for part in range(plan.gather)]

    def measure(batch: Tensor) -> tuple[Tensor, int, int]:
        tokens = batch.to(machine.device, non_blocking=True)
        states = model.states(tokens[:, :-1]).flatten(0, 1)
        losses = token_losses(states, model.token_embd.weight, tokens[:, 1:].flatten())
        return losses.sum(), losses.numel(), losses.numel()

    state = train(
        model, steps, make, measure, goal, work / f"pretrain-{role}", half=machine.half, stop_after=stop_after
    )
    print(f"read through: {stream.passes(state.step * plan.rows * plan.gather)}", flush=True)
    return state


def main() -> None:
    chosen = options.stage(__doc__, roles=("student", "teacher"))
    plan = shapes.TABLE[chosen.shape]
    run(chosen.work, plan, chosen.role, options.machine(chosen), options.goal(chosen, plan.rate))


if __name__ == "__main__":
    main()
