"""The versions of a skill: which is in use, how good each is, and the way back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.api import ModelInfo
from gui.text.moments import short_moment
from gui.text.shares import percent
from gui.widgets.buttons import Button
from gui.widgets.fit import fit_height
from gui.widgets.layout import row
from gui.widgets.table import Table
from gui.widgets.text import Text


class VersionsTab(QWidget):
    """A table of the versions with the one way back.

    Signals:
        roll_back_requested(): make the version before the present one current again.
    """

    roll_back_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("read.versions")
        self.words = Text(role="muted", wrap=True)
        self.words.setText(
            self.tr("Teaching the same skill again makes a new version. The one before stays and can be used again.")
        )
        self.table = Table("read.versions_table", self.tr("Versions of this skill"), sortable=False)
        self.back = Button(self.tr("Go back to the version before"), "read.roll_back", icon="history")
        self.back.clicked.connect(self.roll_back_requested)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.words)
        column.addWidget(self.table)
        column.addLayout(row(self.back, "stretch"))
        column.addStretch(1)

    def show_versions(self, infos: Sequence[ModelInfo]) -> None:
        """List every version of one skill."""
        infos = sorted(infos, key=lambda info: -info.version)
        finds = any(info.task == "entities" for info in infos)
        measured = self.tr("F1") if finds else self.tr("Right answers")
        heads = (self.tr("Version"), self.tr("In use"), measured, self.tr("Made"), self.tr("Size"))
        rows = [
            (
                str(info.version),
                self.tr("in use") if info.current else "",
                next((percent(info.metrics[key]) for key in ("accuracy", "f1") if key in info.metrics), "–"),
                short_moment(info.created),
                self.tr("{size} kB").format(size=max(1, info.bytes // 1000)),
            )
            for info in infos
        ]
        tones = {(place, 1): "success" for place, info in enumerate(infos) if info.current}
        self.table.set_rows(heads, rows, widths=(90, 100, 140, 160), tones=tones)
        fit_height(self.table, 12)
        current = next((info.version for info in infos if info.current), None)
        self.back.setEnabled(current is not None and any(info.version < current for info in infos))
