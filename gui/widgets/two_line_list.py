"""A list whose rows have a title and a quiet second line; used for conversations, skills and people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from gui.theme import tokens

Index = QModelIndex | QPersistentModelIndex
DETAIL = Qt.ItemDataRole.UserRole + 1
KEY = Qt.ItemDataRole.UserRole + 2


@dataclass(frozen=True)
class ListRow:
    """`key` comes back in the signals."""

    key: str
    title: str
    detail: str = ""


class TwoLineDelegate(QStyledItemDelegate):
    """Paints the title in the text colour and the detail below it in the quiet one."""

    PAD_X = 12
    PAD_Y = 8

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.initStyleOption(option, index)
        option.text = ""
        widget = option.widget
        style = widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, widget)
        area = option.rect.adjusted(self.PAD_X, self.PAD_Y, -self.PAD_X, -self.PAD_Y)
        detail = str(index.data(DETAIL) or "")
        title_font, detail_font = _fonts(option.font)
        painter.save()
        painter.setFont(title_font)
        painter.setPen(QColor(tokens().text))
        metrics = QFontMetrics(title_font)
        line = QRect(area.left(), area.top(), area.width(), metrics.height())
        if not detail:
            line = area
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        title = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        painter.drawText(line, left, metrics.elidedText(title, Qt.TextElideMode.ElideRight, line.width()))
        if detail:
            painter.setFont(detail_font)
            painter.setPen(QColor(tokens().muted))
            below = QFontMetrics(detail_font)
            line = QRect(area.left(), line.bottom() + 3, area.width(), below.height())
            painter.drawText(line, left, below.elidedText(detail, Qt.TextElideMode.ElideRight, line.width()))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        title_font, detail_font = _fonts(option.font)
        height = QFontMetrics(title_font).height() + 2 * self.PAD_Y
        if index.data(DETAIL):
            height += QFontMetrics(detail_font).height() + 3
        return QSize(120, height)


def _fonts(base: QFont) -> tuple[QFont, QFont]:
    title, detail = QFont(base), QFont(base)
    title.setWeight(QFont.Weight.Medium)
    if base.pointSizeF() > 0:
        detail.setPointSizeF(base.pointSizeF() * 0.88)
    else:
        detail.setPixelSize(max(9, round(base.pixelSize() * 0.88)))
    return title, detail


class TwoLineList(QListWidget):
    """Rows with a title and a detail.

    Signals:
        chosen(str): key of the row that became current by the person's hand.
        opened(str): Enter or a double click on a row.
    """

    chosen = Signal(str)
    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setItemDelegate(TwoLineDelegate(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setUniformItemSizes(False)
        self.setProperty("bare", True)
        self.currentItemChanged.connect(self._on_current)
        self.itemActivated.connect(lambda item: self.opened.emit(str(item.data(KEY))))

    def set_rows(self, rows: Sequence[ListRow], current: str | None = None) -> None:
        """Fill the list; `current` (or the row that was current before) stays current. Nothing is announced."""
        wanted = current if current is not None else self.current_key()
        self.blockSignals(True)
        self.clear()
        for row in rows:
            item = QListWidgetItem(row.title)
            item.setData(DETAIL, row.detail)
            item.setData(KEY, row.key)
            item.setToolTip(row.title)
            spoken = f"{row.title}, {row.detail}" if row.detail else row.title
            item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
            self.addItem(item)
            if row.key == wanted:
                self.setCurrentItem(item)
        self.blockSignals(False)

    def set_detail(self, row: int, detail: str) -> None:
        """Say something else below the title of a row that is there."""
        item = self.item(row)
        if item is not None and item.data(DETAIL) != detail:
            item.setData(DETAIL, detail)
            spoken = f"{item.text()}, {detail}" if detail else item.text()
            item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)

    def set_current(self, key: str | None) -> None:
        """Make a row current without announcing it."""
        self.blockSignals(True)
        self.setCurrentRow(-1)
        self.clearSelection()
        for row in range(self.count()):
            if self.item(row).data(KEY) == key:
                self.setCurrentRow(row)
        self.blockSignals(False)

    def current_key(self) -> str | None:
        item = self.currentItem()
        return str(item.data(KEY)) if item is not None else None

    def keys(self) -> list[str]:
        return [str(self.item(row).data(KEY)) for row in range(self.count())]

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Coming by Tab marks the first row and chooses nothing: that is for arrows and Enter."""
        blocked = self.blockSignals(True)
        super().focusInEvent(event)
        self.blockSignals(blocked)

    def _on_current(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(str(item.data(KEY)))
