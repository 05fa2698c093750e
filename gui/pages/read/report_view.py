"""How good a skill is, measured on texts that it was not taught with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.api import ClassifierTrained, Evaluated, LabelReport, RiskPoint
from gui.pages.read.confusion_view import ConfusionView
from gui.pages.read.report_values import coverage_at, interval_95, reliability
from gui.text.shares import count, percent
from gui.widgets.card import Card
from gui.widgets.charts import LineChart
from gui.widgets.figure import Figures
from gui.widgets.fit import fit_height
from gui.widgets.table import Table
from gui.widgets.text import Text

MOST_LABELS, MOST_MISTAKES = 12, 10


class ReportView(QWidget):
    """Figures, the price of certainty, every label, what is confused with what, and the surest mistakes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("read.report")
        self.figures = Figures("read.report_figures")
        self.summary = Text(role="muted", wrap=True)
        self.summary.setObjectName("read.report_summary")

        self.curve = LineChart(
            self.tr("share of texts answered"),
            self.tr("share of answers that are right"),
            name="read.risk_coverage",
            label=self.tr("How often answers are right, by the share of texts answered"),
        )
        risk = Card(
            self.tr("What certainty costs"),
            self.tr("The fewer texts are answered, the more of the answers are right."),
        )
        risk.add(self.curve)

        self.told = LineChart(
            self.tr("score told"),
            self.tr("share of answers that are right"),
            name="read.reliability",
            label=self.tr("How often answers are right, by the score they were given"),
        )
        self.calibration = Card(
            self.tr("Whether its scores can be believed"),
            self.tr(
                "On the dashed line scores come true. Below it the skill is too sure of itself, above it too modest."
            ),
        )
        self.calibration.add(self.told)

        self.labels = Table("read.report_labels", self.tr("Results per label"))
        per_label = Card(
            self.tr("Label by label"),
            self.tr("Precision: how many texts given a label have it. Recall: how many that have it were given it."),
        )
        per_label.add(self.labels)

        self.confusion = ConfusionView()
        confusion = Card(
            self.tr("What is taken for what"),
            self.tr("Rows are the true labels, columns the answers. Choose a cell to see what was confused."),
        )
        confusion.add(self.confusion)

        self.mistakes = Table("read.report_mistakes", self.tr("Most confident mistakes"))
        self.surest = Card(
            self.tr("Most confident mistakes"),
            self.tr("Look here first: often the example has the wrong label."),
        )
        self.surest.add(self.mistakes)

        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        for part in (self.figures, self.summary, risk, self.calibration, per_label, confusion, self.surest):
            column.addWidget(part)
        column.addStretch(1)

    def show_report(self, report: ClassifierTrained) -> None:
        """Draw a report; what it does not say is left out."""
        self.figures.set_figures(self._figures(report.metrics))
        self.summary.setText(f"{self._measured(report.metrics)} {self._summary(report.risk_coverage)}".strip())
        self._show_curves(report.risk_coverage)
        self._show_labels(report.per_label)
        self.confusion.show_matrix(report.labels, report.confusion, report.mistakes)
        self._show_mistakes(report.mistakes)

    def show_evaluated(self, result: Evaluated) -> None:
        """Draw what was measured on a data set."""
        low, high = interval_95(result.accuracy, result.n)
        metrics = {
            "accuracy": result.accuracy,
            "accuracy_low": low,
            "accuracy_high": high,
            "macro_f1": result.macro_f1,
            "ece": result.ece,
        }
        if result.auc is not None:
            metrics["auc"] = result.auc
        figures = [*self._figures(metrics), (self.tr("Texts measured on"), count(result.n), "")]
        self.figures.set_figures(figures)
        self.summary.setText("")
        self.summary.hide()
        self._show_curves(result.risk_coverage)
        self._show_labels(result.per_label)
        self.confusion.show_matrix(result.labels, result.confusion, ())
        self._show_mistakes(())

    def _show_curves(self, curve: Sequence[RiskPoint]) -> None:
        points = [(point.coverage, point.precision) for point in curve]
        usual = coverage_at(curve, 0.95)
        lowest = min((right for _, right in points), default=0.0)
        self.curve.set_points(
            points,
            mark=(usual.coverage, usual.precision) if usual else None,
            y_from=0.9 if lowest >= 0.9 else 0.5 if lowest >= 0.5 else 0.0,
        )
        bins = reliability(curve)
        self.calibration.setVisible(len(bins) > 1)
        self.told.set_points(bins, ideal=True)

    def _show_labels(self, per_label: Sequence[LabelReport]) -> None:
        heads = (self.tr("Label"), self.tr("Precision"), self.tr("Recall"), self.tr("F1"), self.tr("Texts"))
        rows = [(item.label, item.precision, item.recall, item.f1, item.support) for item in per_label]
        tones = {(place, 3): "danger" for place, item in enumerate(per_label) if item.f1 < 0.5}
        self.labels.set_rows(heads, rows, stretch=0, widths=(0, 96, 96, 96, 80), tones=tones)
        fit_height(self.labels, MOST_LABELS)

    def _show_mistakes(self, mistakes: Sequence[dict[str, Any]]) -> None:
        self.surest.setVisible(bool(mistakes))
        columns = (self.tr("Text"), self.tr("Its label"), self.tr("Answered"), self.tr("Score"))
        lines = [mistake_row(mistake) for mistake in mistakes]
        self.mistakes.set_rows(columns, lines, stretch=0, widths=(0, 150, 150, 80))
        fit_height(self.mistakes, MOST_MISTAKES)

    def _figures(self, metrics: dict[str, float]) -> list[tuple[str, str, str]]:
        """(name, value, note) of each figure."""
        figures = []
        if "accuracy" in metrics:
            note = ""
            if "accuracy_low" in metrics and "accuracy_high" in metrics:
                note = self.tr("95% interval: {low} to {high}").format(
                    low=percent(metrics["accuracy_low"]), high=percent(metrics["accuracy_high"])
                )
            figures.append((self.tr("Right answers"), percent(metrics["accuracy"]), note))
        if "macro_f1" in metrics:
            note = self.tr("every label counts the same")
            figures.append((self.tr("Macro F1"), percent(metrics["macro_f1"]), note))
        if "ece" in metrics:
            before = metrics.get("ece_before")
            note = (
                self.tr("{before} before calibration").format(before=percent(before))
                if before is not None
                else self.tr("how far scores are from what comes true")
            )
            figures.append((self.tr("Calibration error"), percent(metrics["ece"]), note))
        if "auc" in metrics:
            note = self.tr("how surely the two labels are told apart; 50% would be chance")
            figures.append((self.tr("AUC"), percent(metrics["auc"]), note))
        if "n_valid" in metrics and metrics.get("n_train") == metrics["n_valid"]:
            # Every text was taught with and, in another round, held out.
            note = self.tr("in turn: read by a skill that was not taught with them")
            figures.append((self.tr("Texts cross-validated"), count(round(metrics["n_valid"])), note))
        elif "n_valid" in metrics:
            note = ""
            if "n_train" in metrics:
                note = self.tr("taught with {number}").format(number=count(round(metrics["n_train"])))
            figures.append((self.tr("Texts held out"), count(round(metrics["n_valid"])), note))
        return figures

    def _measured(self, metrics: dict[str, float]) -> str:
        """Where the figures come from, if that needs saying."""
        held_out = metrics.get("n_valid")
        if held_out is None or held_out != metrics.get("n_train"):
            return ""
        return self.tr("Cross-validated on %n text(s).", "", round(held_out))

    def _summary(self, curve: Sequence[RiskPoint]) -> str:
        point = coverage_at(curve, 0.95)
        if point is None:
            return self.tr("No share of the held-out texts was read 95% right: more or clearer examples would help.")
        return self.tr(
            "Asked to be 95% right, it answers {coverage} of the texts and leaves the rest to a person."
        ).format(coverage=percent(point.coverage, 0))


def mistake_row(mistake: dict[str, Any]) -> tuple[str, str, str, str]:
    """Text, true label, answer and score of a mistake as the report keeps it."""
    score = mistake.get("score")
    shown = percent(float(score)) if isinstance(score, int | float) else ""
    return str(mistake.get("text", "")), str(mistake.get("label", "")), str(mistake.get("predicted", "")), shown
