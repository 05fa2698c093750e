"""The questions that wait, in groups by why they do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from engine.api import Handoff
from gui.text.desk import REASONS, handoff_reason, handoff_state
from gui.text.moments import short_moment
from gui.widgets.buttons import Button
from gui.widgets.layout import row
from gui.widgets.naming import named
from gui.widgets.side_panel import SidePanel
from gui.widgets.text import Text
from gui.widgets.two_line_list import ListRow, TwoLineList

STATES = ("open", "answered", "dismissed")


class QueueList(SidePanel):
    """The left column.

    Signals:
        chosen(int): an item was chosen.
        opened(int): Enter or a double click: the person wants to answer it.
        learn_requested(): put what was learnt into a data set.
        state_changed(str): "open", "answered" or "dismissed" is to be listed.
    """

    chosen = Signal(int)
    opened = Signal(int)
    learn_requested = Signal()
    state_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("desk.queue_list", parent)
        self._items: tuple[Handoff, ...] = ()
        self.column.setContentsMargins(0, 0, 16, 0)  # the page has its own margins
        self.setMinimumWidth(0)  # as wide as its choices need
        self.state = named(QComboBox(), "desk.state", self.tr("Which questions are listed"))
        for state in STATES:
            self.state.addItem("", state)
        self.show_counts(0, 0, 0)
        self.state.activated.connect(lambda _place: self.state_changed.emit(self.current_state()))
        self.reason = named(QComboBox(), "desk.reason", self.tr("Why they wait"))
        for box in (self.state, self.reason):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(12)
        self.reason.activated.connect(lambda _place: self._fill())
        self.list = named(TwoLineList(), "desk.items", self.tr("Questions for a person"))
        self.list.chosen.connect(lambda key: self.chosen.emit(int(key)))
        self.list.opened.connect(lambda key: self.opened.emit(int(key)))
        self.nothing = Text(self.tr("No question of this kind."), "caption", wrap=True)
        self.column.addWidget(self.state)
        self.column.addWidget(self.reason)
        self.column.addWidget(self.nothing)
        self.column.addWidget(self.list, 1)
        self.learn = Button(self.tr("Learn from the answers…"), "desk.learn", kind="ghost", icon="teach", small=True)
        self.learn.setToolTip(self.tr("Questions with an intent become examples for the Teach page."))
        self.learn.clicked.connect(self.learn_requested)
        self.column.addLayout(row(self.learn, "stretch"))
        self.show_items((), None)

    def current_state(self) -> str:
        """ "open", "answered" or "dismissed"."""
        return str(self.state.currentData())

    def show_counts(self, waiting: int, answered: int, dismissed: int) -> None:
        """How many there are of each."""
        for place, count in enumerate((waiting, answered, dismissed)):
            words = handoff_state(STATES[place])
            self.state.setItemText(place, f"{words} ({count})" if count else words)

    def show_items(self, items: Sequence[Handoff], current: int | None) -> None:
        """List what waits; people in need first, then as they came."""
        order = {reason: place for place, reason in enumerate(REASONS)}
        waiting = self.current_state() == "open"
        self._items = (
            tuple(sorted(items, key=lambda item: (order.get(item.reason, len(order)) > 0, item.id)))
            if waiting
            else tuple(items)
        )
        before = self.reason.currentData()
        counts = Counter(item.reason for item in items)
        self.reason.clear()
        self.reason.addItem(self.tr("All reasons ({count})").format(count=len(items)), "")
        for reason in sorted(counts, key=lambda reason: order.get(reason, len(order))):
            self.reason.addItem(f"{handoff_reason(reason)} ({counts[reason]})", reason)
        self.reason.setCurrentIndex(max(0, self.reason.findData(before)))
        self._fill(current)

    def _fill(self, current: int | None = None) -> None:
        wanted = str(self.reason.currentData() or "")
        shown = [item for item in self._items if not wanted or item.reason == wanted]
        rows = [ListRow(str(item.id), self._title(item), self._detail(item)) for item in shown]
        self.list.set_rows(rows, str(current) if current is not None else None)
        self.nothing.setVisible(not shown)
        self.list.setVisible(bool(shown))
        self.column.setStretch(self.column.indexOf(self.nothing), 0 if shown else 1)

    def keys(self) -> list[int]:
        """The listed items, from top to bottom."""
        return list(map(int, self.list.keys()))

    def after(self, item: int) -> int | None:
        """The item below, or the one above, for going on when one is done."""
        keys = self.keys()
        if item not in keys:
            return keys[0] if keys else None
        place = keys.index(item)
        rest = [*keys[place + 1 :], *reversed(keys[:place])]
        return rest[0] if rest else None

    def _title(self, item: Handoff) -> str:
        return " ".join(item.question.split())

    def _detail(self, item: Handoff) -> str:
        parts = [handoff_reason(item.reason), short_moment(item.closed or item.opened), item.collection]
        if item.times > 1:
            parts.insert(1, self.tr("asked %n time(s)", "", item.times))
        return "  ·  ".join(part for part in parts if part)
