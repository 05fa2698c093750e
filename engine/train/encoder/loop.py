"""The training loop over cached states: early stopping, best weights, rollback from NaN, checkpoints and resume.

What is learned is given as a `Goal`: a head, a loss and a score. Classifiers and entity readers bring their own.
"""

from __future__ import annotations

import math
import time
from typing import NamedTuple, Protocol

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from engine.api.teach import CurvePoint
from engine.errors import TrainingDiverged
from engine.runtimes.freed import give_back_freed
from engine.train.encoder.checkpoint import Checkpoint
from engine.train.encoder.keep import load_state, save_state
from engine.train.encoder.layers import KEPT, Top
from engine.train.encoder.ranks import RankBudget
from engine.train.encoder.settings import AdaptSettings
from engine.train.encoder.states import Batch, States

MOST_ROLLBACKS = 3
LOOK_EVERY_S = 20.0  # validation scores of long passes; short passes are looked at when they end
LOOK_SHARE = 0.1  # of the time, at most, goes into looks within a pass
LEAST_WAIT = 1.5  # passes without a better score before training ends, however often it was looked
WAIT_SHARE = 0.5  # of all passes, likewise
CURVE_EVERY_S = 0.5
MOST_PIECES = 1024  # of a batch at once, padding included: bounds the memory of long texts
FREE_EVERY = 10  # steps; batches of many lengths leave holes behind, up to 350 MB
LONGEST_STEP = 1.0  # norm to which gradients are cut


class Link(Protocol):
    """What the worker's side of a job offers (engine/jobs/child.py)."""

    def report(
        self, done: int, total: int | None, stage: str, note: str = "", values: dict[str, float] | None = None
    ) -> None: ...

    def send(self, item: Checkpoint) -> None: ...

    def check(self) -> None: ...


class Goal(Protocol):
    """What is taught on top of the states."""

    head: nn.Module

    def loss(self, states: Tensor, batch: Batch) -> Tensor:
        """Loss of one batch; `states` float32 (texts, pieces, 384) come out of the top."""

    def score(self, top: Top, states: States) -> float:
        """How good the present weights are on the validation texts, higher is better; both are in eval mode."""


class Outcome(NamedTuple):
    """How a training went; the top and the head hold the best weights. `epochs` counts passes, the last may be part.
    `state` is a checkpoint from which `train` has nothing left to do, where it was asked for."""

    steps: int
    epochs: float
    best: float | None
    curve: tuple[CurvePoint, ...]
    seconds: float
    stopped: str
    rollbacks: int
    state: bytes = b""


def train(
    top: Top,
    goal: Goal,
    states: States,
    rows: NDArray[np.int64],
    settings: AdaptSettings,
    link: Link,
    *,
    watch: bool = True,
    resume: bytes = b"",
    keep_state: bool = False,
) -> Outcome:
    """Teach the top and the head.

    Args:
        states: of all texts, taught and validation.
        rows: numbers of the taught texts.
        watch: ask `goal.score` and keep the best weights; without, the last weights are kept.
        resume: body of a checkpoint of the same training.
        keep_state: send a last checkpoint, and return it.
    Raises:
        TrainingDiverged: the loss was not a number again and again, though smaller steps were tried.
        Cancelled.
    """
    return _Run(top, goal, states, rows, settings, link, watch=watch).go(resume, keep_state=keep_state)


