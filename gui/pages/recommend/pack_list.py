"""The recommenders at the left, and the way to a new one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from engine.api import ModelInfo
from gui.text.moments import short_moment
from gui.widgets.buttons import Button
from gui.widgets.naming import named
from gui.widgets.side_panel import SidePanel
from gui.widgets.text import Text
from gui.widgets.two_line_list import ListRow, TwoLineList


class PackList(SidePanel):
    """The left column of the page.

    Signals:
        chosen(str): a recommender.
        fit_requested(): learn a new one.
    """

    chosen = Signal(str)
    fit_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("recommend.packs", parent)
        self.fit = Button(self.tr("Learn from your data"), "recommend.fit_new", icon="add")
        self.fit.clicked.connect(self.fit_requested)
        self.heading = Text(self.tr("Recommend with"), "overline")
        self.list = named(TwoLineList(), "recommend.pack_list", self.tr("Recommenders"))
        self.list.chosen.connect(self.chosen)
        self.column.addWidget(self.fit)
        self.column.addSpacing(8)
        self.column.addWidget(self.heading)
        self.column.addWidget(self.list, 1)
        self.column.addStretch(0)

    def show_packs(self, infos: Sequence[ModelInfo], current: str) -> None:
        self.list.set_rows([ListRow(info.name, info.name, self._detail(info)) for info in infos], current)
        self.heading.setVisible(bool(infos))

    def _detail(self, info: ModelInfo) -> str:
        if not info.ok:
            return self.tr("Cannot be used")
        return self.tr("version {version} · {made}").format(version=info.version, made=short_moment(info.created))
