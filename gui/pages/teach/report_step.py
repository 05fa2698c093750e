"""Step 5: how good the skill is, and the report as a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.api import ClassifierTrained, EntitiesTrained, Exported, ExportReport
from engine.errors import EngineError
from gui.bridge.client import EngineClient
from gui.bridge.latest import Latest
from gui.bridge.trainings import Trained
from gui.pages.read.entity_scores import EntityScores
from gui.pages.read.precision_dial import PrecisionDial
from gui.pages.read.report_view import ReportView
from gui.pages.teach.report_more import MoreReport
from gui.pages.teach.verdict import verdict_text
from gui.text import language
from gui.text.methods import method_term, method_title
from gui.text.numbers import duration_text, size_text
from gui.widgets.banner import Banner
from gui.widgets.buttons import Button
from gui.widgets.empty_state import EmptyState
from gui.widgets.files import ask_save_file
from gui.widgets.layout import row
from gui.widgets.text import Text
from gui.widgets.toast import show_toast


class ReportStep(QWidget):
    """Signals:
    failed(EngineError): the report could not be written.
    """

    failed = Signal(object)

    def __init__(self, client: EngineClient, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("teach.report_step")
        self._client = client
        self._saving = Latest(self)
        self.report: Trained | None = None
        self._fresh = False
        self.empty = EmptyState(
            "chart",
            self.tr("No report yet"),
            self.tr("A report comes with every training: how good the skill is, on texts that it did not learn from."),
            name="teach.report_empty",
        )
        self.outcome = QVBoxLayout()
        self.banner: Banner | None = None
        self.how = Text(role="caption", wrap=True)
        self.how.setObjectName("teach.report_how")
        self.save = Button(self.tr("Save the report…"), "teach.report_save", icon="download")
        self.save.clicked.connect(self._save)
        self.classifier = ReportView()
        self.dial = PrecisionDial()
        self.dial.switch.setObjectName("teach.abstain")
        self.dial.slider.setObjectName("teach.precision")
        self.entities = EntityScores("teach.entities_report")
        self.more = MoreReport()
        self.body = QWidget()
        inside = QVBoxLayout(self.body)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(16)
        inside.addLayout(self.outcome)
        head = row(self.how, self.save, spacing=12)
        head.setStretch(0, 1)
        head.setAlignment(self.how, Qt.AlignmentFlag.AlignVCenter)
        inside.addLayout(head)
        for part in (self.dial, self.classifier, self.entities, self.more):
            inside.addWidget(part)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.empty)
        box.addWidget(self.body)
        box.addStretch(1)
        self.show_report(None)

    def show_report(self, report: Trained | None, *, fresh: bool = False) -> None:
        """Draw a report.

        Args:
            fresh: it was taught just now, so say first what came of it.
        """
        self.report, self._fresh = report, fresh
        self.empty.setVisible(report is None)
        self.body.setVisible(report is not None)
        if report is None:
            return
        classifier = isinstance(report, ClassifierTrained)
        self.classifier.setVisible(classifier)
        self.dial.setVisible(classifier)
        self.entities.setVisible(not classifier)
        if isinstance(report, EntitiesTrained):
            self.entities.show_trained(report)
        else:
            self.classifier.show_report(report)
            self.dial.set_points(report.risk_coverage)
        self.more.show_report(report)
        term = method_term(report.method)
        self.how.setText(
            self.tr("Version {version} · {method}{term} · {time} · up to {memory} of memory").format(
                version=report.version,
                method=method_title(report.method),
                term=f" ({term})" if term else "",
                time=duration_text(report.seconds),
                memory=size_text(report.peak_mb * 1e6),
            )
        )
        self.show_comparison(None)

    def show_comparison(self, comparison: dict[str, Any] | None) -> None:
        """Say how the new version did against the one that was in use, once the engine has told it."""
        if self.banner is not None:
            self.outcome.removeWidget(self.banner)
            self.banner.hide()
            self.banner.deleteLater()
            self.banner = None
        report = self.report
        if report is None or not (self._fresh or comparison or not report.promoted):
            return
        text = verdict_text(report, comparison)
        self.banner = Banner(text, "success" if report.promoted else "warning", name="teach.verdict")
        self.outcome.addWidget(self.banner)

    # --- as a file --------------------------------------------------------------------------------------------

    def _save(self) -> None:
        report = self.report
        if report is None:
            return
        filters = self.tr("Web page (*.html)") + ";;" + self.tr("PDF for printing (*.pdf)")
        suggestion = f"{report.pack} {report.version}.html"
        path = ask_save_file(self, self.tr("Save the report"), suggestion, filters)
        if path is None:
            return
        if path.suffix.lower() not in (".html", ".htm", ".pdf"):
            path = path.with_name(f"{path.name}.html")
        code = "zh" if language.current() == "zh_CN" else "en"
        job = self._client.call(ExportReport(report.pack, str(path), report.version, code))
        self.save.setEnabled(False)
        self._saving.run(job, done=self._on_saved, failed=self._on_save_failed, stop_older=False)

    def _on_saved(self, done: Exported) -> None:
        self.save.setEnabled(True)
        show_toast(self, self.tr("The report is in {file}.").format(file=Path(done.path).name), "success")

    def _on_save_failed(self, error: EngineError) -> None:
        self.save.setEnabled(True)
        self.failed.emit(error)
