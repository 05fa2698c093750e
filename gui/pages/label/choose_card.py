"""Which data set to take texts from, and how many: the skill picks those it would learn most from."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QSpinBox, QWidget

from engine.api import DatasetInfo, Datasets, FillQueue, LabellingQueue, ListDatasets
from engine.errors import EngineError
from engine.values import Progress
from gui.bridge.client import EngineClient
from gui.bridge.latest import Latest
from gui.pages.progress import show_progress
from gui.text.shares import count
from gui.theme import theme
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.flow_layout import FlowLayout
from gui.widgets.layout import column, holder
from gui.widgets.naming import named
from gui.widgets.progress_strip import ProgressStrip
from gui.widgets.text import Text

USUAL, MOST = 50, 1000


class ChooseCard(Card):
    """Signals:
    filled(LabellingQueue): texts were chosen and wait.
    failed(EngineError): they could not be chosen.
    import_requested(): there is no data set to choose from.
    """

    filled = Signal(object)
    failed = Signal(object)
    import_requested = Signal()

    def __init__(self, client: EngineClient, parent: QWidget | None = None) -> None:
        super().__init__(padding=20, parent=parent)
        self.setObjectName("label.choose_card")
        self.set_title(
            self.tr("Choose texts to label"),
            self.tr("The texts this skill is least sure of, each different from the others, teach it most."),
        )
        self._client = client
        self._pack = ""
        self._infos: dict[str, DatasetInfo] = {}
        self._listing, self._filling = Latest(self), Latest(self)
        self.data = named(QComboBox(), "label.data", self.tr("Take texts from"))
        self.data.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.data.setMinimumContentsLength(20)
        self.number = named(QSpinBox(), "label.count", self.tr("How many"))
        self.number.lineEdit().setTextMargins(8, 0, 0, 0)
        named(self.number.lineEdit(), "label.count.edit", self.tr("How many"))
        self.number.setRange(1, MOST)
        self.number.setSingleStep(10)
        self.number.setValue(USUAL)
        self.number.setMinimumWidth(theme().px(88))
        self.start = Button(self.tr("Choose texts"), "label.fill", kind="primary", icon="spark")
        self.start.clicked.connect(self._start)
        self.missing = Text(
            self.tr("There is no data set of texts yet. Import a table with a column of texts; labels are not needed."),
            "muted",
            wrap=True,
        )
        self.get = Button(self.tr("Import texts"), "label.import", icon="upload")
        self.get.clicked.connect(self.import_requested)
        line = FlowLayout(spacing=16, line_spacing=12)
        for caption, control in ((self.tr("Take texts from"), self.data), (self.tr("How many"), self.number)):
            words = Text(caption, "muted")
            words.setBuddy(control)
            line.addWidget(holder(column(words, control, spacing=4)))
        line.addWidget(holder(column(Text(" ", "muted"), self.start, spacing=4)))
        self.form = holder(line)
        self.strip = ProgressStrip(name="label.fill_progress", framed=False)
        self.strip.cancel_requested.connect(self._filling.cancel)
        self.strip.hide()
        for part in (self.form, self.missing, self.get, self.strip):
            self.add(part)
        self._update()

    @property
    def busy(self) -> bool:
        return self._filling.running

    def set_pack(self, pack: str) -> None:
        self._pack = pack
        self._update()

    def refresh(self) -> None:
        """Look which data sets hold texts."""
        self._listing.run(self._client.call(ListDatasets()), done=self._on_datasets, failed=self.failed.emit)

    def _on_datasets(self, result: Datasets) -> None:
        usable = [info for info in result.datasets if info.kind in ("texts", "labelled")]
        usable.sort(key=lambda info: info.kind != "texts")
        before = self.data.currentData()
        self._infos = {info.name: info for info in usable}
        self.data.clear()
        for info in usable:
            self.data.addItem(self.tr("{name} · {rows} texts").format(name=info.name, rows=count(info.rows)), info.name)
        self.data.setCurrentIndex(max(0, self.data.findData(before)) if usable else -1)
        self._update()

    def _update(self) -> None:
        have = bool(self._infos)
        self.form.setVisible(have and not self.busy)
        self.missing.setVisible(not have)
        self.get.setVisible(not have)
        self.strip.setVisible(self.busy)
        self.start.setEnabled(have and bool(self._pack) and not self.busy)

    def _start(self) -> None:
        name = self.data.currentData()
        self.strip.set_title(self.tr("Choosing texts of {name}").format(name=name))
        self.strip.set_progress(0, None)
        job = self._client.call(FillQueue(name, self._pack, self.number.value()))
        self._filling.run(
            job,
            done=self._on_filled,
            failed=self._on_failed,
            progressed=self._on_progressed,
            cancelled=self._update,
            stop_older=False,
        )
        self._update()

    def _on_progressed(self, progress: Progress) -> None:
        show_progress(self.strip, progress)

    def _on_filled(self, queue: LabellingQueue) -> None:
        self._update()
        self.filled.emit(queue)

    def _on_failed(self, error: EngineError) -> None:
        self._update()
        self.failed.emit(error)
