"""Paste many texts, one per line, and get a table of how each is read."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QSplitter, QVBoxLayout, QWidget

from engine.api import AddCorrection, Classified, LabellingQueue, TextLabel
from engine.errors import EngineError
from gui.bridge.client import EngineClient
from gui.bridge.latest import Latest
from gui.pages.read.correct import CorrectMenu
from gui.pages.read.list_export import as_csv, as_tabs, write_csv
from gui.pages.read.reader import Reader
from gui.text.shares import count, percent
from gui.theme import theme
from gui.widgets.buttons import Button
from gui.widgets.files import ask_save_file
from gui.widgets.flow_layout import FlowLayout
from gui.widgets.layout import column, holder, row
from gui.widgets.naming import named
from gui.widgets.search_field import SearchField
from gui.widgets.segmented import Segmented
from gui.widgets.table import Table
from gui.widgets.text import Text
from gui.widgets.toast import show_toast

SIDE_BY_SIDE = 600  # px at font scale 1


class ListTab(QWidget):
    """Lines at the left, the table at the right.

    Signals:
        failed(EngineError): they could not be read.
        noticed(str): what the engine says about the wish for certainty; "" for nothing.
    """

    failed = Signal(object)
    noticed = Signal(str)

    def __init__(self, client: EngineClient, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("read.list")
        self._client = client
        self._latest = Latest(self)
        self._reader = Reader()
        self._results: tuple[TextLabel, ...] = ()
        self._shown: list[TextLabel] = []
        self._corrected: dict[str, str] = {}  # text -> what a person said
        self._menu: CorrectMenu | None = None

        self.edit = named(QPlainTextEdit(), "read.lines", self.tr("Texts, one per line"))
        self.edit.setPlaceholderText(self.tr("Paste texts here, one per line"))
        self.edit.setTabChangesFocus(True)
        self.edit.textChanged.connect(self._update)
        self.button = Button(self.tr("Read the texts"), "read.read_list", kind="primary", icon="read")
        self.button.clicked.connect(self.read)
        self.lines = Text(role="caption")
        left = holder(column(self.edit, row(self.lines, "stretch", self.button), margins=(0, 0, 8, 0)))

        self.which = Segmented(
            (
                ("all", self.tr("All")),
                ("answered", self.tr("Answered")),
                ("abstained", self.tr("Left to a person")),
            ),
            name="read.list_which",
            label=self.tr("Rows to show"),
        )
        self.which.changed.connect(lambda _key: self._show())
        self.filter = SearchField(self.tr("Filter rows"), "read.list_filter")
        self.table = Table("read.list_table", self.tr("How each text is read"))
        self.filter.textChanged.connect(self.table.set_filter)
        self.counts = Text(role="muted")
        self.counts.setObjectName("read.list_counts")
        self.copy = Button(self.tr("Copy"), "read.list_copy", kind="ghost", icon="copy", small=True)
        self.copy.clicked.connect(self._copy)
        self.export = Button(self.tr("Export CSV…"), "read.list_export", kind="ghost", icon="download", small=True)
        self.export.clicked.connect(self._export)
        self.correct = Button(self.tr("This should be…"), "read.list_correct", kind="ghost", icon="edit", small=True)
        self.correct.clicked.connect(
            lambda: self._open_menu(self.correct.mapToGlobal(QPoint(0, self.correct.height())))
        )
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(
            lambda place: self._open_menu(self.table.viewport().mapToGlobal(place))
        )
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._update_correct())
        filters = FlowLayout()
        filters.addWidget(self.which)
        filters.addWidget(self.filter)
        below = column(self.counts, row(self.correct, "stretch", self.copy, self.export, spacing=4), spacing=2)
        right = holder(column(filters, self.table, below))

        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setObjectName("read.list_splitter")
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(left)
        self.splitter.addWidget(right)
        self.splitter.setSizes([280, 600])
        # With large fonts the page scrolls before either part gets too low to be of use.
        self.edit.setMinimumHeight(120)
        self.table.setMinimumHeight(180)
        left.setMinimumWidth(160)
        right.setMinimumWidth(160)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.splitter)
        self._update()
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side where there is room, else one below the other."""
        super().resizeEvent(event)
        wide = self.width() >= theme().px(SIDE_BY_SIDE)
        self.splitter.setOrientation(Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical)

    def set_reader(self, reader: Reader) -> None:
        """Read with another skill or wish. A table that was read with the former one is read anew."""
        other = reader.pack != self._reader.pack or reader.labels != self._reader.labels
        self._reader = reader
        self._update()
        if other:
            self._latest.drop()
            self._corrected.clear()
            self._results = ()
            self._show()
        elif self._results:
            self.read()

    def texts(self) -> list[str]:
        return [line.strip() for line in self.edit.toPlainText().splitlines() if line.strip()]

    def read(self) -> None:
        """Read every line."""
        texts = self.texts()
        if not texts or not self._reader.ready:
            return
        self.button.setEnabled(False)
        job = self._client.call(self._reader.read(texts))
        self._latest.run(job, done=self._on_read, failed=self._on_failed, cancelled=self._update)

    def _on_read(self, answer: Classified) -> None:
        self._results = answer.results
        self.noticed.emit(answer.notice)
        self._update()
        self._show()

    def _on_failed(self, error: EngineError) -> None:
        self._update()
        self.failed.emit(error)

    def _show(self) -> None:
        which = self.which.current
        self._shown = [result for result in self._results if which == "all" or result.abstain == (which == "abstained")]
        unsure = self.tr("Left to a person")
        rows: list[Sequence[object]] = []
        tones: dict[tuple[int, int], str] = {}
        for place, result in enumerate(self._shown):
            said = self._corrected.get(result.text)
            label = unsure if result.abstain else result.label
            rows.append(
                (result.text, self.tr("{label} (you)").format(label=said) if said else label, percent(result.score))
            )
            if said:
                tones[(place, 1)] = "success"
            elif result.abstain:
                tones[(place, 1)] = "warning"
        heads = (self.tr("Text"), self.tr("Label"), self.tr("Score"))
        self.table.set_rows(heads, rows, stretch=0, widths=(0, 150, 84), tones=tones)
        answered = sum(not result.abstain for result in self._results)
        self.counts.setText(
            self.tr("{answered} answered, {left} left to a person").format(
                answered=count(answered), left=count(len(self._results) - answered)
            )
            if self._results
            else ""
        )
        for button in (self.copy, self.export):
            button.setEnabled(bool(self._results))
        self._update_correct()

    def _update(self) -> None:
        texts = len(self.texts())
        self.lines.setText(self.tr("Lines: {count}").format(count=count(texts)))
        self.button.setEnabled(bool(texts) and self._reader.ready)

    # --- corrections ------------------------------------------------------------------------------------------

    def _update_correct(self) -> None:
        self.correct.setVisible(self._reader.pack is not None)
        self.correct.setEnabled(len(self.table.selected_rows()) == 1)

    def _open_menu(self, place: QPoint) -> None:
        """The labels the chosen row might have had."""
        chosen = self.table.selected_rows()
        if self._reader.pack is None or len(chosen) != 1:
            return
        result = self._shown[chosen[0]]
        likely = [item.label for item in result.top]
        given = "" if result.abstain else result.label
        self._menu = CorrectMenu(
            self._reader.known, likely, given, lambda label: self._correct(result.text, label), self
        )
        self._menu.popup(place)

    def _correct(self, text: str, label: str) -> None:
        if self._reader.pack is None:
            return
        job = self._client.call(AddCorrection(self._reader.pack, text, label, "read"), self)
        job.failed.connect(self.failed)
        job.finished.connect(lambda queue: self._on_corrected(text, label, queue))

    def _on_corrected(self, text: str, label: str, queue: LabellingQueue) -> None:
        self._corrected[text] = label
        chosen = self.table.selected_rows()
        self._show()
        if chosen and chosen[0] < len(self._shown):
            self.table.select_row(chosen[0])
        show_toast(self, self.tr("Noted. Not yet taught: {count}").format(count=count(queue.labelled)), "success")

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(as_tabs(self._shown))
        show_toast(self, self.tr("The rows are on the clipboard."), "success")

    def _export(self) -> None:
        path = ask_save_file(self, self.tr("Export the table"), "labels.csv", self.tr("CSV (*.csv)"))
        if path is None:
            return
        try:
            write_csv(path, as_csv(self._shown))
        except OSError as error:
            show_toast(self, self.tr("Not written: {reason}").format(reason=error.strerror or error), "danger")
            return
        show_toast(self, self.tr("Written to {path}").format(path=path), "success")
