"""A table with good defaults over rows of plain values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QHeaderView, QTableView, QWidget

from gui.theme import theme, tokens
from gui.widgets.naming import named

Index = QModelIndex | QPersistentModelIndex
SORT_ROLE = Qt.ItemDataRole.UserRole + 1


class RowsModel(QAbstractTableModel):
    """Rows of values; numbers are set to the right and sort as numbers. `tones` colours a cell by (row, column)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.columns: list[str] = []
        self.rows: list[Sequence[Any]] = []
        self.tones: dict[tuple[int, int], str] = {}

    def set_rows(
        self, columns: Sequence[str], rows: Sequence[Sequence[Any]], tones: dict[tuple[int, int], str]
    ) -> None:
        self.beginResetModel()
        self.columns = list(columns)
        self.rows = list(rows)
        self.tones = tones
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if orientation == Qt.Orientation.Horizontal and 0 <= section < len(self.columns):
            if role == Qt.ItemDataRole.DisplayRole:
                return self.columns[section]
            if role == Qt.ItemDataRole.TextAlignmentRole:
                right = bool(self.rows) and _is_number(self._value(0, section))
                side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
                return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = 0) -> Any:
        value = self._value(index.row(), index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return _shown(value)
        if role == SORT_ROLE:
            return value if _is_number(value) else str(value or "").casefold()
        if role == Qt.ItemDataRole.ToolTipRole:
            text = str(value) if value is not None else ""
            return text if len(text) > 24 else None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if _is_number(value) else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ForegroundRole:
            tone = self.tones.get((index.row(), index.column()))
            return QColor(tokens().tone(tone)[0]) if tone else None
        return None

    def _value(self, row: int, column: int) -> Any:
        cells = self.rows[row]
        return cells[column] if column < len(cells) else None


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "✓" if value else ""
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return f"{value:.3f}"
    return " ".join(str(value).split())  # one line per row, whatever the cell holds


LEAST_REST = 220  # px at font scale 1 for the column that takes the room that is left


class Table(QTableView):
    """Whole rows are chosen; Enter or a double click opens one; Ctrl+C copies the chosen rows.

    Signals:
        row_activated(int): a row was opened; counts in the order of `set_rows`.
        row_selected(int): the chosen row, or -1.
    """

    row_activated = Signal(int)
    row_selected = Signal(int)

    def __init__(
        self, name: str, label: str, *, sortable: bool = True, bare: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        named(self, name, label)
        self.setProperty("bare", bare)
        self._rows = RowsModel(self)
        self._widths: tuple[int, ...] = ()
        self._stretch = 0
        self._proxy = QSortFilterProxyModel(self)
        self._proxy.setSourceModel(self._rows)
        self._proxy.setSortRole(SORT_ROLE)
        self._proxy.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._proxy.setFilterKeyColumn(-1)
        self.setModel(self._proxy)
        self.setShowGrid(False)
        self.setSortingEnabled(sortable)
        self._proxy.sort(-1)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        if (corner := self.findChild(QAbstractButton)) is not None:
            named(corner, f"{name}.corner", label)  # Qt's own, never shown here
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setSortIndicatorClearable(True)
        self._size_rows()
        theme().changed.connect(self._size_rows)
        self.doubleClicked.connect(lambda index: self.row_activated.emit(self._source_row(index)))
        self.selectionModel().currentRowChanged.connect(
            lambda current, _previous: self.row_selected.emit(self._source_row(current))
        )

    def set_rows(
        self,
        columns: Sequence[str],
        rows: Sequence[Sequence[Any]],
        *,
        stretch: int | None = None,
        widths: Sequence[int] = (),
        tones: dict[tuple[int, int], str] | None = None,
    ) -> None:
        """Show other rows.

        Args:
            stretch: the column that takes the room that is left; the last by default.
            widths: pixels of the leading columns at font scale 1; 0 fits the content.
            tones: colour of single cells, (row, column) -> tone.
        """
        self._rows.set_rows(columns, rows, tones or {})
        self._widths, self._stretch = tuple(widths), len(columns) - 1 if stretch is None else stretch
        header = self.horizontalHeader()
        header.setStretchLastSection(stretch is None)
        for column in range(len(columns)):
            if stretch is None and column == len(columns) - 1:
                header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
                continue  # takes the room that is left
            if column == stretch:
                header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
                continue
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            if column < len(widths) and widths[column]:
                self.setColumnWidth(column, theme().px(widths[column]))
            else:
                self._fit_to_content(column)
        self._make_room()

    def _fit_to_content(self, column: int) -> None:
        self.resizeColumnToContents(column)
        self.setColumnWidth(column, min(self.columnWidth(column) + 16, theme().px(360)))

    def _make_room(self) -> None:
        """Where the column that takes the rest would get too little, give the others no more than they need."""
        columns = range(self._rows.columnCount())
        others = sum(self.columnWidth(column) for column in columns if column != self._stretch)
        if not columns or self.viewport().width() - others >= theme().px(LEAST_REST):
            return
        for column in columns:
            if column != self._stretch and column < len(self._widths) and self._widths[column]:
                before = self.columnWidth(column)
                self._fit_to_content(column)
                self.setColumnWidth(column, min(before, self.columnWidth(column)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def set_cells(self, row: int, cells: Sequence[Any]) -> None:
        """Show other values in one row; counts in the order of `set_rows`."""
        self._rows.rows[row] = cells
        last = len(self._rows.columns) - 1
        self._rows.dataChanged.emit(self._rows.index(row, 0), self._rows.index(row, last))

    def set_filter(self, text: str) -> None:
        """Show only rows that hold the text in any column."""
        self._proxy.setFilterFixedString(text)

    def selected_rows(self) -> list[int]:
        """Chosen rows, in the order of `set_rows`."""
        return sorted(self._source_row(index) for index in self.selectionModel().selectedRows())

    def select_row(self, row: int) -> None:
        index = self._proxy.mapFromSource(self._rows.index(row, 0))
        self.setCurrentIndex(index)

    def visible_rows(self) -> int:
        return self._proxy.rowCount()

    def _source_row(self, index: QModelIndex) -> int:
        return self._proxy.mapToSource(index).row() if index.isValid() else -1

    def _size_rows(self) -> None:
        self.verticalHeader().setDefaultSectionSize(theme().px(36))
        self.verticalHeader().setMinimumSectionSize(theme().px(28))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.row_activated.emit(self._source_row(self.currentIndex()))
            return
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_selection()
            return
        super().keyPressEvent(event)

    def copy_selection(self) -> None:
        """Put the chosen rows on the clipboard, cells parted by tabs."""
        lines = ["\t".join(_shown(value) for value in self._rows.rows[row]) for row in self.selected_rows()]
        QApplication.clipboard().setText("\n".join(lines))
