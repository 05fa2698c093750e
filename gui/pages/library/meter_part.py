"""How well the search finds: every mode measured on questions whose place is known, and which one is in use."""

from __future__ import annotations

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from engine.api import ChooseRetrieval, GetRetrievalMeter, MeterRetrieval, RetrievalMeter
from engine.errors import EngineError, UnknownName
from engine.values import SearchMode
from gui.bridge.client import EngineClient
from gui.bridge.show_error import show_error
from gui.pages.library.part import CollectionPart
from gui.text.errors import reason
from gui.text.numbers import moment_text
from gui.text.search import MODES, mode_text
from gui.text.shares import percent
from gui.widgets.buttons import Button
from gui.widgets.charts import BarChart
from gui.widgets.empty_state import EmptyState
from gui.widgets.files import ask_open_file
from gui.widgets.fit import fit_height
from gui.widgets.layout import column, holder, row
from gui.widgets.page import scrolling
from gui.widgets.table import Table
from gui.widgets.text import Text
from gui.widgets.toast import show_toast

RECALLS = ("recall@1", "recall@3", "recall@10")


class MeterPart(CollectionPart):
    """A table of modes with how often the right passage is among the first, and how long a search takes."""

    def __init__(self, client: EngineClient) -> None:
        super().__init__(client, "library.meter", self.tr("How well the search finds"))
        self._modes: list[SearchMode] = []
        self._chosen = ""
        self.empty = EmptyState(
            "chart",
            self.tr("Not measured yet"),
            self.tr(
                "The search can look at words, at meaning, or at both. Measuring asks questions whose place is known "
                "in every way, and keeps the way that finds most."
            ),
            self.tr("Measure"),
            second=self.tr("Measure with my own questions…"),
            name="library.meter.empty",
        )
        self.empty.activated.connect(lambda: self.measure(""))
        self.empty.second_activated.connect(self._on_file)
        self.table = Table("library.meter.table", self.tr("Modes of the search"), sortable=False)
        self.table.row_selected.connect(lambda _row: self._update())
        self.chart = BarChart(name="library.meter.chart", label=self.tr("The right passage is among the first ten"))
        self.reason = Text("", wrap=True, selectable=True)
        self.reason.setObjectName("library.meter.reason")
        self.about = Text("", "caption", wrap=True)
        self.about.setObjectName("library.meter.about")
        self.again = Button(self.tr("Measure again"), "library.meter.again", icon="refresh", small=True)
        self.again.clicked.connect(lambda: self.measure(""))
        self.own = Button(self.tr("Measure with my own questions…"), "library.meter.file", icon="upload", small=True)
        self.own.clicked.connect(self._on_file)
        self.use = Button(self.tr("Use this way"), "library.meter.use", icon="check", small=True, kind="ghost")
        self.use.clicked.connect(self._on_use)
        filled = column(
            self.reason,
            self.table,
            row(self.use, "stretch", self.own, self.again),
            Text(self.tr("The right passage is among the first ten"), "strong"),
            self.chart,
            self.about,
            "stretch",
            spacing=12,
        )
        self.stack = QStackedWidget()
        self.stack.addWidget(scrolling(holder(filled), "library.meter.area", self.tr("How well the search finds")))
        self.stack.addWidget(self.empty)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.stack)
        self.forget()

    def forget(self) -> None:
        self.stack.setCurrentWidget(self.empty)

    def refresh(self) -> None:
        if self.collection and self.there:
            job = self.client.call(GetRetrievalMeter(self.collection))
            self.asking.run(job, done=self._on_measured, failed=self._on_none)

    def measure(self, questions: str) -> None:
        """Ask the questions of a file, or questions made from the collection itself."""
        if not self.collection:
            return
        collection = self.collection
        for button in (self.again, self.own, self.empty.button, self.empty.second_button):
            button.setEnabled(False)
        job = self.client.call(MeterRetrieval(collection, questions))
        job.ended.connect(self._on_ended)
        self.asking.run(job, done=self._on_measured, failed=self.on_failed, stop_older=False)

    def _on_ended(self) -> None:
        for button in (self.again, self.own, self.empty.button, self.empty.second_button):
            button.setEnabled(True)

    def _on_file(self) -> None:
        path = ask_open_file(
            self, self.tr("Questions to measure with"), self.tr("Lines of JSON (*.jsonl);;All files (*)")
        )
        if path is not None:
            self.measure(str(path))

    def _on_none(self, error: EngineError) -> None:
        self.stack.setCurrentWidget(self.empty)
        if not isinstance(error, UnknownName):
            show_error(self, error)

    def _on_measured(self, result: RetrievalMeter) -> None:
        if result.collection != self.collection:
            return
        self.stack.setCurrentIndex(0)
        self._chosen = result.chosen
        self._modes = [mode for mode in MODES if mode in result.modes]  # type: ignore[misc]
        locale = QLocale()
        rows = []
        for mode in self._modes:
            values = result.modes[mode]
            rows.append(
                (
                    f"✓  {mode_text(mode)}" if mode == result.chosen else mode_text(mode),
                    *(percent(values[key]) if key in values else "–" for key in RECALLS),
                    locale.toString(values.get("mrr", 0.0), "f", 3),
                    self.tr("{ms} ms").format(ms=locale.toString(values.get("ms", 0.0), "f", 1)),
                )
            )
        self.table.set_rows(
            (
                self.tr("Way"),
                self.tr("Top 1"),
                self.tr("Top 3"),
                self.tr("Top 10"),
                self.tr("MRR"),
                self.tr("Time"),
            ),
            rows,
            stretch=0,
            widths=(0, 80, 80, 80, 80, 90),
            tones={(place, 0): "success" for place, mode in enumerate(self._modes) if mode == result.chosen},
        )
        fit_height(self.table, len(MODES))
        self.chart.set_rows(
            [(mode_text(mode), *self._bar(result.modes[mode])) for mode in self._modes],
            {place: "success" for place, mode in enumerate(self._modes) if mode == result.chosen},
        )
        self.reason.setText(reason(result.reason))
        self.reason.setVisible(bool(result.reason))
        self.about.setText(self._about(result))
        self._update()

    def _bar(self, values: dict[str, float]) -> tuple[float, str]:
        """A bar with its 95 % interval beside it."""
        share = values.get("recall@10", 0.0)
        text = percent(share)
        if "recall@10_low" in values and "recall@10_high" in values:
            text += f"  ({percent(values['recall@10_low'], 0)} – {percent(values['recall@10_high'], 0)})"
        return share, text

    def _about(self, result: RetrievalMeter) -> str:
        parts = [self.tr("%n question(s)", "", result.questions)]
        if result.measured:
            parts.append(moment_text(result.measured))
        if result.rejected:
            parts.append(self.tr("%n line(s) of the file could not be used", "", len(result.rejected)))
        text = "  ·  ".join(parts)
        if result.derived:
            text += ". " + self.tr(
                "The questions were made from the collection itself, which favours the search by words; your own "
                "questions tell more."
            )
        return text

    def _update(self) -> None:
        chosen = self.table.selected_rows()
        other = bool(chosen) and chosen[0] < len(self._modes) and self._modes[chosen[0]] != self._chosen
        self.use.setEnabled(other)

    def _on_use(self) -> None:
        chosen = self.table.selected_rows()
        if not chosen or chosen[0] >= len(self._modes):
            return
        mode = self._modes[chosen[0]]
        job = self.client.call(ChooseRetrieval(self.collection, mode), self)
        words = self.tr("The collection is now searched by: {mode}").format(mode=mode_text(mode))
        job.finished.connect(lambda _done: show_toast(self, words, "success"))
        job.finished.connect(lambda _done: self.refresh())
        job.failed.connect(self.on_failed)
