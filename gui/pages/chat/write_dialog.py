"""A generator writes: a summary, another tone, a translation, a draft of a reply. What is not held is not shown."""

from __future__ import annotations

import secrets
from typing import Any, cast, get_args

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QPlainTextEdit, QSizePolicy, QWidget

from engine.api import Collections, DraftReply, ListCollections, Phrased, Request, Rewrite, Summarise, Tone, Translate
from engine.errors import EngineError
from engine.values import Progress
from gui.bridge.client import EngineClient
from gui.bridge.generator_choice import GeneratorChoice
from gui.bridge.latest import Latest
from gui.bridge.show_error import show_error
from gui.pages.chat.draft_view import DraftView, LeftOut
from gui.text.errors import reason
from gui.text.generators import fit_text, speed_text
from gui.text.jobs import stage_text
from gui.theme import theme
from gui.widgets.banner import Banner
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.dialog import Dialog
from gui.widgets.layout import column, holder, row
from gui.widgets.naming import named
from gui.widgets.page import scrolling
from gui.widgets.segmented import Segmented
from gui.widgets.text import Text

WIDE, HIGH = 760, 640
MOST_SEED = 1 << 31
TASKS = ("summarise", "rewrite", "translate", "draft")


class WriteDialog(Dialog):
    """Signals:
    library_requested(): there is no generator yet; take one in.
    """

    library_requested = Signal()

    def __init__(self, parent: QWidget | None, client: EngineClient, choice: GeneratorChoice) -> None:
        super().__init__(parent, "write", self.tr("Let a generator write"), width=WIDE)
        self._client, self._choice = client, choice
        self._profile, self._collection = "", ""
        self._conversation: int | None = None
        self._writing = Latest(self)
        self._result: Phrased | None = None
        self.task = Segmented(
            (
                ("summarise", self.tr("Summarise")),
                ("rewrite", self.tr("Rewrite")),
                ("translate", self.tr("Translate")),
                ("draft", self.tr("Draft a reply")),
            ),
            name="write.task",
            label=self.tr("What shall be written?"),
        )
        self.task.changed.connect(lambda _task: self._show_task())
        self.pack = named(QComboBox(), "write.pack", self.tr("Generator"))
        self.pack.currentIndexChanged.connect(lambda _row: self._show_pack())
        self.facts = Text(role="caption", wrap=True)
        self._make_inputs()
        self._make_output()
        self._make_buttons()
        self._choice.changed.connect(self._list_generators)
        self._list_generators()
        self._show_task()
        scale = max(1.0, theme().scale)
        wide, high = (parent.width() - 80, parent.height() - 40) if parent is not None else (WIDE, HIGH)
        self.resize(max(WIDE, min(round(WIDE * scale), wide)), max(HIGH, min(round(HIGH * scale), high)))

    # --- what is given ------------------------------------------------------------------------------------------

    def _make_inputs(self) -> None:
        self.of = Segmented(
            (
                ("document", self.tr("A document")),
                ("conversation", self.tr("This conversation")),
                ("text", self.tr("A text")),
            ),
            name="write.of",
            label=self.tr("What is summarised?"),
        )
        self.of.changed.connect(lambda _of: self._show_task())
        self.tone = Segmented(
            (
                ("", self.tr("As it is")),
                ("formal", self.tr("Formal")),
                ("friendly", self.tr("Friendly")),
                ("short", self.tr("Shorter")),
            ),
            name="write.tone",
            label=self.tr("Tone"),
            current="formal",
        )
        self.to = Segmented(
            (("en", self.tr("Into English")), ("zh", self.tr("Into Chinese"))),
            name="write.to",
            label=self.tr("Language of the translation"),
        )
        self.document = named(QComboBox(), "write.document", self.tr("Document"))
        self.document.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document.setMinimumContentsLength(20)
        self.document.currentIndexChanged.connect(lambda _row: self._update())
        self.text = named(QPlainTextEdit(), "write.text", self.tr("Text"))
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(theme().px(96))
        self.text.textChanged.connect(self._update)
        self.about = Text(role="caption", wrap=True)
        choices = row(self.of, self.tone, self.to, "stretch")
        self.facts.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        with_pack = row(Text(self.tr("Generator"), "muted"), self.pack, self.facts)
        with_pack.setStretch(2, 1)
        self.no_generator = Banner(
            self.tr("There is no generator here yet. Take in any model in a GGUF file under Library, Models."),
            "neutral",
            action=self.tr("Open the library"),
            name="write.no_generator",
        )
        self.no_generator.activated.connect(self._on_library)
        self._with_pack = holder(with_pack)
        for part in (self.no_generator, self._with_pack):
            self.body.addWidget(part)
        self.body.addWidget(self.task)
        self.body.addLayout(choices)
        for widget in (self.document, self.text, self.about):
            self.body.addWidget(widget)

    def _make_output(self) -> None:
        self.stage = Text(role="muted")
        self.stage.setObjectName("write.stage")
        self.draft = DraftView("write.draft")
        self.written = Text(wrap=True, selectable=True)
        self.written.setObjectName("write.result")
        self.told = Text(role="caption", wrap=True, selectable=True)
        self.told.setObjectName("write.told")
        self.unsure = Banner("", "warning", name="write.unsure")
        self.left_out = LeftOut("write.left_out")
        card = Card(padding=16, spacing=8)
        for part in (self.stage, self.draft, self.unsure, self.written, self.told, self.left_out):
            card.add(part)
            part.hide()
        inner = holder(column(card, "stretch", spacing=0))
        area = scrolling(inner, "write.output", self.tr("What was written"))
        area.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.card = card
        card.hide()
        self.body.addWidget(area, 1)

    def _make_buttons(self) -> None:
        self.copy = Button(self.tr("Copy"), "write.copy", kind="ghost", icon="copy")
        self.copy.clicked.connect(self._on_copy)
        words = self.tr("Other words")
        self.again = Button(words, "write.again", kind="ghost", icon="spark")
        self.again.setToolTip(self.tr("Write it again with another seed."))
        self.again.clicked.connect(lambda: self.write(secrets.randbelow(MOST_SEED)))
        self.buttons.insertWidget(0, self.copy)
        self.buttons.insertWidget(1, self.again)
        self.close_button = self.add_cancel(self.tr("Close"))
        self.stop = self.add_button(self.tr("Stop"), "stop")
        self.stop.clicked.connect(self._writing.cancel)
        self.start = self.add_button(self.tr("Write"), "start", kind="primary")
        self.start.clicked.connect(lambda: self.write(None))
        for button in (self.copy, self.again, self.stop):
            button.hide()
        self.finished.connect(lambda _code: self._writing.drop())

    def set_place(self, collection: str, profile: str, conversation: int | None) -> None:
        """The collection and agent that replies come from, and the conversation on show, if any."""
        self._collection, self._profile, self._conversation = collection, profile, conversation
        self.of.button("conversation").setEnabled(conversation is not None)
        self._client.ask(self, ListCollections(), self._on_collections)

    def show_task(self, task: str) -> None:
        """Open at a task; "document", "conversation" and "text" are summaries."""
        if task in ("document", "conversation", "text"):
            self.of.set_current(task)
            task = "summarise"
        self.task.set_current(task)
        self._show_task()
        (self.text if task != "summarise" or self.of.current == "text" else self.start).setFocus()

    def _on_collections(self, result: Collections) -> None:
        self.document.clear()
        ordered = sorted(result.collections, key=lambda one: one.name != self._collection)
        for collection in ordered:
            for file in collection.files:
                self.document.addItem(f"{file.title or file.path}  ·  {collection.name}", file.id)
        self._update()

    def _list_generators(self) -> None:
        before = self.pack.currentData() or self._choice.current
        names = [one.name for one in self._choice.generators]
        if [self.pack.itemData(n) for n in range(self.pack.count())] != names:
            self.pack.blockSignals(True)
            self.pack.clear()
            for name in names:
                self.pack.addItem(name, name)
            self.pack.setCurrentIndex(max(0, self.pack.findData(before)) if names else -1)
            self.pack.blockSignals(False)
        self.no_generator.setVisible(self._choice.listed and not names)
        self._with_pack.setVisible(bool(names))
        self._show_pack()

    def _show_pack(self) -> None:
        info = self._choice.info(self.pack.currentData() or "")
        self.facts.setText(fit_text(info) if info is not None else "")
        self.facts.setToolTip(speed_text(info) if info is not None else "")
        self._update()

    def _show_task(self) -> None:
        task, of = self.task.current, self.of.current
        self.of.setVisible(task == "summarise")
        self.tone.setVisible(task in ("rewrite", "draft"))
        self.tone.button("").setVisible(task == "draft")
        if task == "rewrite" and not self.tone.current:
            self.tone.set_current("formal")
        self.to.setVisible(task == "translate")
        self.document.setVisible(task == "summarise" and of == "document")
        self.text.setVisible(task != "summarise" or of == "text")
        words = {
            "summarise": self.tr(
                "Long texts are read part by part. A sentence that the text does not hold is left out."
            ),
            "rewrite": self.tr("A part whose new words lose a sentence or a number keeps its old words."),
            "translate": self.tr(
                "As far as the generator can: one that was not taught a language cannot translate it. Numbers, dates, "
                "codes and names are compared; whether the words mean the same is not checked."
            ),
            "draft": self.tr("Comes from your documents. It is neither stored nor sent."),
        }
        self.about.setText(words[task])
        hints = {
            "draft": self.tr("The customer's message"),
            "translate": self.tr("The text in English or Chinese"),
        }
        self.text.setPlaceholderText(hints.get(task, self.tr("The text")))
        self.text.setAccessibleName(hints.get(task, self.tr("The text")))
        self._update()

    # --- writing ------------------------------------------------------------------------------------------------

    def request(self, seed: int | None) -> Request | None:
        """What is asked of the engine; None where something is missing."""
        pack, text = str(self.pack.currentData() or ""), self.text.toPlainText().strip()
        task, of = self.task.current, self.of.current
        if not pack:
            return None
        if task == "summarise" and of == "conversation":
            return Summarise(conversation=self._conversation, pack=pack, seed=seed) if self._conversation else None
        if task == "summarise" and of == "document":
            document = self.document.currentData()
            return Summarise(document_id=int(document), pack=pack, seed=seed) if document is not None else None
        if not text:
            return None
        if task == "summarise":
            return Summarise(text=text, pack=pack, seed=seed)
        if task == "translate":
            return Translate(text=text, to="zh" if self.to.current == "zh" else "en", pack=pack, seed=seed)
        tone = cast(Any, self.tone.current)
        if task == "rewrite":
            return Rewrite(text=text, tone=tone, pack=pack, seed=seed) if tone in get_args(Tone) else None
        if not (self._collection or self._profile):
            return None
        return DraftReply(self._collection, text, tone, profile=self._profile, pack=pack, seed=seed)

    def write(self, seed: int | None) -> None:
        """Let the generator write; `seed` asks for other words."""
        request = self.request(seed)
        if request is None or self._writing.running:
            return
        self._result = None
        for part in (self.written, self.told, self.unsure):
            part.hide()
        self.left_out.show_dropped(())
        self.draft.clear()
        self._say(self.tr("Getting ready…"))
        self.card.show()
        self._writing.run(
            self._client.call(request),
            done=self._on_written,
            failed=self._on_failed,
            progressed=self._on_progress,
            cancelled=self._on_stopped,
        )
        self._update()

    def _say(self, words: str) -> None:
        self.stage.setText(words)
        self.stage.setVisible(bool(words))

    def _on_progress(self, progress: Progress) -> None:
        if progress.stage == "draft":
            self.draft.add(progress.note)
            return
        words = stage_text(progress.stage)
        parts = progress.total or 0
        if progress.stage in ("summarise", "translate") and parts > 1:
            self.draft.clear()
            words = self.tr("{what}: part {n} of {all}").format(what=words, n=progress.done + 1, all=parts)
        self._say(f"{words}…")

    def _on_written(self, result: Phrased) -> None:
        self._result = result
        self._say("")
        self.draft.clear()
        self.written.setText(result.text)
        self.written.setVisible(bool(result.text))
        doubtful = any(not one.supported for one in result.sentences)
        shown_as = self.unsure if doubtful or not result.generated else None
        if shown_as is not None:
            self.unsure.set_text(reason(result.reason))
        else:
            self.told.setText(reason(result.reason))
        self.unsure.setVisible(shown_as is not None)
        self.told.setVisible(shown_as is None)
        self.left_out.show_dropped(result.dropped, result.written - result.held)
        self._update()
        self._choice.look()

    def _on_stopped(self) -> None:
        self.draft.stop()
        self._say(self.tr("Stopped."))
        self._update()

    def _on_failed(self, error: EngineError) -> None:
        self.draft.clear()
        self._say("")
        self.card.hide()
        self._update()
        show_error(self, error)

    def _update(self) -> None:
        if not hasattr(self, "start"):  # while it is made
            return
        busy = self._writing.running
        self.start.setVisible(not busy)
        self.stop.setVisible(busy)
        self.start.setEnabled(self.request(None) is not None)
        self.copy.setVisible(not busy and self._result is not None and bool(self._result.text))
        self.again.setVisible(not busy and self._result is not None)
        for control in (self.task, self.of, self.tone, self.to, self.document, self.text, self.pack):
            control.setEnabled(not busy)
        self.of.button("conversation").setEnabled(not busy and self._conversation is not None)

    def _on_copy(self) -> None:
        if self._result is not None:
            QGuiApplication.clipboard().setText(self._result.text)
            copied = self.tr("Copied")
            self.copy.setText(f" {copied}")

    def _on_library(self) -> None:
        self.reject()
        self.library_requested.emit()
