"""Why a text got its label: its words tinted by what each adds, and how far that can be believed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.api import Explanation, TokenWeight
from gui.pages.read.weights import believable, signed_points, spoken_weights
from gui.text.errors import reason
from gui.text.shares import percent
from gui.theme import theme, tokens
from gui.widgets.card import Card
from gui.widgets.flow_layout import FlowLayout
from gui.widgets.layout import holder, row
from gui.widgets.marked_text import Mark, MarkedText, ground_of
from gui.widgets.text import Text

FOR, AGAINST = "accent", "warning"
"""Tones of words that speak for the label and against it: blue and orange, told apart by every kind of eye, and the
words against it carry a dashed line besides."""
FAINTEST = 0.04
"""Share of the strongest weight below which a word stays plain."""
MOST_SPOKEN = 12


class Swatch(QWidget):
    """A small field in the colour of a mark, with its line, for the legend."""

    def __init__(self, tone: str, *, dashed: bool) -> None:
        super().__init__()
        self._tone, self._dashed = tone, dashed
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme().px(28), theme().px(16))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground_of(self._tone, 1.0)))
        painter.drawRoundedRect(QRectF(self.rect()), 3, 3)
        if self._dashed:
            painter.setPen(QPen(QColor(tokens().tone(self._tone)[0]), 1.5, Qt.PenStyle.DashLine))
            painter.drawLine(2, self.height() - 2, self.width() - 2, self.height() - 2)


class ExplainView(Card):
    """The text with tinted words, a legend, the numbers in words, and the measured faithfulness."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=20, spacing=12, parent=parent)
        self.setObjectName("read.explain")
        self.text = MarkedText("read.explain_text", self.tr("Words and what each adds"), most_height=260)
        self.text.setProperty("plain", True)
        legend = FlowLayout(spacing=16, line_spacing=4)
        for tone, dashed, words in (
            (FOR, False, self.tr("speaks for it")),
            (AGAINST, True, self.tr("speaks against it")),
        ):
            legend.addWidget(holder(row(Swatch(tone, dashed=dashed), Text(words, "caption"), spacing=6)))
        self.legend = holder(legend)
        self.numbers = Text(role="muted", wrap=True, selectable=True)
        self.numbers.setObjectName("read.explain_numbers")
        self.faith = Text(role="muted", wrap=True, selectable=True)
        self.faith.setObjectName("read.explain_faith")
        self.note = Text(role="caption", wrap=True, selectable=True)
        self.note.setObjectName("read.explain_note")
        for part in (self.text, self.legend, self.numbers, self.faith, self.note):
            self.add(part)

    def show_waiting(self) -> None:
        """Say that the words are being weighed."""
        self.set_title(self.tr("Why?"), self.tr("Taking the words away one by one…"))
        for part in (self.text, self.legend, self.numbers, self.faith, self.note):
            part.hide()
        self.show()

    def show_explanation(self, text: str, explanation: Explanation) -> None:
        self.set_title(
            self.tr("Why “{label}”?").format(label=explanation.label),
            self.tr("What each word adds to its {score}, in percentage points.").format(
                score=percent(explanation.score)
            ),
        )
        self.text.set_text(text, self._marks(explanation.tokens))
        spoken = spoken_weights(explanation.tokens, MOST_SPOKEN)
        self.text.setAccessibleDescription(spoken_weights(explanation.tokens))
        self.numbers.setText(self.tr("Strongest: {words}").format(words=spoken) if spoken else "")
        self.faith.setText(self._faithfulness(explanation))
        for part in (self.text, self.legend, self.faith):
            part.show()
        self.numbers.setVisible(bool(spoken))
        self.note.setText(reason(explanation.note))
        self.note.setVisible(bool(explanation.note))
        self.show()

    def _marks(self, words: Sequence[TokenWeight]) -> list[Mark]:
        top = max((abs(word.weight) for word in words), default=0.0)
        return [
            Mark(
                word.start,
                word.end,
                FOR if word.weight > 0 else AGAINST,
                tip=f"{word.text}  {signed_points(word.weight)}",
                strength=0.12 + 0.88 * abs(word.weight) / top,
                dashed=word.weight < 0,
            )
            for word in words
            if top and abs(word.weight) >= FAINTEST * top
        ]

    def _faithfulness(self, explanation: Explanation) -> str:
        """One sentence: what was measured on this very text, beside the same for words taken at random."""
        faith = explanation.faithfulness
        words = (
            self.tr(
                "Measured: without the strongest {share} of the words the score changes by {without} points (random "
                "words: {random_without}), with them alone by {alone} (random words: {random_alone})."
            )
            if believable(faith)
            else self.tr(
                "Take the colours with care, they say no more than chance here: without the strongest {share} of the "
                "words the score changes by {without} points (random words: {random_without}), with them alone by "
                "{alone} (random words: {random_alone})."
            )
        )
        return words.format(
            share=percent(faith.share, 0),
            without=signed_points(-faith.comprehensiveness),
            random_without=signed_points(-faith.random_comprehensiveness),
            alone=signed_points(-faith.sufficiency),
            random_alone=signed_points(-faith.random_sufficiency),
        )
