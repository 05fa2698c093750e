"""What this program and this workspace are, and the self-test of machine and network."""

from __future__ import annotations

import json

from PySide6.QtWidgets import QApplication

from engine.api import Diagnose, Diagnosis, GetVaultInfo, VaultInfo
from gui.bridge.client import EngineClient
from gui.pages.settings.setting_row import SettingRow
from gui.text.numbers import moment_text, size_text
from gui.widgets.banner import Banner
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.layout import clear, column, line
from gui.widgets.text import Text


class AboutCard(Card):
    """Facts, and the doctor."""

    def __init__(self, client: EngineClient) -> None:
        super().__init__(spacing=8)
        self.set_title(self.tr("About"))
        self._client = client
        self._diagnosis: Diagnosis | None = None
        self._workspace = SettingRow(self.tr("Workspace"), "")
        self.add(self._workspace)
        self.add(line())
        self._test = Button(self.tr("Run the self-test"), "settings.doctor", icon="machine")
        self._test.clicked.connect(self._on_test)
        self._copy = Button(self.tr("Copy"), "settings.doctor.copy", kind="ghost", icon="copy")
        self._copy.clicked.connect(self._on_copy)
        self._copy.hide()
        self.add(
            SettingRow(
                self.tr("Self-test"),
                self.tr("Looks at machine and models, tries every way to the network and shows that it is refused."),
                self._copy,
                self._test,
            )
        )
        self._result = column(spacing=8)
        self.add(self._result)

    def refresh(self) -> None:
        self._client.ask(self, GetVaultInfo(), self._on_info)

    def _on_info(self, info: VaultInfo) -> None:
        facts = (
            info.path,
            size_text(info.size_bytes),
            f"{info.cipher}, {info.kdf}",
            self.tr("made {moment}").format(moment=moment_text(info.created)),
        )
        self._workspace.set_about("  ·  ".join(fact for fact in facts if fact))

    def _on_test(self) -> None:
        clear(self._result)
        self._result.addWidget(Text(self.tr("Testing…"), "muted"))
        self._test.setEnabled(False)
        job = self._client.ask(self, Diagnose(), self._on_diagnosis)
        job.ended.connect(lambda: self._test.setEnabled(True))

    def _on_diagnosis(self, result: Diagnosis) -> None:
        self._diagnosis = result
        self._copy.show()
        clear(self._result)
        attempts, refused = result.network.get("attempts", 0), result.network.get("refused", 0)
        if attempts and attempts == refused:
            text, tone = self.tr("Network: %n way(s) out tried, every one refused.", "", attempts), "success"
        else:
            text, tone = (
                self.tr("Network: {refused} of {attempts} ways out were refused.").format(
                    refused=refused, attempts=attempts
                ),
                "danger",
            )
        self._result.addWidget(Banner(text, tone, name="settings.doctor.network"))
        bad = [str(model.get("name")) for model in result.models if not model.get("ok", True)]
        models = (
            self.tr("Models: damaged are {names}.").format(names=", ".join(bad))
            if bad
            else self.tr("Models: %n checked, all intact.", "", len(result.models))
        )
        self._result.addWidget(Banner(models, "danger" if bad else "success", name="settings.doctor.models"))
        hardware = result.hardware
        facts = [str(hardware.get("cpu", "")), str(hardware.get("os", ""))]
        if "threads" in hardware:
            facts.append(self.tr("%n thread(s)", "", int(hardware["threads"])))
        if "memory_mb" in hardware:
            facts.append(
                self.tr("{free} of {all} memory free").format(
                    free=size_text(float(hardware.get("free_mb", 0)) * 1e6),
                    all=size_text(float(hardware["memory_mb"]) * 1e6),
                )
            )
        self._result.addWidget(Text("  ·  ".join(fact for fact in facts if fact), "caption", wrap=True))
        held = "  ·  ".join(f"{one['what']} {size_text(float(one['held_mb']) * 2**20)}" for one in result.memory)
        if held:
            self._result.addWidget(Text(self.tr("Memory held now: {held}").format(held=held), "caption", wrap=True))
        versions = "  ·  ".join(f"{name} {version}" for name, version in result.versions.items())
        self._result.addWidget(Text(versions, "caption", wrap=True))

    def _on_copy(self) -> None:
        if self._diagnosis is not None:
            import msgspec

            facts = msgspec.to_builtins(self._diagnosis)
            QApplication.clipboard().setText(json.dumps(facts, ensure_ascii=False, indent=2))
