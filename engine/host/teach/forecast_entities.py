"""The forecast for marked texts: short trainings of a head and of LoRA on a sample, taken up to the whole.

There is no cheaper way to the score of a reader than to teach one, so the probe is the training itself
(engine/train/entities/work.py) with a limit of time. What a training does once per text and once per step is timed by
the stages that it reports. F1 is taken for a share of entities that are right, which makes intervals a little narrow.
"""

from __future__ import annotations

import math
import time
from typing import NamedTuple

import numpy as np
from msgspec.structs import replace

from engine.api import Control, MethodForecast, TrainEntities, TrainingForecast, TrainOptions
from engine.errors import DataUnusable
from engine.host.context import Context
from engine.host.entities.marked import Marked, read_marked
from engine.host.entities.teach import adapt_for, make_spec
from engine.host.read.reading import COVERED_SHARE
from engine.host.teach.check_device import check_device
from engine.host.teach.costs import expected_passes
from engine.host.teach.forecast import BESIDE_LORA, RUN_SPREAD, Outlook, pick
from engine.host.teach.memory import need_for_entities
from engine.train.curve import NORMAL_90, Expected, Point, expected_error
from engine.train.encoder.settings import METHODS as ADAPTING
from engine.train.entities.work import EntitySpec, TaughtEntities, make_plan

METHODS = ("head", *ADAPTING)
MOST_TEXTS, MOST_CHARS = 600, 60_000  # of the sample
SHARE_SAMPLE = 300
HEAD_RUN_S, LORA_RUN_S = 7.0, 5.0  # of teaching; reading, loading and checking come on top
LEAST_FOR_PROBE = 100
PROBE_MEMORY_MB = 900.0
TAUGHT_SHARE = 0.8
LEAST_PASSES = 4  # of a short run of LoRA that says something about its score
# Over LoRA's, as the probe of classifiers measures them (engine/train/probe/layers.py).
STEP_BESIDE_LORA = {"lora": 1.0, "adalora": 1.25, "prefix": 0.95, "full": 1.05}
USUAL_GAIN, USUAL_SPREAD = (
    -0.15,
    0.20,
)  # logarithm of LoRA's errors (1 - F1) over the head's; -0.24 on ncbi_disease (600)
# Readers learn faster with more texts than classifiers: from 600 to 1,800 texts of ncbi_disease b was 0.85.
USUAL_FALL, FALL_SPREAD = 0.5, 0.25
HEAD_PASSES_SHARE = 0.8  # of the passes that are planned; early stopping saves the others


class Short(NamedTuple):
    """A training on the sample: seconds by kind, and steps of `batch` texts."""

    taught: TaughtEntities
    texts: int
    batch: int
    start_s: float
    per_text_s: float
    step_s: float


class _Stages:
    """A control that keeps how long each stage took, and how many steps were done."""

    def __init__(self, ctl: Control) -> None:
        self._ctl = ctl
        self.seconds: dict[str, float] = {}
        self.steps = 0
        self._stage, self._since = "start", time.monotonic()

    def report(
        self,
        done: int,
        total: int | None,  # noqa: ARG002
        stage: str,
        note: str = "",  # noqa: ARG002
        values: dict[str, float] | None = None,  # noqa: ARG002
    ) -> None:
        self.turn(stage)
        if stage in ("teach", "train"):
            self.steps = max(self.steps, done)
        self._ctl.report(0, None, "probe")

    def turn(self, stage: str) -> None:
        now = time.monotonic()
        self.seconds[self._stage] = self.seconds.get(self._stage, 0.0) + now - self._since
        self._stage, self._since = stage, now

    def check(self) -> None:
        self._ctl.check()


def forecast_entities(ctx: Context, dataset: str, device: str, options: TrainOptions, ctl: Control) -> TrainingForecast:
    """See `engine.host.teach.forecast.forecast`."""
    began = time.monotonic()
    check_device(ctx, device, ctl)
    data, _ = read_marked(ctx, dataset, ctl)
    if not data.texts or not any(data.spans):
        raise DataUnusable(name=dataset, reason="it has no text with an entity.")
    request = TrainEntities(dataset=dataset, pack="forecast", device=device, options=options)
    free = ctx.workers.governor.free_mb()
    outlook = look(ctx, request, data, free, ctl)
    chosen, why = pick(outlook, options, None)
    return TrainingForecast(
        dataset=dataset,
        methods=outlook.methods,
        chosen=chosen,
        why=why,
        free_mb=round(free),
        device=outlook.device,
        seconds=round(time.monotonic() - began, 1),
    )


def choose_entity_method(ctx: Context, request: TrainEntities, data: Marked, ctl: Control) -> tuple[str, str]:
    """The method that `auto` takes for these texts, and a sentence that says why."""
    if len(data.texts) < LEAST_FOR_PROBE:
        return "head", (
            f"A head on the unchanged encoder was taught: among {len(data.texts):,} texts no method could be told to "
            "be better."
        )
    free = ctx.workers.governor.free_mb()
    outlook = look(ctx, request, data, free, ctl)
    return pick(outlook, request.options, request.max_minutes)


