"""The page that an answer was taken from, as it is printed or as text, with the quoted words marked and in view."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QStackedWidget, QTextEdit, QVBoxLayout, QWidget

from engine.api import DocumentPage, GetPage, GetPageImage, PageImage
from engine.errors import EngineError
from engine.values import Citation
from gui.bridge.client import EngineClient
from gui.bridge.latest import Latest
from gui.pages.chat.offsets import document_position, excerpt_span
from gui.pages.chat.page_picture import PagePicture
from gui.pages.chat.plain_text import place_of
from gui.text.errors import advice, reason, sentence
from gui.theme import theme, tokens
from gui.widgets.buttons import Button, IconButton
from gui.widgets.card import Card
from gui.widgets.flow_layout import FlowLayout
from gui.widgets.layout import clear
from gui.widgets.naming import named
from gui.widgets.segmented import Segmented
from gui.widgets.text import Text


class SourcePanel(QWidget):
    """Shows one page of one document; the other sources of the answer are one click away.

    Signals:
        closed: the person wants the room back.
    """

    closed = Signal()

    def __init__(self, client: EngineClient, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("chat.source")
        self._client = client
        self._latest, self._picturing = Latest(self), Latest(self)
        self._prefers_text = False
        self._sources: tuple[Citation, ...] = ()
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
        self.picture = PagePicture(self.tr("Picture of the page"))
        self.views = QStackedWidget()
        self.views.addWidget(self.text)
        self.views.addWidget(self.picture)
        self.kind = Segmented(
            (("picture", self.tr("Page")), ("text", self.tr("Text"))),
            name="chat.source_kind",
            label=self.tr("How the page is shown"),
        )
        self.kind.changed.connect(self._on_kind_chosen)
        self.kind.hide()
        self.numbers = QWidget()
        self.numbers.setObjectName("chat.source_numbers")
        self.number_buttons: list[Button] = []
        self._number_flow = FlowLayout(self.numbers, spacing=4, line_spacing=4)
        self.numbers.hide()
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
        which = QHBoxLayout()
        which.setSpacing(8)
        which.addWidget(self.numbers, 1)
        which.addStretch(0)
        which.addWidget(self.kind)
        column.addLayout(which)
        column.addLayout(turn)
        column.addWidget(self.note)
        column.addWidget(self.views, 1)
        theme().changed.connect(self._mark)

    def open(self, citation: Citation, sources: tuple[Citation, ...] = ()) -> None:
        """Fetch the page of a citation and mark its excerpt; `sources` are all that the answer names."""
        if sources or citation not in self._sources:
            self._sources = sources
            self._number()
        for number, button in enumerate(self.number_buttons):
            button.setChecked(self._sources[number] == citation)
        self._citation = citation
        self.title.setText(citation.title or place_of(citation))
        self._fetch(citation.document_id, citation.page or 1)

    def _number(self) -> None:
        """One small button per source."""
        clear(self._number_flow)
        self.number_buttons = []
        for number, source in enumerate(self._sources, 1):
            button = Button(f"[{number}]", f"chat.source_number.{number}", small=True, kind="segment")
            button.setCheckable(True)
            place = place_of(source)
            button.setToolTip(place)
            button.setAccessibleName(self.tr("Source {number}: {place}").format(number=number, place=place))
            button.clicked.connect(lambda _checked=False, source=source: self.open(source))
            self._number_flow.addWidget(button)
            self.number_buttons.append(button)
        self.numbers.setVisible(len(self._sources) > 1)

    def highlighted(self) -> str:
        """The marked words, as they stand in the page; empty where nothing is marked."""
        selections = self.text.extraSelections()
        return selections[0].cursor.selectedText().replace("\u2029", "\n") if selections else ""

    def _fetch(self, document: int, page: int) -> None:
        self._picturing.drop()
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
        self._fetch_picture(page)
        # the panel may have no size yet when it was opened by this very click
        QTimer.singleShot(0, self, self._scroll)
        self._scroll()

    # --- the picture ------------------------------------------------------------------------------------------

    def _fetch_picture(self, page: DocumentPage) -> None:
        """Only a PDF has pages as printed."""
        if not page.doc.casefold().endswith(".pdf") or self._citation is None:
            self._show_text()
            return
        start, end = self._span or (0, 0)
        wide = self.picture.wanted_width()
        job = self._client.call(GetPageImage(self._citation.document_id, page.page, wide, start, end))
        self._picturing.run(job, done=self._on_picture, failed=lambda _error: self._show_text())

    def _on_picture(self, image: PageImage) -> None:
        if not image.png or not self.picture.show_image(image):
            self._show_text()
            if image.reason and self.note.isHidden():
                self.note.setText(reason(image.reason))
                self.note.show()
            return
        self.kind.show()
        self._show_kind("text" if self._prefers_text else "picture")

    def _show_text(self) -> None:
        self.kind.hide()
        self.views.setCurrentWidget(self.text)

    def _on_kind_chosen(self, kind: str) -> None:
        self._prefers_text = kind == "text"
        self._show_kind(kind)

    def _show_kind(self, kind: str) -> None:
        self.kind.set_current(kind)
        self.views.setCurrentWidget(self.text if kind == "text" else self.picture)
        if kind == "picture":
            QTimer.singleShot(0, self, self.picture.to_mark)

    # --- the text ---------------------------------------------------------------------------------------------

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
        self._show_text()
        for button in (self.previous, self.next, self.back):
            button.hide()
        self.note.setText(f"{sentence(error)} {advice(error)}")
        self.note.show()
