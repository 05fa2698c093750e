"""The Read page: choose a skill, read texts, lists and files with it, label for it, see its report and versions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from engine.api import GetModelCard, ListModels, ModelCard, ModelInfo, Models, RollBackModel
from engine.errors import EngineError
from gui.bridge.client import EngineClient
from gui.bridge.latest import Latest
from gui.bridge.show_error import show_error
from gui.pages.label.view import LabelView
from gui.pages.read.entity_scores import EntityScores, entity_report_of
from gui.pages.read.file_tab import FileTab
from gui.pages.read.labels_field import LabelsField
from gui.pages.read.list_tab import ListTab
from gui.pages.read.measure_tab import MeasureTab
from gui.pages.read.precision_dial import PrecisionDial
from gui.pages.read.reader import Reader
from gui.pages.read.report_values import report_of
from gui.pages.read.report_view import ReportView
from gui.pages.read.skill_list import OWN_LABELS, SkillList
from gui.pages.read.try_tab import TryTab
from gui.pages.read.versions_tab import VersionsTab
from gui.text.shares import percent
from gui.theme import theme
from gui.widgets.dialog import confirm
from gui.widgets.elided import ElidedLabel
from gui.widgets.layout import row
from gui.widgets.page import scrolling
from gui.widgets.segmented import Segmented
from gui.widgets.text import Text
from gui.widgets.toast import show_toast

READS, FINDS = "classify", "entities"
TABS = {
    "": ("try", "list", "file"),
    READS: ("try", "list", "file", "label", "measure", "report", "versions"),
    FINDS: ("try", "file", "measure", "report", "versions"),
}
"""What can be done with labels of one's own, with a skill that labels, and with one that finds names and terms."""


