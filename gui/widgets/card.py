"""A rounded surface that groups what belongs together."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget

from gui.widgets.naming import restyle
from gui.widgets.text import Text


class Card(QFrame):
    """A surface with an optional title row.

    Attributes:
        body: layout for the content.
        header: layout of the title row; `add_action` puts a control at its right end.
    """

    def __init__(
        self,
        title: str = "",
        subtitle: str = "",
        *,
        padding: int = 20,
        spacing: int = 12,
        flat: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.setProperty("flat", flat)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, True)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(padding, padding, padding, padding)
        outer.setSpacing(spacing)
        self.header = QHBoxLayout()
        self.header.setSpacing(8)
        self._title = Text(title, "h3")
        self._subtitle = Text(subtitle, "muted", wrap=True)
        self._title.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        titles = QVBoxLayout()
        titles.setSpacing(2)
        titles.addWidget(self._title)
        titles.addWidget(self._subtitle)
        self.header.addLayout(titles, 1)
        outer.addLayout(self.header)
        outer.setSpacing(spacing if title or subtitle else 0)
        self._outer, self._spacing = outer, spacing
        self.body = QVBoxLayout()
        self.body.setSpacing(spacing)
        outer.addLayout(self.body, 1)
        # Only now do the labels have a parent; showing one without would open a window of its own.
        self._title.setVisible(bool(title))
        self._subtitle.setVisible(bool(subtitle))

    def set_title(self, title: str, subtitle: str = "") -> None:
        self._title.setText(title)
        self._subtitle.setText(subtitle)
        self._title.setVisible(bool(title))
        self._subtitle.setVisible(bool(subtitle))
        self._outer.setSpacing(self._spacing if title or subtitle else 0)

    def add(self, part: QWidget | QLayout, stretch: int = 0) -> None:
        """Put a widget or layout below what is there."""
        if isinstance(part, QWidget):
            self.body.addWidget(part, stretch)
        else:
            self.body.addLayout(part, stretch)

    def add_action(self, control: QWidget) -> None:
        """Put a control at the right end of the title row."""
        self.header.addWidget(control, 0, Qt.AlignmentFlag.AlignTop)

    def set_selected(self, selected: bool) -> None:
        restyle(self, selected=selected)
