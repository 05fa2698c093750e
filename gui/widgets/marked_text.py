"""A text whose parts are marked: a ground in a tone, a small label behind the part, a tip on hover.

Parts are given in characters as Python counts them and the text is put in piece by piece, so that no offset has to be
converted to the units of Qt; any script is marked exactly.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QMimeData, QSize, Qt
from PySide6.QtGui import QColor, QFont, QResizeEvent, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QSizePolicy, QTextEdit, QWidget

from gui.theme import theme, tokens
from gui.widgets.naming import named

STRONGEST = 0.38
"""Share of a tone's colour in the ground of the strongest mark; more would cost the text its contrast."""
_ADDED = QTextCharFormat.Property.UserProperty + 1


class Mark(NamedTuple):
    """A marked part. `strength` None gives the soft ground of the tone, 0..1 a ground that deepens with it; `dashed`
    marks it for those who do not tell colours apart."""

    start: int
    end: int
    tone: str
    label: str = ""
    tip: str = ""
    strength: float | None = None
    dashed: bool = False


class Passage(NamedTuple):
    """A text with its marks; `head` is a quiet line above it."""

    text: str
    marks: Sequence[Mark] = ()
    head: str = ""


def ground_of(tone: str, strength: float | None) -> str:
    """Colour behind a mark, as #rrggbb."""
    colour, soft = tokens().tone(tone)
    if strength is None:
        return soft
    share = STRONGEST * min(1.0, max(0.0, strength))
    back, front = QColor(tokens().surface), QColor(colour)
    mixed = [round(low + (high - low) * share) for low, high in zip(_rgb(back), _rgb(front), strict=True)]
    return QColor(*mixed).name()


def _rgb(colour: QColor) -> tuple[int, int, int]:
    return colour.red(), colour.green(), colour.blue()


def apart(marks: Iterable[Mark], length: int) -> list[tuple[int, Mark]]:
    """Marks in order, inside the text, without overlaps: of two that share characters the later one gives way.

    Returns:
        (place among `marks`, mark) of those of which anything is left.
    """
    result: list[tuple[int, Mark]] = []
    at = 0
    for place, mark in sorted(enumerate(marks), key=lambda pair: (pair[1].start, -pair[1].end)):
        start, end = max(mark.start, at), min(mark.end, length)
        if start < end:
            result.append((place, mark._replace(start=start, end=end)))
            at = end
    return result


