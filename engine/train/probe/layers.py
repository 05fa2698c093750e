"""Steps of the training loop over texts of true lengths, timed by method, and a short run of LoRA beside a head."""

from __future__ import annotations

import contextlib
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from msgspec.structs import replace
from numpy.typing import NDArray

from engine.runtimes.top_weights import base_layers, read_arrays, read_places
from engine.train.classify.goal import ClassifierGoal
from engine.train.encoder.layers import Top
from engine.train.encoder.loop import train
from engine.train.encoder.settings import METHODS
from engine.train.encoder.states import States
from engine.train.probe.heads import Floats, Rows, Sample
from engine.train.probe.values import LayerRates, ProbeSpec, ShortRun

if TYPE_CHECKING:
    from engine.runtimes.encoder import Encoder

RATE_TEXTS = 160  # five batches of all lengths
WARM_STEPS, MOST_STEPS = 1, 10
SHARE_OF_TIME = {"lora": 0.4, "adalora": 0.2, "prefix": 0.2, "full": 0.2}
SINGLE_TEXTS = 12
LEAST_PASSES, MOST_PASSES = 3, 8
MOST_RUN_TEXTS = 500
LOOKS_SHARE = 0.8  # of the short run's time; the rest is for looking


class _Enough(Exception):
    """Raised after the steps that are timed."""


class _Clock:
    """A link to the host that counts steps, and ends the run after some."""

    def __init__(self, link: Any, most_steps: int, until: float) -> None:
        self._link, self._most, self._until = link, most_steps, until
        self.marks: list[float] = []

    def report(self, *_: object, **__: object) -> None:
        self.check()

    def send(self, _item: object) -> None:
        """Checkpoints of a probe are of no use."""

    def check(self) -> None:
        self._link.check()
        self.marks.append(time.monotonic())
        enough = len(self.marks) > WARM_STEPS + 1
        if len(self.marks) > self._most + WARM_STEPS or (enough and self.marks[-1] > self._until):
            raise _Enough


