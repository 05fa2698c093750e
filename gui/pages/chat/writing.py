"""The button that lets a generator write: summaries, other tones, translations, drafts of replies."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget

from gui.bridge.client import EngineClient
from gui.bridge.generator_choice import GeneratorChoice
from gui.widgets.buttons import Button
from gui.widgets.naming import named

if TYPE_CHECKING:
    from gui.pages.chat.write_dialog import WriteDialog


class WriteButton(Button):
    """A menu of tasks; each opens the dialog at its place.

    Signals:
        library_requested(): there is no generator yet; take one in.
    """

    library_requested = Signal()

    def __init__(self, client: EngineClient, choice: GeneratorChoice, page: QWidget) -> None:
        super().__init__(
            QCoreApplication.translate("WriteButton", "Write…"), "chat.write", kind="ghost", icon="edit", small=True
        )
        self.setToolTip(self.tr("Summarise, rewrite, translate, or draft a reply with a generator."))
        self._client, self._choice, self._page = client, choice, page
        self._collection, self._profile = "", ""
        self._conversation: int | None = None
        self._menu: QMenu | None = None
        self.dialog: WriteDialog | None = None
        self.clicked.connect(self._open_menu)

    def set_place(self, collection: str, profile: str, conversation: int | None) -> None:
        """What the page is about: the dialog starts from it."""
        self._collection, self._profile, self._conversation = collection, profile, conversation

    def _open_menu(self) -> None:
        self._menu = named(QMenu(self), "chat.write_menu", self.tr("What shall be written?"))
        tasks = (
            ("document", self.tr("Summarise a document…")),
            ("conversation", self.tr("Summarise this conversation…")),
            ("rewrite", self.tr("Rewrite a text…")),
            ("translate", self.tr("Translate a text…")),
            ("draft", self.tr("Draft a reply…")),
        )
        for task, words in tasks:
            action = self._menu.addAction(words)
            action.setEnabled(task != "conversation" or self._conversation is not None)
            action.triggered.connect(partial(self._open, task))
        size = self._menu.sizeHint()
        self._menu.popup(self.mapToGlobal(QPoint(0, -size.height() - 4)))

    def _open(self, task: str, _checked: bool = False) -> None:
        self.open_dialog(task)

    def open_dialog(self, task: str) -> WriteDialog:
        """Open the dialog at a task: document, conversation, rewrite, translate or draft."""
        from gui.pages.chat.write_dialog import WriteDialog  # not needed until then, and the window starts sooner

        dialog = WriteDialog(self._page.window(), self._client, self._choice)
        dialog.set_place(self._collection, self._profile, self._conversation)
        dialog.show_task(task)
        dialog.library_requested.connect(self.library_requested)
        dialog.finished.connect(dialog.deleteLater)
        self.dialog = dialog
        dialog.open()
        return dialog
