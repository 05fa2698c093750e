"""A way to teach as a card to choose: what it does, and what it is forecast to take and to reach."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QMouseEvent
from PySide6.QtWidgets import QRadioButton, QSizePolicy, QWidget

from engine.api import MethodForecast
from gui.text.errors import reason
from gui.text.methods import method_term, method_text, method_title
from gui.text.numbers import duration_text, size_text
from gui.text.shares import percent
from gui.widgets.card import Card
from gui.widgets.chip import Chip
from gui.widgets.layout import row
from gui.widgets.live_chart import RangeBar
from gui.widgets.naming import named
from gui.widgets.text import Text


class MethodCard(Card):
    """Signals:
    chosen(str): the person takes this method.
    """

    chosen = Signal(str)

    def __init__(self, method: str, parent: QWidget | None = None) -> None:
        super().__init__(padding=16, spacing=6, parent=parent)
        self.method = method
        self.setObjectName(f"teach.method_card.{method}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.body.setSpacing(4)
        self.radio = QRadioButton(method_title(method))
        named(self.radio, f"teach.method.{method}", method_title(method), method_text(method))
        font = QFont()  # only the weight is set: the size goes on following the theme
        font.setBold(True)
        self.radio.setFont(font)
        self.radio.toggled.connect(self._on_toggled)
        self.badge = Chip("", "accent")
        self.badge.hide()
        head = row(self.radio, "stretch", self.badge)
        self.what = Text(method_text(method), "muted", wrap=True)
        self.term = Text(method_term(method), "caption", wrap=True)
        self.cost = Text(role="strong", wrap=True)
        self.cost.setObjectName(f"teach.method_cost.{method}")
        self.score = Text(wrap=True)
        self.score.setObjectName(f"teach.method_score.{method}")
        self.range = RangeBar(name=f"teach.method_range.{method}", label=self.tr("Expected result"))
        self.refusal = Text(role="warning", wrap=True)
        self.refusal.setObjectName(f"teach.method_refusal.{method}")
        self.add(head)
        for part in (self.what, self.term, self.cost, self.score, self.range, self.refusal):
            self.add(part)
        self.body.addStretch(1)
        self.term.setVisible(bool(method_term(method)))
        self.show_forecast(None)

    def show_forecast(
        self,
        told: MethodForecast | None,
        *,
        scale: tuple[float, float] = (0.0, 1.0),
        entities: bool = False,
        waiting: bool = False,
    ) -> None:
        """Say what the probe found; None where there is no forecast (yet)."""
        possible = told is None or told.possible
        for part in (self.radio, self.what, self.term):
            part.setEnabled(possible)
        self.cost.setVisible(told is not None and possible)
        self.score.setVisible(waiting or (told is not None and possible))
        # The card of "auto" is wider: its bar would not compare with the others.
        self.range.setVisible(told is not None and possible and told.score is not None and self.method != "auto")
        self.refusal.setVisible(not possible)
        spoken = method_text(self.method)
        if told is None:
            self.score.setText(self.tr("Trying it out…") if waiting else "")
        elif not possible:
            self.refusal.setText(self.tr("Not possible: {reason}").format(reason=reason(told.reason)))
            spoken = self.refusal.text()
        else:
            self.cost.setText(
                self.tr("about {time} · {memory} of memory").format(
                    time=duration_text(told.seconds), memory=size_text(told.peak_mb * 1e6)
                )
            )
            self.score.setText(self._expected(told, entities=entities))
            if told.score is not None:
                low, high = _interval(told)
                self.range.set_value((low, told.score, high), scale)
            spoken = f"{spoken} {self.cost.text()}. {self.score.text()}"
        self.radio.setAccessibleDescription(spoken)

    def show_badge(self, text: str) -> None:
        self.badge.set_text(text)
        self.badge.setVisible(bool(text))

    def _expected(self, told: MethodForecast, *, entities: bool) -> str:
        if told.score is None:
            return self.tr("How good it gets cannot be told before.")
        low, high = _interval(told)
        words = (
            self.tr("finds about {score} of what is marked, cleanly (F1 {low} to {high})")
            if entities
            else self.tr("about {score} right on new texts ({low} to {high})")
        )
        return words.format(score=percent(told.score, 0), low=percent(low, 0), high=percent(high, 0))

    def _on_toggled(self, on: bool) -> None:
        self.set_selected(on)
        if on:
            self.chosen.emit(self.method)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.radio.isEnabled():
            self.radio.click()
            self.radio.setFocus(Qt.FocusReason.MouseFocusReason)
        super().mouseReleaseEvent(event)


def _interval(told: MethodForecast) -> tuple[float, float]:
    score = told.score or 0.0
    low = told.score_low if told.score_low is not None else score
    high = told.score_high if told.score_high is not None else score
    return low, high
