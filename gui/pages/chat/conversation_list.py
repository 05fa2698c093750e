"""The conversations kept in the workspace: search, open, rename, delete, start a new one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QInputDialog, QLineEdit, QMenu, QWidget

from engine.api import ConversationInfo
from gui.text.moments import short_moment
from gui.widgets.buttons import Button
from gui.widgets.dialog import confirm
from gui.widgets.naming import named
from gui.widgets.search_field import SearchField
from gui.widgets.side_panel import SidePanel
from gui.widgets.text import Text
from gui.widgets.two_line_list import ListRow, TwoLineList


class ConversationList(SidePanel):
    """The left column of the page.

    Signals:
        opened(int): a conversation was chosen.
        entered(int): Enter or a double click: open it and go on asking.
        new_requested(): start afresh.
        query_changed(str): what to search for, after a pause in typing.
        renamed(int, str): conversation and its new title.
        deleted(int): the person confirmed the deletion.
    """

    opened = Signal(int)
    entered = Signal(int)
    new_requested = Signal()
    query_changed = Signal(str)
    renamed = Signal(int, str)
    deleted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("chat.conversation_list", parent)
        self._infos: dict[int, ConversationInfo] = {}

        self.new = Button(self.tr("New conversation"), "chat.new", icon="add", tip="Ctrl+N")
        self.new.clicked.connect(self.new_requested)
        self.search = SearchField(self.tr("Search conversations"), "chat.search")
        self.search.searched.connect(self.query_changed)

        self.list = named(TwoLineList(), "chat.conversations", self.tr("Conversations"))
        self.list.chosen.connect(lambda key: self.opened.emit(int(key)))
        self.list.opened.connect(lambda key: self.entered.emit(int(key)))
        self.search.installEventFilter(self)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._on_menu)
        self.list.installEventFilter(self)

        self.nothing = Text(role="caption", wrap=True)
        self.nothing.setObjectName("chat.no_conversations")
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop)

        for part in (self.new, self.search, self.nothing):
            self.column.addWidget(part)
        self.column.addWidget(self.list, 1)
        self.show_conversations((), None)

    def show_conversations(self, infos: Sequence[ConversationInfo], current: int | None) -> None:
        """List what the engine found; the current one stays marked."""
        self._infos = {info.id: info for info in infos}
        rows = [ListRow(str(info.id), info.title, self._detail(info)) for info in infos]
        self.list.set_rows(rows, str(current) if current is not None else "")
        searching = bool(self.search.text().strip())
        self.nothing.setText(
            self.tr("No conversation contains these words.")
            if searching
            else self.tr("Your conversations will be kept here.")
        )
        self.nothing.setVisible(not infos)
        self.list.setVisible(bool(infos))
        self.column.setStretch(self.column.indexOf(self.nothing), 0 if infos else 1)

    def set_current(self, conversation: int | None) -> None:
        self.list.set_current(str(conversation) if conversation is not None else None)

    def rename(self, conversation: int) -> None:
        """Ask for a new title."""
        info = self._infos.get(conversation)
        if info is None:
            return
        title, ok = QInputDialog.getText(
            self, self.tr("Rename conversation"), self.tr("New title"), QLineEdit.EchoMode.Normal, info.title
        )
        if ok and title.strip() and title.strip() != info.title:
            self.renamed.emit(conversation, title.strip())

    def delete(self, conversation: int) -> None:
        """Ask first: a deleted conversation cannot be brought back."""
        info = self._infos.get(conversation)
        if info is None:
            return
        words = self.tr("“{title}” and all its messages are removed. This cannot be undone.")
        if confirm(
            self,
            "chat.delete",
            self.tr("Delete this conversation?"),
            words.format(title=info.title),
            self.tr("Delete"),
            self.tr("Cancel"),
        ):
            self.deleted.emit(conversation)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        key = self.list.current_key()
        if watched is self.search and event.key() == Qt.Key.Key_Down and self.list.count():
            self.list.setFocus(Qt.FocusReason.TabFocusReason)
            return True
        if watched is self.list and key is not None and event.key() == Qt.Key.Key_F2:
            self.rename(int(key))
            return True
        if watched is self.list and key is not None and event.key() == Qt.Key.Key_Delete:
            self.delete(int(key))
            return True
        return super().eventFilter(watched, event)

    def _on_menu(self, where: QPoint) -> None:
        item = self.list.itemAt(where)
        if item is None:
            return
        key = self.list.keys()[self.list.row(item)]
        menu = QMenu(self)
        menu.setObjectName("chat.conversation_list_menu")
        menu.addAction(self.tr("Rename…"), lambda: self.rename(int(key)))
        menu.addAction(self.tr("Delete…"), lambda: self.delete(int(key)))
        menu.exec(self.list.mapToGlobal(where))
        menu.deleteLater()

    def _detail(self, info: ConversationInfo) -> str:
        return self.tr("{when} · {collection}").format(when=short_moment(info.updated), collection=info.collection)
