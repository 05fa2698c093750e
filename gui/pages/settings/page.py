"""Settings: how it looks, how generators write, how it is kept safe, backups, and what this program is."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.bridge.client import EngineClient
from gui.pages.settings.about_card import AboutCard
from gui.pages.settings.backup_card import BackupCard
from gui.pages.settings.generator_card import GeneratorCard
from gui.pages.settings.look_card import LookCard
from gui.pages.settings.safety_card import SafetyCard
from gui.widgets.layout import column, holder
from gui.widgets.page import PageHead, scrolling

WIDTH = 920


class Page(QWidget):
    """Five cards in one column."""

    topics = ("settings", "workspace")

    def __init__(self, client: EngineClient, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("settings")
        self.title = self.tr("Settings")
        self.setAccessibleName(self.title)
        self.look = LookCard()
        self.generators = GeneratorCard(client)
        self.safety = SafetyCard(client)
        self.backup = BackupCard(client)
        self.about = AboutCard(client)
        cards = holder(
            column(
                self.look, self.generators, self.safety, self.backup, self.about, "stretch",
                spacing=16, margins=(0, 0, 8, 24),
            )
        )  # fmt: skip
        cards.setMaximumWidth(WIDTH)
        box = QVBoxLayout(self)
        box.setContentsMargins(32, 24, 24, 0)
        box.setSpacing(20)
        box.addWidget(
            PageHead(self.title, self.tr("The look is yours alone; everything else belongs to this workspace."))
        )
        self.area = scrolling(cards, "settings.scroll", self.title)
        box.addWidget(self.area, 1)

    def refresh(self) -> None:
        self.look.refresh()
        self.generators.refresh()
        self.safety.refresh()
        self.backup.refresh()
        self.about.refresh()

    def open_subject(self, subject: str) -> None:
        """Bring a card into view, from another page."""
        if subject == "generators":
            QTimer.singleShot(0, self, lambda: self.area.verticalScrollBar().setValue(self.generators.y()))
