"""The result of an import: a toast if all is well, a list of refused rows if not."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from engine.api import DataImported
from gui.text.errors import reason
from gui.text.shares import count
from gui.widgets.banner import Banner
from gui.widgets.buttons import Button
from gui.widgets.dialog import Dialog
from gui.widgets.table import Table
from gui.widgets.text import Text
from gui.widgets.toast import show_toast


class ImportReport(Dialog):
    """Which rows were refused, and why."""

    def __init__(self, result: DataImported, parent: QWidget) -> None:
        super().__init__(
            parent,
            "import_report",
            self.tr("“{name}” is imported").format(name=result.dataset),
            self.tr("{accepted} of {rows} rows were taken; {rejected} were refused.").format(
                accepted=f"{result.accepted:,}", rows=f"{result.rows:,}", rejected=f"{result.rejected_count:,}"
            ),
            width=680,
        )
        for place, text in enumerate(result.warnings):
            self.body.addWidget(Banner(reason(text), "warning", name=f"import_report.warning{place}"))
        if result.rejected_count > len(result.rejected) and result.reasons:
            # The table has the first rows alone; what the others lack is told by reason.
            lines = [
                self.tr("{count} like “{reason}”").format(count=count(one.count), reason=reason(one.examples[0].reason))
                for one in result.reasons
                if one.examples
            ]
            by_reason = Text("\n".join(lines), "muted", wrap=True, selectable=True)
            by_reason.setObjectName("import_report.reasons")
            self.body.addWidget(by_reason)
        if result.rejected:
            self.table = Table("import_report.table", self.tr("Refused rows"))
            self.table.set_rows(
                (self.tr("Line"), self.tr("Reason")),
                [(item.line, reason(item.reason)) for item in result.rejected],
                widths=(90,),
            )
            self.table.setMinimumHeight(240)
            self.body.addWidget(self.table)
            copy = Button(self.tr("Copy the list"), "import_report.copy", icon="copy")
            copy.clicked.connect(self._on_copy)
            self.buttons.addWidget(copy)
        self.add_button(self.tr("Close"), "close", kind="primary", accepts=True)

    def _on_copy(self) -> None:
        self.table.selectAll()
        self.table.copy_selection()


def show_import_result(parent: QWidget, result: DataImported) -> None:
    """Tell what became of an import."""
    if not result.rejected_count and not result.warnings:
        text = QCoreApplication.translate("ImportReport", "%n row(s) imported into “{name}”.", "", result.accepted)
        show_toast(parent, text.format(name=result.dataset), "success")
        return
    dialog = ImportReport(result, parent)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
