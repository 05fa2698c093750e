"""The line above a conversation: its title, who answers (a collection, or an agent), and what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QMenu, QWidget

from engine.api import CollectionInfo, ConversationInfo, Profile
from gui.icons import icon
from gui.theme import theme
from gui.widgets.buttons import IconButton
from gui.widgets.elided import ElidedLabel
from gui.widgets.naming import named
from gui.widgets.text import Text

PROFILE = Qt.ItemDataRole.UserRole + 1


class ChatHeader(QWidget):
    """The head of the conversation.

    Signals:
        collection_chosen(str): a collection or an agent was chosen by the person's hand; carries the collection.
        rename_requested(int), delete_requested(int): the conversation shown.
        export_requested(int, str): write the conversation to a file: "md", "pdf" or "json".
        copy_requested(int): put the conversation on the clipboard.
    """

    collection_chosen = Signal(str)
    rename_requested = Signal(int)
    delete_requested = Signal(int)
    export_requested = Signal(int, str)
    copy_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("chat.header")
        self._conversation: int | None = None
        self.name = ElidedLabel(role="h3")
        self.name.setObjectName("chat.title")

        self._profiles: dict[str, Profile] = {}
        self.picker = named(QComboBox(), "chat.collection", self.tr("Who answers: a collection, or an agent"))
        self.picker.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.picker.activated.connect(lambda _row: self.collection_chosen.emit(self.collection()))
        self._ask = Text(self.tr("Answers come from"), "muted")
        self._ask.setBuddy(self.picker)

        words = self.tr("Rename, copy, export or delete this conversation")
        self.more = IconButton("more", words, "chat.conversation_actions")
        menu = QMenu(self.more)
        menu.setObjectName("chat.conversation_menu")
        menu.addAction(self.tr("Rename…"), self._rename)
        menu.addAction(self.tr("Copy with sources"), self._copy)
        menu.addSeparator()
        kinds = (
            ("md", self.tr("Export as Markdown…")),
            ("pdf", self.tr("Export as PDF…")),
            ("json", self.tr("Export as JSON…")),
        )
        for kind, text in kinds:
            menu.addAction(text).triggered.connect(partial(self._export, kind))
        menu.addSeparator()
        menu.addAction(self.tr("Delete…"), self._delete)
        self.more.setMenu(menu)

        row = QHBoxLayout(self)
        row.setContentsMargins(24, 16, 16, 8)
        row.setSpacing(8)
        row.addWidget(self.name, 1)
        row.addWidget(self._ask)
        row.addWidget(self.picker)
        row.addWidget(self.more)
        self.show_conversation(None)

    def collection(self) -> str:
        """Name of the collection to ask, by itself or by the chosen agent; empty where there is none."""
        if (profile := self._profiles.get(self.profile())) is not None:
            return profile.collection
        return str(self.picker.currentData() or "")

    def profile(self) -> str:
        """Name of the chosen agent; empty where a collection is asked by itself."""
        return str(self.picker.currentData(PROFILE) or "")

    def greeting(self, language: str) -> str:
        """What the chosen agent says first, in a language ("en" or "zh"); empty where it says nothing."""
        profile = self._profiles.get(self.profile())
        if profile is None:
            return ""
        first, second = profile.greeting, profile.greeting_zh
        return (second or first) if language == "zh" else (first or second)

    def show_collections(self, infos: Sequence[CollectionInfo], profiles: Sequence[Profile] = ()) -> None:
        """Fill the picker; what is chosen stays chosen. Agents without documents or answers are offered too."""
        before, agent = str(self.picker.currentData() or ""), self.profile()
        self._profiles = {profile.name: profile for profile in profiles}
        self.picker.clear()
        for info in infos:
            self.picker.addItem(icon("library", "muted", 16), info.name, info.name)
        if profiles and infos:
            self.picker.insertSeparator(self.picker.count())
        for profile in profiles:
            self.picker.addItem(icon("desk", "accent", 16), profile.name, "")
            self.picker.setItemData(self.picker.count() - 1, profile.name, PROFILE)
        first = 0 if infos or profiles else -1
        place = self.picker.findData(agent, PROFILE) if agent else self.picker.findData(before) if before else -1
        self.picker.setCurrentIndex(place if place >= 0 else first)

    def choose(self, collection: str, profile: str = "") -> None:
        """Ask this agent or this collection, if it is there. Nothing is announced."""
        place = self.picker.findData(profile, PROFILE) if profile else -1
        if place < 0 and collection:
            place = self.picker.findData(collection)
        if place >= 0:
            self.picker.setCurrentIndex(place)

    def show_conversation(self, info: ConversationInfo | None, profile: str | None = None) -> None:
        """Title and collection of a conversation, None for a new one; the agent where it is known."""
        self._conversation = info.id if info is not None else None
        self.name.set_text(info.title if info is not None else self.tr("New conversation"))
        self.more.setVisible(info is not None)
        if info is not None and (profile is not None or not self.profile()):
            self.choose(info.collection, profile or "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where room is short, the title needs it more than the words before the picker."""
        super().resizeEvent(event)
        self._ask.setVisible(self.width() >= theme().px(560))

    def _rename(self) -> None:
        if self._conversation is not None:
            self.rename_requested.emit(self._conversation)

    def _copy(self) -> None:
        if self._conversation is not None:
            self.copy_requested.emit(self._conversation)

    def _export(self, kind: str, _checked: bool = False) -> None:
        if self._conversation is not None:
            self.export_requested.emit(self._conversation, kind)

    def _delete(self) -> None:
        if self._conversation is not None:
            self.delete_requested.emit(self._conversation)
