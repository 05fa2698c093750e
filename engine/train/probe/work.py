"""Task "probe_training": time and score the methods on a sample.

What is timed is the code that a training runs: the encoder, the head's solver, and steps of the training loop over
texts of true lengths. What is scored are heads on growing parts of the sample and, where the time allows, a short run
of LoRA beside a head taught on the same texts.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from msgspec.structs import replace

from engine.train.encoder.checkpoint import Checkpoint
from engine.train.probe.heads import Floats, head_points, zero_wrong
from engine.train.probe.values import Probed, ProbeSpec

if TYPE_CHECKING:
    from engine.runtimes.encoder import Encoder

__all__ = ["ProbeSpec", "Probed", "probe"]

EMBED_SHARE, HEAD_SHARE, RATES_SHARE = 0.2, 0.2, 0.2  # of the time; the rest is for the short run
CHUNK = 128
SPARE_S = 1.0


class Link(Protocol):
    """What the worker's side of a job offers (engine/jobs/child.py)."""

    def report(
        self, done: int, total: int | None, stage: str, note: str = "", values: dict[str, float] | None = None
    ) -> None: ...

    def send(self, item: Checkpoint) -> None: ...

    def check(self) -> None: ...


def probe(spec: ProbeSpec, link: Link) -> Probed:
    """Look at every method; see the module's text.

    Raises:
        DeviceMissing: the device that was asked for.
    """
    start, ready = time.monotonic(), time.time()
    until = start + spec.seconds
    truth = np.asarray(spec.truth, dtype=np.int64)
    link.report(0, None, "probe")
    if not spec.covered:
        points, _, features_s = head_points(spec, spec.texts, truth, None, time.monotonic() + 0.6 * spec.seconds)
        return Probed(
            texts=len(spec.texts), embed_s=0.0, load_s=0.0, head=points, zero_wrong=None, rates=None, run=None,
            device="cpu", device_title="processor", features_s=features_s, seconds=time.monotonic() - start,
            began=ready,
        )  # fmt: skip
    from engine.runtimes.encoder import Encoder

    began = time.monotonic()
    encoder = Encoder.open(Path(spec.encoder_folder), threads=spec.threads or None)
    load_s = time.monotonic() - began
    vectors, embed_s = _embedded(encoder, spec, time.monotonic() + EMBED_SHARE * spec.seconds, link)
    texts, truth = spec.texts[: len(vectors)], truth[: len(vectors)]
    points, sample, features_s = head_points(spec, texts, truth, vectors, time.monotonic() + HEAD_SHARE * spec.seconds)
    link.report(0, None, "probe")
    found = Probed(
        texts=len(texts), embed_s=embed_s, load_s=load_s, head=points, zero_wrong=zero_wrong(spec, vectors, truth),
        rates=None, run=None, device="cpu", device_title="processor", features_s=features_s,
        seconds=time.monotonic() - start, began=ready,
    )  # fmt: skip
    began = time.monotonic()
    try:
        import torch
    except ImportError:
        return replace(found, missing="PyTorch is not part of this installation.")
    from engine.runtimes.threads import usable_threads
    from engine.train.encoder.device import choose_device, device_title
    from engine.train.probe.layers import LayerBench

    torch.set_num_threads(usable_threads(spec.threads or None))
    device = choose_device(spec.adapt.device)
    load_s += time.monotonic() - began
    bench = LayerBench(spec, encoder, texts, truth, vectors, device, link)
    rates = bench.rates(RATES_SHARE * spec.seconds)
    link.report(0, None, "probe")
    run = bench.short_run(sample, rates.step_s["lora"], until - SPARE_S - time.monotonic())
    return replace(
        found, load_s=load_s, rates=rates, run=run, device=device, device_title=device_title(device),
        seconds=time.monotonic() - start,
    )  # fmt: skip


def _embedded(encoder: Encoder, spec: ProbeSpec, until: float, link: Link) -> tuple[Floats, float]:
    """Vectors of as many texts as the time allows, and seconds per text."""
    from engine.runtimes.long_texts import embed_long

    parts: list[Floats] = []
    began = time.monotonic()
    done = 0
    while done < len(spec.texts) and (not parts or time.monotonic() < until):
        parts.append(embed_long(encoder, spec.texts[done : done + CHUNK], on_batch=lambda _done, _all: link.check()))
        done += len(parts[-1])
    return np.concatenate(parts), (time.monotonic() - began) / done
