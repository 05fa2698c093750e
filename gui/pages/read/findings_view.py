"""What the check of a data set found, in plain words, worst first."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from engine.api import DatasetLint, LintFinding
from gui.text.errors import reason
from gui.text.findings import finding_why
from gui.widgets.chip import Chip
from gui.widgets.elided import ElidedLabel
from gui.widgets.layout import clear, column, holder, row
from gui.widgets.text import Text

_ORDER = {"error": 0, "warning": 1, "note": 2}
_TONES = {"error": "danger", "warning": "warning", "note": "neutral"}


def severity_text(severity: str) -> str:
    """The weight of a finding in a word or two."""
    translate = QCoreApplication.translate
    if severity == "error":
        return translate("Findings", "Must be corrected")
    if severity == "warning":
        return translate("Findings", "Worth a look")
    return translate("Findings", "Good to know")


class FindingsView(QWidget):
    """A line per finding: its weight, the sentence, and some of the rows it is about."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("read.findings")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)

    def show_text(self, text: str) -> None:
        """A sentence in place of findings: what is going on, or that nothing was found."""
        clear(self._column)
        self._column.addWidget(Text(text, "muted", wrap=True))

    def show_lint(self, lint: DatasetLint) -> None:
        if not lint.findings:
            self.show_text(self.tr("Nothing stands in the way: no duplicates, conflicts or rare labels were found."))
            return
        clear(self._column)
        for finding in sorted(lint.findings, key=lambda item: _ORDER.get(item.severity, 3)):
            self._column.addLayout(self._line(finding))

    def _line(self, finding: LintFinding) -> QHBoxLayout:
        chip = Chip(severity_text(finding.severity), _TONES.get(finding.severity, "neutral"))
        words = column(Text(reason(finding.message), wrap=True, selectable=True), spacing=2)
        if why := finding_why(finding.code):
            words.addWidget(Text(why, "muted", wrap=True))
        for example in finding.examples:
            words.addWidget(ElidedLabel(reason(example), "caption"))
        mark = holder(row(chip, "stretch"))
        widest = max(Chip(severity_text(severity)).sizeHint().width() for severity in _ORDER)
        mark.setMinimumWidth(widest)  # the sentences begin below each other
        line = row(mark, words, spacing=12)
        line.setAlignment(mark, Qt.AlignmentFlag.AlignTop)
        line.setStretch(1, 1)
        return line
