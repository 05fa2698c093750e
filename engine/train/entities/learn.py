"""Teach a head step by step: batches of like length, early stopping by F1, the best pass kept, way back from NaN.

The states of words come from a `Source`: frozen ones from an array, or those of layers that are adapted along with the
head. Everything else is the same for both.
"""

from __future__ import annotations

import copy
import math
import time
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, Protocol

import numpy as np
import torch
from msgspec import Struct
from numpy.typing import NDArray
from torch import Tensor, nn

from engine.api import CurvePoint
from engine.serve.entities.crf import Chain as NumpyChain
from engine.serve.entities.crf import viterbi
from engine.serve.entities.tags import spans_of
from engine.train.entities.data import Batch, TaughtRows, batches
from engine.train.entities.head import EntityHead, Lexical

WARM_STEPS = 50
LONGEST_GRADIENT = 5.0
SURPRISE_SHARE = 0.02  # of the log-likelihood in what is best: among like F1 the surer weights are kept
WEIGHT_DECAY = 0.01
BAD_STEPS = 3  # losses that are no numbers, in a row, before the training goes back
CURVE_EVERY_S = 0.5


class Plan(Struct, frozen=True):
    """How to teach. `patience` counts passes without a better F1; `adversarial` is the radius of a change to the states
    (FGM, Miyato et al. 2017), 0 for none."""

    epochs: int
    batch: int
    rate: float = 1e-3
    source_rate: float = 1e-4
    patience: int = 3
    max_seconds: float | None = None
    adversarial: float = 0.0
    seed: int = 0


class Source(Protocol):
    """Where the states of words come from."""

    def states(self, rows: TaughtRows, batch: Batch) -> Tensor | None:
        """(segments, words, width), zero where the mask is; None for a reader without the encoder."""

    def parameters(self) -> Iterator[nn.Parameter]:
        """What is adapted along with the head; nothing for frozen states."""

    def train(self, mode: bool = True) -> object: ...

    def state_dict(self) -> dict[str, Tensor]: ...

    def load_state_dict(self, state: dict[str, Tensor]) -> object: ...


class Frozen:
    """States worked out once, float16 (words, width) in the order of the flat arrays; None without the encoder."""

    def __init__(self, flat: NDArray[np.float16] | None) -> None:
        self._flat = flat

    def states(self, rows: TaughtRows, batch: Batch) -> Tensor | None:  # noqa: ARG002
        if self._flat is None:
            return None
        found = np.zeros((*batch.mask.shape, self._flat.shape[1]), dtype=np.float32)
        found[batch.mask] = self._flat[batch.flat]
        return torch.from_numpy(found)

    def parameters(self) -> Iterator[nn.Parameter]:
        return iter(())

    def train(self, mode: bool = True) -> object:  # noqa: ARG002
        return self

    def state_dict(self) -> dict[str, Tensor]:
        return {}

    def load_state_dict(self, state: dict[str, Tensor]) -> object:  # noqa: ARG002
        return None


class Learned(NamedTuple):
    """What came of it; head and source carry the weights of the best pass. `epochs` counts passes begun."""

    epochs: int
    best_epoch: int
    best_f1: float
    curve: tuple[CurvePoint, ...]
    notes: tuple[str, ...]


OnStep = Callable[[int, int, dict[str, float]], None]


def learn(
    head: EntityHead,
    source: Source,
    held_source: Source,
    taught: TaughtRows,
    held: TaughtRows,
    plan: Plan,
    on_step: OnStep,
) -> Learned:
    """Teach `head`, and what `source` adapts, until F1 on `held` no longer grows.

    Args:
        held_source: the states of `held`; shares its weights with `source` where these are adapted.
        on_step: called after every step with steps done, steps in all, and numbers of the moment; what it raises stops
            the training.
    """
    return _Training(head, source, held_source, taught, held, plan, on_step).run()