def look(ctx: Context, request: TrainEntities, data: Marked, free_mb: float, ctl: Control) -> Outlook:
    """Teach a head and LoRA on a sample, and forecast every method."""
    sample = _sample(data, request.seed)
    share = float(np.median(ctx.encoder.known_share(sample.texts[:SHARE_SAMPLE])))
    head = _short(ctx, replace(request, method="head"), sample, HEAD_RUN_S, ctl)
    lora = None
    if share >= COVERED_SHARE:
        lora = _short(ctx, replace(request, method="lora"), sample, LORA_RUN_S, ctl)
    scores = _scores(head, lora, data)
    found = []
    for method in METHODS:
        asked = replace(request, method=method)
        reason = "" if method == "head" or share >= COVERED_SHARE else (
            "The bundled encoder does not know the script of these texts."
        )  # fmt: skip
        needed = need_for_entities(method, data.texts)
        if not reason and needed > free_mb:
            reason = f"It needs about {needed:,.0f} MB of memory, and {free_mb:,.0f} MB are free."
        expected = None if reason else scores[method]
        found.append(
            MethodForecast(
                method=method,
                seconds=round(_seconds(asked, data, head, lora), 1),
                peak_mb=round(needed),
                score=None if expected is None else round(expected.value, 4),
                score_low=None if expected is None else round(expected.low, 4),
                score_high=None if expected is None else round(expected.high, 4),
                possible=not reason,
                reason=reason,
            )
        )
    return Outlook(tuple(found), "processor", None, max(1, len(data.texts) // 10))


def _sample(data: Marked, seed: int) -> Marked:
    """Texts in random order, as many as the time allows; those with entities first among equals."""
    rows: list[int] = []
    characters = 0
    for row in np.random.default_rng(seed).permutation(len(data.texts)).tolist():
        if len(rows) >= MOST_TEXTS or characters > MOST_CHARS:
            break
        rows.append(row)
        characters += len(data.texts[row])
    return Marked(data.name, [data.texts[row] for row in rows], [data.spans[row] for row in rows])


def _short(ctx: Context, request: TrainEntities, sample: Marked, seconds: float, ctl: Control) -> Short:
    """A training on the sample, with so many seconds for its steps."""
    whole = make_spec(request, sample, Marked("", [], []))
    spec = replace(
        whole,
        max_seconds=seconds,
        adapt=None if whole.adapt is None else replace(whole.adapt, max_seconds=seconds, checkpoint_s=math.inf),
    )
    stages = _Stages(ctl)
    taught: TaughtEntities = ctx.workers.run(
        "train_entities", spec, stages, title=f"Forecast for {sample.name}", needs_mb=PROBE_MEMORY_MB
    )
    stages.turn("end")
    steps_s = stages.seconds.get("teach", 0.0) + stages.seconds.get("train", 0.0)
    start_s = stages.seconds.get("start", 0.0) + stages.seconds.get("read", 0.0)
    per_text = (sum(stages.seconds.values()) - steps_s - start_s) / len(sample.texts)
    return Short(
        taught, len(sample.texts), _batch(spec, len(sample.texts)), start_s, per_text, steps_s / max(1, stages.steps)
    )


def _batch(spec: EntitySpec, texts: int) -> int:
    if spec.adapt is not None:
        return spec.adapt.batch_texts
    batch: int = make_plan(spec, round(TAUGHT_SHARE * texts)).batch
    return batch


def _seconds(request: TrainEntities, data: Marked, head: Short, lora: Short | None) -> float:
    texts = len(data.texts)
    taught = round(TAUGHT_SHARE * texts)
    if request.method == "head":
        plan = make_plan(make_spec(request, data, Marked("", [], [])), taught)
        epochs, batch = int(plan.epochs), int(plan.batch)
        passes = float(epochs) if request.options.epochs else max(1.0, HEAD_PASSES_SHARE * epochs)
        steps = passes * math.ceil(taught / batch)
        return head.start_s + texts * head.per_text_s + steps * head.step_s * batch / head.batch
    if lora is None:
        return 0.0
    settings = adapt_for(request, texts)
    assert settings is not None
    passes = settings.epochs if request.options.epochs else expected_passes(settings)
    steps = passes * math.ceil(taught / settings.batch_texts)
    step_s = lora.step_s * STEP_BESIDE_LORA[request.method] * settings.batch_texts / lora.batch
    return lora.start_s + texts * lora.per_text_s + steps * step_s


def _scores(head: Short, lora: Short | None, data: Marked) -> dict[str, Expected]:
    """Expected F1 of each method with its 90 % interval."""
    entities = sum(len(row) for row in data.spans)
    told = max(1, round(entities * 0.1))
    own = expected_error(
        [_point(head, entities, len(data.texts))], round(TAUGHT_SHARE * len(data.texts)), told,
        usual_fall=USUAL_FALL, fall_spread=FALL_SPREAD,
    )  # fmt: skip
    found = {"head": _right(own)}
    gain, spread = USUAL_GAIN, USUAL_SPREAD
    if lora is not None and lora.taught.epochs >= LEAST_PASSES:
        measured = math.log(max(0.01, 1 - lora.taught.metrics["f1"]) / max(0.01, 1 - head.taught.metrics["f1"]))
        entities_asked = max(1.0, told * head.texts / len(data.texts))
        variance = RUN_SPREAD**2 + 1 / entities_asked
        weight = USUAL_SPREAD**2 / (USUAL_SPREAD**2 + variance)
        gain += weight * (measured - USUAL_GAIN)
        spread = math.sqrt(1 / (1 / variance + 1 / USUAL_SPREAD**2))
    for method, (more, more_spread) in BESIDE_LORA.items():
        level = math.log(own.high / own.value) / NORMAL_90
        width = NORMAL_90 * math.sqrt(level**2 + spread**2 + more_spread**2)
        value = min(1.0, own.value * math.exp(gain + more))
        found[method] = _right(Expected(value, value * math.exp(-width), min(1.0, value * math.exp(width))))
    return found


def _point(short: Short, entities: int, texts: int) -> Point:
    asked = max(2, round(entities * 0.15 * short.texts / texts))
    return Point(round(TAUGHT_SHARE * short.texts), asked, (1 - short.taught.metrics["f1"]) * asked)


def _right(error: Expected) -> Expected:
    return Expected(1 - error.value, 1 - error.high, 1 - error.low)
