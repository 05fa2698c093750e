"""One loop for every stage that learns: pretrain, tune and distil.

The rate warms up, stays, and falls in a straight line to zero over the last part ("warm-up, stable, decay"; Hu and
others, "MiniCPM", 2024). A run is bounded by minutes or by steps. By minutes, nothing but the fall needs to know the
end: it begins when its share of the time is left, and its end is planned anew from the measured time of a step, so that
a machine that gets slower or faster still ends on time with a rate of zero.

What a step reads depends on the number of the step alone, and nothing is drawn while training, so a run bounded by
steps that is killed and started again ends with the same numbers.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import asdict, dataclass
from pathlib import Path
from time import monotonic
from typing import Any

import torch
from generator import checkpoints
from torch import Tensor, nn

CLIP = 1.0
BAD_IN_A_ROW = 3
ROLLBACKS = 5
REPLAN_STEPS = 10


@dataclass(frozen=True)
class Goal:
    """How long and how fast. Either `minutes` or `steps` is given."""

    rate: float
    minutes: float | None = None
    steps: int | None = None
    warm_steps: int = 50
    decay_share: float = 0.3
    save_seconds: float = 120.0
    log_seconds: float = 15.0
    seed: int = 0


@dataclass
class State:
    """What a checkpoint holds beside tensors."""

    step: int = 0
    seconds: float = 0.0
    tokens: int = 0
    factor: float = 1.0
    end: int | None = None
    step_seconds: float = 0.0
    rate_scale: float = 1.0
    shift: int = 0
    rollbacks: int = 0
    loss: float = math.nan


class TrainingFailed(Exception):
    """Losses stayed without a finite value after several returns to an earlier checkpoint."""


Batch = Any
MakeBatches = Callable[[int], Sequence[Batch]]
"""Number of the step to its micro-batches."""
Measure = Callable[[Batch], tuple[Tensor, int, int]]
"""A micro-batch to the sum of its losses, how many positions it summed, and how many tokens it read."""


def next_factor(state: State, goal: Goal) -> float:
    """Share of the full rate for the step that comes; fixes or moves `state.end` where the fall is near."""
    if goal.steps is not None:
        state.end = goal.steps
        fall = max(1, round(goal.steps * goal.decay_share))
        warm = min(goal.warm_steps, max(1, goal.steps // 5))
        return min(1.0, (state.step + 1) / warm, (goal.steps - state.step) / fall)
    assert goal.minutes is not None
    left = goal.minutes * 60 - state.seconds
    warm_up = min(1.0, (state.step + 1) / goal.warm_steps)
    if left > goal.minutes * 60 * goal.decay_share or not state.step_seconds:
        return warm_up
    if state.end is None or state.step % REPLAN_STEPS == 0:
        state.end = state.step + max(1, round(left / state.step_seconds))
    ahead = max(1, state.end - state.step)
    return min(warm_up, state.factor) * (ahead - 1) / ahead if ahead > 1 else state.factor / 2


def _finished(state: State, goal: Goal) -> bool:
    if goal.steps is not None:
        return state.step >= goal.steps
    assert goal.minutes is not None
    return state.seconds + state.step_seconds / 2 >= goal.minutes * 60 or (
        state.end is not None and state.step >= state.end
    )


def train(
    model: nn.Module,
    optimisers: list[torch.optim.Optimizer],
    make: MakeBatches,
    measure: Measure,
    goal: Goal,
    folder: Path,
    *,
    half: bool = False,
    stop_after: int | None = None,
) -> State:
    """Train until the goal; the last checkpoint in `folder` is the result.

    Args:
        half: compute in bfloat16 (weights and optimiser states stay float32).
        stop_after: for tests: leave after this many steps without a checkpoint, as a kill would.
    Raises:
        TrainingFailed: losses are not finite, again and again.
    """
    folder.mkdir(parents=True, exist_ok=True)
    device = next(model.parameters()).device
    state = State()
    found = checkpoints.load_newest(folder)
    if found is not None:
        checkpoints.put_back(found[0], model, optimisers)
        state = State(**found[1])
        if goal.minutes is not None and state.end is not None and state.step < state.end:
            state.end = None

    def note(**values: Any) -> None:
        line = json.dumps({"stage": folder.name, **values})
        with (folder / "log.jsonl").open("a", encoding="utf-8") as log:
            log.write(line + "\n")
        print(line, flush=True)

    def save() -> None:
        checkpoints.save_step(folder, state.step, checkpoints.tensors_of(model, optimisers), asdict(state))

    clock = monotonic()
    saved = logged = state.seconds
    read_before, bad, done = state.tokens, 0, 0
    if found is not None:
        note(event="resumed", step=state.step, seconds=round(state.seconds, 1))
    else:
        save()
    while not _finished(state, goal):
        state.factor = next_factor(state, goal)
        for optimiser in optimisers:
            for group in optimiser.param_groups:
                group["lr"] = goal.rate * state.factor * state.rate_scale
            optimiser.zero_grad(set_to_none=True)
        loss, counted, tokens = _gradients(model, make(state.step + state.shift), measure, half)
        norm = float(nn.utils.clip_grad_norm_(model.parameters(), CLIP))
        if math.isfinite(loss) and math.isfinite(norm):
            for optimiser in optimisers:
                optimiser.step()
            bad = 0
            state.loss = loss if math.isnan(state.loss) else 0.95 * state.loss + 0.05 * loss
        else:
            bad += 1
            note(event="not finite", step=state.step, loss=str(loss), norm=str(norm))
        state.step += 1
        state.tokens += tokens
        if bad == BAD_IN_A_ROW:
            state = _roll_back(state, folder, model, optimisers)
            note(event="rolled back", step=state.step, rate_scale=state.rate_scale)
            bad = 0
        if device.type == "cuda" and state.step % 10 == 0:
            torch.cuda.synchronize()
        now = monotonic()
        took, clock = now - clock, now
        state.seconds += took
        done += 1
        # The first steps compile and warm up; what they took says nothing about the rest.
        state.step_seconds = took if done <= 3 else 0.9 * state.step_seconds + 0.1 * took
        if stop_after is not None and done >= stop_after:
            return state
        if state.seconds - logged >= goal.log_seconds:
            pace = (state.tokens - read_before) / (state.seconds - logged)
            note(
                step=state.step,
                seconds=round(state.seconds, 1),
                loss=round(state.loss, 4),
                now=round(loss, 4),
                norm=round(norm, 3),
                rate=float(f"{goal.rate * state.factor * state.rate_scale:.3g}"),
                tokens=state.tokens,
                tokens_per_s=round(pace),
                answer_positions=counted,
            )
            logged, read_before = state.seconds, state.tokens
        if state.seconds - saved >= goal.save_seconds:
            save()
            saved = state.seconds
    save()
    note(
        event="finished",
        step=state.step,
        seconds=round(state.seconds, 1),
        tokens=state.tokens,
        loss=round(state.loss, 4),
    )
    return state


def _gradients(model: nn.Module, batches: Sequence[Batch], measure: Measure, half: bool) -> tuple[float, int, int]:
    """Gradients of the mean loss over all positions of a step; the mean, the positions, the tokens read."""
    device = next(model.parameters()).device
    total, counted, tokens = torch.zeros((), device=device), 0, 0
    for batch in batches:
        with torch.autocast(device.type, torch.bfloat16) if half else nullcontext():
            summed, positions, read = measure(batch)
        summed.backward()  # type: ignore[no-untyped-call]
        total += summed.detach()
        counted += positions
        tokens += read
    for weight in model.parameters():
        if weight.grad is not None:
            weight.grad /= max(1, counted)
    return float(total) / max(1, counted), counted, tokens


def _roll_back(state: State, folder: Path, model: nn.Module, optimisers: list[torch.optim.Optimizer]) -> State:
    """Back to the last checkpoint with half the rate, past the texts that broke it. Time spent stays spent."""
    found = checkpoints.load_newest(folder)
    if found is None or state.rollbacks >= ROLLBACKS:
        raise TrainingFailed(
            f"{folder}: losses are not finite after {state.rollbacks} returns to an earlier checkpoint"
        )
    checkpoints.put_back(found[0], model, optimisers)
    back = State(**found[1])
    back.shift = state.shift + state.step - back.step
    back.seconds, back.rate_scale, back.rollbacks = state.seconds, state.rate_scale / 2, state.rollbacks + 1
    return back
