"""What the worker gets that teaches a classifier: texts, labels, vectors, and how the layers are adapted."""

from __future__ import annotations

import time
from collections import defaultdict

import numpy as np
from msgspec.structs import replace

from engine.api import Control, TrainClassifier
from engine.dataset.split import sample_rows
from engine.errors import DataUnusable
from engine.host.context import Context
from engine.host.read.reading import reader_of, reading_of
from engine.host.read.skills import label_vectors
from engine.host.teach.adapting import adapt_settings, adapts, teacher_probabilities
from engine.host.teach.label_names import name_texts
from engine.host.teach.labelled import Labelled
from engine.host.teach.promotion import held_before
from engine.runtimes.long_texts import embed_long
from engine.runtimes.word_encoder import bundled_word_encoder_folder
from engine.train.classify.spec import TeachSpec
from engine.train.classify.zero import descriptions

MOST_TEXTS = 200_000  # taught at once: 300 MB of vectors; more texts of the same kind no longer change a head
LEAST_PER_LABEL = 200
SHARE_SAMPLE = 2_000
SMOOTHING = 0.1  # where nothing else is asked for


def make_spec(
    ctx: Context,
    request: TrainClassifier,
    method: str,
    data: Labelled,
    names: tuple[str, ...],
    valid: Labelled,
    ctl: Control,
) -> TeachSpec:
    """What the worker gets. Texts that no encoder covers are not embedded at all."""
    began = time.monotonic()
    numbers = {name: number for number, name in enumerate(names)}
    truth = np.fromiter((numbers[label] for label in data.labels), np.int64, len(data.labels))
    rows = sample_rows(truth, MOST_TEXTS, seed=request.seed, least=LEAST_PER_LABEL)
    texts = [data.texts[row] for row in rows.tolist()]
    rng = np.random.default_rng(request.seed)
    sample = rng.choice(len(texts), min(SHARE_SAMPLE, len(texts)), replace=False).tolist()
    reading = reading_of(ctx, [texts[row] for row in sample])
    reader = ctx.encoder if adapts(method) else reader_of(ctx, reading)
    if adapts(method) and not reading.adaptable:
        raise DataUnusable(
            name=request.dataset,
            reason="the bundled encoder whose layers can be adapted does not know its script, so the method "
            f"{method} has nothing to adapt; use head.",
        )
    label_bytes = b""
    if method == "zero":
        if not reading.covered:
            raise DataUnusable(
                name=request.dataset,
                reason="the bundled encoders do not know its script; give at least two texts per label and use head.",
            )
        by_label: dict[str, list[str]] = defaultdict(list)
        for text, label in zip(data.texts, data.labels, strict=True):
            by_label[label].append(text)
        described = descriptions(names, by_label)
        label_bytes = label_vectors(ctx, described).tobytes()

    def embedded(parts: list[str], stage: str) -> bytes:
        if not reading.covered or not parts:
            return b""
        return embed_long(reader, parts, on_batch=lambda done, total: ctl.report(done, total, stage)).tobytes()

    vectors, valid_vectors = embedded(texts, "embed"), embedded(valid.texts, "embed valid")
    named: list[str] = []
    taught = truth[rows]
    if vectors and method != "zero":
        known = np.frombuffer(vectors, dtype=np.float32).reshape(len(texts), -1)
        named, more = name_texts(ctx, names, known, taught)
        vectors += more.tobytes()
        taught = np.concatenate([taught, np.repeat(np.arange(len(names)), len(named) // len(names))])
    allowed = None if request.max_minutes is None else max(1.0, 60 * request.max_minutes - (time.monotonic() - began))
    return TeachSpec(
        method=method,
        labels=names,
        texts=(*texts, *named),
        truth=tuple(taught.tolist()),
        vectors=vectors,
        dimension=ctx.encoder.dimension,
        known_share=reading.known_share,
        languages=reading.languages,
        seed=request.seed,
        max_seconds=allowed,
        label_vectors=label_bytes,
        valid_texts=tuple(valid.texts),
        valid_truth=tuple(numbers.get(label, -1) for label in valid.labels),
        valid_vectors=valid_vectors,
        columns=_columns(data, rows.tolist()),
        valid_columns={name: tuple(values) for name, values in valid.columns.items()},
        encoder_folder=str(ctx.encoder.trunk.folder),
        word_encoder_folder=str(bundled_word_encoder_folder()) if reader is not ctx.encoder else "",
        threads=ctx.encoder.threads,
        named=len(named),
        held_before=held_before(ctx, request.pack, texts),
    )


def with_layers(ctx: Context, request: TrainClassifier, spec: TeachSpec, resume: bytes, began: float) -> TeachSpec:
    """The spec with what the methods need that teach the encoder's layers."""
    assert spec.vectors, "make_spec refuses texts that the encoder does not read"
    options = request.options
    left = None if request.max_minutes is None else max(5.0, 60 * request.max_minutes - (time.monotonic() - began))
    teacher = b""
    if options.teacher is not None:
        teacher = teacher_probabilities(ctx, options.teacher, spec.labels, list(spec.texts))
    return replace(
        spec,
        adapt=adapt_settings(request, len(spec.texts), left),
        smoothing=options.label_smoothing or SMOOTHING,
        balance=options.balance,
        augment=options.augment,
        teacher=teacher,
        resume=resume,
    )


def _columns(data: Labelled, rows: list[int]) -> dict[str, tuple[str, ...]]:
    """Values of the other columns for the texts in these rows; replayed texts have none."""
    return {
        name: tuple(values[row] if row < len(values) else "" for row in rows) for name, values in data.columns.items()
    }
