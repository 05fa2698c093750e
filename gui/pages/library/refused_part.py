"""Files that were left out of a collection, each with its reason."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from engine.api import ListRefused, Refused
from gui.bridge.client import EngineClient
from gui.pages.library.part import CollectionPart
from gui.text.errors import reason
from gui.text.jobs import file_status_text, file_status_tone
from gui.text.numbers import moment_text
from gui.widgets.empty_state import EmptyState
from gui.widgets.layout import column, holder
from gui.widgets.table import Table
from gui.widgets.text import Text


class RefusedPart(CollectionPart):
    """Signals:
    counted(int): so many files were left out.
    """

    counted = Signal(int)

    def __init__(self, client: EngineClient) -> None:
        super().__init__(client, "library.refused", self.tr("Files that were left out"))
        self.table = Table("library.refused.table", self.tr("Files that were left out"))
        self.table.row_selected.connect(self._on_row)
        self.whole = Text("", wrap=True, selectable=True)
        self.whole.setObjectName("library.refused.reason")
        self.whole.hide()
        self._result = Refused(())
        self.empty = EmptyState(
            "check",
            self.tr("No file was left out"),
            self.tr("Files that cannot be read are listed here, each with its reason."),
            name="library.refused.empty",
        )
        self.stack = QStackedWidget()
        self.stack.addWidget(holder(column(self.table, self.whole, spacing=10)))
        self.stack.addWidget(self.empty)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.stack)

    def forget(self) -> None:
        self._on_listed(Refused(()))

    def refresh(self) -> None:
        if self.collection and self.there:
            self.asking.run(self.client.call(ListRefused(self.collection)), done=self._on_listed)

    def _on_listed(self, result: Refused) -> None:
        self._result = result
        self.counted.emit(len(result.files))
        self.stack.setCurrentIndex(0 if result.files else 1)
        self.whole.hide()
        self.table.set_rows(
            (self.tr("File"), self.tr("State"), self.tr("When"), self.tr("Reason")),
            [
                (Path(file.path).name, file_status_text(file.status), moment_text(file.noted), reason(file.reason))
                for file in result.files
            ],
            widths=(200, 100, 130),
            tones={(place, 1): file_status_tone(file.status) for place, file in enumerate(result.files)},
        )

    def _on_row(self, place: int) -> None:
        if 0 <= place < len(self._result.files):
            file = self._result.files[place]
            self.whole.setText(f"{file.path}\n{reason(file.reason)}")
            self.whole.show()
