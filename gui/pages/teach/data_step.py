"""Step 1: which examples to learn from, what they hold, and what the skill is to be called."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from engine.api import DataImported, DatasetInfo, DatasetPage, Datasets, ImportData, ShowDataset
from engine.errors import EngineError
from gui.bridge.client import EngineClient
from gui.bridge.latest import Latest
from gui.pages.library.data_tab import TABLES
from gui.pages.library.import_dialog import ImportDialog
from gui.pages.library.import_report import show_import_result
from gui.text.jobs import kind_text
from gui.text.shares import count
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.charts import BarChart
from gui.widgets.drop_zone import DropTarget
from gui.widgets.elided import ElidedLabel
from gui.widgets.empty_state import EmptyState
from gui.widgets.figure import Figures
from gui.widgets.files import ask_open_file
from gui.widgets.layout import clear, column, row
from gui.widgets.naming import named
from gui.widgets.text import Text

KINDS = ("labelled", "entities")
MOST_BARS, SHOWN_TEXTS = 14, 5


class DataStep(DropTarget):
    """Signals:
    chosen(DatasetInfo or None): other examples were chosen.
    renamed(str): the skill is to be called so.
    imported(DataImported): examples were imported here.
    failed(EngineError): something could not be done.
    """

    chosen = Signal(object)
    renamed = Signal(str)
    imported = Signal(object)
    failed = Signal(object)

    def __init__(self, client: EngineClient, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("teach.data_step")
        self._client = client
        self._looking, self._importing = Latest(self), Latest(self)
        self._infos: dict[str, DatasetInfo] = {}
        self._all_names: set[str] = set()
        self._skills: set[str] = set()
        self._shown: tuple[str, int] | None = None
        self._wanted = ""
        self._named_by_hand = False
        self.dropped.connect(lambda paths: self.import_file(paths[0]))
        self.empty = EmptyState(
            "teach",
            self.tr("Examples are needed first"),
            self.tr(
                "Import a table with a column of texts and a column of labels, or texts in which names and terms are "
                "marked. Ten examples of each label are a start. A file can also be dropped here."
            ),
            self.tr("Import examples"),
            name="teach.data_empty",
        )
        self.empty.activated.connect(self.ask_file)
        self.filled = self._make_filled()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.empty)
        box.addWidget(self.filled)
        box.addStretch(1)
        self.filled.hide()

    def _make_filled(self) -> QWidget:
        self.data = named(QComboBox(), "teach.data", self.tr("Examples to learn from"))
        self.data.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.data.setMinimumContentsLength(16)
        self.data.currentIndexChanged.connect(lambda _place: self._on_chosen())
        self.import_button = Button(self.tr("Import…"), "teach.import", icon="upload")
        self.import_button.clicked.connect(self.ask_file)
        self.name = named(QLineEdit(), "teach.name", self.tr("Name of the skill"))
        self.name.setMaxLength(80)
        self.name.textEdited.connect(self._on_name_edited)
        self.name.textChanged.connect(self._on_name_changed)
        self.name_note = Text(role="caption", wrap=True)
        self.name_note.setObjectName("teach.name_note")
        source = Card()
        choose = row(self.data, self.import_button)
        choose.setStretch(0, 1)
        label = Text(self.tr("Examples to learn from"), "muted")
        label.setBuddy(self.data)
        source.add(column(label, choose, spacing=4))
        label = Text(self.tr("Name of the skill"), "muted")
        label.setBuddy(self.name)
        source.add(column(label, self.name, self.name_note, spacing=4))

        self.figures = Figures("teach.data_figures")
        self.chart = BarChart(name="teach.label_chart", label=self.tr("Examples of each label"))
        self.rest = Text(role="caption")
        self.labels = Card(self.tr("Examples of each label"))
        self.labels.add(self.chart)
        self.labels.add(self.rest)
        self.samples = Card(self.tr("The first texts"))
        self._lines = column(spacing=10)
        self.samples.add(self._lines)

        filled = QWidget()
        box = QVBoxLayout(filled)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(16)
        for part in (source, self.figures, self.labels, self.samples):
            box.addWidget(part)
        self._clear_details()
        return filled

    # --- what there is ----------------------------------------------------------------------------------------

    def show_datasets(self, result: Datasets) -> None:
        """Offer the data sets that hold examples; the chosen one stays chosen."""
        self._all_names = {info.name for info in result.datasets}
        self._infos = {info.name: info for info in result.datasets if info.kind in KINDS}
        before = self.data.currentText()
        for name in (self._wanted, before):
            if name in self._infos:
                before = name
                break
        if self._wanted in self._infos:
            self._wanted = ""
        self.data.blockSignals(True)
        self.data.clear()
        for info in self._infos.values():
            self.data.addItem(info.name, info.name)
        self.data.setCurrentIndex(max(0, self.data.findText(before)) if self._infos else -1)
        self.data.blockSignals(False)
        self.empty.setVisible(not self._infos)
        self.filled.setVisible(bool(self._infos))
        self._on_chosen()

    def set_skills(self, names: set[str]) -> None:
        """Names of the skills that there are."""
        self._skills = names
        self._describe_name()

    def choose(self, name: str) -> None:
        """Choose a data set, now or as soon as it is there."""
        if name in self._infos:
            self.data.setCurrentIndex(self.data.findText(name))
        else:
            self._wanted = name

    def set_name(self, name: str) -> None:
        """Give the skill a name that a change of the data leaves alone."""
        self._named_by_hand = True
        self.name.setText(name)

    def start_anew(self) -> None:
        """Another skill: the name follows the data again."""
        self._named_by_hand = False
        self.name.setText(self.data.currentText())

    @property
    def named_by_hand(self) -> bool:
        return self._named_by_hand

    def _on_chosen(self) -> None:
        info = self._infos.get(self.data.currentText())
        self.data.setToolTip(self.data.currentText())
        if info is not None and not self._named_by_hand:
            self.name.setText(info.name)
        self.chosen.emit(info)
        if info is None:
            self._shown = None
            self._looking.drop()
            return
        if self._shown == (info.name, info.version):
            return
        self._shown = (info.name, info.version)
        self._clear_details()
        job = self._client.call(ShowDataset(info.name, 0, SHOWN_TEXTS))
        self._looking.run(job, done=self._on_page, failed=self.failed.emit)

    def _clear_details(self) -> None:
        self.figures.hide()
        self.labels.hide()
        self.samples.hide()

    def _on_page(self, page: DatasetPage) -> None:
        info = page.dataset
        figures = [(self.tr("Texts"), count(info.rows), kind_text(info.kind))]
        labels = page.labels
        number = info.labels or len(labels)
        if number:
            fewest = min(labels.values(), default=0)
            note = self.tr("the rarest has %n example(s)", "", fewest) if labels else ""
            figures.append((self.tr("Labels"), count(number), note))
            if labels:
                average = sum(labels.values()) / len(labels)
                figures.append((self.tr("Examples per label"), count(round(average)), self.tr("on average")))
        self.figures.set_figures(figures)
        self.figures.show()
        ordered = sorted(labels.items(), key=lambda item: (-item[1], item[0]))
        shown = ordered if len(ordered) <= MOST_BARS else ordered[: MOST_BARS - 4] + ordered[-4:]
        few = {place: "warning" for place, (_, n) in enumerate(shown) if n < 10}
        self.chart.set_rows([(label or "–", float(n), count(n)) for label, n in shown], few)
        left = len(ordered) - len(shown)
        self.rest.setText(
            self.tr("The most frequent and the rarest; %n label(s) between them are not shown.", "", left)
            if left
            else self.tr("Labels with fewer than ten examples are marked.")
            if few
            else ""
        )
        self.rest.setVisible(bool(left or few))
        self.labels.setVisible(bool(ordered))
        self._show_samples(page)

    def _show_samples(self, page: DatasetPage) -> None:
        clear(self._lines)
        text = page.columns.index("text") if "text" in page.columns else 0
        label = page.columns.index("label") if "label" in page.columns else None
        for cells in page.rows[:SHOWN_TEXTS]:
            line = column(ElidedLabel(cells[text][:400]), spacing=0)
            if label is not None and label < len(cells):
                line.addWidget(ElidedLabel(cells[label], "caption"))
            self._lines.addLayout(line)
        self.samples.setVisible(bool(page.rows))

    # --- the name ---------------------------------------------------------------------------------------------

    def _on_name_edited(self, text: str) -> None:
        self._named_by_hand = bool(text.strip())

    def _on_name_changed(self, text: str) -> None:
        self._describe_name()
        self.renamed.emit(text.strip())

    def _describe_name(self) -> None:
        name = self.name.text().strip()
        if not name:
            text = self.tr("Give the skill a name.")
        elif name in self._skills:
            text = self.tr(
                "This skill exists: teaching makes a further version. It is put to use only if it is not worse, and "
                "the versions before are kept."
            )
        else:
            text = self.tr("A new skill.")
        self.name_note.setText(text)

    # --- importing --------------------------------------------------------------------------------------------

    def ask_file(self) -> None:
        """Ask for a table and show what it holds."""
        filters = self.tr("Tables ({types})").format(types=TABLES) + ";;" + self.tr("All files (*)")
        if (path := ask_open_file(self, self.tr("Import examples"), filters)) is not None:
            self.import_file(path)

    def import_file(self, path: Path) -> None:
        """Show what a file holds, and import it if the person agrees."""
        dialog = ImportDialog(self._client, path, self._all_names, self)
        dialog.chosen.connect(self._on_import_agreed)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_import_agreed(self, request: ImportData) -> None:
        self._client.ask(self, request, self._on_imported, self._on_import_failed, slot=f"import {request.name}")

    def _on_imported(self, result: DataImported) -> None:
        show_import_result(self, result)
        if result.kind in KINDS:
            self.choose(result.dataset)
        self.imported.emit(result)

    def _on_import_failed(self, error: EngineError) -> None:
        self.failed.emit(error)
