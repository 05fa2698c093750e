"""Language, theme and font size; kept by the window, at once in force."""

from __future__ import annotations

from gui.look import Look
from gui.pages.settings.setting_row import SettingRow
from gui.text import language
from gui.theme import theme
from gui.widgets.card import Card
from gui.widgets.layout import line
from gui.widgets.segmented import Segmented


class LookCard(Card):
    """Three choices."""

    def __init__(self) -> None:
        super().__init__(spacing=8)
        self.set_title(self.tr("Look"))
        self._look = Look()
        self.language = Segmented(
            (("system", self.tr("System")), *language.LANGUAGES.items()),
            name="settings.language",
            label=self.tr("Language"),
        )
        self.theme = Segmented(
            (("system", self.tr("System")), ("light", self.tr("Light")), ("dark", self.tr("Dark"))),
            name="settings.theme",
            label=self.tr("Theme"),
        )
        self.font_size = Segmented(
            (
                ("small", self.tr("Small")),
                ("normal", self.tr("Normal")),
                ("large", self.tr("Large")),
                ("larger", self.tr("Larger")),
            ),
            name="settings.font_size",
            label=self.tr("Font size"),
        )
        self.add(SettingRow(self.tr("Language"), self.tr("Changes at once."), self.language))
        self.add(line())
        self.add(SettingRow(self.tr("Theme"), self.tr("Light, dark, or as the system has it."), self.theme))
        self.add(line())
        self.add(SettingRow(self.tr("Font size"), self.tr("Makes texts and controls larger."), self.font_size))
        self.refresh()
        self.language.changed.connect(self._on_language)
        self.theme.changed.connect(self._on_theme)
        self.font_size.changed.connect(self._on_font_size)

    def refresh(self) -> None:
        self.language.set_current(self._look.language)
        self.theme.set_current(self._look.theme)
        self.font_size.set_current(self._look.font_size)

    def _on_language(self, choice: str) -> None:
        self._look.language = choice
        language.use_language(choice)  # the window hears of it and makes its pages anew
        theme().apply()  # the fonts depend on the language

    def _on_theme(self, choice: str) -> None:
        self._look.theme = choice
        theme().apply(choice=choice)

    def _on_font_size(self, choice: str) -> None:
        self._look.font_size = choice
        theme().apply(font_size=choice)
