"""The labelling queue: what waits, answers and corrections, and teaching what was labelled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from engine.api import (
    AddCorrection,
    AnswerQueued,
    Control,
    LabellingQueue,
    QueuedText,
    QueueTaught,
    TeachQueue,
    TrainClassifier,
    TrainOptions,
)
from engine.dataset.lint import folded_text
from engine.errors import DataUnusable, InputError, PackUnusable, UnknownName, UsageError
from engine.host.context import Context
from engine.host.read.skills import open_pack, vectors_for
from engine.host.teach.choose_texts import suggestions
from engine.serve.classify.skill import TASK
from engine.store import audit, datasets, packs, queue

MOST_SHOWN = 1_000
MOST_TEXT_CHARS = 100_000
MOST_LABEL_CHARS = 200
OF_A_PERSON = 2.0  # priority of what a person pointed at: above all that was chosen, which is at most 1
LEAST_PER_LABEL = 2
ROWS_AT_ONCE = 1_000
SOURCE = "labelled in the queue"


def get(ctx: Context, pack: str | None, limit: int) -> LabellingQueue:
    """The waiting texts, counts and labels.

    Raises:
        UsageError: a limit that cannot be.
        PackUnusable: the name belongs to a model for another task.
    """
    if not 0 <= limit <= MOST_SHOWN:
        raise UsageError(reason=f"Between 0 and {MOST_SHOWN:,} texts can be shown at once; not {limit:,}.")
    labels = _labels(ctx, pack) if pack is not None else ()
    with ctx.store.read() as connection:
        found = queue.waiting(connection, pack, limit)
        waiting, labelled = queue.counts(connection, pack)
        if pack is not None:
            labels = tuple(sorted({*labels, *queue.labels(connection, pack)}))
    texts = tuple(
        QueuedText(
            id=one.id,
            pack=one.pack,
            text=one.text,
            source=one.source,  # type: ignore[arg-type]
            suggested=one.suggested,
            priority=one.priority,
        )
        for one in found
    )
    return LabellingQueue(texts=texts, waiting=waiting, labelled=labelled, labels=labels)


def _labels(ctx: Context, pack: str) -> tuple[str, ...]:
    """Labels of the version in use, from its manifest alone; none where there is no version."""
    try:
        packs.current_version(ctx.store, pack, TASK)
        listed = packs.versions(ctx.store, pack)
    except UnknownName:
        return ()
    return tuple(str(label) for one in listed if one.current for label in one.manifest.get("labels", ()))


def answer(ctx: Context, request: AnswerQueued) -> str:
    """Label or skip a waiting text; returns the name of its skill.

    Raises:
        UnknownName: no such text waits. InputError: the label is empty or too long.
    """
    label = None if request.label is None else _checked_label(request.label)
    with ctx.store.write() as connection:
        pack = queue.answer(connection, request.id, label)
        audit.record(connection, "text skipped" if label is None else "text labelled", pack)
    return pack


def undo(ctx: Context, pack: str) -> None:
    """Take the last answer or skip back.

    Raises:
        InputError: there is none.
    """
    with ctx.store.write() as connection:
        queue.undo(connection, pack)
        audit.record(connection, "answer taken back", pack)


def correct(ctx: Context, request: AddCorrection) -> None:
    """Take in what a person says of a text.

    Raises:
        UsageError: a source that no correction comes from, or one from Read without a label.
        InputError: an empty or too long text or label.
        UnknownName, PackUnusable: there is no such skill. For the chat the skill may still be to be taught.
    """
    if request.source not in ("read", "chat"):
        raise UsageError(reason=f"A correction comes from read or from chat, not from {request.source}.")
    if request.source == "read" and request.label is None:
        raise UsageError(reason="A correction from Read needs the label that the text should have had.")
    if not request.pack.strip():
        raise UsageError(reason="The correction needs the name of a skill.")
    text = request.text.strip()
    if not text or len(text) > MOST_TEXT_CHARS:
        raise InputError(
            reason=f"A text to learn from needs 1 to {MOST_TEXT_CHARS:,} characters; it has {len(text):,}."
        )
    label = None if request.label is None else _checked_label(request.label)
    guesses: tuple[tuple[str, float], ...] = ()
    try:
        packs.current_version(ctx.store, request.pack, TASK)
        skill = open_pack(ctx, request.pack).skill
        guesses = suggestions(skill, skill.probabilities([text], vectors_for(ctx, skill, [text])), 0)
    except UnknownName:
        if request.source == "read":
            raise
    with ctx.store.write() as connection:
        queue.correct(connection, request.pack, queue.Candidate(text, request.source, guesses, OF_A_PERSON), label)
        audit.record(connection, "correction taken in", f"{request.pack} from {request.source}")


def _checked_label(label: str) -> str:
    label = label.strip()
    if not label or len(label) > MOST_LABEL_CHARS:
        raise InputError(reason=f"A label needs 1 to {MOST_LABEL_CHARS} characters.")
    return label


def teach_answers(ctx: Context, request: TeachQueue, ctl: Control) -> QueueTaught:
    """Put the answers into the data set of the skill, and train the skill with it and all it knows.

    The data set is the one the version in use was taught, if it is still here; otherwise one of the skill's name and
    "corrections". A text that stands there already gets the new label. The answers count as taught only after
    the training; doing it again after an interruption changes nothing in the data set.

    Raises:
        DataUnusable: nothing was labelled, or too little for a first version.
        PackUnusable, Cancelled, and what a training raises.
    """
    from engine.host.teach.classifier import teach

    with ctx.store.read() as connection:
        given = queue.answers(connection, request.pack)
    if not given:
        raise DataUnusable(name=request.pack, reason="nothing was labelled in its queue that is not taught already.")
    exists, dataset = _dataset(ctx, request.pack)
    if not exists:
        _check_enough(request.pack, given)
    store_answers(ctx, dataset, given, ctl)
    trained = teach(
        ctx,
        TrainClassifier(
            dataset=dataset, pack=request.pack, method=request.method, options=TrainOptions(continual=exists)
        ),
        ctl,
    )
    with ctx.store.write() as connection:
        queue.mark_taught(connection, given)
        audit.record(connection, "answers taught", f"{len(given)} to {request.pack} version {trained.version}")
    return QueueTaught(
        dataset=dataset,
        added=len(given),
        pack=request.pack,
        version=trained.version,
        promoted=trained.promoted,
        metrics=trained.metrics,
    )


def _dataset(ctx: Context, pack: str) -> tuple[bool, str]:
    """Whether the skill has a version, and the name of the data set that takes the answers."""
    own = f"{pack} corrections"
    try:
        manifest = packs.current(ctx.store, pack, TASK).manifest
    except UnknownName:
        return False, own
    taught = str(manifest.get("dataset", ""))
    try:
        if datasets.info(ctx.store, taught).kind == "labelled":
            return True, taught
    except UnknownName:
        pass
    return True, own


def _check_enough(pack: str, given: Sequence[queue.Answered]) -> None:
    counts = Counter(one.label for one in given)
    enough = sum(count >= LEAST_PER_LABEL for count in counts.values())
    if enough < 2:
        raise DataUnusable(
            name=pack,
            reason=f"a first version needs two labels with at least {LEAST_PER_LABEL} labelled texts each; "
            f"{enough} of {len(counts)} labels have them.",
        )


def store_answers(ctx: Context, dataset: str, given: Sequence[queue.Answered], ctl: Control) -> None:
    """Add labelled texts to a data set of that kind, made where there is none; all or nothing."""
    try:
        before = datasets.info(ctx.store, dataset)
        if before.kind != "labelled":
            raise PackUnusable(
                name=dataset, reason=f"a data set of this name holds {before.kind}; rename or remove it first."
            )
        rows, source = datasets.read_rows(ctx.store, dataset, "labelled"), before.source
        mapping = datasets.find(ctx.store, dataset).mapping
    except UnknownName:
        rows, source, mapping = iter(()), SOURCE, {}
    labels = {folded_text(one.text): one for one in given}
    datasets.add(
        ctx.store,
        dataset,
        "labelled",
        source=source,
        mapping=mapping,
        batches=_batches(_merged(rows, labels, ctl)),
        replace=True,
    )


def _merged(rows: Iterator[dict[str, str]], given: dict[str, queue.Answered], ctl: Control) -> Iterator[dict[str, str]]:
    """The rows with the new labels of texts that were labelled again, then the texts that are new."""
    left = dict(given)
    for number, row in enumerate(rows):
        if number % 500 == 0:
            ctl.report(number, None, "store")
        folded = folded_text(row["text"])
        if folded in given:
            left.pop(folded, None)
            row = row | {"label": given[folded].label}
        yield row
    for one in left.values():
        yield {"text": one.text, "label": one.label}


def _batches(rows: Iterator[dict[str, str]]) -> Iterator[list[dict[str, str]]]:
    batch: list[dict[str, str]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == ROWS_AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch
