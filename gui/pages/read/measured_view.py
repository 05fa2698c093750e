"""What was measured of a classifier on a data set: figures with their interval, the dial, curves, labels, mix-ups."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.api import Evaluated
from gui.pages.read.precision_dial import PrecisionDial
from gui.pages.read.report_values import from_memory
from gui.pages.read.report_view import ReportView
from gui.text.shares import count
from gui.widgets.banner import Banner
from gui.widgets.text import Text

MOST_NAMED = 6


class MeasuredView(QWidget):
    """The report of the texts of one data set; labels that the skill does not know are named above it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("read.measured_report")
        self.unknown: Banner | None = None
        self._above = QVBoxLayout()
        self.dial = PrecisionDial()
        self.dial.switch.setObjectName("read.measured_abstain")
        self.dial.slider.setObjectName("read.measured_precision")
        self.report = ReportView()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(16)
        self.memory = Text(role="warning", wrap=True, selectable=True)
        self.memory.setObjectName("read.measured_memory")
        self.memory.hide()
        box.addLayout(self._above)
        box.addWidget(self.memory)
        box.addWidget(self.dial)
        box.addWidget(self.report)

    def show_evaluated(self, result: Evaluated) -> None:
        self._show_unknown(result.unknown_labels)
        self.memory.setText(from_memory(result.taught, result.n))
        self.memory.setVisible(result.taught > 0)
        self.dial.set_points(result.risk_coverage, here=True)
        self.report.show_evaluated(result)

    def _show_unknown(self, labels: tuple[str, ...]) -> None:
        if self.unknown is not None:
            self._above.removeWidget(self.unknown)
            self.unknown.hide()
            self.unknown.deleteLater()
            self.unknown = None
        if not labels:
            return
        named = ", ".join(labels[:MOST_NAMED]) + ("…" if len(labels) > MOST_NAMED else "")
        words = self.tr(
            "Labels that the skill was never taught: {count} ({labels}). Their texts count as wrong."
        ).format(count=count(len(labels)), labels=named)
        self.unknown = Banner(words, "warning", name="read.measured_unknown")
        self._above.addWidget(self.unknown)
