"""One read text: its label and how sure it is, or plainly that it is left to a person."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from engine.api import TextLabel
from gui.text.shares import percent
from gui.widgets.card import Card
from gui.widgets.charts import BarChart
from gui.widgets.chip import Chip
from gui.widgets.layout import row
from gui.widgets.text import Text

SHOWN = 5


class ResultView(Card):
    """The answer above, the scores of the likeliest labels below."""

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
        line = row(self.label, self.state)
        line.setStretch(0, 1)
        self.add(line)
        self.add(self.sentence)
        self.add(self.bars)

    def show_result(self, result: TextLabel, threshold: float, *, calibrated: bool) -> None:
        """Draw a result.

        Args:
            threshold: the score from which on an answer is given.
            calibrated: scores were measured on held-out texts; those of labels typed by hand were not.
        """
        top = list(result.top[:SHOWN])
        if result.abstain:
            self.label.setText(self.tr("Not sure enough"))
            self.state.set_text(self.tr("Left to a person"), "warning")
            words = self.tr(
                "The likeliest label is “{label}” with {score}, but an answer needs {threshold} to be as "
                "often right as you asked for."
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
