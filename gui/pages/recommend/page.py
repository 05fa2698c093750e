"""The Recommend page: choose a recommender, look at the lists of people, see how good they are, learn anew."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from engine.api import GetModelCard, ListModels, ModelCard, ModelInfo, Models, RecommenderFitted
from engine.errors import EngineError
from gui.bridge.client import EngineClient
from gui.bridge.latest import Latest
from gui.bridge.show_error import show_error
from gui.pages.recommend.evaluate_card import EvaluateCard
from gui.pages.recommend.feedback_card import FeedbackCard
from gui.pages.recommend.file_tab import FileTab
from gui.pages.recommend.fit_view import FitView
from gui.pages.recommend.history_tab import HistoryTab
from gui.pages.recommend.map_view import MapView
from gui.pages.recommend.pack_list import PackList
from gui.pages.recommend.person_tab import PersonTab
from gui.pages.recommend.quality_view import QualityView
from gui.pages.recommend.rules_view import RulesView
from gui.text.shares import count
from gui.theme import theme
from gui.widgets.elided import ElidedLabel
from gui.widgets.empty_state import EmptyState
from gui.widgets.layout import column as layout_column
from gui.widgets.layout import holder, row
from gui.widgets.page import scrolling
from gui.widgets.segmented import Segmented
from gui.widgets.text import Text


class Page(QWidget):
    """Recommend.

    Signals:
        navigate(str): open the page of that name.
    """

    navigate = Signal(str)

    def __init__(self, client: EngineClient, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("recommend.page")
        self.setProperty("kind", "page")
        self.title = self.tr("Recommend")
        self._client = client
        self._pack = ""
        self._infos: dict[str, ModelInfo] = {}
        self._kept: dict[str, Any] | None = None
        self._listing, self._card = Latest(self), Latest(self)

        self.packs = PackList()
        self.name = ElidedLabel(role="h1")
        self.name.setObjectName("recommend.name")
        self.detail = Text(role="muted", wrap=True)
        self.detail.setObjectName("recommend.detail")
        self.tabs = Segmented(
            (
                ("person", self.tr("For a person")),
                ("history", self.tr("From a history")),
                ("file", self.tr("For a file")),
                ("map", self.tr("Map")),
                ("rules", self.tr("Rules")),
                ("quality", self.tr("Quality")),
            ),
            name="recommend.tabs",
            label=self.tr("What to look at"),
        )
        self.person, self.history = PersonTab(client), HistoryTab(client)
        self.file = FileTab(client)
        self.quality = QualityView()
        self.evaluate = EvaluateCard(client)
        self.feedback = FeedbackCard(client)
        self.map = MapView(client)
        self.rules = RulesView(client)
        self.fit = FitView(client)
        self.empty = EmptyState(
            "recommend",
            self.tr("Suggest what fits each person"),
            self.tr(
                "Casemate learns from what people chose before and from the words that describe your items. "
                "Every suggestion says why it is there."
            ),
            self.tr("Learn from your data"),
            name="recommend.empty",
        )
        self._build()
        self._connect()
        self.frame.setCurrentWidget(self.empty)

    def refresh(self) -> None:
        """Ask the engine which recommenders there are, and which data while one is being learned."""
        if self.frame.currentWidget() is self.fit_area:
            self.fit.refresh()
        self._listing.run(self._client.call(ListModels()), done=self._on_models, failed=self._on_failed)

    # --- recommenders -----------------------------------------------------------------------------------------

    def _on_models(self, result: Models) -> None:
        self._infos = {info.name: info for info in result.models if info.task == "recommend" and info.current}
        if self._kept is not None and self._kept["pack"] in self._infos:
            self._pack = self._kept["pack"]
        if self._pack not in self._infos:
            self._pack = next(iter(self._infos), "")
        fitting = self.frame.currentWidget() is self.fit_area
        self.packs.show_packs(tuple(self._infos.values()), "" if fitting else self._pack)
        if fitting:
            return
        if self._pack:
            self._choose(self._pack)
            self._restore_choices()
        else:
            self.frame.setCurrentWidget(self.empty)

    def _choose(self, pack: str) -> None:
        """Look at the lists of this recommender."""
        self._pack = pack
        self.frame.setCurrentWidget(self.reading)
        self.name.set_text(pack)
        self.detail.setText(self.tr("version {version}").format(version=self._infos[pack].version))
        self.person.set_pack(pack)
        self.history.set_pack(pack)
        self.file.set_pack(pack)
        self.evaluate.set_pack(pack)
        self.feedback.set_pack(pack)
        self.map.set_pack(pack)
        self.rules.set_pack(pack)
        self.quality.hide()
        job = self._client.call(GetModelCard(pack))
        self._card.run(job, done=self._on_card, failed=self._on_failed)

    def _on_card(self, card: ModelCard) -> None:
        try:
            report = msgspec.convert(card.report, RecommenderFitted, strict=False)
        except msgspec.ValidationError:
            return  # from elsewhere, without a report
        self.detail.setText(
            self.tr("{people} people · {items} items · {events} events · version {version}").format(
                people=count(report.users),
                items=count(report.items),
                events=count(report.events),
                version=report.version,
            )
        )
        self.quality.show_report(report)
        self.quality.show()

    def _show_tab(self, key: str) -> None:
        tabs = {
            "person": self.person,
            "history": self.history,
            "file": self.file_area,
            "map": self.map,
            "rules": self.rules_area,
            "quality": self.quality_area,
        }
        self.stack.setCurrentWidget(tabs[key])

    # --- learning ---------------------------------------------------------------------------------------------

    def _open_fit(self) -> None:
        self.frame.setCurrentWidget(self.fit_area)
        self.packs.list.set_current(None)
        self.fit.refresh()

    def _close_fit(self) -> None:
        self.packs.list.set_current(self._pack)
        self.frame.setCurrentWidget(self.reading if self._pack else self.empty)
        self.refresh()

    def _use(self, pack: str) -> None:
        self._pack = pack
        self.frame.setCurrentWidget(self.reading)
        self.refresh()

    # --- kept over a change of language -------------------------------------------------------------------------

    def state(self) -> dict[str, Any]:
        """What is on show and what was put together, for a page made anew in another language."""
        return {
            "pack": self._pack,
            "tab": self.tabs.current,
            "person": self.person.person,
            "history": self.history.items(),
            "source": self.file.source(),
            "fitting": self.frame.currentWidget() is self.fit_area,
        }

    def restore(self, state: dict[str, Any]) -> None:
        self._kept = state
        self.tabs.set_current(state["tab"])
        self._show_tab(state["tab"])
        if state["fitting"]:
            self._open_fit()

    def _restore_choices(self) -> None:
        """Once the recommender is known again: the person, the history and the file."""
        state, self._kept = self._kept, None
        if state is None or state["pack"] != self._pack:
            return
        if state["person"]:
            self.person.show_person(state["person"])
        for item, title in state["history"].items():
            self.history.add(item, title)
        if state["source"]:
            self.file.open_file(Path(state["source"]))

    # --- frame ------------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Whoever comes here looks for somebody."""
        super().showEvent(event)
        if self.person.isVisible():
            self.person.picker.search.setFocus()

    def _on_failed(self, error: EngineError) -> None:
        show_error(self, error)

    def _build(self) -> None:
        measured = holder(layout_column(self.quality, self.feedback, self.evaluate, "stretch", spacing=16))
        self.rules_area = scrolling(self.rules, "recommend.rules_area", self.tr("Rules"))
        self.quality_area = scrolling(measured, "recommend.quality_area", self.tr("How good is it"))
        self.file_area = scrolling(self.file, "recommend.file_area", self.tr("For a file of people"))
        self.fit_area = scrolling(self.fit, "recommend.fit_area", self.tr("Learn recommendations"))
        self.stack = QStackedWidget()
        for tab in (self.person, self.history, self.file_area, self.map, self.rules_area, self.quality_area):
            self.stack.addWidget(tab)
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
        column.addWidget(self.stack, 1)
        self.frame = QStackedWidget()
        for part in (self.empty, self.reading, self.fit_area):
            self.frame.addWidget(part)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setObjectName("recommend.splitter")
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self.packs)
        self.splitter.addWidget(self.frame)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([min(theme().px(248), 288), 800])
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.splitter)

    def _connect(self) -> None:
        self.packs.chosen.connect(self._choose)
        self.packs.fit_requested.connect(self._open_fit)
        self.empty.activated.connect(self._open_fit)
        self.tabs.changed.connect(self._show_tab)
        self.person.pinned.connect(self.rules.refresh)
        self.rules.changed.connect(self.person.refresh)
        for part in (
            self.person,
            self.history,
            self.file,
            self.evaluate,
            self.feedback,
            self.map,
            self.rules,
            self.fit,
        ):
            part.failed.connect(self._on_failed)
        self.person.forgotten.connect(self.refresh)
        self.person.recorded.connect(self.feedback.refresh)
        self.feedback.explore_changed.connect(self.person.set_explore)
        self.fit.closed.connect(self._close_fit)
        self.fit.use_requested.connect(self._use)
        self.fit.import_requested.connect(lambda: self.navigate.emit("library"))
