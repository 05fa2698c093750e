"""Learn recommendations: choose the items and the events, learn, and see how good it is."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from engine.api import DatasetInfo, Datasets, FitRecommender, ListDatasets, RecommenderFitted
from engine.errors import EngineError
from engine.values import Progress
from gui.bridge.client import EngineClient
from gui.bridge.latest import Latest
from gui.pages.progress import show_progress
from gui.pages.recommend.quality_view import QualityView
from gui.widgets.banner import Banner
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.empty_state import EmptyState
from gui.widgets.layout import clear, column, row
from gui.widgets.naming import named
from gui.widgets.page import PageHead
from gui.widgets.progress_strip import ProgressStrip
from gui.widgets.text import Text
from gui.widgets.toast import show_toast


class FitView(QWidget):
    """From items and events to lists.

    Signals:
        closed(): back to the lists.
        use_requested(str): recommend with this.
        import_requested(): data is missing; go where it is imported.
        failed(EngineError): something could not be done.
    """

    closed = Signal()
    use_requested = Signal(str)
    import_requested = Signal()
    failed = Signal(object)

    def __init__(self, client: EngineClient, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("recommend.fit")
        self._client = client
        self._listing, self._fitting = Latest(self), Latest(self)
        self._infos: dict[str, DatasetInfo] = {}
        self._fitted = ""
        self._named_by_hand = False

        head = PageHead(
            self.tr("Learn recommendations"),
            self.tr("From a list of items and from what people did with them: bought, read, rated."),
        )
        close = Button(self.tr("Close"), "recommend.fit_close", kind="ghost", icon="close")
        close.clicked.connect(self.closed)
        head.add_action(close)
        self.empty = EmptyState(
            "recommend",
            self.tr("Items and events are needed"),
            self.tr(
                "Import a table of items (item, title, text) and a table of events (user, item, and if known "
                "type and time)."
            ),
            self.tr("Import data"),
            name="recommend.fit_empty",
        )
        self.empty.activated.connect(self.import_requested)
        self.form = self._build_form()
        self.done = QWidget()
        self.outcome = QVBoxLayout()
        self.quality = QualityView()
        self.use = Button(self.tr("Show the lists"), "recommend.fit_use", kind="primary", icon="check")
        self.use.clicked.connect(self._use)
        again = Button(self.tr("Learn again"), "recommend.fit_again", icon="refresh")
        again.clicked.connect(self._show_form)
        done = QVBoxLayout(self.done)
        done.setContentsMargins(0, 0, 0, 0)
        done.setSpacing(16)
        done.addLayout(self.outcome)
        done.addLayout(row(self.use, again, "stretch"))
        done.addWidget(self.quality)
        box = QVBoxLayout(self)
        box.setContentsMargins(32, 24, 32, 32)
        box.setSpacing(16)
        box.addWidget(head)
        for part in (self.empty, self.form, self.done):
            box.addWidget(part)
        box.addStretch(1)
        self._show_form()

    def refresh(self) -> None:
        """Look which items and events there are."""
        if not self._fitting.running:
            self._listing.run(self._client.call(ListDatasets()), done=self._on_datasets, failed=self.failed.emit)

    # --- form -------------------------------------------------------------------------------------------------

    def _build_form(self) -> QWidget:
        self.items = named(QComboBox(), "recommend.fit_items", self.tr("Items"))
        self.events = named(QComboBox(), "recommend.fit_events", self.tr("Events"))
        self.items_note, self.events_note = Text(role="caption"), Text(role="caption")
        self.name = named(QLineEdit(), "recommend.fit_name", self.tr("Name"))
        self.name.textEdited.connect(self._on_name_edited)
        self.name.textChanged.connect(lambda _text: self._update())
        for box in (self.items, self.events):
            box.currentIndexChanged.connect(lambda _row: self._on_chosen())
        data = Card(self.tr("1  Data"))
        left = column(Text(self.tr("Items"), "muted"), self.items, self.items_note, spacing=4)
        middle = column(Text(self.tr("Events"), "muted"), self.events, self.events_note, spacing=4)
        fields = row(left, middle, spacing=16)
        fields.setStretch(0, 1)
        fields.setStretch(1, 1)
        data.add(fields)
        data.add(column(Text(self.tr("Name"), "muted"), self.name, spacing=4))
        self.start = Button(self.tr("Start learning"), "recommend.fit_start", kind="primary", icon="spark")
        self.start.clicked.connect(self._start)
        self.strip = ProgressStrip(name="recommend.fit_progress", framed=False)
        self.strip.cancel_requested.connect(self._fitting.cancel)
        self.strip.hide()
        learn = Card(
            self.tr("2  Learn"),
            self.tr("Part of each person's events is hidden at first, to measure how good the lists are."),
        )
        learn.add(row(self.start, "stretch"))
        learn.add(self.strip)
        form = QWidget()
        inside = QVBoxLayout(form)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(16)
        inside.addWidget(data)
        inside.addWidget(learn)
        inside.setAlignment(Qt.AlignmentFlag.AlignTop)
        return form

    def _on_datasets(self, result: Datasets) -> None:
        self._infos = {info.name: info for info in result.datasets}
        for box, kind in ((self.items, "items"), (self.events, "events")):
            before = box.currentText()
            box.blockSignals(True)
            box.clear()
            box.addItems([info.name for info in result.datasets if info.kind == kind])
            box.setCurrentIndex(max(0, box.findText(before)) if box.count() else -1)
            box.blockSignals(False)
        self._on_chosen()
        if self.done.isHidden():
            self._show_form()

    def _on_chosen(self) -> None:
        for box, note in ((self.items, self.items_note), (self.events, self.events_note)):
            info = self._infos.get(box.currentText())
            note.setText(self.tr("%Ln row(s)", "", info.rows) if info else "")
        if not self._named_by_hand:
            self.name.setText(self.items.currentText())
        self._update()

    def _on_name_edited(self, text: str) -> None:
        self._named_by_hand = bool(text.strip())

    def _update(self) -> None:
        fitting = self._fitting.running
        self.strip.setVisible(fitting)
        self.start.setVisible(not fitting)
        for field in (self.items, self.events, self.name):
            field.setEnabled(not fitting)
        ready = bool(self.items.currentText() and self.events.currentText() and self.name.text().strip())
        self.start.setEnabled(ready and not fitting)

    # --- learning ---------------------------------------------------------------------------------------------

    def _start(self) -> None:
        pack = self.name.text().strip()
        self.strip.set_title(self.tr("Learning {name}").format(name=pack))
        self.strip.set_progress(0, None)
        request = FitRecommender(self.items.currentText(), self.events.currentText(), pack)
        self._fitting.run(
            self._client.call(request),
            done=self._on_fitted,
            failed=self._on_failed,
            progressed=self._on_progressed,
            cancelled=self._on_cancelled,
            stop_older=False,
        )
        self._update()

    def _on_progressed(self, progress: Progress) -> None:
        show_progress(self.strip, progress)

    def _on_fitted(self, report: RecommenderFitted) -> None:
        self._fitted = report.pack
        self._update()
        clear(self.outcome)
        words = self.tr("{name} is ready: version {version}.")
        text = words.format(name=report.pack, version=report.version)
        self.outcome.addWidget(Banner(text, "success", name="recommend.fit_outcome"))
        self.quality.show_report(report)
        self._show_only(self.done)

    def _on_failed(self, error: EngineError) -> None:
        self._update()
        self.failed.emit(error)

    def _on_cancelled(self) -> None:
        self._update()
        show_toast(self, self.tr("Stopped. Nothing was changed."))

    def _use(self) -> None:
        self.use_requested.emit(self._fitted)
        self._show_form()

    def _show_form(self) -> None:
        ready = self.items.count() > 0 and self.events.count() > 0
        self._show_only(self.form if ready else self.empty)

    def _show_only(self, shown: QWidget) -> None:
        for part in (self.empty, self.form, self.done):
            part.setVisible(part is shown)
