"""The questions that wait, in groups by why they do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from engine.api import Handoff
from gui.text.desk import REASONS, handoff_reason
from gui.text.moments import short_moment
from gui.widgets.layout import row
from gui.widgets.naming import named
from gui.widgets.segmented import Segmented
from gui.widgets.side_panel import SidePanel
from gui.widgets.text import Text
from gui.widgets.two_line_list import ListRow, TwoLineList


class QueueList(SidePanel):
    """The left column.

    Signals:
        chosen(int): an item was chosen.
        opened(int): Enter or a double click: the person wants to answer it.
        state_changed(str): "open", "answered" or "dismissed" is to be listed.
    """

    chosen = Signal(int)
    opened = Signal(int)
    state_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("desk.queue_list", parent)
        self._items: tuple[Handoff, ...] = ()
        self.column.setContentsMargins(0, 0, 16, 0)  # the page has its own margins
        self.state = Segmented(
            (
                ("open", self.tr("Waiting")),
                ("answered", self.tr("Answered")),
                ("dismissed", self.tr("Dismissed")),
            ),
            name="desk.state",
            label=self.tr("Which questions are listed"),
        )
        self.state.changed.connect(self.state_changed)
        self.reason = named(QComboBox(), "desk.reason", self.tr("Why they wait"))
        self.reason.activated.connect(lambda _place: self._fill())
        self.list = named(TwoLineList(), "desk.items", self.tr("Questions for a person"))
        self.list.chosen.connect(lambda key: self.chosen.emit(int(key)))
        self.list.opened.connect(lambda key: self.opened.emit(int(key)))
        self.nothing = Text(self.tr("No question of this kind."), "caption", wrap=True)
        self.column.addLayout(row(self.state, "stretch"))
        self.column.addWidget(self.reason)
        self.column.addWidget(self.nothing)
        self.column.addWidget(self.list, 1)
        self.show_items((), None)

    def show_items(self, items: Sequence[Handoff], current: int | None) -> None:
        """List what waits; people in need first, then as they came."""
        order = {reason: place for place, reason in enumerate(REASONS)}
        waiting = self.state.current == "open"
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
