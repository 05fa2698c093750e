"""Names of audited acts in the language of the window; `packaging/i18n.py` collects them from the engine."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

CONTEXT = "audit"


def action_text(action: str) -> str:
    """ "workspace created" -> "Workspace created", or its translation."""
    shown = QCoreApplication.translate(CONTEXT, action)
    return shown[:1].upper() + shown[1:]
