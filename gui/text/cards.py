"""Model cards in the language of the window.

A taught skill's card is Markdown that the engine writes line by line from templates; the lines are said like notes
(gui/text/patterns.py), and what is not known stays as it is. The bundled models' cards are prose: their translations
lie in assets/i18n/cards.
"""

from __future__ import annotations

from engine.api import ModelInfo
from engine.paths import assets_folder
from gui.text.language import current
from gui.text.patterns import said

CARDS = "cards"
NOTE = "- "  # what was decided on the way stands as a list of notes


def card_text(info: ModelInfo, card: str) -> str:
    """The card of a model, as the engine gave it, in the language of the window."""
    if current() == "en":
        return card
    if info.bundled:
        kept = assets_folder() / "i18n" / CARDS / f"{info.name}.{current()}.md"
        return kept.read_text(encoding="utf-8") if kept.is_file() else card
    return "\n".join(_line(line) for line in card.split("\n"))


def _line(line: str) -> str:
    shown = said(CARDS, line)
    if shown == line and line.startswith(NOTE):
        return NOTE + said("reasons", line.removeprefix(NOTE))
    return shown
