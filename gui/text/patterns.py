"""Texts of the engine in the language of the window; how they are found again: `engine.language.templates`."""

from __future__ import annotations

import json
from functools import cache

from PySide6.QtCore import QCoreApplication

from engine.language.templates import JOINTS, Sayer
from engine.paths import assets_folder
from gui.text.language import current


def said(context: str, text: str) -> str:
    """A text of the engine in the language of the window; one that is not known stays as it is."""
    return text if current() == "en" else _sayer(context, current()).said(text)


@cache
def _sayer(context: str, language: str) -> Sayer:
    stored = json.loads((assets_folder() / "i18n" / "templates.json").read_text(encoding="utf-8"))
    return Sayer(stored[context], lambda text: QCoreApplication.translate(context, text), JOINTS.get(language, {}))
