"""Trainings that were interrupted: go on from the last checkpoint, or forget them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from engine.api import Unfinished
from gui.text.methods import method_title
from gui.text.moments import short_moment
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.elided import ElidedLabel
from gui.widgets.layout import clear, column, row


class UnfinishedCard(Card):
    """Signals:
    go_on_requested(Unfinished), forget_requested(Unfinished).
    """

    go_on_requested = Signal(object)
    forget_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=16, parent=parent)
        self.setObjectName("teach.unfinished")
        self.set_title(
            self.tr("Interrupted trainings"),
            self.tr("The program ended before these were done. At most the time since the last checkpoint is lost."),
        )
        self._shown: tuple[Unfinished, ...] = ()
        self._rows = column(spacing=8)
        self.add(self._rows)
        self.hide()

    def show_trainings(self, trainings: Sequence[Unfinished]) -> None:
        """List them; the card is there only while there are some."""
        if tuple(trainings) == self._shown:
            return
        self._shown = tuple(trainings)
        clear(self._rows)
        for one in trainings:
            words = self.tr("{method}, round {epoch}, saved {moment}").format(
                method=method_title(one.method), epoch=f"{one.epoch:.3g}", moment=short_moment(one.saved)
            )
            on = Button(self.tr("Go on"), f"teach.go_on.{one.id}", small=True, icon="play")
            on.setAccessibleName(self.tr("Go on with {name}").format(name=one.pack))
            on.clicked.connect(lambda _checked=False, one=one: self.go_on_requested.emit(one))
            forget = Button(self.tr("Forget"), f"teach.forget.{one.id}", small=True, icon="trash")
            forget.setAccessibleName(self.tr("Forget {name}").format(name=one.pack))
            forget.clicked.connect(lambda _checked=False, one=one: self.forget_requested.emit(one))
            names = column(ElidedLabel(one.pack, "strong"), ElidedLabel(words, "caption"), spacing=0)
            line = row(names, on, forget)
            line.setStretch(0, 1)
            self._rows.addLayout(line)
