"""The two curves of a training: the loss, and the score on texts that were held back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from engine.api import CurvePoint
from gui.theme import theme
from gui.widgets.card import Card
from gui.widgets.live_chart import LiveChart, Series, smoothed

SIDE_BY_SIDE_FROM = 560  # px at font scale 1
NOISY_FROM = 24  # points from which the loss is smoothed


class Curves(QWidget):
    """Side by side, or below each other where the room is short."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        rounds = self.tr("rounds through the examples")
        self.score = LiveChart(
            rounds,
            self.tr("right on held-back texts"),
            name=f"{name}.score",
            label=self.tr("How often answers are right on held-back texts, round by round"),
            waiting=self.tr("The first exam comes after the first round."),
            as_share=True,
        )
        self.loss = LiveChart(
            rounds,
            self.tr("error while learning (loss)"),
            name=f"{name}.loss",
            label=self.tr("Error while learning, step by step"),
            waiting=self.tr("The curve begins with the first step."),
            from_zero=True,
        )
        score = Card(self.tr("Exam result"), self.tr("Should rise. The best state is kept, marked green."))
        score.add(self.score)
        loss = Card(self.tr("Error while learning"), self.tr("Should fall. Ups and downs are normal."))
        loss.add(self.loss)
        self._cards = (score, loss)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(16)
        self._columns = 0
        self._place()

    def show_points(self, points: Sequence[CurvePoint], *, rounds: float | None = None) -> None:
        """Draw the curve so far.

        Args:
            rounds: how far the axis reaches where it is known.
        """
        scores = [(point.epoch, point.valid_score) for point in points if point.valid_score is not None]
        best = max(scores, key=lambda point: point[1]) if scores else None
        self.score.set_series([Series(self.tr("exam"), scores, "accent", dots=True)], best=best, until=rounds)
        losses = [(point.epoch, point.loss) for point in points]
        lines = [Series(self.tr("error"), losses, "accent")]
        if len(losses) >= NOISY_FROM:
            lines = [
                Series(self.tr("each step"), losses, "accent", quiet=True),
                Series(self.tr("running mean"), smoothed(losses), "accent"),
            ]
        self.loss.set_series(lines, until=rounds)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        columns = 2 if self.width() >= theme().px(SIDE_BY_SIDE_FROM) else 1
        if columns == self._columns:
            return
        self._columns = columns
        for place, card in enumerate(self._cards):
            self._grid.addWidget(card, place // columns, place % columns)
        for column in range(2):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
