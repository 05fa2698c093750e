"""The column at the left: the way to a new skill, the trainings with their state, the skills that there are."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from engine.api import ModelInfo, Unfinished
from gui.bridge.trainings import Training
from gui.text.jobs import state_text
from gui.text.shares import percent
from gui.widgets.buttons import Button
from gui.widgets.naming import named
from gui.widgets.progress_strip import time_left
from gui.widgets.side_panel import SidePanel
from gui.widgets.text import Text
from gui.widgets.two_line_list import ListRow, TwoLineList

ROW_HEIGHT = 52
MOST_TRAININGS = 5


class TeachSide(SidePanel):
    """Signals:
    new_requested(): teach a new skill.
    generator_requested(): teach a generator.
    training_chosen(str): key of a training of this window.
    unfinished_chosen(int): an interrupted training.
    skill_chosen(str): name of a skill.
    """

    new_requested = Signal()
    generator_requested = Signal()
    training_chosen = Signal(str)
    unfinished_chosen = Signal(int)
    skill_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("teach.side", parent)
        self.new = Button(self.tr("Teach a new skill"), "teach.new", icon="add")
        self.new.clicked.connect(self.new_requested)
        self.generator = Button(self.tr("Teach a generator"), "teach.new_generator", icon="add")
        self.generator.clicked.connect(self.generator_requested)
        self.trainings = named(TwoLineList(), "teach.trainings", self.tr("Trainings"))
        self.trainings.chosen.connect(self._on_training)
        self.skills = named(TwoLineList(), "teach.skills", self.tr("Skills"))
        self.skills.chosen.connect(self._on_skill)
        self._trainings_head = Text(self.tr("Trainings"), "overline")
        self._skills_head = Text(self.tr("Skills"), "overline")
        self._nothing = Text(self.tr("Trainings and taught skills are listed here."), "caption", wrap=True)
        self.column.addWidget(self.new)
        self.column.addWidget(self.generator)
        self.column.addSpacing(8)
        for part in (self._trainings_head, self.trainings, self._skills_head):
            self.column.addWidget(part)
        self.column.addWidget(self.skills, 1)
        self.column.addWidget(self._nothing)
        self.column.addStretch()
        self.show_trainings((), ())
        self.show_skills(())

    def show_trainings(self, trainings: Sequence[Training], unfinished: Sequence[Unfinished]) -> None:
        """List the trainings, newest first, and the interrupted ones below them."""
        waiting = [training for training in trainings if training.state == "queued"]
        rows = [
            ListRow(training.key, training.pack, self._detail(training, waiting)) for training in reversed(trainings)
        ]
        rows += [ListRow(f"unfinished {one.id}", one.pack, self.tr("Interrupted · can go on")) for one in unfinished]
        if [(row.key, row.title) for row in rows] == self._shown():
            for place, row in enumerate(rows):
                self.trainings.set_detail(place, row.detail)
        else:
            self.trainings.set_rows(rows)
        fit = sum(self.trainings.sizeHintForRow(place) for place in range(min(len(rows), MOST_TRAININGS)))
        self.trainings.setFixedHeight(fit + 8)
        self.trainings.setVisible(bool(rows))
        self._trainings_head.setVisible(bool(rows))
        self._update_nothing()

    def show_skills(self, infos: Sequence[ModelInfo]) -> None:
        """List the skills in use."""
        self.skills.set_rows([ListRow(info.name, info.name, self._skill_detail(info)) for info in infos])
        self.skills.setVisible(bool(infos))
        self._skills_head.setVisible(bool(infos))
        self._update_nothing()

    def mark(self, *, training: str | None = None, skill: str | None = None) -> None:
        """Show what the page is about; nothing is announced."""
        self.trainings.set_current(training)
        self.skills.set_current(skill)

    def _shown(self) -> list[tuple[str, str]]:
        items = [self.trainings.item(place) for place in range(self.trainings.count())]
        return list(zip(self.trainings.keys(), [item.text() for item in items], strict=True))

    def _update_nothing(self) -> None:
        self._nothing.setVisible(self.trainings.count() == 0 and self.skills.count() == 0)

    def _detail(self, training: Training, waiting: Sequence[Training]) -> str:
        parts = [state_text(training.state)]
        if training.is_stopping and training.is_open:
            parts = [self.tr("Stopping…")]
        elif training.state == "queued" and len(waiting) > 1:
            parts.append(self.tr("number {place} in line").format(place=waiting.index(training) + 1))
        elif training.state == "running" and training.progress is not None:
            parts.append(time_left(training.progress.left_s))
        elif training.result is not None:
            metrics = training.result.metrics
            score = metrics.get("accuracy", metrics.get("f1"))
            if score is not None:
                parts.append(percent(score))
        return " · ".join(part for part in parts if part)

    def _skill_detail(self, info: ModelInfo) -> str:
        if not info.ok:
            return self.tr("Cannot be used")
        version = self.tr("version {version}").format(version=info.version)
        if info.task == "entities":
            if "f1" in info.metrics:
                words = self.tr("{version} · F1 {score}")
                return words.format(version=version, score=percent(info.metrics["f1"]))
            return version
        if "accuracy" in info.metrics:
            words = self.tr("{version} · {accuracy} right")
            return words.format(version=version, accuracy=percent(info.metrics["accuracy"]))
        return version

    def _on_training(self, key: str) -> None:
        self.skills.set_current(None)
        if key.startswith("unfinished "):
            self.unfinished_chosen.emit(int(key.split()[1]))
        else:
            self.training_chosen.emit(key)

    def _on_skill(self, name: str) -> None:
        self.trainings.set_current(None)
        self.skill_chosen.emit(name)
