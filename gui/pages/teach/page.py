"""The Teach page: from examples to a skill in six steps, with the trainings and skills at the left."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QWidget

from engine.api import (
    Generators,
    ListDatasets,
    ListGenerators,
    ListModels,
    ListUnfinished,
    Models,
    UnfinishedTrainings,
)
from engine.errors import EngineError
from gui.bridge.client import EngineClient
from gui.bridge.show_error import show_error
from gui.bridge.trainings import GENERATOR, Training
from gui.pages.teach import kept
from gui.pages.teach.body import Body
from gui.pages.teach.draft import Draft
from gui.pages.teach.generator_dialog import GeneratorDialog
from gui.pages.teach.results import Results
from gui.pages.teach.runs import Runs
from gui.pages.teach.setup import Setup
from gui.pages.teach.subject import TASKS, Subject
from gui.pages.teach.way import STEPS, onward, reachable
from gui.widgets.toast import show_toast


class Page(Body):
    """Teach. What is set up is a `Draft`; what was started is a `Training`; what came of it is a skill by its name.

    Here the parts are led along the steps; `Setup` fills the draft, `Runs` has the trainings, `Results` the reports.

    Signals:
        navigate(str): open the page of that name.
        navigate_to(str, str): open the page of that name with something, here Read with a skill.
    """

    navigate = Signal(str)
    navigate_to = Signal(str, str)
    topics = ("datasets", "models", "jobs")

    def __init__(self, client: EngineClient, parent: QWidget | None = None) -> None:
        self.draft = Draft()
        super().__init__(client, self.draft, parent)
        self.setObjectName("teach.page")
        self.setProperty("kind", "page")
        self.title = self.tr("Teach")
        self._client = client
        self.subject = Subject()
        self.setup = Setup(self, self.draft, self.subject)
        self.runs = Runs(client, self, self.subject)
        self.results = Results(client, self, self.subject)
        self.trainings = self.runs.trainings
        self._connect()
        self._show("data")

    @property
    def step(self) -> str:
        return self.stepper.current

    def refresh(self) -> None:
        """Ask which examples, skills and interrupted trainings there are."""
        self._client.ask(self, ListDatasets(), self.setup.show_datasets, self._on_failed)
        self._client.ask(self, ListModels(), self._on_models, self._on_failed)
        self._client.ask(self, ListUnfinished(), self._on_unfinished, lambda _error: None)
        self.trainings.watch(on=self.isVisible())
        if self.is_labelling:
            self.labelling.refresh()

    # --- what there is ----------------------------------------------------------------------------------------

    def _on_models(self, result: Models) -> None:
        self.setup.show_skills({info.name: info for info in result.models if info.task in TASKS and info.current})
        self.mark(self.step, self.subject)
        self._update()

    def _on_unfinished(self, result: UnfinishedTrainings) -> None:
        self.runs.show_unfinished(result)
        self.mark(self.step, self.subject)
        self._update()

    # --- the path ---------------------------------------------------------------------------------------------

    def _show(self, step: str) -> None:
        """Show a step; what it needs is asked for on the way."""
        self.subject.wanted = ""
        self.show_step(step)
        if step == "method":
            self.method.enter()
        elif step == "train":
            self.runs.show_current()
        self.areas[step].verticalScrollBar().setValue(0)
        self.mark(self.step, self.subject)
        self._update()

    def _go(self, step: str) -> None:
        if step in self._reachable():
            self._show(step)

    def _reachable(self) -> list[str]:
        return reachable(
            self.draft,
            trainings=self.subject.training is not None or bool(self.trainings.all()),
            report=self.report.report is not None,
            skill=bool(self.subject.pack),
        )

    def _update(self) -> None:
        """Titles, ticks, the footer: all that follows from what is set up and from what there is."""
        step, can, subject = self.step, self._reachable(), self.subject
        place = STEPS.index(step) if step in STEPS else 0
        self.stepper.set_states(done=STEPS[:place], reachable=can)
        self.show_title(step, subject)
        self.unfinished.setVisible(bool(self.runs.unfinished) and step == "data")
        training = subject.training
        taught = training is not None and training.state == "done" and training.task != GENERATOR
        foot = onward(step, self.draft, queue=bool(self.trainings.open()), taught=taught, skill=bool(subject.pack))
        self.footer.show_step(
            back=place > 0 and step != "train", following=foot.following, ready=foot.ready, hint=foot.hint
        )
        if subject.wanted and subject.wanted in can:
            self._show(subject.wanted)

    def _on_next(self) -> None:
        step = self.step
        if step == "method":
            self._start()
        elif step == "train":
            self.results.open_training()
        elif step != "use":
            self._go(STEPS[STEPS.index(step) + 1])

    def _on_back(self) -> None:
        can = self._reachable()
        before = [one for one in STEPS[: STEPS.index(self.step)] if one in can]
        if before:
            self._show(before[-1])

    def new_skill(self) -> None:
        """Begin again at the first step."""
        self.results.pick(None)
        self.setup.start_anew()
        self._show("data")

    def teach_again(self, pack: str) -> None:
        """Teach a skill that is there again, with examples and method to choose."""
        dataset = self.use.versions.dataset_in_use() if self.use.pack == pack else ""
        self.results.pick(None)
        self.setup.start_for(pack, dataset)
        self._show("data")

    def open_subject(self, pack: str) -> None:
        """Come here for a skill: its report, versions and what can be done with it; "" begins a new one."""
        if pack:
            self.results.open_skill(pack)
        else:
            self.new_skill()

    def teach_generator(self) -> None:
        """Set up what a generator learns, and start."""
        self._client.ask(self, ListGenerators(), self._on_generators, self._on_failed)

    def _on_generators(self, result: Generators) -> None:
        dialog = GeneratorDialog(self, self.subject.datasets, result.generators, [*self.subject.skills])
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self._follow(self.trainings.start(dialog.request()))
        dialog.deleteLater()

    # --- trainings --------------------------------------------------------------------------------------------

    def _start(self) -> None:
        self.runs.start(self.draft)

    def _follow(self, training: Training) -> None:
        self.results.pick(training)
        self.trainings.watch(on=self.isVisible())
        self._show("train")

    def _on_trainings_changed(self) -> None:
        self.mark(self.step, self.subject)
        if self.step == "train":
            self.runs.show_current()
        self._update()

    def _on_training_ended(self, training: Training) -> None:
        if training.state == "done":
            if training is self.subject.training and self.step == "train" and self.isVisible():
                if training.task != GENERATOR:
                    self.results.open_training()
            else:
                show_toast(self, self.tr("{name} is taught.").format(name=training.pack), "success")
        self.refresh()

    def choose_training(self, key: str) -> None:
        """Look at a training, or at its report where it is done."""
        training = self.trainings.get(key)
        if training is None:
            return
        self.results.pick(training)
        if training.state == "done" and training.task != GENERATOR:
            self.results.open_training()
        else:
            self._show("train")

    def _on_unfinished_chosen(self, number: int) -> None:
        self.results.pick(None)
        self._show("data")
        self.side.mark(training=f"unfinished {number}")
        self.unfinished.setFocus()

    # --- frame ------------------------------------------------------------------------------------------------

    def state(self) -> dict[str, Any]:
        """What is set up and on show, for a page made anew in another language."""
        return kept.state(self)

    def restore(self, state: dict[str, Any]) -> None:
        kept.restore(self, state)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.trainings.watch(on=True)
        if self.data.data.isVisible():
            self.data.data.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.trainings.watch(on=False)

    def _on_failed(self, error: EngineError) -> None:
        show_error(self, error)

    def _connect(self) -> None:
        self.side.new_requested.connect(self.new_skill)
        self.side.generator_requested.connect(self.teach_generator)
        self.side.training_chosen.connect(self.choose_training)
        self.side.unfinished_chosen.connect(self._on_unfinished_chosen)
        self.side.skill_chosen.connect(self.results.open_skill)
        self.stepper.chosen.connect(self._go)
        self.footer.next_requested.connect(self._on_next)
        self.footer.back_requested.connect(self._on_back)
        self.setup.changed.connect(self._update)
        self.data.imported.connect(lambda _result: self.refresh())
        self.check.data_requested.connect(lambda: self._show("data"))
        self.check.library_requested.connect(lambda: self.navigate.emit("library"))
        self.train.again_requested.connect(lambda: self._go("method" if self.draft.checked else "data"))
        self.runs.followed.connect(self._follow)
        self.runs.forgotten.connect(self.refresh)
        self.results.show_requested.connect(self._show)
        self.use.read_requested.connect(lambda pack: self.navigate_to.emit("read", pack))
        self.use.label_requested.connect(self.show_labelling)
        self.use.teach_requested.connect(self.teach_again)
        self.labelling.closed.connect(lambda: self._show("use"))
        for part in (self.data, self.report, self.use, self.labelling, self.runs, self.results):
            part.failed.connect(self._on_failed)
        self.runs.changed.connect(self._on_trainings_changed)
        self.trainings.ended.connect(self._on_training_ended)
