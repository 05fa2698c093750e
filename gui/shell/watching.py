"""Keeps collections up with the folders they follow: when the workspace opens, and every ten minutes while it is open.

Looking compares sizes and times alone and is quick; a collection is read again only where something new or changed was
found. What is gone is reported in the Library and never removed by itself.
"""

from __future__ import annotations

import logging

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from engine.api import DocumentsAdded, ListWatched, RefreshCollection, Watched
from gui.bridge.client import EngineClient
from gui.bridge.latest import Latest
from gui.widgets.toast import show_toast

log = logging.getLogger(__name__)

EVERY_MS = 10 * 60 * 1000
FIRST_MS = 3_000  # after unlocking: the first page comes first


class FolderWatch(QObject):
    """Lives as long as the window follows this engine."""

    def __init__(self, client: EngineClient, window: QWidget) -> None:
        super().__init__(client)  # a window may turn to another engine; what follows the old one goes with it
        self._client = client
        self._window = window
        self._looking = Latest(self)
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.look)
        client.unlocked.connect(lambda _state: self.start())
        client.locked.connect(self.stop)
        if client.is_unlocked:
            self.start()

    def start(self) -> None:
        self._timer.start()
        QTimer.singleShot(FIRST_MS, self, self.look)

    def stop(self) -> None:
        self._timer.stop()
        self._looking.drop(stop=False)

    def look(self) -> None:
        """Look now, unless a refresh is running."""
        if not self._client.is_unlocked or self._refreshing():
            return
        self._looking.run(self._client.call(ListWatched(look=True)), done=self._on_looked)

    def _refreshing(self) -> bool:
        return any(isinstance(job.request, RefreshCollection) for job in self._client.long_jobs())

    def _on_looked(self, result: Watched) -> None:
        stale = {folder.collection for folder in result.folders if folder.new or folder.changed}
        for collection in sorted(stale):
            job = self._client.call(RefreshCollection(collection))
            job.finished.connect(self._on_refreshed)
            job.failed.connect(lambda error: log.info("a watched folder could not be read: %s", error.code))

    def _on_refreshed(self, result: DocumentsAdded) -> None:
        read = sum(file.status == "indexed" for file in result.files)
        if read:
            words = self.tr("%n file(s) of the watched folders of {collection} were read.", "", read)
            show_toast(self._window, words.format(collection=result.collection), "success")
