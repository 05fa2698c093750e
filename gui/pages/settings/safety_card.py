"""Auto-lock and passphrase."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox

from engine.api import ChangePassphrase, ChangeSettings, GetSettings, SettingsValues
from gui.bridge.client import EngineClient
from gui.pages.settings.passphrase_dialog import PassphraseDialog
from gui.pages.settings.setting_row import SettingRow
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.layout import line
from gui.widgets.naming import named
from gui.widgets.toast import show_toast

MINUTES = (0, 1, 2, 5, 10, 15, 30, 60)


class SafetyCard(Card):
    """How soon the workspace locks by itself, and another passphrase."""

    def __init__(self, client: EngineClient) -> None:
        super().__init__(spacing=8)
        self.set_title(self.tr("Safety"))
        self._client = client
        self.auto_lock = named(QComboBox(), "settings.auto_lock", self.tr("Lock by itself"))
        for minutes in MINUTES:
            self.auto_lock.addItem(self._text(minutes), minutes * 60)
        self.auto_lock.activated.connect(self._on_chosen)
        change = Button(self.tr("Change…"), "settings.passphrase")
        change.clicked.connect(self._on_change)
        self.add(
            SettingRow(
                self.tr("Lock by itself"),
                self.tr("When neither keyboard nor mouse was used. A running job is finished first."),
                self.auto_lock,
            )
        )
        self.add(line())
        self.add(
            SettingRow(
                self.tr("Passphrase"),
                self.tr("The workspace is encrypted anew. Old backups keep the old passphrase."),
                change,
            )
        )

    def _text(self, minutes: int) -> str:
        if minutes == 0:
            return self.tr("Never")
        return self.tr("After %n minute(s)", "", minutes)

    def refresh(self) -> None:
        self._client.ask(self, GetSettings(), self._on_values)

    def _on_values(self, result: SettingsValues) -> None:
        seconds = int(result.values.get("auto_lock_s", 600))
        place = self.auto_lock.findData(seconds)
        if place < 0:
            self.auto_lock.addItem(self._text(round(seconds / 60)), seconds)
            place = self.auto_lock.count() - 1
        self.auto_lock.setCurrentIndex(place)

    def _on_chosen(self, _place: int) -> None:
        values = {"auto_lock_s": int(self.auto_lock.currentData())}
        self._client.ask(self, ChangeSettings(values=values), lambda _values: show_toast(self, self.tr("Saved.")))

    def _on_change(self) -> None:
        dialog = PassphraseDialog(self)
        dialog.chosen.connect(self._on_new_passphrase)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_new_passphrase(self, old: str, new: str) -> None:
        self._client.ask(
            self,
            ChangePassphrase(old=old, new=new),
            lambda _done: show_toast(self, self.tr("The passphrase is changed."), "success"),
        )
