"""The training loop: early stopping on held-out conversations, best weights, rollback from NaN, checkpoints, resume."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol

import numpy as np
import torch
from torch import Tensor, nn

from engine.api.teach import CurvePoint
from engine.errors import TrainingDiverged
from engine.runtimes.freed import give_back_freed
from engine.train.encoder.checkpoint import Checkpoint
from engine.train.generator.batches import batches, parts
from engine.train.generator.keep import load_state, save_state
from engine.train.generator.model import Generator
from engine.train.generator.talks import Cut
from engine.train.generator.values import LoraSettings

MOST_ROLLBACKS = 3
LOOK_EVERY_S = 60.0  # held-out losses within long passes; short passes are looked at when they end
LOOK_SHARE = 0.1  # of the time, at most, goes into looks within a pass
LEAST_WAIT = 1.0  # passes without a better loss before training ends, however often it was looked
CURVE_EVERY_S = 0.5
FREE_EVERY = 10
LONGEST_STEP = 1.0  # norm to which gradients are cut


class Link(Protocol):
    """What the worker's side of a job offers (engine/jobs/child.py)."""

    def report(
        self, done: int, total: int | None, stage: str, note: str = "", values: dict[str, float] | None = None
    ) -> None: ...

    def send(self, item: Checkpoint) -> None: ...

    def check(self) -> None: ...


class Outcome(NamedTuple):
    """How a training went; the model holds the best weights. `best` is the loss on the held-out conversations, in nats
    per token of an answer."""

    steps: int
    epochs: float
    best: float | None
    curve: tuple[CurvePoint, ...]
    stopped: str


class Loss(NamedTuple):
    """Nats of all learned tokens, how many those are, how many of them are the likeliest, the bytes of the answers."""

    nats: float
    tokens: int
    right: int
    bytes: int

    @property
    def perplexity(self) -> float:
        return math.exp(min(50.0, self.nats / max(1, self.tokens)))

    @property
    def per_byte(self) -> float:
        return math.exp(min(50.0, self.nats / max(1, self.bytes)))


def measure(
    model: Generator, cuts: Sequence[Cut], tokens_at_once: int, device: str, tell: Callable[[int], None]
) -> Loss:
    """The loss on these sequences; `tell` gets how many are done, and may raise."""
    nats, tokens, right, done = 0.0, 0, 0, 0
    model.eval()
    with torch.no_grad():
        for batch in parts(cuts, range(len(cuts)), tokens_at_once, device):
            tell(done)
            wanted = batch.wanted >= 0
            here, hits = model.scored(model.states(batch.tokens)[wanted], batch.wanted[wanted])
            nats, right, tokens = nats + here, right + hits, tokens + batch.learned
            done += len(batch.tokens)
    return Loss(nats, tokens, right, sum(one.bytes for one in cuts))


def train(
    model: Generator,
    taught: Sequence[Cut],
    stop: Sequence[Cut],
    settings: LoraSettings,
    link: Link,
    resume: bytes = b"",
) -> Outcome:
    """Teach the model's LoRA layers.

    Args:
        stop: sequences whose loss says which weights are best and when to stop.
        resume: body of a checkpoint of the same training.
    Raises:
        TrainingDiverged, PackUnusable: the checkpoint is of another training. Cancelled.
    """
    return Run(model, taught, stop, settings, link).go(resume)


