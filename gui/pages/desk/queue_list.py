"""The questions that wait, in groups by why they do."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from engine.api import Handoff, Handoffs
from gui.text.desk import REASONS, handoff_reason, handoff_state
from gui.text.moments import short_moment
from gui.text.shares import count as number
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
    reason_changed(str): only questions that wait for this reason are to be listed; "" for all.
    more_requested(): list more of them.
    """

    chosen = Signal(int)
    opened = Signal(int)
    learn_requested = Signal()
    state_changed = Signal(str)
    reason_changed = Signal(str)
    more_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("desk.queue_list", parent)
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
        self.reason.activated.connect(lambda _place: self.reason_changed.emit(self.current_reason()))
        self.list = named(TwoLineList(), "desk.items", self.tr("Questions for a person"))
        self.list.chosen.connect(lambda key: self.chosen.emit(int(key)))
        self.list.opened.connect(lambda key: self.opened.emit(int(key)))
        self.nothing = Text(self.tr("No question of this kind."), "caption", wrap=True)
        self.column.addWidget(self.state)
        self.column.addWidget(self.reason)
        self.column.addWidget(self.nothing)
        self.column.addWidget(self.list, 1)
        self.listed = Text("", "caption", wrap=True)
        self.listed.setObjectName("desk.listed")
        self.more = Button(self.tr("Show more"), "desk.more", icon="chevron-down", small=True)
        self.more.clicked.connect(self.more_requested)
        self.column.addWidget(self.listed)
        self.column.addLayout(row(self.more, "stretch"))
        self.learn = Button(self.tr("Learn from the answers…"), "desk.learn", kind="ghost", icon="teach", small=True)
        self.learn.setToolTip(self.tr("Questions with an intent become examples for the Teach page."))
        self.learn.clicked.connect(self.learn_requested)
        self.column.addLayout(row(self.learn, "stretch"))
        self.show_items(Handoffs((), 0, 0, 0), None)

    def current_state(self) -> str:
        """ "open", "answered" or "dismissed"."""
        return str(self.state.currentData())

    def show_counts(self, waiting: int, answered: int, dismissed: int) -> None:
        """How many there are of each."""
        for place, count in enumerate((waiting, answered, dismissed)):
            words = handoff_state(STATES[place])
            self.state.setItemText(place, f"{words} ({number(count)})" if count else words)

    def current_reason(self) -> str:
        """Why the listed questions wait; "" for whatever reason."""
        return str(self.reason.currentData() or "")

    def show_items(self, found: Handoffs, current: int | None, *, most: int = 0) -> None:
        """List what was found, in its order; no more than `most` can be listed (0: as many as there are)."""
        self._choose_reasons(found.reasons)
        rows = [ListRow(str(item.id), self._title(item), self._detail(item)) for item in found.handoffs]
        self.list.set_rows(rows, str(current) if current is not None else None)
        self.nothing.setVisible(not rows)
        self.list.setVisible(bool(rows))
        self.column.setStretch(self.column.indexOf(self.nothing), 0 if rows else 1)
        rest = len(rows) < found.total
        at_end = bool(most) and len(rows) >= most
        words = self.tr("{listed} of {total} are listed.").format(listed=number(len(rows)), total=number(found.total))
        if rest and at_end:
            words += " " + self.tr("Choose a reason to see others.")
        self.listed.setText(words)
        self.listed.setVisible(rest)
        self.more.setVisible(rest and not at_end)

    def _choose_reasons(self, counts: Mapping[str, int]) -> None:
        order = {reason: place for place, reason in enumerate(REASONS)}
        before = self.current_reason()
        counts = {**counts, before: counts.get(before, 0)} if before else counts
        self.reason.clear()
        self.reason.addItem(self.tr("All reasons ({count})").format(count=number(sum(counts.values()))), "")
        for reason in sorted(counts, key=lambda reason: order.get(reason, len(order))):
            self.reason.addItem(f"{handoff_reason(reason)} ({number(counts[reason])})", reason)
        self.reason.setCurrentIndex(max(0, self.reason.findData(before)))

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
