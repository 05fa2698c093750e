"""An answer with its rung and why, what was understood, its sources, and what to do with it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from engine.api import Answer
from engine.values import Citation
from gui.pages.chat.answer_actions import AnswerActions
from gui.pages.chat.answer_html import answer_html, paragraphs
from gui.pages.chat.draft_view import DraftView, LeftOut
from gui.pages.chat.facts import QuickReplies, SideNote, Understood, Waits, Why
from gui.pages.chat.rung import confidence_text, rung_of_answer, shows_confidence
from gui.pages.chat.source_list import SourceList
from gui.theme import theme, tokens
from gui.widgets.chip import Chip
from gui.widgets.layout import row
from gui.widgets.meter import Meter
from gui.widgets.naming import named
from gui.widgets.text import Text

READABLE_WIDTH = 760


class AnswerView(QWidget):
    """An answer, first while it comes, then with everything that belongs to it.

    Signals:
        source_opened(Citation, tuple): a citation number or a source was clicked; and every source of the answer.
        rated(int): 1, -1, or 0 to take the rating back.
        again_requested(): ask the same question again.
        elsewhere_requested(): answer the question from another source.
        reword_requested(): let the generator choose other words.
        handover_requested(): let a person answer.
        desk_requested(int): show the item of the desk that waits for a person.
        replied(str): one of the offered replies was chosen.
        copied(str): what was put on the clipboard, in words for a note.
        labelling_requested(str): let the question wait in the labelling queue of this skill.
    """

    source_opened = Signal(object, object)
    rated = Signal(int)
    again_requested = Signal()
    elsewhere_requested = Signal()
    reword_requested = Signal()
    handover_requested = Signal()
    desk_requested = Signal(int)
    replied = Signal(str)
    copied = Signal(str)
    labelling_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("chat.answer_view")
        self.answer: Answer | None = None
        self._pieces: list[str] = []

        self.rung = Chip("")
        self.rung.setObjectName("chat.rung")
        self.meter = Meter(name=self.tr("Confidence"))
        self.meter.setObjectName("chat.confidence")
        self.meter.setFixedWidth(72)
        self.sure = Text(role="caption")
        self.sure.setObjectName("chat.confidence_text")

        self.text = named(Text(wrap=True), "chat.answer_text", self.tr("Answer"))
        self.text.setTextFormat(Qt.TextFormat.RichText)  # escaped by answer_html
        self.text.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.LinksAccessibleByMouse
            | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self.text.linkActivated.connect(self._on_link)
        self.stage = Text(role="muted")
        self.stage.setObjectName("chat.stage")

        self.draft = DraftView("chat.draft")
        self.left_out = LeftOut("chat.left_out")
        self.why = Why()
        self.understood = Understood()
        self.disagree = SideNote("chat.disagree", "warning", "warning")
        self.notice = SideNote("chat.notice", "info", "neutral")
        self.replies = QuickReplies()
        self.replies.chosen.connect(self.replied)
        self.waits = Waits()
        self.waits.opened.connect(self.desk_requested)
        self.sources = SourceList()
        self.sources.opened.connect(self.source_opened)
        self.acts = AnswerActions()
        self.acts.rated.connect(self.rated)
        self.acts.again_requested.connect(self.again_requested)
        self.acts.elsewhere_requested.connect(self.elsewhere_requested)
        self.acts.reword_requested.connect(self.reword_requested)
        self.acts.handover_requested.connect(self.handover_requested)
        self.acts.copied.connect(self.copied)
        self.acts.labelling_requested.connect(self.labelling_requested)

        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(row(self.rung, self.meter, self.sure, "stretch"))
        below = (self.disagree, self.sources, self.left_out, self.notice, self.understood, self.replies, self.waits)
        for part in (self.why, self.text, self.draft, self.stage, *below, self.acts):
            column.addWidget(part)
            part.hide()
        for hidden in (self.rung, self.meter, self.sure):
            hidden.hide()
        theme().changed.connect(self._draw)

    def add_piece(self, piece: str) -> None:
        """Append a piece of the answer as it comes."""
        if self._pieces and self._pieces[-1][-1:].isascii() and not self._pieces[-1].endswith((" ", "\n")):
            piece = f" {piece}"  # sentences of languages that part them by a space
        self._pieces.append(piece)
        self.text.setText(paragraphs("".join(self._pieces)))
        self.text.show()

    def add_draft(self, piece: str) -> None:
        """Append what a generator wrote and nobody has checked yet."""
        self.draft.add(piece)

    def set_stage(self, stage: str) -> None:
        """What is being done for the answer, until its words come."""
        self.stage.setText(stage)
        self.stage.setVisible(bool(stage))

    def show_answer(self, answer: Answer, rating: int = 0) -> None:
        """Draw the finished answer in place of its pieces."""
        self.answer = answer
        self._pieces.clear()
        self.stage.hide()
        self.draft.clear()
        self.left_out.show_dropped(answer.phrasing.dropped if answer.phrasing is not None else ())
        rung = rung_of_answer(answer)
        self.rung.set_text(rung.title, rung.tone)
        self.rung.setToolTip(rung.explanation)
        self.rung.setAccessibleDescription(rung.explanation)
        self.rung.show()
        sure = shows_confidence(answer)
        words = confidence_text(answer.confidence)
        self.meter.set_value(answer.confidence)
        self.meter.setToolTip(words)
        self.sure.setToolTip(words)
        self.sure.setText(self.tr("{percent}% sure").format(percent=round(answer.confidence * 100)))
        self.meter.setVisible(sure)
        self.sure.setVisible(sure)
        if answer.mode == "not_found":
            self.sources.show_closest(answer.citations)
        else:
            self.sources.show_sources(answer.citations, dated=answer.because == "contradiction")
        self.why.show_answer(answer)
        self.understood.show_answer(answer)
        disagree = self.tr("These sources do not agree. Read both before you rely on one of them.")
        self.disagree.say(disagree if answer.because == "contradiction" else "")
        self.notice.say(answer.notice)
        self.replies.show_answer(answer)
        self.waits.show_item(answer.handoff)
        self.acts.show_for(answer, rating)
        self.acts.show()
        self._draw()
        self.text.show()

    def show_closest(self, citations: tuple[Citation, ...]) -> None:
        """Offer the nearest passages below an answer that says that there is none."""
        self.sources.show_closest(citations)

    def show_waiting(self, item: int) -> None:
        """A person will answer: the item of the desk."""
        self.waits.show_item(item)
        self.acts.set_handed_over()

    def end_replies(self) -> None:
        """The conversation went on: what was offered is of the past."""
        self.replies.hide()

    def show_stopped(self) -> None:
        """Say that the person stopped it; what had come stays readable."""
        self.draft.stop()
        self.set_stage(self.tr("Stopped. Ask again to get the whole answer."))

    def _draw(self) -> None:
        if self.answer is None:
            return
        if self.answer.mode == "not_found":
            self.text.setText(paragraphs(self.answer.answer))
        else:
            self.text.setText(answer_html(self.answer, tokens().accent))

    def _on_link(self, link: str) -> None:
        number = link.removeprefix("cite:")
        if self.answer is not None and number.isdigit() and int(number) < len(self.answer.citations):
            self.source_opened.emit(self.answer.citations[int(number)], self.answer.citations)
