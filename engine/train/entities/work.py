"""The worker's side of teaching entities: texts with marked spans in, the files of a reader and a report out.

The taught texts are split by seed: most are taught, a part says when to stop, a part that nothing looked at is
reported on (or a data set of the person's choice). What is reported is measured with the files as they are stored, by
the code that will read with them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple, Protocol

import msgspec
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from engine.api import CurvePoint, EntityReport
from engine.errors import DataUnusable
from engine.runtimes.adapted import ADAPTER_FILE
from engine.serve.entities.extract import extract
from engine.serve.entities.features import Looker
from engine.serve.entities.passages import Lengths
from engine.serve.entities.reader import FORMAT, Reader, Settings, open_reader
from engine.serve.entities.windows import HiddenStates, word_states
from engine.serve.entities.words import Fineness, choose_fineness
from engine.train.classify.files import digests
from engine.train.encoder.checkpoint import Checkpoint as Checkpoint  # sent by a running training
from engine.train.encoder.settings import AdaptSettings
from engine.train.entities import measure
from engine.train.entities.data import CharSpan, MarkedTexts, TaughtRows, mark
from engine.train.entities.files import ADAPTER_FILES, HELD_OUT_FILE, held_out_file, npz, reader_files, with_calibration
from engine.train.entities.measure import Answer
from engine.train.entities.split import REPORT, Parts, split

COVERED_SHARE = 0.5  # of word pieces known to the encoder; below, letters alone are looked at
COVER_SAMPLE = 500
FROZEN_LAYERS = (3,)  # the trunk's; the top's may gain a point and double the time (docs/quality-entities.md)
TABLE_BYTES = 800_000
MOST_CELLS = 1 << 18
PLACES = 1 << 15
EMBEDDING, EMBEDDING_ALONE = 16, 32  # without the encoder the letters have to say more
HIDDEN = 128
LONGEST_SHARE = 98  # percent of the taught texts that are read in one piece
MOST_LOST = 0.005  # of F1, by 8 bits


class Link(Protocol):
    """What the worker's side of a job offers (engine/jobs/child.py)."""

    def report(
        self, done: int, total: int | None, stage: str, note: str = "", values: dict[str, float] | None = None
    ) -> None: ...


class EntitySpec(Struct, frozen=True):
    """Spans are (start, end, label number) per text; `labels` is sorted. Valid texts may have labels that are not
    taught: these are named in `valid_labels`, behind those of `labels`."""

    method: str
    labels: tuple[str, ...]
    texts: tuple[str, ...]
    spans: tuple[tuple[tuple[int, int, int], ...], ...]
    seed: int = 0
    max_seconds: float | None = None
    device: str = "auto"
    epochs: int | None = None
    rate: float | None = None
    adversarial: float = 0.0
    dataset: str = ""
    adapt: AdaptSettings | None = None
    resume: bytes = b""
    valid_texts: tuple[str, ...] = ()
    valid_spans: tuple[tuple[tuple[int, int, int], ...], ...] = ()
    valid_labels: tuple[str, ...] = ()


class TaughtEntities(Struct, frozen=True):
    """The reader's files and what is known of it. `adapter_bytes` counts what serving needs."""

    files: dict[str, bytes]
    adapter_bytes: int
    method: str
    layers: tuple[int, ...]
    fineness: str
    epochs: int
    metrics: dict[str, float]
    per_label: tuple[EntityReport, ...]
    mistakes: tuple[dict[str, Any], ...]
    curve: tuple[CurvePoint, ...]
    notes: tuple[str, ...]
    peak_mb: float
    quantisation: dict[str, float] = {}


