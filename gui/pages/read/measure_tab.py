"""Measure a skill on a data set: a classifier on labelled texts, one that finds names and terms on marked ones."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from engine.api import Datasets, EntitiesEvaluated, Evaluate, Evaluated, EvaluateEntities, ListDatasets
from engine.errors import EngineError
from engine.values import Progress
from gui.bridge.client import EngineClient
from gui.bridge.latest import Latest
from gui.pages.progress import show_progress
from gui.pages.read.entity_scores import EntityScores
from gui.pages.read.measured_view import MeasuredView
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
        self._pack, self._version, self._finds = "", 0, False
        self._listing, self._measuring = Latest(self), Latest(self)
        self.data = named(QComboBox(), "read.measure_data", self.tr("Data set to measure on"))
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
        self.missing = Text(role="muted", wrap=True)
        self.strip = ProgressStrip(name="read.measure_progress", framed=False)
        self.strip.cancel_requested.connect(self._measuring.cancel)
        self.card = Card()
        for part in (self.form, self.missing, self.strip):
            self.card.add(part)
        self.scores, self.measured = EntityScores("read.measured"), MeasuredView()
        self.scores.hide()
        self.measured.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(16)
        box.addWidget(self.card)
        box.addWidget(self.scores)
        box.addWidget(self.measured)
        box.addStretch(1)
        self._say()
        self._update()

    def set_pack(self, pack: str, version: int, *, finds: bool) -> None:
        """Measure another skill, or a newer version of it; figures of the former one go.

        Args:
            finds: it finds names and terms, instead of giving a text one label.
        """
        if (pack, version) != (self._pack, self._version):
            if finds != self._finds:
                self.data.clear()
            self._pack, self._version, self._finds = pack, version, finds
            self._measuring.drop(stop=False)
            self.scores.hide()
            self.measured.hide()
            self._say()
            self._update()

    def _say(self) -> None:
        """What is compared with what, and what to do where there is nothing to measure on."""
        if self._finds:
            what = self.tr("What is marked in them is compared with what it finds.")
            missing = self.tr(
                "There is no data set of marked texts yet. Import one under Library: JSON lines with spans, CoNLL or "
                "words with BIO tags."
            )
        else:
            what = self.tr(
                "Their labels are compared with its answers. Choose texts that it was not taught with; on those that "
                "it knows it looks better than it is."
            )
            missing = self.tr("There is no data set of labelled texts yet. Import a table under Library.")
        self.card.set_title(self.tr("How good is it on your texts?"), what)
        self.missing.setText(missing)

    def refresh(self) -> None:
        """Look which data sets hold texts with what is right."""
        self._listing.run(self._client.call(ListDatasets()), done=self._on_datasets, failed=self.failed.emit)

    def _on_datasets(self, result: Datasets) -> None:
        before = self.data.currentData()
        self.data.clear()
        for info in result.datasets:
            if info.kind == ("entities" if self._finds else "labelled"):
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
        job = self._client.call(EvaluateEntities(self._pack, name) if self._finds else Evaluate(self._pack, name))
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

    def _on_measured(self, result: Evaluated | EntitiesEvaluated) -> None:
        self._update()
        if isinstance(result, EntitiesEvaluated):
            self.scores.show_evaluated(result)
            self.scores.show()
        else:
            self.measured.show_evaluated(result)
            self.measured.show()

    def _on_failed(self, error: EngineError) -> None:
        self._update()
        self.failed.emit(error)
