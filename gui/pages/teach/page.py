"""The Teach page: from examples to a skill in six steps, with the trainings and skills at the left."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from engine.api import (
    DatasetInfo,
    DatasetLint,
    Datasets,
    DropTraining,
    GetModelCard,
    ListDatasets,
    ListModels,
    ListUnfinished,
    ModelCard,
    ModelInfo,
    Models,
    Unfinished,
    UnfinishedTrainings,
    Versions,
)
from engine.errors import EngineError
from gui.bridge.client import EngineClient
from gui.bridge.latest import Latest
from gui.bridge.show_error import show_error
from gui.bridge.trainings import Training, Trainings, trained_of
from gui.pages.teach.check_step import CheckStep
from gui.pages.teach.data_step import DataStep
from gui.pages.teach.draft import Draft
from gui.pages.teach.footer import Footer
from gui.pages.teach.labelling import Labelling
from gui.pages.teach.method_step import MethodStep
from gui.pages.teach.report_step import ReportStep
from gui.pages.teach.side import TeachSide
from gui.pages.teach.train_step import TrainStep
from gui.pages.teach.unfinished_card import UnfinishedCard
from gui.pages.teach.use_step import UseStep
from gui.theme import theme
from gui.widgets.dialog import confirm
from gui.widgets.elided import ElidedLabel
from gui.widgets.page import scrolling
from gui.widgets.stepper import Stepper
from gui.widgets.text import Text
from gui.widgets.toast import show_toast

STEPS = ("data", "check", "method", "train", "report", "use")
TASKS = ("classify", "entities")


class Page(QWidget):
    """Teach. What is set up is a `Draft`; what was started is a `Training`; what came of it is a skill by its name.

    Signals:
        navigate(str): open the page of that name.
        navigate_to(str, str): open the page of that name with something, here Read with a skill.
    """

    navigate = Signal(str)
    navigate_to = Signal(str, str)
    topics = ("datasets", "models", "jobs")

    def __init__(self, client: EngineClient, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("teach.page")
        self.setProperty("kind", "page")
        self.title = self.tr("Teach")
        self._client = client
        self.draft = Draft()
        self.trainings = Trainings.of(client)
        self._training: Training | None = None
        self._pack = ""
        self._infos: dict[str, ModelInfo] = {}
        self._datasets: tuple[DatasetInfo, ...] = ()
        self._unfinished: tuple[Unfinished, ...] = ()
        self._wanted = ""  # a step to show once it can be reached
        self._card, self._dropping = Latest(self), Latest(self)

        self.side = TeachSide()
        self.name = ElidedLabel(role="h1")
        self.name.setObjectName("teach.title")
        self.detail = Text(role="muted", wrap=True)
        self.stepper = Stepper(
            (
                ("data", self.tr("Data")),
                ("check", self.tr("Check")),
                ("method", self.tr("Method")),
                ("train", self.tr("Train")),
                ("report", self.tr("Report")),
                ("use", self.tr("Use")),
            ),
            name="teach.steps",
            label=self.tr("Steps"),
        )
        self.unfinished = UnfinishedCard()
        self.data, self.check = DataStep(client), CheckStep(client)
        self.method = MethodStep(client, self.draft)
        self.train = TrainStep()
        self.report = ReportStep(client)
        self.use = UseStep(client)
        self.labelling = Labelling(client)
        self.footer = Footer()
        self._build()
        self._connect()
        self._show("data")

    @property
    def step(self) -> str:
        return self.stepper.current

    def refresh(self) -> None:
        """Ask which examples, skills and interrupted trainings there are."""
        self._client.ask(self, ListDatasets(), self._on_datasets, self._on_failed)
        self._client.ask(self, ListModels(), self._on_models, self._on_failed)
        self._client.ask(self, ListUnfinished(), self._on_unfinished, lambda _error: None)
        self.trainings.watch(on=self.isVisible())
        if self.frame.currentWidget() is self.labelling:
            self.labelling.refresh()

    # --- what there is ----------------------------------------------------------------------------------------

    def _on_datasets(self, result: Datasets) -> None:
        self._datasets = result.datasets
        self.data.show_datasets(result)
        self._fill_options()

    def _on_models(self, result: Models) -> None:
        self._infos = {info.name: info for info in result.models if info.task in TASKS and info.current}
        self.side.show_skills(list(self._infos.values()))
        self.data.set_skills(set(self._infos))
        self._fill_options()
        self._mark()
        self._update()

    def _on_unfinished(self, result: UnfinishedTrainings) -> None:
        running = {training.pack for training in self.trainings.open()}
        self._unfinished = tuple(one for one in result.trainings if one.pack not in running)
        self.unfinished.show_trainings(self._unfinished)
        self._show_trainings()
        self._update()

    def _fill_options(self) -> None:
        """What the options can name: other data sets and skills of the kind that is taught."""
        info = self.draft.info
        own, kind = (info.name, info.kind) if info is not None else ("", "labelled")
        self.method.options.set_sources(
            [one.name for one in self._datasets if one.kind == kind and one.name != own],
            [one.name for one in self._datasets if one.kind == "texts"],
            [one.name for one in self._infos.values() if one.task == self.draft.task],
            exists=self.draft.name in self._infos,
        )

    # --- the path ---------------------------------------------------------------------------------------------

    def _show(self, step: str) -> None:
        """Show a step; what it needs is asked for on the way."""
        self._wanted = ""
        self.frame.setCurrentWidget(self.path)
        self.stack.setCurrentWidget(self.areas[step])
        self.stepper.set_current(step)
        if step == "method":
            self.method.enter()
        elif step == "train":
            self._show_training()
        self.areas[step].verticalScrollBar().setValue(0)
        self._mark()
        self._update()

    def _go(self, step: str) -> None:
        if step in self._reachable():
            self._show(step)

    def _reachable(self) -> list[str]:
        can = ["data"]
        if self.draft.info is not None and self.draft.name:
            can.append("check")
            if self.draft.checked:
                can.append("method")
        if self._training is not None or self.trainings.all():
            can.append("train")
        if self.report.report is not None:
            can.append("report")
        if self._pack:
            can.append("use")
        return can

    def _update(self) -> None:
        """Titles, ticks, the footer: all that follows from what is set up and from what there is."""
        step, can = self.step, self._reachable()
        place = STEPS.index(step) if step in STEPS else 0
        self.stepper.set_states(done=STEPS[:place], reachable=can)
        setting_up = step in ("data", "check", "method")
        self.name.set_text(self.tr("Teach a skill") if setting_up else self._subject() or self.tr("Teach a skill"))
        texts = {
            "data": self.tr("From examples that somebody labelled, Casemate learns to read new texts like them."),
            "check": self.tr("Mistakes in the examples are learned along, so they are looked for first."),
            "method": self.tr("Ways to teach differ in time and in what they reach. All of them run on this machine."),
            "train": self.tr("Part of the examples is held back as an exam. You can leave this page meanwhile."),
            "report": self.tr("Measured on texts that the skill did not learn from."),
            "use": self.tr("What you can do with the skill now."),
        }
        self.detail.setText(texts.get(step, ""))
        self.unfinished.setVisible(bool(self._unfinished) and step == "data")
        self._update_footer()
        if self._wanted and self._wanted in can:
            self._show(self._wanted)

    def _update_footer(self) -> None:
        draft, step = self.draft, self.step
        hint, ready, following = "", True, ""
        if step == "data":
            following = self.tr("Check the examples") if draft.info is not None else ""
            ready = bool(draft.name)
            hint = "" if ready or not following else self.tr("Give the skill a name first.")
        elif step == "check":
            following, ready = self.tr("Choose the method"), draft.checked
            if draft.lint is not None and not draft.lint.ok:
                hint = self.tr("What must be corrected stands in the way.")
        elif step == "method":
            following, ready = self.tr("Start teaching"), draft.ready
            told = draft.forecast_of(draft.method)
            hint = self.tr("This way is not possible here.") if told is not None and not told.possible else ""
            if not hint and self.trainings.open():
                hint = self.tr("It waits until the trainings before it are done.")
        elif step == "train":
            following = self.tr("Show the report")
            ready = self._training is not None and self._training.state == "done"
        elif step == "report":
            following, ready = self.tr("Use this skill"), bool(self._pack)
        self.footer.show_step(
            back=STEPS.index(step) > 0 and step != "train",
            following=following,
            ready=ready,
            hint=hint,
        )

    def _on_next(self) -> None:
        step = self.step
        if step == "method":
            self._start()
        elif step == "train":
            self._open_result()
        elif step != "use":
            self._go(STEPS[STEPS.index(step) + 1])

    def _on_back(self) -> None:
        can = self._reachable()
        before = [one for one in STEPS[: STEPS.index(self.step)] if one in can]
        if before:
            self._show(before[-1])

    def _subject(self) -> str:
        return self._training.pack if self.step == "train" and self._training is not None else self._pack

    def _mark(self) -> None:
        """Show at the left what the step is about."""
        if self.step in ("data", "check", "method"):
            self.side.mark()
        elif self._training is not None:
            self.side.mark(training=self._training.key)
        else:
            self.side.mark(skill=self._pack)

    # --- setting up -------------------------------------------------------------------------------------------

    def new_skill(self) -> None:
        """Begin again at the first step."""
        self._pick(None)
        self.data.start_anew()
        self.method.choose("auto")
        self._show("data")

    def teach_again(self, pack: str) -> None:
        """Teach a skill that is there again, with examples and method to choose."""
        dataset = self.use.versions.dataset_in_use() if self.use.pack == pack else ""
        self._pick(None)
        if dataset:
            self.data.choose(dataset)
        self.data.set_name(pack)
        self._show("data")

    def open_subject(self, pack: str) -> None:
        """Come here for a skill: its report, versions and what can be done with it; "" begins a new one."""
        if pack:
            self._on_skill(pack)
        else:
            self.new_skill()

    def _on_data_chosen(self, info: DatasetInfo | None) -> None:
        same = info == self.draft.info
        self.draft.info = info
        if not same:
            self.draft.lint = None
            self.method.reset()
        self.check.set_dataset(info)
        if not same:
            self._fill_options()
        self._update()

    def _on_renamed(self, name: str) -> None:
        self.draft.name = name
        self._fill_options()
        self._update()

    def _on_checked(self, lint: DatasetLint | None) -> None:
        self.draft.lint = lint
        self._update()

    # --- trainings --------------------------------------------------------------------------------------------

    def _start(self) -> None:
        if self.draft.ready:
            self._follow(self.trainings.start(self.draft.request()))

    def _on_go_on(self, unfinished: Unfinished) -> None:
        self._unfinished = tuple(one for one in self._unfinished if one.id != unfinished.id)
        self.unfinished.show_trainings(self._unfinished)
        self._follow(self.trainings.go_on(unfinished))

    def _on_forget(self, unfinished: Unfinished) -> None:
        sure = confirm(
            self,
            "teach.forget_dialog",
            self.tr("Forget the interrupted training?"),
            self.tr("What {name} learned until then is deleted. Versions in use stay.").format(name=unfinished.pack),
            self.tr("Forget"),
            self.tr("Keep"),
        )
        if sure:
            job = self._client.call(DropTraining(unfinished.id))
            self._dropping.run(job, done=lambda _done: self.refresh(), failed=self._on_failed, stop_older=False)

    def _on_unfinished_chosen(self, number: int) -> None:
        self._pick(None)
        self._show("data")
        self.side.mark(training=f"unfinished {number}")
        self.unfinished.setFocus()

    def _follow(self, training: Training) -> None:
        self._pick(training)
        self.trainings.watch(on=self.isVisible())
        self._show("train")

    def _pick(self, training: Training | None) -> None:
        self._training = training
        if training is not None and training.pack != self._pack:
            self._pack = ""
            self.report.show_report(None)
            self.use.set_pack("")

    def _show_training(self) -> None:
        if self._training is None or self._training not in self.trainings.all():
            self._training = next(iter(reversed(self.trainings.all())), None)
        training = self._training
        waiting = self.trainings.open()
        ahead = waiting.index(training) if training in waiting else 0
        self.train.show_training(training, ahead)

    def _show_trainings(self) -> None:
        self.side.show_trainings(self.trainings.all(), self._unfinished)
        self._mark()

    def _on_trainings_changed(self) -> None:
        self._show_trainings()
        if self.step == "train":
            self._show_training()
        self._update()

    def _on_training_started(self, _training: Training) -> None:
        self.trainings.watch(on=self.isVisible())

    def _on_training_ended(self, training: Training) -> None:
        if training.state == "done":
            if training is self._training and self.step == "train" and self.isVisible():
                self._open_result()
            else:
                show_toast(self, self.tr("{name} is taught.").format(name=training.pack), "success")
        self.refresh()

    def _on_training_chosen(self, key: str) -> None:
        training = self.trainings.get(key)
        if training is None:
            return
        self._pick(training)
        if training.state == "done":
            self._open_result()
        else:
            self._show("train")

    # --- results ----------------------------------------------------------------------------------------------

    def _open_result(self) -> None:
        """The report of the training on show."""
        training = self._training
        if training is None or training.state != "done":
            return
        self._pack = training.pack
        if training.result is None:  # taught from the labelling queue: the report is with the skill
            self._load(training.pack)
            return
        self._card.drop()
        self.report.show_report(training.result, fresh=True)
        self.use.set_pack(training.pack, task=training.task)
        self._show("report")

    def _on_skill(self, name: str) -> None:
        self._pick(None)
        self._pack = name
        self._load(name)

    def _load(self, name: str) -> None:
        """The report that is kept with a skill."""
        task = self._infos[name].task if name in self._infos else "classify"
        self.use.set_pack(name, task=task)
        self._card.run(self._client.call(GetModelCard(name)), done=self._on_card, failed=self._on_failed)

    def _on_card(self, card: ModelCard) -> None:
        report = trained_of(card.report) if card.report else None
        self.report.show_report(report)
        self.use.set_pack(card.info.name, task=card.info.task)
        self._pack = card.info.name
        self._show("report" if report is not None and self._wanted != "use" else "use")

    def _on_versions(self, result: Versions) -> None:
        """The engine's note on the comparison with the version before belongs to the report on show."""
        report = self.report.report
        if report is not None and report.pack == result.pack:
            self.report.show_comparison(self.use.versions.comparison_of(report.version))

    def _on_version_used(self) -> None:
        self._wanted = "use"
        self._load(self._pack)

    def _on_label(self, pack: str) -> None:
        self.labelling.show_for(pack)
        self.frame.setCurrentWidget(self.labelling)

    # --- kept over a change of language -------------------------------------------------------------------------

    def state(self) -> dict[str, Any]:
        """What is set up and on show, for a page made anew in another language."""
        return {
            "step": self.step,
            "training": self._training.key if self._training is not None else "",
            "pack": self._pack,
            "dataset": self.draft.info.name if self.draft.info is not None else "",
            "name": self.data.name.text() if self.data.named_by_hand else "",
            "method": self.draft.method,
            "more": self.method.more.isChecked(),
            "options": self.draft.options,
            "extras": self.draft.extras,
        }

    def restore(self, state: dict[str, Any]) -> None:
        self.data.choose(state["dataset"])
        if state["name"]:
            self.data.set_name(state["name"])
        self.draft.options, self.draft.extras = state["options"], state["extras"]
        self.method.options.set_values(state["options"], state["extras"])
        self.method.choose(state["method"])
        self.method.more.setChecked(state["more"])
        training = self.trainings.get(state["training"])
        if training is not None:
            self._on_training_chosen(training.key)
            self._wanted = state["step"] if state["step"] != "train" else ""
        elif state["pack"] and state["step"] in ("report", "use"):
            self._on_skill(state["pack"])
            self._wanted = state["step"]
        else:
            self._wanted = state["step"]

    # --- frame ------------------------------------------------------------------------------------------------

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

    def _build(self) -> None:
        parts: dict[str, tuple[QWidget, str]] = {
            "data": (self.data, self.tr("Data")),
            "check": (self.check, self.tr("Check")),
            "method": (self.method, self.tr("Method")),
            "train": (self.train, self.tr("Train")),
            "report": (self.report, self.tr("Report")),
            "use": (self.use, self.tr("Use")),
        }
        self.stack = QStackedWidget()
        self.areas = {key: scrolling(part, f"teach.{key}_area", label) for key, (part, label) in parts.items()}
        for key, (part, _label) in parts.items():
            part.setContentsMargins(0, 0, 12, 8)  # keeps the cards off the scroll bar
            self.stack.addWidget(self.areas[key])
        self.path = QWidget()
        titles = QVBoxLayout()
        titles.setSpacing(2)
        titles.addWidget(self.name)
        titles.addWidget(self.detail)
        column = QVBoxLayout(self.path)
        column.setContentsMargins(32, 24, 20, 0)
        column.setSpacing(16)
        column.addLayout(titles)
        column.addWidget(self.stepper)
        column.addWidget(self.unfinished)
        column.addWidget(self.stack, 1)
        column.addWidget(self.footer)
        self.frame = QStackedWidget()
        self.frame.addWidget(self.path)
        self.frame.addWidget(self.labelling)
        self.splitter = QSplitter()
        self.splitter.setObjectName("teach.splitter")
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self.side)
        self.splitter.addWidget(self.frame)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([min(theme().px(248), 288), 800])
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.splitter)

    def _connect(self) -> None:
        self.side.new_requested.connect(self.new_skill)
        self.side.training_chosen.connect(self._on_training_chosen)
        self.side.unfinished_chosen.connect(self._on_unfinished_chosen)
        self.side.skill_chosen.connect(self._on_skill)
        self.stepper.chosen.connect(self._go)
        self.footer.next_requested.connect(self._on_next)
        self.footer.back_requested.connect(self._on_back)
        self.unfinished.go_on_requested.connect(self._on_go_on)
        self.unfinished.forget_requested.connect(self._on_forget)
        self.data.chosen.connect(self._on_data_chosen)
        self.data.renamed.connect(self._on_renamed)
        self.data.imported.connect(lambda _result: self.refresh())
        self.check.checked.connect(self._on_checked)
        self.check.data_requested.connect(lambda: self._show("data"))
        self.check.library_requested.connect(lambda: self.navigate.emit("library"))
        self.method.changed.connect(self._update)
        self.train.pause_requested.connect(self.trainings.pause)
        self.train.resume_requested.connect(lambda training: self.trainings.pause(training, resume=True))
        self.train.stop_requested.connect(self.trainings.stop)
        self.train.again_requested.connect(lambda: self._go("method" if self.draft.checked else "data"))
        self.use.read_requested.connect(lambda pack: self.navigate_to.emit("read", pack))
        self.use.label_requested.connect(self._on_label)
        self.use.teach_requested.connect(self.teach_again)
        self.use.changed.connect(self._on_version_used)
        self.use.versions.listed.connect(self._on_versions)
        self.labelling.closed.connect(lambda: self._show("use"))
        for part in (self.data, self.report, self.use, self.labelling):
            part.failed.connect(self._on_failed)
        self.trainings.changed.connect(self._on_trainings_changed)
        self.trainings.started.connect(self._on_training_started)
        self.trainings.ended.connect(self._on_training_ended)
        self._show_trainings()
