"""A ranked list as cards, with the items similar to one of them one step deeper."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.api import RankedItem, RankedItems, SimilarItems, TogetherItems
from engine.errors import EngineError
from gui.bridge.client import EngineClient
from gui.bridge.latest import Latest
from gui.pages.recommend.ranked_card import RankedCard
from gui.widgets.buttons import Button, IconButton
from gui.widgets.elided import ElidedLabel
from gui.widgets.layout import clear, holder, row
from gui.widgets.page import scrolling
from gui.widgets.segmented import Segmented
from gui.widgets.text import Text

STEP, MOST = 10, 50


class RankedPane(QWidget):
    """The list of one person or history. Similar replaces it, from item to item; Back goes one step back.

    Args:
        acts: names of buttons that every card of the list has; see `RankedCard`.

    Signals:
        more_requested(int): show that many.
        pin_requested(RankedItem), chosen_requested(RankedItem), dismiss_requested(RankedItem): the buttons of those
            names.
        failed(EngineError): the similar items could not be had.
    """

    more_requested = Signal(int)
    failed = Signal(object)
    pin_requested = Signal(object)
    chosen_requested = Signal(object)
    dismiss_requested = Signal(object)

    def __init__(
        self, client: EngineClient, name: str, parent: QWidget | None = None, *, acts: tuple[str, ...] = ()
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._client = client
        self._latest = Latest(self)
        self._pack = ""
        self._title, self._note = "", ""
        self._items: tuple[RankedItem, ...] = ()
        self._asked = STEP
        self._usual_acts = self._card_acts = acts
        self._marks: dict[str, str] = {}
        self._walk: list[RankedItem] = []
        self._kind = "similar"
        self.cards: list[RankedCard] = []

        self.back = IconButton("chevron-left", self.tr("Back to the list"), f"{name}.back")
        self.back.clicked.connect(self.step_back)
        self.kind = Segmented(
            (("similar", self.tr("Alike")), ("together", self.tr("Chosen together"))),
            name=f"{name}.kind",
            label=self.tr("Which items go with it"),
        )
        self.kind.changed.connect(self._on_kind)
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
        box.addLayout(row(self.kind, "stretch"))
        box.addWidget(self.note)
        box.addWidget(self.area, 1)
        self.show_nothing("", "")

    def show_nothing(self, title: str, note: str) -> None:
        """No list: say what to do to get one."""
        self._latest.drop()
        self._title, self._note, self._items = title, note, ()
        self._show_list()

    def show_items(
        self, pack: str, title: str, note: str, result: RankedItems, asked: int, acts: tuple[str, ...] | None = None
    ) -> None:
        """Show the list that a person or a history gets; `acts` in place of the usual buttons."""
        self._latest.drop()
        self._card_acts = self._usual_acts if acts is None else acts
        self._marks.clear()
        self._pack, self._title, self._note, self._asked = pack, title, note, asked
        self._items = result.items
        self._show_list()

    def mark(self, item: str, what: str) -> None:
        """Say on its card what became of an item: "chosen" or "dismissed"."""
        self._marks[item] = what
        if not self._walk:
            at = self.area.verticalScrollBar().value()
            self._show_list()
            self.area.verticalScrollBar().setValue(at)

    def show_similar(self, item: RankedItem) -> None:
        """Ask for the items like this one and show them in place of the list; from there on to the next."""
        self._ask_about(item, [*self._walk, item])

    def start_walk(self, pack: str, item: RankedItem) -> None:
        """Begin at an item, without a list to come back to."""
        self._pack, self._title, self._note, self._items = pack, "", "", ()
        self._ask_about(item, [item])

    def step_back(self) -> None:
        """To the item looked at before, or to the list."""
        if len(self._walk) < 2:
            self._show_list()
        else:
            self._ask_about(self._walk[-2], self._walk[:-1])

    def _on_kind(self, kind: str) -> None:
        self._kind = kind
        if self._walk:
            self._ask_about(self._walk[-1], self._walk)

    def _ask_about(self, item: RankedItem, walk: list[RankedItem]) -> None:
        together = self._kind == "together"
        request = (
            TogetherItems(self._pack, (item.item,), STEP) if together else SimilarItems(self._pack, item.item, STEP)
        )
        self._latest.run(
            self._client.call(request), done=lambda result: self._on_similar(item, walk, result), failed=self._on_failed
        )

    def _on_similar(self, item: RankedItem, walk: list[RankedItem], result: RankedItems) -> None:
        self._walk = walk
        if self._kind == "together":
            title = self.tr("Chosen together with {title}").format(title=item.title or item.item)
            note = self.tr("Counted over everybody who chose it.")
            nothing = self.tr("Too few people chose it to tell.")
        else:
            title = self.tr("Similar to {title}").format(title=item.title or item.item)
            note = self.tr("Chosen by the same people, or described in a similar way.")
            nothing = self.tr("Nothing similar is known.")
        steps = " › ".join(one.title or one.item for one in walk[:-1])
        if steps:
            note = self.tr("{note} On the way from: {steps}").format(note=note, steps=steps)
        self._draw(title, note if result.items else nothing, result.items)
        self.back.setVisible(len(walk) > 1 or bool(self._title))
        self.kind.show()
        self._acts.hide()
        self.back.setFocus()
        self.more.hide()

    def _on_failed(self, error: EngineError) -> None:
        self.failed.emit(error)

    def _show_list(self) -> None:
        self._latest.drop()
        self._walk = []
        self._draw(self._title, self._note, self._items, self._card_acts)
        self.back.hide()
        self.kind.hide()
        self._acts.show()
        self.more.setVisible(len(self._items) >= self._asked and self._asked < MOST)

    def _draw(self, title: str, note: str, items: Sequence[RankedItem], acts: tuple[str, ...] = ()) -> None:
        self.heading.set_text(title)
        self.note.setText(note)
        self.note.setVisible(bool(note))
        clear(self._cards)
        self.cards.clear()
        best = max((item.score for item in items), default=0.0)
        for place, item in enumerate(items, start=1):
            strength = max(0.0, item.score / best) if best > 0 else 0.0
            card = RankedCard(place, item, strength, acts=acts, mark=self._marks.get(item.item, "") if acts else "")
            card.chosen_requested.connect(lambda item=item: self.chosen_requested.emit(item))
            card.pin_requested.connect(lambda item=item: self.pin_requested.emit(item))
            card.dismiss_requested.connect(lambda item=item: self.dismiss_requested.emit(item))
            card.similar_requested.connect(lambda item=item: self.show_similar(item))
            self._cards.addWidget(card)
            self.cards.append(card)
        self.area.verticalScrollBar().setValue(0)
