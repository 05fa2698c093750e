"""Fill the labelling queue: the texts of a data set from which a skill would learn most."""

from __future__ import annotations

import io
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.api import Control, FillQueue
from engine.dataset.lint import folded_text
from engine.errors import DataUnusable, UnknownName, UsageError
from engine.feedback.choose_texts import choose_texts
from engine.host.context import Context
from engine.host.read.reading import reader_of, reading_of
from engine.host.read.skills import vectors_for
from engine.language.lexical import lexical_vectors
from engine.runtimes.long_texts import embed_long
from engine.serve.classify.answers import TOP, score_of
from engine.serve.classify.skill import TASK, Skill, open_skill
from engine.store import audit, datasets, packs, queue
from engine.train.classify.files import HELD_OUT_FILE, digests

MOST_POOL = 20_000  # texts looked at; of a larger data set a random part
MOST_COUNT = 1_000
BATCH_TEXTS = 1_000
SAMPLE = 500


class _Learner(NamedTuple):
    """The skill in use, how many texts it was taught, and their digests."""

    skill: Skill
    taught: int
    digests: NDArray[np.uint64]


class _Pool(NamedTuple):
    """Texts to choose from, with vectors of length one and, where there is a skill, its probabilities."""

    texts: list[str]
    vectors: NDArray[np.float32]
    probabilities: NDArray[np.float32] | None


def fill(ctx: Context, request: FillQueue, ctl: Control) -> int:
    """Choose texts and put them into the queue; returns how many.

    Raises:
        UsageError: a count that cannot be.
        UnknownName, PackUnusable: no such data set; the name belongs to a model for another task.
        DataUnusable: the data set holds no texts, or none that is new.
    """
    if not 1 <= request.count <= MOST_COUNT:
        raise UsageError(reason=f"Between 1 and {MOST_COUNT:,} texts can be chosen at once; not {request.count:,}.")
    learner = open_learner(ctx, request.pack)
    with ctx.store.read() as connection:
        queued = queue.digests(connection, request.pack)
    texts, known = _read(ctx, request.dataset, learner, queued, ctl)
    if len(known) == len(texts):
        raise DataUnusable(
            name=request.dataset, reason=f"each of its texts was taught to {request.pack} or is in its queue already."
        )
    pool = _look(ctx, texts, learner, ctl)
    ctl.report(len(texts), len(texts), "choose")
    chosen = choose_texts(
        pool.vectors,
        request.count,
        known=known,
        probabilities=pool.probabilities,
        labelled=learner.taught if learner else 0,
    )
    candidates = [
        queue.Candidate(
            text=texts[row],
            source="uncertain",
            suggested=() if learner is None else suggestions(learner.skill, pool.probabilities, row),
            priority=float(priority),
        )
        for row, priority in zip(chosen.rows.tolist(), chosen.priority.tolist(), strict=True)
    ]
    ctl.check()
    with ctx.store.write() as connection:
        added = queue.add(connection, request.pack, candidates)
        audit.record(connection, "texts queued for labelling", f"{request.pack}: {added} of {request.dataset}")
    return added


def open_learner(ctx: Context, pack: str) -> _Learner | None:
    """The skill that learns; None where the name has no version yet.

    Raises:
        PackUnusable: the name belongs to a model for another task, or its files are damaged.
    """
    try:
        stored = packs.current(ctx.store, pack, TASK)
    except UnknownName:
        return None
    taught = np.zeros(0, dtype=np.uint64)
    if HELD_OUT_FILE in stored.files:
        with np.load(io.BytesIO(stored.files[HELD_OUT_FILE]), allow_pickle=False) as kept:
            taught = kept["taught"]
    metrics = stored.manifest.get("metrics")
    count = int(metrics.get("n_train", len(taught))) if isinstance(metrics, dict) else len(taught)
    return _Learner(open_skill(pack, stored.files), count, taught)


def suggestions(skill: Skill, probabilities: NDArray[np.float32] | None, row: int) -> tuple[tuple[str, float], ...]:
    """The skill's best guesses for a text, best first."""
    if probabilities is None:
        return ()
    best = np.argsort(-probabilities[row], kind="stable")[:TOP]
    return tuple((skill.labels[number], score_of(probabilities[row, number])) for number in best.tolist())


def _read(
    ctx: Context, dataset: str, learner: _Learner | None, queued: set[bytes], ctl: Control
) -> tuple[list[str], NDArray[np.int64]]:
    """Different texts of a data set, and which of them are taught or queued already."""
    info = datasets.info(ctx.store, dataset)
    if info.kind not in ("texts", "labelled"):
        raise DataUnusable(name=dataset, reason=f"it holds {info.kind}, and texts are needed.")
    found: dict[str, str] = {}
    for number, row in enumerate(datasets.read_rows(ctx.store, dataset)):
        if number % 500 == 0:
            ctl.report(number, info.rows, "read")
        if folded := folded_text(row["text"]):
            found.setdefault(folded, row["text"])
    texts = list(found.values())
    if not texts:
        raise DataUnusable(name=dataset, reason="it has no texts.")
    if len(texts) > MOST_POOL:
        kept = np.random.default_rng(0).choice(len(texts), MOST_POOL, replace=False)
        texts = [texts[row] for row in sorted(kept.tolist())]
    known = np.array([queue.digest_of(text) in queued for text in texts])
    if learner is not None:
        known |= np.isin(digests(texts), learner.digests)
    return texts, np.flatnonzero(known)


def _look(ctx: Context, texts: list[str], learner: _Learner | None, ctl: Control) -> _Pool:
    vectors: list[NDArray[np.float32]] = []
    probabilities: list[NDArray[np.float32]] = []
    reading = reading_of(ctx, texts[:: max(1, len(texts) // SAMPLE)])
    plain = learner is None and reading.covered
    for begin in range(0, len(texts), BATCH_TEXTS):
        ctl.report(begin, len(texts), "embed")
        part = texts[begin : begin + BATCH_TEXTS]
        found = None
        if learner is not None:
            found = vectors_for(ctx, learner.skill, part, lambda _done, _total: ctl.check())
            probabilities.append(learner.skill.probabilities(part, found))
        elif plain:
            found = embed_long(reader_of(ctx, reading), part, on_batch=lambda _done, _total: ctl.check())
        vectors.append(_unit(lexical_vectors(part) if found is None else found))
    return _Pool(texts, np.concatenate(vectors), np.concatenate(probabilities) if learner is not None else None)


def _unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.where(lengths > 0, lengths, 1), dtype=np.float32)
