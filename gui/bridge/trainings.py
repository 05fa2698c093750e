"""The trainings of this window: what was asked, how far it is, the curve so far, what came of it.

They live beside the client, not in a page: a page that is left, or made anew in another language, finds them again.
Locking the workspace forgets them. Pages draw them and act on them; nothing here is drawn.
"""

from __future__ import annotations

from typing import Any

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from engine.api import (
    CancelJob,
    ClassifierTrained,
    CurvePoint,
    Done,
    EntitiesTrained,
    GeneratorTrained,
    JobInfo,
    Jobs,
    ListJobs,
    PauseJob,
    QueueTaught,
    Request,
    ResumeTraining,
    TeachQueue,
    TrainClassifier,
    TrainEntities,
    TrainGenerator,
    TrainingResumed,
    Unfinished,
)
from engine.errors import EngineError, HostDied
from engine.values import Progress
from gui.bridge.client import EngineClient
from gui.bridge.job import Job

Trained = ClassifierTrained | EntitiesTrained
GENERATOR = "generator_adapter"
LOOK_EVERY_MS = 1000
OPEN = ("queued", "running", "paused")
_KINDS = (TrainClassifier, TrainEntities, TrainGenerator, ResumeTraining, TeachQueue)


class Training(QObject):
    """One training, from the request to its result.

    Signals:
        changed(): state or progress is another.
        grown(): the curve has a further point.
        ended(): it is over; `state` says how.

    Attributes:
        key: names it among the trainings of this window.
        state: queued, running, paused, done, failed, cancelled or interrupted.
        points: the curve so far, oldest first.
        job_id: the number of the job in the engine's list; None until the list was seen.
        from_epoch: where a resumed training went on; 0 for a new one.
        learned: what came of teaching a generator; `result` is what came of teaching a skill.
    """

    changed = Signal()
    grown = Signal()
    ended = Signal()

    def __init__(self, job: Job, key: str, origin: Unfinished | None, parent: QObject) -> None:
        super().__init__(parent)
        self.request: Request = job.request
        self.key = key
        self.job: Job | None = job
        self.job_id: int | None = None
        self.state = "queued"
        self.progress: Progress | None = job.progress
        self.points: list[CurvePoint] = []
        self.result: Trained | None = None
        self.learned: GeneratorTrained | None = None
        self.error: EngineError | None = None
        self.is_stopping = False
        self.from_epoch = origin.epoch if origin else 0.0
        self.pack = origin.pack if origin else str(getattr(job.request, "pack", ""))
        self.method = origin.method if origin else str(getattr(job.request, "method", "auto"))
        asked = origin.request if origin else {}
        self.dataset = str(asked.get("dataset", "")) if origin else str(getattr(job.request, "dataset", ""))
        self.task = origin.task if origin else _task_of(job.request)
        if job.progress is not None:
            self._on_progressed(job.progress)
        job.progressed.connect(self._on_progressed)
        job.finished.connect(self._on_finished)
        job.failed.connect(self._on_failed)
        job.cancelled.connect(self._on_cancelled)

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def best(self) -> CurvePoint | None:
        """The point with the best score on held-out texts so far."""
        scored = [point for point in self.points if point.valid_score is not None]
        return max(scored, key=lambda point: point.valid_score or 0.0) if scored else None

    def stop(self) -> None:
        """Ask the engine to end it; `ended` follows."""
        if self.job is not None and not self.is_stopping:
            self.is_stopping = True
            self.changed.emit()
            self.job.cancel()

    def set_state(self, state: str) -> None:
        """What the engine's list says."""
        if self.is_open and state in OPEN and state != self.state:
            self.state = state
            self.changed.emit()

    @Slot(object)
    def _on_progressed(self, progress: Progress) -> None:
        self.progress = progress
        if self.state == "queued":
            self.state = "running"
        values = progress.values
        if "loss" in values or "valid_score" in values:
            loss = values.get("loss", self.points[-1].loss if self.points else 0.0)
            step = int(values.get("step", len(self.points)))
            point = CurvePoint(step, values.get("epoch", float(step)), loss, values.get("valid_score"))
            self.points.append(point)
            self.grown.emit()
        self.changed.emit()

    @Slot(object)
    def _on_finished(self, result: object) -> None:
        if isinstance(result, ClassifierTrained | EntitiesTrained):
            self.result = result
        elif isinstance(result, GeneratorTrained):
            self.learned = result
        elif isinstance(result, TrainingResumed) and self.task == GENERATOR:
            self.learned = learned_of(result.trained)
        elif isinstance(result, TrainingResumed):
            self.result = trained_of(result.trained)
        elif isinstance(result, QueueTaught):
            self.pack = result.pack
        self._end("done")

    @Slot(object)
    def _on_failed(self, error: EngineError) -> None:
        self.error = error
        self._end("interrupted" if isinstance(error, HostDied) else "failed")

    @Slot()
    def _on_cancelled(self) -> None:
        self._end("cancelled")

    def _end(self, state: str) -> None:
        self.job = None
        self.state = state
        self.changed.emit()
        self.ended.emit()


def trained_of(plain: dict[str, Any]) -> Trained | None:
    """A report that was kept as plain data; None where it is no report."""
    try:
        if "confusion" in plain:
            return msgspec.convert(plain, ClassifierTrained, strict=False)
        return msgspec.convert(plain, EntitiesTrained, strict=False)
    except msgspec.ValidationError:
        return None


