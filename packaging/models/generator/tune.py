"""Stages 4 and 5: tune a model on rows, alone or beside a teacher.

    python packaging/models/generator/tune.py --work DIR --minutes N [--shape cpu] [--role student] [--device auto]

Starts from work/pretrain-ROLE. Only the answer counts, its end of turn with it. Rows of like length share a batch: a
block of rows is shuffled by the seed and the number of the pass, sorted by length, cut into micro-batches of at most so
many tokens, and these are shuffled again. Every row is padded on its right, where nothing looks.

With a teacher (`distil.py`) the loss is half the cross-entropy and half the teacher's distance (forward
Kullback-Leibler) over the same positions.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np
import torch
from generator import checkpoints, options, shapes
from generator.machine import Machine, compiled
from generator.model import Llama, token_losses
from generator.optimiser import optimisers
from generator.training import Goal, State, train
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

BLOCK = 2048
ROUND_TO = 32
PAD_ID = 3
TEACHER_WEIGHT = 0.5


class Rows:
    """Rows of tuning as padded batches; which rows a step reads follows from its number."""

    def __init__(self, path: Path, batch_tokens: int, seed: int, longest: int) -> None:
        self.tokens = np.memmap(path, dtype=np.uint16, mode="r")
        self.counts = np.memmap(path.with_suffix(".counts"), dtype=np.uint8, mode="r")
        index = np.load(path.with_name(f"{path.stem}-index.npy"))
        self.index: NDArray[np.int64] = index[_padded(index[:, 1] - index[:, 0]) <= longest]
        if not len(self.index):
            raise ValueError(f"{path} holds no row that fits into {longest} tokens")
        self.batch_tokens, self.seed = batch_tokens, seed
        self._passes: dict[int, list[NDArray[np.int64]]] = {}

    def _of_pass(self, number: int) -> list[NDArray[np.int64]]:
        """Batches (row numbers) of one pass over all rows."""
        if number not in self._passes:
            chooser = np.random.default_rng([self.seed, number])
            order = chooser.permutation(len(self.index))
            made: list[NDArray[np.int64]] = []
            for start in range(0, len(order), BLOCK):
                made.extend(self._cut(order[start : start + BLOCK]))
            chooser.shuffle(made)
            self._passes = {number: made}
        return self._passes[number]

    def _cut(self, block: NDArray[np.int64]) -> list[NDArray[np.int64]]:
        sizes = self.index[block, 1] - self.index[block, 0]
        block = block[np.argsort(sizes, kind="stable")]
        made: list[NDArray[np.int64]] = []
        held: list[int] = []
        for row in block[::-1]:
            size = _padded(int(self.index[held[0], 1] - self.index[held[0], 0])) if held else 0
            if held and size * (len(held) + 1) > self.batch_tokens:
                made.append(np.asarray(held))
                held = []
            held.append(int(row))
        made.append(np.asarray(held))
        return made

    def batch(self, number: int) -> tuple[Tensor, Tensor]:
        """Batch `number`: tokens int64 (rows, length) and bool, True where the token is part of an answer."""
        passed = 0
        while number >= len(batches := self._of_pass(passed)):
            number -= len(batches)
            passed += 1
        return self.rows(batches[number])

    def rows(self, chosen: NDArray[np.int64]) -> tuple[Tensor, Tensor]:
        spans = self.index[chosen]
        length = _padded(int((spans[:, 1] - spans[:, 0]).max()))
        tokens = np.full((len(chosen), length + 1), PAD_ID, np.int64)
        counts = np.zeros((len(chosen), length + 1), bool)
        for place, (start, end) in enumerate(spans):
            tokens[place, : end - start] = self.tokens[start:end]
            counts[place, : end - start] = self.counts[start:end] == 1
        return torch.from_numpy(tokens), torch.from_numpy(counts)


def _padded(size: Any) -> Any:
    """Sizes, numbers or arrays, up to the next multiple of ROUND_TO."""
    return (size + ROUND_TO - 1) // ROUND_TO * ROUND_TO


def weights_of(folder: Path) -> dict[str, Tensor]:
    """Weights of the newest checkpoint of a stage.

    Raises:
        FileNotFoundError: the stage has not run.
    """
    found = checkpoints.load_newest(folder)
    if found is None:
        raise FileNotFoundError(f"{folder} holds no checkpoint; run the stage before this one first")
    return {name[6:]: tensor for name, tensor in found[0].items() if name.startswith("model.")}


def run(
    work: Path,
    plan: shapes.Plan,
    role: str,
    machine: Machine,
    goal: Goal,
    *,
    teacher: Path | None = None,
    to: Path | None = None,
    stop_after: int | None = None,
) -> State:
    """Tune work/pretrain-ROLE into work/tune-ROLE (or `to`), beside the tuned `teacher` where one is given."""
    shape = plan.teacher if role == "teacher" else plan.student
    if shape is None:
        raise ValueError("this shape has no teacher")
    rows = Rows(work / "tokens" / "tune.bin", plan.rows * plan.length, goal.seed, shape.context)
    model = Llama(shape, goal.seed)
    model.load_state_dict(weights_of(work / f"pretrain-{role}"))
    model.to(machine.device)
    guide: Llama | None = None
    if teacher is not None and plan.teacher is not None:
        guide = Llama(plan.teacher)
        guide.load_state_dict(weights_of(teacher))
        guide.to(machine.device).requires_grad_(False)
    steps = optimisers(model, goal.rate, machine.fused, machine.half)
    if machine.device.type == "cuda":  # on a processor every new length would be compiled for minutes
        compiled(model, machine, dynamic=True)

    def make(step: int) -> Sequence[tuple[Tensor, Tensor]]:
        return [rows.batch(step * plan.gather + part) for part in range(plan.gather)]

    def measure(batch: tuple[Tensor, Tensor]) -> tuple[Tensor, int, int]:
        tokens, counts = batch[0].to(machine.device), batch[1].to(machine.device)
        states = model.states(tokens[:, :-1])[counts[:, 1:]]
        targets = tokens[:, 1:][counts[:, 1:]]
        losses = token_losses(states, model.token_embd.weight, targets)
        if guide is not None:
            with torch.no_grad():
                wanted = functional.linear(guide.states(tokens[:, :-1])[counts[:, 1:]], guide.token_embd.weight)
            losses = (1 - TEACHER_WEIGHT) * losses + TEACHER_WEIGHT * distance(
                functional.linear(states, model.token_embd.weight), wanted
            )
        return losses.sum(), losses.numel(), int(tokens.numel())

    return train(
        model, steps, make, measure, goal, to or work / f"tune-{role}", half=machine.half, stop_after=stop_after
    )


def distance(logits: Tensor, wanted: Tensor) -> Tensor:
    """Forward Kullback-Leibler distance of each position, float32 (positions,): how far `logits` are from `wanted`."""
    ours, theirs = logits.float().log_softmax(-1), wanted.float().log_softmax(-1)
    return (theirs.exp() * (theirs - ours)).sum(-1)


def main() -> None:
    chosen = options.stage(__doc__, roles=("student", "teacher"))
    plan = shapes.TABLE[chosen.shape]
    run(chosen.work, plan, chosen.role, options.machine(chosen), options.goal(chosen, plan.tune_rate))


if __name__ == "__main__":
    main()