class LayerBench:
    """The layers over one sample.

    Args:
        vectors: float32 (texts, 384) of the encoder as it is.
        device: as torch names it.
    """

    def __init__(
        self, spec: ProbeSpec, encoder: Encoder, texts: tuple[str, ...], truth: Rows, vectors: Floats, device: str,
        link: Any,
    ) -> None:  # fmt: skip
        self._spec, self._encoder, self._texts, self._truth = spec, encoder, texts, truth
        self._vectors, self._device, self._link = vectors, device, link
        folder = Path(spec.encoder_folder)
        places = read_places((folder / "top.json").read_bytes())
        self._base = base_layers(read_arrays((folder / "top.onnx").read_bytes(), places))

    def rates(self, seconds: float) -> LayerRates:
        """Time steps of every method on the same texts; each gets its share of the time, and two steps at least."""
        rows = np.arange(min(RATE_TEXTS, len(self._texts)))
        began = time.monotonic()
        states = self._states(rows)
        trunk_s = (time.monotonic() - began) / len(rows)
        step_s = {}
        for method in METHODS:
            step_s[method] = self._step_s(method, states, rows, SHARE_OF_TIME[method] * seconds)
        top = Top(self._base, self._settings("lora")).to(self._device).eval()
        began = time.monotonic()
        with torch.no_grad():
            for batch in states.in_order(rows, 64):
                top(batch.states, batch.attention)
        look_s = (time.monotonic() - began) / len(rows)
        alone = rows[np.linspace(0, len(rows) - 1, min(SINGLE_TEXTS, len(rows))).astype(np.int64)]
        began = time.monotonic()
        with torch.no_grad():
            for row in alone:
                top(states.batch(np.asarray([row])).states, None)
        single_s = (time.monotonic() - began) / len(alone)
        lengths = np.sort(states.lengths)
        return LayerRates(
            trunk_s, float(lengths.mean()), int(lengths[-max(1, len(lengths) // 16)]), step_s, look_s, single_s
        )

    def _settings(self, method: str) -> Any:
        return replace(self._spec.adapt, method=method, device=self._device, max_seconds=None, patience=1_000)

    def _states(self, rows: Rows) -> States:
        from engine.train.classify.adapt import trunk_states

        return trunk_states(self._encoder, [self._texts[row] for row in rows.tolist()], self._link, self._device)

    def _goal(self, rows: Rows, taught: Rows, asked: Rows) -> ClassifierGoal:
        """`rows` of the sample are the texts of the run; `taught` and `asked` count among them."""
        return ClassifierGoal(
            self._vectors[rows[taught]], self._truth[rows], self._spec.labels, taught, asked,
            smoothing=self._spec.smoothing, device=self._device,
        )  # fmt: skip

    def _step_s(self, method: str, states: States, rows: Rows, seconds: float) -> float:
        settings = replace(self._settings(method), epochs=1_000, checkpoint_s=float("inf"))
        clock = _Clock(self._link, MOST_STEPS, time.monotonic() + seconds)
        places = np.arange(len(rows))
        top = Top(self._base, settings)
        goal = self._goal(rows, places, places[:0])
        began = time.monotonic()
        with contextlib.suppress(_Enough):
            train(top, goal, states, places, settings, clock, watch=False)
        many = len(clock.marks) > WARM_STEPS
        step_s = float(np.mean(np.diff(clock.marks[WARM_STEPS - 1 :]))) if many else time.monotonic() - began
        return step_s / float(min(settings.batch_texts, len(rows)))

    def short_run(self, sample: Sample, step_s: float, seconds: float) -> ShortRun | None:
        """LoRA for as many passes as the time allows, beside a head on the same texts; None if these are too few."""
        if len(sample.asked) == 0 or seconds <= 0:
            return None
        asked = sample.asked[:MOST_RUN_TEXTS]
        affordable = int(LOOKS_SHARE * seconds / (LEAST_PASSES * step_s))
        taught = sample.taught[: min(MOST_RUN_TEXTS, affordable)]
        if len(taught) < min(len(sample.taught), MOST_RUN_TEXTS // 2):
            return None
        passes = int(np.clip(LOOKS_SHARE * seconds / (len(taught) * step_s), LEAST_PASSES, MOST_PASSES))
        rows = np.concatenate([taught, asked])
        places, held = np.arange(len(taught)), len(taught) + np.arange(len(asked))
        goal = self._goal(rows, places, held)
        settings = replace(self._settings("lora"), epochs=passes, checkpoint_s=float("inf"))
        top = Top(self._base, settings)
        states = self._states(rows)
        outcome = train(top, goal, states, places, settings, _Quiet(self._link), watch=True)
        answers = np.zeros(len(rows), dtype=np.int64)
        top.eval()
        with torch.no_grad():
            for batch in states.in_order(held, 64):
                found = goal.logits(top(batch.states, batch.attention), batch.mask)
                answers[batch.rows] = found.argmax(-1).cpu().numpy()
        truth = self._truth[asked]
        lora = answers[held] == truth
        head = self._same_head(taught, asked) == truth
        return ShortRun(
            len(taught), len(asked), outcome.epochs, int((~head).sum()), int((~lora).sum()),
            int((head & ~lora).sum()), int((lora & ~head).sum()),
        )  # fmt: skip

    def _same_head(self, taught: Rows, asked: Rows) -> Rows:
        from engine.train.classify.features import candidates, cells_for, learn_scaling, make_features, only
        from engine.train.classify.head import fit_head
        from engine.train.probe.heads import LOOSENESS

        chosen = candidates(self._spec.known_share, self._spec.labels)[0]
        texts = [self._texts[row] for row in taught.tolist()]
        scaling, features = learn_scaling(texts, self._vectors[taught], cells_for(self._spec.labels))
        head = fit_head(only(features, chosen), self._truth[taught], self._spec.labels, looseness=LOOSENESS)
        others = make_features([self._texts[row] for row in asked.tolist()], self._vectors[asked], scaling)
        answers: NDArray[np.int64] = head.logits(only(others, chosen)).argmax(axis=1)
        return answers


class _Quiet:
    """A link that only hears a stop."""

    def __init__(self, link: Any) -> None:
        self._link = link

    def report(self, *_: object, **__: object) -> None:
        self._link.report(0, None, "probe")

    def send(self, _item: object) -> None:
        """Checkpoints of a probe are of no use."""

    def check(self) -> None:
        self._link.check()
