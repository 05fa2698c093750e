"""What can be done with a whole conversation: copy, export, hand over."""

from __future__ import annotations

import re

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from engine.api import (
    CopyConversation,
    ExportConversation,
    HandoffDone,
    HandOver,
    PassageHit,
    Transcript,
)
from engine.values import Citation
from gui.bridge.client import EngineClient
from gui.bridge.show_error import show_error
from gui.pages.chat.handover_dialog import HandOverDialog
from gui.pages.chat.message_view import AnswerView
from gui.text.desk import was_masked
from gui.text.sentences import sentences
from gui.widgets.files import ask_save_file
from gui.widgets.toast import show_toast


def cited(hit: PassageHit) -> Citation:
    """A passage that was found, as a source to open."""
    return Citation(hit.doc, hit.page, hit.text, hit.start, hit.end, hit.document_id, hit.title)


class ConversationActs(QObject):
    """Signals:
    handed_over(AnswerView, int): a person will answer; the item of the desk.
    """

    handed_over = Signal(object, int)

    def __init__(self, client: EngineClient, page: QWidget) -> None:
        super().__init__(page)
        self._client = client
        self._page = page

    def copy(self, conversation: int) -> None:
        """Put the whole conversation on the clipboard, with numbered sources."""
        job = self._client.call(CopyConversation(conversation), self._page, "copy")
        job.finished.connect(self._on_copied)
        job.failed.connect(lambda error: show_error(self._page, error))

    def _on_copied(self, result: Transcript) -> None:
        QGuiApplication.clipboard().setText(result.text)
        show_toast(self._page, self.tr("The conversation and its sources are on the clipboard."), "success")

    def export(self, conversation: int, title: str, kind: str) -> None:
        """Write the conversation to a file of the person's choice."""
        filters = {
            "md": self.tr("Markdown (*.md)"),
            "pdf": self.tr("PDF (*.pdf)"),
            "json": self.tr("JSON (*.json)"),
        }
        name = re.sub(r"[^\w\- ]+", "", title).strip()[:60] or self.tr("conversation")
        path = ask_save_file(self._page, self.tr("Export the conversation"), f"{name}.{kind}", filters[kind])
        if path is None:
            return
        if path.suffix.casefold() != f".{kind}":
            path = path.with_name(f"{path.name}.{kind}")
        request = ExportConversation(conversation, str(path), kind)  # type: ignore[arg-type]
        job = self._client.call(request, self._page, "export")
        words = self.tr("The conversation was written to {name}.").format(name=path.name)
        job.finished.connect(lambda _done: show_toast(self._page, words, "success"))
        job.failed.connect(lambda error: show_error(self._page, error))

    def hand_over(self, view: AnswerView) -> None:
        """Ask for a note, then let a person answer."""
        if view.answer is None or view.answer.message is None:
            return
        message = view.answer.message
        dialog = HandOverDialog(self._page.window())
        dialog.agreed.connect(lambda note: self._hand_over(view, message, note))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _hand_over(self, view: AnswerView, message: int, note: str) -> None:
        job = self._client.call(HandOver(message, note), view)
        job.finished.connect(lambda done: self._on_handed_over(view, done))
        job.failed.connect(lambda error: show_error(self._page, error))

    def _on_handed_over(self, view: AnswerView, done: HandoffDone) -> None:
        view.show_waiting(done.handoff.id)
        self.handed_over.emit(view, done.handoff.id)
        words = self.tr("A person will answer this. It waits at the desk.")
        show_toast(self._page, sentences(words, was_masked(done.masked)), "success")
