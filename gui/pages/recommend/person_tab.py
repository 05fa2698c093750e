"""What somebody known should see next, and the way to forget them."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from engine.api import (
    AddRule,
    FeedbackEvent,
    ForgetUser,
    RankedItem,
    RankedItems,
    RecommendTop,
    RecordFeedback,
    UserForgotten,
)
from engine.errors import EngineError
from engine.values import Progress
from gui.bridge.client import EngineClient
from gui.bridge.latest import Latest
from gui.pages.progress import show_progress
from gui.pages.recommend.event_chips import EventChips
from gui.pages.recommend.picker import Picker
from gui.pages.recommend.ranked_pane import STEP, RankedPane
from gui.text.sentences import sentences
from gui.theme import theme
from gui.widgets.buttons import Button
from gui.widgets.dialog import confirm
from gui.widgets.layout import column, holder
from gui.widgets.progress_strip import ProgressStrip
from gui.widgets.toast import show_toast


class PersonTab(QWidget):
    """People at the left, the list of the chosen one at the right.

    Signals:
        failed(EngineError): something could not be had.
        pinned(): a rule was made; the table of rules is another now.
        recorded(): a list was kept as shown, or what became of it.
        forgotten(): somebody is gone; numbers are others now.
    """

    failed = Signal(object)
    forgotten = Signal()
    pinned = Signal()
    recorded = Signal()

    def __init__(self, client: EngineClient, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("recommend.person")
        self._client = client
        self._pack, self._person = "", ""
        self._without: dict[str, str] = {}
        self._whole: RankedItems | None = None
        self._explore = 0.0
        self._shown = ""
        self._latest, self._forgetting, self._acting = Latest(self), Latest(self), Latest(self)
        self.picker = Picker(client, "users", "recommend.people", self.tr("Search people"))
        self.picker.setFixedWidth(min(theme().px(208), 232))
        self.picker.chosen.connect(lambda key, _title: self.show_person(key))
        self.picker.failed.connect(self.failed)
        self.pane = RankedPane(client, "recommend.person_list", acts=("pin", "dismiss"))
        self.pane.pin_requested.connect(self._pin)
        self.pane.chosen_requested.connect(self._choose)
        self.pane.dismiss_requested.connect(self._dismiss)
        self.events = EventChips("recommend.events")
        self.events.changed.connect(self._try_without)
        self.pane.failed.connect(self.failed)
        self.pane.more_requested.connect(self._ask)
        self.forget = Button(self.tr("Forget…"), "recommend.forget", kind="ghost", icon="trash", small=True)
        self.forget.setAccessibleName(self.tr("Forget this person…"))
        self.forget.setToolTip(self.tr("Forget this person…"))
        self.forget.clicked.connect(self._forget)
        self.keep = Button(self.tr("Keep as shown"), "recommend.keep", kind="ghost", icon="check", small=True)
        self.keep.setToolTip(self.tr("Record that the person was shown this list, to count what they choose from it"))
        self.keep.clicked.connect(self._keep)
        self.pane.acts.addWidget(self.keep)
        self.pane.acts.addWidget(self.forget)
        self.strip = ProgressStrip(name="recommend.forget_progress")
        self.strip.cancel_requested.connect(self._forgetting.cancel)
        self.strip.hide()
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(24)
        box.addWidget(self.picker)
        box.addWidget(holder(column(self.strip, self.events, self.pane, spacing=12)), 1)
        self._show_nobody()

    def set_pack(self, pack: str) -> None:
        """Show the people of this recommender."""
        if pack != self._pack:
            self._pack = pack
            self._show_nobody()
        self.picker.set_pack(pack)

    @property
    def person(self) -> str:
        """Whose list is on show; empty for nobody's."""
        return self._person

    def set_explore(self, share: float) -> None:
        """The share of the places that is left to chance in lists that are kept as shown, 0..0.5."""
        self._explore = share

    def refresh(self) -> None:
        """Ask again for the list on show: the rules are others now."""
        if self._person:
            self._ask(STEP)

    def show_person(self, person: str) -> None:
        """Ask what this person should see."""
        self._person = person
        self._without, self._whole = {}, None
        self._ask(STEP)

    def _ask(self, k: int) -> None:
        person = self._person
        job = self._client.call(RecommendTop(self._pack, user=person, k=k, without=tuple(self._without)))
        self._latest.run(job, done=lambda result: self._on_ranked(person, k, result), failed=self.failed.emit)

    def _on_ranked(self, person: str, k: int, result: RankedItems) -> None:
        if not self._without:
            self._whole = result
        self.events.show_events(result.history, self._without)
        title = self.tr("For {person}").format(person=person)
        note = (
            self._changes(result)
            if self._without
            else (
                self.tr("Items this person has not chosen yet, best first.")
                if result.items
                else self.tr("There is nothing left to recommend to this person.")
            )
        )
        self._shown = ""
        self._asked = k
        self.pane.show_items(self._pack, title, note, result, k)
        self.keep.setEnabled(True)
        self.keep.setVisible(bool(result.items) and not self._without)
        self.forget.show()

    def _keep(self) -> None:
        """Record the list as shown; with places left to chance it is another one than that without."""
        person, k = self._person, self._asked
        request = RecommendTop(self._pack, user=person, k=k, record=True, explore=self._explore)
        self.keep.setEnabled(False)
        self._latest.run(
            self._client.call(request),
            done=lambda result: self._on_kept(person, k, result),
            failed=self._on_not_kept,
        )

    def _on_kept(self, person: str, k: int, result: RankedItems) -> None:
        self.keep.setEnabled(True)
        self.keep.hide()
        self._shown = str(result.shown)
        note = self.tr("Kept as shown to {person}. Tick what they choose.").format(person=person)
        if any(item.why == "explored" for item in result.items):
            by_lot = self.tr("Some places were left to chance; show them as they stand.")
            note = sentences(note, by_lot)
        title = self.tr("For {person}").format(person=person)
        self.pane.show_items(self._pack, title, note, result, k, ("chosen", "dismiss"))
        self.recorded.emit()

    def _on_not_kept(self, error: EngineError) -> None:
        self.keep.setEnabled(True)
        self.failed.emit(error)

    def _choose(self, item: RankedItem) -> None:
        self._record("chosen", FeedbackEvent("clicked", item.item, user=self._person, list=self._shown))

    def _try_without(self, without: dict[str, str]) -> None:
        """What would change if these had not been chosen; nothing is stored."""
        self._without = without
        self._ask(STEP)

    def _changes(self, result: RankedItems) -> str:
        before = {} if self._whole is None else {item.item: item.title or item.item for item in self._whole.items}
        after = {item.item: item.title or item.item for item in result.items}
        came = [title for item, title in after.items() if item not in before and item not in self._without]
        went = [title for item, title in before.items() if item not in after]
        words = [self.tr("Tried without: {items}.").format(items=", ".join(self._without.values()))]
        if came:
            words.append(self.tr("New in the list: {items}.").format(items=", ".join(came)))
        if went:
            words.append(self.tr("No longer in it: {items}.").format(items=", ".join(went)))
        if not came and not went:
            words.append(self.tr("The same items are in the list."))
        return sentences(*words)

    def _pin(self, item: RankedItem) -> None:
        job = self._client.call(AddRule(self._pack, "pin", item.item))
        self._acting.run(job, done=lambda _result: self._on_pinned(item), failed=self.failed.emit)

    def _on_pinned(self, item: RankedItem) -> None:
        words = self.tr("{title} stands on top of every list now. The rules can be changed under Rules.")
        show_toast(self, words.format(title=item.title or item.item), "success")
        self.pinned.emit()
        self._ask(STEP)

    def _dismiss(self, item: RankedItem) -> None:
        event = FeedbackEvent("dismissed", item.item, user=self._person, list=self._shown)
        if self._shown:
            self._record("dismissed", event)
            return
        job = self._client.call(RecordFeedback(self._pack, (event,)))
        self._acting.run(job, done=lambda _result: self._on_dismissed(item), failed=self.failed.emit)

    def _record(self, mark: str, event: FeedbackEvent) -> None:
        """Record what became of an item of the list that was kept."""
        request = RecordFeedback(self._pack, (event,))
        done = partial(self._on_recorded, mark, event)
        self._client.ask(self, request, done, self.failed.emit, slot=f"record {event.list} {event.item}")

    def _on_recorded(self, mark: str, event: FeedbackEvent, _result: object) -> None:
        if event.list == self._shown:
            self.pane.mark(event.item, mark)
        self.recorded.emit()

    def _on_dismissed(self, item: RankedItem) -> None:
        words = self.tr("{title} is not shown to {person} again.")
        show_toast(self, words.format(title=item.title or item.item, person=self._person), "success")
        self._ask(STEP)

    def _show_nobody(self) -> None:
        self._latest.drop()
        self._without, self._whole = {}, None
        self.events.show_events((), {})
        self._person, self._shown, self._asked = "", "", STEP
        self.pane.show_nothing(
            self.tr("Choose a person"), self.tr("Their list appears here, with the reason for every item.")
        )
        self.keep.hide()
        self.forget.hide()

    def _forget(self) -> None:
        person = self._person
        sure = confirm(
            self,
            "recommend.forget_dialog",
            self.tr("Forget {person}?").format(person=person),
            self.tr(
                "Every event of this person is removed from the data, and what was learned from them is "
                "learned anew without them. This cannot be undone."
            ),
            self.tr("Forget"),
            self.tr("Cancel"),
        )
        if not sure:
            return
        self.strip.set_title(self.tr("Forgetting {person}").format(person=person))
        self.strip.set_progress(0, None)
        self.strip.show()
        self.forget.setEnabled(False)
        self._forgetting.run(
            self._client.call(ForgetUser(self._pack, person)),
            done=self._on_forgotten,
            failed=self._on_not_forgotten,
            progressed=self._on_progressed,
            cancelled=self._end,
        )

    def _on_progressed(self, progress: Progress) -> None:
        show_progress(self.strip, progress)

    def _on_forgotten(self, result: UserForgotten) -> None:
        self._end()
        self._show_nobody()
        self.picker.refresh()
        words = self.tr("{person} is forgotten: %n event(s) removed.", "", result.events_removed)
        show_toast(self, words.format(person=result.user), "success")
        self.forgotten.emit()

    def _on_not_forgotten(self, error: EngineError) -> None:
        self._end()
        self.failed.emit(error)

    def _end(self) -> None:
        self.strip.hide()
        self.forget.setEnabled(True)
