"""The last day of something, or no end."""

from __future__ import annotations

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QComboBox, QDateEdit, QHBoxLayout, QWidget

from gui.widgets.naming import named

MONTHS = (1, 3, 6, 12)


class ExpiryField(QWidget):
    """A choice of usual spans, and a date where one of them or another day is wanted."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.choice = named(QComboBox(), f"{name}.choice", self.tr("Until when it is good"))
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.choice.setMinimumContentsLength(8)
        self.choice.addItem(self.tr("No end"), 0)
        for months in MONTHS:
            self.choice.addItem(self.tr("%n month(s)", "", months), months)
        self.choice.addItem(self.tr("Until a day…"), -1)
        self.date = named(QDateEdit(), f"{name}.date", self.tr("Last day"))
        self.date.setCalendarPopup(True)
        self.date.setDisplayFormat("yyyy-MM-dd")
        self.date.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if (line := self.date.lineEdit()) is not None:
            named(line, f"{name}.date.edit", self.tr("Last day"))
        self.date.hide()
        self.choice.activated.connect(lambda _place: self._on_chosen())
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        box.addWidget(self.choice, 1)
        box.addWidget(self.date, 1)
        self.setFocusProxy(self.choice)

    def day(self) -> str:
        """YYYY-MM-DD, or empty for no end."""
        if self.choice.currentData() == 0:
            return ""
        return self.date.date().toString(Qt.DateFormat.ISODate)

    def set_day(self, day: str) -> None:
        """Show a day; an empty one is no end."""
        date = QDate.fromString(day[:10], Qt.DateFormat.ISODate)
        self.choice.setCurrentIndex(self.choice.findData(-1) if date.isValid() else 0)
        self.date.setDate(date if date.isValid() else QDate.currentDate().addMonths(12))
        self.date.setVisible(date.isValid())

    def _on_chosen(self) -> None:
        months = int(self.choice.currentData())
        if months > 0:
            self.date.setDate(QDate.currentDate().addMonths(months))
        self.date.setVisible(months != 0)
