"""The further parts of a report: how it learned, where it is weaker, what confuses it, and what was decided."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.api import ADAPTING, ClassifierTrained, CurvePoint, EntitiesTrained, OutOfScope, RobustnessScore, SliceScore
from gui.pages.teach.curves import Curves
from gui.text.errors import reason
from gui.text.numbers import size_text
from gui.text.robustness import change_text, slice_text
from gui.text.shares import count, percent
from gui.widgets.card import Card
from gui.widgets.charts import BarChart
from gui.widgets.fit import fit_height
from gui.widgets.layout import clear, column
from gui.widgets.table import Table
from gui.widgets.text import Text

WEAKER = 0.05  # a part that is so much below the whole is marked
MOST_ROWS = 12


class MoreReport(QWidget):
    """Cards that show what the report holds; those it says nothing about are hidden."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("teach.report_more")
        self.curves = Curves("teach.report_curves")
        self.slices = BarChart(name="teach.slices", label=self.tr("Right answers by part of the texts"), top=1.0)
        self.slices_note = Text(role="caption", wrap=True)
        self.slice_card = Card(
            self.tr("Where it is better and worse"),
            self.tr("Right answers on parts of the held-back texts, with their 95% interval."),
        )
        self.slice_card.add(self.slices)
        self.slice_card.add(self.slices_note)
        self.robust = Table("teach.robustness", self.tr("Results on changed texts"), sortable=False)
        self.robust_note = Text(role="caption", wrap=True)
        self.robust_card = Card(
            self.tr("What confuses it"), self.tr("The held-back texts again, changed in ways that should not matter.")
        )
        self.robust_card.add(self.robust)
        self.robust_card.add(self.robust_note)
        self.foreign = Text(wrap=True, selectable=True)
        self.foreign.setObjectName("teach.out_of_scope")
        self.foreign_card = Card(self.tr("Texts that belong to no label"))
        self.foreign_card.add(self.foreign)
        self.rounding = Text(wrap=True, selectable=True)
        self.rounding.setObjectName("teach.quantisation")
        self.size_card = Card(self.tr("Made small"))
        self.size_card.add(self.rounding)
        self.memory = Text(wrap=True, selectable=True)
        self.memory.setObjectName("teach.forgetting")
        self.memory_card = Card(self.tr("What it knew before"))
        self.memory_card.add(self.memory)
        self._notes = column(spacing=6)
        self.notes_card = Card(self.tr("Decided on the way"))
        self.notes_card.add(self._notes)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(16)
        for part in (
            self.slice_card,
            self.robust_card,
            self.foreign_card,
            self.memory_card,
            self.size_card,
            self.curves,
            self.notes_card,
        ):
            box.addWidget(part)

    def show_report(self, report: ClassifierTrained | EntitiesTrained) -> None:
        """Draw what the report says."""
        self._show_curve(report.curve)
        classifier = report if isinstance(report, ClassifierTrained) else None
        whole = report.metrics.get("accuracy", 0.0)
        self._show_slices(classifier.slices if classifier else (), whole)
        self._show_robustness(classifier.robustness if classifier else ())
        self._show_foreign(classifier.out_of_scope if classifier else None, estimated=report.method in ADAPTING)
        self._show_forgetting(classifier.forgetting if classifier else {})
        self._show_size(report.quantisation, report.adapter_bytes)
        clear(self._notes)
        for note in report.notes:
            self._notes.addWidget(Text(f"• {reason(note)}", wrap=True, selectable=True))
        self.notes_card.setVisible(bool(report.notes))

    def _show_curve(self, points: Sequence[CurvePoint]) -> None:
        self.curves.setVisible(len(points) > 1)
        self.curves.show_points(points)

    def _show_slices(self, slices: Sequence[SliceScore], whole: float) -> None:
        self.slice_card.setVisible(bool(slices))
        shown = slices[:MOST_ROWS]
        rows, tones = [], {}
        for place, part in enumerate(shown):
            rows.append((slice_text(part.column, part.value), part.accuracy, self._interval(part)))
            if part.accuracy_high < whole - 1e-9 or part.accuracy < whole - WEAKER:
                tones[place] = "warning"
        self.slices.set_rows(rows, tones)
        note = self.tr("Marked parts are clearly below the whole ({whole}).").format(whole=percent(whole))
        self.slices_note.setText(note if tones else "")
        self.slices_note.setVisible(bool(tones))

    def _interval(self, part: SliceScore) -> str:
        return self.tr("{share} ({low}–{high}) of {texts}").format(
            share=percent(part.accuracy, 0),
            low=percent(part.accuracy_low, 0),
            high=percent(part.accuracy_high, 0),
            texts=count(part.texts),
        )

    def _show_robustness(self, scores: Sequence[RobustnessScore]) -> None:
        self.robust_card.setVisible(bool(scores))
        heads = (
            self.tr("Texts"),
            self.tr("Right before"),
            self.tr("Right then"),
            self.tr("Same answer"),
            self.tr("Number"),
        )
        rows = [
            (
                change_text(score.change),
                percent(score.accuracy),
                "–" if score.change == "negation" else percent(score.accuracy_changed),
                percent(score.kept),
                score.texts,
            )
            for score in scores
        ]
        tones = {
            (place, 2): "danger" if score.accuracy - score.accuracy_changed > 2 * WEAKER else "warning"
            for place, score in enumerate(scores)
            if score.change != "negation" and score.accuracy - score.accuracy_changed > WEAKER
        }
        self.robust.set_rows(heads, rows, stretch=0, widths=(0, 110, 110, 110, 80), tones=tones)
        fit_height(self.robust, MOST_ROWS)
        negated = any(score.change == "negation" for score in scores)
        note = self.tr("Whether a negation should change the answer depends on your labels, so it is not judged.")
        self.robust_note.setText(note if negated else "")
        self.robust_note.setVisible(negated)

    def _show_foreign(self, found: OutOfScope | None, *, estimated: bool) -> None:
        self.foreign_card.setVisible(found is not None)
        if found is None:
            return
        text = self.tr(
            "Labels were left out while learning, and their texts played strangers: of %n such text(s) {share} were "
            "turned away, while 95% of the known ones were kept.",
            "",
            found.texts,
        ).format(share=percent(found.turned_away, 0))
        more = self.tr("Told apart with {auroc} certainty (AUROC; 50% would be chance).").format(
            auroc=percent(found.auroc)
        )
        if estimated:
            more += " " + self.tr(
                "This is an estimate with a head on the unchanged encoder: the adapted layers were taught all labels, "
                "so none is strange to them. With its own scores the skill may do better or worse."
            )
        self.foreign.setText(f"{text} {more}")

    def _show_forgetting(self, forgetting: dict[str, float]) -> None:
        self.memory_card.setVisible("before" in forgetting and "after" in forgetting)
        if self.memory_card.isHidden():
            return
        before, after = forgetting["before"], forgetting["after"]
        text = self.tr("On the labels that it knew already it was {before} right, and is {after} right now.").format(
            before=percent(before), after=percent(after)
        )
        kept = self.tr("Nothing was forgotten.") if after >= before - 0.01 else self.tr("Some of it was forgotten.")
        self.memory.setText(f"{text} {kept}")

    def _show_size(self, quantisation: dict[str, float], size_bytes: int) -> None:
        self.size_card.setVisible("fp32" in quantisation and "int8" in quantisation)
        if self.size_card.isHidden():
            return
        text = self.tr(
            "For speed its numbers were rounded to 8 bits: {int8} right on held-back texts, {fp32} unrounded. "
            "The skill takes {size}."
        ).format(
            int8=percent(quantisation["int8"]),
            fp32=percent(quantisation["fp32"]),
            size=size_text(size_bytes),
        )
        if quantisation.get("used_fp32"):
            text += " " + self.tr("Rounding cost too much here, so the unrounded numbers are used.")
        self.rounding.setText(text)
