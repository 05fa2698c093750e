"""What the tabs share that work through a table: choose or drop it, look at its first rows, follow the work on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.api import FilePreview, PreviewFile
from engine.errors import EngineError
from engine.values import Progress, Rejection
from gui.bridge.client import EngineClient
from gui.bridge.job import Job
from gui.bridge.latest import Latest
from gui.pages.progress import show_progress
from gui.text.errors import reason
from gui.text.shares import count
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.drop_zone import DropZone
from gui.widgets.elided import ElidedLabel
from gui.widgets.files import ask_open_file
from gui.widgets.progress_strip import ProgressStrip
from gui.widgets.table import Table

TABLES = "*.csv *.tsv *.txt *.xlsx *.json *.jsonl *.parquet *.gz"
MOST_REFUSED = 5


class OneFileTab(QWidget):
    """One file at a time. A subclass fills `card` and gives the work to `_follow`.

    Args:
        name: of the tab; its parts are named after it.
        asks: title and text of the place to drop a file on.
        rows: how many are shown.

    Signals:
        failed(EngineError): it could not be looked at or worked on.
    """

    failed = Signal(object)

    def __init__(
        self, client: EngineClient, name: str, asks: tuple[str, str], rows: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._client, self._rows = client, rows
        self._source: Path | None = None
        self._previewing, self._working = Latest(self), Latest(self)
        self.drop = DropZone(*asks, name=f"{name}_drop")
        choose = Button(self.tr("Choose a file…"), f"{name}_choose", icon="folder")
        choose.clicked.connect(self._choose)
        self.drop.add_action(choose)
        self.drop.dropped.connect(lambda paths: self.open_file(paths[0]))
        self.card = Card(padding=20)
        self.card.hide()
        self.name = ElidedLabel(role="h3", middle=True)
        self.name.setObjectName(f"{name}_name")
        self.table = Table(f"{name}_preview", self.tr("First rows of the file"), sortable=False)
        self.table.setMinimumHeight(160)
        self.strip = ProgressStrip(name=f"{name}_progress")
        self.strip.cancel_requested.connect(self._working.cancel)
        self.strip.hide()

    def _lay_out(self, result: QWidget) -> None:
        """The parts below each other; `result` is hidden until there is one."""
        self._result_part = result
        result.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        for part, stretch in ((self.drop, 0), (self.strip, 0), (result, 0), (self.card, 1)):
            box.addWidget(part, stretch)
        box.addStretch(0)

    def source(self) -> str:
        """The file on show; empty for none."""
        return str(self._source) if self._source is not None else ""

    def open_file(self, path: Path) -> None:
        """Look at a file."""
        job = self._client.call(PreviewFile(str(path), self._rows))
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
        self._result_part.hide()
        self.card.show()
        self._update()

    # --- the work ---------------------------------------------------------------------------------------------

    def _follow(self, job: Job, title: str, done: Callable[[Any], None]) -> None:
        """Show how far the work is; its result goes to `done` and is shown."""

        def finished(result: Any) -> None:
            self._end()
            done(result)
            self._result_part.show()

        self.strip.set_title(title)
        self.strip.set_progress(0, None)
        self.strip.show()
        self._result_part.hide()
        self._working.run(
            job, done=finished, failed=self._on_failed, progressed=self._on_progressed, cancelled=self._end
        )
        self._update()

    def _on_progressed(self, progress: Progress) -> None:
        show_progress(self.strip, progress)

    def _on_failed(self, error: EngineError) -> None:
        self._end()
        self.failed.emit(error)

    def _end(self) -> None:
        self.strip.hide()
        self._update()

    def _update(self) -> None:
        """What can be done now; for subclasses."""


def open_folder_of(path: str) -> None:
    """Show where a file lies."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(Path(path).parent)))


def refused_text(number: int, rejected: Sequence[Rejection]) -> str:
    """How many rows were refused, and why the first of them."""
    translate = QCoreApplication.translate
    lines = [translate("Refused", "Refused rows: {count}").format(count=count(number))]
    words = translate("Refused", "line {line}: {reason}")
    lines += [words.format(line=item.line, reason=reason(item.reason)) for item in rejected[:MOST_REFUSED]]
    return "\n".join(lines)
