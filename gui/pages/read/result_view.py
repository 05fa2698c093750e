"""One read text: its label and how sure it is, or plainly that it is left to a person."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QWidget

from engine.api import TextLabel
from gui.pages.read.correct import CorrectMenu
from gui.text.shares import percent
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.charts import BarChart
from gui.widgets.chip import Chip
from gui.widgets.layout import row
from gui.widgets.text import Text

SHOWN = 5


class ResultView(Card):
    """The answer above, the scores of the likeliest labels below, and what a person may say to it.

    Signals:
        why_requested(): which words speak for the label?
        corrected(str): the label should have been this one.
    """

    why_requested = Signal()
    corrected = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=20, spacing=12, parent=parent)
        self.setObjectName("read.result")
        self.label = Text(role="h2", wrap=True, selectable=True)
        self.label.setObjectName("read.result_label")
        self.state = Chip("")
        self.state.setObjectName("read.result_state")
        self.sentence = Text(role="muted", wrap=True)
        self.sentence.setObjectName("read.result_sentence")
        self.bars = BarChart(top=1.0, name="read.scores", label=self.tr("Scores of the likeliest labels"))
        self.why = Button(self.tr("Why?"), "read.why", kind="ghost", icon="search", small=True)
        self.why.clicked.connect(self.why_requested)
        self.correct = Button(self.tr("This should be…"), "read.correct", kind="ghost", icon="edit", small=True)
        self.correct.clicked.connect(self._open_menu)
        self.noted = Text(role="success", wrap=True)
        self.noted.setObjectName("read.corrected")
        self._menu: CorrectMenu | None = None
        self._result: TextLabel | None = None
        self._labels: tuple[str, ...] = ()
        line = row(self.label, self.state)
        line.setStretch(0, 1)
        self.add(line)
        self.add(self.sentence)
        self.add(self.bars)
        acts = row(self.why, self.correct, self.noted)
        acts.setStretch(2, 1)
        acts.setAlignment(self.noted, Qt.AlignmentFlag.AlignVCenter)
        self.add(acts)

    def set_skill(self, labels: Sequence[str]) -> None:
        """The labels a correction may name; none where no skill reads that could learn from it."""
        self._labels = tuple(labels)
        self.why.setVisible(bool(labels))
        self.correct.setVisible(bool(labels))

    def show_correction(self, label: str) -> None:
        """Say what a person said it should be."""
        self.noted.setText(self.tr("You said: {label}").format(label=label) if label else "")

    def _open_menu(self) -> None:
        if self._result is None:
            return
        likely = [item.label for item in self._result.top]
        given = "" if self._result.abstain else self._result.label
        self._menu = CorrectMenu(self._labels, likely, given, self.corrected.emit, self)
        self._menu.popup(self.correct.mapToGlobal(QPoint(0, self.correct.height() + 2)))

    def show_result(self, result: TextLabel, threshold: float, *, calibrated: bool) -> None:
        """Draw a result.

        Args:
            threshold: the score from which on an answer is given.
            calibrated: scores were measured on held-out texts; those of labels typed by hand were not.
        """
        self._result = result
        self.show_correction("")
        top = list(result.top[:SHOWN])
        if result.abstain:
            self.label.setText(self.tr("Not sure enough"))
            self.state.set_text(self.tr("Left to a person"), "warning")
            words = (
                self.tr(
                    "The likeliest label is “{label}” with {score}, but an answer needs {threshold} to be as "
                    "often right as you asked for."
                )
                if threshold < 1
                else self.tr(
                    "The likeliest label is “{label}” with {score}, but no score promises to be as often right as you "
                    "asked for."
                )
            )
        elif calibrated:
            self.label.setText(result.label)
            self.state.set_text(self.tr("Answered"), "success")
            words = self.tr("{score} sure. About that share of the texts read this sure are right.")
        else:
            self.label.setText(result.label)
            self.state.set_text(self.tr("Closest label"), "neutral")
            words = self.tr(
                "Without teaching, the scores only put the labels in order; how often they are right is not known."
            )
        self.sentence.setText(
            words.format(label=result.label, score=percent(result.score), threshold=percent(threshold))
        )
        tones = dict.fromkeys(range(len(top)), "neutral") if result.abstain else {}
        self.bars.set_rows([(item.label, item.score, percent(item.score)) for item in top], tones)
