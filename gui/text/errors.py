"""Error sentences in the language of the window, by the code of the error; reasons and notes by their pattern.

The English sentence and its help stand beside the code in `engine.errors`; `packaging/i18n.py` collects them into
the context "errors", so that a new error class is translated like any other text.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from engine.errors import EngineError, fill
from gui.text.patterns import said

CONTEXT = "errors"
REASONS = "reasons"


def reason(text: str) -> str:
    """A reason or a note of the engine in the language of the window; one that is not known stays as it is."""
    return said(REASONS, text) if text else ""


def _values(error: EngineError) -> dict[str, object]:
    return {key: reason(value) if isinstance(value, str) else value for key, value in error.details.items()}


def sentence(error: EngineError) -> str:
    """What happened, with the values filled in."""
    return fill(QCoreApplication.translate(CONTEXT, error.text), _values(error))


def advice(error: EngineError) -> str:
    """What to do next."""
    return fill(QCoreApplication.translate(CONTEXT, error.help), _values(error))
