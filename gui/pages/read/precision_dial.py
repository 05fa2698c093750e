"""How sure must an answer be? The dial names what the wish costs: the share of texts left to a person."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QSlider, QWidget

from engine.api import RiskPoint
from gui.pages.read.report_values import coverage_at
from gui.text.errors import reason
from gui.text.shares import percent
from gui.widgets.card import Card
from gui.widgets.flow_layout import FlowLayout
from gui.widgets.layout import holder, row
from gui.widgets.naming import named
from gui.widgets.text import Text

LOWEST, HIGHEST, USUAL = 90, 99, 95


class PrecisionDial(Card):
    """A slider from 90 to 99 % with the coverage from held-out texts.

    Signals:
        changed(): the wish is another one.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=16, spacing=8, parent=parent)
        self.setObjectName("read.precision_card")
        self._points: tuple[RiskPoint, ...] = ()
        self._here = False
        self.switch = QCheckBox(self.tr("Leave unsure texts to a person"))
        named(self.switch, "read.abstain", self.tr("Leave unsure texts to a person"))
        self.switch.setChecked(True)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        named(self.slider, "read.precision", self.tr("How sure must an answer be?"))
        self.slider.setRange(LOWEST, HIGHEST)
        self.slider.setValue(USUAL)
        self.slider.setPageStep(1)
        self.slider.setMinimumSize(160, 26)  # the handle is higher than Qt believes
        self.value = Text(role="strong")
        self.value.setObjectName("read.precision_value")
        self.cost = Text(role="muted", wrap=True)
        self.cost.setObjectName("read.precision_cost")
        self.notice = Text(role="warning", wrap=True)
        self.notice.setObjectName("read.precision_notice")
        question = Text(self.tr("How sure must an answer be?"))
        question.setBuddy(self.slider)
        line = FlowLayout(spacing=24, line_spacing=4)  # two lines where one does not fit
        line.addWidget(self.switch)
        line.addWidget(holder(row(question, self.slider, self.value, spacing=12)))
        self.add(line)
        self.add(self.cost)
        self.add(self.notice)
        self.slider.valueChanged.connect(self._on_changed)
        self.switch.toggled.connect(self._on_changed)
        self._describe()

    def precision(self) -> float | None:
        """The wish, 0.90 to 0.99; None when every text gets an answer."""
        return self.slider.value() / 100 if self.switch.isChecked() else None

    def set_points(self, points: Sequence[RiskPoint], *, here: bool = False) -> None:
        """The risk-coverage curve of the skill, measured on held-out texts; empty where it is not known.

        Args:
            here: it was measured on the texts that the page is about instead.
        """
        self._points, self._here = tuple(points), here
        self._describe()

    def show_notice(self, notice: str) -> None:
        """What the engine says about the wish, in place of what was found on held-out texts; "" for nothing."""
        self.notice.setText(reason(notice))
        self.notice.setVisible(bool(notice))
        self.cost.setVisible(not notice)

    def _on_changed(self) -> None:
        self._describe()
        self.changed.emit()

    def _describe(self) -> None:
        on = self.switch.isChecked()
        self.show_notice("")
        self.slider.setEnabled(on)
        wish = self.slider.value() / 100
        self.value.setText(percent(wish, 0))
        self.value.setEnabled(on)
        self.cost.setText(self._sentence(wish) if on else self.tr("Every text gets the likeliest label."))

    def _sentence(self, wish: float) -> str:
        if not self._points:
            return self.tr("What this costs is not known: the skill was not measured on held-out texts.")
        point = coverage_at(self._points, wish)
        if point is None or point.coverage <= 0:
            best = max(item.precision for item in self._points)
            words = (
                self.tr("On these texts it never was {wish} right (at most {best}): every text is left to a person.")
                if self._here
                else self.tr(
                    "This skill never was {wish} right on held-out texts (at most {best}): every text is left to a "
                    "person."
                )
            )
            return words.format(wish=percent(wish, 0), best=percent(best))
        words = (
            self.tr(
                "Of these texts it answers {coverage} and is right {precision} of the time; {rest} are left to a "
                "person."
            )
            if self._here
            else self.tr(
                "On held-out texts this answered {coverage} of them and was right {precision} of the time; "
                "{rest} are left to a person."
            )
        )
        return words.format(
            coverage=percent(point.coverage),
            precision=percent(point.precision),
            rest=percent(1 - point.coverage),
        )
