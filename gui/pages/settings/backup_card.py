"""Back up, restore, check."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from engine.api import Backup, BackupDone, GetVaultInfo, Restore, VaultInfo, VerifyWorkspace, WorkspaceVerified
from gui.bridge.client import EngineClient
from gui.pages.settings.setting_row import SettingRow
from gui.shell.restore_dialog import RestoreDialog
from gui.text.errors import reason
from gui.text.numbers import moment_text, size_text
from gui.text.sentences import sentences
from gui.widgets.banner import Banner
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.files import ask_save_file
from gui.widgets.layout import clear, column, line
from gui.widgets.toast import show_toast


class BackupCard(Card):
    """Copies of the workspace, encrypted like it."""

    def __init__(self, client: EngineClient) -> None:
        super().__init__(spacing=8)
        self.set_title(self.tr("Backup"))
        self._client = client
        back_up = Button(self.tr("Back up…"), "settings.backup", icon="backup")
        back_up.clicked.connect(self._on_back_up)
        restore = Button(self.tr("Restore…"), "settings.restore", icon="history")
        restore.clicked.connect(self._on_restore)
        check = Button(self.tr("Check now"), "settings.verify", icon="shield")
        check.clicked.connect(self._on_check)
        self._last = SettingRow(self.tr("Backup"), self.tr("There is no backup yet."), back_up)
        self.add(self._last)
        self.add(line())
        self.add(
            SettingRow(
                self.tr("Restore"),
                self.tr("Puts a backup in the place of the workspace; the present file is kept."),
                restore,
            )
        )
        self.add(line())
        self.add(
            SettingRow(
                self.tr("Check the workspace"), self.tr("Reads every page of the file and the whole audit log."), check
            )
        )
        self._result = column()
        self.add(self._result)

    def refresh(self) -> None:
        self._client.ask(self, GetVaultInfo(), self._on_info)

    def _on_info(self, info: VaultInfo) -> None:
        if info.last_backup:
            text = self.tr("The last one was made on {moment}. It opens with the passphrase of that time.")
            self._last.set_about(text.format(moment=moment_text(info.last_backup)))
        else:
            self._last.set_about(self.tr("There is no backup yet. A backup is one encrypted file."))

    def _on_back_up(self) -> None:
        path = ask_save_file(
            self,
            self.tr("Back up the workspace"),
            f"casemate-{date.today().isoformat()}.casemate",
            self.tr("Casemate backups ({types})").format(types="*.casemate"),
        )
        if path is not None:
            self._client.ask(self, Backup(path=str(path)), self._on_backed_up)

    def _on_backed_up(self, result: BackupDone) -> None:
        text = self.tr("Backed up and verified: {file}, {size}.")
        show_toast(self, text.format(file=Path(result.path).name, size=size_text(result.size_bytes)), "success")
        self.refresh()

    def _on_restore(self) -> None:
        dialog = RestoreDialog(self)
        dialog.chosen.connect(
            lambda path, passphrase: self._client.ask(
                self, Restore(path=path, passphrase=passphrase), lambda _restored: None
            )
        )
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_check(self) -> None:
        self._client.ask(self, VerifyWorkspace(), self._on_checked)

    def _on_checked(self, result: WorkspaceVerified) -> None:
        clear(self._result)
        if result.ok:
            text, tone = (
                self.tr("The workspace is sound: every page and the audit log are as they should be."),
                "success",
            )
        else:
            problems = sentences(*map(reason, result.problems[:5]))
            text, tone = self.tr("The workspace is damaged: {problems}").format(problems=problems), "danger"
        self._result.addWidget(
            Banner(text, tone, close_label=self.tr("Close this message"), name="settings.verify.result")
        )
