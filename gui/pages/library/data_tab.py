"""Data sets: import, look through, export, delete."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from engine.api import DatasetInfo, Datasets, DeleteDataset, ExportDataset, ImportData, ListDatasets
from gui.bridge.client import EngineClient
from gui.pages.library.dataset_view import DatasetView
from gui.pages.library.import_dialog import ImportDialog
from gui.pages.library.import_report import show_import_result
from gui.text.jobs import kind_text
from gui.text.numbers import moment_text
from gui.widgets.buttons import Button
from gui.widgets.dialog import confirm
from gui.widgets.drop_zone import DropTarget, DropZone
from gui.widgets.empty_state import EmptyState
from gui.widgets.files import ask_open_file, ask_save_file
from gui.widgets.layout import column, holder, row
from gui.widgets.naming import named
from gui.widgets.table import Table
from gui.widgets.toast import show_toast

TABLES = "*.csv *.tsv *.txt *.xlsx *.json *.jsonl *.parquet *.gz"


class DataTab(DropTarget):
    """The list of data sets, and one of them opened."""

    def __init__(self, client: EngineClient) -> None:
        super().__init__()
        named(self, "library.data", self.tr("Data sets"))
        self._client = client
        self._datasets: list[DatasetInfo] = []
        self.dropped.connect(lambda paths: self.import_file(paths[0]))
        self._stack = QStackedWidget()
        self._empty = EmptyState(
            "table",
            self.tr("No data sets yet"),
            self.tr(
                "Import a table: labelled messages to teach Read, or items and purchases to teach Recommend. "
                "Casemate shows what it found before anything is stored."
            ),
            self.tr("Import a table"),
            name="library.data.empty",
        )
        self._empty.activated.connect(self._on_import)
        self.view = DatasetView(client)
        self.view.closed.connect(lambda: self._stack.setCurrentIndex(1))
        self.view.export_requested.connect(self._on_export)
        self.view.delete_requested.connect(self._on_delete)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._make_list())
        self._stack.addWidget(self.view)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._stack)

    def _make_list(self) -> QWidget:
        self.drop = DropZone(
            self.tr("Drop a table here to import it"),
            self.tr("CSV, TSV, Excel, JSON, JSON lines or Parquet; also compressed with gzip"),
            name="library.data.drop",
        )
        self.drop.dropped.connect(lambda paths: self.import_file(paths[0]))
        add = Button(self.tr("Import a table"), "library.data.import", kind="primary", icon="add")
        add.clicked.connect(self._on_import)
        self.drop.add_action(add)
        self.table = Table("library.data.table", self.tr("Data sets"))
        self.table.row_activated.connect(self._on_opened)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._on_selected())
        self.open = Button(self.tr("Open"), "library.data.open", small=True, icon="table")
        self.export = Button(self.tr("Export…"), "library.data.export", small=True, icon="download")
        self.delete = Button(self.tr("Delete"), "library.data.delete", small=True, icon="trash")
        self.open.clicked.connect(lambda: self._with_chosen(self.open_dataset))
        self.export.clicked.connect(lambda: self._with_chosen(self._on_export))
        self.delete.clicked.connect(lambda: self._with_chosen(self._on_delete))
        return holder(column(self.drop, self.table, row(self.open, self.export, self.delete, "stretch"), spacing=12))

    def refresh(self) -> None:
        self._client.ask(self, ListDatasets(), self._on_listed)

    def _on_listed(self, result: Datasets) -> None:
        self._datasets = list(result.datasets)
        names = {item.name for item in self._datasets}
        if self._stack.currentWidget() is self.view and self.view.name in names:
            self.view.refresh()
            return
        self._stack.setCurrentIndex(1 if self._datasets else 0)
        self.table.set_rows(
            (
                self.tr("Name"),
                self.tr("Kind"),
                self.tr("Rows"),
                self.tr("Labels"),
                self.tr("Version"),
                self.tr("Added"),
                self.tr("Source"),
            ),
            [
                (
                    item.name,
                    kind_text(item.kind),
                    item.rows,
                    item.labels or None,
                    item.version,
                    moment_text(item.created),
                    Path(item.source).name,
                )
                for item in self._datasets
            ],
            widths=(220, 190, 90, 80, 80, 150),
        )
        self._on_selected()

    def _on_selected(self) -> None:
        chosen = len(self.table.selected_rows()) == 1
        for button in (self.open, self.export, self.delete):
            button.setEnabled(chosen)

    def _with_chosen(self, act: object) -> None:
        rows = self.table.selected_rows()
        if rows and callable(act):
            act(self._datasets[rows[0]].name)

    def _on_opened(self, place: int) -> None:
        if 0 <= place < len(self._datasets):
            self.open_dataset(self._datasets[place].name)

    def open_dataset(self, name: str) -> None:
        """Show the rows, labels and findings of a data set."""
        self.view.show_dataset(name)
        self._stack.setCurrentWidget(self.view)

    # --- acts -------------------------------------------------------------------------------------------------

    def _on_import(self) -> None:
        filters = self.tr("Tables ({types})").format(types=TABLES) + ";;" + self.tr("All files (*)")
        if (path := ask_open_file(self, self.tr("Import a table"), filters)) is not None:
            self.import_file(path)

    def import_file(self, path: Path) -> None:
        """Show what a file holds, and import it if the person agrees."""
        dialog = ImportDialog(self._client, path, {item.name for item in self._datasets}, self)
        dialog.chosen.connect(self._on_import_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_import_chosen(self, request: ImportData) -> None:
        self._client.ask(self, request, lambda result: show_import_result(self, result), slot=f"import {request.name}")

    def _on_export(self, name: str) -> None:
        filters = self.tr("Tables ({types})").format(types="*.csv *.tsv *.xlsx *.jsonl *.parquet")
        path = ask_save_file(self, self.tr("Export the data set"), f"{name}.csv", filters)
        if path is not None:
            self._client.ask(
                self,
                ExportDataset(name=name, path=str(path)),
                lambda done: show_toast(
                    self,
                    self.tr("%n row(s) written to {file}.", "", done.rows).format(file=Path(done.path).name),
                    "success",
                ),
            )

    def _on_delete(self, name: str) -> None:
        if confirm(
            self,
            "confirm_delete",
            self.tr("Delete the data set “{name}”?").format(name=name),
            self.tr("Models that were trained on it stay. The file it came from stays on your disk."),
            self.tr("Delete"),
            self.tr("Keep"),
        ):
            self._stack.setCurrentIndex(1)
            self._client.ask(self, DeleteDataset(name=name), lambda _done: None)
