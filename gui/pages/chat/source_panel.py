"""The page that an answer was taken from, with the quoted words marked and in view."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QTextEdit, QVBoxLayout, QWidget

from engine.api import DocumentPage, GetPage
from engine.errors import EngineError
from engine.values import Citation
from gui.bridge.client import EngineClient
from gui.bridge.latest import Latest
from gui.pages.chat.offsets import document_position, excerpt_span
from gui.pages.chat.plain_text import place_of
from gui.text.errors import advice, sentence
from gui.theme import theme, tokens
from gui.widgets.buttons import Button, IconButton
from gui.widgets.card import Card
from gui.widgets.naming import named
from gui.widgets.text import Text


class SourcePanel(QWidget):
    """Shows one page of one document.

    Signals:
        closed: the person wants the room back.
    """

    closed = Signal()

    def __init__(self, client: EngineClient, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("chat.source")
        self._client = client
        self._latest = Latest(self)
        self._citation: Citation | None = None
        self._page: DocumentPage | None = None
        self._span: tuple[int, int] | None = None

        self.title = Text(role="h3", wrap=True)
        self.title.setObjectName("chat.source_title")
        self.close_button = IconButton("close", self.tr("Close the source"), "chat.source_close")
        self.close_button.clicked.connect(self.closed)
        words = self.tr("Previous page")
        self.previous = IconButton("chevron-left", words, "chat.source_previous", small=True)
        self.previous.clicked.connect(lambda: self._turn(-1))
        self.next = IconButton("chevron-right", self.tr("Next page"), "chat.source_next", small=True)
        self.next.clicked.connect(lambda: self._turn(+1))
        self.place = Text(role="muted")
        self.place.setObjectName("chat.source_page")
        words = self.tr("Back to the quoted words")
        self.back = Button(words, "chat.source_back", kind="ghost", icon="quote", small=True)
        self.back.clicked.connect(self._back)

        self.text = named(QPlainTextEdit(), "chat.source_text", self.tr("Text of the page"))
        self.text.setReadOnly(True)
        self.text.setProperty("plain", True)
        self.text.setTabChangesFocus(True)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.note = Text(role="caption", wrap=True)
        self.note.setObjectName("chat.source_note")
        self.note.hide()

        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.title, 1)
        top.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        turn = QHBoxLayout()
        turn.setSpacing(4)
        turn.addWidget(self.previous)
        turn.addWidget(self.place)
        turn.addWidget(self.next)
        turn.addStretch(1)
        turn.addWidget(self.back)
        card = Card(padding=0)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 8, 8, 8)
        outer.addWidget(card)
        column = QVBoxLayout()
        card.add(column, 1)
        column.setContentsMargins(20, 16, 12, 12)
        column.setSpacing(8)
        column.addLayout(top)
        column.addLayout(turn)
        column.addWidget(self.note)
        column.addWidget(self.text, 1)
        theme().changed.connect(self._mark)

    def open(self, citation: Citation) -> None:
        """Fetch the page of a citation and mark its excerpt."""
        self._citation = citation
        self.title.setText(citation.title or place_of(citation))
        self._fetch(citation.document_id, citation.page or 1)

    def highlighted(self) -> str:
        """The marked words, as they stand in the page; empty where nothing is marked."""
        selections = self.text.extraSelections()
        return selections[0].cursor.selectedText().replace("\u2029", "\n") if selections else ""

    def _fetch(self, document: int, page: int) -> None:
        job = self._client.call(GetPage(document, page))
        self._latest.run(job, done=self._show, failed=self._on_failed)

    def _show(self, page: DocumentPage) -> None:
        self._page = page
        citation = self._citation
        self.title.setText(page.title)
        self.text.setPlainText(page.text)
        self._span = None
        on_page = citation is not None and (citation.page or 1) == page.page
        if citation is not None and on_page:
            self._span = excerpt_span(page.text, citation.start, citation.end, citation.excerpt)
        lost = on_page and self._span is None
        self.note.setVisible(lost)
        if lost:
            self.note.setText(self.tr("The quoted words are no longer on this page: the document has changed since."))
        self.place.setText(
            self.tr("Page {page} of {pages}").format(page=page.page, pages=page.pages)
            if page.pages > 1
            else self.tr("Whole document")
        )
        for button in (self.previous, self.next):
            button.setVisible(page.pages > 1)
        self.previous.setEnabled(page.page > 1)
        self.next.setEnabled(page.page < page.pages)
        self.back.setVisible(citation is not None and not on_page)
        self._mark()
        # the panel may have no size yet when it was opened by this very click
        QTimer.singleShot(0, self, self._scroll)
        self._scroll()

    def _mark(self) -> None:
        if self._page is None or self._span is None:
            self.text.setExtraSelections([])
            return
        start, end = (document_position(self._page.text, offset) for offset in self._span)
        cursor = QTextCursor(self.text.document())
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        form = QTextCharFormat()
        form.setBackground(QColor(tokens().highlight))
        form.setForeground(QColor(tokens().text))
        mark = QTextEdit.ExtraSelection()
        mark.cursor = cursor
        mark.format = form
        self.text.setExtraSelections([mark])

    def _scroll(self) -> None:
        """Bring the excerpt a third of the way down, so that what leads to it is seen too."""
        if self._page is None:
            return
        start = document_position(self._page.text, self._span[0]) if self._span else 0
        cursor = QTextCursor(self.text.document())
        cursor.setPosition(start)
        self.text.setTextCursor(cursor)
        self.text.centerCursor()

    def _turn(self, step: int) -> None:
        if self._page is not None and self._citation is not None:
            self._fetch(self._citation.document_id, self._page.page + step)

    def _back(self) -> None:
        if self._citation is not None:
            self.open(self._citation)

    def _on_failed(self, error: EngineError) -> None:
        self._page, self._span = None, None
        self.text.clear()
        self.text.setExtraSelections([])
        self.place.clear()
        for button in (self.previous, self.next, self.back):
            button.hide()
        self.note.setText(f"{sentence(error)} {advice(error)}")
        self.note.show()
