"""The audit log: every act on the workspace, chained so that a change shows."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.api import AuditEntries, AuditExported, AuditVerified, ExportAudit, ListAudit, VerifyAudit
from gui.bridge.client import EngineClient
from gui.text.actions import action_text
from gui.text.numbers import moment_text
from gui.widgets.banner import Banner
from gui.widgets.buttons import Button
from gui.widgets.files import ask_save_file
from gui.widgets.layout import clear, column, row
from gui.widgets.naming import named
from gui.widgets.search_field import SearchField
from gui.widgets.table import Table
from gui.widgets.toast import show_toast


class AuditTab(QWidget):
    """The newest entries, a check of the chain, and an export without private content."""

    def __init__(self, client: EngineClient) -> None:
        super().__init__()
        named(self, "activity.audit", self.tr("Audit log"))
        self._client = client
        self.search = SearchField(self.tr("Search the log"), "activity.audit.search")
        self.search.setMaximumWidth(320)
        verify = Button(self.tr("Verify the chain"), "activity.audit.verify", icon="shield")
        verify.clicked.connect(lambda: self._client.ask(self, VerifyAudit(), self._on_verified))
        export = Button(self.tr("Export…"), "activity.audit.export", icon="download")
        export.clicked.connect(self._on_export)
        self.table = Table("activity.audit.table", self.tr("Audit log"))
        self.table.setTextElideMode(Qt.TextElideMode.ElideMiddle)  # paths: both ends tell
        self.search.searched.connect(self.table.set_filter)
        self._result = column()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        box.addLayout(row(self.search, "stretch", verify, export))
        box.addLayout(self._result)
        box.addWidget(self.table, 1)

    def refresh(self) -> None:
        self._client.ask(self, ListAudit(), self._on_listed)

    def _on_listed(self, result: AuditEntries) -> None:
        self.table.set_rows(
            (self.tr("No."), self.tr("When"), self.tr("What"), self.tr("About"), self.tr("Digest")),
            [
                (entry.seq, moment_text(entry.time), action_text(entry.action), entry.subject, entry.digest[:16])
                for entry in result.entries
            ],
            stretch=3,
            widths=(70, 170, 210, 0, 170),
        )

    def _on_verified(self, result: AuditVerified) -> None:
        clear(self._result)
        if result.ok:
            text = self.tr("The chain of %n entry(ies) is unbroken.", "", result.entries)
        else:
            text = self.tr("The chain is broken at entry {n}: the log was changed outside Casemate.").format(
                n=result.broken_at
            )
        self._result.addWidget(
            Banner(
                text,
                "success" if result.ok else "danger",
                close_label=self.tr("Close this message"),
                name="activity.audit.result",
            )
        )

    def _on_export(self) -> None:
        path = ask_save_file(
            self,
            self.tr("Export the audit log"),
            "audit.jsonl",
            self.tr("JSON lines ({types})").format(types="*.jsonl"),
        )
        if path is not None:
            self._client.ask(self, ExportAudit(path=str(path)), self._on_exported)

    def _on_exported(self, result: AuditExported) -> None:
        show_toast(self, self.tr("%n entry(ies) written.", "", result.entries), "success")
