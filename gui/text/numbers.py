"""Sizes, durations and moments as people read them, in the language of the window."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale


def size_text(size_bytes: float) -> str:
    """1234567 -> "1.2 MB"."""
    value, unit = float(size_bytes), "B"
    for unit in ("B", "KB", "MB", "GB"):
        if value < 1000 or unit == "GB":
            break
        value /= 1000
    return f"{value:.0f} {unit}" if unit == "B" or value >= 100 else f"{value:.1f} {unit}"


def duration_text(seconds: float | None) -> str:
    if seconds is None:
        return ""
    translate = QCoreApplication.translate
    if seconds < 1:
        return translate("numbers", "under 1 s")
    if seconds < 60:
        return translate("numbers", "{n} s").format(n=round(seconds))
    if seconds < 3600:
        return translate("numbers", "{m} min {s} s").format(m=int(seconds // 60), s=int(seconds % 60))
    return translate("numbers", "{h} h {m} min").format(h=int(seconds // 3600), m=int(seconds % 3600 // 60))


def moment_text(moment: str | None) -> str:
    """An ISO 8601 moment in local time, short; "" for none, the text itself if it is no moment."""
    if not moment:
        return ""
    try:
        local = datetime.fromisoformat(moment).astimezone()
    except ValueError:
        return moment
    shown = QDateTime.fromSecsSinceEpoch(int(local.timestamp()))
    return QLocale().toString(shown, QLocale.FormatType.ShortFormat)