class Page(QWidget):
    """Read.

    Signals:
        navigate(str): open the page of that name.
        navigate_to(str, str): open it with a subject; "teach" with "" begins a new skill.
    """

    navigate = Signal(str)
    navigate_to = Signal(str, str)

    def __init__(self, client: EngineClient, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("read.page")
        self.setProperty("kind", "page")
        self.title = self.tr("Read")
        self._client = client
        self._infos: tuple[ModelInfo, ...] = ()
        self._skill = ""
        self._wanted = ""  # the skill to show once the skills are known
        self._listing, self._card, self._back = Latest(self), Latest(self), Latest(self)

        self.skills = SkillList()
        self.name = ElidedLabel(role="h1")
        self.name.setObjectName("read.name")
        self.detail = Text(role="muted", wrap=True)
        self.detail.setObjectName("read.detail")
        self.tabs = Segmented(
            (
                ("try", self.tr("Try it")),
                ("list", self.tr("List")),
                ("file", self.tr("File")),
                ("label", self.tr("Label")),
                ("measure", self.tr("Measure")),
                ("report", self.tr("Report")),
                ("versions", self.tr("Versions")),
            ),
            name="read.tabs",
            label=self.tr("What to do with the skill"),
        )
        self.dial = PrecisionDial()
        self.labels = LabelsField()
        self.try_tab, self.list_tab, self.file_tab = TryTab(client), ListTab(client), FileTab(client)
        self.label_tab, self.measure = LabelView(client), MeasureTab(client)
        self.report, self.found_report = ReportView(), EntityScores("read.found_report")
        self.no_report = Text(self.tr("This skill came without a report."), "muted", wrap=True)
        self.versions = VersionsTab()
        self._build()
        self._connect()
        self._choose(OWN_LABELS)

    def refresh(self) -> None:
        """Ask the engine which skills there are."""
        self._listing.run(self._client.call(ListModels()), done=self._on_models, failed=self._on_failed)

    # --- skills -----------------------------------------------------------------------------------------------

    def _on_models(self, result: Models) -> None:
        first = not self._infos
        self._infos = tuple(info for info in result.models if info.task in (READS, FINDS))
        current = [info for info in self._infos if info.current]
        wanted, self._wanted = self._wanted, ""
        if wanted == OWN_LABELS or any(info.name == wanted for info in current):
            self._skill, first = wanted, False
        if not any(info.name == self._skill for info in current):
            keep = self._skill == OWN_LABELS and not first
            self._skill = OWN_LABELS if keep or not current else current[0].name
        self.skills.show_skills(current, self._skill)
        self._choose(self._skill)

    def _choose(self, key: str) -> None:
        """Read with this skill, or with labels of one's own."""
        self._skill = key
        own = key == OWN_LABELS
        self._show_tabs(TABS[self._task()])
        self.dial.set_points(())
        self.report_stack.setCurrentWidget(self.no_report)
        self._card.drop()
        if own:
            self.name.set_text(self.tr("Labels of your own"))
            self.detail.setText(
                self.tr("Texts are compared with the words of your labels. Teaching from examples reads far better.")
            )
        else:
            info = next(item for item in self._infos if item.name == key and item.current)
            self.name.set_text(info.name)
            self.detail.setText(self._describe(info))
            self.versions.show_versions([item for item in self._infos if item.name == key])
            if info.task == READS:
                self.label_tab.set_pack(key)
            self.measure.set_pack(key, info.version, finds=info.task == FINDS)
            job = self._client.call(GetModelCard(key))
            self._card.run(job, done=self._on_card, failed=self._on_failed)
        self._on_reader_changed()
        self._show_tab(self.tabs.current)

    def _info(self) -> ModelInfo | None:
        """The skill in use; None for labels of one's own."""
        return next((info for info in self._infos if info.name == self._skill and info.current), None)

    def _task(self) -> str:
        info = self._info()
        return info.task if info is not None else ""

    def _show_tabs(self, tabs: tuple[str, ...]) -> None:
        for tab in ("list", "label", "measure", "report", "versions"):
            self.tabs.button(tab).setVisible(tab in tabs)
        if self.tabs.current not in tabs:
            self.tabs.set_current("try")

    def _describe(self, info: ModelInfo) -> str:
        labels = ", ".join(info.labels[:6]) + ("…" if len(info.labels) > 6 else "")
        if info.task == FINDS and "f1" in info.metrics:
            return self.tr("Finds {labels} · F1 {f1} on held-out texts · version {version}").format(
                f1=percent(info.metrics["f1"]), version=info.version, labels=labels
            )
        if "accuracy" in info.metrics:
            return self.tr("{accuracy} right on held-out texts · version {version} · {labels}").format(
                accuracy=percent(info.metrics["accuracy"]), version=info.version, labels=labels
            )
        return self.tr("version {version} · {labels}").format(version=info.version, labels=labels)

    def _on_card(self, card: ModelCard) -> None:
        if card.info.task == FINDS:
            if (found := entity_report_of(card.report)) is not None:
                self.found_report.show_trained(found)
                self.report_stack.setCurrentWidget(self.found_area)
            return
        report = report_of(card.report)
        if report is None:
            return
        self.dial.set_points(report.risk_coverage)
        self.report.show_report(report)
        self.report_stack.setCurrentWidget(self.report_area)

    def _on_reader_changed(self) -> None:
        if self._skill == OWN_LABELS:
            reader = Reader(labels=self.labels.labels())
        else:
            info = self._info()
            known = info.labels if info is not None else ()
            finds = self._task() == FINDS
            precision = None if finds else self.dial.precision()
            reader = Reader(pack=self._skill, precision=precision, finds=finds, known=known)
        for tab in (self.try_tab, self.list_tab, self.file_tab):
            tab.set_reader(reader)

    def _on_tab(self, key: str) -> None:
        self._show_tab(key)
        # Its keys are at work at once, unless somebody walks along the tabs with the arrow keys: Right would skip.
        if key == "label" and not self.tabs.button(key).hasFocus():
            self.label_tab.setFocus()

    def _show_tab(self, key: str) -> None:
        tabs = {
            "try": self.try_area,
            "list": self.list_area,
            "file": self.file_area,
            "label": self.label_area,
            "measure": self.measure_area,
            "report": self.report_stack,
            "versions": self.versions,
        }
        self.stack.setCurrentWidget(tabs[key])
        reads = key in ("try", "list", "file")
        self.dial.setVisible(reads and self._task() == READS)
        self.labels.setVisible(reads and self._skill == OWN_LABELS)
        if key == "label":
            self.label_tab.refresh()
        elif key == "measure":
            self.measure.refresh()

    def _roll_back(self) -> None:
        sure = confirm(
            self,
            "read.roll_back_dialog",
            self.tr("Go back to the version before?"),
            self.tr("{name} is then read with the version before the present one. Nothing is deleted.").format(
                name=self._skill
            ),
            self.tr("Go back"),
            self.tr("Cancel"),
            danger=False,
        )
        if sure:
            job = self._client.call(RollBackModel(self._skill))
            self._back.run(job, done=self._on_rolled_back, failed=self._on_failed)

    def _on_rolled_back(self, _models: Models) -> None:
        show_toast(self, self.tr("The version before is in use again."), "success")
        self.refresh()

    def open_subject(self, pack: str) -> None:
        """Read with a skill, whichever was chosen before."""
        self._skill = self._wanted = pack
        self.tabs.set_current("try")
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Whoever comes here wants to read a text."""
        super().showEvent(event)
        if self.try_tab.isVisible():
            self.try_tab.edit.setFocus()
        elif self.label_tab.isVisible():
            self.label_tab.setFocus()

    # --- kept over a change of language -------------------------------------------------------------------------

    def state(self) -> dict[str, Any]:
        """What is on show and what was typed, for a page made anew in another language."""
        return {
            "skill": self._skill,
            "tab": self.tabs.current,
            "text": self.try_tab.edit.toPlainText(),
            "lines": self.list_tab.edit.toPlainText(),
            "labels": self.labels.labels(),
            "label": self.labels.edit.text(),
            "dial": (self.dial.switch.isChecked(), self.dial.slider.value()),
            "source": self.file_tab.source(),
        }

    def restore(self, state: dict[str, Any]) -> None:
        self._wanted = state["skill"]
        self.labels.set_labels(state["labels"])
        self.labels.edit.setText(state["label"])
        wish, sure = state["dial"]
        self.dial.slider.setValue(sure)
        self.dial.switch.setChecked(wish)
        self.tabs.set_current(state["tab"])
        self.try_tab.edit.setPlainText(state["text"])
        self.list_tab.edit.setPlainText(state["lines"])
        if state["source"]:
            self.file_tab.open_file(Path(state["source"]))

    # --- frame ------------------------------------------------------------------------------------------------

    def _on_failed(self, error: EngineError) -> None:
        show_error(self, error)

    def _build(self) -> None:
        self.try_area = scrolling(self.try_tab, "read.try_area", self.tr("Try it"))
        self.list_area = scrolling(self.list_tab, "read.list_area", self.tr("List"))
        self.file_area = scrolling(self.file_tab, "read.file_area", self.tr("File"))
        self.label_area = scrolling(self.label_tab, "read.label_area", self.tr("Label"))
        self.measure_area = scrolling(self.measure, "read.measure_area", self.tr("Measure"))
        self.found_area = scrolling(self.found_report, "read.found_area", self.tr("Report"))
        self.report_area = scrolling(self.report, "read.report_area", self.tr("Report"))
        self.no_report.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.report_stack = QStackedWidget()
        self.report_stack.addWidget(self.no_report)
        self.report_stack.addWidget(self.report_area)
        self.report_stack.addWidget(self.found_area)
        self.stack = QStackedWidget()
        areas = (self.try_area, self.list_area, self.file_area, self.label_area, self.measure_area)
        for part in (*areas, self.report_stack, self.versions):
            self.stack.addWidget(part)

        self.reading = QWidget()
        column = QVBoxLayout(self.reading)
        column.setContentsMargins(32, 24, 32, 24)
        column.setSpacing(16)
        titles = QVBoxLayout()
        titles.setSpacing(2)
        titles.addWidget(self.name)
        titles.addWidget(self.detail)
        column.addLayout(titles)
        column.addLayout(row(self.tabs, "stretch"))
        column.addWidget(self.dial)
        column.addWidget(self.labels)
        column.addWidget(self.stack, 1)

        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setObjectName("read.splitter")
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self.skills)
        self.splitter.addWidget(self.reading)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([min(theme().px(248), 288), 800])
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.splitter)

    def _connect(self) -> None:
        self.skills.chosen.connect(self._choose)
        self.skills.teach_requested.connect(lambda: self.navigate_to.emit("teach", ""))
        self.tabs.changed.connect(self._on_tab)
        self.dial.changed.connect(self._on_reader_changed)
        self.labels.changed.connect(self._on_reader_changed)
        for tab in (self.try_tab, self.list_tab, self.file_tab):
            tab.failed.connect(self._on_failed)
        for reading in (self.try_tab, self.list_tab):
            reading.noticed.connect(self.dial.show_notice)
        for part in (self.label_tab, self.measure):
            part.failed.connect(self._on_failed)
        self.label_tab.import_requested.connect(lambda: self.navigate.emit("library"))
        self.versions.roll_back_requested.connect(self._roll_back)
