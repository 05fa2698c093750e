"""What became of each file that was added, with the reason where one was refused."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from engine.api import DocumentsAdded
from gui.text.errors import reason
from gui.text.jobs import file_status_text, file_status_tone
from gui.widgets.dialog import Dialog
from gui.widgets.table import Table


def report_summary(result: DocumentsAdded) -> tuple[str, str]:
    """One sentence about an addition, and its tone."""
    counts = Counter(file.status for file in result.files)
    translate = QCoreApplication.translate
    parts = []
    for status, n in sorted(counts.items()):
        parts.append(f"{file_status_text(status)}: {n}")
    text = translate("FileReport", "“{collection}” is up to date.").format(collection=result.collection)
    tone = "success"
    if counts["failed"] or counts["skipped"]:
        tone = "warning" if counts["indexed"] or counts["unchanged"] else "danger"
    elif counts["missing"]:
        tone = "warning"
    return f"{text}  {'  ·  '.join(parts)}", tone


class FileReportDialog(Dialog):
    """Every file with its state; the refused ones first."""

    def __init__(self, result: DocumentsAdded, parent: QWidget) -> None:
        super().__init__(parent, "file_report", self.tr("Files read"), report_summary(result)[0], width=760)
        order = {"failed": 0, "skipped": 1, "missing": 2, "removed": 3, "indexed": 4, "unchanged": 5}
        files = sorted(result.files, key=lambda file: order.get(file.status, len(order)))
        table = Table("file_report.table", self.tr("Files read"))
        table.set_rows(
            (self.tr("File"), self.tr("State"), self.tr("Passages"), self.tr("Reason")),
            [
                (Path(file.path).name, file_status_text(file.status), file.passages, reason(file.reason or ""))
                for file in files
            ],
            widths=(240, 110, 90),
            tones={(place, 1): file_status_tone(file.status) for place, file in enumerate(files)},
        )
        table.setMinimumHeight(280)
        self.body.addWidget(table)
        self.add_button(self.tr("Close"), "close", kind="primary", accepts=True)
