"""Trainings from the Teach page's side: started, gone on with, forgotten, listed, and the one on show."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from engine.api import DropTraining, Unfinished, UnfinishedTrainings
from gui.bridge.client import EngineClient
from gui.bridge.latest import Latest
from gui.bridge.trainings import Training, Trainings
from gui.pages.teach.body import Body
from gui.pages.teach.draft import Draft
from gui.pages.teach.subject import Subject
from gui.widgets.dialog import confirm


class Runs(QObject):
    """Signals:
    followed(Training): it was started here and is to be looked at.
    changed(): the trainings have other states; the list at the left shows them.
    forgotten(): an interrupted training is gone.
    failed(EngineError): it could not be forgotten.
    """

    followed = Signal(object)
    changed = Signal()
    forgotten = Signal()
    failed = Signal(object)

    def __init__(self, client: EngineClient, body: Body, subject: Subject) -> None:
        super().__init__(body)
        self._client, self._body, self._subject = client, body, subject
        self._dropping = Latest(self)
        self.trainings = Trainings.of(client)
        self.unfinished: tuple[Unfinished, ...] = ()
        self.trainings.started.connect(self._on_started)
        self.trainings.changed.connect(self._on_changed)
        body.unfinished.go_on_requested.connect(self._go_on)
        body.unfinished.forget_requested.connect(self._forget)
        body.train.pause_requested.connect(self.trainings.pause)
        body.train.resume_requested.connect(lambda training: self.trainings.pause(training, resume=True))
        body.train.stop_requested.connect(self.trainings.stop)
        self._show_list()

    def _on_started(self, _training: Training) -> None:
        self.trainings.watch(on=self._body.isVisible())

    def _on_changed(self) -> None:
        self._show_list()
        self.changed.emit()

    def start(self, draft: Draft) -> None:
        """Teach what is set up."""
        if draft.ready:
            self.followed.emit(self.trainings.start(draft.request()))

    def show_unfinished(self, result: UnfinishedTrainings) -> None:
        """Which trainings an earlier session left behind; those that run again are none."""
        running = {training.pack for training in self.trainings.open()}
        self._set_unfinished(tuple(one for one in result.trainings if one.pack not in running))
        self._show_list()

    def _show_list(self) -> None:
        """All trainings at the left."""
        self._body.side.show_trainings(self.trainings.all(), self.unfinished)

    def show_current(self) -> None:
        """The training on show, else the newest, with how many go before it."""
        if self._subject.training is None or self._subject.training not in self.trainings.all():
            self._subject.training = next(iter(reversed(self.trainings.all())), None)
        training: Training | None = self._subject.training
        waiting = self.trainings.open()
        self._body.train.show_training(training, waiting.index(training) if training in waiting else 0)

    def _set_unfinished(self, trainings: tuple[Unfinished, ...]) -> None:
        self.unfinished = trainings
        self._body.unfinished.show_trainings(trainings)

    def _go_on(self, unfinished: Unfinished) -> None:
        self._set_unfinished(tuple(one for one in self.unfinished if one.id != unfinished.id))
        self.followed.emit(self.trainings.go_on(unfinished))

    def _forget(self, unfinished: Unfinished) -> None:
        sure = confirm(
            self._body,
            "teach.forget_dialog",
            self.tr("Forget the interrupted training?"),
            self.tr("What {name} learned until then is deleted. Versions in use stay.").format(name=unfinished.pack),
            self.tr("Forget"),
            self.tr("Keep"),
        )
        if sure:
            job = self._client.call(DropTraining(unfinished.id))
            done = self.forgotten.emit
            self._dropping.run(job, done=lambda _done: done(), failed=self.failed.emit, stop_older=False)
