"""Words of the search in collections: its modes."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

MODES = ("bm25", "dense", "hybrid", "rerank")


def mode_text(mode: str) -> str:
    """What a mode looks at, in a few words."""
    translate = QCoreApplication.translate
    texts = {
        "auto": translate("search", "Automatic"),
        "bm25": translate("search", "Words"),
        "dense": translate("search", "Meaning"),
        "hybrid": translate("search", "Words and meaning"),
        "rerank": translate("search", "Words and meaning, best ones reread"),
    }
    return texts.get(mode, mode)
