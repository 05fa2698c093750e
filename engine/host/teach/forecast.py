"""What each method would take and reach on a data set of labelled texts, and which one `auto` takes.

Times and scores come from a probe in a worker (engine/train/probe/), of at most half a minute in all. The head's score
follows from its learning curve; that of LoRA from the head's, by what a short run of both on the same texts showed,
joined with what was measured on other data (`USUAL_GAIN`). The other methods are told from LoRA by `BESIDE_LORA`.
"""

from __future__ import annotations

import math
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from engine.api import Control, MethodForecast, TrainClassifier, TrainingForecast, TrainOptions
from engine.dataset.folding import folded_text
from engine.dataset.split import sample_rows
from engine.errors import DataUnusable, UsageError
from engine.host.context import Context
from engine.host.read.reading import reading_of
from engine.host.read.skills import label_vectors
from engine.host.teach.adapting import adapt_settings
from engine.host.teach.check_device import check_device
from engine.host.teach.costs import Size, adapted_seconds, changed_count, head_seconds, zero_seconds
from engine.host.teach.memory import need_mb
from engine.store import datasets
from engine.train.classify.zero import descriptions
from engine.train.curve import NORMAL_90, Expected, Point, expected_error
from engine.train.encoder.settings import METHODS as ADAPTING
from engine.train.encoder.settings import AdaptSettings
from engine.train.probe.values import Probed, ProbeSpec, ShortRun

METHODS = ("zero", "head", *ADAPTING)
IN_ALL_S = 28.0
LEAST_PROBE_S, ENDING_S = 8.0, 2.0
MOST_SAMPLE = 3_000
SHARE_SAMPLE = 500
LEAST_FOR_PROBE = 400  # with fewer texts no gain shows: one held-out text of eighty is more than a point
PROBE_MEMORY_MB = 700.0

# Logarithm of LoRA's errors over the head's: a little everywhere, and more with every doubling of a label's texts
# beyond `PLENTY`. Measured with the training itself: banking77 -0.14 (10 texts per label) and -0.10 (130), sst2 +0.10
# (750, among 300 texts, so mostly luck) and -0.18 (3,000).
USUAL_GAIN, USUAL_SPREAD = -0.08, 0.15
GAIN_OF_PLENTY, PLENTY = -0.06, 500.0
RUN_SPREAD = 0.15  # how far a short run's ratio is from that of the whole training, beyond its own luck
BESIDE_LORA = {"lora": (0.0, 0.0), "adalora": (0.02, 0.08), "prefix": (0.06, 0.10), "full": (0.0, 0.10)}


class Data(NamedTuple):
    """Usable rows of a data set."""

    name: str
    texts: list[str]
    labels: list[str]


class Outlook(NamedTuple):
    """Forecasts of all methods, and what they rest on."""

    methods: tuple[MethodForecast, ...]
    device: str
    run: ShortRun | None
    held: int


def forecast(
    ctx: Context, dataset: str, task: str, device: str, options: TrainOptions, ctl: Control
) -> TrainingForecast:
    """Forecast every method for a data set.

    Raises:
        UnknownName, DataUnusable: there is no such data set, or nothing can be taught from it.
        DeviceMissing, Cancelled.
    """
    if task == "entities":
        from engine.host.teach.forecast_entities import forecast_entities

        return forecast_entities(ctx, dataset, device, options, ctl)
    began = time.monotonic()
    check_device(ctx, device, ctl)
    data = read_labelled(ctx, dataset, ctl)
    request = TrainClassifier(dataset=dataset, pack="forecast", device=device, options=options)
    free = ctx.workers.governor.free_mb()
    outlook = look(ctx, request, data, free, ctl, began)
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


