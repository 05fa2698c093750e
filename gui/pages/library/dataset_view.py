"""One data set: its rows, how often each label occurs, and what is wrong with it."""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from engine.api import DatasetLint, DatasetPage, LintDataset, LintFinding, ShowDataset
from gui.bridge.client import EngineClient
from gui.pages.library.marked_rows import MarkedRows, marked_labels
from gui.text.errors import reason
from gui.text.jobs import field_text, kind_text
from gui.widgets.banner import Banner
from gui.widgets.buttons import Button, IconButton
from gui.widgets.card import Card
from gui.widgets.charts import BarChart
from gui.widgets.chip import Chip
from gui.widgets.elided import ElidedLabel
from gui.widgets.layout import clear, column, holder, row
from gui.widgets.naming import named
from gui.widgets.page import scrolling
from gui.widgets.table import Table
from gui.widgets.text import Text

ROWS_PER_PAGE = 100
MARKED_PER_PAGE = 30
"""Rows of marked texts, which are shown whole."""
MOST_LABELS = 40
_TONES = {"error": "danger", "warning": "warning", "note": "neutral"}


class DatasetView(QWidget):
    """Signals:
    closed(): back to the list.
    export_requested(str), delete_requested(str): of the data set of this name.
    """

    closed = Signal()
    export_requested = Signal(str)
    delete_requested = Signal(str)

    def __init__(self, client: EngineClient) -> None:
        super().__init__()
        named(self, "library.dataset", self.tr("Data set"))
        self._client = client
        self.name = ""
        self._offset = 0
        self._total = 0
        self._step = ROWS_PER_PAGE
        back = IconButton("chevron-left", self.tr("Back to the list"), "library.dataset.back")
        back.clicked.connect(self.closed)
        self._title = ElidedLabel("", "h2")
        self._kind = Chip("", "accent")
        export = Button(self.tr("Export…"), "library.dataset.export", icon="download")
        export.clicked.connect(lambda: self.export_requested.emit(self.name))
        delete = Button(self.tr("Delete"), "library.dataset.delete", icon="trash")
        delete.clicked.connect(lambda: self.delete_requested.emit(self.name))
        self.table = Table("library.dataset.table", self.tr("Rows"), sortable=False)
        self.before = IconButton("chevron-left", self.tr("Rows before"), "library.dataset.before", small=True)
        self.after = IconButton("chevron-right", self.tr("Rows after"), "library.dataset.after", small=True)
        self.before.clicked.connect(lambda: self._turn(-self._step))
        self.after.clicked.connect(lambda: self._turn(self._step))
        self._place = Text("", "caption")
        self.marked = MarkedRows()
        self.marked.hide()
        left = column(self.table, self.marked, row(self._place, "stretch", self.before, self.after), spacing=8)
        self._findings = Card(self.tr("Findings"))
        self._labels = Card(self.tr("Labels"))
        self._chart = BarChart(name="library.dataset.labels", label=self.tr("Rows of each label"))
        self._labels.add(self._chart)
        side = holder(column(self._findings, self._labels, "stretch", spacing=16))
        area = scrolling(side, "library.dataset.side", self.tr("Findings and labels"))
        area.setFixedWidth(360)
        both = QHBoxLayout()
        both.setSpacing(24)
        both.addLayout(left, 1)
        both.addWidget(area)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(16)
        box.addLayout(row(back, self._title, self._kind, export, delete))
        box.addLayout(both, 1)

    def show_dataset(self, name: str) -> None:
        """Show a data set from its first row."""
        self.name = name
        self._offset, self._step = 0, ROWS_PER_PAGE
        self._title.set_text(name)
        self._show_findings(None)
        self.refresh()
        self._client.ask(self, LintDataset(name=name), self._show_findings)

    def refresh(self) -> None:
        request = ShowDataset(name=self.name, offset=self._offset, limit=self._step)
        self._client.ask(self, request, self._on_page)

    def _turn(self, rows: int) -> None:
        self._offset = max(0, min(self._offset + rows, max(0, self._total - 1)))
        self.refresh()

    def _on_page(self, page: DatasetPage) -> None:
        self._total = page.dataset.rows
        self._kind.set_text(kind_text(page.dataset.kind))
        marked = page.dataset.kind == "entities"
        self._step = MARKED_PER_PAGE if marked else ROWS_PER_PAGE
        if marked and len(page.rows) > self._step:
            page = replace(page, rows=page.rows[: self._step])
        self.table.setVisible(not marked)
        self.marked.setVisible(marked)
        if marked:
            self.marked.show_page(page)
            self._show_place(page)
            return
        # Few columns share the width, the longest text gets most of it; many columns scroll sideways.
        lengths = [sum(len(row[place]) for row in page.rows) for place in range(len(page.columns))]
        widest = lengths.index(max(lengths)) if lengths and len(lengths) <= 3 else None
        self.table.set_rows([field_text(name) for name in page.columns], page.rows, stretch=widest)
        self._show_place(page)

    def _show_place(self, page: DatasetPage) -> None:
        last = page.offset + len(page.rows)
        self._place.setText(
            self.tr("Rows {first} to {last} of {total}").format(
                first=f"{page.offset + 1 if page.rows else 0:,}", last=f"{last:,}", total=f"{self._total:,}"
            )
        )
        self.before.setEnabled(page.offset > 0)
        self.after.setEnabled(last < self._total)
        labels = marked_labels(page)
        self._labels.setVisible(bool(labels))
        ordered = sorted(labels.items(), key=lambda item: -item[1])
        words = self.tr("%n label(s)", "", len(ordered))
        if labels and not page.labels:
            words = self.tr("in the rows on show")
        self._labels.set_title(self.tr("Labels"), words)
        self._chart.set_rows([(label, float(n), f"{n:,}") for label, n in ordered[:MOST_LABELS]])

    def _show_findings(self, lint: DatasetLint | None) -> None:
        clear(self._findings.body)
        if lint is None:
            self._findings.add(Text(self.tr("Checking…"), "muted"))
            return
        if not lint.findings:
            self._findings.add(
                Banner(self.tr("Nothing stands in the way of training."), "success", name="library.lint")
            )
            return
        for place, finding in enumerate(lint.findings):
            self._findings.add(self._make_finding(place, finding))

    def _make_finding(self, place: int, finding: LintFinding) -> QWidget:
        banner = Banner(reason(finding.message), _TONES.get(finding.severity, "neutral"), name=f"library.lint{place}")
        if not finding.examples:
            return banner
        lines = [ElidedLabel(f"“{reason(example)}”", "caption") for example in finding.examples[:3]]
        return holder(column(banner, *lines, spacing=4))