class Run:
    """One training. What a checkpoint holds is listed in keep.py."""

    def __init__(
        self, model: Generator, taught: Sequence[Cut], stop: Sequence[Cut], settings: LoraSettings, link: Link
    ) -> None:
        self.model, self.taught, self.stop, self.settings, self.link = model, taught, stop, settings, link
        self.learned = dict(model.named_parameters())
        self.per_pass = math.ceil(len(taught) / settings.batch_talks)
        self.total = settings.epochs * self.per_pass
        self.optimizer = torch.optim.AdamW(
            self.learned.values(), lr=settings.learning_rate, weight_decay=settings.weight_decay, betas=(0.9, 0.99)
        )
        self.highest = settings.learning_rate
        self.step = self.looks_without = self.best_step = self.rollbacks = 0
        self.best: float | None = None
        self.best_state: dict[str, Tensor] = {}
        self.curve: list[CurvePoint] = []
        self.stopped = ""
        self.used_s = 0.0
        self.look_every_s = LOOK_EVERY_S

    def go(self, resume: bytes) -> Outcome:
        if resume:
            load_state(self, resume)
        else:
            self._look(None)
        self.began = self.saved_at = self.looked_at = self.told_at = self._now()
        self.began_at_step = self.step
        good = self.snapshot()
        while self.step < self.total and not self.stopped:
            epoch = self.step // self.per_pass
            steps = batches(
                self.taught, self.settings.batch_talks, np.random.default_rng((self.settings.seed, epoch))
            )  # fmt: skip
            for numbers in steps[self.step % self.per_pass :]:
                loss = self._one(numbers)
                if not math.isfinite(loss):
                    self._roll_back(good)
                    break
                self.step += 1
                self._tell(loss)
                if self.step % 50 == 0:
                    good = self.snapshot()
                if self.step % FREE_EVERY == 0:
                    give_back_freed()
                self.stopped = self._pause_points(loss)
                if self.stopped or self.step >= self.total:
                    break
        if self.curve[-1].step != self.step or self.curve[-1].valid_score is None:
            self._look(self.curve[-1].loss)
        self.put(self.best_state)
        passes = self.step / self.per_pass
        return Outcome(self.step, passes, self.best, tuple(self.curve), self.stopped)

    def spent_s(self) -> float:
        """Seconds of training, those before an interruption among them."""
        return self.used_s + self._now() - self.began

    def _now(self) -> float:
        """Seconds; those that the job was paused do not count."""
        return time.monotonic() - getattr(self.link, "held_s", 0.0)

    def _pause_points(self, loss: float) -> str:
        """After a step: look at the held-out conversations, save, mind the time. Returns why training ends, or ""."""
        now, settings = self._now(), self.settings
        if self.step - self.began_at_step == 5 and settings.max_seconds is not None:
            # The rate falls to zero at the end, so the end has to be known: as many steps as fit into the time.
            per_step = (now - self.began) / 5
            left = max(0.0, settings.max_seconds - self.spent_s())
            self.total = max(self.step + 1, min(self.total, self.step + int(left / per_step * 0.9)))
        stopped = ""
        if self.step % self.per_pass == 0 or now - self.looked_at > self.look_every_s:
            self._look(loss)
            waited = (self.step - self.best_step) / self.per_pass
            if self.looks_without >= settings.patience and waited >= LEAST_WAIT:
                stopped = "held-out conversations gained nothing more"
        if settings.max_seconds is not None and self.spent_s() > settings.max_seconds:
            stopped = stopped or "the time allowed was over"
        if now - self.saved_at > settings.checkpoint_s:
            self.stopped = stopped
            self.link.send(Checkpoint(self.step / self.per_pass, self.step, save_state(self)))
            self.saved_at = self._now()
        return stopped

    # --- one step ---

    def _one(self, numbers: Sequence[int]) -> float:
        """One step; the loss in nats per learned token."""
        self.model.train()
        for group in self.optimizer.param_groups:
            group["lr"] = self.highest * self._rate()
        self.optimizer.zero_grad(set_to_none=True)
        count = sum(int(self.taught[number].learned[1:].sum()) for number in numbers)
        total = 0.0
        for batch in parts(self.taught, numbers, self.settings.tokens_at_once, self.settings.device):
            self.link.check()
            wanted = batch.wanted >= 0
            losses = self.model.losses(self.model.states(batch.tokens)[wanted], batch.wanted[wanted])
            loss = losses.sum() / max(1, count)
            torch.autograd.backward(loss)
            total += float(loss.detach())
        nn.utils.clip_grad_norm_(self.learned.values(), LONGEST_STEP)
        self.optimizer.step()
        return total

    def _rate(self) -> float:
        """Share of the highest rate: up in a line, then down in a line."""
        warm = max(1.0, self.settings.warm_up * self.total)
        if self.step < warm:
            return (self.step + 1) / warm
        return max(0.02, (self.total - self.step) / max(1.0, self.total - warm))

    # --- looking, telling, turning back ---

    def _look(self, loss: float | None) -> None:
        began = self._now()

        def tell(done: int) -> None:
            self.link.report(done, len(self.stop), "look")

        found = measure(self.model, self.stop, self.settings.tokens_at_once, self.settings.device, tell)
        value = found.nats / max(1, found.tokens)
        self.looks_without += 1
        if self.best is None or value < self.best:
            self.best, self.looks_without, self.best_state, self.best_step = value, 0, self.snapshot(), self.step
        self.looked_at = self._now()
        self.look_every_s = max(LOOK_EVERY_S, (self.looked_at - began) / LOOK_SHARE)
        score = found.right / max(1, found.tokens)
        shown = value if loss is None else loss
        self.curve.append(CurvePoint(self.step, self.step / self.per_pass, shown, score))
        told = {"loss": shown, "valid_score": score, "perplexity": found.perplexity}
        self._report(told)

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
        self.put(good)
        self.optimizer.state.clear()
        self.highest /= 2
        self.step += 1  # past the batch that did it

    def snapshot(self) -> dict[str, Tensor]:
        return {name: value.detach().clone() for name, value in self.learned.items()}

    def put(self, state: dict[str, Tensor]) -> None:
        with torch.no_grad():
            for name, value in self.learned.items():
                value.copy_(state[name])
