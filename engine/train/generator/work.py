"""The worker's side of teaching a generator: a base and conversations in, an adapter and what it gained out.

Conversations are split by seed: most are taught, some say when to stop, and some that nothing looked at are reported
on, with the base alone and with what was learned. What is reported is perplexity on the answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from engine.errors import DataUnusable
from engine.jobs.child import Link
from engine.runtimes.gguf.facts import facts_of
from engine.runtimes.gguf.header import read_header
from engine.runtimes.gguf.template import ChatTemplate
from engine.runtimes.gguf.vocabulary import read_steering
from engine.runtimes.gguf.weights import Weights
from engine.runtimes.llama_vocabulary import vocabulary_of
from engine.train.encoder.checkpoint import Checkpoint as Checkpoint  # sent by a running training
from engine.train.generator import merge as merging
from engine.train.generator.shape import Shape, shape_of
from engine.train.generator.talks import Cut, Cutter, Parts, cut_all, digests, split
from engine.train.generator.values import (
    LEAST_TALKS,
    LoraSettings,
    LoraSpec,
    Merged,
    MergeSpec,
    TaughtLora,
)

if TYPE_CHECKING:
    import torch

    from engine.train.generator.loop import Loss
    from engine.train.generator.model import Generator


def teach(spec: LoraSpec, link: Link) -> TaughtLora:
    """Task "train_generator".

    Raises:
        GgufUnusable: the base cannot be taught. TemplateUnusable: its template fails.
        DataUnusable: too few conversations fit. TrainingDiverged, PackUnusable, DeviceMissing, Cancelled.
    """
    link.report(0, None, "read")
    header = read_header(Path(spec.path))
    shape = shape_of(header)
    weights = Weights(header)
    weights.check_kinds()
    parts = split(spec.talks, report=not spec.told, seed=spec.settings.seed)
    taught, stop, told, too_long = _cut(spec, parts, link)
    _check(spec, taught, stop, told, too_long)

    import torch

    from engine.runtimes.threads import usable_threads
    from engine.train.encoder.device import choose_device, device_title
    from engine.train.generator.adapter import about, gguf_adapter
    from engine.train.generator.loop import train
    from engine.train.generator.model import lora_arrays

    settings = spec.settings
    torch.set_num_threads(usable_threads(settings.threads or None))
    torch.manual_seed(settings.seed)
    device = choose_device(settings.device)
    settings = _with_device(settings, device)
    model = _open(shape, weights, settings, link)
    before = _measure(model, told, settings, link, "measure the base")
    outcome = train(model, taught, stop, settings, link, spec.resume)
    after = _measure(model, told, settings, link, "measure what was learned")
    arrays = lora_arrays(model)
    metrics = {
        "perplexity": round(after.perplexity, 4),
        "perplexity_before": round(before.perplexity, 4),
        "perplexity_per_byte": round(after.per_byte, 5),
        "perplexity_per_byte_before": round(before.per_byte, 5),
        "right_tokens": round(after.right / max(1, after.tokens), 4),
        "right_tokens_before": round(before.right / max(1, before.tokens), 4),
        "n_train": float(len(parts.taught)),
        "n_valid": float(len(spec.told) or len(parts.report)),
        "tokens_train": float(sum(int(one.learned.sum()) for one in taught)),
        "tokens_valid": float(after.tokens),
    }
    metrics |= _against_champion(spec, model, told, settings, link)
    notes = [f"{too_long:,} answers longer than {settings.longest:,} tokens were left out."] if too_long else []
    alpha, rank = settings.alpha, settings.rank
    return TaughtLora(
        adapter=gguf_adapter(arrays, about(shape, alpha, rank, spec.base, spec.sha256), spec.name),
        metrics=metrics,
        epochs=round(outcome.epochs, 2),
        steps=outcome.steps,
        stopped=outcome.stopped,
        curve=outcome.curve,
        notes=tuple(notes),
        reported=() if spec.told else tuple(parts.report),
        taught=tuple(digests([spec.talks[number] for number in (*parts.taught, *parts.stop)])),
        peak_mb=_peak_mb(),
        device=device_title(device),
    )


def merge(spec: MergeSpec, link: Link) -> Merged:
    """Task "merge_generator"; see `engine.train.generator.merge.merge`."""
    return merging.merge(spec, link)


def _cut(spec: LoraSpec, parts: Parts, link: Link) -> tuple[list[Cut], list[Cut], list[Cut], int]:
    header = read_header(Path(spec.path))
    facts, steering = facts_of(header), read_steering(header)
    template = ChatTemplate(
        spec.base, facts.template, begin=steering.begin, end=steering.end, control=steering.control
    )  # fmt: skip
    longest = min(spec.settings.longest, facts.context_length)
    done = 0
    total = len(spec.talks) + len(spec.told)

    def tell() -> None:
        nonlocal done
        done += 1
        link.report(min(done, total), total, "cut into tokens")

    with vocabulary_of(Path(spec.path)) as vocabulary:
        cutter = Cutter(template, vocabulary, steering.begin, longest)
        taught = cut_all(cutter, spec.talks, parts.taught, tell)
        stop = cut_all(cutter, spec.talks, parts.stop, tell)
        if spec.told:
            told = cut_all(cutter, spec.told, range(len(spec.told)), tell)
        else:
            told = cut_all(cutter, spec.talks, parts.report, tell)
    return taught, stop, told, cutter.too_long


def _check(spec: LoraSpec, taught: list[Cut], stop: list[Cut], told: list[Cut], too_long: int) -> None:
    left = f"{too_long:,} answers are longer than {spec.settings.longest:,} tokens. " if too_long else ""
    if len({one.talk for one in taught}) + len({one.talk for one in stop}) < LEAST_TALKS:
        raise DataUnusable(
            name=spec.dataset,
            reason=f"{left}Too few conversations are left to learn from; at least {LEAST_TALKS} are needed.",
        )
    if not (taught and stop and told):
        raise DataUnusable(
            name=spec.dataset,
            reason=f"{left}No answer is left to learn or to hold out; conversations that begin with the same words "
            "stay together.",
        )


def _with_device(settings: LoraSettings, device: str) -> LoraSettings:
    from msgspec.structs import replace

    return replace(settings, device=device)


def _open(shape: Shape, weights: Weights, settings: LoraSettings, link: Link) -> Generator:
    import torch

    from engine.train.generator.model import open_base

    kinds = {"f32": torch.float32, "f16": torch.float16, "bf16": torch.bfloat16}
    model = open_base(
        shape, weights, rank=settings.rank, alpha=settings.alpha, kept=kinds[settings.kept],
        compute=_compute(settings), device=settings.device,
        on_layer=lambda done, total: link.report(done, total, "open the base"),
    )  # fmt: skip
    model.spare = settings.spare
    model.start(settings.seed)
    return model


def _compute(settings: LoraSettings) -> torch.dtype:
    """What is computed with: 16-bit numbers where a graphics card has units for them, 32-bit elsewhere."""
    import torch

    half = settings.device == "cuda" and settings.kept == "bf16"
    return torch.bfloat16 if half else torch.float32


def _measure(model: Generator, cuts: Sequence[Cut], settings: LoraSettings, link: Link, stage: str) -> Loss:
    from engine.train.generator.loop import measure

    return measure(
        model, cuts, settings.tokens_at_once, settings.device, lambda done: link.report(done, len(cuts), stage)
    )  # fmt: skip


def _against_champion(
    spec: LoraSpec, model: Generator, told: list[Cut], settings: LoraSettings, link: Link
) -> dict[str, float]:
    """The perplexity of the version in use and of the new one on what neither was taught; nothing where there is no
    such version, or nothing to ask both."""
    if not spec.champion:
        return {}
    from engine.train.generator.adapter import read_adapter
    from engine.train.generator.model import lora_arrays, put_lora

    talks = spec.told or spec.talks
    seen = set(spec.champion_taught)
    fresh = {number for number, digest in enumerate(digests(talks)) if digest not in seen}
    both = [one for one in told if one.talk in fresh]
    about, arrays = read_adapter(spec.name, spec.champion)
    if not both or about.base_sha256 != spec.sha256:
        return {}
    mine = lora_arrays(model)
    new = _measure(model, both, settings, link, "compare")
    put_lora(model, arrays, about.alpha / about.rank)
    old = _measure(model, both, settings, link, "compare")
    put_lora(model, mine, settings.alpha / settings.rank)
    return {
        "challenger": round(new.perplexity, 4),
        "champion": round(old.perplexity, 4),
        "n_compared": float(len({one.talk for one in both})),
    }


def _peak_mb() -> float:
    """The most memory that this process had; 0 where the system does not tell."""
    try:
        import resource
        import sys
    except ImportError:
        return 0.0
    units = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / units, 1)
