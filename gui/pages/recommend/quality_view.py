"""How good the lists are, beside what simple methods reach on the same people."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.api import RankingMetrics, RecommenderFitted
from gui.pages.recommend.slices import further_figures, slice_rows
from gui.text.errors import reason
from gui.text.shares import count, percent
from gui.widgets.card import Card
from gui.widgets.charts import BarChart
from gui.widgets.figure import Figures
from gui.widgets.fit import fit_height
from gui.widgets.table import Table
from gui.widgets.text import Text

BASELINES = ("popularity", "item_knn", "ease", "ials", "sequence", "text")
"""Names of what is measured beside the recommender."""


def method_name(key: str) -> str:
    """A method as people call it."""
    translate = QCoreApplication.translate
    names = {
        "popularity": translate("Recommend", "Popularity: the same list for everybody"),
        "item_knn": translate("Recommend", "Item-kNN: what was chosen together"),
        "ease": translate("Recommend", "EASE: a linear model of all choices"),
        "sequence": translate("Recommend", "Order: what came after the last choices"),
        "text": translate("Recommend", "Text: items that are described alike"),
        "ials": translate("Recommend", "iALS: hidden tastes of people and items"),
    }
    return names.get(key, translate("Recommend", "This recommender"))


def own_metrics(metrics: dict[str, RankingMetrics]) -> RankingMetrics | None:
    """The figures of the recommender itself: the one entry that is no baseline."""
    return next((value for key, value in metrics.items() if key not in BASELINES), None)


def best_simple(metrics: dict[str, RankingMetrics]) -> RankingMetrics:
    """Of the simple methods the one with the best lists; empty figures where none was measured."""
    simple = [metrics[key] for key in BASELINES if key in metrics]
    return max(simple, key=lambda one: one.ndcg_10, default=RankingMetrics(0.0, 0.0, 0.0))


def metric_rows(
    metrics: dict[str, RankingMetrics],
) -> tuple[tuple[str, ...], list[tuple[str, float, float, float]], dict[tuple[int, int], str]]:
    """Heads, rows and tones of a table of methods: the recommender first, then the baselines, best first."""
    translate = QCoreApplication.translate
    keys = sorted(metrics, key=lambda key: (key in BASELINES, -metrics[key].ndcg_10))
    rows = [(method_name(key), metrics[key].ndcg_10, metrics[key].recall_10, metrics[key].coverage) for key in keys]
    best = max((cells[1] for cells in rows), default=0.0)
    tones = {(place, 1): "success" for place, cells in enumerate(rows) if cells[1] == best}
    return (
        (translate("Recommend", "Method"), "NDCG@10", "Recall@10", translate("Recommend", "Coverage")),
        rows,
        tones,
    )


class QualityView(QWidget):
    """Figures, a sentence that says whether it is worth it, and the table."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("recommend.quality")
        self.figures = Figures("recommend.figures")
        self.verdict = Text(wrap=True)
        self.verdict.setObjectName("recommend.verdict")
        self.chart = BarChart(top=None, name="recommend.metrics_chart", label=self.tr("NDCG@10 of every method"))
        self.table = Table("recommend.metrics", self.tr("This recommender beside simple methods"))
        card = Card(
            self.tr("Beside simple methods"),
            self.tr("Part of what each person chose was hidden; then all items were ranked for them."),
        )
        card.add(self.verdict)
        card.add(self.chart)
        card.add(self.table)
        self.words = Text(
            self.tr(
                "NDCG@10: how high in the first ten the hidden choices stand; 1 would be all of them on top.\n"
                "Recall@10: how many of the hidden choices are among the first ten.\n"
                "Coverage: how much of the catalogue appears in anybody's list."
            ),
            "muted",
            wrap=True,
        )
        card.add(self.words)
        self.warnings = Text(role="warning", wrap=True, selectable=True)
        self.warnings.setObjectName("recommend.warnings")
        self.parts = Card(
            self.tr("Where it is good and where not"),
            self.tr("The same lists, by how much a person had chosen and by how well the hidden items were known."),
        )
        self.slices = Table("recommend.slices", self.tr("Quality by parts of the people and of the items"))
        self.further = Text(role="muted", wrap=True)
        self.further.setObjectName("recommend.further")
        self.parts.add(self.slices)
        self.parts.add(self.further)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(16)
        for part in (self.figures, self.warnings, card, self.parts):
            box.addWidget(part)
        box.addStretch(1)

    def show_report(self, report: RecommenderFitted) -> None:
        self.figures.set_figures(
            [
                (self.tr("People"), count(report.users), ""),
                (self.tr("Items"), count(report.items), ""),
                (self.tr("Events"), count(report.events), ""),
                (self.tr("Learned in"), self.tr("{seconds} s").format(seconds=f"{report.seconds:.1f}"), ""),
            ]
        )
        self.warnings.setText("\n".join(reason(warning) for warning in report.warnings))
        self.warnings.setVisible(bool(report.warnings))
        own = own_metrics(report.metrics)
        heads, rows, tones = metric_rows(report.metrics)
        self.table.set_rows(heads, rows, stretch=0, widths=(0, 104, 104, 104), tones=tones)
        bars = [(cells[0].split(":")[0].split("：")[0], cells[1], f"{cells[1]:.3f}") for cells in rows]
        self.chart.set_rows(bars, {place: "success" for place, cells in enumerate(rows) if (place, 1) in tones})
        self.chart.setVisible(bool(bars))
        fit_height(self.table, 7)
        self.verdict.setText(self._verdict(own, report.metrics))
        self._show_parts(own, report.metrics)

    def _show_parts(self, own: RankingMetrics | None, metrics: dict[str, RankingMetrics]) -> None:
        self.parts.setVisible(own is not None and bool(own.slices))
        if own is None or not own.slices:
            return
        heads, rows = slice_rows(own.slices, best_simple(metrics).slices)
        self.slices.set_rows(heads, rows, stretch=0, widths=(0, 80, 96, 96, 120))
        fit_height(self.slices, 10)
        self.further.setText(further_figures(own.interval, own.mrr, own.novelty, own.diversity, own.popularity_bias))

    def _verdict(self, own: RankingMetrics | None, metrics: dict[str, RankingMetrics]) -> str:
        simple = [(metrics[key].ndcg_10, key) for key in BASELINES if key in metrics]
        if own is None or not simple:
            return self.tr("There were too few events to measure this recommender.")
        value, key = max(simple)
        name = method_name(key).split(":")[0].split("：")[0]
        if value <= 0:
            return self.tr("No simple method found any of the hidden choices.")
        gain = own.ndcg_10 / value - 1
        if gain >= 0.005:
            return self.tr("Its lists are {gain} better than those of the best simple method ({name}).").format(
                gain=percent(gain), name=name
            )
        if gain > -0.005:
            return self.tr("Its lists are as good as those of the best simple method ({name}).").format(name=name)
        return self.tr(
            "Its lists are {loss} behind those of the best simple method ({name}): more events would help."
        ).format(loss=percent(-gain), name=name)
