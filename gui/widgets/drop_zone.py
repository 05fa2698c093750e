"""An area that takes files and folders dropped on it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gui.icons import set_icon
from gui.widgets.naming import restyle
from gui.widgets.text import Text


def dropped_paths(data: QMimeData) -> list[Path]:
    """The files and folders of this machine that a drop carries."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


class DropTarget(QWidget):
    """A widget that takes files and folders dropped anywhere on it.

    Signals:
        dropped(list[Path]): files or folders were dropped here.
    """

    dropped = Signal(list)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_paths(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if paths := dropped_paths(event.mimeData()):
            event.acceptProposedAction()
            self.dropped.emit(paths)


class DropZone(QFrame):
    """A dashed frame with a sentence and room for a button.

    Signals:
        dropped(list[Path]): files or folders were dropped here.
    """

    dropped = Signal(list)

    def __init__(self, text: str, hint: str = "", *, name: str = "drop_zone", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(text)
        self.setProperty("kind", "drop")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, True)
        self.setAcceptDrops(True)
        box = QHBoxLayout(self)
        box.setContentsMargins(20, 16, 16, 16)
        box.setSpacing(14)
        mark = QLabel()
        set_icon(mark, "upload", "muted", 22)
        box.addWidget(mark)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(Text(text, "strong", wrap=True))
        if hint:
            texts.addWidget(Text(hint, "caption", wrap=True))
        box.addLayout(texts, 1)
        self.tools = QHBoxLayout()
        self.tools.setSpacing(8)
        box.addLayout(self.tools)

    def add_action(self, control: QWidget) -> None:
        self.tools.addWidget(control)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_paths(event.mimeData()):
            event.acceptProposedAction()
            restyle(self, active=True)

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        restyle(self, active=False)

    def dropEvent(self, event: QDropEvent) -> None:
        restyle(self, active=False)
        if paths := dropped_paths(event.mimeData()):
            event.acceptProposedAction()
            self.dropped.emit(paths)