class _Training:
    def __init__(
        self,
        head: EntityHead,
        source: Source,
        held_source: Source,
        taught: TaughtRows,
        held: TaughtRows,
        plan: Plan,
        on_step: OnStep,
    ) -> None:
        self.head, self.source, self.held_source = head, source, held_source
        self.taught, self.held, self.plan, self.on_step = taught, held, plan, on_step
        self.steps_in_all = plan.epochs * math.ceil(len(taught.segments) / plan.batch)
        self.step, self.rate_factor, self.bad = 0, 1.0, 0
        self.began = time.monotonic()
        self.told = 0.0
        self.curve: list[CurvePoint] = []
        self.notes: list[str] = []
        groups: list[dict[str, Any]] = [
            {"params": list(head.parameters()), "lr": plan.rate, "weight_decay": WEIGHT_DECAY}
        ]
        self.adapted = [one for one in source.parameters() if one.requires_grad]
        if self.adapted:
            groups.append({"params": self.adapted, "lr": plan.source_rate, "weight_decay": WEIGHT_DECAY})
        self.optimiser = torch.optim.AdamW(groups)
        self.rates = [float(group["lr"]) for group in self.optimiser.param_groups]

    def run(self) -> Learned:
        rng = np.random.default_rng(self.plan.seed)
        best_value, best_f1, best_epoch, best = -math.inf, 0.0, 0, self._weights()
        epoch = 0
        while epoch < self.plan.epochs and self._time_used() < 1:
            epoch += 1
            if not self._pass(rng, epoch):
                if self.rate_factor < 0.1:
                    self.notes.append("The loss was no number again and again; the best state so far was kept.")
                    break
                self._restore(best)
                continue
            score, surprise = self.score()
            self._tell(epoch, score)
            if score - SURPRISE_SHARE * surprise > best_value:
                best_value = score - SURPRISE_SHARE * surprise
                best_f1, best_epoch, best = score, epoch, self._weights()
            elif epoch - best_epoch >= self.plan.patience:
                self.notes.append(f"Stopped early: F1 on held-out texts was best after pass {best_epoch}.")
                break
        if best_epoch:
            self._restore(best)
        return Learned(epoch, best_epoch, best_f1, tuple(self.curve), tuple(self.notes))

    def _pass(self, rng: np.random.Generator, epoch: int) -> bool:
        """One pass over all segments; False if the loss was no number several times in a row."""
        self.head.train()
        self.source.train()
        per_pass = max(1, self.steps_in_all // self.plan.epochs)
        total = 0.0
        for number, batch in enumerate(batches(self.taught, self.plan.batch, rng), 1):
            self._set_rates()
            loss = self._step(batch)
            self.step += 1
            self.bad = 0 if math.isfinite(loss) else self.bad + 1
            if self.bad >= BAD_STEPS:
                self.bad = 0
                self.rate_factor *= 0.5
                self.notes.append("The loss was no number; training went back to its best state with half the rate.")
                return False
            total = loss if number == 1 else 0.95 * total + 0.05 * loss if math.isfinite(loss) else total
            at = epoch - 1 + min(1.0, number / per_pass)
            values = {"epoch": round(at, 3), "step": float(self.step), "loss": round(total, 4)}
            now = time.monotonic()
            if now - self.told >= CURVE_EVERY_S and number < per_pass:
                self.told = now
                self.curve.append(CurvePoint(self.step, round(at, 3), round(total, 4)))
            self.on_step(min(self.step, self.steps_in_all), self.steps_in_all, values)
            if self._time_used() >= 1:
                break
        self._loss = total
        return True

    def _step(self, batch: Batch) -> float:
        states = self.source.states(self.taught, batch)
        loss = self._loss_of(states, batch)
        value = float(loss.detach())
        if not math.isfinite(value):
            return value
        self.optimiser.zero_grad(set_to_none=True)
        if self.plan.adversarial > 0 and states is not None:
            if not states.requires_grad:
                states = states.detach().requires_grad_()
                loss = self._loss_of(states, batch)
            (gradient,) = torch.autograd.grad(loss, states, retain_graph=True)
            length = gradient.flatten(1).norm(dim=1).clamp_min(1e-12)[:, None, None]
            loss = loss + self._loss_of(states + self.plan.adversarial * (gradient / length).detach(), batch)
        loss.backward()  # type: ignore[no-untyped-call]
        for group in self.optimiser.param_groups:
            nn.utils.clip_grad_norm_(group["params"], LONGEST_GRADIENT)
        self.optimiser.step()
        return value

    def _loss_of(self, states: Tensor | None, batch: Batch) -> Tensor:
        mask, tags = torch.from_numpy(batch.mask), torch.from_numpy(batch.tags)
        return self.head.loss(states, mask, tags, _lexical(batch))

    def _set_rates(self) -> None:
        """A short climb, then down to nothing at the last step or at the end of the time, whichever comes first."""
        used = max(self.step / self.steps_in_all, self._time_used())
        factor = self.rate_factor * min(1.0, (self.step + 1) / WARM_STEPS) * max(0.02, 1 - used)
        for group, rate in zip(self.optimiser.param_groups, self.rates, strict=True):
            group["lr"] = rate * factor

    def _time_used(self) -> float:
        return 0.0 if self.plan.max_seconds is None else (time.monotonic() - self.began) / self.plan.max_seconds

    def score(self) -> tuple[float, float]:
        """F1 over the words of the held-out segments, and their negative log-likelihood per word."""
        self.head.eval()
        self.held_source.train(False)
        chain = numpy_chain(self.head)
        right = found = true = words = 0
        surprise = 0.0
        with torch.inference_mode():
            for batch in batches(self.held, 64):
                emissions = self.head.emissions(
                    self.held_source.states(self.held, batch), torch.from_numpy(batch.mask), _lexical(batch)
                )
                lengths = batch.mask.sum(1)
                loss = self.head.chain.loss(emissions, torch.from_numpy(batch.mask), torch.from_numpy(batch.tags))
                surprise += float(loss) * len(lengths)
                words += int(lengths.sum())
                best = viterbi(chain, emissions.double().numpy(), lengths)
                for tags, truth, length in zip(best.tolist(), batch.tags.tolist(), lengths.tolist(), strict=True):
                    answers, expected = set(spans_of(tags[:length])), set(spans_of(truth[:length]))
                    right += len(answers & expected)
                    found += len(answers)
                    true += len(expected)
        return 2 * right / max(1, found + true), surprise / max(1, words)

    def _tell(self, epoch: int, score: float) -> None:
        self.curve.append(CurvePoint(self.step, float(epoch), round(self._loss, 4), round(score, 4)))
        values = {"epoch": float(epoch), "step": float(self.step), "loss": round(self._loss, 4), "valid_score": score}
        self.on_step(min(self.step, self.steps_in_all), self.steps_in_all, values)

    def _weights(self) -> tuple[dict[str, Tensor], dict[str, Tensor]]:
        return copy.deepcopy(self.head.state_dict()), copy.deepcopy(self.source.state_dict())

    def _restore(self, weights: tuple[dict[str, Tensor], dict[str, Tensor]]) -> None:
        self.head.load_state_dict(weights[0])
        self.source.load_state_dict(weights[1])


def numpy_chain(head: EntityHead) -> NumpyChain:
    """The head's chain for `engine.serve.entities.crf`."""
    chain = head.chain
    return NumpyChain(
        (chain.steps + chain.no_steps).detach().double().numpy(),
        (chain.starts + chain.no_starts).detach().double().numpy(),
        chain.ends.detach().double().numpy(),
    )


def _lexical(batch: Batch) -> Lexical:
    return Lexical(torch.from_numpy(batch.hashes), torch.from_numpy(batch.offsets))