def learned_of(plain: dict[str, Any]) -> GeneratorTrained | None:
    """What a generator learned, kept as plain data; None where it is no such report."""
    try:
        return msgspec.convert(plain, GeneratorTrained, strict=False)
    except msgspec.ValidationError:
        return None


def _task_of(request: Request) -> str:
    if isinstance(request, TrainGenerator):
        return GENERATOR
    return "entities" if isinstance(request, TrainEntities) else "classify"


class Trainings(QObject):
    """Every training that was asked for since the workspace was opened, oldest first.

    Signals:
        changed(): one came, ended or changed its state.
        started(Training), ended(Training).
    """

    changed = Signal()
    started = Signal(object)
    ended = Signal(object)

    def __init__(self, client: EngineClient) -> None:
        super().__init__(client)
        self.setObjectName("trainings")
        self._client = client
        self._entries: list[Training] = []
        self._made = 0
        self._origins: dict[int, Unfinished] = {}
        self._look = QTimer(self)
        self._look.setInterval(LOOK_EVERY_MS)
        self._look.timeout.connect(self.look)
        client.job_started.connect(self._on_job_started)
        client.locked.connect(self.forget)
        for job in client.long_jobs():
            self._on_job_started(job)

    @staticmethod
    def of(client: EngineClient) -> Trainings:
        """The trainings of a client; made when they are first asked for."""
        found = client.findChild(Trainings, "trainings")
        return found if isinstance(found, Trainings) else Trainings(client)

    def all(self) -> list[Training]:
        return list(self._entries)

    def open(self) -> list[Training]:
        return [training for training in self._entries if training.is_open]

    def get(self, key: str) -> Training | None:
        return next((training for training in self._entries if training.key == key), None)

    def start(self, request: Request) -> Training:
        """Send a training to the engine; it waits its turn there."""
        self._client.call(request)
        return self._entries[-1]

    def go_on(self, unfinished: Unfinished) -> Training:
        """Go on with an interrupted training from its last checkpoint."""
        self._origins[unfinished.id] = unfinished
        return self.start(ResumeTraining(unfinished.id))

    def pause(self, training: Training, *, resume: bool = False) -> None:
        """Hold a training at its next step, or let it go on."""
        if training.job_id is not None:
            self._send_pause(training, resume)
            return

        def listed(jobs: Jobs) -> None:
            self._on_jobs(jobs)
            if training.job_id is not None:
                self._send_pause(training, resume)

        self._client.ask(self, ListJobs(), listed, slot="look")

    def stop(self, training: Training) -> None:
        """End a training, also one that is paused."""
        was_paused, number = training.state == "paused", training.job_id
        training.stop()
        if was_paused and number is not None:
            self._client.call(CancelJob(number))

    def remove(self, training: Training) -> None:
        """Take an ended training off the list."""
        if not training.is_open and training in self._entries:
            self._entries.remove(training)
            training.deleteLater()
            self.changed.emit()

    def forget(self) -> None:
        """Nothing private stays once the workspace is locked."""
        entries, self._entries = self._entries, []
        self._origins.clear()
        self._look.stop()
        for training in entries:
            training.blockSignals(True)
            training.deleteLater()
        self.changed.emit()

    def watch(self, *, on: bool) -> None:
        """Look at the engine's list every second while a page shows the trainings and one is open."""
        if on and self.open():
            if not self._look.isActive():
                self._look.start()
                self.look()
        else:
            self._look.stop()

    def look(self) -> None:
        """Ask which jobs wait, run or are paused."""
        if self.open() and self._client.is_unlocked:
            self._client.ask(self, ListJobs(), self._on_jobs, lambda _error: None, slot="look")
        else:
            self._look.stop()

    # --- from the engine --------------------------------------------------------------------------------------

    def _on_job_started(self, job: Job) -> None:
        if not isinstance(job.request, _KINDS):
            return
        origin = self._origins.get(job.request.id) if isinstance(job.request, ResumeTraining) else None
        self._made += 1
        training = Training(job, f"training {self._made}", origin, self)
        training.ended.connect(lambda: self._on_ended(training))
        training.changed.connect(self.changed)
        self._entries.append(training)
        self.started.emit(training)
        self.changed.emit()

    def _on_ended(self, training: Training) -> None:
        if training in self._entries:
            self.ended.emit(training)

    def _send_pause(self, training: Training, resume: bool) -> None:
        def done(answer: Done) -> None:
            if answer.ok:
                training.set_state("running" if resume else "paused")

        assert training.job_id is not None
        self._client.ask(self, PauseJob(training.job_id, resume), done, slot=f"pause {training.key}")

    def _on_jobs(self, jobs: Jobs) -> None:
        """Find our jobs in the engine's list: those of one kind and title stand there in the order they were sent."""
        listed = sorted((info for info in jobs.jobs if info.state in OPEN), key=lambda info: info.id)
        by_id = {info.id: info for info in listed}
        known = {training.job_id for training in self._entries if training.job_id is not None}
        free = [info for info in listed if info.id not in known]
        for training in self.open():
            if training.job_id is None:
                info = next((info for info in free if _is_of(info, training.request)), None)
                if info is None:
                    continue
                free.remove(info)
                training.job_id = info.id
            if (info := by_id.get(training.job_id)) is not None:
                training.set_state(info.state)


def _is_of(info: JobInfo, request: Request) -> bool:
    title = type(request).TITLE.format_map(msgspec.structs.asdict(request))
    return info.kind == type(request).__name__ and info.title == title
