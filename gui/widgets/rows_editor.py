"""A small table of rows, and below it the fields of the chosen row: for lists that a person writes by hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from gui.theme import theme
from gui.widgets.buttons import Button, IconButton
from gui.widgets.layout import row
from gui.widgets.naming import named
from gui.widgets.table import Table
from gui.widgets.text import Text

ROWS_SHOWN = 5


class Field(NamedTuple):
    """One field of every row.

    `kind`: a line, an area of several lines, a choice of (value, text), or a line with suggestions. `column` says
    whether the table shows it, `half` whether two fit side by side.
    """

    key: str
    label: str
    kind: Literal["line", "area", "choice", "suggest"] = "line"
    choices: tuple[tuple[str, str], ...] = ()
    tip: str = ""
    column: bool = True
    half: bool = False


class RowsEditor(QWidget):
    """Rows as dictionaries of texts.

    Signals:
        changed(): a row was added, changed, moved or removed by the person.
    """

    changed = Signal()

    def __init__(
        self,
        name: str,
        label: str,
        fields: Sequence[Field],
        *,
        add: str,
        nothing: str,
        ordered: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(label)
        self._fields = tuple(fields)
        self._rows: list[dict[str, str]] = []
        self._current = -1
        self._filling = False
        self.table = Table(f"{name}.table", label, sortable=False)
        self.table.row_selected.connect(self._on_row)
        self.nothing = Text(nothing, "muted", wrap=True)
        self.add = Button(add, f"{name}.add", small=True, icon="add")
        self.add.clicked.connect(self._on_add)
        self.remove = Button(self.tr("Remove"), f"{name}.remove", small=True, kind="ghost", icon="trash")
        self.remove.clicked.connect(self._on_remove)
        self.up = IconButton("chevron-up", self.tr("Move up"), f"{name}.up", small=True)
        self.up.clicked.connect(lambda: self._move(-1))
        self.down = IconButton("chevron-down", self.tr("Move down"), f"{name}.down", small=True)
        self.down.clicked.connect(lambda: self._move(1))
        for button in (self.up, self.down):
            if not ordered:
                button.hide()  # never shown by hand: a part without a parent would open a window
        self._ordered = ordered
        self.form = QWidget()
        self.controls: dict[str, QLineEdit | QPlainTextEdit | QComboBox] = {}
        self._make_form(name)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(self.nothing)
        box.addWidget(self.table)
        box.addLayout(row(self.add, self.remove, self.up, self.down, "stretch"))
        box.addWidget(self.form)
        self.set_rows(())

    def _make_form(self, name: str) -> None:
        grid = QGridLayout(self.form)
        grid.setContentsMargins(0, 4, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        line, side = 0, 0
        for field in self._fields:
            control = self._make_control(name, field)
            label = Text(field.label, "muted")
            label.setBuddy(control)
            if side and not field.half:
                line, side = line + 2, 0
            wide = 1 if field.half else 2
            grid.addWidget(label, line, side, 1, wide)
            grid.addWidget(control, line + 1, side, 1, wide)
            side += wide
            if side >= 2:
                line, side = line + 2, 0
            self.controls[field.key] = control
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)

    def _make_control(self, name: str, field: Field) -> QLineEdit | QPlainTextEdit | QComboBox:
        object_name = f"{name}.{field.key}"
        if field.kind == "area":
            area = named(QPlainTextEdit(), object_name, field.label, field.tip)
            area.setTabChangesFocus(True)
            area.setFixedHeight(theme().px(66))
            area.textChanged.connect(self._on_edited)
            return area
        if field.kind in ("choice", "suggest"):
            combo = named(QComboBox(), object_name, field.label, field.tip)
            combo.setEditable(field.kind == "suggest")
            combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
            combo.setMinimumContentsLength(8)
            for value, text in field.choices:
                combo.addItem(text, value)
            if field.kind == "suggest":
                combo.editTextChanged.connect(self._on_edited)
            else:
                combo.currentIndexChanged.connect(self._on_edited)
            return combo
        edit = named(QLineEdit(), object_name, field.label, field.tip)
        edit.textChanged.connect(self._on_edited)
        return edit

    # --- values -----------------------------------------------------------------------------------------------

    def rows(self) -> list[dict[str, str]]:
        """Every row, with its blanks trimmed; rows without any text are left out."""
        trimmed = [{key: value.strip() for key, value in row.items()} for row in self._rows]
        typed = [field.key for field in self._fields if field.kind != "choice"]
        return [row for row in trimmed if any(row.get(key) for key in typed)]

    def set_rows(self, rows: Sequence[dict[str, str]]) -> None:
        """Show other rows. Nothing is announced."""
        self._rows = [{field.key: row.get(field.key, "") for field in self._fields} for row in rows]
        self._current = 0 if self._rows else -1
        self._show()

    def set_suggestions(self, key: str, values: Sequence[str]) -> None:
        """What a "suggest" field offers."""
        control = self.controls[key]
        assert isinstance(control, QComboBox)
        self._filling = True
        text = control.currentText()
        control.clear()
        for value in values:
            control.addItem(value, value)
        control.setCurrentText(text)
        self._filling = False

    # --- showing ----------------------------------------------------------------------------------------------

    def _show(self) -> None:
        self._filling = True
        columns = [field for field in self._fields if field.column]
        self.table.set_rows(
            [field.label for field in columns],
            [[self._told(field, values[field.key]) for field in columns] for values in self._rows],
            widths=[150] * (len(columns) - 1),
        )
        shown = min(max(len(self._rows), 1), ROWS_SHOWN)
        self.table.setFixedHeight(
            self.table.horizontalHeader().sizeHint().height()
            + shown * self.table.verticalHeader().defaultSectionSize()
            + 4
        )
        if 0 <= self._current < len(self._rows):
            self.table.select_row(self._current)
        self._filling = False
        self.table.setVisible(bool(self._rows))
        self.nothing.setVisible(not self._rows)
        self._show_form()

    def _told(self, field: Field, value: str) -> str:
        return dict(field.choices).get(value, value) if field.kind == "choice" else value

    def _show_form(self) -> None:
        there = 0 <= self._current < len(self._rows)
        self.form.setVisible(there)
        for button in (self.remove, self.up, self.down):
            button.setEnabled(there)
        if self._ordered:
            self.up.setEnabled(there and self._current > 0)
            self.down.setEnabled(there and self._current < len(self._rows) - 1)
        if not there:
            return
        self._filling = True
        values = self._rows[self._current]
        for field in self._fields:
            control, value = self.controls[field.key], values[field.key]
            if isinstance(control, QPlainTextEdit):
                control.setPlainText(value)
            elif isinstance(control, QLineEdit):
                control.setText(value)
                control.setCursorPosition(0)
            elif field.kind == "suggest":
                control.setCurrentText(value)
            else:
                control.setCurrentIndex(max(0, control.findData(value)))
        self._filling = False

    def _read_form(self) -> dict[str, str]:
        values = {}
        for field in self._fields:
            control = self.controls[field.key]
            if isinstance(control, QPlainTextEdit):
                values[field.key] = control.toPlainText()
            elif isinstance(control, QLineEdit):
                values[field.key] = control.text()
            elif field.kind == "suggest":
                values[field.key] = control.currentText()
            else:
                values[field.key] = str(control.currentData() or "")
        return values

    # --- acting -----------------------------------------------------------------------------------------------

    def _on_row(self, place: int) -> None:
        if not self._filling and place >= 0:
            self._current = place
            self._show_form()

    def _on_edited(self) -> None:
        if self._filling or not 0 <= self._current < len(self._rows):
            return
        self._rows[self._current] = self._read_form()
        self._filling = True
        columns = [field for field in self._fields if field.column]
        told = [self._told(field, self._rows[self._current][field.key]) for field in columns]
        self.table.set_cells(self._current, told)
        self._filling = False
        self.changed.emit()

    def _on_add(self) -> None:
        self._rows.append({field.key: field.choices[0][0] if field.kind == "choice" else "" for field in self._fields})
        self._current = len(self._rows) - 1
        self._show()
        self.controls[self._fields[0].key].setFocus()
        self.changed.emit()

    def _on_remove(self) -> None:
        if 0 <= self._current < len(self._rows):
            del self._rows[self._current]
            self._current = min(self._current, len(self._rows) - 1)
            self._show()
            self.changed.emit()

    def _move(self, step: int) -> None:
        other = self._current + step
        if 0 <= self._current < len(self._rows) and 0 <= other < len(self._rows):
            self._rows[self._current], self._rows[other] = self._rows[other], self._rows[self._current]
            self._current = other
            self._show()
            self.changed.emit()
