"""Label a whole table: choose it, look at it, say which column holds the text, and have a labelled copy written."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QWidget

from engine.api import FilePreview
from gui.bridge.client import EngineClient
from gui.pages.one_file import OneFileTab, open_folder_of
from gui.pages.read.file_result import FileResult
from gui.pages.read.reader import Reader
from gui.widgets.buttons import Button
from gui.widgets.files import ask_save_file
from gui.widgets.layout import row
from gui.widgets.naming import named
from gui.widgets.text import Text

PREVIEW_ROWS = 20


class FileTab(OneFileTab):
    """One table into a new one, with labels or with what was found."""

    def __init__(self, client: EngineClient, parent: QWidget | None = None) -> None:
        asks = (
            self.tr("Drop a table here"),
            self.tr("CSV, TSV, Excel, JSON lines or Parquet, also packed with gzip. The file itself stays as it is."),
        )
        super().__init__(client, "read.file", asks, PREVIEW_ROWS, parent)
        self._reader = Reader()
        self.column = named(QComboBox(), "read.file_column", self.tr("Column with the text"))
        self.column.setMinimumWidth(180)
        words = Text(self.tr("Column with the text"), "muted")
        words.setBuddy(self.column)
        self.start = Button(self.tr("Label the file…"), "read.file_start", kind="primary", icon="tag")
        self.start.clicked.connect(self._start)
        head = row(self.name, words, self.column)
        head.setStretch(0, 1)
        self.card.add(head)
        self.card.add(self.table, 1)
        self.card.add(row("stretch", self.start))
        self.result = FileResult()
        self.result.open_requested.connect(open_folder_of)
        self._lay_out(self.result)

    def set_reader(self, reader: Reader) -> None:
        self._reader = reader
        words = self.tr("Find in the file…") if reader.finds else self.tr("Label the file…")
        self.start.setText(f" {words}")
        self.start.setAccessibleName(words)
        self._update()

    def _on_preview(self, preview: FilePreview) -> None:
        self.column.clear()
        self.column.addItems(list(preview.columns))
        self.column.setCurrentText(_text_column(preview))
        super()._on_preview(preview)

    def _start(self) -> None:
        if self._source is None:
            return
        suffix = ".xlsx" if self._source.suffix.lower() == ".xlsx" else ".csv"
        stem = self._source.name.split(".")[0]
        finds = self._reader.finds
        suggestion = self._source.with_name(f"{stem}-{'found' if finds else 'labelled'}{suffix}")
        filters = self.tr("Tables ({patterns})").format(patterns="*.csv *.tsv *.xlsx *.jsonl")
        title = self.tr("Write the table with what is found to") if finds else self.tr("Write the labelled table to")
        output = ask_save_file(self, title, str(suggestion), filters)
        if output is None:
            return
        words = self.tr("Reading {name}") if finds else self.tr("Labelling {name}")
        job = self._client.call(self._reader.read_file(self._source, output, self.column.currentText()))
        self._follow(job, words.format(name=self._source.name), self.result.show_result)

    def _update(self) -> None:
        self.start.setEnabled(self._source is not None and self._reader.ready and not self._working.running)


def _text_column(preview: FilePreview) -> str:
    """The column that most likely holds the texts: as suggested, else the one with the longest cells."""
    for kind in ("texts", "labelled"):
        column = preview.mappings.get(kind, {}).get("text")
        if column:
            return column
    lengths = [
        sum(len(cells[place]) for cells in preview.rows if place < len(cells)) for place in range(len(preview.columns))
    ]
    return preview.columns[lengths.index(max(lengths))] if lengths else ""
