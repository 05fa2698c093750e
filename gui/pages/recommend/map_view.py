"""The map of the catalogue beside the items that go with the chosen one."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.api import ItemMap, MapItems, RankedItem
from engine.errors import EngineError
from engine.values import Progress
from gui.bridge.client import EngineClient
from gui.bridge.latest import Latest
from gui.pages.progress import show_progress
from gui.pages.recommend.map_canvas import MapCanvas
from gui.pages.recommend.ranked_pane import RankedPane
from gui.text.sentences import sentences
from gui.text.shares import count
from gui.theme import theme
from gui.widgets.buttons import Button
from gui.widgets.layout import row
from gui.widgets.progress_strip import ProgressStrip
from gui.widgets.text import Text


class MapView(QWidget):
    """Drawn when it is first looked at.

    Signals:
        failed(EngineError): the map or the similar items could not be had.
    """

    failed = Signal(object)

    def __init__(self, client: EngineClient, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("recommend.map")
        self._client = client
        self._pack, self._drawn = "", ""
        self._titles: dict[str, str] = {}
        self._drawing = Latest(self)
        self.words = Text(role="muted", wrap=True)
        self.words.setObjectName("recommend.map_words")
        self.again = Button(self.tr("Draw again"), "recommend.map_again", kind="ghost", icon="refresh", small=True)
        self.again.clicked.connect(self.draw)
        self.strip = ProgressStrip(name="recommend.map_progress")
        self.strip.cancel_requested.connect(self._drawing.cancel)
        self.strip.hide()
        self.canvas = MapCanvas("recommend.map_canvas", self.tr("Map of the items"))
        self.canvas.item_chosen.connect(self._choose)
        self.pane = RankedPane(client, "recommend.map_list")
        self.pane.setFixedWidth(min(theme().px(368), 440))
        self.pane.failed.connect(self.failed)
        self.pane.hide()
        top = row(self.words, self.again)
        top.setStretch(0, 1)
        parts = row(self.canvas, self.pane, spacing=16)
        parts.setStretch(0, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addLayout(top)
        box.addWidget(self.strip)
        box.addLayout(parts, 1)

    def set_pack(self, pack: str) -> None:
        """Draw the items of this recommender, once somebody looks."""
        if pack != self._pack:
            self._pack, self._drawn = pack, ""
            self._drawing.drop()
            self.canvas.show_map(None)
            self.pane.hide()
            self.words.setText("")
            self.strip.hide()
        if self.isVisible():
            self._draw_once()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._draw_once()

    def draw(self) -> None:
        """Ask for the map."""
        self._drawn = self._pack
        self.again.setEnabled(False)
        self.strip.set_title(self.tr("Drawing the map"))
        self.strip.set_progress(0, None)
        self.strip.show()
        self._drawing.run(
            self._client.call(MapItems(self._pack)),
            done=self._on_map,
            failed=self._on_failed,
            progressed=self._on_progressed,
            cancelled=self._end,
        )

    def _draw_once(self) -> None:
        if self._pack and self._drawn != self._pack:
            self.draw()

    def _on_progressed(self, progress: Progress) -> None:
        show_progress(self.strip, progress)

    def _on_map(self, found: ItemMap) -> None:
        self._end()
        self._titles = {point.item: point.title or point.item for point in found.points}
        self.canvas.show_map(found)
        near = (
            self.tr("Items near each other are described alike.")
            if found.by == "text"
            else self.tr("Items near each other were chosen by the same people.")
        )
        words = [self.tr("{count} items.").format(count=count(len(found.points))), near]
        words.append(self.tr("The wheel zooms, dragging moves; click an item to see what goes with it."))
        if found.left_out:
            words.append(self.tr("Not drawn: {count}.").format(count=count(found.left_out)))
        self.words.setText(sentences(*words))

    def _choose(self, item: str) -> None:
        self.pane.show()
        self.pane.start_walk(self._pack, RankedItem(item, self._titles.get(item, item), 0.0, ""))

    def _on_failed(self, error: EngineError) -> None:
        self._end()
        self.failed.emit(error)

    def _end(self) -> None:
        self.strip.hide()
        self.again.setEnabled(True)
