"""Lists for a file of people: choose it, say how many items each gets, and have the lists written."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QSpinBox, QVBoxLayout, QWidget

from engine.api import FilePreview, FileRecommended, PreviewFile, RecommendFile
from engine.errors import EngineError
from engine.values import Progress
from gui.bridge.client import EngineClient
from gui.bridge.latest import Latest
from gui.pages.progress import show_progress
from gui.text.errors import reason
from gui.text.shares import count
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

PREVIEW_ROWS = 12
TABLES = "*.csv *.tsv *.txt *.xlsx *.json *.jsonl *.parquet *.gz"
MOST_REFUSED = 5


class FileTab(QWidget):
    """One file at a time.

    Signals:
        failed(EngineError): it could not be looked at, or no lists could be written.
    """

    failed = Signal(object)

    def __init__(self, client: EngineClient, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("recommend.file")
        self._client = client
        self._pack, self._output = "", ""
        self._source: Path | None = None
        self._previewing, self._writing = Latest(self), Latest(self)

        self.drop = DropZone(
            self.tr("Drop a table of people here"),
            self.tr("One person per row, in the column “user” or in the only column. The file itself stays as it is."),
            name="recommend.file_drop",
        )
        choose = Button(self.tr("Choose a file…"), "recommend.file_choose", icon="folder")
        choose.clicked.connect(self._choose)
        self.drop.add_action(choose)
        self.drop.dropped.connect(lambda paths: self.open_file(paths[0]))

        self.card = Card(padding=20)
        self.name = ElidedLabel(role="h3", middle=True)
        self.table = Table("recommend.file_preview", self.tr("First rows of the file"), sortable=False)
        self.table.setMinimumHeight(160)
        self.items = named(QSpinBox(), "recommend.file_k", self.tr("Items per person"))
        self.items.setRange(1, 100)
        self.items.setValue(10)
        self.items.lineEdit().setTextMargins(8, 0, 0, 0)
        named(self.items.lineEdit(), "recommend.file_k.field", self.tr("Items per person"))
        words = Text(self.tr("Items per person"), "muted")
        words.setBuddy(self.items)
        self.start = Button(self.tr("Write the lists…"), "recommend.file_start", kind="primary", icon="download")
        self.start.clicked.connect(self._start)
        self.card.add(self.name)
        self.card.add(self.table, 1)
        self.card.add(row(words, self.items, "stretch", self.start))
        self.card.hide()

        self.strip = ProgressStrip(name="recommend.file_progress")
        self.strip.cancel_requested.connect(self._writing.cancel)
        self.strip.hide()
        self.result = Card(self.tr("The lists are written"), padding=20)
        self.path = ElidedLabel(role="mono", middle=True)
        self.sentence = Text(wrap=True)
        self.sentence.setObjectName("recommend.file_sentence")
        self.refused = Text(role="warning", wrap=True, selectable=True)
        self.refused.setObjectName("recommend.file_refused")
        folder = Button(self.tr("Show the folder"), "recommend.file_folder", kind="ghost", icon="folder", small=True)
        folder.clicked.connect(self._open_folder)
        self.result.add_action(folder)
        for line in (self.path, self.sentence, self.refused):
            self.result.add(line)
        self.result.hide()

        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        for part, stretch in ((self.drop, 0), (self.strip, 0), (self.result, 0), (self.card, 1)):
            box.addWidget(part, stretch)
        box.addStretch(0)

    def set_pack(self, pack: str) -> None:
        """Write the lists of this recommender."""
        if pack != self._pack:
            self._pack = pack
            self.result.hide()

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
        self.table.set_rows(preview.columns, preview.rows)
        self.result.hide()
        self.card.show()

    def _start(self) -> None:
        if self._source is None:
            return
        suggestion = self._source.with_name(f"{self._source.name.split('.')[0]}-lists.jsonl")
        filters = self.tr("JSON lines ({types})").format(types="*.jsonl")
        output = ask_save_file(self, self.tr("Write the lists to"), str(suggestion), filters)
        if output is None:
            return
        self.strip.set_title(self.tr("Lists for {name}").format(name=self._source.name))
        self.strip.set_progress(0, None)
        self.strip.show()
        self.result.hide()
        self.start.setEnabled(False)
        self._writing.run(
            self._client.call(RecommendFile(self._pack, str(self._source), str(output), self.items.value())),
            done=self._on_written,
            failed=self._on_failed,
            progressed=self._on_progressed,
            cancelled=self._end,
        )

    def _on_progressed(self, progress: Progress) -> None:
        show_progress(self.strip, progress)

    def _on_written(self, result: FileRecommended) -> None:
        self._end()
        self._output = result.output
        self.path.set_text(result.output)
        self.sentence.setText(self.tr("Lists for %n person(s), one per line.", "", result.users))
        self.refused.setVisible(result.rejected_count > 0)
        lines = [self.tr("Refused rows: {count}").format(count=count(result.rejected_count))]
        lines += [
            self.tr("line {line}: {reason}").format(line=item.line, reason=reason(item.reason))
            for item in result.rejected[:MOST_REFUSED]
        ]
        self.refused.setText("\n".join(lines))
        self.result.show()

    def _on_failed(self, error: EngineError) -> None:
        self._end()
        self.failed.emit(error)

    def _end(self) -> None:
        self.strip.hide()
        self.start.setEnabled(True)

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(Path(self._output).parent)))
