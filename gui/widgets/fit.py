"""Sizes that follow the content."""

from __future__ import annotations

from PySide6.QtWidgets import QTableView


def fit_height(table: QTableView, most_rows: int) -> None:
    """Make a table as high as its rows, up to `most_rows`; beyond that it scrolls."""
    rows = max(1, min(table.model().rowCount(), most_rows))
    row = table.verticalHeader().defaultSectionSize()
    bar = table.horizontalScrollBar()
    extra = bar.sizeHint().height() if bar.maximum() > 0 else 0
    table.setFixedHeight(table.horizontalHeader().sizeHint().height() + rows * row + extra + 4)
