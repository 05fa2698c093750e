"""Glue between window and engine: unlocking, locking, idling, a dead engine, errors that nobody else shows."""

from __future__ import annotations

import logging
import secrets
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from engine.api import GetWorkspace, LoadSamples, Restore, Restored, Unlock, UnlockFromKeychain, WorkspaceState
from engine.errors import EngineError
from gui.bridge.client import EngineClient
from gui.bridge.job import Job
from gui.bridge.show_error import is_silent, show_error
from gui.bridge.trainings import Trainings
from gui.shell.gate import Gate
from gui.shell.idle import IdleWatch
from gui.shell.watching import FolderWatch
from gui.text import language
from gui.text.errors import advice, sentence
from gui.text.jobs import job_title
from gui.widgets.toast import show_toast

if TYPE_CHECKING:
    from gui.main_window import MainWindow

log = logging.getLogger(__name__)


class Session(QObject):
    """Follows one engine on behalf of one window."""

    def __init__(self, client: EngineClient, window: MainWindow) -> None:
        super().__init__(window)
        self._client = client
        self._window = window
        self._idle = IdleWatch(self)
        self._idle.idle.connect(self._on_idle)
        self.watch = FolderWatch(client, window)
        Trainings.of(client)  # follows every training from its start, whichever page asks for it
        client.unhandled.connect(self._on_unhandled)
        client.unlocked.connect(self._on_unlocked)
        client.locked.connect(self._on_locked)
        client.host_died.connect(self._on_host_died)
        client.job_ended.connect(self._on_job_ended)
        client.restored.connect(self._on_restored)
        client.data_changed.connect(self._on_data_changed)
        if window.is_demo:
            self._open_demo()
        else:
            client.ask(self, GetWorkspace(), self._on_state)

    # --- the gate ---------------------------------------------------------------------------------------------

    def connect_gate(self, gate: Gate) -> None:
        gate.unlock_requested.connect(self._on_unlock)
        gate.keychain_requested.connect(self._on_keychain)
        gate.restore_requested.connect(self._on_restore)

    def _on_state(self, state: WorkspaceState) -> None:
        if not state.unlocked and self._window.shell is None:
            self._window.gate.set_exists(exists=state.exists)
            if state.in_keychain:
                self._window.gate.offer_keychain()

    def _on_unlock(self, passphrase: str, create: bool, remember: bool) -> None:
        request = Unlock(passphrase=passphrase, create=create, remember=remember)
        self._client.ask(self, request, lambda _state: None, self._on_not_unlocked)

    def _on_keychain(self) -> None:
        self._client.ask(self, UnlockFromKeychain(), lambda _state: None, self._on_not_unlocked)

    def _on_not_unlocked(self, error: EngineError) -> None:
        self._window.gate.show_message(f"{sentence(error)} {advice(error)}")
        # Opening can work while remembering fails; the state tells.
        self._client.ask(self, GetWorkspace(), self._on_state)

    def _on_restore(self) -> None:
        from gui.shell.restore_dialog import RestoreDialog

        dialog = RestoreDialog(self._window)
        dialog.chosen.connect(self._on_backup_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_backup_chosen(self, path: str, passphrase: str) -> None:
        self._client.ask(self, Restore(path=path, passphrase=passphrase), lambda _restored: None)

    def _on_restored(self, result: Restored) -> None:
        text = self.tr("The backup is in place.")
        if result.kept_as:
            text += " " + self.tr("The file before it was kept as {name}.").format(name=Path(result.kept_as).name)
        show_toast(self._window, text, "success")
        if self._window.shell is not None:
            self._window.rebuild()
        self._client.ask(self, GetWorkspace(), self._on_state)

    # --- open and locked --------------------------------------------------------------------------------------

    def _open_demo(self) -> None:
        """A throwaway workspace needs no passphrase that anybody knows."""
        self._client.ask(
            self, Unlock(passphrase=secrets.token_urlsafe(24), create=True), lambda _state: self._load_samples()
        )

    def _load_samples(self) -> None:
        self._client.ask(
            self,
            LoadSamples(language="zh" if language.current() == "zh_CN" else "en"),
            lambda _loaded: show_toast(self._window, self.tr("The samples are ready."), "success"),
        )

    def _on_unlocked(self, state: WorkspaceState) -> None:
        self._window.gate.clear()
        self._window.open_rooms()
        if not self._window.is_demo:
            self._idle.start(state.auto_lock_s)

    def _on_data_changed(self, topic: str) -> None:
        if topic == "settings" and self._client.is_unlocked and not self._window.is_demo:
            self._client.ask(self, GetWorkspace(), lambda state: self._idle.start(state.auto_lock_s), slot="idle")

    def _on_locked(self) -> None:
        self._idle.stop()
        self._window.close_rooms()

    def _on_idle(self) -> None:
        if self._client.long_jobs():
            self._idle.start_again()  # a running job is use; locking would end it
        else:
            self._client.lock()

    # --- what went wrong --------------------------------------------------------------------------------------

    def _on_host_died(self) -> None:
        if self._window.is_demo:
            self._open_demo()
        self._window.show_banner(
            self.tr(
                "The engine stopped unexpectedly and was started again. Everything stored is intact; "
                "jobs that were running are marked as interrupted. Unlock the workspace to go on."
            )
        )

    def _on_unhandled(self, error: EngineError) -> None:
        if not is_silent(error):
            show_error(self._window, error)

    def _on_job_ended(self, job: Job) -> None:
        if job.is_stopping:
            show_toast(self._window, self.tr("Stopped: {title}").format(title=job_title(job.request)))
