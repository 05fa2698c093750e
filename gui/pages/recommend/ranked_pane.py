"""A ranked list as cards, with the items similar to one of them one step deeper."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.api import RankedItem, RankedItems, SimilarItems
from engine.errors import EngineError
from gui.bridge.client import EngineClient
from gui.bridge.latest import Latest
from gui.pages.recommend.ranked_card import RankedCard
from gui.widgets.buttons import Button, IconButton
from gui.widgets.elided import ElidedLabel
from gui.widgets.layout import clear, holder, row
from gui.widgets.page import scrolling
from gui.widgets.text import Text

STEP, MOST = 10, 50


class RankedPane(QWidget):
    """The list of one person or history; Similar replaces it until Back.

    Signals:
        more_requested(int): show that many.
        failed(EngineError): the similar items could not be had.
    """

    more_requested = Signal(int)
    failed = Signal(object)

    def __init__(self, client: EngineClient, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._client = client
        self._latest = Latest(self)
        self._pack = ""
        self._title, self._note = "", ""
        self._items: tuple[RankedItem, ...] = ()
        self._asked = STEP
        self.cards: list[RankedCard] = []

        self.back = IconButton("chevron-left", self.tr("Back to the list"), f"{name}.back")
        self.back.clicked.connect(self._show_list)
        self.heading = ElidedLabel(role="h2")
        self.heading.setObjectName(f"{name}.heading")
        self.note = Text(role="muted", wrap=True)
        self.note.setObjectName(f"{name}.note")
        self.acts = row()
        self._acts = holder(self.acts)
        content = QWidget()
        self._cards = QVBoxLayout()
        self._cards.setSpacing(8)
        self.more = Button(self.tr("Show more"), f"{name}.more", kind="ghost", icon="chevron-down")
        self.more.clicked.connect(lambda: self.more_requested.emit(min(MOST, self._asked + STEP)))
        inside = QVBoxLayout(content)
        inside.setContentsMargins(0, 0, 4, 8)
        inside.setSpacing(8)
        inside.addLayout(self._cards)
        inside.addLayout(row("stretch", self.more, "stretch"))
        inside.addStretch(1)
        self.area = scrolling(content, f"{name}.area", self.tr("Recommended items"))

        head = row(self.back, self.heading, self._acts)
        head.setStretch(1, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addLayout(head)
        box.addWidget(self.note)
        box.addWidget(self.area, 1)
        self.show_nothing("", "")

    def show_nothing(self, title: str, note: str) -> None:
        """No list: say what to do to get one."""
        self._latest.drop()
        self._title, self._note, self._items = title, note, ()
        self._show_list()

    def show_items(self, pack: str, title: str, note: str, result: RankedItems, asked: int) -> None:
        """Show the list that a person or a history gets."""
        self._latest.drop()
        self._pack, self._title, self._note, self._asked = pack, title, note, asked
        self._items = result.items
        self._show_list()

    def show_similar(self, item: RankedItem) -> None:
        """Ask for the items like this one and show them in place of the list."""
        job = self._client.call(SimilarItems(self._pack, item.item, STEP))
        self._latest.run(job, done=lambda result: self._on_similar(item, result), failed=self._on_failed)

    def _on_similar(self, item: RankedItem, result: RankedItems) -> None:
        title = self.tr("Similar to {title}").format(title=item.title or item.item)
        note = self.tr("Chosen by the same people, or described in a similar way.")
        self._draw(title, note if result.items else self.tr("Nothing similar is known."), result.items)
        self.back.show()
        self._acts.hide()
        self.back.setFocus()
        self.more.hide()

    def _on_failed(self, error: EngineError) -> None:
        self.failed.emit(error)

    def _show_list(self) -> None:
        self._latest.drop()
        self._draw(self._title, self._note, self._items)
        self.back.hide()
        self._acts.show()
        self.more.setVisible(len(self._items) >= self._asked and self._asked < MOST)

    def _draw(self, title: str, note: str, items: Sequence[RankedItem]) -> None:
        self.heading.set_text(title)
        self.note.setText(note)
        self.note.setVisible(bool(note))
        clear(self._cards)
        self.cards.clear()
        best = max((item.score for item in items), default=0.0)
        for place, item in enumerate(items, start=1):
            card = RankedCard(place, item, item.score / best if best > 0 else 0.0)
            card.similar_requested.connect(lambda item=item: self.show_similar(item))
            self._cards.addWidget(card)
            self.cards.append(card)
        self.area.verticalScrollBar().setValue(0)
