"""Trainings that can go on: their checkpoints are kept while they run, listed after a crash, and taken up again.

The worker sends `Checkpoint` values; a `Keeper` stores each in place of the one before. When the version is stored, the
checkpoint goes in the same transaction, so that there is always either a checkpoint or the finished version.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Self

import msgspec

from engine.api import Control, TrainClassifier, TrainEntities, TrainGenerator, TrainingResumed, Unfinished
from engine.errors import InputError, PackUnusable, UnknownName
from engine.host.context import Context
from engine.host.generate.adapters import TASK as GENERATOR
from engine.serve.classify.skill import TASK as CLASSIFY
from engine.store import audit, checkpoints, datasets, packs
from engine.train.encoder.checkpoint import Checkpoint

TrainRequest = TrainClassifier | TrainEntities | TrainGenerator
Train = Callable[[Context, Any, Control, bytes], Any]
"""`teach(ctx, request, ctl, resume)` of a task."""


class Keeper:
    """Stores what one running training sends: run the worker inside a `with` block, with `take` as its `on_item`.

    Args:
        request: as settled, with the method and the options that were chosen, so that going on chooses nothing anew.
        task: "classify", "entities" or "generator_adapter".
        then: gets every item that is no checkpoint.
    """

    def __init__(
        self, ctx: Context, request: TrainRequest, task: str, then: Callable[[Any], None] | None = None
    ) -> None:
        self._ctx, self._request, self._task, self._then = ctx, request, task, then
        self._data = ""

    def __enter__(self) -> Self:
        self._data = data_mark(self._ctx, self._request, self._task)
        self._ctx.teaching.add((self._request.pack, self._task))
        return self

    def __exit__(self, *_: object) -> None:
        self._ctx.teaching.discard((self._request.pack, self._task))

    def take(self, item: Any) -> None:
        """Store a checkpoint.

        Raises:
            DiskFull: the training ends; the checkpoint before is kept.
        """
        if not isinstance(item, Checkpoint):
            if self._then is not None:
                self._then(item)
            return
        checkpoints.save(
            self._ctx.store,
            None,
            pack=self._request.pack,
            task=self._task,
            method=self._request.method,
            request=self._request,
            epoch=item.epoch,
            body=item.body,
            data=self._data,
        )

    def finished(self) -> None:
        """The version is stored: call it inside the transaction that stores it."""
        checkpoints.drop_of(self._ctx.store, self._request.pack, self._task)


def unfinished(ctx: Context) -> tuple[Unfinished, ...]:
    """Trainings that can go on, newest first; those that run at this moment are left out."""
    under_way = set(ctx.teaching)
    return tuple(
        Unfinished(
            id=found.id,
            pack=found.pack,
            task=found.task,
            method=found.method,
            epoch=found.epoch,
            saved=found.saved,
            request=msgspec.to_builtins(found.request),
        )
        for found in checkpoints.list_all(ctx.store)
        if (found.pack, found.task) not in under_way
    )


def go_on(ctx: Context, key: int, ctl: Control) -> TrainingResumed:
    """Take up a training from its checkpoint and finish it.

    Raises:
        UnknownName: there is no such checkpoint.
        InputError: the training runs at this moment, or its data set is another one by now.
    """
    found = checkpoints.load(ctx.store, key)
    if (found.pack, found.task) in ctx.teaching:
        raise InputError(reason=f"The training of {found.pack} is running; there is nothing to go on with.")
    if found.data != data_mark(ctx, found.request, found.task):
        raise InputError(
            reason=f"The data set {found.request.dataset} was changed or removed since the training of {found.pack} "
            f"was interrupted, or another version of {found.pack} was put to use, so that it cannot go on. Train it "
            "anew."
        )
    trained = train_of(found.task)(ctx, found.request, ctl, found.body)
    return TrainingResumed(pack=trained.pack, version=trained.version, trained=msgspec.to_builtins(trained))


def data_mark(ctx: Context, request: TrainRequest, task: str) -> str:
    """Tells one state of what a training learns from another: its data sets, and for classifiers the version in use,
    by which texts are held out and replayed. Weights that have seen a text must never be asked about it."""
    if isinstance(request, TrainGenerator):
        from engine.host.teach.generator import data_mark as generator_mark

        return generator_mark(ctx, request)
    names = [request.dataset, request.valid_dataset, request.options.unlabelled]
    marks = [_set_mark(ctx, name) for name in names if name is not None]
    if task == CLASSIFY:
        marks.append(_version_mark(ctx, request.pack))
    return "; ".join(marks)


def _set_mark(ctx: Context, dataset: str) -> str:
    try:
        found = datasets.info(ctx.store, dataset)
    except UnknownName:
        return "none"
    return f"version {found.version} of {found.created}, {found.rows} rows"


def _version_mark(ctx: Context, pack: str) -> str:
    try:
        return f"{packs.current_version(ctx.store, pack, CLASSIFY)} in use"
    except (UnknownName, PackUnusable):
        return "nothing in use"


def train_of(task: str) -> Train:
    """The flow that trains for a task."""
    if task == "entities":
        from engine.host.entities.teach import teach as teach_entities

        return teach_entities
    if task == GENERATOR:
        from engine.host.teach.generator import teach as teach_generator

        return teach_generator
    from engine.host.teach.classifier import teach as teach_classifier

    return teach_classifier


def forget(ctx: Context, key: int) -> None:
    """Forget an interrupted training.

    Raises:
        UnknownName: there is no such checkpoint.
    """
    with ctx.store.write() as connection:
        found = checkpoints.load(ctx.store, key)
        checkpoints.drop(ctx.store, key)
        audit.record(connection, "interrupted training dropped", found.pack)