class MarkedText(QTextEdit):
    """Read-only; reached and scrolled by the keyboard. What is copied is the text without the labels.

    Args:
        most_height: px at font scale 1 up to which the height follows the content; None fills the room there is.
    """

    def __init__(self, name: str, label: str, *, most_height: int | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, name, label)
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        self.setAcceptRichText(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._most = most_height
        self._passages: tuple[Passage, ...] = ()
        self._places: dict[tuple[int, int], tuple[int, int]] = {}
        if most_height is not None:
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self._draw)

    def set_text(self, text: str, marks: Sequence[Mark] = ()) -> None:
        self.set_passages((Passage(text, marks),))

    def set_passages(self, passages: Sequence[Passage]) -> None:
        """Show several texts, one below the other."""
        self._passages = tuple(passages)
        self._draw()
        self.verticalScrollBar().setValue(0)

    def show_mark(self, place: int, passage: int = 0) -> None:
        """Bring the mark at this place of a passage's marks into view and select it; one that was wholly covered by
        another has none."""
        if (found := self._places.get((passage, place))) is not None:
            cursor = self.textCursor()
            cursor.setPosition(found[0])
            cursor.setPosition(found[1], QTextCursor.MoveMode.KeepAnchor)
            self.setTextCursor(cursor)
            self.ensureCursorVisible()

    def _draw(self) -> None:
        document = self.document()
        document.setDocumentMargin(2)
        document.clear()
        self._places = {}
        cursor = QTextCursor(document)
        cursor.beginEditBlock()
        spaced = QTextBlockFormat()
        spaced.setLineHeight(138, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor.setBlockFormat(spaced)
        for place, passage in enumerate(self._passages):
            if place:
                apart_from = QTextBlockFormat(spaced)
                apart_from.setTopMargin(theme().px(14))
                cursor.insertBlock(apart_from, QTextCharFormat())
            if passage.head:
                cursor.insertText(passage.head, self._head_format())
                cursor.insertBlock(spaced, QTextCharFormat())
            self._insert(cursor, passage, place)
        cursor.endEditBlock()
        self._fit()

    def _insert(self, cursor: QTextCursor, passage: Passage, number: int) -> None:
        plain, at = QTextCharFormat(), 0
        for place, mark in apart(passage.marks, len(passage.text)):
            cursor.insertText(passage.text[at : mark.start], plain)
            begin = cursor.position()
            cursor.insertText(passage.text[mark.start : mark.end], self._mark_format(mark))
            self._places[number, place] = (begin, cursor.position())
            if mark.label:
                # Non-breaking blanks keep the label beside its word and give it its ground at both ends.
                cursor.insertText(f"\u2060\u00a0{mark.label}\u00a0", self._label_format(mark))
            at = mark.end
        cursor.insertText(passage.text[at:], plain)

    def _mark_format(self, mark: Mark) -> QTextCharFormat:
        shape = QTextCharFormat()
        shape.setBackground(QColor(ground_of(mark.tone, mark.strength)))
        shape.setForeground(QColor(tokens().text))
        if mark.dashed:
            shape.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DashUnderline)
            shape.setUnderlineColor(QColor(tokens().tone(mark.tone)[0]))
        shape.setToolTip(mark.tip)
        return shape

    def _label_format(self, mark: Mark) -> QTextCharFormat:
        shape = QTextCharFormat()
        shape.setBackground(QColor(ground_of(mark.tone, mark.strength)))
        shape.setForeground(QColor(tokens().tone(mark.tone)[0]))
        font = QFont(self.font())
        font.setPixelSize(theme().px(11))
        font.setWeight(QFont.Weight.DemiBold)
        shape.setFont(font)
        shape.setToolTip(mark.tip)
        shape.setProperty(_ADDED, True)
        return shape

    def _head_format(self) -> QTextCharFormat:
        shape = QTextCharFormat()
        shape.setForeground(QColor(tokens().faint))
        font = QFont(self.font())
        font.setPixelSize(theme().px(12))
        shape.setFont(font)
        return shape

    # --- size and clipboard -----------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(360, theme().px(120)) if self._most is None else QSize(360, self.height())

    def _fit(self) -> None:
        """As high as the content, up to the most; beyond that it scrolls."""
        if self._most is None:
            return
        frame = self.height() - self.viewport().height()
        wanted = round(self.document().size().height()) + max(frame, 0) + 2
        height = min(wanted, theme().px(self._most))
        if height != self.height():
            self.setFixedHeight(height)

    def createMimeDataFromSelection(self) -> QMimeData:
        data = QMimeData()
        data.setText(self.selected_text())
        return data

    def selected_text(self) -> str:
        """The selection, without the labels that were added to the text."""
        cursor = self.textCursor()
        low, high = cursor.selectionStart(), cursor.selectionEnd()
        parts: list[str] = []
        block = self.document().findBlock(low)
        while block.isValid() and block.position() <= high:
            if parts:
                parts.append("\n")
            pieces = block.begin()
            while not pieces.atEnd():
                piece = pieces.fragment()
                start, end = max(low, piece.position()), min(high, piece.position() + piece.length())
                if start < end and not piece.charFormat().hasProperty(_ADDED):
                    units = piece.text().encode("utf-16-le")
                    cut = units[2 * (start - piece.position()) : 2 * (end - piece.position())]
                    parts.append(cut.decode("utf-16-le", "replace"))
                pieces += 1
            block = block.next()
        return "".join(parts).replace("\u2028", "\n")
