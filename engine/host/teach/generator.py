"""From conversations to a stored version of a generator's adapter, put to use if it does not lose."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec.structs import replace

from engine.api import Control, GeneratorTrained, TrainGenerator
from engine.errors import MemoryShort, PackUnusable, UnknownName, UsageError
from engine.host.generate import files
from engine.host.generate.adapters import ADAPTER_FILE, TASK
from engine.host.models import bundled
from engine.host.teach.generator_card import write_card
from engine.host.teach.grounded_rate import measure_grounded
from engine.host.teach.talks import mark_of, read_talks, require_any
from engine.host.teach.unfinished import Keeper
from engine.jobs.control import JobControl
from engine.runtimes.gguf.facts import facts_of
from engine.runtimes.gguf.header import read_header
from engine.runtimes.gguf.weights import Weights
from engine.store import packs
from engine.train.encoder.device import Device, DeviceSpec
from engine.train.generator.forecast import Need, beside_card, plan
from engine.train.generator.shape import Shape, shape_of
from engine.train.generator.values import ALPHA, LEAST_TALKS, LONGEST, RANK, LoraSettings, LoraSpec, Talk, TaughtLora

if TYPE_CHECKING:
    from engine.host.context import Context

FORMAT = 1
IDLE_S = 1800.0
"""The longest that a single step may take on a slow machine."""
STEPS, LEAST_PASSES, MOST_PASSES = 600, 2, 12
RATE_BY_WIDTH, LEAST_RATE, MOST_RATE = 0.5, 1e-4, 5e-3
LEAST_COMPARED = 3
HELD_OUT_FILE = "held_out.npz"
CARD = "card.md"
DEVICE_S = 120.0  # the worker loads torch, which a busy machine takes long for
_DEVICE = "training device"


def teach(ctx: Context, request: TrainGenerator, ctl: Control, resume: bytes = b"") -> GeneratorTrained:
    """Teach a generator.

    Args:
        resume: body of a checkpoint of the same training.
    Raises:
        UsageError: values that no training can follow. UnknownName: no such data set, collection or generator.
        DataUnusable: too few conversations. GgufUnusable: the base cannot be taught. MemoryShort, with both numbers.
        DeviceMissing, PackUnusable, TemplateUnusable, TrainingDiverged, Cancelled.
    """
    began = time.monotonic()
    _check_fields(request)
    base = _base(request.base)
    _check_name(ctx, request.pack)
    device = _device(ctx, request.device, ctl)
    header = read_header(base.path)
    facts, shape = facts_of(header), shape_of(header)
    Weights(header).check_kinds()
    files.check(base, lambda done, total: ctl.report(done >> 20, total >> 20, "check the generator"))
    talks = read_talks(ctx, request.dataset, base.name, ctl)
    require_any(request, talks, LEAST_TALKS)
    told = read_talks(ctx, request.valid_dataset, base.name, ctl) if request.valid_dataset is not None else []
    told = _unseen(request, talks, told)
    what = f"Teaching {request.pack} over {base.name}"
    room = _room(ctx) if device.free_mb is None else device.free_mb
    settings, need = plan(shape, facts, replace(_settings(ctx, request, shape, len(talks)), device=device.name), room)
    needs_mb = need.total
    if device.free_mb is not None:
        if need.total > room:
            raise MemoryShort(what=f"{what} on the {device.title}", needed_mb=round(need.total), free_mb=round(room))
        needs_mb = beside_card(shape, need)
    ctx.workers.governor.require(what, needs_mb)
    spec = LoraSpec(
        name=request.pack,
        base=base.name,
        path=str(base.path),
        sha256=base.entry.sha256,
        talks=tuple(talks),
        told=tuple(told),
        settings=settings,
        dataset=request.dataset,
        resume=resume,
    )
    champion = _champion(ctx, request.pack)
    if champion is not None:
        spec = replace(spec, champion=champion[0], champion_taught=champion[1])
    with Keeper(ctx, request, TASK) as keeper:
        taught: TaughtLora = ctx.workers.run(
            "train_generator", spec, ctl, title=f"Train {request.pack}", idle_s=IDLE_S, needs_mb=needs_mb,
            on_item=keeper.take,
        )  # fmt: skip
    ctl.check()
    held = told or [talks[number] for number in taught.reported]
    metrics, more = measure_grounded(ctx, base, request.pack, taught.adapter, held, ctl)
    promote, why = _verdict(taught.metrics)
    result = GeneratorTrained(
        pack=request.pack,
        version=_next_version(ctx, request.pack),
        method="lora",
        seconds=round(time.monotonic() - began, 2),
        epochs=taught.epochs,
        metrics=taught.metrics | metrics,
        promoted=promote,
        peak_mb=taught.peak_mb,
        adapter_bytes=len(taught.adapter),
        base=base.name,
        base_sha256=base.entry.sha256,
        device=taught.device,
        rank=settings.rank,
        alpha=settings.alpha,
        needed_mb=round(need.total, 1),
        curve=taught.curve,
        notes=(*_ways(settings, need), *taught.notes, *more, *why),
    )
    card = write_card(request, result, facts.licence, taught.stopped)
    ctl.check()
    with ctx.store.write():  # version and checkpoint in one transaction
        version = packs.save_version(
            ctx.store,
            request.pack,
            TASK,
            {ADAPTER_FILE: taught.adapter, CARD: card.encode(), HELD_OUT_FILE: _held_out(taught)},
            _manifest(request, result, card),
            promote=promote,
        )
        keeper.finished()
    for key in [key for key in ctx.cache if request.pack in key]:
        ctx.cache.pop(key, None)
    return replace(result, version=version)


def data_mark(ctx: Context, request: TrainGenerator) -> str:
    """Tells one state of what a training learns from another: its conversations, and the base under them."""
    marks = []
    for name in (request.dataset, request.valid_dataset):
        if name is not None:
            try:
                marks.append(mark_of(read_talks(ctx, name, request.base, JobControl())))
            except UnknownName:
                marks.append("none")
    try:
        marks.append(files.find(request.base).entry.sha256)
    except UnknownName:
        marks.append("no base")
    return "; ".join(marks)


def _device(ctx: Context, asked: str, ctl: Control) -> Device:
    """What the training runs on; for "auto" it is found once after each unlocking, since torch has to be loaded for it.

    Raises:
        DeviceMissing.
    """
    if asked == "cpu":
        return Device("cpu", "processor")
    known = ctx.cache.get((_DEVICE, asked))
    if asked == "auto" and isinstance(known, Device) and known.free_mb is None:
        return known
    found: Device = ctx.workers.run(
        "find_device", DeviceSpec(asked), ctl, title="Look for the device", timeout_s=DEVICE_S
    )
    ctx.cache[_DEVICE, asked] = found
    return found


def _base(name: str) -> files.GeneratorFile:
    if not name.strip():
        raise UsageError(reason="Name the generator that is taught (--base); `models generators` lists them.")
    return files.find(name)


def _check_name(ctx: Context, name: str) -> None:
    """Fail before the work when the name belongs to something else."""
    if name in bundled.names() or any(one.name == name for one in files.generators()):
        raise PackUnusable(name=name, reason="a model has this name; choose another one for what is learned.")
    try:
        packs.current_version(ctx.store, name, TASK)
    except UnknownName:
        return


def _check_fields(request: TrainGenerator) -> None:
    options, minutes = request.options, request.max_minutes
    if not request.pack.strip():
        raise UsageError(reason="What is learned needs a name (--pack).")
    if request.method != "lora":
        raise UsageError(reason=f"Generators are taught by the method lora, not by {request.method}.")
    if minutes is not None and not (math.isfinite(minutes) and minutes > 0):
        raise UsageError(reason=f"The time allowed must be more than 0 minutes; {minutes:g} was given.")
    bounds = (
        ("seed", request.seed, 0, 2**32 - 1),
        ("rank", options.rank, 1, 256),
        ("alpha", options.alpha, 0.01, 4096),
        ("number of epochs", options.epochs, 1, 1000),
        ("learning rate", options.learning_rate, 1e-7, 1),
        ("longest conversation", options.longest, 32, 1 << 17),
    )
    for name, value, least, most in bounds:
        if value is not None and not least <= value <= most:
            raise UsageError(reason=f"The {name} must lie between {least:,} and {most:,}; {value} was given.")


def _settings(ctx: Context, request: TrainGenerator, shape: Shape, talks: int) -> LoraSettings:
    options = request.options
    rank = options.rank or RANK
    if rank > min(shape.width, shape.kv_heads * shape.head):
        raise UsageError(reason=f"The rank {rank} is larger than the base's own matrices; give a smaller one.")
    defaults = LoraSettings()
    passes = round(STEPS * defaults.batch_talks / max(1, talks))
    return replace(
        defaults,
        rank=rank,
        alpha=options.alpha or ALPHA / RANK * rank,
        epochs=options.epochs or min(MOST_PASSES, max(LEAST_PASSES, passes)),
        learning_rate=options.learning_rate or min(MOST_RATE, max(LEAST_RATE, RATE_BY_WIDTH / shape.width)),
        longest=options.longest or LONGEST,
        max_seconds=None if request.max_minutes is None else 60 * request.max_minutes,
        seed=request.seed,
        device=request.device,
        threads=int(ctx.settings["threads"]),
    )


def _room(ctx: Context) -> float:
    """Memory that a training may take; an idle generator gives its own up for it."""
    loaded = ctx.generators.loaded
    return ctx.workers.governor.free_mb() + (loaded.needs_mb if loaded is not None else 0.0)


def _unseen(request: TrainGenerator, talks: list[Talk], told: list[Talk]) -> list[Talk]:
    """Conversations to report on that are not also taught."""
    if request.valid_dataset is None:
        return []
    from engine.train.generator.talks import digests

    taught = set(digests(talks))
    kept = [one for one, digest in zip(told, digests(told), strict=True) if digest not in taught]
    if not kept:
        raise UsageError(reason=f"Every conversation of {request.valid_dataset} is also taught; name other ones.")
    return kept


def _champion(ctx: Context, pack: str) -> tuple[bytes, tuple[int, ...]] | None:
    """The adapter in use, and the digests of what it was taught."""
    import io

    import numpy as np

    try:
        stored = packs.current(ctx.store, pack, TASK)
    except UnknownName:
        return None
    taught: tuple[int, ...] = ()
    if HELD_OUT_FILE in stored.files:
        with np.load(io.BytesIO(stored.files[HELD_OUT_FILE]), allow_pickle=False) as kept:
            taught = tuple(kept["taught"].tolist())
    return stored.files[ADAPTER_FILE], taught


def _held_out(taught: TaughtLora) -> bytes:
    import io

    import numpy as np

    buffer = io.BytesIO()
    np.savez_compressed(buffer, taught=np.array(taught.taught, np.int64))
    return buffer.getvalue()


def _verdict(metrics: dict[str, float]) -> tuple[bool, tuple[str, ...]]:
    if metrics.get("n_compared", 0) < LEAST_COMPARED:
        return True, ()
    new, old = metrics["challenger"], metrics["champion"]
    if new <= old:
        return True, ()
    note = (
        f"The version in use is better on {metrics['n_compared']:.0f} conversations that neither was taught "
        f"(perplexity {old:.2f}, and {new:.2f} of this one), so it stays in use."
    )
    return False, (note,)


def _next_version(ctx: Context, pack: str) -> int:
    try:
        return packs.versions(ctx.store, pack)[0].version + 1
    except UnknownName:
        return 1


def _ways(settings: LoraSettings, need: Need) -> tuple[str, ...]:
    if settings.kept == "f32" and not settings.spare:
        return ()
    how = "each layer was computed twice" if settings.spare else ""
    if settings.kept != "f32":
        how += ", and the base's weights were kept as 16-bit numbers"
    return (f"To stay within {need.total:,.0f} MB of memory {how}.",)


def _manifest(request: TrainGenerator, result: GeneratorTrained, card: str) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "base": result.base,
        "base_sha256": result.base_sha256,
        "method": result.method,
        "dataset": request.dataset,
        "valid_dataset": request.valid_dataset,
        "seed": request.seed,
        "rank": result.rank,
        "alpha": result.alpha,
        "metrics": result.metrics,
        "card": card,
        "report": msgspec.to_builtins(result),
    }
