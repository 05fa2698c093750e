"""The skills at the left, and the way to a new one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from engine.api import ModelInfo
from gui.text.shares import percent
from gui.widgets.buttons import Button
from gui.widgets.naming import named
from gui.widgets.side_panel import SidePanel
from gui.widgets.text import Text
from gui.widgets.two_line_list import ListRow, TwoLineList

OWN_LABELS = "\0own"
"""Key of the row that reads without a skill; no skill can bear this name."""


class SkillList(SidePanel):
    """The left column of the page.

    Signals:
        chosen(str): a skill, or `OWN_LABELS`.
        teach_requested(): teach a new one.
    """

    chosen = Signal(str)
    teach_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("read.skills", parent)
        self.teach = Button(self.tr("Teach a new skill"), "read.teach_new", icon="add")
        self.teach.clicked.connect(self.teach_requested)
        self.list = named(TwoLineList(), "read.skill_list", self.tr("Skills"))
        self.list.chosen.connect(self.chosen)
        self.column.addWidget(self.teach)
        self.column.addSpacing(8)
        self.column.addWidget(Text(self.tr("Read with"), "overline"))
        self.column.addWidget(self.list, 1)

    def show_skills(self, infos: Sequence[ModelInfo], current: str) -> None:
        rows = [ListRow(info.name, info.name, self._detail(info)) for info in infos]
        rows.append(ListRow(OWN_LABELS, self.tr("Labels of your own"), self.tr("Without teaching")))
        self.list.set_rows(rows, current)

    def _detail(self, info: ModelInfo) -> str:
        if not info.ok:
            return self.tr("Cannot be used")
        labels = self.tr("%n label(s)", "", len(info.labels))
        if "accuracy" in info.metrics:
            return self.tr("{labels} · {accuracy} right").format(
                labels=labels, accuracy=percent(info.metrics["accuracy"])
            )
        if info.task == "entities" and "f1" in info.metrics:
            return self.tr("{labels} · finds, F1 {f1}").format(labels=labels, f1=percent(info.metrics["f1"]))
        return labels
