"""Error sentences in the language of the window, by the code of the error.

The English sentence and its help stand beside the code in `engine.errors`; `packaging/i18n.py` collects them into
the context "errors", so that a new error class is translated like any other text.
"""

from __future__ import annotations

import json
import re
from functools import cache

from PySide6.QtCore import QCoreApplication

from engine.errors import EngineError, fill
from engine.paths import assets_folder

CONTEXT = "errors"
REASONS = "reasons"


@cache
def _templates() -> list[tuple[re.Pattern[str], str]]:
    """Reasons with values in them, as patterns; the most fixed text first, so that the closest one wins."""
    texts: list[str] = json.loads((assets_folder() / "i18n" / "reasons.json").read_text(encoding="utf-8"))
    texts.sort(key=lambda text: -len(re.sub(r"\{\d+\}", "", text)))
    return [(re.compile(re.sub(r"\\{(\d+)\\}", r"(?P<v\1>.*?)", re.escape(text)), re.DOTALL), text) for text in texts]


def reason(text: str) -> str:
    """A reason of the engine in the language of the window; one that is not known stays as it is."""
    if not text or (shown := QCoreApplication.translate(REASONS, text)) != text:
        return shown if text else ""
    for pattern, template in _templates():
        if (found := pattern.fullmatch(text)) is not None:
            shown = QCoreApplication.translate(REASONS, template)
            if shown == template:
                return text
            return shown.format(*(value for _, value in sorted(found.groupdict().items(), key=_number)))
    return text


def _number(item: tuple[str, str]) -> int:
    return int(item[0][1:])


def _values(error: EngineError) -> dict[str, object]:
    return {key: reason(value) if isinstance(value, str) else value for key, value in error.details.items()}


def sentence(error: EngineError) -> str:
    """What happened, with the values filled in."""
    return fill(QCoreApplication.translate(CONTEXT, error.text), _values(error))


def advice(error: EngineError) -> str:
    """What to do next."""
    return fill(QCoreApplication.translate(CONTEXT, error.help), _values(error))
