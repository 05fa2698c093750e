"""What can be done with an answer: rate it, copy it, ask again, look elsewhere, hand it to a person."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from engine.api import Answer
from gui.pages.chat.plain_text import with_sources
from gui.pages.chat.rung import shows_confidence
from gui.widgets.buttons import Button, IconButton
from gui.widgets.flow_layout import FlowLayout


class AnswerActions(QWidget):
    """A row of small buttons.

    Signals:
        rated(int): 1 or -1; 0 takes the rating back.
        again_requested(): ask the same question again.
        elsewhere_requested(): answer the question from another source.
        reword_requested(): let the generator choose other words.
        handover_requested(): let a person answer.
        copied(str): a sentence that says what lies on the clipboard.
        labelling_requested(str): let the question wait in the labelling queue of this skill.
    """

    rated = Signal(int)
    again_requested = Signal()
    elsewhere_requested = Signal()
    reword_requested = Signal()
    handover_requested = Signal()
    copied = Signal(str)
    labelling_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("chat.answer_actions")
        self._answer: Answer | None = None
        up, down = self.tr("This answer is right"), self.tr("This answer is wrong")
        self.up = IconButton("thumb-up", up, "chat.rate_up", small=True, checkable=True)
        self.down = IconButton("thumb-down", down, "chat.rate_down", small=True, checkable=True)
        self.up.clicked.connect(lambda checked: self._rate(1 if checked else 0))
        self.down.clicked.connect(lambda checked: self._rate(-1 if checked else 0))
        self.copy = Button(self.tr("Copy"), "chat.copy", kind="ghost", icon="copy", small=True)
        self.copy.clicked.connect(self._copy)
        words = self.tr("Copy with sources")
        self.copy_sources = Button(words, "chat.copy_sources", kind="ghost", icon="quote", small=True)
        self.copy_sources.clicked.connect(self._copy_sources)
        words = self.tr("Ask again")
        self.again = Button(words, "chat.ask_again", kind="ghost", icon="refresh", small=True)
        self.again.clicked.connect(self.again_requested)
        words = self.tr("Other words")
        self.reword = Button(words, "chat.reword", kind="ghost", icon="spark", small=True)
        self.reword.setToolTip(self.tr("Let the generator write it again, with another seed. It is checked again."))
        self.reword.clicked.connect(self.reword_requested)
        words = self.tr("Another source")
        self.elsewhere = Button(words, "chat.elsewhere", kind="ghost", icon="history", small=True)
        self.elsewhere.setToolTip(self.tr("Answer again from other places than the answers so far."))
        self.elsewhere.clicked.connect(self.elsewhere_requested)
        words = self.tr("Hand over to a person")
        self.handover = Button(words, "chat.handover", kind="ghost", icon="handover", small=True)
        self.handover.clicked.connect(self.handover_requested)
        words = self.tr("Have the question labelled")
        self.label = Button(words, "chat.label", kind="ghost", icon="tag", small=True)
        self.label.setToolTip(self.tr("The question waits in the labelling queue of a skill, which then learns it."))
        self.label.clicked.connect(self._on_label)
        self.label.hide()
        self._skills: tuple[str, ...] = ()
        self._menu: QMenu | None = None
        line = FlowLayout(self, spacing=4, line_spacing=4)
        acts = (self.copy, self.copy_sources, self.again, self.reword, self.elsewhere, self.handover, self.label)
        for button in (self.up, self.down, *acts):
            line.addWidget(button)

    def show_for(self, answer: Answer, rating: int) -> None:
        """Make the buttons speak about this answer."""
        self._answer = answer
        self.set_rating(rating)
        self.copy_sources.setVisible(bool(answer.citations) and answer.mode != "not_found")
        rateable = answer.message is not None
        self.up.setVisible(rateable)
        self.down.setVisible(rateable)
        self.elsewhere.setVisible(shows_confidence(answer))
        self.reword.setVisible(answer.phrasing is not None and answer.phrasing.instead != "too_long")
        self.again.setVisible(self.reword.isHidden())  # the same question would get the same words
        self.handover.setVisible(rateable and answer.handoff is None)

    def set_handed_over(self) -> None:
        """Once is enough."""
        self.handover.hide()

    def set_rating(self, rating: int) -> None:
        """Show a rating without announcing it."""
        self.up.setChecked(rating > 0)
        self.down.setChecked(rating < 0)

    def offer_labelling(self, skills: Sequence[str]) -> None:
        """Offer to have the question labelled for one of these skills; none takes the offer back."""
        self._skills = tuple(skills)
        self.label.setVisible(bool(skills))

    def _on_label(self) -> None:
        if len(self._skills) == 1:
            self.labelling_requested.emit(self._skills[0])
            return
        self._menu = QMenu(self)
        self._menu.setObjectName("chat.label_menu")
        self._menu.setAccessibleName(self.tr("For which skill?"))
        for place, skill in enumerate(self._skills, 1):
            mark = f"&{place}   " if place <= 9 else ""
            action = self._menu.addAction(mark + skill.replace("&", "&&"))
            action.triggered.connect(lambda _checked=False, skill=skill: self.labelling_requested.emit(skill))
        self._menu.popup(self.label.mapToGlobal(QPoint(0, self.label.height() + 2)))

    def _rate(self, rating: int) -> None:
        self.set_rating(rating)
        if rating >= 0:
            self.offer_labelling(())
        self.rated.emit(rating)

    def _copy(self) -> None:
        if self._answer is not None:
            QGuiApplication.clipboard().setText(self._answer.answer)
            self.copied.emit(self.tr("The answer is on the clipboard."))

    def _copy_sources(self) -> None:
        if self._answer is not None:
            QGuiApplication.clipboard().setText(with_sources(self._answer))
            self.copied.emit(self.tr("The answer and its sources are on the clipboard."))
