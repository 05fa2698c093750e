"""The labelling queue of a skill, with the way back to the path."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.bridge.client import EngineClient
from gui.pages.label.view import LabelView
from gui.widgets.buttons import IconButton
from gui.widgets.elided import ElidedLabel
from gui.widgets.layout import row


class Labelling(QWidget):
    """Signals:
    closed(): back to the skill.
    failed(EngineError): something could not be done.
    """

    closed = Signal()
    failed = Signal(object)

    def __init__(self, client: EngineClient, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("teach.labelling")
        self._client = client
        self.view: LabelView | None = None
        back = IconButton("chevron-left", self.tr("Back to the skill"), "teach.label_back")
        back.clicked.connect(self.closed)
        self.name = ElidedLabel(role="h1")
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(32, 24, 32, 24)
        self._box.setSpacing(16)
        self._box.addLayout(row(back, self.name))

    def show_for(self, pack: str) -> None:
        """Label for this skill; the view is made the first time."""
        self.name.set_text(self.tr("Label texts for {name}").format(name=pack))
        if self.view is None:
            self.view = LabelView(self._client, pack)
            self.view.failed.connect(self.failed)
            self._box.addWidget(self.view, 1)
        self.view.set_pack(pack)
        self.view.refresh()
        self.view.setFocus()

    def refresh(self) -> None:
        if self.view is not None:
            self.view.refresh()
