"""How well a skill finds names and terms: figures, every label, and its most confident mistakes in their sentences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.api import EntitiesEvaluated, EntitiesTrained
from engine.api.entities import EntityReport
from gui.pages.read.report_values import from_memory
from gui.text.shares import count, percent
from gui.widgets.card import Card
from gui.widgets.figure import Figures
from gui.widgets.fit import fit_height
from gui.widgets.marked_text import Mark, MarkedText, Passage
from gui.widgets.table import Table
from gui.widgets.text import Text

MOST_LABELS, MOST_MISTAKES = 12, 20
AROUND = 120
"""Characters of the text on either side of a mistake."""


def entity_report_of(plain: dict[str, Any]) -> EntitiesTrained | None:
    """The report of a skill as the model card keeps it; None where it has none."""
    if not plain:
        return None
    try:
        return msgspec.convert(plain, EntitiesTrained, strict=False)
    except msgspec.ValidationError:
        return None


class EntityScores(QWidget):
    """A span counts as right only where its beginning, its end and its label are all right."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.figures = Figures(f"{name}_figures")
        self.words = Text(
            self.tr("A find counts as right only if its beginning, its end and its label are all right."),
            "muted",
            wrap=True,
        )
        self.labels = Table(f"{name}_labels", self.tr("Results per label"))
        per_label = Card(
            self.tr("Label by label"),
            self.tr("Precision: how many finds are right. Recall: how many of those in the texts were found."),
        )
        per_label.add(self.labels)
        self.mistakes = MarkedText(f"{name}_mistakes", self.tr("Most confident mistakes"), most_height=420)
        self.mistakes.setProperty("plain", True)
        self.surest = Card(
            self.tr("Most confident mistakes"), self.tr("Look here first: often the example is marked wrongly.")
        )
        self.surest.add(self.mistakes)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        self.memory = Text(role="warning", wrap=True, selectable=True)
        self.memory.setObjectName(f"{name}_memory")
        self.memory.hide()
        for part in (self.memory, self.figures, self.words, per_label, self.surest):
            column.addWidget(part)
        column.addStretch(1)

    def show_trained(self, report: EntitiesTrained) -> None:
        """What was measured on held-out texts when the skill was taught."""
        metrics = report.metrics
        note = ""
        if "f1_low" in metrics and "f1_high" in metrics:
            note = self.tr("95% interval: {low} to {high}").format(
                low=percent(metrics["f1_low"]), high=percent(metrics["f1_high"])
            )
        self._show_memory(0, 0)
        self._show_figures(metrics, note, round(metrics["n_valid"]) if "n_valid" in metrics else None)
        self._show_labels(report.per_label)
        self._show_mistakes(report.mistakes)

    def show_evaluated(self, result: EntitiesEvaluated) -> None:
        """What was measured on a data set."""
        metrics = {"f1": result.f1, "precision": result.precision, "recall": result.recall, "macro_f1": result.macro_f1}
        if result.ece:
            metrics["ece"] = result.ece
        self._show_figures(metrics, "", result.n)
        self._show_memory(result.taught, result.n)
        self._show_labels(result.per_label)
        self._show_mistakes(result.mistakes)

    def _show_figures(self, metrics: dict[str, float], note: str, texts: int | None) -> None:
        names = (
            ("f1", self.tr("F1"), note),
            ("precision", self.tr("Precision"), self.tr("of the finds are right")),
            ("recall", self.tr("Recall"), self.tr("of those in the texts are found")),
            ("macro_f1", self.tr("Macro F1"), self.tr("every label counts the same")),
            ("ece", self.tr("Calibration error"), self.tr("how far scores are from what comes true")),
        )
        figures = [(name, percent(metrics[key]), words) for key, name, words in names if key in metrics]
        if texts is not None:
            taught = (
                self.tr("taught with {number}").format(number=count(round(metrics["n_train"])))
                if "n_train" in metrics
                else ""
            )
            figures.append((self.tr("Texts measured on"), count(texts), taught))
        self.figures.set_figures(figures)

    def _show_memory(self, taught: int, texts: int) -> None:
        self.memory.setText(from_memory(taught, texts))
        self.memory.setVisible(taught > 0)

    def _show_labels(self, reports: Sequence[EntityReport]) -> None:
        heads = (self.tr("Label"), self.tr("Precision"), self.tr("Recall"), self.tr("F1"), self.tr("In the texts"))
        rows = [(item.label, item.precision, item.recall, item.f1, item.support) for item in reports]
        tones = {(place, 3): "danger" for place, item in enumerate(reports) if item.f1 < 0.5}
        self.labels.set_rows(heads, rows, stretch=0, widths=(0, 96, 96, 96, 110), tones=tones)
        fit_height(self.labels, MOST_LABELS)

    def _show_mistakes(self, mistakes: Sequence[dict[str, Any]]) -> None:
        self.surest.setVisible(bool(mistakes))
        self.mistakes.set_passages([self._passage(mistake) for mistake in mistakes[:MOST_MISTAKES]])

    def _passage(self, mistake: dict[str, Any]) -> Passage:
        """The words around a mistake, with what they are and what they were taken for above them."""
        text = str(mistake.get("text", ""))
        start, end = (_number(mistake.get(key)) for key in ("start", "end"))
        low, high = max(0, start - AROUND), min(len(text), end + AROUND)
        shown = f"{'… ' if low else ''}{' '.join(text[low:high].split(chr(10)))}{' …' if high < len(text) else ''}"
        shift = (2 if low else 0) - low
        true, given = (str(mistake.get(key) or "") for key in ("label", "predicted"))
        if true in ("", "O"):
            words = self.tr("Found as {given}, but nothing is marked there")
        elif given in ("", "O"):
            words = self.tr("{true} was not found")
        else:
            words = self.tr("{true} was taken for {given}")
        head = words.format(true=true, given=given)
        score = mistake.get("score")
        if isinstance(score, int | float):
            head += f" · {percent(float(score))}"
        return Passage(shown, [Mark(start + shift, end + shift, "danger")] if end > start else [], head)


def _number(value: Any) -> int:
    return int(value) if isinstance(value, int | float) else 0