def teach(spec: EntitySpec, link: Link) -> TaughtEntities:
    """Teach a reader; see the module's text.

    Raises:
        DataUnusable: layers of the encoder are to be adapted, which does not know the script of the texts.
    """
    link.report(0, None, "read")
    import torch

    torch.manual_seed(spec.seed)
    fineness = choose_fineness(
        (text, [span[:2] for span in spans]) for text, spans in zip(spec.texts, spec.spans, strict=True)
    )
    parts = split(spec.texts, [bool(spans) for spans in spec.spans], report=not spec.valid_texts, seed=spec.seed)
    taught, stop, told = _marked(spec, parts, fineness)
    encoder = _encoder(spec)
    if spec.adapt is not None and encoder is None:
        raise DataUnusable(
            name=spec.dataset,
            reason=f"the bundled encoder does not know its script, so the method {spec.method} has nothing to adapt; "
            "use head.",
        )
    made = (
        _frozen(spec, encoder, taught, stop, link)
        if spec.adapt is None
        else _adapted(spec, encoder, taught, stop, link)
    )
    shape = made.head.sizes
    settings = Settings(
        FORMAT, spec.labels, fineness, made.layers, shape.width, shape.convolutions, *taught_lengths(taught)
    )
    files = reader_files(settings, made.head)
    notes: list[str] = []
    quantisation: dict[str, float] = {}
    if made.adapter:
        made, answers, quantisation, notes = _gate(spec, made, files, stop, link)
        files[ADAPTER_FILE] = npz(made.adapter)
    else:
        answers = _answers(open_reader("reader", files), made.encoder, stop, link)
    slope, offset = measure.fit_calibration(answers, _truth(stop, spec))
    files = with_calibration(files, settings, slope, offset)

    answers = _answers(open_reader("reader", files), made.encoder, told, link)
    report = _report(answers, told, spec, len(parts.taught))
    taught_texts = [*taught.texts, *stop.texts]
    files[HELD_OUT_FILE] = held_out_file(digests(taught_texts).tolist(), digests(told.texts).tolist())
    return TaughtEntities(
        files=files,
        adapter_bytes=sum(len(files[name]) for name in (*ADAPTER_FILES, ADAPTER_FILE) if name in files),
        method=spec.method,
        layers=made.layers,
        fineness=fineness,
        epochs=made.epochs,
        curve=made.curve,
        notes=(*_notes(spec, parts, fineness, encoder is not None), *made.notes, *notes),
        peak_mb=peak_mb(),
        quantisation=quantisation,
        **report,
    )


class _Made(NamedTuple):
    """A taught head, with what gives it its states. `adapter` is empty for frozen layers."""

    head: Any
    layers: tuple[int, ...]
    encoder: HiddenStates | None
    adapter: dict[str, NDArray[Any]]
    epochs: int
    f1: float
    curve: tuple[CurvePoint, ...]
    notes: tuple[str, ...]


def _frozen(
    spec: EntitySpec, encoder: HiddenStates | None, taught: MarkedTexts, stop: MarkedTexts, link: Link
) -> _Made:
    """Teach a head over the encoder as it is."""
    import torch

    from engine.train.entities.head import EntityHead
    from engine.train.entities.learn import Frozen, learn

    # A head's products are small: threads would mostly wait for each other, and for other programs.
    torch.set_num_threads(1)
    layers = FROZEN_LAYERS if encoder else ()
    taught_states = _flat(_states(encoder, taught, layers, link, "embed"))
    stop_states = _states(encoder, stop, layers, link, "embed")
    looker = Looker()
    rows, stop_rows = TaughtRows(taught, looker), TaughtRows(stop, looker)
    head = EntityHead(sizes(len(spec.labels), encoder.dimension * len(layers) if encoder else 0))
    if taught_states is not None:
        head.scale_states(torch.from_numpy(_sample(taught_states, spec.seed)))

    def on_step(done: int, total: int, values: dict[str, float]) -> None:
        link.report(done, total, "teach", values=values)

    plan = make_plan(spec, len(rows.segments))
    learned = learn(head, Frozen(taught_states), Frozen(_flat(stop_states)), rows, stop_rows, plan, on_step)
    return _Made(head, layers, encoder, {}, learned.epochs, learned.best_f1, learned.curve, learned.notes)


