"""Collections of documents: add, look through, remove."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from engine.api import (
    AddDocuments,
    CollectionInfo,
    Collections,
    DocumentInfo,
    DocumentsAdded,
    ListCollections,
    RemoveDocuments,
)
from gui.bridge.client import EngineClient
from gui.pages.library.file_report import FileReportDialog, report_summary
from gui.pages.library.folders_part import FoldersPart
from gui.pages.library.meter_part import MeterPart
from gui.pages.library.name_dialog import ask_name
from gui.pages.library.part import CollectionPart
from gui.pages.library.refused_part import RefusedPart
from gui.pages.library.search_part import SearchPart
from gui.text.moments import date_text
from gui.text.numbers import moment_text, size_text
from gui.widgets.banner import Banner
from gui.widgets.buttons import Button
from gui.widgets.dialog import confirm
from gui.widgets.drop_zone import DropTarget, DropZone
from gui.widgets.elided import ElidedLabel
from gui.widgets.empty_state import EmptyState
from gui.widgets.files import ask_folder, ask_open_files
from gui.widgets.layout import column, holder, row
from gui.widgets.naming import named
from gui.widgets.segmented import Segmented
from gui.widgets.table import Table
from gui.widgets.text import Text
from gui.widgets.toast import show_toast
from gui.widgets.two_line_list import ListRow, TwoLineList

FILTER = "*.pdf *.docx *.pptx *.ppsx *.odt *.rtf *.eml *.html *.htm *.md *.txt *.csv *.tsv *.xlsx *.json *.jsonl"


def _shown_name(file: DocumentInfo) -> str:
    """The title of a document with the name of its file, once if they are the same."""
    name = Path(file.path).name
    return name if file.title in ("", name, Path(name).stem) else f"{file.title}  ·  {name}"


class DocumentsTab(DropTarget):
    """Collections at the left, the documents of the chosen one at the right."""

    def __init__(self, client: EngineClient) -> None:
        super().__init__()
        named(self, "library.documents", self.tr("Documents"))
        self._client = client
        self._collections: dict[str, CollectionInfo] = {}
        self._new: set[str] = set()  # named here, and not with the engine yet
        self._last: DocumentsAdded | None = None
        self.dropped.connect(self.add_paths)
        self._empty = EmptyState(
            "library",
            self.tr("No documents yet"),
            self.tr(
                "Add handbooks, policies or question lists. Casemate reads them on this machine, "
                "and Chat answers from them with the page it found."
            ),
            self.tr("Add files"),
            second=self.tr("Add a folder"),
            name="library.documents.empty",
        )
        self._empty.activated.connect(self._on_add_files)
        self._empty.second_activated.connect(self._on_add_folder)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._make_filled())
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        self._report = QVBoxLayout()
        box.addLayout(self._report)
        box.addWidget(self._stack, 1)

    def _make_filled(self) -> QWidget:
        self.collections = named(TwoLineList(), "library.collections", self.tr("Collections"))
        self.collections.chosen.connect(lambda _key: self._show_collection())
        new = Button(self.tr("New collection"), "library.collections.new", kind="ghost", icon="add")
        new.clicked.connect(self._on_new)
        left = holder(column(self.collections, row(new, "stretch"), spacing=8))
        left.setFixedWidth(232)
        self._name = ElidedLabel("", "h2")
        self._about = Text("", "muted")
        self.remove_collection = Button(
            self.tr("Remove collection"), "library.collections.remove", kind="ghost", icon="trash"
        )
        self.remove_collection.clicked.connect(self._on_remove_collection)
        self.drop = DropZone(
            self.tr("Drop files or folders here"),
            self.tr("PDF, Word, PowerPoint, Excel, OpenDocument, HTML, text, e-mails, tables of questions and answers"),
            name="library.documents.drop",
        )
        self.drop.dropped.connect(self.add_paths)
        add_files = Button(self.tr("Add files"), "library.documents.add", kind="primary", icon="add")
        add_files.clicked.connect(self._on_add_files)
        add_folder = Button(self.tr("Add a folder"), "library.documents.add_folder", icon="folder")
        add_folder.clicked.connect(self._on_add_folder)
        self.drop.add_action(add_folder)
        self.drop.add_action(add_files)
        self.table = Table("library.documents.table", self.tr("Documents of the collection"))
        self.table.row_selected.connect(lambda _row: self._on_selected())
        self.remove = Button(self.tr("Remove document"), "library.documents.remove", small=True, icon="trash")
        self.remove.clicked.connect(self._on_remove_documents)
        self.remove.setEnabled(False)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._on_selected())
        right = column(
            row(column(self._name, self._about, spacing=2), self.remove_collection),
            row(self._make_parts(), "stretch"),
            self._part_stack,
            spacing=12,
        )
        both = QWidget()
        box = QHBoxLayout(both)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(24)
        box.addWidget(left)
        box.addLayout(right, 1)
        return both

    def _make_parts(self) -> Segmented:
        """The views of one collection: its documents, its folders, what was left out, the search and its meter."""
        self.folders = FoldersPart(self._client)
        self.folders.refreshed.connect(self._on_added)
        self.refused = RefusedPart(self._client)
        self.refused.counted.connect(self._on_refused_counted)
        self.searching = SearchPart(self._client)
        self.meter = MeterPart(self._client)
        self.parts = Segmented(
            (
                ("documents", self.tr("Documents")),
                ("folders", self.tr("Watched folders")),
                ("refused", self.tr("Left out")),
                ("search", self.tr("Search")),
                ("meter", self.tr("How well it finds")),
            ),
            name="library.collection.parts",
            label=self.tr("Views of the collection"),
        )
        self.parts.changed.connect(self.show_part)
        self._part_stack = QStackedWidget()
        self._parts: dict[str, QWidget] = {
            "documents": holder(column(self.drop, self.table, row(self.remove, "stretch"), spacing=12)),
            "folders": self.folders,
            "refused": self.refused,
            "search": self.searching,
            "meter": self.meter,
        }
        for part in self._parts.values():
            self._part_stack.addWidget(part)
        return self.parts

    # --- showing ----------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        self._client.ask(self, ListCollections(), self._on_listed)

    def _on_listed(self, result: Collections) -> None:
        self._collections = {item.name: item for item in result.collections}
        self._new.clear()
        self._stack.setCurrentIndex(1 if self._collections else 0)
        rows = [ListRow(item.name, item.name, self._count_text(item)) for item in self._collections.values()]
        current = self.collections.current_key()
        if current not in self._collections and self._collections:
            current = next(iter(self._collections))
        self.collections.set_rows(rows, current)
        self._show_collection()

    def show_part(self, name: str) -> None:
        """Show the documents of the collection, its folders, what was left out, the search or the meter."""
        self.parts.set_current(name)
        part = self._parts[name]
        self._part_stack.setCurrentWidget(part)
        if isinstance(part, CollectionPart):
            part.refresh()

    def _on_refused_counted(self, count: int) -> None:
        words = self.tr("Left out")
        self.parts.button("refused").setText(f"{words} ({count})" if count else words)

    def _count_text(self, item: CollectionInfo) -> str:
        return self.tr("%n document(s)", "", item.documents)

    def _chosen(self) -> CollectionInfo | None:
        return self._collections.get(self.collections.current_key() or "")

    def _show_collection(self) -> None:
        item = self._chosen()
        if item is None:
            return
        self._name.set_text(item.name)
        parts = [self._count_text(item), self.tr("%n passage(s)", "", item.passages)]
        if item.answers:
            parts.append(self.tr("%n approved answer(s)", "", item.answers))
        self._about.setText("  ·  ".join(parts))
        self.table.set_rows(
            (
                self.tr("Document"),
                self.tr("Pages"),
                self.tr("Passages"),
                self.tr("Size"),
                self.tr("Changed"),
                self.tr("Added"),
            ),
            [
                (
                    _shown_name(file),
                    file.pages,
                    file.passages,
                    size_text(file.bytes),
                    date_text(file.modified),
                    moment_text(file.added),
                )
                for file in item.files
            ],
            stretch=0,
            widths=(0, 70, 90, 90, 90, 150),
        )
        self._on_selected()
        for part in self._parts.values():
            if isinstance(part, CollectionPart):
                part.set_collection(item.name, there=item.name not in self._new)
        self.searching.show_info(item)
        self.refused.refresh()
        self.show_part(self.parts.current)

    def _on_selected(self) -> None:
        self.remove.setEnabled(bool(self.table.selected_rows()))

    # --- adding -----------------------------------------------------------------------------------------------

    def _on_add_files(self) -> None:
        filters = self.tr("Documents ({types})").format(types=FILTER) + ";;" + self.tr("All files (*)")
        self.add_paths(ask_open_files(self, self.tr("Add documents"), filters))

    def _on_add_folder(self) -> None:
        if (folder := ask_folder(self, self.tr("Add a folder"))) is not None:
            self.add_paths([folder])

    def _on_new(self) -> None:
        name = ask_name(
            self,
            self.tr("New collection"),
            self.tr("A collection is a shelf of documents that Chat searches together."),
            self.tr("Name"),
            "",
            taken=self._collections,
        )
        if name:
            self._new.add(name)
            self._collections[name] = CollectionInfo(name=name, documents=0, passages=0, answers=0)
            self._stack.setCurrentIndex(1)
            rows = [ListRow(item.name, item.name, self._count_text(item)) for item in self._collections.values()]
            self.collections.set_rows(rows, name)
            self._show_collection()

    def add_paths(self, paths: Sequence[Path]) -> None:
        """Index files and folders into the chosen collection, or into one that is named now."""
        if not paths:
            return
        item = self._chosen()
        name = (
            item.name
            if item
            else ask_name(
                self,
                self.tr("Name the collection"),
                self.tr("A collection is a shelf of documents that Chat searches together."),
                self.tr("Name"),
                self.tr("Documents"),
                taken=(),
            )
        )
        if not name:
            return
        request = AddDocuments(collection=name, paths=tuple(str(path) for path in paths))
        # Several additions may run at once: each is its own slot.
        self._client.ask(self, request, self._on_added, slot=f"add {id(request)}")
        show_toast(self, self.tr("Reading %n file(s) or folder(s)…", "", len(paths)))

    def _on_added(self, result: DocumentsAdded) -> None:
        self._last = result
        while (old := self._report.takeAt(0)) is not None:
            if (widget := old.widget()) is not None:
                widget.deleteLater()
        text, tone = report_summary(result)
        banner = Banner(
            text,
            tone,
            action=self.tr("Show files"),
            close_label=self.tr("Close this message"),
            name="library.documents.report",
        )
        banner.activated.connect(self._on_show_report)
        banner.dismissed.connect(banner.deleteLater)
        self._report.addWidget(banner)

    def _on_show_report(self) -> None:
        if self._last is not None:
            dialog = FileReportDialog(self._last, self)
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()

    # --- removing ---------------------------------------------------------------------------------------------

    def _on_remove_documents(self) -> None:
        item = self._chosen()
        if item is None:
            return
        files = [item.files[place] for place in self.table.selected_rows() if place < len(item.files)]
        if not files or not confirm(
            self,
            "confirm_remove",
            self.tr("Remove %n document(s)?", "", len(files)),
            self.tr("The files on your disk stay; Chat no longer answers from them."),
            self.tr("Remove"),
            self.tr("Keep"),
        ):
            return
        for file in files:
            self._client.ask(
                self, RemoveDocuments(collection=item.name, path=file.path), lambda _done: None, slot=file.path
            )

    def _on_remove_collection(self) -> None:
        item = self._chosen()
        if item is not None and confirm(
            self,
            "confirm_remove",
            self.tr("Remove the collection “{name}”?").format(name=item.name),
            self.tr("Its passages and approved answers are deleted. The files on your disk stay."),
            self.tr("Remove"),
            self.tr("Keep"),
        ):
            self._client.ask(self, RemoveDocuments(collection=item.name), lambda _done: self.refresh())
