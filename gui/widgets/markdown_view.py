"""Markdown to read: as high as its text, with headings that fit into a card and tables with thin lines."""

from __future__ import annotations

import math

from PySide6.QtCore import QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextFrameFormat, QTextTable
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from gui.theme import theme, tokens
from gui.widgets.naming import named

ABOVE_HEADING, BELOW = 14, 4  # px at font scale 1


class MarkdownView(QTextBrowser):
    """The page around it scrolls; it does not."""

    def __init__(self, name: str, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, name, label)
        self.setProperty("plain", True)
        self.setOpenLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)
        self.document().documentLayout().documentSizeChanged.connect(self._on_size_changed)
        theme().changed.connect(self._dress)

    def set_markdown(self, text: str) -> None:
        self.setMarkdown(text)
        self._dress()

    def _on_size_changed(self, size: QSizeF) -> None:
        self.setFixedHeight(math.ceil(size.height()) + 8)

    def _dress(self) -> None:
        """Give headings, paragraphs and tables their place; Markdown knows no sizes."""
        block = self.document().begin()
        while block.isValid():
            cursor = QTextCursor(block)
            layout = QTextBlockFormat()
            if block.blockFormat().headingLevel():
                cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
                letters = QTextCharFormat()
                letters.setProperty(QTextCharFormat.Property.FontPixelSize, self.fontInfo().pixelSize() + 1)
                letters.setProperty(QTextCharFormat.Property.FontSizeAdjustment, 0)
                letters.setFontWeight(QFont.Weight.DemiBold)
                cursor.mergeCharFormat(letters)
                first = block.blockNumber() == 0
                layout.setTopMargin(0 if first else theme().px(ABOVE_HEADING))
            in_table = cursor.currentTable() is not None
            layout.setBottomMargin(0 if in_table or block.textList() else theme().px(BELOW))
            cursor.mergeBlockFormat(layout)
            block = block.next()
        for frame in self.document().rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                lines = frame.format()
                lines.setBorder(1)
                lines.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
                lines.setBorderBrush(QColor(tokens().border))
                lines.setBorderCollapse(True)
                lines.setCellPadding(theme().px(6))
                lines.setCellSpacing(0)
                lines.setTopMargin(theme().px(BELOW))
                lines.setBottomMargin(theme().px(BELOW))
                frame.setFormat(lines)
                if all(not _text_of(frame, column) for column in range(frame.columns())):
                    frame.removeRows(0, 1)  # Markdown wants a head even where there is none


def _text_of(table: QTextTable, column: int) -> str:
    """What stands in the head of a column."""
    return table.cellAt(0, column).firstCursorPosition().block().text().strip()