def _adapted(spec: EntitySpec, encoder: Any, taught: MarkedTexts, stop: MarkedTexts, link: Link) -> _Made:
    """Teach a head together with the encoder's upper layers."""
    import torch

    from engine.runtimes.threads import usable_threads
    from engine.train.encoder.device import choose_device
    from engine.train.entities.adapt import ADAPTED_LAYERS, adapt
    from engine.train.entities.head import EntityHead

    assert spec.adapt is not None
    torch.set_num_threads(usable_threads())
    settings = msgspec.structs.replace(spec.adapt, device=choose_device(spec.adapt.device))
    head = EntityHead(sizes(len(spec.labels), encoder.dimension * len(ADAPTED_LAYERS), TABLE_BYTES // 2))
    found = adapt(encoder, head, taught, stop, settings, link, spec.resume)
    return _Made(
        head, ADAPTED_LAYERS, encoder, found.arrays, math.ceil(found.epochs), found.f1, found.curve, found.notes
    )


def _gate(
    spec: EntitySpec, made: _Made, files: dict[str, bytes], stop: MarkedTexts, link: Link
) -> tuple[_Made, list[list[Answer]], dict[str, float], list[str]]:
    """Open the adapted encoder in 8 bits as it will be served, and in fp32 if that loses more than half a point."""
    from engine.runtimes.adapted import is_wide, open_adapted

    reader = open_reader("reader", files)

    def served() -> tuple[_Made, list[list[Answer]], float]:
        encoder = open_adapted(made.encoder, made.adapter, "reader")  # type: ignore[arg-type]
        answers = _answers(reader, encoder, stop, link)
        f1 = measure.count(answers, _truth(stop, spec)).scores[2]
        return made._replace(encoder=encoder), answers, f1

    opened, answers, int8 = served()
    quantisation = {"fp32": made.f1, "int8": int8, "used_fp32": 0.0}
    notes: list[str] = []
    if is_wide(made.adapter):
        quantisation["used_fp32"] = 1.0
        notes.append("A prefix is served in fp32, since 8-bit attention has no place for it.")
    elif int8 < made.f1 - MOST_LOST:
        made.adapter["wide"] = np.ones(1, dtype=np.uint8)
        opened, answers, quantisation["fp32_served"] = served()
        quantisation["used_fp32"] = 1.0
        notes.append(f"8 bits would lose {made.f1 - int8:.1%} of F1, so this reader is served in fp32.")
    return opened, answers, quantisation, notes


def sizes(labels: int, width: int, table_bytes: int = TABLE_BYTES) -> Any:
    """Arrays that keep a reader within 2 MB, whatever the number of labels (`engine.train.entities.head.Sizes`)."""
    from engine.serve.entities.tags import tag_count
    from engine.train.entities.head import Sizes

    cells = min(MOST_CELLS, 1 << int(np.log2(table_bytes / tag_count(labels))))
    return Sizes(
        labels, width, cells=cells, places=PLACES, embedding=EMBEDDING if width else EMBEDDING_ALONE, hidden=HIDDEN
    )


def make_plan(spec: EntitySpec, segments: int) -> Any:
    """Passes and batches for this much data (`engine.train.entities.learn.Plan`): few texts are seen more often, in
    smaller batches."""
    from engine.train.entities.learn import Plan

    epochs = spec.epochs or int(np.clip(round(6 * np.sqrt(3000 / max(1, segments))), 6, 30))
    batch = 32 if segments >= 1000 else 16 if segments >= 300 else 8
    rate = {"rate": spec.rate} if spec.rate else {}
    return Plan(
        epochs=epochs,
        batch=batch,
        patience=max(3, epochs // 4),
        max_seconds=spec.max_seconds,
        adversarial=spec.adversarial,
        seed=spec.seed,
        **rate,
    )


def _encoder(spec: EntitySpec) -> HiddenStates | None:
    """The bundled encoder, unless it does not know the script of these texts."""
    from engine.runtimes.encoder import Encoder, bundled_encoder_folder

    encoder = Encoder.open(bundled_encoder_folder())
    rng = np.random.default_rng(spec.seed)
    sample = rng.choice(len(spec.texts), min(COVER_SAMPLE, len(spec.texts)), replace=False).tolist()
    share = float(np.median(encoder.known_share([spec.texts[row] for row in sample])))
    return encoder if share >= COVERED_SHARE else None


def _marked(spec: EntitySpec, parts: Parts, fineness: Fineness) -> tuple[MarkedTexts, MarkedTexts, MarkedTexts]:
    """Taught texts, those that say when to stop, and those that the report is about."""
    found = []
    for number, rows in enumerate(parts):
        texts = tuple(spec.texts[row] for row in rows.tolist())
        spans = tuple(tuple(CharSpan(*span) for span in spec.spans[row]) for row in rows.tolist())
        if number == REPORT and spec.valid_texts:
            texts, spans = spec.valid_texts, tuple(tuple(CharSpan(*one) for one in row) for row in spec.valid_spans)
        # A label that is not taught has no tag; it is counted from the characters' spans alone.
        known = [[span for span in row if span.label < len(spec.labels)] for row in spans]
        found.append(mark(texts, known, fineness)._replace(spans=spans))
    return found[0], found[1], found[2]


def _states(
    encoder: HiddenStates | None, marked: MarkedTexts, layers: Sequence[int], link: Link, stage: str
) -> list[NDArray[np.float16]] | None:
    if encoder is None:
        return None
    return word_states(
        encoder, marked.texts, marked.bounds, layers, on_batch=lambda done, total: link.report(done, total, stage)
    )


def _flat(states: list[NDArray[np.float16]] | None) -> NDArray[np.float16] | None:
    if states is None:
        return None
    return np.concatenate(states) if states else np.zeros((0, 0), np.float16)


def _sample(flat: NDArray[np.float16], seed: int) -> NDArray[np.float32]:
    rows = np.random.default_rng(seed).permutation(len(flat))[:20_000]
    return flat[rows].astype(np.float32)


def taught_lengths(taught: MarkedTexts) -> Lengths:
    """How many words the texts had; far longer ones are read in passages of this kind."""
    lengths = [len(bounds) for bounds in taught.bounds if bounds]
    usual = max(1, round(float(np.median(lengths))))
    return Lengths(max(usual, round(float(np.percentile(lengths, LONGEST_SHARE)))), usual)


def _answers(reader: Reader, encoder: HiddenStates | None, marked: MarkedTexts, link: Link) -> list[list[Answer]]:
    """What a reader finds, as it will find it."""
    found = extract(reader, encoder, marked.texts, lambda done, total: link.report(done, total, "check"))
    return [[Answer(*one) for one in row] for row in found]


def _truth(marked: MarkedTexts, spec: EntitySpec) -> list[list[Answer]]:
    names = (*spec.labels, *spec.valid_labels)
    return [[Answer(span.start, span.end, names[span.label]) for span in row] for row in marked.spans]


def _report(answers: list[list[Answer]], marked: MarkedTexts, spec: EntitySpec, taught: int) -> dict[str, Any]:
    truth = _truth(marked, spec)
    counts = measure.count(answers, truth)
    precision, recall, f1 = counts.scores
    low, high = measure.f1_interval(counts, seed=spec.seed)
    reports = measure.per_label(answers, truth, spec.labels)
    return {
        "metrics": {
            "f1": f1,
            "f1_low": low,
            "f1_high": high,
            "precision": precision,
            "recall": recall,
            "macro_f1": measure.macro_f1(reports),
            "ece": measure.score_error(answers, truth),
            "n_valid": float(len(marked.texts)),
            "n_train": float(taught),
        },
        "per_label": reports,
        "mistakes": measure.confident_mistakes(marked.texts, answers, truth),
    }


def _notes(spec: EntitySpec, parts: Parts, fineness: Fineness, covered: bool) -> list[str]:
    told = f"{len(spec.valid_texts):,} of another data set" if spec.valid_texts else f"{len(parts.report):,} others"
    notes = [
        f"{len(parts.taught):,} texts were taught and {len(parts.stop):,} said when to stop; the report is about "
        f"{told}."
    ]
    if not covered:
        notes.append("The bundled encoder does not know this script; the reader goes by letters and neighbours alone.")
    if fineness != "words":
        notes.append("Entities begin or end within words here, so words are split into smaller parts.")
    return notes


def peak_mb() -> float:
    """The most memory this process has used so far, in MB; 0 where the system does not tell."""
    try:
        import resource
        import sys
    except ImportError:
        return 0.0
    units = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / units, 1)
