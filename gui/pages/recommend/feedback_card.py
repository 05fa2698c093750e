"""What became of shown lists: the hit rate over time, feedback from a table, two versions compared by replay."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from engine.api import (
    ChangeSettings,
    FeedbackAdded,
    FeedbackFigures,
    FeedbackRecorded,
    FeedbackToEvents,
    GetFeedbackFigures,
    GetSettings,
    ImportFeedback,
    ListVersions,
    ReplayVersions,
    SettingsValues,
    Versions,
    VersionsReplayed,
)
from engine.errors import EngineError
from engine.values import Progress
from gui.bridge.client import EngineClient
from gui.bridge.latest import Latest
from gui.pages.one_file import refused_text
from gui.pages.progress import show_progress
from gui.pages.recommend.evaluate_card import TABLES
from gui.text.sentences import sentences
from gui.text.shares import count, percent
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.charts import BarChart
from gui.widgets.files import ask_open_file
from gui.widgets.fit import fit_height
from gui.widgets.layout import row
from gui.widgets.naming import named
from gui.widgets.progress_strip import ProgressStrip
from gui.widgets.table import Table
from gui.widgets.text import Text
from gui.widgets.toast import show_toast

PERIODS_SHOWN = 12
EXPLORE = "recommend_explore"


class FeedbackCard(Card):
    """Signals:
    failed(EngineError): something could not be had.
    explore_changed(float): share of the places that is left to chance in lists that are kept as shown.
    """

    failed = Signal(object)
    explore_changed = Signal(float)

    def __init__(self, client: EngineClient, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setObjectName("recommend.feedback")
        self.set_title(
            self.tr("What became of the lists"),
            self.tr("Which share of the shown items was clicked, week by week."),
        )
        self._client = client
        self._pack = ""
        self._reading, self._working, self._versions = Latest(self), Latest(self), Latest(self)
        self._teaching = Latest(self)
        self.bring = Button(self.tr("Bring in feedback…"), "recommend.feedback_import", icon="upload", small=True)
        self.bring.setToolTip(self.tr("A table with the columns user, item, type (shown, clicked, dismissed) and time"))
        self.bring.clicked.connect(self._import)
        self.add_action(self.bring)
        self.teach = Button(self.tr("Add clicks to the events"), "recommend.feedback_teach", small=True)
        self.teach.setToolTip(self.tr("So that the next learning knows them; each click goes there once"))
        self.teach.clicked.connect(self._teach)
        self.explore = named(QComboBox(), "recommend.explore", self.tr("Places left to chance"))
        self.explore.setToolTip(
            self.tr("By lot, such a place shows something further down. Only such lists can compare two versions.")
        )
        for share, words in (
            (0.0, self.tr("None")),
            (0.1, self.tr("One in ten")),
            (0.2, self.tr("One in five")),
        ):
            self.explore.addItem(words, share)
        self.explore.activated.connect(lambda _place: self._choose_explore())
        self.verdict = Text(wrap=True)
        self.verdict.setObjectName("recommend.feedback_verdict")
        self.chart = BarChart(name="recommend.feedback_chart", label=self.tr("Share of shown items that were clicked"))
        self.refused = Text(role="warning", wrap=True, selectable=True)
        self.refused.setObjectName("recommend.feedback_refused")
        self.strip = ProgressStrip(name="recommend.feedback_progress", framed=False)
        self.strip.cancel_requested.connect(self._working.cancel)
        self.first = named(QComboBox(), "recommend.replay_first", self.tr("One version"))
        self.second = named(QComboBox(), "recommend.replay_second", self.tr("Other version"))
        self.compare = Button(self.tr("Compare"), "recommend.replay", icon="chart", small=True)
        self.compare.clicked.connect(self._compare)
        self.replay_words = Text(
            self.tr("Two versions on the lists that were shown, without showing anything to anybody:"),
            "muted",
            wrap=True,
        )
        self.result = Text(wrap=True, selectable=True)
        self.result.setObjectName("recommend.replay_result")
        self.table = Table("recommend.replay_table", self.tr("Both versions"), sortable=False)
        for part in (self.verdict, self.chart, self.refused, self.strip):
            self.add(part)
        self.add(row(self.teach, "stretch"))
        kept = Text(self.tr("In lists that are kept as shown, places left to chance:"), "muted", wrap=True)
        line = row(kept, self.explore)
        line.setStretch(0, 1)
        line.setAlignment(kept, Qt.AlignmentFlag.AlignVCenter)
        self.add(line)
        self.add(self.replay_words)
        self.add(row(self.first, self.second, self.compare, "stretch"))
        self.add(self.table)
        self.add(self.result)
        for hidden in (self.chart, self.refused, self.strip, self.table, self.result):
            hidden.hide()

    def set_pack(self, pack: str) -> None:
        """Show the feedback of this recommender."""
        if pack != self._pack:
            for hidden in (self.refused, self.table, self.result):
                hidden.hide()
        self._pack = pack
        self.refresh()

    def refresh(self) -> None:
        job = self._client.call(GetFeedbackFigures(self._pack))
        self._reading.run(job, done=self._show_figures, failed=self.failed.emit)
        job = self._client.call(ListVersions(self._pack))
        self._versions.run(job, done=self._show_versions, failed=self.failed.emit)
        self._client.ask(self, GetSettings(), self._show_settings, self.failed.emit)

    def _show_settings(self, settings: SettingsValues) -> None:
        share = float(settings.values.get(EXPLORE, 0.0))
        if self.explore.findData(share) < 0:
            self.explore.addItem(percent(share, 0), share)
        self.explore.setCurrentIndex(self.explore.findData(share))
        self.explore_changed.emit(share)

    def _choose_explore(self) -> None:
        values = {EXPLORE: self.explore.currentData()}
        self._client.ask(self, ChangeSettings(values=values), self._show_settings, self.failed.emit)

    def _show_figures(self, figures: FeedbackFigures) -> None:
        if not figures.shown:
            self.verdict.setText(
                self.tr("No list has been recorded yet. “Keep as shown” above the list of a person records it.")
            )
            self.chart.hide()
            self.teach.hide()
            return
        self.teach.setVisible(figures.clicked + figures.dismissed > 0)
        told = {
            "up": self.tr("The hit rate rises."),
            "down": self.tr("The hit rate falls: learn anew from newer events, or look at what has changed."),
            "none": self.tr("The hit rate holds: what differs between the weeks is chance."),
        }.get(figures.drift, self.tr("Too little was shown to tell whether the hit rate changes."))
        counts = self.tr("{clicked} of {shown} shown items were clicked, {dismissed} dismissed.").format(
            clicked=count(figures.clicked), shown=count(figures.shown), dismissed=count(figures.dismissed)
        )
        self.verdict.setText(sentences(told, counts))
        periods = figures.periods[-PERIODS_SHOWN:]
        rows = [
            (one.start, one.rate, self.tr("{rate} ({low} to {high})").format(
                rate=percent(one.rate), low=percent(one.low), high=percent(one.high)
            ))
            for one in periods
        ]  # fmt: skip
        tone = {"down": "danger", "up": "success"}.get(figures.drift)
        self.chart.set_rows(rows, {len(rows) - 1: tone} if tone else None)
        self.chart.show()

    def _show_versions(self, found: Versions) -> None:
        for box, at in ((self.first, 1), (self.second, 0)):
            box.clear()
            for one in found.versions:
                box.addItem(self.tr("version {version}").format(version=one.version), one.version)
            box.setCurrentIndex(min(at, box.count() - 1))
        enough = len(found.versions) > 1
        for part in (self.first, self.second, self.compare, self.replay_words):
            part.setVisible(enough)

    def _import(self) -> None:
        filters = self.tr("Tables ({patterns})").format(patterns=TABLES)
        if (path := ask_open_file(self, self.tr("Choose a table"), filters)) is not None:
            self._work(ImportFeedback(self._pack, str(path)), self.tr("Reading feedback"), self._on_imported)

    def _teach(self) -> None:
        job = self._client.call(FeedbackToEvents(self._pack))
        self._teaching.run(job, done=self._on_taught, failed=self.failed.emit)

    def _on_taught(self, found: FeedbackAdded) -> None:
        words = self.tr("%n event(s) added to {dataset}. Learn anew to use them.", "", found.added)
        show_toast(self, words.format(dataset=found.dataset), "success")

    def _compare(self) -> None:
        request = ReplayVersions(self._pack, self.first.currentData(), self.second.currentData())
        self._work(request, self.tr("Comparing versions"), self._on_replayed)

    def _work(self, request: ImportFeedback | ReplayVersions, title: str, done: object) -> None:
        self.strip.set_title(title)
        self.strip.set_progress(0, None)
        self.strip.show()
        self._enable(False)
        self._working.run(
            self._client.call(request),
            done=done,  # type: ignore[arg-type]
            failed=self._on_failed,
            progressed=self._on_progressed,
            cancelled=self._end,
        )

    def _on_progressed(self, progress: Progress) -> None:
        show_progress(self.strip, progress)

    def _on_imported(self, found: FeedbackRecorded) -> None:
        self._end()
        self.refused.setText(refused_text(found.rejected_count, found.rejected))
        self.refused.setVisible(found.rejected_count > 0)
        self.refresh()

    def _on_replayed(self, found: VersionsReplayed) -> None:
        self._end()
        rows = [
            (
                self.tr("version {version}").format(version=one.version),
                percent(one.snips),
                self.tr("{low} to {high}").format(low=percent(one.low), high=percent(one.high)),
                count(one.matched),
                count(one.clicks),
            )
            for one in (found.first, found.second)
        ]
        heads = ("", self.tr("Clicked"), self.tr("95 % interval"), self.tr("Places alike"), self.tr("Clicks"))
        self.table.set_rows(heads, rows, stretch=0, widths=(0, 96, 150, 110, 90))
        fit_height(self.table, 2)
        self.table.show()
        self.result.setText(self._result_words(found))
        self.result.show()

    def _result_words(self, found: VersionsReplayed) -> str:
        if not found.enough:
            words = self.tr(
                "Too little was shown to compare them. Lists have to be recorded with some places left to chance, "
                "until enough of those were clicked."
            )
        elif found.difference_low > 0 or found.difference_high < 0:
            better = found.second if found.difference_low > 0 else found.first
            words = self.tr("Version {version} would have got more clicks.").format(version=better.version)
        else:
            words = self.tr("No difference can be told between them.")
        if any("may know their clicks" in note for note in found.notes):
            late = self.tr("A version that was learned after these lists may know their clicks: take it with care.")
            words = sentences(words, late)
        return words

    def _on_failed(self, error: EngineError) -> None:
        self._end()
        self.failed.emit(error)

    def _enable(self, on: bool) -> None:
        for part in (self.bring, self.compare, self.first, self.second):
            part.setEnabled(on)

    def _end(self) -> None:
        self.strip.hide()
        self._enable(True)
