"""Colours are readable, the stylesheet is complete."""

import re

import pytest

from gui.theme import DARK, LIGHT
from gui.theme.theme import stylesheet

PAIRS = [
    (text, ground)
    for text in ("text", "muted", "faint")
    for ground in ("window", "surface", "sunken", "rail", "hover")
    if not (text == "faint" and ground == "hover")
] + [
    ("text", "selected"),
    ("text", "accent_soft"),
    ("text", "pressed"),
    ("muted", "hover"),
    ("accent", "window"),
    ("accent", "surface"),
    ("accent", "accent_soft"),
    ("success", "success_soft"),
    ("warning", "warning_soft"),
    ("danger", "danger_soft"),
    ("danger", "surface"),
    ("text", "warning_soft"),
    ("text", "danger_soft"),
    ("text", "success_soft"),
    ("text", "highlight"),
    ("on_accent", "accent_fill"),
    ("on_accent", "accent_hover"),
    ("on_accent", "danger_fill"),
    ("on_accent", "danger_hover"),
    ("window", "text"),
]


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.1."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_of_black_and_white_is_21():
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_every_text_is_readable_on_its_ground(tokens, text, ground):
    assert contrast(getattr(tokens, text), getattr(tokens, ground)) >= 4.5


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_no_placeholder_is_left_in_the_stylesheet(tokens):
    assert re.findall(r"@\w+", stylesheet(tokens, 1.0)) == []


def test_larger_fonts_make_larger_sizes():
    def size(scale):
        return int(re.search(r'role="h1"\] \{ font-size: (\d+)px', stylesheet(LIGHT, scale))[1])

    assert size(1.4) > size(1.0) > size(0.9)


def test_a_theme_change_recolours_the_icons(qtbot):
    from gui.icons import recolour
    from gui.theme import theme
    from gui.widgets.buttons import Button

    button = Button("Go", "test.go", icon="add")
    qtbot.addWidget(button)
    theme().changed.connect(recolour)
    before = button.icon().pixmap(16, 16).toImage()
    theme().apply("dark")
    try:
        assert button.icon().pixmap(16, 16).toImage() != before
    finally:
        theme().apply("light")
        theme().changed.disconnect(recolour)
