"""The theme in use: which colours, which font size; it dresses the application and tells when it changed."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from engine.paths import assets_folder
from gui.theme.fonts import body_font, families, load_bundled, mono_families
from gui.theme.palette import DARK, LIGHT, Tokens
from gui.theme.sizes import FONT_SCALES, sizes

CHOICES = ("system", "light", "dark")


@cache
def _template() -> str:
    return (assets_folder() / "themes" / "window.qss").read_text(encoding="utf-8")


def stylesheet(tokens: Tokens, scale: float) -> str:
    """The stylesheet of the window: the template with colours, sizes and font names filled in."""
    values: dict[str, str] = dict(tokens._asdict())
    values.update({name: str(pixels) for name, pixels in sizes(scale).items()})
    values["mono"] = ", ".join(f'"{family}"' for family in mono_families())
    values["sans"] = ", ".join(f'"{family}"' for family in families())
    values["assets"] = (assets_folder() / "themes").as_posix()
    text = _template()
    # Longest names first: @accent_soft must not be taken for @accent.
    for name in sorted(values, key=len, reverse=True):
        text = text.replace(f"@{name}", values[name])
    return text


class Theme(QObject):
    """The look in use.

    Signals:
        changed(): colours or sizes are others now; stylesheet and palette are set already.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.choice = "system"
        self.font_size = "normal"
        self.tokens = LIGHT
        self._following = False

    @property
    def scale(self) -> float:
        return FONT_SCALES[self.font_size]

    def px(self, pixels: float) -> int:
        """A size that grows with the chosen font size."""
        return round(pixels * self.scale)

    def apply(self, choice: str | None = None, font_size: str | None = None) -> None:
        """Dress the application. An unknown choice counts as "system" or "normal"."""
        if choice is not None:
            self.choice = choice if choice in CHOICES else "system"
        if font_size is not None:
            self.font_size = font_size if font_size in FONT_SCALES else "normal"
        app = QApplication.instance()
        if not isinstance(app, QApplication):
            return
        hints = QGuiApplication.styleHints()
        if not self._following:
            hints.colorSchemeChanged.connect(self._on_system_changed)
            self._following = True
        scheme = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}.get(self.choice)
        if scheme is None:
            hints.unsetColorScheme()
        else:
            hints.setColorScheme(scheme)  # title bars and native dialogs follow
        self.tokens = self._wanted()
        load_bundled()
        app.setPalette(_palette(self.tokens))
        app.setFont(body_font(sizes(self.scale)["fs_body"]))
        app.setStyleSheet(stylesheet(self.tokens, self.scale))
        self.changed.emit()

    def _wanted(self) -> Tokens:
        if self.choice == "system":
            dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
            return DARK if dark else LIGHT
        return DARK if self.choice == "dark" else LIGHT

    def _on_system_changed(self, _scheme: Qt.ColorScheme) -> None:
        if self.choice == "system" and self._wanted() is not self.tokens:
            self.apply()


def _palette(tokens: Tokens) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for target, colour in (
        (role.Window, tokens.window),
        (role.Base, tokens.surface),
        (role.AlternateBase, tokens.sunken),
        (role.Button, tokens.surface),
        (role.ToolTipBase, tokens.text),
        (role.ToolTipText, tokens.window),
        (role.Text, tokens.text),
        (role.WindowText, tokens.text),
        (role.ButtonText, tokens.text),
        (role.PlaceholderText, tokens.faint),
        (role.Link, tokens.accent),
        (role.Highlight, tokens.accent_fill),
        (role.HighlightedText, tokens.on_accent),
        (role.Accent, tokens.accent_fill),
        (role.Mid, tokens.border_strong),
        (role.Dark, tokens.border_strong),
        (role.Light, tokens.surface),
    ):
        palette.setColor(target, QColor(colour))
    for target in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, target, QColor(tokens.faint))
    return palette


@cache
def theme() -> Theme:
    """The one theme of this process."""
    return Theme()


def tokens() -> Tokens:
    """The colours in use, for widgets that paint themselves."""
    return theme().tokens
