"""Measure a skill that finds names and terms on a data set in which they are marked."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from engine.api import Datasets, EntitiesEvaluated, EvaluateEntities, ListDatasets
from engine.errors import EngineError
from engine.values import Progress
from gui.bridge.client import EngineClient
from gui.bridge.latest import Latest
from gui.pages.progress import show_progress
from gui.pages.read.entity_scores import EntityScores
from gui.text.shares import count
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.flow_layout import FlowLayout
from gui.widgets.layout import holder, row
from gui.widgets.naming import named
from gui.widgets.progress_strip import ProgressStrip
from gui.widgets.text import Text


class MeasureTab(QWidget):
    """Signals:
    failed(EngineError): it could not be measured.
    """

    failed = Signal(object)

    def __init__(self, client: EngineClient, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("read.measure")
        self._client = client
        self._pack = ""
        self._listing, self._measuring = Latest(self), Latest(self)
        self.data = named(QComboBox(), "read.measure_data", self.tr("Marked texts to measure on"))
        self.data.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.data.setMinimumContentsLength(22)
        self.start = Button(self.tr("Measure"), "read.measure_start", kind="primary", icon="chart")
        self.start.clicked.connect(self._start)
        caption = Text(self.tr("Measure on"), "muted")
        caption.setBuddy(self.data)
        line = FlowLayout(spacing=12)
        line.addWidget(holder(row(caption, self.data)))
        line.addWidget(self.start)
        self.form = holder(line)
        self.missing = Text(
            self.tr(
                "There is no data set of marked texts yet. Import one under Library: JSON lines with spans, CoNLL or "
                "words with BIO tags."
            ),
            "muted",
            wrap=True,
        )
        self.strip = ProgressStrip(name="read.measure_progress", framed=False)
        self.strip.cancel_requested.connect(self._measuring.cancel)
        card = Card(
            self.tr("How good is it on your texts?"), self.tr("What is marked in them is compared with what it finds.")
        )
        for part in (self.form, self.missing, self.strip):
            card.add(part)
        self.scores = EntityScores("read.measured")
        self.scores.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(16)
        box.addWidget(card)
        box.addWidget(self.scores)
        box.addStretch(1)
        self._update()

    def set_pack(self, pack: str) -> None:
        """Measure another skill; figures of the former one go."""
        if pack != self._pack:
            self._pack = pack
            self._measuring.drop(stop=False)
            self.scores.hide()
            self._update()

    def refresh(self) -> None:
        """Look which data sets hold marked texts."""
        self._listing.run(self._client.call(ListDatasets()), done=self._on_datasets, failed=self.failed.emit)

    def _on_datasets(self, result: Datasets) -> None:
        before = self.data.currentData()
        self.data.clear()
        for info in result.datasets:
            if info.kind == "entities":
                shown = self.tr("{name} · {rows} texts").format(name=info.name, rows=count(info.rows))
                self.data.addItem(shown, info.name)
        self.data.setCurrentIndex(max(0, self.data.findData(before)) if self.data.count() else -1)
        self._update()

    def _update(self) -> None:
        running, some = self._measuring.running, self.data.count() > 0
        self.form.setVisible(some)
        self.missing.setVisible(not some)
        self.strip.setVisible(running)
        self.data.setEnabled(not running)
        self.start.setEnabled(some and bool(self._pack) and not running)

    def _start(self) -> None:
        name = self.data.currentData()
        self.strip.set_title(self.tr("Measuring {pack} on {name}").format(pack=self._pack, name=name))
        self.strip.set_progress(0, None)
        job = self._client.call(EvaluateEntities(self._pack, name))
        self._measuring.run(
            job,
            done=self._on_measured,
            failed=self._on_failed,
            progressed=self._on_progressed,
            cancelled=self._update,
            stop_older=False,
        )
        self._update()

    def _on_progressed(self, progress: Progress) -> None:
        show_progress(self.strip, progress)

    def _on_measured(self, result: EntitiesEvaluated) -> None:
        self._update()
        self.scores.show_evaluated(result)
        self.scores.show()

    def _on_failed(self, error: EngineError) -> None:
        self._update()
        self.failed.emit(error)
