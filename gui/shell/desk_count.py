"""Keeps the number of waiting questions at the entry of the desk in the rail."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from engine.api import Handoffs, ListHandoffs
from gui.bridge.client import EngineClient
from gui.bridge.latest import Latest
from gui.bridge.topics import HANDOFFS
from gui.shell.rail import Rail


class DeskCount(QObject):
    """Asks anew whenever the queue may have changed. Failures stay silent: the desk itself tells them."""

    def __init__(self, client: EngineClient, rail: Rail, parent: QWidget) -> None:
        super().__init__(parent)
        self._client = client
        self._rail = rail
        self._asking = Latest(self)
        client.data_changed.connect(self._on_data_changed)
        self._ask()

    def _on_data_changed(self, topic: str) -> None:
        if topic == HANDOFFS:
            self._ask()

    def _ask(self) -> None:
        if self._client.is_unlocked:
            self._asking.run(self._client.call(ListHandoffs("open", limit=1)), done=self._on_counted)

    def _on_counted(self, result: Handoffs) -> None:
        words = self.tr("%n question(s) wait", "", result.open)
        self._rail.set_badge("desk", result.open, words)
