"""The colours of the window as data: one set for light, one for dark.

Every text colour reaches a contrast of 4.5 against every ground it is used on (WCAG 2.1 AA);
`tests/gui/test_theme.py` computes it.
"""

from __future__ import annotations

from typing import NamedTuple


class Tokens(NamedTuple):  # a NamedTuple is made faster than a dataclass, and the window waits for it
    """Colours by their job, as `#rrggbb`.

    `window` is the ground behind pages, `rail` the ground of the rail, `surface` of cards, `sunken` of fields,
    headers and code. `*_soft` are grounds for a text in the colour of the same name.
    """

    name: str
    window: str
    rail: str
    surface: str
    sunken: str
    hover: str
    pressed: str
    selected: str
    border: str
    border_strong: str
    text: str
    muted: str
    faint: str
    accent: str
    accent_fill: str
    accent_hover: str
    accent_pressed: str
    accent_soft: str
    on_accent: str
    success: str
    success_soft: str
    warning: str
    warning_soft: str
    danger: str
    danger_fill: str
    danger_hover: str
    danger_soft: str
    highlight: str
    scrollbar: str
    scrim: str

    def tone(self, tone: str) -> tuple[str, str]:
        """Text and ground of a tone: neutral, accent, success, warning or danger."""
        if tone == "neutral":
            return self.muted, self.hover
        return str(getattr(self, tone)), str(getattr(self, f"{tone}_soft"))


LIGHT = Tokens(
    name="light",
    window="#f7f7f8",
    rail="#efeff2",
    surface="#ffffff",
    sunken="#f4f4f6",
    hover="#ececf0",
    pressed="#e2e2e8",
    selected="#e3e4ec",
    border="#e4e4e9",
    border_strong="#d0d0d8",
    text="#1b1c22",
    muted="#555763",
    faint="#646672",
    accent="#4047c4",
    accent_fill="#4a52d4",
    accent_hover="#3f46c0",
    accent_pressed="#353ba6",
    accent_soft="#e9eafb",
    on_accent="#ffffff",
    success="#146c43",
    success_soft="#e0f3e8",
    warning="#85500a",
    warning_soft="#fbefd9",
    danger="#b3261e",
    danger_fill="#c4312a",
    danger_hover="#a92720",
    danger_soft="#fbe6e4",
    highlight="#ffe9a8",
    scrollbar="#c3c4cd",
    scrim="#1b1c22",
)

DARK = Tokens(
    name="dark",
    window="#17181c",
    rail="#121317",
    surface="#1f2025",
    sunken="#191a1f",
    hover="#292a31",
    pressed="#32343c",
    selected="#2a2b35",
    border="#2d2f37",
    border_strong="#42444f",
    text="#ececf1",
    muted="#aeb0bc",
    faint="#9a9ca9",
    accent="#a3a9ff",
    accent_fill="#5860e0",
    accent_hover="#4e56d6",
    accent_pressed="#4a52cc",
    accent_soft="#292b4d",
    on_accent="#ffffff",
    success="#6fd3a0",
    success_soft="#19352a",
    warning="#f0bd6a",
    warning_soft="#3a2d17",
    danger="#ff9c93",
    danger_fill="#c4403a",
    danger_hover="#b93a34",
    danger_soft="#442421",
    highlight="#5c4a14",
    scrollbar="#4a4c57",
    scrim="#000000",
)
