"""Colours, sizes and fonts of the window, and the stylesheet made of them."""

from gui.theme.palette import DARK, LIGHT, Tokens
from gui.theme.theme import Theme, theme, tokens

__all__ = ["DARK", "LIGHT", "Theme", "Tokens", "theme", "tokens"]
