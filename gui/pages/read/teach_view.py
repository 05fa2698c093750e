"""Teach a skill: choose examples, see what the check says, teach, and read the report."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from engine.api import ClassifierTrained, DatasetInfo, DatasetLint, Datasets, LintDataset, ListDatasets, TrainClassifier
from engine.errors import EngineError
from engine.values import Progress
from gui.bridge.client import EngineClient
from gui.bridge.latest import Latest
from gui.pages.progress import show_progress
from gui.pages.read.findings_view import FindingsView
from gui.pages.read.report_view import ReportView
from gui.text.errors import sentence
from gui.widgets.banner import Banner
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.empty_state import EmptyState
from gui.widgets.layout import column, row
from gui.widgets.naming import named
from gui.widgets.page import PageHead
from gui.widgets.progress_strip import ProgressStrip
from gui.widgets.text import Text
from gui.widgets.toast import show_toast


class TeachView(QWidget):
    """From examples to a skill in one view.

    Signals:
        closed(): back to reading.
        use_requested(str): read with this skill.
        import_requested(): there are no examples yet; go where data is imported.
        failed(EngineError): something could not be done.
    """

    closed = Signal()
    use_requested = Signal(str)
    import_requested = Signal()
    failed = Signal(object)

    def __init__(self, client: EngineClient, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("read.teach")
        self._client = client
        self._listing, self._checking, self._training = Latest(self), Latest(self), Latest(self)
        self._infos: dict[str, DatasetInfo] = {}
        self._lint: DatasetLint | None = None
        self._report: ClassifierTrained | None = None
        self._named_by_hand = False

        head = PageHead(
            self.tr("Teach a new skill"),
            self.tr("From examples that already have a label, Casemate learns to label new texts like them."),
        )
        self.close_button = Button(self.tr("Close"), "read.teach_close", kind="ghost", icon="close")
        self.close_button.clicked.connect(self.closed)
        head.add_action(self.close_button)

        self.empty = EmptyState(
            "table",
            self.tr("No labelled examples yet"),
            self.tr("Import a table with a column of texts and a column of labels; ten of each label are a start."),
            self.tr("Import examples"),
            name="read.teach_empty",
        )
        self.empty.activated.connect(self.import_requested)

        self.form = self._build_form()
        self.done = QWidget()
        self.report = ReportView()
        self.outcome = QVBoxLayout()
        self.use = Button(self.tr("Use this skill"), "read.teach_use", kind="primary", icon="check")
        self.use.clicked.connect(self._use)
        again = Button(self.tr("Teach again"), "read.teach_again", icon="refresh")
        again.clicked.connect(self._show_form)
        done = QVBoxLayout(self.done)
        done.setContentsMargins(0, 0, 0, 0)
        done.setSpacing(16)
        done.addLayout(self.outcome)
        done.addLayout(row(self.use, again, "stretch"))
        done.addWidget(self.report)

        box = QVBoxLayout(self)
        box.setContentsMargins(32, 24, 32, 32)
        box.setSpacing(16)
        box.addWidget(head)
        for part in (self.empty, self.form, self.done):
            box.addWidget(part)
        box.addStretch(1)
        self._show_form()

    def refresh(self) -> None:
        """Look which labelled data sets there are."""
        self._listing.run(self._client.call(ListDatasets()), done=self._on_datasets, failed=self.failed.emit)

    @property
    def busy(self) -> bool:
        return self._training.running

    # --- form -------------------------------------------------------------------------------------------------

    def _build_form(self) -> QWidget:
        self.data = named(QComboBox(), "read.teach_data", self.tr("Labelled examples"))
        self.data.currentIndexChanged.connect(self._on_data_chosen)
        self.counts = Text(role="caption")
        self.counts.setObjectName("read.teach_counts")
        self.name = named(QLineEdit(), "read.teach_name", self.tr("Name of the skill"))
        self.name.setPlaceholderText(self.tr("Name of the skill"))
        self.name.textEdited.connect(self._on_name_edited)
        self.name.textChanged.connect(lambda _text: self._update())
        examples = Card(self.tr("1  Examples"))
        left = column(Text(self.tr("Labelled examples"), "muted"), self.data, self.counts, spacing=4)
        right = column(Text(self.tr("Name of the skill"), "muted"), self.name, spacing=4)
        fields = row(left, right, spacing=16)
        fields.setAlignment(right, Qt.AlignmentFlag.AlignTop)
        fields.setStretch(0, 1)
        fields.setStretch(1, 1)
        examples.add(fields)

        self.findings = FindingsView()
        check = Card(
            self.tr("2  Check"), self.tr("What the examples themselves say, before any time is spent on them.")
        )
        check.add(self.findings)

        self.start = Button(self.tr("Start teaching"), "read.teach_start", kind="primary", icon="spark")
        self.start.clicked.connect(self._start)
        teach = Card(
            self.tr("3  Teach"),
            self.tr("Some examples are held back to measure how good the skill is. You can go on working meanwhile."),
        )
        teach.add(row(self.start, "stretch"))
        self.strip = ProgressStrip(name="read.teach_progress", framed=False)
        self.strip.cancel_requested.connect(self._training.cancel)
        self.strip.hide()
        teach.add(self.strip)

        form = QWidget()
        box = QVBoxLayout(form)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(16)
        for card in (examples, check, teach):
            box.addWidget(card)
        return form

    def _on_datasets(self, result: Datasets) -> None:
        if self._training.running:
            return
        self._infos = {info.name: info for info in result.datasets if info.kind == "labelled"}
        before = self.data.currentText()
        self.data.blockSignals(True)
        self.data.clear()
        self.data.addItems(list(self._infos))
        self.data.setCurrentIndex(max(0, self.data.findText(before)) if self._infos else -1)
        self.data.blockSignals(False)
        self._on_data_chosen()
        if self.done.isHidden():
            self._show_form()

    def _on_data_chosen(self) -> None:
        """Check the chosen examples at once: it takes a moment and says what training would trip over."""
        info = self._infos.get(self.data.currentText())
        self._lint = None
        self._checking.drop()
        if info is None:
            self.counts.setText("")
            return
        self.counts.setText(
            self.tr("{examples}, {labels}").format(
                examples=self.tr("%n example(s)", "", info.rows),
                labels=self.tr("%n label(s)", "", info.labels),
            )
        )
        if not self._named_by_hand:
            self.name.setText(info.name)
        self.findings.show_text(self.tr("Checking the examples…"))
        job = self._client.call(LintDataset(info.name))
        self._checking.run(job, done=self._on_lint, failed=self._on_lint_failed)
        self._update()

    def _on_lint(self, lint: DatasetLint) -> None:
        self._lint = lint
        self.findings.show_lint(lint)
        self._update()

    def _on_lint_failed(self, error: EngineError) -> None:
        self.findings.show_text(sentence(error))
        self._update()

    def _on_name_edited(self, text: str) -> None:
        self._named_by_hand = bool(text.strip())

    def _update(self) -> None:
        training = self._training.running
        self.strip.setVisible(training)
        self.start.setVisible(not training)
        self.data.setEnabled(not training)
        self.name.setEnabled(not training)
        ready = self._lint is not None and self._lint.ok and bool(self.name.text().strip())
        self.start.setEnabled(ready and not training)

    # --- training ---------------------------------------------------------------------------------------------

    def _start(self) -> None:
        pack = self.name.text().strip()
        self.strip.set_title(self.tr("Teaching {name}").format(name=pack))
        self.strip.set_progress(0, None)
        job = self._client.call(TrainClassifier(self.data.currentText(), pack))
        self._training.run(
            job,
            done=self._on_trained,
            failed=self._on_train_failed,
            progressed=self._on_progressed,
            cancelled=self._on_cancelled,
            stop_older=False,
        )
        self._update()

    def _on_progressed(self, progress: Progress) -> None:
        show_progress(self.strip, progress)

    def _on_trained(self, report: ClassifierTrained) -> None:
        self._report = report
        self._update()
        while (item := self.outcome.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        if report.promoted:
            words = self.tr("{name} is ready: version {version}, taught in {seconds} s.")
        else:
            words = self.tr(
                "Version {version} of {name} was no better than the one in use, which stays in use. Both are kept."
            )
        banner = Banner(
            words.format(name=report.pack, version=report.version, seconds=round(report.seconds)),
            "success" if report.promoted else "warning",
            name="read.teach_outcome",
        )
        self.outcome.addWidget(banner)
        self.report.show_report(report)
        self._show_only(self.done)

    def _on_train_failed(self, error: EngineError) -> None:
        self._update()
        self.failed.emit(error)

    def _on_cancelled(self) -> None:
        self._update()
        show_toast(self, self.tr("Stopped. Nothing was changed."))

    def _use(self) -> None:
        if self._report is not None:
            self.use_requested.emit(self._report.pack)
            self._show_form()

    def _show_form(self) -> None:
        self._show_only(self.form if self._infos else self.empty)

    def _show_only(self, shown: QWidget) -> None:
        for part in (self.empty, self.form, self.done):
            part.setVisible(part is shown)
