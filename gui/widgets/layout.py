"""Short spellings of box layouts on the grid of 8 px."""

from __future__ import annotations

from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget

Part = QWidget | QLayout | int | str | None


def _fill(box: QBoxLayout, parts: tuple[Part, ...], spacing: int, margins: tuple[int, int, int, int]) -> None:
    box.setSpacing(spacing)
    box.setContentsMargins(*margins)
    for part in parts:
        if isinstance(part, QWidget):
            box.addWidget(part)
        elif isinstance(part, QLayout):
            box.addLayout(part)
        elif isinstance(part, int):
            box.addSpacing(part)
        elif part == "stretch":
            box.addStretch(1)


def row(*parts: Part, spacing: int = 8, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> QHBoxLayout:
    """Side by side: widgets, layouts, a number of pixels, or "stretch"."""
    box = QHBoxLayout()
    _fill(box, parts, spacing, margins)
    return box


def column(*parts: Part, spacing: int = 8, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> QVBoxLayout:
    """One below the other: widgets, layouts, a number of pixels, or "stretch"."""
    box = QVBoxLayout()
    _fill(box, parts, spacing, margins)
    return box


def holder(layout: QLayout, *, kind: str = "content") -> QWidget:
    """A bare widget around a layout."""
    widget = QWidget()
    widget.setProperty("kind", kind)
    widget.setLayout(layout)
    return widget


def line(*, vertical: bool = False) -> QFrame:
    """A hairline between parts."""
    frame = QFrame()
    frame.setProperty("kind", "vline" if vertical else "line")
    return frame


def grow(widget: QWidget, *, tall: bool = False) -> None:
    """Let a widget take the room that is left."""
    policy = QSizePolicy.Policy.Expanding
    widget.setSizePolicy(policy, policy if tall else widget.sizePolicy().verticalPolicy())


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and let it go."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)
            inner.deleteLater()
