"""Label a whole table: choose it, look at it, say which column holds the text, and have a labelled copy written."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from engine.api import FileClassified, FileExtracted, FilePreview, PreviewFile
from engine.errors import EngineError
from engine.values import Progress
from gui.bridge.client import EngineClient
from gui.bridge.latest import Latest
from gui.pages.progress import show_progress
from gui.pages.read.file_result import FileResult
from gui.pages.read.reader import Reader
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.drop_zone import DropZone
from gui.widgets.elided import ElidedLabel
from gui.widgets.files import ask_open_file, ask_save_file
from gui.widgets.layout import row
from gui.widgets.naming import named
from gui.widgets.progress_strip import ProgressStrip
from gui.widgets.table import Table
from gui.widgets.text import Text

PREVIEW_ROWS = 20
TABLES = "*.csv *.tsv *.txt *.xlsx *.json *.jsonl *.parquet *.gz"


class FileTab(QWidget):
    """One file at a time.

    Signals:
        failed(EngineError): it could not be looked at or labelled.
    """

    failed = Signal(object)

    def __init__(self, client: EngineClient, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("read.file")
        self._client = client
        self._reader = Reader()
        self._source: Path | None = None
        self._previewing, self._labelling = Latest(self), Latest(self)

        self.drop = DropZone(
            self.tr("Drop a table here"),
            self.tr("CSV, TSV, Excel, JSON lines or Parquet, also packed with gzip. The file itself stays as it is."),
            name="read.file_drop",
        )
        choose = Button(self.tr("Choose a file…"), "read.file_choose", icon="folder")
        choose.clicked.connect(self._choose)
        self.drop.add_action(choose)
        self.drop.dropped.connect(lambda paths: self.open_file(paths[0]))

        self.card = Card(padding=20)
        self.name = ElidedLabel(role="h3", middle=True)
        self.name.setObjectName("read.file_name")
        self.column = named(QComboBox(), "read.file_column", self.tr("Column with the text"))
        self.column.setMinimumWidth(180)
        words = Text(self.tr("Column with the text"), "muted")
        words.setBuddy(self.column)
        self.table = Table("read.file_preview", self.tr("First rows of the file"), sortable=False)
        self.table.setMinimumHeight(160)
        self.start = Button(self.tr("Label the file…"), "read.file_start", kind="primary", icon="tag")
        self.start.clicked.connect(self._start)
        head = row(self.name, words, self.column)
        head.setStretch(0, 1)
        self.card.add(head)
        self.card.add(self.table, 1)
        self.card.add(row("stretch", self.start))
        self.card.hide()

        self.strip = ProgressStrip(name="read.file_progress")
        self.strip.cancel_requested.connect(self._labelling.cancel)
        self.strip.hide()
        self.result = FileResult()
        self.result.open_requested.connect(self._open_folder)
        self.result.hide()

        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        for part, stretch in ((self.drop, 0), (self.strip, 0), (self.result, 0), (self.card, 1)):
            box.addWidget(part, stretch)
        box.addStretch(0)

    def set_reader(self, reader: Reader) -> None:
        self._reader = reader
        words = self.tr("Find in the file…") if reader.finds else self.tr("Label the file…")
        self.start.setText(f" {words}")
        self.start.setAccessibleName(words)
        self._update()

    def source(self) -> str:
        """The file on show; empty for none."""
        return str(self._source) if self._source is not None else ""

    def open_file(self, path: Path) -> None:
        """Look at a file."""
        job = self._client.call(PreviewFile(str(path), PREVIEW_ROWS))
        self._previewing.run(job, done=self._on_preview, failed=self.failed.emit)

    def _choose(self) -> None:
        filters = self.tr("Tables ({patterns})").format(patterns=TABLES)
        path = ask_open_file(self, self.tr("Choose a table"), filters)
        if path is not None:
            self.open_file(path)

    def _on_preview(self, preview: FilePreview) -> None:
        self._source = Path(preview.path)
        self.name.set_text(self._source.name)
        self.column.clear()
        self.column.addItems(list(preview.columns))
        self.column.setCurrentText(_text_column(preview))
        self.table.set_rows(preview.columns, preview.rows)
        self.result.hide()
        self.card.show()
        self._update()

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
        self.strip.set_title(words.format(name=self._source.name))
        self.strip.set_progress(0, None)
        self.strip.show()
        self.result.hide()
        job = self._client.call(self._reader.read_file(self._source, output, self.column.currentText()))
        self._labelling.run(
            job,
            done=self._on_labelled,
            failed=self._on_failed,
            progressed=self._on_progressed,
            cancelled=self._on_cancelled,
        )
        self._update()

    def _on_progressed(self, progress: Progress) -> None:
        show_progress(self.strip, progress)

    def _on_labelled(self, result: FileClassified | FileExtracted) -> None:
        self._end()
        self.result.show_result(result)
        self.result.show()

    def _on_failed(self, error: EngineError) -> None:
        self._end()
        self.failed.emit(error)

    def _on_cancelled(self) -> None:
        self._end()

    def _end(self) -> None:
        self.strip.hide()
        self._update()

    def _update(self) -> None:
        self.start.setEnabled(self._source is not None and self._reader.ready and not self._labelling.running)

    def _open_folder(self, path: str) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(Path(path).parent)))


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
