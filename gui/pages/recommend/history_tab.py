"""What somebody unknown should see: put together what they chose, and get a list."""

from __future__ import annotations

import re

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from engine.api import RankedItems, RecommendTop
from gui.bridge.client import EngineClient
from gui.bridge.latest import Latest
from gui.pages.recommend.picker import Picker
from gui.pages.recommend.ranked_pane import STEP, RankedPane
from gui.text.sentences import sentences
from gui.text.wish import wish_text
from gui.theme import theme
from gui.widgets.buttons import Button
from gui.widgets.chip import Chip
from gui.widgets.flow_layout import FlowLayout
from gui.widgets.layout import clear, row
from gui.widgets.naming import named
from gui.widgets.text import Text

MOST_PASTED = 200


class HistoryTab(QWidget):
    """Items at the left, the chosen ones as chips above the list.

    Signals:
        failed(EngineError): the list could not be had.
    """

    failed = Signal(object)

    def __init__(self, client: EngineClient, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("recommend.history")
        self._client = client
        self._pack = ""
        self._history: dict[str, str] = {}
        self._latest = Latest(self)
        self.picker = Picker(client, "items", "recommend.items", self.tr("Search items"))
        self.picker.setFixedWidth(min(theme().px(208), 232))
        self.picker.opened.connect(self.add)
        self.picker.failed.connect(self.failed)
        self.words = Text(role="muted", wrap=True)
        self.words.setObjectName("recommend.history_words")
        self._chips = FlowLayout()
        self.wish = named(QLineEdit(), "recommend.wish", self.tr("What should it be like?"))
        self.wish.setPlaceholderText(self.tr("Something like … but cheaper, in stock"))
        self.wish.returnPressed.connect(lambda: self._ask(STEP))
        self.find_button = Button(self.tr("Find"), "recommend.find", icon="search", small=True)
        self.find_button.clicked.connect(lambda: self._ask(STEP))
        self.paste = Button(self.tr("Paste ids"), "recommend.paste", kind="ghost", icon="copy", small=True)
        self.paste.setToolTip(self.tr("Item ids from the clipboard, separated by commas, spaces or lines"))
        self.paste.clicked.connect(self._paste)
        self.pane = RankedPane(client, "recommend.history_list")
        self.pane.failed.connect(self.failed)
        self.pane.more_requested.connect(self._ask)
        right = QVBoxLayout()
        right.setSpacing(12)
        asking = row(self.wish, self.find_button, self.paste)
        asking.setStretch(0, 1)
        right.addLayout(asking)
        right.addWidget(self.words)
        right.addLayout(self._chips)
        right.addWidget(self.pane, 1)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(24)
        box.addWidget(self.picker)
        box.addLayout(right, 1)
        self._draw()

    def set_pack(self, pack: str) -> None:
        """Search the items of this recommender."""
        if pack != self._pack:
            self._pack = pack
            self._history.clear()
            self.wish.clear()
            self._draw()
        self.picker.set_pack(pack)

    def history(self) -> tuple[str, ...]:
        """Ids of the chosen items, in the order they were added."""
        return tuple(self._history)

    def items(self) -> dict[str, str]:
        """The chosen items, id to title."""
        return dict(self._history)

    def add(self, item: str, title: str) -> None:
        """Put an item into the history."""
        if item not in self._history:
            self._history[item] = title
            self._draw()

    def remove(self, item: str) -> None:
        self._history.pop(item, None)
        self._draw()

    def _draw(self) -> None:
        clear(self._chips)
        for item, title in self._history.items():
            chip = Chip(f"{title}  ×", "accent", clickable=True)
            label = self.tr("Remove {title}").format(title=title)
            named(chip, f"recommend.chip.{item}", label, label)
            chip.clicked.connect(lambda item=item: self.remove(item))
            self._chips.addWidget(chip)
        self.words.setText(self.tr("Chosen so far:") if self._history else "")
        self.words.setVisible(bool(self._history))
        if self._history or self.wish.text().strip():
            self._ask(STEP)
            return
        self._latest.drop()
        self.pane.show_nothing(
            self.tr("What did they choose?"),
            self.tr(
                "Add one or more items from the left, or say in words what it should be like. Nothing about this "
                "person is kept."
            ),
        )

    def _paste(self) -> None:
        ids = [part for part in re.split(r"[,;\s]+", QGuiApplication.clipboard().text()) if part][:MOST_PASTED]
        for item in ids:
            self._history.setdefault(item, self.picker.title_of(item))
        if ids:
            self._draw()

    def _ask(self, k: int) -> None:
        wish = self.wish.text().strip()
        if not wish and not self._history:
            self._draw()
            return
        job = self._client.call(RecommendTop(self._pack, history=self.history(), k=k, text=wish))
        self._latest.run(job, done=lambda result: self._on_ranked(k, result), failed=self.failed.emit)

    def _on_ranked(self, k: int, result: RankedItems) -> None:
        note = (
            self.tr("Without these, as nothing is known of them: {items}").format(
                items=", ".join(self._history.get(item, item) for item in result.unknown)
            )
            if result.unknown
            else self.tr("Best first, with the reason for every item.")
        )
        if result.understood:
            note = self.tr("Understood: {words}").format(words=sentences(*map(wish_text, result.understood)))
            if not result.items:
                note = sentences(note, self.tr("Nothing suits all of it."))
        self.pane.show_items(self._pack, self.tr("Recommended next"), note, result, k)
