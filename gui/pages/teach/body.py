"""The parts of the Teach page and where they stand: trainings and skills at the left, the steps at the right."""

from __future__ import annotations

from PySide6.QtWidgets import QScrollArea, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from gui.bridge.client import EngineClient
from gui.pages.teach.check_step import CheckStep
from gui.pages.teach.data_step import DataStep
from gui.pages.teach.draft import Draft
from gui.pages.teach.footer import Footer
from gui.pages.teach.labelling import Labelling
from gui.pages.teach.method_step import MethodStep
from gui.pages.teach.report_step import ReportStep
from gui.pages.teach.side import TeachSide
from gui.pages.teach.subject import Subject
from gui.pages.teach.train_step import TrainStep
from gui.pages.teach.unfinished_card import UnfinishedCard
from gui.pages.teach.use_step import UseStep
from gui.pages.teach.way import SETTING_UP, step_text
from gui.theme import theme
from gui.widgets.elided import ElidedLabel
from gui.widgets.page import scrolling
from gui.widgets.stepper import Stepper
from gui.widgets.text import Text


class Body(QWidget):
    """Only parts and layout; what they do together is the page's."""

    def __init__(self, client: EngineClient, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("teach.body")
        names = {
            "data": self.tr("Data"),
            "check": self.tr("Check"),
            "method": self.tr("Method"),
            "train": self.tr("Train"),
            "report": self.tr("Report"),
            "use": self.tr("Use"),
        }
        self.side = TeachSide()
        self.name = ElidedLabel(role="h1")
        self.name.setObjectName("teach.title")
        self.detail = Text(role="muted", wrap=True)
        self.stepper = Stepper(tuple(names.items()), name="teach.steps", label=self.tr("Steps"))
        self.unfinished = UnfinishedCard()
        self.data, self.check = DataStep(client), CheckStep(client)
        self.method = MethodStep(client, draft)
        self.train = TrainStep()
        self.report = ReportStep(client)
        self.use = UseStep(client)
        self.labelling = Labelling(client)
        self.footer = Footer()
        self.stack = QStackedWidget()
        self.areas: dict[str, QScrollArea] = {}
        parts = (self.data, self.check, self.method, self.train, self.report, self.use)
        for (key, label), part in zip(names.items(), parts, strict=True):
            part.setContentsMargins(0, 0, 12, 8)  # keeps the cards off the scroll bar
            self.areas[key] = scrolling(part, f"teach.{key}_area", label)
            self.stack.addWidget(self.areas[key])
        self._place()

    def show_step(self, step: str) -> None:
        """Show a step from its beginning."""
        self.frame.setCurrentWidget(self.path)
        self.stack.setCurrentWidget(self.areas[step])
        self.stepper.set_current(step)

    def show_title(self, step: str, subject: Subject) -> None:
        """Name the skill that a step is about, and say what the step is for."""
        pack = subject.training.pack if step == "train" and subject.training is not None else subject.pack
        self.name.set_text(pack if pack and step not in SETTING_UP else self.tr("Teach a skill"))
        self.detail.setText(step_text(step))

    def mark(self, step: str, subject: Subject) -> None:
        """Show at the left what the step is about."""
        if step in SETTING_UP:
            self.side.mark()
        elif subject.training is not None:
            self.side.mark(training=subject.training.key)
        else:
            self.side.mark(skill=subject.pack)

    def show_labelling(self, pack: str) -> None:
        """The labelling queue of a skill in place of the steps."""
        self.labelling.show_for(pack)
        self.frame.setCurrentWidget(self.labelling)

    @property
    def is_labelling(self) -> bool:
        return self.frame.currentWidget() is self.labelling

    def _place(self) -> None:
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
