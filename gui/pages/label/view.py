"""Label one text after the other: the keys 1 to 9 label, S skips, Ctrl+Z takes back; the next text is there at once."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.api import LabellingQueue, QueuedText, QueueTaught, TeachQueue
from engine.errors import EngineError
from engine.values import Progress
from gui.bridge.client import EngineClient
from gui.bridge.latest import Latest
from gui.bridge.show_error import is_silent
from gui.pages.label.choose_card import ChooseCard
from gui.pages.label.label_choices import NUMBERED, LabelChoices
from gui.pages.label.queue import LabelQueue
from gui.pages.progress import show_progress
from gui.text.errors import advice, sentence
from gui.text.shares import count, percent
from gui.theme import theme
from gui.widgets.banner import Banner
from gui.widgets.buttons import Button, IconButton
from gui.widgets.card import Card
from gui.widgets.chip import Chip
from gui.widgets.elided import ElidedLabel
from gui.widgets.empty_state import EmptyState
from gui.widgets.flow_layout import FlowLayout
from gui.widgets.layout import clear, holder, row
from gui.widgets.meter import Meter
from gui.widgets.page import scrolling
from gui.widgets.progress_strip import ProgressStrip
from gui.widgets.text import Text

LARGE, SMALLER = 21, 16
"""px at font scale 1 of short texts, and of those beyond `LONG` characters."""
LONG = 600
HIGHEST_TEXT = 300


class LabelView(QWidget):
    """The labelling queue of one skill; Teach and Read show it.

    Signals:
        taught(QueueTaught): the answers were learned; a version came of it.
        import_requested(): the person wants to import texts.
        failed(EngineError): something could not be asked for; refused answers are told by the view itself.
    """

    taught = Signal(object)
    import_requested = Signal()
    failed = Signal(object)

    def __init__(self, client: EngineClient, pack: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("label.view")
        self.setAccessibleName(self.tr("Texts to label"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._client = client
        self._teaching = Latest(self)
        self._choosing = False
        self._shown: int | None = None
        self.queue = LabelQueue(client, pack, self)
        self.queue.changed.connect(self._show)
        self.queue.failed.connect(self._on_refused)
        self._build()
        self._keys()
        self.choose.set_pack(pack)
        self._show()

    @property
    def pack(self) -> str:
        return self.queue.pack

    def set_pack(self, pack: str) -> None:
        """Label for another skill."""
        if pack != self.queue.pack:
            clear(self._notes)
            self._choosing = False
            self.choose.set_pack(pack)
            self.queue.set_pack(pack)

    def refresh(self) -> None:
        """Ask for the waiting texts, and for the data sets to choose more from."""
        if self.queue.pack:
            self.queue.load()
            self.choose.refresh()

    # --- labelling --------------------------------------------------------------------------------------------

    def answer(self, label: str | None) -> None:
        """Label the text on show, or skip it with None."""
        if self.queue.current is None or not self.card.isVisible():
            return
        clear(self._notes)
        self.queue.answer(label)
        self.setFocus()  # the button that was clicked is gone

    def _skip(self) -> None:
        self.answer(None)

    def undo(self) -> None:
        """Take back the last label or skip."""
        clear(self._notes)
        self.queue.undo()
        self.setFocus()

    def _on_number(self, number: int) -> None:
        if (label := self.choices.numbered(number)) is not None:
            self.answer(label)

    def _show(self) -> None:
        queue, item = self.queue, self.queue.current
        waits, labelled = queue.waiting, queue.labelled
        self.counts.setText(
            self.tr("{waiting} waiting · {labelled} labelled").format(waiting=count(waits), labelled=count(labelled))
        )
        self.meter.set_value(labelled / (labelled + waits) if labelled + waits else 0.0)
        self.meter.setVisible(labelled + waits > 0)
        self.teach.setVisible(labelled > 0 and not self._teaching.running)
        self.teach.setEnabled(queue.settled)
        words = self.tr("Teach with %n label(s)", "", labelled)
        self.teach.setText(f" {words}")
        self.teach.setAccessibleName(words)
        self.teach_strip.setVisible(self._teaching.running)
        self.more.setVisible(item is not None)
        asking = self._choosing or self.choose.busy or item is None
        self.choose.setVisible(asking and queue.loaded and bool(queue.pack))
        self.card.setVisible(item is not None)
        self.empty.setVisible(item is None and queue.loaded)
        self._show_last()
        if item is None:
            self._shown = None
            self._show_empty(labelled)
        elif item.id != self._shown:
            self._show_text(item)

    def _show_text(self, item: QueuedText) -> None:
        self._shown = item.id
        self.text.setText(item.text)
        self.text.setAccessibleName(self.tr("Text to label: {text}").format(text=item.text))
        self._size_text()
        self.area.verticalScrollBar().setValue(0)
        words, tip, tone = self._source(item.source)
        self.source.set_text(words, tone)
        self.source.setToolTip(tip)
        self.source.setAccessibleDescription(tip)
        self.choices.show_labels(self.queue.labels, item.suggested)

    def _source(self, source: str) -> tuple[str, str, str]:
        """(why this text is here, the same in a sentence, tone)."""
        if source == "read":
            return self.tr("Corrected in Read"), self.tr("A person said that it was read wrongly."), "warning"
        if source == "chat":
            return self.tr("From Chat"), self.tr("A question whose answer was of no use."), "warning"
        if source == "pseudo":
            return (
                self.tr("Labelled by the skill"),
                self.tr("The skill labelled it by itself: look it over."),
                "neutral",
            )
        return self.tr("Unsure"), self.tr("The skill is not sure here, so that your label teaches it much."), "accent"

    def _show_last(self) -> None:
        """What was done last, so that a slip is seen while it can be taken back by one key."""
        last = self.queue.last
        older = last is None and self.queue.labelled > 0
        self.last.setVisible(last is not None or older)
        if older:
            self.last.set_text(self.tr("Take back the last label"))
        if last is not None:
            words = self.tr("Skipped: {text}") if last.label is None else self.tr("Labelled “{label}”: {text}")
            self.last.set_text(words.format(label=last.label or "", text=last.item.text[:200]))
        self.undo_button.setVisible(last is not None or older)

    def _show_empty(self, labelled: int) -> None:
        if labelled:
            self.empty.set_words(
                self.tr("Every text is labelled"),
                self.tr("Teach the skill with your labels, or choose more texts first."),
            )
        else:
            self.empty.set_words(
                self.tr("Teach with few labels"),
                self.tr(
                    "Casemate picks the texts from which this skill learns most; you label them by one key each. "
                    "Corrections from Read and Chat wait here too."
                ),
            )

    def _on_refused(self, error: EngineError) -> None:
        """Said on the page: a dialog would take the keys from whoever is labelling."""
        if not is_silent(error):
            self._note(f"{sentence(error)} {advice(error)}", "danger")

    def _note(self, text: str, tone: str) -> None:
        clear(self._notes)
        self.note = Banner(text, tone, close_label=self.tr("Close this message"), name="label.note")
        self.note.dismissed.connect(self.note.deleteLater)
        self._notes.addWidget(self.note)

    # --- choosing more ----------------------------------------------------------------------------------------

    def _on_more(self) -> None:
        self._choosing = not self._choosing
        self._show()
        if self._choosing:
            self.choose.data.setFocus()

    def _on_filled(self, queue: LabellingQueue) -> None:
        self._choosing = False
        self.queue.take(queue)
        if len(queue.texts) < queue.waiting:
            self.queue.load()
        if queue.waiting:
            self.setFocus()
        else:
            self._note(self.tr("There is no text left in it that was not labelled yet."), "neutral")

    # --- teaching ---------------------------------------------------------------------------------------------

    def _teach(self) -> None:
        pack = self.queue.pack
        self.teach_strip.set_title(self.tr("Teaching {name}").format(name=pack))
        self.teach_strip.set_progress(0, None)
        job = self._client.call(TeachQueue(pack))
        self._teaching.run(
            job,
            done=self._on_taught,
            failed=self._on_teach_failed,
            progressed=self._on_progressed,
            cancelled=self._show,
            stop_older=False,
        )
        self._show()

    def _on_progressed(self, progress: Progress) -> None:
        show_progress(self.teach_strip, progress)

    def _on_taught(self, result: QueueTaught) -> None:
        words = (
            self.tr("{name} learned %n more text(s): version {version} is in use.", "", result.added)
            if result.promoted
            else self.tr(
                "Version {version} learned %n more text(s) but was no better; the one in use stays.", "", result.added
            )
        ).format(name=result.pack, version=result.version)
        if "accuracy" in result.metrics:
            right = percent(result.metrics["accuracy"])
            words += " " + self.tr("{accuracy} of the held-out texts are read right.").format(accuracy=right)
        self._note(words, "success" if result.promoted else "warning")
        self.queue.load()
        self._show()
        self.taught.emit(result)

    def _on_teach_failed(self, error: EngineError) -> None:
        self._show()
        self._on_refused(error)

    # --- frame ------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.counts = Text(role="muted")
        self.counts.setObjectName("label.counts")
        self.meter = Meter(name=self.tr("Share that is labelled"))
        self.meter.setObjectName("label.meter")
        self.meter.setFixedWidth(96)
        self.more = Button(self.tr("Choose more texts"), "label.more", kind="ghost", icon="add", small=True)
        self.more.clicked.connect(self._on_more)
        self.teach = Button(self.tr("Teach"), "label.teach", kind="primary", icon="spark", small=True)
        self.teach.clicked.connect(self._teach)
        head = FlowLayout(spacing=12)
        counted = holder(row(self.counts, self.meter, spacing=12))
        counted.setMinimumHeight(theme().px(28))  # as high as the buttons beside it
        for part in (counted, self.more, self.teach):
            head.addWidget(part)

        self.teach_strip = ProgressStrip(name="label.teach_progress")
        self.teach_strip.cancel_requested.connect(self._teaching.cancel)
        notes = QWidget()
        self._notes = QVBoxLayout(notes)
        self._notes.setContentsMargins(0, 0, 0, 0)

        self.text = Text(wrap=True)
        self.text.setObjectName("label.text")
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.text.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keys stay with the view
        self.area = scrolling(self.text, "label.text_area", self.tr("Text to label"))
        self.source = Chip("")
        self.source.setObjectName("label.source")
        self.choices = LabelChoices()
        self.choices.chosen.connect(self.answer)
        self.choices.left.connect(self.setFocus)
        self.skip = Button(self.tr("Skip"), "label.skip", kind="ghost", icon="chevron-right", small=True)
        self.skip.clicked.connect(self._skip)
        self.hint = Text(self.tr("Keys: 1–9 label · S skips · Ctrl+Z takes back · F finds"), "caption", wrap=True)
        self.card = Card(padding=24, spacing=16)
        self.card.setObjectName("label.card")
        self.card.add(row(self.source, "stretch", self.skip))
        self.card.add(self.area)
        self.card.add(self.choices)
        self.card.add(self.hint)

        self.undo_button = IconButton("history", self.tr("Take back the last label"), "label.undo", small=True)
        self.undo_button.clicked.connect(self.undo)
        self.last = ElidedLabel(role="caption")
        self.last.setObjectName("label.last")
        below = row(self.undo_button, self.last, "stretch")
        below.setStretch(1, 100)

        self.empty = EmptyState("tag", "", "", name="label.empty")
        self.empty.setMinimumWidth(1)  # else its sentence keeps the view as wide as it once was
        self.choose = ChooseCard(self._client)
        self.choose.filled.connect(self._on_filled)
        self.choose.failed.connect(self.failed)
        self.choose.import_requested.connect(self.import_requested)

        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        box.addWidget(holder(head))
        for part in (self.teach_strip, notes, self.card):
            box.addWidget(part)
        box.addLayout(below)
        box.addWidget(self.empty)
        box.addWidget(self.choose)
        box.addStretch(1)
        theme().changed.connect(self._size_text)

    def _keys(self) -> None:
        """Keys of the view and all in it; a field that is typed into takes its own first."""
        acts: list[tuple[str, Callable[[], object]]] = [
            ("S", self._skip),
            ("Right", self._skip),
            ("Ctrl+Z", self.undo),
            ("Backspace", self.undo),
            ("F", self.choices.search.setFocus),
            ("Ctrl+F", self.choices.search.setFocus),
        ]
        for number in range(1, NUMBERED + 1):
            acts.append((str(number), lambda number=number: self._on_number(number)))  # type: ignore[misc]
        for keys, act in acts:
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def _size_text(self) -> None:
        """Large type for what is read at a glance; the area scrolls where a text is higher than its share."""
        text = self.text.text()
        self.text.setStyleSheet(f"font-size: {theme().px(LARGE if len(text) <= LONG else SMALLER)}px;")
        self._fit_text()

    def _fit_text(self) -> None:
        self.text.ensurePolished()
        wanted = self.text.heightForWidth(max(80, self.area.viewport().width()))
        self.area.setFixedHeight(max(theme().px(40), min(wanted + 4, theme().px(HIGHEST_TEXT))))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_text()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.queue.leave()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self._fit_text()
        return super().event(event)
