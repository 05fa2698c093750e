"""The worker's side of teaching entities: texts with marked spans in, the files of a reader and a report out.

The taught texts are split by seed: most are taught, a part says when to stop, a part that nothing looked at is
reported on (or a data set of the person's choice). What is reported is measured with the files as they are stored, by
the code that will read with them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple, Protocol

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from engine.api import CurvePoint, EntityReport
from engine.serve.entities.reader import FORMAT, Reader, Settings, open_reader
from engine.serve.entities.windows import HiddenStates, word_states
from engine.serve.entities.words import Fineness, choose_fineness
from engine.train.classify.files import digests
from engine.train.entities import measure
from engine.train.entities.data import CharSpan, MarkedTexts, TaughtRows, mark
from engine.train.entities.files import ADAPTER_FILES, held_out_file, reader_files, with_calibration
from engine.train.entities.measure import Answer
from engine.train.entities.split import Parts, split

COVERED_SHARE = 0.5  # of word pieces known to the encoder; below, letters alone are looked at
COVER_SAMPLE = 500
FROZEN_LAYERS = (3,)  # of the trunk: later ones help no more (docs/benchmarks.md) and cost twice the time
TABLE_BYTES = 800_000
MOST_CELLS = 1 << 18
PLACES = 1 << 15
EMBEDDING, EMBEDDING_ALONE = 16, 32  # without the encoder the letters have to say more
HIDDEN = 128


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
    rank: int | None = None
    adapted_layers: int | None = None
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


class _Part(NamedTuple):
    """Texts with the states of their words (None without the encoder)."""

    marked: MarkedTexts
    states: list[NDArray[np.float16]] | None


def teach(spec: EntitySpec, link: Link) -> TaughtEntities:
    """Teach a reader; see the module's text."""
    from engine.train.entities.head import EntityHead
    from engine.train.entities.learn import Frozen, learn

    link.report(0, None, "read")
    import torch

    # A head's products are small: threads would mostly wait for each other, and for other programs.
    torch.set_num_threads(1)
    torch.manual_seed(spec.seed)
    fineness = choose_fineness(
        (text, [span[:2] for span in spans]) for text, spans in zip(spec.texts, spec.spans, strict=True)
    )
    parts = split(spec.texts, [bool(spans) for spans in spec.spans], report=not spec.valid_texts, seed=spec.seed)
    encoder = _encoder(spec)
    layers = FROZEN_LAYERS if encoder else ()
    taught, stop, told = _parts(spec, parts, fineness, encoder, layers, link)

    from engine.serve.entities.features import Looker

    looker = Looker()
    taught_rows, stop_rows = TaughtRows(taught.marked, looker), TaughtRows(stop.marked, looker)
    head = EntityHead(sizes(len(spec.labels), encoder.dimension * len(layers) if encoder else 0))
    flat = _flat(taught)
    if flat is not None:
        head.scale_states(torch.from_numpy(_sample(flat, spec.seed)))

    def on_step(done: int, total: int, values: dict[str, float]) -> None:
        link.report(done, total, "teach", values=values)

    plan = make_plan(spec, len(taught_rows.segments))
    learned = learn(head, Frozen(flat), Frozen(_flat(stop)), taught_rows, stop_rows, plan, on_step)

    settings = Settings(FORMAT, spec.labels, fineness, layers, head.sizes.width, head.sizes.convolutions)
    files = reader_files(settings, head)
    reader = open_reader("reader", files)
    link.report(0, None, "check")
    slope, offset = measure.fit_calibration(_answers(reader, stop), _truth(stop.marked, spec))
    files = with_calibration(files, settings, slope, offset)
    reader = open_reader("reader", files)
    taught_texts = [spec.texts[row] for part in (parts.taught, parts.stop) for row in part.tolist()]
    files["held_out.npz"] = held_out_file(digests(taught_texts).tolist(), digests(told.marked.texts).tolist())
    return TaughtEntities(
        files=files,
        adapter_bytes=sum(len(files[name]) for name in ADAPTER_FILES),
        method="head",
        layers=layers,
        fineness=fineness,
        epochs=learned.epochs,
        curve=learned.curve,
        notes=(*_notes(spec, parts, fineness, encoder is not None), *learned.notes),
        peak_mb=peak_mb(),
        **_report(reader, told, spec, len(parts.taught)),
    )


def sizes(labels: int, width: int) -> Any:
    """Arrays that keep a reader within 2 MB, whatever the number of labels (`engine.train.entities.head.Sizes`)."""
    from engine.serve.entities.tags import tag_count
    from engine.train.entities.head import Sizes

    cells = min(MOST_CELLS, 1 << int(np.log2(TABLE_BYTES / tag_count(labels))))
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


def _parts(
    spec: EntitySpec, parts: Parts, fineness: Fineness, encoder: HiddenStates | None, layers: Sequence[int], link: Link
) -> tuple[_Part, _Part, _Part]:
    wanted = [
        (tuple(spec.texts[row] for row in rows.tolist()), tuple(spec.spans[row] for row in rows.tolist()))
        for rows in parts
    ]
    if spec.valid_texts:
        wanted[2] = (spec.valid_texts, spec.valid_spans)
    total = sum(len(texts) for texts, _ in wanted)
    done = 0
    found = []
    for number, (texts, spans) in enumerate(wanted):
        # A label that is not taught has no tag; it is counted from the characters' spans alone.
        taught_only = [[CharSpan(*span) for span in row if span[2] < len(spec.labels)] for row in spans]
        marked = mark(texts, taught_only, fineness)._replace(
            spans=tuple(tuple(CharSpan(*span) for span in row) for row in spans)
        )
        states = None
        if encoder is not None:

            def told(count: int, _all: int, done: int = done) -> None:
                link.report(done + count, total, "embed")

            states = word_states(encoder, texts, marked.bounds, layers, on_batch=told)
        done += len(texts)
        found.append(_Part(marked, states))
        link.report(done, total, "embed", str(number) if number == len(wanted) else "")
    return found[0], found[1], found[2]


def _flat(part: _Part) -> NDArray[np.float16] | None:
    if part.states is None:
        return None
    return np.concatenate(part.states) if part.states else np.zeros((0, 0), np.float16)


def _sample(flat: NDArray[np.float16], seed: int) -> NDArray[np.float32]:
    rows = np.random.default_rng(seed).permutation(len(flat))[:20_000]
    return flat[rows].astype(np.float32)


def _answers(reader: Reader, part: _Part) -> list[list[Answer]]:
    return answers_of(reader, part.marked, part.states)


def answers_of(reader: Reader, marked: MarkedTexts, states: Sequence[NDArray[np.float16]] | None) -> list[list[Answer]]:
    """What a reader finds, with offsets in characters."""
    found = []
    for row, entities in enumerate(reader.read(marked.words(), states)):
        bounds = marked.bounds[row]
        found.append(
            [
                Answer(bounds[one.first][0], bounds[one.last - 1][1], reader.labels[one.label], one.score)
                for one in entities
            ]
        )
    return found


def _truth(marked: MarkedTexts, spec: EntitySpec) -> list[list[Answer]]:
    names = (*spec.labels, *spec.valid_labels)
    return [[Answer(span.start, span.end, names[span.label]) for span in row] for row in marked.spans]


def _report(reader: Reader, part: _Part, spec: EntitySpec, taught: int) -> dict[str, Any]:
    answers, truth = _answers(reader, part), _truth(part.marked, spec)
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
            "n_valid": float(len(part.marked.texts)),
            "n_train": float(taught),
        },
        "per_label": reports,
        "mistakes": measure.confident_mistakes(part.marked.texts, answers, truth),
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
