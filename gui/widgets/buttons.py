"""Buttons: one primary act per view, the rest secondary or ghost."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from gui.icons import set_icon
from gui.widgets.naming import named

_ICON_ROLE = {"primary": "on_accent", "danger": "on_accent", "link": "accent"}


class Button(QPushButton):
    """A button with a text.

    Args:
        name: objectName, as `page.act`.
        kind: "" (secondary), primary, danger, ghost or link.
        icon: name of an icon in assets/icons.
        small: lower, for use inside cards and rows.
    """

    def __init__(
        self,
        text: str,
        name: str,
        *,
        kind: str = "",
        icon: str = "",
        small: bool = False,
        tip: str = "",
        parent: QWidget | None = None,
    ) -> None:
        # A blank before the text keeps it off the icon; the style knows no distance.
        super().__init__(f" {text}" if icon else text, parent)
        self.setProperty("kind", kind)
        self.setProperty("small", small)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves no focus ring behind
        named(self, name, text, tip)
        if icon:
            set_icon(self, icon, _ICON_ROLE.get(kind, "muted"), 16)


class IconButton(QPushButton):
    """A button with an icon alone; `label` is its tool tip and accessible name."""

    def __init__(
        self,
        icon: str,
        label: str,
        name: str,
        *,
        small: bool = False,
        checkable: bool = False,
        role: str = "muted",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "icon")
        self.setProperty("small", small)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves no focus ring behind
        self.setCheckable(checkable)
        named(self, name, label, label)
        set_icon(self, icon, role, 16 if small else 18, "accent" if checkable else "")
