"""Step 2: what is wrong or doubtful in the examples, before anything is learned from them."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.api import DatasetInfo, DatasetLint, LintDataset
from engine.errors import EngineError
from gui.bridge.client import EngineClient
from gui.bridge.latest import Latest
from gui.pages.read.findings_view import FindingsView
from gui.text.errors import sentence
from gui.widgets.banner import Banner
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.flow_layout import FlowLayout


class CheckStep(QWidget):
    """Signals:
    checked(DatasetLint or None): the check is done; None while it runs or where it failed.
    data_requested(): the person wants to choose or import other examples.
    library_requested(): the person wants to look at the rows.
    """

    checked = Signal(object)
    data_requested = Signal()
    library_requested = Signal()

    def __init__(self, client: EngineClient, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("teach.check_step")
        self._client = client
        self._checking = Latest(self)
        self._of: tuple[str, int] | None = None
        self.verdict = QVBoxLayout()
        self.banner: Banner | None = None
        self.findings = FindingsView()
        card = Card(
            self.tr("What was found"),
            self.tr("Repeated texts, contradicting labels, rare labels, texts that cannot be read, personal data."),
        )
        card.add(self.findings)
        self.other = Button(self.tr("Choose or import other examples"), "teach.check_other", icon="upload")
        self.other.clicked.connect(self.data_requested)
        self.look = Button(self.tr("Look at the rows"), "teach.check_look", icon="table")
        self.look.clicked.connect(self.library_requested)
        self.again = Button(self.tr("Check again"), "teach.check_again", icon="refresh")
        self.again.clicked.connect(self._check)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(16)
        box.addLayout(self.verdict)
        box.addWidget(card)
        acts = FlowLayout()
        for button in (self.other, self.look, self.again):
            acts.addWidget(button)
        box.addLayout(acts)
        box.addStretch(1)

    def set_dataset(self, info: DatasetInfo | None) -> None:
        """Check these examples, unless they were checked already."""
        wanted = (info.name, info.version) if info is not None else None
        if wanted == self._of:
            return
        self._of = wanted
        self._checking.drop()
        if info is not None:
            self._check()

    def _check(self) -> None:
        if self._of is None:
            return
        self._say(self.tr("Checking the examples…"), "neutral")
        self.findings.show_text(self.tr("This takes a moment."))
        self.checked.emit(None)
        job = self._client.call(LintDataset(self._of[0]))
        self._checking.run(job, done=self._on_lint, failed=self._on_failed)

    def _on_lint(self, lint: DatasetLint) -> None:
        errors = sum(finding.severity == "error" for finding in lint.findings)
        warnings = sum(finding.severity == "warning" for finding in lint.findings)
        if errors or not lint.ok:
            text = self.tr("These examples cannot be taught yet: %n thing(s) must be corrected.", "", max(1, errors))
            self._say(text, "danger")
        elif warnings:
            text = self.tr(
                "They can be taught. Looking at %n thing(s) first would make the skill better.", "", warnings
            )
            self._say(text, "warning")
        else:
            self._say(self.tr("Everything is in order. These examples can be taught."), "success")
        self.findings.show_lint(lint)
        self.checked.emit(lint)

    def _on_failed(self, error: EngineError) -> None:
        self._say(self.tr("The check could not be done."), "danger")
        self.findings.show_text(sentence(error))
        self.checked.emit(None)

    def _say(self, text: str, tone: str) -> None:
        if self.banner is not None:
            self.verdict.removeWidget(self.banner)
            self.banner.hide()
            self.banner.deleteLater()
        self.banner = Banner(text, tone, name="teach.check_verdict")
        self.verdict.addWidget(self.banner)
