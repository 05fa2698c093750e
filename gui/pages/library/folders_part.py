"""The folders that a collection follows: add, stop, refresh."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from engine.api import (
    DocumentsAdded,
    ListWatched,
    RefreshCollection,
    UnwatchFolder,
    Watched,
    WatchedInfo,
    WatchFolder,
)
from gui.bridge.client import EngineClient
from gui.pages.library.part import CollectionPart
from gui.text.errors import reason
from gui.text.moments import short_moment
from gui.widgets.buttons import Button
from gui.widgets.dialog import confirm
from gui.widgets.empty_state import EmptyState
from gui.widgets.files import ask_folder
from gui.widgets.layout import column, holder, row
from gui.widgets.table import Table
from gui.widgets.text import Text


class FoldersPart(CollectionPart):
    """Signals:
    refreshed(DocumentsAdded): the folders were gone through.
    """

    refreshed = Signal(object)

    def __init__(self, client: EngineClient) -> None:
        super().__init__(client, "library.folders", self.tr("Watched folders"))
        self._folders: tuple[WatchedInfo, ...] = ()
        self.empty = EmptyState(
            "folder",
            self.tr("No watched folders"),
            self.tr(
                "The collection follows a watched folder: new and changed files are read when the workspace opens and "
                "every ten minutes while it is open."
            ),
            self.tr("Watch a folder"),
            name="library.folders.empty",
        )
        self.empty.activated.connect(self._on_watch)
        self.table = Table("library.folders.table", self.tr("Watched folders"))
        self.table.row_selected.connect(lambda _row: self._update())
        self.watch = Button(self.tr("Watch a folder"), "library.folders.watch", icon="folder", small=True)
        self.watch.clicked.connect(self._on_watch)
        self.stop = Button(self.tr("Stop watching"), "library.folders.stop", icon="close", small=True, kind="ghost")
        self.stop.clicked.connect(self._on_stop)
        self.drop = Button(
            self.tr("Remove what is gone…"), "library.folders.drop", icon="trash", small=True, kind="ghost"
        )
        self.drop.clicked.connect(self._on_drop)
        self.now = Button(self.tr("Refresh now"), "library.folders.refresh", icon="refresh", small=True)
        self.now.clicked.connect(lambda: self.run(drop_missing=False))
        words = self.tr("Folders are looked at when the workspace opens and every ten minutes while it is open.")
        self.stack = QStackedWidget()
        self.faults = Text("", "warning", wrap=True, selectable=True)
        self.faults.setObjectName("library.folders.faults")
        filled = column(
            self.table,
            self.faults,
            row(self.now, self.watch, self.stop, self.drop, "stretch"),
            Text(words, "caption", wrap=True),
            spacing=10,
        )
        self.stack.addWidget(holder(filled))
        self.stack.addWidget(self.empty)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.stack)
        self._update()

    def forget(self) -> None:
        self._show(())

    def refresh(self) -> None:
        if self.collection and self.there:
            job = self.client.call(ListWatched(self.collection, look=True))
            self.asking.run(job, done=self._on_listed, failed=self.on_failed)

    def _on_listed(self, result: Watched) -> None:
        self._show([folder for folder in result.folders if folder.collection == self.collection])

    def _show(self, folders: Sequence[WatchedInfo]) -> None:
        self._folders = tuple(folders)
        self.stack.setCurrentIndex(0 if folders else 1)
        self.table.set_rows(
            (
                self.tr("Folder"),
                self.tr("New"),
                self.tr("Changed"),
                self.tr("Gone"),
                self.tr("Left out"),
                self.tr("Looked at"),
            ),
            [
                (
                    folder.path,
                    folder.new,
                    folder.changed,
                    folder.missing,
                    folder.refused,
                    self.tr("not reached") if folder.reason else short_moment(folder.last_checked) or self.tr("never"),
                )
                for folder in folders
            ],
            stretch=0,
            widths=(0, 60, 80, 60, 80, 100),
            tones={(place, 5): "warning" for place, one in enumerate(folders) if one.reason},
        )
        faults = [f"{one.path}: {reason(one.reason)}" for one in folders if one.reason]
        self.faults.setText("\n".join(faults))
        self.faults.setVisible(bool(faults))
        self._update()

    def _update(self) -> None:
        self.stop.setEnabled(bool(self.table.selected_rows()))
        self.now.setEnabled(bool(self._folders))
        self.drop.setEnabled(any(folder.missing for folder in self._folders))

    # --- acting -----------------------------------------------------------------------------------------------

    def _on_watch(self) -> None:
        folder = ask_folder(self, self.tr("Watch a folder"))
        if folder is not None and self.collection:
            job = self.client.call(WatchFolder(self.collection, str(folder)), self)
            job.finished.connect(lambda _watched: self.run(drop_missing=False))
            job.failed.connect(self.on_failed)

    def _on_stop(self) -> None:
        chosen = [self._folders[place] for place in self.table.selected_rows() if place < len(self._folders)]
        if not chosen or not confirm(
            self,
            "library.folders.confirm",
            self.tr("Stop watching %n folder(s)?", "", len(chosen)),
            self.tr("The documents that were read stay in the collection."),
            self.tr("Stop watching"),
            self.tr("Cancel"),
            danger=False,
        ):
            return
        for folder in chosen:
            job = self.client.call(UnwatchFolder(folder.collection, folder.path), self)
            job.finished.connect(lambda _watched: self.refresh())
            job.failed.connect(self.on_failed)

    def _on_drop(self) -> None:
        count = sum(folder.missing for folder in self._folders)
        if confirm(
            self,
            "library.folders.confirm_drop",
            self.tr("Remove %n document(s) whose files are gone?", "", count),
            self.tr("Chat no longer answers from them. If the files come back, they are read again."),
            self.tr("Remove"),
            self.tr("Keep"),
        ):
            self.run(drop_missing=True)

    def run(self, *, drop_missing: bool) -> None:
        """Go through the folders now."""
        job = self.client.call(RefreshCollection(self.collection, drop_missing), self, "refresh")
        job.finished.connect(self._on_refreshed)
        job.failed.connect(self.on_failed)

    def _on_refreshed(self, result: DocumentsAdded) -> None:
        self.refreshed.emit(result)
        self.refresh()