class _Run:
    def __init__(
        self,
        top: Top,
        goal: Goal,
        states: States,
        rows: NDArray[np.int64],
        settings: AdaptSettings,
        link: Link,
        *,
        watch: bool,
    ) -> None:
        self.top, self.goal, self.states, self.rows = top, goal, states, rows
        self.settings, self.link, self.watch = settings, link, watch
        self.both = nn.ModuleList([top, goal.head]).to(settings.device)
        self.per_pass = math.ceil(len(rows) / settings.batch_texts)
        self.total = settings.epochs * self.per_pass
        groups = [
            {"params": top.taught(), "lr": settings.learning_rate},
            {"params": list(goal.head.parameters()), "lr": settings.head_rate},
        ]
        self.optimizer = torch.optim.AdamW(groups, weight_decay=settings.weight_decay)
        self.highest = [settings.learning_rate, settings.head_rate]
        self.budget = RankBudget(top) if settings.method == "adalora" else None
        self.step = 0
        self.best: float | None = None
        self.best_state: dict[str, Tensor] = {}
        self.looks_without = self.best_step = 0
        self.rollbacks = 0
        self.look_every_s = LOOK_EVERY_S
        self.curve: list[CurvePoint] = []
        self.average: dict[str, Tensor] = {}
        self.stopped = ""

    # --- the whole run ---

    def go(self, resume: bytes, *, keep_state: bool) -> Outcome:
        if resume:
            load_state(self, resume)
        self.began = self.saved_at = self.looked_at = self.told_at = self._now()
        good = self._snapshot()
        was_over = bool(resume) and (self.step >= self.total or bool(self.stopped))
        while self.step < self.total and not self.stopped:
            epoch = self.step // self.per_pass
            batches = self.states.shuffled(
                self.rows, self.settings.batch_texts, np.random.default_rng((self.settings.seed, epoch))
            )
            for rows in batches[self.step % self.per_pass :]:
                loss = self._one(rows)
                if not math.isfinite(loss):
                    self._roll_back(good)
                    break
                self.step += 1
                self._tell(loss)
                if self.step % 50 == 0:
                    good = self._snapshot()
                if self.step % FREE_EVERY == 0:
                    give_back_freed()
                self.stopped = self._pause_points(loss)
                if self.stopped or self.step >= self.total:
                    break
        if self.watch and self.step and not self.stopped and not was_over:
            self._look(0.0 if not self.curve else self.curve[-1].loss)
        state = b""
        if keep_state:
            state = resume if was_over else save_state(self)
            self.link.send(Checkpoint(self.step / self.per_pass, self.step, state))
        if self.best_state:
            self._put(self.best_state)
        elif self.average:
            self._put(self.average)
        self.both.eval()
        seconds = self._now() - self.began
        passes = self.step / self.per_pass
        return Outcome(self.step, passes, self.best, tuple(self.curve), seconds, self.stopped, self.rollbacks, state)

    def _pause_points(self, loss: float) -> str:
        """After a step: look at the validation texts, save, mind the time. Returns why training ends, or ""."""
        now = self._now()
        settings = self.settings
        if self.step == 10 and settings.max_seconds is not None:
            # The rates fall to zero at the end, so the end has to be known: as many steps as fit into the time.
            per_step = (now - self.began) / self.step
            self.total = max(self.step + 1, min(self.total, int(settings.max_seconds / per_step * 0.9)))
        stopped = ""
        if self.watch and (self.step % self.per_pass == 0 or now - self.looked_at > self.look_every_s):
            self._look(loss)
            # The rates fall to the end, and with them the errors: half of the passes are always made.
            wait = max(LEAST_WAIT, WAIT_SHARE * self.total / self.per_pass)
            waited = self.step - self.best_step >= wait * self.per_pass
            if self.looks_without >= settings.patience and waited:
                stopped = "no better on the validation texts"
        if now - self.saved_at > settings.checkpoint_s:
            self.link.send(Checkpoint(self.step / self.per_pass, self.step, save_state(self)))
            self.saved_at = self._now()
        if settings.max_seconds is not None and now - self.began > settings.max_seconds:
            stopped = stopped or "the time allowed was over"
        return stopped

    def _now(self) -> float:
        """Seconds; those that the job was paused do not count."""
        return time.monotonic() - getattr(self.link, "held_s", 0.0)

    # --- one step ---

    def _one(self, rows: NDArray[np.int64]) -> float:
        """One step over a batch; a batch of long texts is taken in parts, whose gradients add up."""
        self.both.train()
        for group, highest in zip(self.optimizer.param_groups, self.highest, strict=True):
            group["lr"] = highest * self._rate()
        self.optimizer.zero_grad(set_to_none=True)
        pieces = len(rows) * int(self.states.lengths[rows].max())
        total = 0.0
        for part in np.array_split(rows, min(len(rows), math.ceil(pieces / MOST_PIECES))):
            total += self._learn(self.states.batch(part), len(part) / len(rows))
        nn.utils.clip_grad_norm_(self.both.parameters(), LONGEST_STEP)
        if self.budget is not None:
            self.budget.note()
        self.optimizer.step()
        if self.budget is not None:
            self.budget.prune(self.step, self.total)
        if self.settings.average:
            self._mix()
        return total

    def _learn(self, batch: Batch, share: float) -> float:
        """Add the gradients of a part of a batch; returns its share of the loss."""
        given = batch.states
        if self.settings.adversarial:
            given.requires_grad_(True)
        loss = self.goal.loss(self.top(given, batch.attention), batch)
        if self.budget is not None:
            loss = loss + self.budget.penalty()
        torch.autograd.backward(loss * share)
        value = float(loss.detach()) * share
        if self.settings.adversarial and given.grad is not None and math.isfinite(value):
            self._against(given, batch, share)
        return value

    def _against(self, given: Tensor, batch: Batch, share: float) -> None:
        """Learn the batch again with its states moved against the answer (FGM, Miyato et al. 2017)."""
        gradient = given.grad
        assert gradient is not None
        length = given.detach().norm(dim=(1, 2), keepdim=True) * self.settings.adversarial
        moved = given.detach() + length * gradient / gradient.norm(dim=(1, 2), keepdim=True).clamp_min(1e-12)
        torch.autograd.backward(self.goal.loss(self.top(moved, batch.attention), batch) * share)

    def _rate(self) -> float:
        """Share of the highest rate: up in a line, then down in a line."""
        warm = max(1.0, self.settings.warm_up * self.total)
        if self.step < warm:
            return (self.step + 1) / warm
        return max(0.0, (self.total - self.step) / max(1.0, self.total - warm))

    def _mix(self) -> None:
        keep = self.settings.average
        for name, value in self._state().items():
            mean = self.average.get(name)
            self.average[name] = value.clone() if mean is None else mean.mul_(keep).add_(value, alpha=1 - keep)

    # --- looking, telling, turning back ---

    def _look(self, loss: float) -> None:
        began = self._now()
        self.both.eval()
        now = self._snapshot()
        if self.average:
            self._put(self.average)
        with torch.no_grad():
            score = self.goal.score(self.top, self.states)
        self.looks_without += 1
        if self.best is None or score > self.best:
            self.best, self.looks_without, self.best_state = score, 0, self._snapshot()
            self.best_step = self.step
        if self.average:
            self._put(now)
        self.looked_at = self._now()
        self.look_every_s = max(LOOK_EVERY_S, (self.looked_at - began) / LOOK_SHARE)
        self.curve.append(CurvePoint(self.step, self.step / self.per_pass, loss, score))
        self._report({"loss": loss, "valid_score": score})

    def _tell(self, loss: float) -> None:
        now = self._now()
        if now - self.told_at < CURVE_EVERY_S:
            self.link.check()
            return
        self.told_at = now
        self.curve.append(CurvePoint(self.step, self.step / self.per_pass, loss))
        self._report({"loss": loss})

    def _report(self, values: dict[str, float]) -> None:
        values |= {"step": float(self.step), "epoch": self.step / self.per_pass}
        self.link.report(self.step, self.total, "train", values=values)

    def _roll_back(self, good: dict[str, Tensor]) -> None:
        """The loss is no number: go back to the last good weights, forget the moments, take half the steps."""
        self.rollbacks += 1
        if self.rollbacks > MOST_ROLLBACKS:
            raise TrainingDiverged(steps=self.step)
        self._put(good)
        self.optimizer.state.clear()
        self.highest = [rate / 2 for rate in self.highest]
        self.step += 1  # past the batch that did it

    def _state(self) -> dict[str, Tensor]:
        return {name: value.detach() for name, value in self.both.named_parameters() if value.requires_grad}

    def _masks(self) -> dict[str, Tensor]:
        """Which directions are switched on (AdaLoRA): weights mean nothing without those they were taught with."""
        return {name: buffer for name, buffer in self.both.named_buffers() if name.endswith(f".{KEPT}")}

    def _snapshot(self) -> dict[str, Tensor]:
        return {name: value.clone() for name, value in (self._state() | self._masks()).items()}

    def _put(self, state: dict[str, Tensor]) -> None:
        """Take over a snapshot, or a running mean, which has no masks: the present ones stay."""
        with torch.no_grad():
            for name, value in (self._state() | self._masks()).items():
                if name in state:
                    value.copy_(state[name])
