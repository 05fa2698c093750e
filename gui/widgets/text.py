"""Labels by their job: headings, running text, captions."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget


class Text(QLabel):
    """Plain text in one of the roles of the stylesheet.

    Args:
        role: "" (body), h1, h2, h3, strong, muted, faint, caption, overline, danger, success, warning, mono, figure.
        wrap: break long lines.
        selectable: may be copied with mouse and keyboard.
    """

    def __init__(
        self,
        text: str = "",
        role: str = "",
        *,
        wrap: bool = False,
        selectable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        # Texts come from files and people: never let Qt guess that they are HTML.
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setWordWrap(wrap)
        if wrap:
            self.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        if selectable:
            self.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