def choose_method(ctx: Context, request: TrainClassifier, data: Data, ctl: Control) -> tuple[str, str]:
    """The method that `auto` takes for these texts, and a sentence that says why.

    Args:
        data: anything with `name`, `texts` and `labels`; at least two labels have two different texts.
    """
    count = len(data.texts)
    if count < LEAST_FOR_PROBE and not wants_adapting(request.options):
        return "head", (
            f"A head on the unchanged encoder was taught: among {count:,} texts no method could be told to be better."
        )
    sample = list(data.texts[:: max(1, count // SHARE_SAMPLE)])
    reading = reading_of(ctx, sample)
    if not reading.covered:
        return "head", "A head on letters alone was taught, since no bundled encoder knows this script."
    if not reading.adaptable:
        return "head", "A head was taught, since the encoder of Chinese has no layers that could be adapted."
    free = ctx.workers.governor.free_mb()
    outlook = look(ctx, request, Data(data.name, data.texts, data.labels), free, ctl, time.monotonic())
    return pick(outlook, request.options, request.max_minutes)


def wants_adapting(options: TrainOptions) -> bool:
    """Whether an option was set that only the adapting methods have."""
    return bool(options.rank or options.layers or options.adversarial or options.teacher)


def read_labelled(ctx: Context, name: str, ctl: Control) -> Data:
    texts: list[str] = []
    labels: list[str] = []
    for number, row in enumerate(datasets.read_rows(ctx.store, name, "labelled")):
        if number % 500 == 0:
            ctl.report(number, None, "read")
        if row["text"].strip() and row["label"].strip():
            texts.append(row["text"])
            labels.append(row["label"].strip())
    if not texts:
        raise DataUnusable(name=name, reason="it has no labelled texts.")
    return Data(name, texts, labels)


def look(ctx: Context, request: TrainClassifier, data: Data, free_mb: float, ctl: Control, began: float) -> Outlook:
    """Probe and forecast every method."""
    names = tuple(sorted(set(data.labels)))
    numbers = {name: number for number, name in enumerate(names)}
    truth = np.fromiter((numbers[label] for label in data.labels), np.int64, len(data.labels))
    rows = np.random.default_rng(request.seed).permutation(sample_rows(truth, MOST_SAMPLE, seed=request.seed))
    texts = [data.texts[row] for row in rows.tolist()]
    reading = reading_of(ctx, texts[:SHARE_SAMPLE])
    share, covered = reading.known_share, reading.adaptable
    taught = _teachable(data)
    zero, why_not_zero = _zero_vectors(ctx, names, texts, truth[rows], covered=covered)
    settings = adapt_settings(replace(request, method="lora"), len(data.texts), None)
    spec = ProbeSpec(
        texts=tuple(texts),
        truth=tuple(truth[rows].tolist()),
        labels=len(names),
        known_share=share,
        covered=covered,
        encoder_folder=str(ctx.encoder.trunk.folder),
        threads=ctx.encoder.threads,
        seconds=max(LEAST_PROBE_S, IN_ALL_S - ENDING_S - (time.monotonic() - began)),
        seed=request.seed,
        adapt=settings,
        smoothing=request.options.label_smoothing or 0.1,
        label_vectors=zero,
    )
    asked_at = time.time()
    title = f"Forecast for {data.name}"
    probed: Probed = ctx.workers.run("probe_training", spec, ctl, title=title, needs_mb=PROBE_MEMORY_MB)
    start_s = max(0.5, probed.began - asked_at)
    counts = Counter(data.labels).values()
    size = Size(len(data.texts), len(names), min(counts), max(counts), share if covered else 0.0)
    changed = changed_count(texts, size.held)
    reasons = {
        "zero": why_not_zero,
        "head": "" if taught >= 2 else f"it needs two labels with two different texts each; {taught} have them.",
    }
    scores = _scores(probed, size)
    found = []
    for method in METHODS:
        reason = reasons.get(method, reasons["head"])
        adapted = replace(settings, method=method) if method in ADAPTING else settings
        if method in ADAPTING and not reason and probed.rates is None:
            reason = probed.missing or "the bundled encoder does not know the script of these texts."
        seconds = _seconds(method, probed, size, changed, adapted, start_s, full_passes=bool(request.options.epochs))
        needed = _memory(method, data.texts, size, probed, adapted.batch_texts)
        if not reason and needed > free_mb:
            reason = f"It needs about {needed:,.0f} MB of memory, and {free_mb:,.0f} MB are free."
        expected = None if reason else scores.get(method)
        found.append(
            MethodForecast(
                method=method,
                seconds=round(seconds, 1) if math.isfinite(seconds) else 0.0,
                peak_mb=round(needed),
                score=None if expected is None else round(expected.value, 4),
                score_low=None if expected is None else round(expected.low, 4),
                score_high=None if expected is None else round(expected.high, 4),
                possible=not reason,
                reason=reason,
            )
        )
    return Outlook(tuple(found), probed.device_title, probed.run, size.held * size.reported_folds)


def _teachable(data: Data) -> int:
    """Labels with at least two different texts."""
    distinct: dict[str, set[str]] = defaultdict(set)
    for text, label in zip(data.texts, data.labels, strict=True):
        if len(distinct[label]) < 2:
            distinct[label].add(folded_text(text))
    return sum(len(texts) >= 2 for texts in distinct.values())


def _zero_vectors(
    ctx: Context, names: Sequence[str], texts: list[str], truth: NDArray[np.int64], *, covered: bool
) -> tuple[bytes, str]:
    """Vectors of the labels, or why there are none."""
    if not covered:
        return b"", "the bundled encoder does not know the script of these texts."
    by_label: dict[str, list[str]] = {name: [] for name in names}
    for text, number in zip(texts, truth.tolist(), strict=True):
        by_label[names[number]].append(text)
    try:
        return label_vectors(ctx, descriptions(tuple(names), by_label)).tobytes(), ""
    except UsageError as error:
        return b"", error.message


def _seconds(
    method: str,
    probed: Probed,
    size: Size,
    changed: int,
    settings: AdaptSettings,
    start_s: float,
    *,
    full_passes: bool,
) -> float:
    if method == "zero":
        return zero_seconds(probed, size, start_s)
    if not probed.head:
        return math.inf
    if method == "head":
        return head_seconds(probed, size, changed, start_s)
    return adapted_seconds(probed, size, changed, settings, start_s, full_passes=full_passes)


def _memory(method: str, texts: Sequence[str], size: Size, probed: Probed, batch_texts: int) -> float:
    characters = sum(min(len(text), 16_384) for text in texts) / len(texts)
    pieces = probed.rates.pieces if probed.rates is not None else characters / 4
    longest = probed.rates.long_pieces if probed.rates is not None else None
    return need_mb(
        method, texts=size.texts, labels=size.labels, characters=characters, pieces=pieces, longest=longest,
        batch_texts=batch_texts,
    )  # fmt: skip


def _scores(probed: Probed, size: Size) -> dict[str, Expected]:
    """Expected accuracy of each method with its 90 % interval."""
    found: dict[str, Expected] = {}
    if probed.zero_wrong is not None and probed.texts:
        found["zero"] = _accuracy(expected_error([Point(1, probed.texts, probed.zero_wrong)], 1, size.texts))
    if not probed.head:
        return found
    asked = size.held * size.reported_folds
    points = [Point(one.taught, one.asked, one.wrong) for one in probed.head]
    head = expected_error(points, size.taught, asked)
    found["head"] = _accuracy(head)
    if probed.rates is None:
        return found
    gain, spread = lora_gain(probed.run, size.texts / size.labels)
    for method, (more, more_spread) in BESIDE_LORA.items():
        own = math.log(head.high / head.value) / NORMAL_90
        width = NORMAL_90 * math.sqrt(own**2 + spread**2 + more_spread**2)
        value = min(1.0, head.value * math.exp(min(0.0, gain + more)))
        found[method] = _accuracy(Expected(value, value * math.exp(-width), min(1.0, value * math.exp(width))))
    return found


def lora_gain(run: ShortRun | None, per_label: float) -> tuple[float, float]:
    """Logarithm of LoRA's errors over the head's, and its standard deviation.

    Training mixes the adapted layers with the head by what both answer, so that the errors do not grow.

    Args:
        per_label: texts of a label, in the mean.
    """
    usual = USUAL_GAIN + GAIN_OF_PLENTY * math.log(max(1.0, per_label / PLENTY))
    if run is None:
        return usual, USUAL_SPREAD
    lora, head = run.lora_wrong + 0.5, run.head_wrong + 0.5
    luck = (run.only_head + run.only_lora + 1) / (0.5 * (lora + head)) ** 2
    measured, variance = math.log(lora / head), luck + RUN_SPREAD**2
    weight = USUAL_SPREAD**2 / (USUAL_SPREAD**2 + variance)
    return usual + weight * (measured - usual), math.sqrt(1 / (1 / variance + 1 / USUAL_SPREAD**2))


def _accuracy(error: Expected) -> Expected:
    return Expected(1 - error.value, 1 - error.high, 1 - error.low)


def pick(outlook: Outlook, options: TrainOptions, max_minutes: float | None) -> tuple[str, str]:
    """The method with the best expected score; the head where the gain is within the noise of the check.

    Returns:
        The method and a sentence that says why.
    Raises:
        DataUnusable: none is possible.
    """
    by_name = {one.method: one for one in outlook.methods}
    possible = [one for one in outlook.methods if one.possible and one.score is not None]
    if not possible:
        raise DataUnusable(name="", reason=by_name["head"].reason)
    limit = math.inf if max_minutes is None else 60 * max_minutes
    in_time = [one for one in possible if one.seconds <= limit] or [min(possible, key=lambda one: one.seconds)]
    adapting = [one for one in in_time if one.method in ADAPTING]
    if wants_adapting(options) and adapting:
        best = max(adapting, key=_score)
        return best.method, f"The method {best.method} was taken, since options were set that only adapting has."
    best = max(in_time, key=_score)
    head = by_name["head"]
    if best.method in ADAPTING and head in in_time and _score(best) - _score(head) <= noise(_score(head), outlook.held):
        return "head", (
            f"A head on the unchanged encoder was taken: {_score(head):.1%} are expected in {_time(head.seconds)}, and "
            f"what {best.method} would add ({_score(best) - _score(head):.1%} in {_time(best.seconds)}) is within the "
            "noise of the check."
        )
    others = [one for one in in_time if one is not best]
    beside = max(others, key=_score) if others else None
    told = f"The method {best.method} was taken: {_score(best):.1%} are expected in {_time(best.seconds)}"
    if beside is not None:
        told += f", against {_score(beside):.1%} by {beside.method} in {_time(beside.seconds)}"
    return best.method, f"{told}. {_by_what(outlook.run)}" if best.method in ADAPTING else f"{told}."


def noise(score: float, held: int) -> float:
    """Half the standard error of a score that is checked on so many texts."""
    return 0.5 * math.sqrt(max(score * (1 - score), 1e-6) / max(1, held))


def _by_what(run: ShortRun | None) -> str:
    if run is None:
        return "The gain over a head is what adapting usually brings; there was no time to measure it here."
    return (
        f"A short run on {run.taught:,} texts had {run.lora_wrong:,} of {run.asked:,} wrong where a head had "
        f"{run.head_wrong:,}."
    )


def _score(one: MethodForecast) -> float:
    return one.score if one.score is not None else 0.0


def _time(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 120 else f"{seconds / 60:.0f} min"
