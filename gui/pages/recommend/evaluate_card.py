"""Measure a recommender on events it has not seen, beside simple methods."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from engine.api import EvaluateRecommender, RankingMetrics, RecommenderEvaluated
from engine.errors import EngineError
from engine.values import Progress
from gui.bridge.client import EngineClient
from gui.bridge.latest import Latest
from gui.pages.progress import show_progress
from gui.pages.recommend.quality_view import best_simple, metric_rows
from gui.pages.recommend.slices import further_figures, slice_rows
from gui.text.sentences import sentences
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.files import ask_open_file
from gui.widgets.fit import fit_height
from gui.widgets.layout import row
from gui.widgets.naming import named
from gui.widgets.progress_strip import ProgressStrip
from gui.widgets.table import Table
from gui.widgets.text import Text

TABLES = "*.csv *.tsv *.txt *.xlsx *.json *.jsonl *.parquet *.gz"


class EvaluateCard(Card):
    """Signals:
    failed(EngineError): it could not be measured.
    """

    failed = Signal(object)

    def __init__(self, client: EngineClient, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setObjectName("recommend.evaluate")
        self.set_title(
            self.tr("Evaluate on held-out events"),
            self.tr("A table with the columns user and item, of events that were not learned from."),
        )
        self._client = client
        self._pack = ""
        self._measuring = Latest(self)
        self.choose = Button(self.tr("Choose a table…"), "recommend.evaluate_choose", icon="chart")
        self.choose.clicked.connect(self._choose)
        words = self.tr("Also measure simple methods")
        self.baselines = named(QCheckBox(words), "recommend.evaluate_baselines", words)
        self.baselines.setChecked(True)
        self.strip = ProgressStrip(name="recommend.evaluate_progress", framed=False)
        self.strip.cancel_requested.connect(self._measuring.cancel)
        self.sentence = Text(role="muted", wrap=True)
        self.sentence.setObjectName("recommend.evaluate_sentence")
        self.table = Table("recommend.evaluate_table", self.tr("Results on held-out events"))
        self.slices = Table("recommend.evaluate_slices", self.tr("Results by parts of the people and of the items"))
        self.further = Text(role="muted", wrap=True)
        self.further.setObjectName("recommend.evaluate_further")
        self.add(row(self.choose, self.baselines, "stretch", spacing=16))
        for part in (self.strip, self.sentence, self.table, self.slices, self.further):
            self.add(part)
            part.hide()

    def set_pack(self, pack: str) -> None:
        """Measure this recommender."""
        if pack != self._pack:
            self._pack = pack
            for part in (self.sentence, self.table, self.slices, self.further):
                part.hide()

    def evaluate(self, path: str) -> None:
        """Measure on the events of a file."""
        self.strip.set_title(self.tr("Evaluating {name}").format(name=self._pack))
        self.strip.set_progress(0, None)
        self.strip.show()
        self.choose.setEnabled(False)
        self._measuring.run(
            self._client.call(EvaluateRecommender(self._pack, path, self.baselines.isChecked())),
            done=self._on_measured,
            failed=self._on_failed,
            progressed=self._on_progressed,
            cancelled=self._end,
        )

    def _choose(self) -> None:
        filters = self.tr("Tables ({patterns})").format(patterns=TABLES)
        if (path := ask_open_file(self, self.tr("Choose a table"), filters)) is not None:
            self.evaluate(str(path))

    def _on_progressed(self, progress: Progress) -> None:
        show_progress(self.strip, progress)

    def _on_measured(self, result: RecommenderEvaluated) -> None:
        self._end()
        words = [self.tr("Measured on %n person(s).", "", result.users)]
        if result.skipped_users:
            words.append(self.tr("%n person(s) unknown to it were left out.", "", result.skipped_users))
        if result.skipped_items:
            words.append(self.tr("%n item(s) unknown to it were left out.", "", result.skipped_items))
        self.sentence.setText(sentences(*words))
        own = RankingMetrics(result.ndcg_10, result.recall_10, result.coverage)
        heads, rows, tones = metric_rows({"model": own, **result.baselines})
        self.table.set_rows(heads, rows, stretch=0, widths=(0, 104, 104, 104), tones=tones)
        fit_height(self.table, 7)
        part_heads, part_rows = slice_rows(result.slices, best_simple(result.baselines).slices)
        self.slices.set_rows(part_heads, part_rows, stretch=0, widths=(0, 80, 96, 96, 120))
        fit_height(self.slices, 10)
        self.further.setText(
            further_figures(result.interval, result.mrr, result.novelty, result.diversity, result.popularity_bias)
        )
        self.sentence.show()
        self.table.show()
        self.slices.setVisible(bool(result.slices))
        self.further.setVisible(bool(self.further.text()))

    def _on_failed(self, error: EngineError) -> None:
        self._end()
        self.failed.emit(error)

    def _end(self) -> None:
        self.strip.hide()
        self.choose.setEnabled(True)
